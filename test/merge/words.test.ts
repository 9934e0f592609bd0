// The handout's own words and dates, by language and country.
import { describe, expect, it } from '@jest/globals';
import { LANGUAGES, say, sayDate, wordsOf } from '../../src/merge/words.ts';

const fields = (text: string) => [...text.matchAll(/\{\w+\}/gu)].map(([field]) => field).sort();

describe('the words of a language', () => {
  it('exist in English, Spanish and Arabic, all of them, with the same fields', () => {
    expect([...LANGUAGES].sort()).toEqual(['ar', 'en', 'es']);
    for (const lang of LANGUAGES) {
      for (const [name, text] of Object.entries(wordsOf(lang))) {
        if (name === 'dir') continue;
        expect(text).not.toBe('');
        expect([lang, name, fields(text)]).toEqual([lang, name, fields(wordsOf('en')[name as 'for'])]);
      }
    }
  });

  it('run from right to left in Arabic', () => {
    expect(LANGUAGES.map((lang) => [lang, wordsOf(lang).dir])).toEqual(
      expect.arrayContaining([
        ['ar', 'rtl'],
        ['en', 'ltr'],
        ['es', 'ltr'],
      ]),
    );
  });

  it('fall back from a region to its language, and to English', () => {
    expect(wordsOf('es-MX')).toBe(wordsOf('es'));
    expect(wordsOf('xx')).toBe(wordsOf('en'));
  });

  it('take a name as it is', () => {
    expect(say('For {client}', { client: '{clinician} $& $1' })).toBe('For {clinician} $& $1');
    expect(say('{other} stays', {})).toBe('{other} stays');
  });
});

describe('a date', () => {
  it.each([
    ['en', 'US', 'November 23, 2026'],
    ['en', 'GB', '23 November 2026'],
    ['en-GB', 'US', '23 November 2026'],
    ['es', 'US', '23 de noviembre de 2026'],
    ['ar', 'EG', '٢٣ نوفمبر ٢٠٢٦'],
  ])('in %s and %s is written %s', (lang, country, written) => {
    expect(sayDate('2026-11-23', lang, country).replace(/\u00a0/gu, ' ')).toBe(written);
  });

  it('is not broken over two lines', () => {
    expect(sayDate('2026-11-23', 'en', 'US')).not.toMatch(/[ \u202f]/u);
  });

  it('is the same day wherever the machine stands, and of the common calendar', () => {
    expect(sayDate('2026-01-01', 'en', 'US')).toContain('2026');
    expect(sayDate('2026-01-01', 'ar', 'SA')).toMatch(/٢٠٢٦|2026/u);
    expect(sayDate('2026-01-01', 'en', 'TH')).toContain('2026');
  });
});
