// An article in, every section that could endanger its reader where somebody else looks at a discreet page out, by line.
import type { Article, Section } from './article.ts';
import type { Tell } from './problems.ts';
import { isEnglish, isSpanish } from './reading.ts';

interface Words {
  /** Speaks of a person whom the client fears. */
  danger: RegExp;
  /** Tells that person so. */
  telling: RegExp;
}

const ENGLISH: Words = {
  danger:
    /\b(?:someone|somebody|anyone|anybody|partner|they)\b[^.?!]{0,40}\b(?:scares?|hurts?|hits?|controls?|threatens?|forces?)\b[^.?!]{0,40}\byou\b|\bafraid of (?:someone|somebody|anyone|anybody|your partner)\b|\b(?:someone|somebody|anyone) you (?:are afraid of|fear)\b|\balone with us\b/iu,
  telling:
    /\b(?:home|partner|husband|wife|violen\w*|abus\w*|secret\w*|afraid|scare[sd]?|hurts?|controls?|threat\w*|alone with us|watched)\b/iu,
};

const SPANISH: Words = {
  danger:
    /(?<!\p{L})(?:alguien|pareja)(?!\p{L})[^.?!]{0,40}(?:da miedo|hace daño|controla|pega|amenaza|obliga)(?!\p{L})|a solas con nosotr[oa]s|cuéntenoslo a solas/iu,
  telling:
    /(?<!\p{L})(?:casa|hogar|pareja|marido|espos[oa]|violen\p{L}*|maltrat\p{L}*|abus\p{L}*|secret\p{L}*|miedo|hace daño|controla|amenaza|a solas|vigilad[oa])(?!\p{L})/iu,
};

const HINT = 'Write :::discreet{title="…"} in it, with neutral words that take its place on a discreet copy.';

export function lintSafety({ sections, lang }: Article, tell: Tell): void {
  const words = isEnglish(lang) ? ENGLISH : isSpanish(lang) ? SPANISH : null;
  if (words === null) return;
  for (const section of sections) {
    const { line, discreet } = section;
    if (discreet === null) {
      if (words.danger.test(said(section))) tell(line, 'This could endanger a client where others look.', HINT);
      continue;
    }
    const word = words.telling.exec(said(discreet))?.[0];
    if (word !== undefined)
      tell(discreet.line, `“${word}” tells on a discreet copy what it is to hide.`, 'Say it in neutral words.');
  }
}

/** Heading and text, a block a sentence. */
function said({ title, html }: Section): string {
  return `${title}. ${html.replace(/<\/(?:p|li|td|th|h3)>/gu, '. ').replace(/<[^>]*>/gu, '')}`;
}
