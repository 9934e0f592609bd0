// What a door hands over becomes a checked choice, or every problem of it at once.
import { describe, expect, it } from '@jest/globals';
import { sentence } from '../../src/errors.ts';
import { LONGEST_NAME, LONGEST_NOTE } from '../../src/merge/choice.ts';
import { aChoice, choiceProblems } from '../support/builders.ts';

const base = { article: 'calm', date: '2026-11-23' };
const found = (input: object) =>
  choiceProblems({ ...base, ...input }).map(({ code, place }) => [code, place && 'field' in place ? place.field : '']);

describe('a name', () => {
  it('becomes NFC, one line, without blanks around it', () => {
    expect(aChoice({ client: '  Zoe\u0308 \n\t Łukasiewicz ' }).client).toBe('Zoë Łukasiewicz');
  });

  it('loses the marks that come along when it is pasted', () => {
    const pasted = '\ufeff\u202aAnn\u202c\u200b\u00ad Lee\u200e\u2069';
    expect(aChoice({ client: pasted }).client).toBe('Ann Lee');
  });

  it('is NFC also where a pasted mark stood between a letter and its accent', () => {
    expect(aChoice({ client: 'Zoe\u200b\u0308' }).client).toBe('Zoë');
  });

  it('keeps the joiners that emoji, Indic and Persian letters need', () => {
    for (const name of ['👩‍👩‍👧', 'क्\u200cष', 'ක්\u200dර', 'می\u200cخواهم'])
      expect(aChoice({ client: name }).client).toBe(name);
  });

  it('may be empty', () => {
    expect(aChoice({ client: '   ' }).client).toBe('');
    expect(aChoice().client).toBe('');
  });

  it('is counted in characters, not in code units', () => {
    expect(aChoice({ client: '🙂'.repeat(LONGEST_NAME) }).client).toHaveLength(2 * LONGEST_NAME);
    expect(found({ client: '🙂'.repeat(LONGEST_NAME + 1) })).toEqual([['client-too-long', 'client']]);
  });

  it.each(['Ann\u0000', 'A\u001bnn', 'Ann\ud800', 'Ann\ue000', 'Ann\ufffd', 'Ann\u0085'])(
    'is refused with a control character (%j)',
    (client) => {
      expect(found({ client })).toEqual([['character-unprintable', 'client']]);
    },
  );
});

describe('a note', () => {
  it('keeps its line ends, whatever machine made them', () => {
    expect(aChoice({ note: 'a\r\nb\rc\u2028d\n\ne' }).note).toBe('a\nb\nc\nd\n\ne');
  });

  it('keeps blanks inside lines, with tabs as blanks', () => {
    expect(aChoice({ note: '\n- one\ttwo\n' }).note).toBe('- one two');
  });

  it('may have 2,000 characters and no more', () => {
    expect(aChoice({ note: 'é'.repeat(LONGEST_NOTE) }).note).toHaveLength(LONGEST_NOTE);
    expect(found({ note: 'é'.repeat(LONGEST_NOTE + 1) })).toEqual([['note-too-long', 'note']]);
  });

  it('is refused with a control character', () => {
    expect(found({ note: 'a\u0007b' })).toEqual([['character-unprintable', 'note']]);
  });

  it('of two megabytes is refused at once, whatever it is made of', () => {
    const started = Date.now();
    expect(found({ note: 'x'.repeat(2_000_000) })).toEqual([['note-too-long', 'note']]);
    // Putting half a million accents in order is what normalizing takes minutes for.
    expect(found({ note: `a${'\u0301\u0316'.repeat(500_000)}` })).toEqual([['note-too-long', 'note']]);
    expect(found({ client: `a${'\u0301\u0316'.repeat(500_000)}` })).toEqual([['client-too-long', 'client']]);
    expect(Date.now() - started).toBeLessThan(2000);
  });
});

describe('a date', () => {
  it.each(['2026-11-23', '2024-02-29'])('may be %s', (date) => {
    expect(aChoice({ date }).date).toBe(date);
  });

  it.each([
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-1-1',
    '23.11.2026',
    'today',
    '',
    '0000-01-01',
    20261123,
    null,
  ])('is refused when it is none (%j)', (date) => {
    expect(found({ date })).toEqual([['date-invalid', 'date']]);
  });

  it('is wanted', () => {
    expect(choiceProblems({ article: 'calm' }).map(({ code }) => code)).toEqual(['date-invalid']);
  });
});

describe('a choice', () => {
  it('has every problem told at once, each with its field', () => {
    const problems = found({
      article: 'No Such',
      language: 7,
      client: 'x'.repeat(LONGEST_NAME + 1),
      note: 'x'.repeat(LONGEST_NOTE + 1),
      clinician: '\u0001',
      date: '2026-02-30',
      paper: 'a5',
      largePrint: 'yes',
      inkSaving: 'yes',
      binder: 1,
      discreet: null,
      fit: 3,
      patient: 'x',
      sections: ['a'],
      preset: 'b',
    });
    expect(problems.map(([, field]) => field).sort()).toEqual([
      'article',
      'binder',
      'client',
      'clinician',
      'date',
      'discreet',
      'fit',
      'inkSaving',
      'language',
      'largePrint',
      'note',
      'paper',
      'patient',
      'preset',
    ]);
  });

  it('has problems in a clinician’s words', () => {
    const inputs = [
      null,
      'x',
      [],
      {},
      { sections: 'a' },
      { sections: [1] },
      { sections: Array(61).fill('a') },
      { noteLanguage: {} },
    ];
    const words = inputs.flatMap((input) => choiceProblems(input)).map(sentence);
    for (const text of words) expect(text).not.toMatch(/invalid|expected|undefined|Too big|regex/iu);
    expect(words.length).toBeGreaterThan(inputs.length);
  });

  it('has no field we do not know', () => {
    const [problem] = choiceProblems({ ...base, fontSize: 3 });
    expect(problem).toMatchObject({ code: 'field-invalid', place: { field: 'fontSize' } });
    expect(problem!.hint).toContain('noteLanguage');
  });

  it('takes sections or a preset, not both', () => {
    expect(found({ sections: ['a'], preset: 'full' })).toEqual([['field-invalid', 'preset']]);
  });

  it('never says what was typed for the client', () => {
    const secret = 'Hildegard';
    const problems = choiceProblems({ ...base, client: secret.repeat(40), note: `${secret}\u0001`, date: 'x' });
    expect(problems).toHaveLength(3);
    expect(JSON.stringify(problems)).not.toContain(secret);
  });

  it('stands on its usual values where nothing is said', () => {
    expect(aChoice()).toEqual({
      article: 'calm',
      language: 'en',
      client: '',
      note: '',
      words: '',
      agreed: '',
      plan: '',
      obstacle: '',
      appointment: '',
      date: '2026-11-23',
      largePrint: false,
      inkSaving: false,
      binder: false,
      discreet: false,
      fillable: true,
    });
  });
});
