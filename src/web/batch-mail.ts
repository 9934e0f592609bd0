// A checked spreadsheet and a button in; its e-mails to the practice first, then to one client, then to the others out.
import type { Request, Response } from 'express';
import { writeCsv } from '../deliver/csv.ts';
import { readMailbox, slipIn } from '../deliver/mailbox.ts';
import type { Recipient } from '../deliver/recipient.ts';
import { dueIn } from '../deliver/reviews.ts';
import { zipOf } from '../deliver/zip.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { type Due, dueOf, letterTo, passwordOf } from './batch-mail-state.ts';
import { batchMailView } from './batch-mail-view.ts';
import { isChecked, readyRows } from './check.ts';
import type { Draft } from './drafts.ts';
import type { Services } from './services.ts';
import { readAct } from './state.ts';
import { stream } from './stream.ts';
import { render } from './views.ts';

export const mailPath = ({ id }: Draft) => `/batches/checks/${id}/mail`;

/** Whether its rows were checked for e-mail; else the check comes first. */
export const isForMail = ({ way, outcome }: Draft) => way === 'email' && isChecked(outcome);

/** What is to be answered in the check before anything is e-mailed, and again when the rows have changed. */
export function openQuestions(draft: Draft): Problem[] {
  const { outcome, mail } = draft;
  const due = isChecked(outcome) ? dueIn(outcome) : [];
  const reviews = due.filter(({ message }) => !mail.despite.includes(message));
  const isUnasked = readyRows(draft).some(({ privateMailbox }) => privateMailbox === null);
  return isUnasked ? [...reviews, UNASKED] : reviews;
}

export async function showMail(
  response: Response,
  draft: Draft,
  services: Services,
  problems: readonly Problem[] = [],
): Promise<void> {
  const { outbox, sending } = services;
  const due = await dueOf(draft, outbox);
  const mailings = await Promise.all(
    draft.mail.mailings.map(async (one) => ({ ...one, counts: await outbox.counts(one.id) })),
  );
  const [first] = due.rows;
  const message =
    first === undefined ? null : await services.makeMessage(letterTo(draft, first), await services.practices.read());
  const page = { draft, due, mailings, message, sending: sending(), problems };
  response.send(render('batch-mail', batchMailView(page)));
}

export async function pressMail(draft: Draft, request: Request, response: Response, services: Services): Promise<void> {
  const { own, ownKept, reason, slips } = request.body ?? {};
  const { act, argument } = readAct(request.body ?? {});
  const { mail } = draft;
  if (typeof own === 'string') {
    mail.own = own;
    mail.ownKept = String(ownKept ?? '');
  }
  if (slips === 'yes') mail.slipsKept = true;
  try {
    if (act === 'again') {
      if (String(reason ?? '').trim() === '') throw new HandoutError([NO_REASON]);
      for (const row of (await dueOf(draft, services.outbox)).twice) mail.again.add(row);
    }
    const due = await dueOf(draft, services.outbox);
    if (act === 'drafts') return await drafts(response, draft, due, services);
    if (services.sending() !== null) {
      if (act === 'me') await toMe(draft, due, services);
      // By its number, so that pressed twice it is not the next row as well.
      const one = due.rows.filter(({ row }) => String(row) === argument);
      if (act === 'one') await toClients(draft, due, one, services);
      if (act === 'rest') {
        const mailing = await toClients(draft, due, due.rows, services);
        return response.redirect(303, mailing === null ? mailPath(draft) : `/outbox/${mailing}`);
      }
    }
    response.redirect(303, mailPath(draft));
  } catch (error) {
    if (!(error instanceof HandoutError)) throw error;
    await showMail(response.status(422), draft, services, error.problems);
  }
}

/** Row and password, to be given by phone. */
export function sendPasswords(response: Response, draft: Draft): void {
  const locked = readyRows(draft).filter(({ consent }) => consent.kind === 'password');
  for (const { row } of locked) draft.mail.fetched.add(row);
  const rows = locked.map(({ row }) => [String(row), passwordOf(draft, row)]);
  response.set('Content-Disposition', 'attachment; filename="passwords.csv"');
  response.type('csv').send(writeCsv([['Row', 'Password'], ...rows]));
}

async function toMe(draft: Draft, { rows: [first] }: Due, { outbox }: Services): Promise<void> {
  const own = readMailbox(draft.mail.own);
  if (own === null) throw new HandoutError([NO_OWN]);
  const slip = slipIn(own);
  if (slip !== null && slip.typed !== draft.mail.ownKept) throw new HandoutError([ownSlip(slip.meant)]);
  if (first === undefined) return;
  const id = await outbox.send([letterTo(draft, first, own)]);
  draft.mail.mailings.push({ id, toMe: true });
}

/** Marked before anything is waited for, so that a button pressed twice sends once. */
async function toClients(
  draft: Draft,
  due: Due,
  chosen: readonly Recipient[],
  { outbox }: Services,
): Promise<string | null> {
  refuseUnready(draft, due, chosen);
  const { given, mailings } = draft.mail;
  const rows = chosen.filter(({ row }) => !given.has(row));
  if (rows.length === 0) return null;
  const letters = rows.map((recipient) => letterTo(draft, recipient));
  for (const { packet } of letters) given.set(packet.row, packet.id);
  try {
    const once = letters.filter(({ packet }) => !draft.mail.again.has(packet.row));
    const id = await outbox.send(letters, once);
    mailings.push({ id, toMe: false });
    return id;
  } catch (error) {
    for (const { row } of rows) given.delete(row);
    throw error;
  }
}

function refuseUnready({ mail }: Draft, { slips }: Due, chosen: readonly Recipient[]): void {
  const isUnfetched = chosen.some(({ row, consent }) => consent.kind === 'password' && !mail.fetched.has(row));
  const isSlip = slips.some(({ row }) => chosen.some((one) => one.row === row));
  const problems = [...(isUnfetched ? [UNFETCHED] : []), ...(isSlip && !mail.slipsKept ? [SLIPS] : [])];
  if (problems.length > 0) throw new HandoutError(problems);
}

async function drafts(response: Response, draft: Draft, due: Due, services: Services): Promise<void> {
  refuseUnready(draft, due, due.rows);
  const practice = await services.practices.read();
  const time = new Date().toTimeString().slice(0, 5).replace(':', '');
  const naming = { names: 'draft', lastRow: due.rows.at(-1)?.row ?? 1, date: new Date() } as const;
  await stream(response, zipOf(made(), naming), 'zip', `attachment; filename="e-mails-${time}.zip"`);

  async function* made() {
    for (const recipient of due.rows) {
      const pdf = await services.makeDraft(letterTo(draft, recipient), practice);
      yield { row: recipient.row, request: recipient, pdf };
    }
  }
}

const UNASKED: Problem = {
  code: 'consent-missing',
  message: 'Say whether the mailboxes are private, or have a column for it.',
  hint: 'Ask each client who else reads it.',
  place: { field: 'mailbox' },
};
const NO_REASON: Problem = {
  code: 'mail-twice',
  message: 'Say why the same goes to the same address twice on a day.',
  hint: 'Or leave these rows out.',
  place: { field: 'reason' },
};
const NO_OWN: Problem = {
  code: 'field-invalid',
  message: 'This is not one e-mail address.',
  hint: 'Write your own, like desk@example.org.',
  place: { field: 'own' },
};
const ownSlip = (meant: string): Problem => ({
  code: 'field-invalid',
  message: `Did you mean ${meant}?`,
  hint: 'Change it, or tick that it is right.',
  place: { field: 'own' },
});
const UNFETCHED: Problem = {
  code: 'password-invalid',
  message: 'Download the passwords first.',
  hint: 'Nobody can look them up later.',
  place: { field: 'passwords' },
};
const SLIPS: Problem = {
  code: 'field-invalid',
  message: 'Some addresses look like slips of the fingers.',
  hint: 'Change them in the check, or tick that they are right.',
  place: { field: 'slips' },
};
