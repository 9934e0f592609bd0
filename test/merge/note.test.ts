// The clinician's plain text becomes paragraphs and bullets, and stays text.
import { describe, expect, it } from '@jest/globals';
import { noteParts } from '../../src/merge/note.ts';

describe('a note', () => {
  it('has a paragraph for each stretch between blank lines', () => {
    expect(noteParts('One.\n\nTwo.\n \n\nThree.')).toEqual([
      { items: null, lines: ['One.'] },
      { items: null, lines: ['Two.'] },
      { items: null, lines: ['Three.'] },
    ]);
  });

  it('keeps line breaks within a paragraph', () => {
    expect(noteParts('Monday 10:00\nRoom 4')).toEqual([{ items: null, lines: ['Monday 10:00', 'Room 4'] }]);
  });

  it('makes bullets of lines that start with a dash, a star or a bullet', () => {
    expect(noteParts('Try:\n- walk\n* call Sam\n  • rest\nThen tell me.')).toEqual([
      { items: null, lines: ['Try:'] },
      { items: ['walk', 'call Sam', 'rest'], lines: null },
      { items: null, lines: ['Then tell me.'] },
    ]);
  });

  it.each(['-5 degrees', '-', '- ', '**bold**', '--', '1. one', '# x', '<li>'])('prints %j as typed', (note) => {
    expect(noteParts(note)).toEqual([{ items: null, lines: [note.trim()] }]);
  });

  it('is nothing when it is blank', () => {
    expect(noteParts('')).toEqual([]);
    expect(noteParts(' \n\n ')).toEqual([]);
  });

  it('loses no word and gains none', () => {
    const note = 'a\n- b\n\n- c\nd\n\n\ne\n* f';
    const words = noteParts(note).flatMap(({ items, lines }) => items ?? lines ?? []);
    expect(words).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });
});
