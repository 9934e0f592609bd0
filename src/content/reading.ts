// How hard and how long a text is: plain text in, a school grade or a point of ease, a word count or minutes out.
import { syllable } from 'syllable';
import { spanishSyllables } from './syllables.ts';

/** Of fewer words no formula says anything. */
export const LEAST_WORDS = 30;
const WORDS_A_MINUTE = 180;
const ABBREVIATION = /(?:^|[\s(])(?:[ap]\.m|e\.g|i\.e|vs|dra?|mrs?|ms|prof|st|sra?|srta|uds?|p\.\s?ej)\.\s*$/iu;

export const isEnglish = (lang: string): boolean => lang === 'en' || lang.startsWith('en-');

export const isSpanish = (lang: string): boolean => lang === 'es' || lang.startsWith('es-');

export const hasFormula = (lang: string): boolean => isEnglish(lang) || isSpanish(lang);

/** What a formula needs of a text; those of several texts can be added up. */
export interface Counts {
  words: number;
  sentences: number;
  /** 0 in a language whose syllables we can't count. */
  syllables: number;
}

/**
 * Every line is at least one sentence, so headings and list items need no full stop. Numbers in figures are no words
 * here: how they are spoken is not known.
 */
export function countsOf(text: string, lang: string): Counts {
  const words = wordsOf(text, lang).filter((word) => /\p{L}/u.test(word));
  const count = isEnglish(lang) ? syllable : isSpanish(lang) ? spanishSyllables : () => 0;
  const least = hasFormula(lang) ? 1 : 0;
  return {
    words: words.length,
    sentences: text.split('\n').reduce((sum, line) => sum + sentencesOf(line, lang).length, 0),
    syllables: words.reduce((sum, word) => sum + Math.max(least, count(word)), 0),
  };
}

/** Several texts as one. */
export function sumOf(counts: readonly Counts[]): Counts {
  const sum = (name: keyof Counts) => counts.reduce((total, one) => total + one[name], 0);
  return { words: sum('words'), sentences: sum('sentences'), syllables: sum('syllables') };
}

/**
 * Flesch–Kincaid grade level: 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid, Fishburne,
 * Rogers and Chissom 1975, Navy Research Branch Report 8-75). It was fitted to English.
 */
function gradeOf({ words, sentences, syllables }: Counts): number {
  return 0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59;
}

/**
 * Flesch–Szigriszt: 206.835 − 62.3 × syllables per word − words per sentence (Szigriszt Pazos 1993, thesis, Madrid), read on
 * the INFLESZ scale (Barrio-Cantalejo and others 2008, An Sist Sanit Navar 31:135–152). It was fitted to Spanish.
 */
function easeOf({ words, sentences, syllables }: Counts): number {
  return 206.835 - 62.3 * (syllables / words) - words / sentences;
}

/** How hard a text is: a school grade, or a point on the INFLESZ scale from 0 (hard) to 100 (easy). */
export interface Reading {
  scale: 'Flesch–Kincaid' | 'INFLESZ';
  value: number;
}

/** Null where no formula is valid for the language, or the text is too short for one. */
export function readingOf(counts: Counts, lang: string): Reading | null {
  if (counts.words < LEAST_WORDS) return null;
  if (isEnglish(lang)) return { scale: 'Flesch–Kincaid', value: gradeOf(counts) };
  return isSpanish(lang) ? { scale: 'INFLESZ', value: easeOf(counts) } : null;
}

/** The Flesch–Kincaid grade alone. */
export function grade(counts: Counts, lang: string): number | null {
  return isEnglish(lang) ? (readingOf(counts, lang)?.value ?? null) : null;
}

export const countWords = (text: string, lang: string): number => wordsOf(text, lang).length;

/**
 * Whole minutes, at least one. Adults read non-fiction silently at about 238 words a minute (Brysbaert 2019, Journal
 * of Memory and Language 109:104047); 180 is our choice for people who are tired or worried.
 */
export const minutesToRead = (words: number): number => Math.max(1, Math.round(words / WORDS_A_MINUTE));

/** Intl.Segmenter ends a sentence at “p.m.” or “Dr.” before a capital; such ends are taken back. */
export function sentencesOf(line: string, lang: string): string[] {
  const sentences: string[] = [];
  let open = false;
  for (const { segment } of segmenter(lang, 'sentence').segment(line)) {
    if (!/\p{L}/u.test(segment)) continue;
    if (open) sentences[sentences.length - 1] += segment;
    else sentences.push(segment);
    open = ABBREVIATION.test(segment);
  }
  return sentences;
}

function wordsOf(text: string, lang: string): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter(lang, 'word').segment(text)) if (isWordLike) words.push(segment);
  return words;
}

const segmenters = new Map<string, Intl.Segmenter>();

/** Making one takes a millisecond, so each is made once. */
function segmenter(lang: string, granularity: 'word' | 'sentence'): Intl.Segmenter {
  const key = `${lang} ${granularity}`;
  const made = segmenters.get(key) ?? new Intl.Segmenter(lang, { granularity });
  segmenters.set(key, made);
  return made;
}
