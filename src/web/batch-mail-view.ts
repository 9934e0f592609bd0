// Who of a spreadsheet still gets a mail and what has gone in, the data of the page `batch-mail.hbs` out.
import { readMailbox, slipIn } from '../deliver/mailbox.ts';
import type { Sending } from '../deliver/outgoing.ts';
import type { Problem } from '../errors.ts';
import type { MadeMessage } from '../make/message.ts';
import type { Counts } from '../store/mail.ts';
import type { Due } from './batch-mail-state.ts';
import { readyRows } from './check.ts';
import type { Draft } from './drafts.ts';
import { summaryOf, wrongAt } from './errors.ts';
import { tallyOf } from './outbox-view.ts';
import type { View } from './views.ts';
import { count, rowWords } from './words.ts';

export interface BatchMailPage {
  draft: Draft;
  due: Due;
  mailings: readonly { id: string; toMe: boolean; counts: Counts }[];
  /** Of the first row. */
  message: MadeMessage | null;
  sending: Sending | null;
  problems: readonly Problem[];
}

const FIELDS = ['own', 'reason', 'passwords', 'slips'];
const MOST_SLIPS = 50;

export function batchMailView(page: BatchMailPage): View & Record<string, unknown> {
  const { draft, due, mailings, message, sending, problems } = page;
  const { id, mail } = draft;
  const ready = readyRows(draft).length;
  const [first] = due.rows;
  const slip = slipIn(readMailbox(mail.own) ?? '');
  const title = 'E-mail to many clients – Keepsake';
  return {
    title: problems.length > 0 ? `Error: ${title}` : title,
    summary: summaryOf(problems, FIELDS),
    id,
    heading: count(ready, 'e-mail'),
    given: mail.given.size,
    left: due.rows.length,
    sends: sending !== null,
    seconds: count(sending === null ? 0 : Math.round(sending.holdMs / 1000), 'second'),
    subject: message?.subject ?? '',
    file: message?.file ?? '',
    paragraphs: message === null ? [] : message.text.trim().split(/\n{2,}/u),
    first: first?.row ?? 0,
    none: first === undefined,
    locked: due.locked === 0 ? null : { words: `${count(due.locked, 'PDF')} locked with a password` },
    lockedWrong: wrongAt(problems, 'passwords'),
    slips: due.slips.slice(0, MOST_SLIPS),
    slipsKept: mail.slipsKept,
    slipsWrong: wrongAt(problems, 'slips'),
    twice: due.twice.length === 0 ? null : { many: count(due.twice.length, 'row'), rows: rowWords(due.twice) },
    reasonWrong: wrongAt(problems, 'reason'),
    own: { value: mail.own, wrong: wrongAt(problems, 'own'), slip, kept: slip?.typed === mail.ownKept },
    toMe: mailings.filter(({ toMe }) => toMe).map(lineOf),
    toClients: mailings.filter(({ toMe }) => !toMe).map(lineOf),
    begun: mail.given.size > 0,
    rest: mail.given.size === 0 ? Math.max(0, due.rows.length - 1) : due.rows.length,
    restWords: `E-mail the other ${due.rows.length.toLocaleString('en')}`,
    draftWords: `Save ${count(due.rows.length, 'draft')} in a ZIP`,
  };
}

const lineOf = ({ id, counts }: { id: string; counts: Counts }) => ({ id, words: tallyOf([counts]) });
