// An article's sentences in, what makes them hard or hurtful to read out, each at its line.
import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { MARKER } from './citations.ts';
import { type WordList, wordListOf } from './lint-words.ts';
import { lineOf, plainText, textOf } from './nodes.ts';
import type { Tell } from './problems.ts';
import { countWords, sentencesOf } from './reading.ts';

/** Longer ones lose readers (GOV.UK Content design, Sentence length: at most 25 words). */
const LONGEST_SENTENCE = 25;
/** About six lines of a page. */
const LONGEST_PARAGRAPH = 75;
/** A tenth of the sentences; a few are the plainest way to say a thing. */
const MOST_PASSIVE = 0.1;

/** A paragraph, a heading, an item of a list or a row of a table. */
interface Passage {
  line: number;
  text: string;
  /** It cites a source. */
  cites: boolean;
}

export function lintText(tree: Root, lang: string, tell: Tell): void {
  const passages = passagesOf(tree);
  for (const { line, text } of passages) lintLength(line, text, lang, tell);
  const words = wordListOf(lang);
  if (words === null) return;
  lintJargon(passages, words, lang, tell);
  for (const passage of passages) {
    lintBlame(passage, words, tell);
    if (words.claim.test(passage.text) && !passage.cites)
      tell(passage.line, 'This number comes from nowhere.', 'Cite its source behind it as [^id], or leave it out.');
  }
  lintPassive(passages, words, lang, tell);
}

/** Labels of writing lines and captions are read too; alt texts are not. */
function passagesOf(tree: Root): Passage[] {
  const passages: Passage[] = [];
  visit(tree, (node) => {
    const isRead = ['paragraph', 'heading', 'tableRow', 'leafDirective'].includes(node.type);
    if (!isRead) return;
    const text = node.type === 'leafDirective' ? textOf(node) : plainText([node]);
    // What stands in {…} behind a heading is not printed.
    const printed = text.replace(MARKER, '').replace(node.type === 'heading' ? /\s*\{[^{}]*\}$/u : /$^/u, '');
    passages.push({ line: lineOf(node), text: printed.trim(), cites: MARKER_ANYWHERE.test(textOf(node)) });
  });
  return passages;
}

const MARKER_ANYWHERE = /\[\^[^\]\s]+\]/u;

function lintLength(line: number, text: string, lang: string, tell: Tell): void {
  for (const sentence of sentencesOf(text, lang)) {
    const words = countWords(sentence, lang);
    if (words > LONGEST_SENTENCE)
      tell(
        line,
        `A sentence has ${words} words: “${shortened(sentence)}”`,
        `Make two of it: at most ${LONGEST_SENTENCE}.`,
      );
  }
  const words = countWords(text, lang);
  if (words > LONGEST_PARAGRAPH)
    tell(line, `This paragraph has ${words} words.`, `Make two of it, or a list: at most ${LONGEST_PARAGRAPH}.`);
}

/** A word that the article explains, once, may be used in it. */
function lintJargon(passages: readonly Passage[], { jargon, explains }: WordList, lang: string, tell: Tell): void {
  for (const { pattern, instead } of jargon) {
    const used = passages.filter(({ text }) => pattern.test(text));
    const sentences = used.flatMap(({ text }) => sentencesOf(text, lang)).filter((sentence) => pattern.test(sentence));
    if (sentences.some((sentence) => explains.test(sentence))) continue;
    for (const { line, text } of used.slice(0, 1)) {
      const word = pattern.exec(text)?.[0];
      tell(line, `“${word}” is a word of the trade.`, `Write: ${instead}. Or say in the same sentence what it means.`);
    }
  }
}

/** What somebody may think of themselves stands between quotation marks. */
const QUOTED = /“[^”]*”|"[^"]*"|«[^»]*»/gu;

function lintBlame({ line, text }: Passage, { blame }: WordList, tell: Tell): void {
  const said = text.replace(QUOTED, ' ');
  for (const { pattern, instead } of blame) {
    const word = pattern.exec(said)?.[0];
    if (word !== undefined) tell(line, `“${word.trim()}” blames or labels the person.`, `Write: ${instead}.`);
  }
}

function lintPassive(passages: readonly Passage[], { passive }: WordList, lang: string, tell: Tell): void {
  const sentences = passages.flatMap(({ line, text }) =>
    sentencesOf(text, lang).map((sentence) => ({ line, sentence })),
  );
  const found = sentences.filter(({ sentence }) => passive.test(sentence));
  if (found.length <= sentences.length * MOST_PASSIVE) return;
  const share = Math.round((100 * found.length) / sentences.length);
  const lines = [...new Set(found.map(({ line }) => line))].join(', ');
  tell(
    found[0]!.line,
    `${share} % of the sentences are passive (lines ${lines}).`,
    `Say who does what: at most ${100 * MOST_PASSIVE} %.`,
  );
}

const shortened = (sentence: string) => {
  const text = sentence.trim();
  return text.length <= 60 ? text : `${text.slice(0, 57).trimEnd()} …`;
};
