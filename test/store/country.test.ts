import { describe, expect, it } from '@jest/globals';
import { guessCountry, usualPaper } from '../../src/store/country.ts';

describe('the guess of a country', () => {
  it.each([
    ['en-GB', 'GB'],
    ['de_AT.UTF-8', 'AT'],
    ['sr_RS@latin', 'RS'],
    ['zh-Hant-TW', 'TW'],
    ['en-US', 'US'],
  ])('reads %s as %s', (locale, country) => {
    expect(guessCountry(locale)).toBe(country);
  });

  it.each(['C', 'POSIX', '', 'en', 'es', 'es-419', '!!'])(
    'takes the United States when %p names no country',
    (locale) => {
      expect(guessCountry(locale)).toBe('US');
    },
  );
});

describe('the usual paper', () => {
  it('is Letter in North America and A4 in the rest of the world', () => {
    expect(['US', 'CA', 'MX', 'PH'].map(usualPaper)).toEqual(['letter', 'letter', 'letter', 'letter']);
    expect(['GB', 'DE', 'NZ', 'IN'].map(usualPaper)).toEqual(['a4', 'a4', 'a4', 'a4']);
  });
});
