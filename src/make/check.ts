// What a clinician typed, checked against the fonts and the article: a choice in, everything that can't be printed out.
import type { Section } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import { type Choice, SLOT_NAMES, SLOTS, type Slot } from '../merge/choice.ts';
import { hintedAt, quietly } from '../merge/discreet.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';

/** Every character no font of ours has, and a missing name where a section needs one. */
export function checkWords(
  choice: Choice,
  sections: readonly Section[],
  practice: Practice,
  press: Pick<Press, 'unprintable'>,
): Problem[] {
  const problems = isPrintable(choice, practice, press)
    ? []
    : [...checkTyped(choice, press), ...checkLetterhead(practice, press)];
  const printed = choice.discreet ? sections.map(quietly) : sections;
  const needy = printed.find(({ needsClient }) => needsClient);
  if (needy === undefined || (choice.client !== '' && !choice.discreet)) return problems;
  const message = `The section “${needy.title}” speaks to the client by name.`;
  const hint = choice.discreet
    ? 'Leave the section out: a discreet copy has no name.'
    : 'Type a name, or leave the section out.';
  return [...problems, { code: 'client-missing', message, hint, place: { field: 'client' } }];
}

export function checkLetterhead(practice: Practice, press: Pick<Press, 'unprintable'>): Problem[] {
  return unprintable('practice', 'The letterhead', letterheadText(practice), press);
}

function letterheadText({ name, contact, crisisLine, clinician, credentials }: Practice): string {
  return [name, ...contact, crisisLine, clinician, credentials].join('\n');
}

/** What a clinician types for this client, by field. */
export type Typed = Pick<Choice, 'client' | 'note' | Slot> & { clinician?: string | undefined };

/** Every character of it that no font of ours has, by field. */
export function checkTyped(typed: Typed, press: Pick<Press, 'unprintable'>): Problem[] {
  return fieldsOf(typed).flatMap(([field, label, text]) => unprintable(field, label, text, press));
}

/** Names, labels and texts. */
function fieldsOf(typed: Typed): (readonly [string, string, string])[] {
  return [
    ['client', 'The name', typed.client],
    ['note', 'The note', typed.note],
    ...SLOT_NAMES.map((name) => [name, SLOTS[name], typed[name]] as const),
    ['clinician', 'The clinician’s name', typed.clinician ?? ''],
  ];
}

/** As a rule all can be printed: one question for all of it is answered sooner than one for each field. */
function isPrintable(typed: Typed, practice: Practice, press: Pick<Press, 'unprintable'>): boolean {
  const texts = fieldsOf(typed).map(([, , text]) => text);
  return press.unprintable([...texts, letterheadText(practice)].join('\n')).length === 0;
}

/** What was typed is printed as it is; on a discreet copy a person should know that it tells of a name or a place to be. */
export function warnOfTyped(choice: Choice, practice: Practice): Problem[] {
  if (!choice.discreet) return [];
  const names = [choice.client, choice.clinician ?? '', practice.clinician, practice.name].flatMap(partsOf);
  const typed = [
    ['note', 'The note', choice.note],
    ...SLOT_NAMES.map((name) => [name, SLOTS[name], choice[name]]),
  ] as const;
  const warn = (field: string, message: string): Problem => ({ code: 'names-left', message, place: { field } });
  return typed.flatMap(([field = '', label = '', text = '']) => {
    if (field === 'appointment' && text !== '')
      return [warn(field, `${label} says on a discreet copy when to be where.`)];
    if (!names.some((name) => isNamedIn(text, name))) return [];
    return [
      warn(field, `${label} has the name of the client, the clinician or the practice; a discreet copy should not.`),
    ];
  });
}

/** The words of a name that are no title or initial. */
const partsOf = (name: string): string[] => name.match(/\p{Lu}[\p{L}\p{M}]{2,}|[\p{Lo}\p{M}]{2,}/gu) ?? [];

/** Whether a text has a part of somebody's name. */
export const isAbout = (text: string, name: string): boolean => partsOf(name).some((part) => isNamedIn(text, part));

/** As a word of its own. A pattern of each client's name would take longer to make than the page. */
function isNamedIn(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!ENDS_IN_LETTER.test(text.slice(0, at)) && !BEGINS_WITH_LETTER.test(text.slice(at + name.length))) return true;
  }
  return false;
}

const ENDS_IN_LETTER = /\p{L}$/u;
const BEGINS_WITH_LETTER = /^\p{L}/u;

/** A discreet page only hints at what could endanger whom it is for: the clinician is asked to say it, the caution before all. */
export function warnOfHints({ discreet }: Pick<Choice, 'discreet'>, sections: readonly Section[]): Problem[] {
  const hinted = discreet ? hintedAt(sections) : [];
  if (hinted.length === 0) return [];
  const named = LIST.format(hinted.map(({ title }) => `“${title}”`));
  const message = `The discreet page only hints at ${named}: say it aloud, when the client is alone with you.`;
  return [{ code: 'caution-hinted', message, place: { field: 'discreet' } }];
}

const LIST = new Intl.ListFormat('en');

/** The characters of one text that no font of ours has. */
export function unprintable(field: string, label: string, text: string, press: Pick<Press, 'unprintable'>): Problem[] {
  const missing = press.unprintable(text);
  if (missing.length === 0) return [];
  const named = missing.slice(0, 5).map(nameOf).join(', ');
  const message = `${label} has ${missing.length === 1 ? 'a character' : 'characters'} we have no letters for: ${named}.`;
  return [{ code: 'character-unprintable', message, hint: 'Write it in another way.', place: { field } }];
}

/** The character itself with its code points, so that it can be found even where the screen shows a box. */
function nameOf(grapheme: string): string {
  const codes = [...grapheme].map((char) => `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`);
  return `“${grapheme}” (${codes.join(' ')})`;
}
