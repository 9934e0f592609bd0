// What was typed to e-mail a handout in; the fields as they stood, and a letter or everything that is in its way, out.
import { randomUUID } from 'node:crypto';
import { consentSchema } from '../deliver/consent.ts';
import { type Letter, writeLetter } from '../deliver/letter.ts';
import { readMailbox, slipIn } from '../deliver/mailbox.ts';
import { makePassword } from '../deliver/password.ts';
import { HandoutError, type Problem } from '../errors.ts';
import type { Choice } from '../merge/choice.ts';
import { isId } from './batch-pages.ts';
import { type FormState, LOOKS } from './state.ts';

/** Travels with the page that asks for it and nowhere else: back at the form, address and consent are gone. */
export interface EmailState {
  /** Of the mail to come: the same button pressed twice sends once. */
  mail: string;
  email: string;
  /** Empty until it is answered. */
  mailbox: '' | 'private' | 'shared';
  consent: '' | 'none' | 'after-warning' | 'password';
  /** When the client was warned, YYYY-MM-DD. */
  warned: string;
  password: string;
  asPage: boolean;
  /** Why the same goes to the same address once more. */
  reason: string;
  /** A domain that looks like a slip and is none. */
  kept: string;
}

type Body = Readonly<Record<string, unknown>>;

export function readEmail(body: Body, today: string): EmailState {
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  const one = <T extends string>(name: string, known: readonly T[]) => known.find((value) => value === text(name));
  return {
    mail: isId(text('mail')) ? text('mail') : randomUUID(),
    email: text('email'),
    mailbox: one('mailbox', ['private', 'shared']) ?? '',
    consent: one('consent', ['none', 'after-warning', 'password']) ?? '',
    warned: 'warned' in body ? text('warned') : today,
    password: 'password' in body ? text('password') : makePassword(),
    asPage: text('asPage') === 'yes',
    reason: text('reason'),
    kept: text('kept'),
  };
}

/** As hidden fields. */
export const emailFields = (state: EmailState) =>
  Object.entries(state)
    .filter(([, value]) => value !== '' && value !== false)
    .map(([name, value]) => ({ name, value: value === true ? 'yes' : value }));

/** The form as hidden fields, so that the page for the address keeps nothing either. */
export function formFields({ sections, order, ordering, slots, looks, ...rest }: FormState) {
  const lists = Object.entries({ sections, order }).flatMap(([name, ids]) => ids.map((value) => ({ name, value })));
  const texts = Object.entries({ ...rest, ...slots }).map(([name, value]) => ({ name, value }));
  const ticked = LOOKS.filter((look) => looks[look]).map((name) => ({ name, value: 'yes' }));
  return [...texts, ...lists, ...ticked, ...(ordering ? [{ name: 'ordering', value: 'yes' }] : [])];
}

/** The two domains, where the typed one was probably meant to be the other and nobody has said that it is right. */
export function slipOf({ email, kept }: EmailState): { typed: string; meant: string } | null {
  const slip = slipIn(readMailbox(email) ?? '');
  return slip === null || slip.typed === kept ? null : slip;
}

/** With the domain that was probably meant. */
export function mended(state: EmailState): EmailState {
  const slip = slipOf(state);
  const mailbox = readMailbox(state.email);
  if (slip === null || mailbox === null) return state;
  return { ...state, email: `${mailbox.slice(0, mailbox.lastIndexOf('@'))}@${slip.meant}` };
}

/** Throws a HandoutError with everything that is in its way. */
export function letterFrom(state: EmailState, choice: Choice, today: string): Letter {
  const { mail, mailbox, password, asPage, warned } = state;
  const packet = { row: 0, id: mail, handouts: [choice], copies: 1, initials: '', address: [], reference: '' };
  const kind = state.consent || 'none';
  const isDay = isWarned(warned, today);
  const before = [
    ...(mailbox === '' ? [NO_ANSWER] : []),
    ...(mailbox === 'shared' && kind === 'after-warning' ? [SHARED] : []),
    ...(kind === 'after-warning' && !isDay ? [NO_DAY] : []),
  ];
  const letter = {
    to: readMailbox(state.email) ?? '',
    packet,
    asPage: asPage && kind === 'after-warning' && !choice.discreet,
    consent: kind === 'after-warning' ? { kind, date: isDay ? warned : today } : { kind },
    password: kind === 'password' ? password.trim() : null,
  };
  try {
    const written = writeLetter(letter);
    if (before.length === 0) return written;
  } catch (error) {
    if (!(error instanceof HandoutError)) throw error;
    const problems = state.consent === '' ? error.problems.map(asked) : error.problems;
    throw new HandoutError([...problems, ...before]);
  }
  throw new HandoutError(before);
}

const isWarned = (day: string, today: string) =>
  consentSchema.safeParse({ kind: 'after-warning', date: day }).success && day <= today;

/** Nothing was answered: that is not a no. */
const asked = (problem: Problem): Problem =>
  problem.code === 'consent-missing' ? { ...problem, ...UNANSWERED } : problem;

const UNANSWERED = {
  message: 'Say what the client answered.',
  hint: 'Without an answer nothing is sent.',
} as const;
const NO_ANSWER: Problem = {
  code: 'consent-missing',
  message: 'Say whether this mailbox is private.',
  hint: 'Ask the client who else reads it.',
  place: { field: 'mailbox' },
};
const SHARED: Problem = {
  code: 'consent-missing',
  message: 'Others read this mailbox.',
  hint: 'Take another address, lock the PDF with a password, or print it.',
  place: { field: 'mailbox' },
};
const NO_DAY: Problem = {
  code: 'date-invalid',
  message: 'The day on which the client was warned must be today or before.',
  hint: 'Write it like 2026-11-23.',
  place: { field: 'warned' },
};
