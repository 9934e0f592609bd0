// The clinician's plain text becomes paragraphs and bullets, and stays text.
import { describe, expect, it } from '@jest/globals';
import { noteParts } from '../../src/merge/note.ts';

const paragraph = (first: string, ...more: string[]) => ({ items: null, first, more });

describe('a note', () => {
  it('has a paragraph for each stretch between blank lines', () => {
    expect(noteParts('One.\n\nTwo.\n \n\nThree.')).toEqual([paragraph('One.'), paragraph('Two.'), paragraph('Three.')]);
  });

  it('keeps line breaks within a paragraph', () => {
    expect(noteParts('Monday 10:00\nRoom 4')).toEqual([paragraph('Monday 10:00', 'Room 4')]);
  });

  it('makes bullets of lines that start with a dash, a star or a bullet', () => {
    expect(noteParts('Try:\n- walk\n* call Sam\n  • rest\nThen tell me.')).toEqual([
      paragraph('Try:'),
      { items: ['walk', 'call Sam', 'rest'] },
      paragraph('Then tell me.'),
    ]);
  });

  it.each(['-5 degrees', '-', '- ', '**bold**', '--', '1. one', '# x', '<li>'])('prints %j as typed', (note) => {
    expect(noteParts(note)).toEqual([paragraph(note.trim())]);
  });

  it('is nothing when it is blank', () => {
    expect(noteParts('')).toEqual([]);
    expect(noteParts(' \n\n ')).toEqual([]);
  });

  it('loses no word and gains none', () => {
    const note = 'a\n- b\n\n- c\nd\n\n\ne\n* f';
    const words = noteParts(note).flatMap((part) => part.items ?? [part.first, ...part.more]);
    expect(words).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });
});
