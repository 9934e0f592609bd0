// `keepsake outbox` and `keepsake smtp-test`: how the mails and the mail server stand in, words or JSON out.

import type { MailSettings } from '../deliver/mail-settings.ts';
import { type Outbox, openOutbox, type Shown } from '../deliver/outbox.ts';
import { testConnection } from '../deliver/test-connection.ts';
import { HandoutError, sentence } from '../errors.ts';
import type { Counts } from '../store/mail.ts';
import { mailNow } from './mail-now.ts';
import { type Settings, withVariable } from './settings.ts';
import { openData } from './wire.ts';

export async function showOutbox(json: boolean, settings: Settings, say: (line: string) => void): Promise<void> {
  await withOutbox(settings, async (outbox) => {
    const [mails, counts, paused] = [await outbox.list(), await outbox.counts(), await outbox.paused()];
    if (json) return say(JSON.stringify({ paused: paused?.message ?? null, counts, mails: mails.map(plain) }, null, 2));
    if (paused !== null)
      say(`Nothing is sent at the moment. ${sentence(withVariable(paused))} Then: keepsake outbox resume.`);
    say(`${tally(counts)}.`);
    for (const mail of mails.filter(({ state }) => state !== 'sent' && state !== 'cancelled')) say(lineOf(mail));
  });
}

export async function actOnMail(act: 'retry' | 'release' | 'cancel', id: string, settings: Settings): Promise<void> {
  await withOutbox(settings, (outbox) => outbox[act](id));
}

/** Whatever it was that kept everything back. */
export async function resumeOutbox(settings: Settings): Promise<void> {
  await withOutbox(settings, (outbox) => outbox.resume());
}

export async function smtpTest(settings: Settings, say: (line: string) => void): Promise<void> {
  const mail = await mailNow(settings);
  const problem = await testConnection(mail);
  if (problem !== null) throw new HandoutError([withVariable(problem)]);
  say(`The mail server answers${signedIn(mail)}. Nothing was sent.`);
}

const signedIn = ({ login, oauth }: MailSettings) => {
  if (login === undefined) return '';
  return oauth === undefined ? ' and takes the name and password' : ' and takes the sign-in';
};

async function withOutbox(settings: Settings, act: (outbox: Outbox) => Promise<void>): Promise<void> {
  const store = await openData(settings);
  try {
    await act(
      openOutbox(
        store.outbox,
        () => undefined,
        () => 0,
      ),
    );
  } finally {
    await store.close();
  }
}

const plain = ({ id, mailing, row, state, made, changed, tries, words }: Shown) => {
  const at = (ms: number) => new Date(ms).toISOString();
  return { id, mailing, row, state, made: at(made), changed: at(changed), tries, words };
};

/** `12 sent, 1 needs you, 3 waiting` */
export function tally({ held, queued, sending, committing, sent, refused, parked, cancelled }: Counts): string {
  const waiting = held + queued + sending + committing;
  const parts = [`${sent} sent`, `${refused} not sent`, `${parked} to be looked at`, `${waiting} waiting`];
  return [...parts, ...(cancelled === 0 ? [] : [`${cancelled} cancelled`])].join(', ');
}

export const lineOf = ({ id, row, words }: Shown): string =>
  `${row === 0 ? 'From the form' : `Row ${row}`}: ${words} ${id}`;
