// The mails of the outbox in, the data of the pages `outbox.hbs` and `mailing.hbs` out: row numbers and states, and nobody.
import type { Shown } from '../deliver/outbox.ts';
import type { Problem } from '../errors.ts';
import type { Counts, Mailing } from '../store/mail.ts';
import { timeOf } from './batches-view.ts';
import { summaryOf, words } from './errors.ts';
import type { View } from './views.ts';
import { count, rowWords } from './words.ts';

export interface Standing {
  mailing: Mailing;
  mails: readonly Shown[];
}

interface Common {
  paused: Problem | null;
  problems: readonly Problem[];
}

export interface OutboxPage extends Common {
  /** Those with something still to come, the newest first. */
  open: readonly Standing[];
  over: readonly Mailing[];
  /** Whether a mail server is named. */
  sends: boolean;
}

const MOST_ROWS = 50;
/** More than these are folded away. */
const MOST_UNFOLDED = 5;
const MOST_OVER = 100;

export function outboxView({ open, over, sends, paused, problems }: OutboxPage): View & Record<string, unknown> {
  const counts = open.map(({ mailing }) => mailing.counts);
  const waits = counts.some((one) => isOpen(one));
  return {
    ...common('E-mail', { paused, problems }, waits),
    sends,
    words: open.length === 0 ? '' : tallyOf(counts),
    open: open.map((one) => ({
      ...rowsView(one, ''),
      title: nameOf(one.mailing),
      words: tallyOf([one.mailing.counts]),
    })),
    back: '',
    over: over.slice(0, MOST_OVER).map((one) => ({ id: one.mailing, name: nameOf(one), words: tallyOf([one.counts]) })),
    more: Math.max(0, over.length - MOST_OVER),
    nothing: open.length === 0 && over.length === 0,
    waits,
  };
}

export interface MailingPage extends Common, Standing {}

export function mailingPageView({ mailing, mails, paused, problems }: MailingPage): View & Record<string, unknown> {
  const [only] = mails;
  const single = mailing.fromForm && only !== undefined;
  return {
    ...common('E-mail', { paused, problems }, isOpen(mailing.counts)),
    ...rowsView({ mailing, mails }, mailing.mailing),
    heading: single ? headingOf(only) : count(mails.length, 'e-mail'),
    words: single ? saidOf(only) : allHeld(mails) ? 'Nothing has left yet.' : tallyOf([mailing.counts]),
    sent: single ? null : rowsIn(mails.filter(({ state }) => state === 'sent')),
    cancelled: single ? null : rowsIn(mails.filter(({ state }) => state === 'cancelled')),
    deletable: !single && isOpen(mailing.counts) && mailing.counts.held === 0,
  };
}

const common = (title: string, { paused, problems }: Common, refresh: boolean) => ({
  title: `${problems.length > 0 ? 'Error: ' : ''}${title} – Keepsake`,
  refresh,
  summary: summaryOf(problems, []),
  paused: paused === null ? null : words(paused),
});

/** Something may still come of it by itself, or a person is waited for. */
export const isOpen = ({ held, queued, sending, committing, parked }: Counts): boolean =>
  held + queued + sending + committing + parked > 0;

/** What `mail-rows.hbs` shows; its buttons lead back to the page of the mailing, or to that of all. */
function rowsView({ mailing: { mailing: id, fromForm, counts }, mails }: Standing, back: string) {
  const which = (...states: Shown['state'][]) => mails.filter(({ state }) => states.includes(state));
  const waiting = which('held', 'queued', 'sending', 'committing');
  const [held] = which('held');
  const isAllHeld = fromForm && held !== undefined;
  const refused = which('refused');
  return {
    id,
    back,
    single: fromForm,
    isHeld: allHeld(mails),
    alone: fromForm && back !== '',
    needs: which('parked').slice(0, MOST_ROWS).map(rowOf),
    waiting: waiting.slice(0, MOST_ROWS).map(rowOf),
    rows: isAllHeld ? [] : waiting.slice(0, MOST_ROWS).map(rowOf),
    waitingWords: fromForm ? 'Waiting' : `${figure(waiting.length)} waiting, row by row`,
    foldable: waiting.length > MOST_UNFOLDED,
    moreWaiting: Math.max(0, waiting.length - MOST_ROWS),
    held: held === undefined ? null : { ...hold(held), many: counts.held.toLocaleString('en') },
    cancelAll: cancelWords(counts.held + counts.queued + counts.parked),
    refused: fromForm ? [] : refused.slice(0, MOST_ROWS).map(rowOf),
    moreRefused: Math.max(0, refused.length - MOST_ROWS),
  };
}

function rowOf(mail: Shown) {
  const { id, row, state, why, words } = mail;
  return {
    id,
    name: row === 0 ? 'This e-mail' : `Row ${row}`,
    words: state === 'held' ? `Held until ${clockOf(mail.due)}` : words,
    cancel: state === 'held' || state === 'queued',
    retry: state === 'queued' && why !== null,
    release: why !== 'broken',
    leave: why === 'broken' || why === 'deadly' ? 'Cancel' : 'Leave it',
  };
}

/** The seconds that are left are counted from the answer on: the clocks of database and browser may differ. */
const hold = ({ due }: Shown) => ({
  until: clockOf(due),
  seconds: Math.max(0, Math.ceil((due - Date.now()) / 1000)),
});

export const clockOf = (at: number): string => new Date(at).toLocaleTimeString('en-GB');

/** Of a single e-mail. */
function headingOf(mail: Shown): string {
  switch (mail.state) {
    case 'held':
      return 'Not sent yet';
    case 'queued':
      return 'Waiting to be sent';
    case 'sending':
    case 'committing':
      return 'On its way';
    case 'sent':
      return `Sent at ${timeOf(mail.changed)}`;
    case 'refused':
      return 'Not sent';
    case 'parked':
      return 'This needs you';
    case 'cancelled':
      return mail.why === 'left' ? 'Left as it is' : 'Not sent';
  }
}

const allHeld = (mails: readonly Shown[]) => mails.every(({ state }) => state === 'held');

/** Under the heading: what that does not say. */
const saidOf = (mail: Shown) =>
  mail.state === 'held' ? 'It goes out by itself. Until then you can take it back.' : mail.words;

const figure = (number: number) => number.toLocaleString('en');
const cancelWords = (left: number) => (left === 1 ? 'Cancel it' : `Cancel all ${figure(left)}`);

const nameOf = ({ made, fromForm, counts }: Mailing) => {
  const many = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return `${timeOf(made)}, ${fromForm ? 'from the form' : `${many.toLocaleString('en')} from a spreadsheet`}`;
};

/** `48 sent, 2 not sent`: what there is of each, and first what needs a person. */
export function tallyOf(all: readonly Counts[]): string {
  const sum = (...states: (keyof Counts)[]) =>
    all.reduce((total, counts) => total + states.reduce((one, state) => one + counts[state], 0), 0);
  const parts = [
    [sum('parked'), 'to be looked at'],
    [sum('held'), 'held'],
    [sum('queued'), 'waiting'],
    [sum('sending', 'committing'), 'on the way'],
    [sum('refused'), 'not sent'],
    [sum('sent'), 'sent'],
    [sum('cancelled'), 'cancelled'],
  ] as const;
  const said = parts.filter(([many]) => many > 0).map(([many, what]) => `${many.toLocaleString('en')} ${what}`);
  return said.join(', ');
}

const rowsIn = (mails: readonly Shown[]) =>
  mails.length === 0 ? null : { many: figure(mails.length), rows: rowWords(mails.map(({ row }) => row)) };
