// What the browser sent in, what holds for all rows of a batch and how it is made out.
import type { Library } from '../content/article.ts';
import { readCopies } from '../deliver/cells.ts';
import type { Consent } from '../deliver/consent.ts';
import type { Defaults } from '../deliver/make-recipient.ts';
import type { Recipient, Way } from '../deliver/recipient.ts';
import type { Batch } from '../deliver/ways.ts';
import { HandoutError, type Problem } from '../errors.ts';
import type { Printing } from '../make/packet.ts';
import type { Practice } from '../merge/practice.ts';

/** Looks that are on or off; a print file has no boxes to type in anyway. */
export const BATCH_LOOKS = ['largePrint', 'discreet', 'inkSaving', 'binder'] as const;
export type BatchLook = (typeof BATCH_LOOKS)[number];

export const WAYS: readonly Way[] = ['hand', 'post', 'email'];

export interface BatchState {
  /** Names of choices that the practice saved. */
  saved: readonly string[];
  articles: readonly string[];
  preset: string;
  language: string;
  note: string;
  clinician: string;
  date: string;
  paper: string;
  /** Pages to fit, `1` or `2`; empty = as many as it takes. */
  fit: string;
  looks: Readonly<Record<BatchLook, boolean>>;
  /** None = nothing is said. */
  maySend: readonly Way[];
  /** As typed. */
  copies: string;
  /** Rows that say what an earlier one says are made as well. */
  sameToo: boolean;
  /** Rows that are hidden in the spreadsheet are made as well. */
  hiddenToo: boolean;
  mail: MailState;
  output: Output;
}

/** What clients said to e-mail, for rows that do not say it themselves. */
export interface MailState {
  consent: '' | 'after-warning' | 'password';
  warned: string;
  mailbox: '' | 'private' | 'shared';
}

export interface Output {
  kind: 'print' | 'zip' | 'email';
  printing: Printing;
  order: 'file' | 'clinician';
  /** As typed; empty = one file. */
  partsOf: string;
  names: 'row' | 'client';
}

export function firstState(practice: Practice, today: string): BatchState {
  return {
    saved: [],
    articles: [],
    preset: '',
    language: 'en',
    note: '',
    clinician: practice.clinician,
    date: today,
    paper: practice.paper,
    fit: '',
    looks: looksFrom(() => false),
    maySend: [],
    copies: '1',
    sameToo: false,
    hiddenToo: false,
    mail: { consent: '', warned: today, mailbox: '' },
    output: {
      kind: 'print',
      printing: { simplex: false, separators: false, covers: false, addressPages: false },
      order: 'file',
      partsOf: '',
      names: 'row',
    },
  };
}

const looksFrom = (isOn: (look: BatchLook) => boolean) =>
  Object.fromEntries(BATCH_LOOKS.map((look) => [look, isOn(look)])) as Record<BatchLook, boolean>;

export type Body = Readonly<Record<string, unknown>>;

export function readBatchState(body: Body): BatchState {
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  const is = (name: string) => text(name) === 'yes';
  const list = (name: string) => [body[name] ?? []].flat().filter((one): one is string => typeof one === 'string');
  const one = <T extends string>(name: string, known: readonly T[]) => known.find((value) => value === text(name));
  return {
    saved: list('saved'),
    articles: list('articles'),
    preset: text('preset'),
    language: text('language') || 'en',
    note: text('note'),
    clinician: text('clinician'),
    date: text('date'),
    paper: text('paper'),
    fit: text('fit'),
    looks: looksFrom(is),
    maySend: WAYS.filter((way) => list('maySend').includes(way)),
    copies: text('copies').trim() || '1',
    sameToo: is('sameToo'),
    hiddenToo: is('hiddenToo'),
    mail: {
      consent: one('consent', ['after-warning', 'password']) ?? '',
      warned: text('warned'),
      mailbox: one('mailbox', ['private', 'shared']) ?? '',
    },
    output: {
      kind: one('kind', ['zip', 'email']) ?? 'print',
      printing: {
        simplex: text('sides') === 'one',
        separators: is('separators'),
        covers: is('covers'),
        addressPages: is('addressPages'),
      },
      order: text('order') === 'clinician' ? 'clinician' : 'file',
      partsOf: text('partsOf').trim(),
      names: text('names') === 'client' ? 'client' : 'row',
    },
  };
}

export const wayOf = ({ kind }: Output): Batch => (kind === 'email' ? 'email' : 'print');

/** For rows that do not say it themselves. Throws where the number of copies is none. */
export function defaultsOf(state: BatchState): Defaults {
  const { saved, articles, preset, language, note, clinician, date, paper, fit, looks, maySend } = state;
  const given = Object.entries({ preset, note, clinician }).filter(([, value]) => value.trim() !== '');
  const pages = fit === '' ? {} : { fit: Number(fit) };
  const copies = readCopies(state.copies);
  if ('hint' in copies) throw new HandoutError([noCopies(copies.hint)]);
  const choice = { ...Object.fromEntries(given), language, date, paper, ...pages, ...looks };
  const byMail = wayOf(state.output) === 'email' ? mailDefaults(state.mail) : {};
  return { saved, articles, choice, maySend, copies: copies.value, ...byMail };
}

function mailDefaults({
  consent: kind,
  warned: date,
  mailbox,
}: MailState): Pick<Defaults, 'consent' | 'privateMailbox'> {
  const consent: Consent = kind === '' ? { kind: 'none' } : kind === 'password' ? { kind } : { kind, date };
  return { consent, ...(mailbox === '' ? {} : { privateMailbox: mailbox === 'private' }) };
}

const noCopies = (hint: string): Problem => ({
  code: 'field-invalid',
  message: 'The copies are not a number we can print.',
  hint,
  place: { field: 'copies' },
});

/** As they are printed: as the spreadsheet has them, or a pile for each clinician. */
export function inOrderOf(recipients: readonly Recipient[], { order }: Output): readonly Recipient[] {
  return order === 'file' ? recipients : recipients.toSorted((a, b) => byName.compare(a.clinician, b.clinician));
}

const byName = new Intl.Collator('en');

/** Null where a part has no size one could print. */
export function partSizeOf({ kind, partsOf }: Output): { size: number | null } | null {
  if (kind !== 'print' || partsOf === '') return { size: null };
  return /^[1-9]\d{0,5}$/u.test(partsOf) ? { size: Number(partsOf) } : null;
}

/** Every preset some article has. */
export function presetsOf({ articles }: Library): string[] {
  return [...new Set(articles.flatMap(({ presets }) => Object.keys(presets)))].sort();
}
