// Spanish syllables, against words as the dictionary and the orthography of the academies part them.
import { describe, expect, it } from '@jest/globals';
import { spanishSyllables } from '../../src/content/syllables.ts';

describe('a Spanish word has', () => {
  it.each([
    ['sol', 'sol'],
    ['gato', 'ga-to'],
    ['ciudad', 'ciu-dad'],
    ['aéreo', 'a-é-re-o'],
    ['día', 'dí-a'],
    ['país', 'pa-ís'],
    ['leía', 'le-í-a'],
    ['búho', 'bú-ho'],
    ['ahora', 'a-ho-ra'],
    ['prohibir', 'prohi-bir'],
    ['chocolate', 'cho-co-la-te'],
    ['quien', 'quien'],
    ['guerra', 'gue-rra'],
    ['guía', 'guí-a'],
    ['pingüino', 'pin-güi-no'],
    ['agua', 'a-gua'],
    ['averiguáis', 'a-ve-ri-guáis'],
    ['muy', 'muy'],
    ['y', 'y'],
    ['yo', 'yo'],
    ['Uruguay', 'U-ru-guay'],
    ['huir', 'huir'],
    ['construí', 'cons-truí'],
    ['respiración', 'res-pi-ra-ción'],
    ['murciélago', 'mur-cié-la-go'],
    ['niño', 'ni-ño'],
  ])('%s as many syllables as %s', (word, parted) => {
    expect(spanishSyllables(word)).toBe(parted.split('-').length);
  });

  it('the same number whether its accents are composed or not', () => {
    expect(spanishSyllables('respiración'.normalize('NFD'))).toBe(4);
  });
});
