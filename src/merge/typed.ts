// What was typed for this client: the note and the slots in, their sections as HTML out, before and after the article's.
import { type Choice, SLOT_NAMES, type Slot } from './choice.ts';
import { type NotePart, noteParts } from './note.ts';
import { compileFile, ready, type Template } from './templates.ts';
import type { HandoutWords } from './words.ts';

/** Who writes, and how the page around it is written. */
export interface Writing {
  words: HandoutWords;
  lang: string;
  noteHeading: string;
  signature: string;
}

interface Typed {
  id: string;
  heading: string;
  parts: readonly NotePart[];
  signature: string;
}

/**
 * What has been said so far goes before the article: it is why the client reads on. What the client will do goes after
 * it: a plan is made once its reasons are known, and stands where the page is taken up again.
 */
const BEFORE: readonly Slot[] = ['words', 'agreed'];
const AFTER = SLOT_NAMES.filter((name) => !BEFORE.includes(name));

let template: Template | null = null;

/** Empty ones leave nothing behind, not even a heading. */
export function typedSections(choice: Choice, { words, lang, noteHeading, signature }: Writing) {
  template ??= compileFile('typed.hbs');
  const write = template;
  const note = { id: 'note', heading: noteHeading, parts: noteParts(choice.note), signature };
  const slot = (name: Slot): Typed => {
    return { id: `slot-${name}`, heading: words[name], parts: noteParts(choice[name]), signature: '' };
  };
  const page = { lang, dir: words.dir };
  const written = (sections: readonly Typed[]) => {
    const filled = sections.filter(({ parts }) => parts.length > 0);
    if (filled.length === 0) return '';
    const typed = filled.map((section) => ({ ...section, page, lang: choice.noteLanguage ?? lang }));
    return ready(write({ sections: typed }));
  };
  return { before: written([note, ...BEFORE.map(slot)]), after: written(AFTER.map(slot)) };
}
