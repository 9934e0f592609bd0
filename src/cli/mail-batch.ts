// `keepsake batch --email`: a spreadsheet in; what would be sent, drafts of it, or what became of sending it, out.
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { type Letter, sameAs } from '../deliver/letter.ts';
import { slipIn } from '../deliver/mailbox.ts';
import { makeDraft } from '../deliver/make-draft.ts';
import type { Outbox } from '../deliver/outbox.ts';
import type { Recipient } from '../deliver/recipient.ts';
import { zipOf } from '../deliver/zip.ts';
import { sentence } from '../errors.ts';
import { asksForReview, type CheckedFile, type CheckFlags, checkFile, refusals } from './check.ts';
import { write, writeWhole } from './files.ts';
import { openMail } from './mail.ts';
import { mailNow } from './mail-now.ts';
import { lineOf, tally } from './outbox.ts';
import { lettersFor, writePasswords } from './passwords.ts';
import { type Settings, withVariable } from './settings.ts';
import { openData } from './wire.ts';

export interface MailBatchFlags extends Omit<CheckFlags, 'by'> {
  send?: boolean;
  limit?: number;
  eml?: string;
  again?: string;
  passwords?: string;
  asPage?: boolean;
  despiteReview?: boolean;
  asTyped?: boolean;
}

type Say = (line: string) => void;

/** True when nothing was left behind. */
export async function mailBatch(
  path: string,
  flags: MailBatchFlags,
  settings: Settings,
  say: Say,
  complain: Say,
): Promise<boolean> {
  if (flags.send) await mailNow(settings);
  const file = await checkFile(path, { ...flags, by: 'email' }, settings, complain, () => randomUUID());
  const { recipients, problems, warnings } = file.checked;
  for (const line of refusals(file.checked)) complain(line);
  for (const warning of warnings) complain(`Look at row ${warning.row}: ${sentence(warning)}`);
  const chosen = recipients.slice(0, flags.limit);
  const isAsked = flags.send === true || flags.eml !== undefined;
  if (isAsked && !flags.despiteReview && asksForReview(file.checked, complain)) return false;
  if (flags.send && isToBeAsked(chosen, flags, complain)) return false;
  const whole = problems.length === 0;
  if (flags.eml !== undefined || flags.send) {
    const letters = await lettersFor(chosen, flags);
    if (flags.send) return (await send(letters, file, flags, settings, say, complain)) && whole;
    return (await drafts(letters, file, flags, say)) && whole;
  }
  for (const { row, handouts, consent } of chosen) {
    const locked = consent.kind === 'password' ? ', locked with a password' : '';
    say(`Row ${row}: ${handouts.map(({ article }) => article).join(', ')}${locked}`);
  }
  say(`${count(chosen.length)} would be sent. Nothing was. Add --send to send, or --eml FILE to write drafts.`);
  return whole;
}

/** What a page would ask before anything is sent. */
function isToBeAsked(chosen: readonly Recipient[], { asTyped }: MailBatchFlags, complain: Say): boolean {
  const unasked = chosen.some(({ consent, privateMailbox }) => consent.kind !== 'password' && privateMailbox === null);
  const mistyped = !asTyped && chosen.some(({ email }) => slipIn(email) !== null);
  if (unasked) complain(UNASKED);
  if (mistyped) complain(MISTYPED);
  return unasked || mistyped;
}

const UNASKED =
  'Nothing was sent: nothing says whether others read these mailboxes. Fill in “Private mailbox”, or give --private-mailbox yes.';
const MISTYPED =
  'Nothing was sent: some addresses look mistyped. Change them in the file, or give --as-typed where they are right.';

const count = (mails: number) => `${mails} ${mails === 1 ? 'mail' : 'mails'}`;

async function drafts(
  letters: readonly Letter[],
  { library, practice, press }: CheckedFile,
  { eml: out = '', passwords }: MailBatchFlags,
  say: Say,
): Promise<boolean> {
  await writePasswords(letters, passwords, say);
  async function* made() {
    for (const letter of letters) {
      const { packet } = letter;
      yield { row: packet.row, request: packet, pdf: await makeDraft(letter, library, practice, press) };
    }
  }
  const [only, ...others] = letters;
  if (only !== undefined && others.length === 0 && /\.eml$/iu.test(out)) {
    for await (const { pdf } of made()) await write(out, pdf, 'eml');
  } else if (only !== undefined) {
    const day = new Date(`${only.packet.handouts[0]!.date}T12:00:00Z`);
    await writeWhole(
      out,
      async (sink) => {
        const lastRow = letters.at(-1)!.packet.row;
        for await (const chunk of zipOf(made(), { names: 'draft', lastRow, date: day })) await sink(chunk);
      },
      'eml',
    );
  }
  const told = letters.length === 1 ? 'mail written as a draft. Open it' : 'mails written as drafts. Open each';
  say(`${letters.length} ${told} in your mail program, look at it and send it.`);
  return true;
}

const LOOK_MS = 300;

async function send(
  letters: readonly Letter[],
  { library }: CheckedFile,
  flags: MailBatchFlags,
  settings: Settings,
  say: Say,
  complain: Say,
): Promise<boolean> {
  const store = await openData(settings);
  const mail = await openMail(settings.mail, store, library, pino({ level: settings.logLevel }));
  try {
    const chosen = flags.again ? letters : await withoutSame(letters, mail.outbox, complain);
    if (chosen.length === 0) {
      say('Nothing was sent.');
      return letters.length === 0;
    }
    await writePasswords(chosen, flags.passwords, say);
    const mailing = await mail.outbox.send(chosen, flags.again ? [] : chosen);
    say(
      `${count(chosen.length)} ${chosen.length === 1 ? 'goes' : 'go'} out in ${mail.sending()!.holdMs / 1000} seconds. Until then Ctrl-C takes all of them back.`,
    );
    const takeBack = () => void mail.outbox.deleteNow(mailing).catch(() => undefined);
    process.on('SIGINT', takeBack);
    await follow(mail.outbox, mailing, complain);
    process.off('SIGINT', takeBack);
    const counts = await mail.outbox.counts(mailing);
    for (const one of await mail.outbox.list(mailing)) if (one.state !== 'sent') complain(lineOf(one));
    say(`${tally(counts)}.`);
    return counts.sent === letters.length;
  } finally {
    await mail.close();
    await store.close();
  }
}

async function withoutSame(letters: readonly Letter[], outbox: Outbox, complain: Say): Promise<Letter[]> {
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  const chosen: Letter[] = [];
  const known = new Set<string>();
  for (const letter of letters) {
    const same = sameAs(letter.to, letter.packet);
    const isNew = !known.has(same) && (await outbox.sentSince(letter, today)) === null;
    known.add(same);
    if (isNew) chosen.push(letter);
    else
      complain(
        `Row ${letter.packet.row}: the same goes, or went today, to the same address. Give --again and a reason to send it twice.`,
      );
  }
  return chosen;
}

/** Until each was tried. What is to be tried later waits for `keepsake serve`, and so does what is paused. */
async function follow(outbox: Outbox, mailing: string, complain: Say): Promise<void> {
  for (;;) {
    await setTimeout(LOOK_MS);
    const paused = await outbox.paused();
    if (paused !== null) return complain(`${sentence(withVariable(paused))} Then: keepsake outbox resume.`);
    const mails = await outbox.list(mailing);
    const isOpen = ({ state, why }: (typeof mails)[number]) =>
      ['held', 'sending', 'committing'].includes(state) || (state === 'queued' && why === null);
    if (!mails.some(isOpen)) return;
  }
}
