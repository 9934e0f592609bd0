// What was typed for this client in, HTML out: the line that says whom it is for, and sections before and after the article's.
import { type Choice, SLOT_NAMES, type Slot } from './choice.ts';
import { type NotePart, noteParts } from './note.ts';
import { compileFile, type Template } from './templates.ts';
import { type HandoutWords, say } from './words.ts';

/** Who writes and when, and how the page around it is written. */
export interface Writing {
  words: HandoutWords;
  lang: string;
  /** In full, or empty where it is not said. */
  date: string;
  clinician: string;
  signature: string;
}

/** HTML by its place on the page. */
export interface TypedHtml {
  for: string;
  before: string;
  after: string;
}

/** All that is typed for a client. */
export type Typed = Pick<Choice, 'client' | 'note' | 'noteLanguage' | Slot>;

interface TypedSection {
  id: string;
  heading: string;
  parts: readonly NotePart[];
  signature: string;
  page: { lang: string; dir: string };
  lang: string;
}

/**
 * What has been said so far goes before the article: it is why the client reads on. What the client will do goes after
 * it: a plan is made once its reasons are known, and stands where the page is taken up again.
 */
const BEFORE: readonly Slot[] = ['words', 'agreed'];
const AFTER = SLOT_NAMES.filter((name) => !BEFORE.includes(name));

let template: Template | null = null;

/** Empty ones leave nothing behind, not even a heading. All is written in one go: to begin takes a template longest. */
export function fillTyped(choice: Typed, { words, lang, date, clinician, signature }: Writing): TypedHtml {
  template ??= compileFile('typed.hbs');
  const page = { lang, dir: words.dir };
  const typed = (id: string, heading: string, text: string, signed = ''): TypedSection[] => {
    const parts = noteParts(text);
    if (parts.length === 0) return [];
    return [{ id, heading, parts, signature: signed, page, lang: choice.noteLanguage ?? lang }];
  };
  const slot = (name: Slot) => typed(`slot-${name}`, words[name], choice[name]);
  const noteHeading = clinician === '' ? words.note : say(words.noteFrom, { clinician });
  const html = template({
    date,
    forClient: choice.client === '' ? '' : say(words.for, { client: choice.client }),
    fromClinician: clinician === '' ? '' : say(words.from, { clinician }),
    around: [[...typed('note', noteHeading, choice.note, signature), ...BEFORE.flatMap(slot)], AFTER.flatMap(slot)],
  });
  // What was typed is escaped: it can't hold a comment.
  const [forLine = '', before = '', after = ''] = html.split('<!--part-->');
  return { for: forLine, before, after };
}
