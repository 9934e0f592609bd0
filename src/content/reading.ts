// How hard and how long a text is: plain text in, a school grade, a word count or minutes out.
import { syllable } from 'syllable';

const LEAST_WORDS = 30;
const WORDS_A_MINUTE = 180;
const ABBREVIATION = /(?:^|[\s(])(?:[ap]\.m|e\.g|i\.e|vs|dr|mrs?|ms|prof|st)\.\s*$/iu;

export const isEnglish = (lang: string): boolean => lang === 'en' || lang.startsWith('en-');

/**
 * Flesch–Kincaid grade level: 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid, Fishburne,
 * Rogers and Chissom 1975, Navy Research Branch Report 8-75). It was fitted to English; other languages have none.
 * Every line is at least one sentence, so headings and list items need no full stop. Numbers in figures are no
 * words here: how they are spoken is not known.
 */
export function grade(text: string, lang: string): number | null {
  if (!isEnglish(lang)) return null;
  const words = wordsOf(text, lang).filter((word) => /\p{L}/u.test(word));
  if (words.length < LEAST_WORDS) return null;
  const syllables = words.reduce((sum, word) => sum + Math.max(1, syllable(word)), 0);
  const sentences = text.split('\n').reduce((sum, line) => sum + countSentences(line, lang), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59;
}

export const countWords = (text: string, lang: string): number => wordsOf(text, lang).length;

/**
 * Whole minutes, at least one. Adults read non-fiction silently at about 238 words a minute (Brysbaert 2019, Journal
 * of Memory and Language 109:104047); 180 is our choice for people who are tired or worried.
 */
export const minutesToRead = (words: number): number => Math.max(1, Math.round(words / WORDS_A_MINUTE));

/** Intl.Segmenter ends a sentence at “p.m.” or “Dr.” before a capital; such ends are taken back. */
function countSentences(line: string, lang: string): number {
  let count = 0;
  let open = false;
  for (const { segment } of segmenter(lang, 'sentence').segment(line)) {
    if (!/\p{L}/u.test(segment)) continue;
    if (!open) count += 1;
    open = ABBREVIATION.test(segment);
  }
  return count;
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
