import { describe, expect, it } from '@jest/globals';
import { countsOf, countWords, grade, minutesToRead, readingOf, sumOf } from '../../src/content/reading.ts';

// 10 words, 10 syllables.
const PLAIN = 'The cat sat on the mat and had a nap';
const graded = (text: string, lang: string) => grade(countsOf(text, lang), lang);

describe('the reading grade', () => {
  it('is Flesch–Kincaid: 30 words and 30 syllables in 3 sentences', () => {
    // 0.39 × 10 + 11.8 × 1 − 15.59 = 0.11
    expect(graded(`${PLAIN}. ${PLAIN}. ${PLAIN}.`, 'en')).toBeCloseTo(0.11, 10);
  });

  it('rises with longer words: 30 words and 34 syllables in 3 sentences', () => {
    // su-per-vi-sor has 4 syllables where nap has 1, hap-py has 2 where sat has 1: 30 + 3 + 1 = 34.
    const harder = `${PLAIN}. ${PLAIN.replace('nap', 'supervisor')}. ${PLAIN.replace('sat', 'happy')}.`;
    // 0.39 × 10 + 11.8 × 34 / 30 − 15.59
    expect(graded(harder, 'en')).toBeCloseTo(1.6833, 4);
  });

  it('takes every line for a sentence, so that headings and list items need no full stop', () => {
    expect(graded(`${PLAIN}\n${PLAIN}\n${PLAIN}`, 'en')).toBeCloseTo(0.11, 10);
    // One sentence of 30 words: 0.39 × 30 + 11.8 − 15.59 = 7.91
    expect(graded(`${PLAIN} ${PLAIN} ${PLAIN}`, 'en-GB')).toBeCloseTo(7.91, 10);
  });

  it.each([
    ['p.m.', 36],
    ['a.m.', 36],
    ['e.g.', 36],
    ['Dr.', 33],
  ])('ends no sentence at %s', (short, syllables) => {
    const line = `The cat sat on the ${short} Mat and had a nap.`;
    // 33 words in 3 sentences.
    expect(graded(`${line} ${line} ${line}`, 'en')).toBeCloseTo(0.39 * 11 + (11.8 * syllables) / 33 - 15.59, 10);
  });

  it('does not count numbers written in figures as words', () => {
    expect(graded(`${PLAIN} 2020. ${PLAIN} 3.5. ${PLAIN} 988.`, 'en')).toBeCloseTo(0.11, 10);
  });

  it('is not given for fewer than 30 words, nor for another language', () => {
    expect(graded(`${PLAIN}. ${PLAIN}. The cat sat on the mat and had a.`, 'en')).toBeNull();
    expect(graded('', 'en')).toBeNull();
    expect(graded(`${PLAIN}. ${PLAIN}. ${PLAIN}.`, 'es')).toBeNull();
  });
});

/**
 * Published with Flesch’s reading ease in the article “Flesch–Kincaid readability tests” of Wikipedia. By a dictionary the
 * second has 24 syllables where 23 are published, the third 26 where 24 are: counters differ by as much.
 */
describe('the counts that the formulas rest on', () => {
  it.each([
    ['The cat sat on the mat.', 6, 6, 116],
    ['This sentence, taken as a reading passage unto itself, is being used to prove a point.', 16, 24, 69],
    ['The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.', 13, 26, 37.5],
  ])('agree with a published example: %s', (text, words, syllables, published) => {
    expect(countsOf(text, 'en')).toEqual({ words, sentences: 1, syllables });
    const easeOf = (count: number) => 206.835 - 1.015 * words - (84.6 * count) / words;
    const nearest = [0, 1, 2].map((fewer) => Math.abs(easeOf(syllables - fewer) - published));
    expect(Math.min(...nearest)).toBeLessThan(0.3);
  });
});

describe('the ease of a Spanish text', () => {
  // 10 words: El ga-to se sen-tó en la ca-ma de Ana: 1+2+1+2+1+1+2+1+2 = 13 syllables in 9 words; with “hoy” 14 in 10.
  const plain = 'El gato se sentó en la cama de Ana hoy';

  it('is Flesch–Szigriszt on the INFLESZ scale: 30 words and 42 syllables in 3 sentences', () => {
    const counts = countsOf(`${plain}. ${plain}. ${plain}.`, 'es');
    expect(counts).toEqual({ words: 30, sentences: 3, syllables: 42 });
    // 206.835 − 62.3 × 42 / 30 − 30 / 3
    expect(readingOf(counts, 'es-MX')).toEqual({ scale: 'INFLESZ', value: expect.closeTo(109.615, 6) });
  });

  it('falls with longer words and longer sentences', () => {
    const counts = countsOf(`${plain} ${plain.replace('cama', 'universidad')} ${plain}.`, 'es');
    expect(counts).toEqual({ words: 30, sentences: 1, syllables: 45 });
    // 206.835 − 62.3 × 45 / 30 − 30
    expect(readingOf(counts, 'es')?.value).toBeCloseTo(83.385, 6);
  });

  it('ends no sentence at Sra. or p. ej.', () => {
    expect(countsOf('La Sra. Gómez vino. Trajo cosas, p. ej. Pan.', 'es').sentences).toBe(2);
  });

  it('is not given for fewer than 30 words, nor in a language without a formula', () => {
    expect(readingOf(countsOf(`${plain}. ${plain}.`, 'es'), 'es')).toBeNull();
    const arabic = countsOf('أنا لست وحدي '.repeat(20), 'ar');
    expect(arabic).toEqual({ words: 60, sentences: 1, syllables: 0 });
    expect(readingOf(arabic, 'ar')).toBeNull();
  });
});

describe('several texts together', () => {
  it('read as one, so that short ones count too', () => {
    const [one, two] = [countsOf(`${PLAIN}. ${PLAIN}.`, 'en'), countsOf(`${PLAIN}.`, 'en')];
    expect(readingOf(one, 'en')).toBeNull();
    expect(readingOf(sumOf([one, two]), 'en')).toEqual({ scale: 'Flesch–Kincaid', value: expect.closeTo(0.11, 10) });
    expect(sumOf([])).toEqual({ words: 0, sentences: 0, syllables: 0 });
  });
});

describe('the length of a text', () => {
  it('is counted in words of the language', () => {
    expect(countWords('Don’t stop at 10: co-operate!', 'en')).toBe(6);
    expect(countWords('أنا لست وحدي', 'ar')).toBe(3);
    expect(countWords('', 'en')).toBe(0);
  });

  it.each([
    [0, 1],
    [180, 1],
    [269, 1],
    [270, 2],
    [900, 5],
  ])('of %i words is %i minutes', (words, minutes) => {
    expect(minutesToRead(words)).toBe(minutes);
  });
});
