// A checked spreadsheet and what was e-mailed of it so far in; who still gets a mail, and their letters, out.
import { randomUUID } from 'node:crypto';
import { type Letter, sameAs, writeLetter } from '../deliver/letter.ts';
import { slipIn } from '../deliver/mailbox.ts';
import type { Outbox } from '../deliver/outbox.ts';
import { makePassword } from '../deliver/password.ts';
import type { Recipient } from '../deliver/recipient.ts';
import { readyRows } from './check.ts';
import type { Draft } from './drafts.ts';
import { isTakenBack } from './taken-back.ts';

/** Kept with the draft: in memory, for as long as it is. */
export interface BatchMail {
  /** For rows whose PDF is locked, made once, so that the list of them stays true. */
  passwords: Map<number, string>;
  /** Rows whose password was on a list that has been handed out. */
  fetched: Set<number>;
  /** Rows that were put into the outbox, each with the id of its newest mail there. */
  given: Map<number, string>;
  mailings: { id: string; toMe: boolean }[];
  /** Reviews that are due, as their sentences, of which somebody said: hand it out all the same. */
  despite: readonly string[];
  /** Somebody said that addresses which look like slips are right. */
  slipsKept: boolean;
  /** Rows of which somebody said why they go once more, though the same went today. */
  again: Set<number>;
  /** The practice's address, to be shown the mail first. */
  own: string;
  /** Its domain, where somebody said that it is right though it looks like a slip. */
  ownKept: string;
}

export const noMail = (): BatchMail => ({
  passwords: new Map(),
  fetched: new Set(),
  given: new Map(),
  mailings: [],
  despite: [],
  slipsKept: false,
  again: new Set(),
  own: '',
  ownKept: '',
});

export interface Due {
  /** Who still gets a mail, in the order of the file. */
  rows: readonly Recipient[];
  /** Left out: the same went to the same address today, or goes there with an earlier row. */
  twice: readonly number[];
  slips: readonly { row: number; typed: string; meant: string }[];
  locked: number;
}

export async function dueOf(draft: Draft, outbox: Outbox): Promise<Due> {
  await forgetCancelled(draft, outbox);
  const { given, again } = draft.mail;
  const open = readyRows(draft).filter(({ row }) => !given.has(row));
  const today = new Date(new Date().setHours(0, 0, 0, 0));
  const asked = open.filter(({ row }) => !again.has(row));
  const letters = asked.map((packet) => ({ to: packet.email, packet }));
  const sent = new Set((await outbox.sentAmong(letters, today)).map(({ packet }) => packet.row));
  const later = laterOfSame(readyRows(draft));
  const isTwice = ({ row }: Recipient) => !again.has(row) && (sent.has(row) || later.has(row));
  const twice = open.filter(isTwice).map(({ row }) => row);
  const rows = open.filter((one) => !isTwice(one));
  const slips = rows.flatMap(({ row, email }) => {
    const slip = slipIn(email);
    return slip === null ? [] : [{ row, ...slip }];
  });
  return { rows, twice, slips, locked: rows.filter(({ consent }) => consent.kind === 'password').length };
}

/** Two clients with one address, say: most often a line that was copied down. */
function laterOfSame(recipients: readonly Recipient[]): Set<number> {
  const known = new Set<string>();
  const later = new Set<number>();
  for (const packet of recipients) {
    const same = sameAs(packet.email, packet);
    if (known.has(same)) later.add(packet.row);
    known.add(same);
  }
  return later;
}

/** What a person took back may be sent again; a row that was sent anew since is out with its newer mail. */
async function forgetCancelled({ mail }: Draft, outbox: Outbox): Promise<void> {
  for (const { id, toMe } of mail.mailings) {
    if (toMe) continue;
    for (const one of await outbox.list(id)) {
      if (isTakenBack(one) && mail.given.get(one.row) === one.id) mail.given.delete(one.row);
    }
  }
}

/** To the row's own address, or to the practice's to be looked at. */
export function letterTo(draft: Draft, recipient: Recipient, to = recipient.email): Letter {
  const { consent } = recipient;
  const packet = { ...recipient, id: randomUUID() };
  const password = consent.kind === 'password' ? passwordOf(draft, recipient.row) : null;
  return writeLetter({ to, packet, asPage: false, consent, password });
}

export function passwordOf({ mail }: Draft, row: number): string {
  const password = mail.passwords.get(row) ?? makePassword();
  mail.passwords.set(row, password);
  return password;
}
