// The text of one cell in, what it means out: yes or no, ways to send, a language, a number, a day; or what to write instead.

import { plain } from './headings.ts';
import type { Way } from './recipient.ts';

/** What a cell says, or a sentence that tells staff what to write. */
export type Read<T> = { value: T } | { hint: string };

export const listed = (words: string) => new Set(words.split(', ').map(plain));

const YES = listed('yes, y, true, 1, x, on, si, sí, ja, j, oui, o, wahr, vrai, verdadero');
const NO = listed('no, n, false, 0, off, none, nein, non, falsch, faux, falso');
const MARK = /^[✓✔☑✅]$/u;

export function readYesNo(text: string): Read<boolean> {
  if (YES.has(plain(text)) || MARK.test(text)) return { value: true };
  if (NO.has(plain(text)) || /^[-–—]$/u.test(text)) return { value: false };
  return { hint: 'Write yes or no.' };
}

const WAYS: Readonly<Record<Way, ReadonlySet<string>>> = {
  hand: listed(
    'hand, by hand, in hand, in person, person, print, printed, paper, pick up, pickup, mano, en mano, persönlich, hand aus, en main, main propre',
  ),
  post: listed(
    'post, by post, postal, postal mail, letter, mail letter, us mail, usps, carta, correo postal, brief, per post, courrier, poste, par la poste',
  ),
  email: listed(
    'email, e-mail, by email, by e-mail, e mail, electronic, correo electrónico, correo electronico, per e-mail, courriel, par courriel',
  ),
};
const EVERY = listed('all, any, both ways, every way, todo, todos, alle, tous, tout');
const NEVER = listed('no, none, never, nothing, do not send, dont send, not allowed, nein, nada, rien, aucun');
const BOTH_MEANINGS = listed('mail, correo, mails');

/** An empty list is a client who may not be sent anything. */
export function readWays(text: string): Read<readonly Way[]> {
  if (EVERY.has(plain(text))) return { value: ['hand', 'post', 'email'] };
  if (NEVER.has(plain(text))) return { value: [] };
  const words = text.split(/[,;/|+&\n]|\s(?:and|or|y|o|und|oder|et|ou)\s/iu).map(plain);
  const named = words.filter((word) => word !== '').map(wayOf);
  if (words.some((word) => BOTH_MEANINGS.has(word))) return { hint: '“Mail” can mean both: write post or e-mail.' };
  if (named.length === 0 || named.includes(null)) return { hint: 'Write hand, post, e-mail, or none.' };
  return { value: [...new Set(named as Way[])] };
}

function wayOf(word: string): Way | null {
  return (Object.keys(WAYS) as Way[]).find((way) => WAYS[way].has(word)) ?? null;
}

export const MOST_COPIES = 20;

export function readCopies(text: string): Read<number> {
  const copies = /^\d{1,3}$/u.test(text) ? Number(text) : 0;
  if (copies >= 1 && copies <= MOST_COPIES) return { value: copies };
  return { hint: `Write a number from 1 to ${MOST_COPIES}.` };
}

export function readPaper(text: string): Read<string> {
  const word = plain(text);
  if (word === 'a4' || word === 'dina4') return { value: 'a4' };
  if (word === 'letter' || word === 'usletter') return { value: 'letter' };
  return { hint: 'Write letter or A4.' };
}

/** Days with the month in doubt are not guessed. */
export function readDay(text: string): Read<string> {
  const [day = text] = text.split(' ');
  if (/^\d{4}-\d{2}-\d{2}$/u.test(day)) return { value: day };
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u.exec(day);
  if (dotted !== null) return { value: `${dotted[3]}-${dotted[2]!.padStart(2, '0')}-${dotted[1]!.padStart(2, '0')}` };
  return { hint: 'Write the day like 2026-11-23.' };
}

/** Codes of three letters are also names of people: only those of our articles count. */
const CODE = /^[a-z]{2}(-[a-z0-9]{2,8})*$/u;

/** `es`, `es_MX`, `Spanish`, `Español`, `Spanisch`: as a code. `spoken` are the codes of our articles. */
export function languageReader(spoken: readonly string[]): (text: string) => Read<string> {
  const names = namesOfLanguages(spoken);
  const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  return (text) => {
    const named = names.get(plain(text));
    if (named !== undefined) return { value: named };
    const code = text.trim().toLowerCase().replaceAll('_', '-');
    const known = spoken.includes(code) || (CODE.test(code) && english.of(code) !== undefined);
    return known ? { value: code } : { hint: 'Write the language like en or Spanish.' };
  };
}

/** English names of all languages with two letters; those of our articles also in themselves and our neighbours. */
function namesOfLanguages(spoken: readonly string[]): Map<string, string> {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const names = new Map<string, string>();
  const add = (locale: string, codes: readonly string[]) => {
    const display = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' });
    for (const code of codes) {
      const name = display.of(code);
      if (name !== undefined) names.set(plain(name), code);
    }
  };
  add(
    'en',
    letters.flatMap((a) => letters.map((b) => `${a}${b}`)),
  );
  for (const locale of ['es', 'de', 'fr', ...spoken]) add(locale, spoken);
  return names;
}

/** What a spreadsheet shows where a formula failed; nobody means to print it. */
export const FAILED_FORMULA = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|#+)$/u;
