// The settings about e-mail and a store in, the outbox out, at work where a mail server is named.
import type { Library } from '../content/article.ts';
import { openShelves } from '../content/shelf.ts';
import { openDispatch } from '../deliver/dispatch.ts';
import type { Letter } from '../deliver/letter.ts';
import type { MailSettings } from '../deliver/mail-settings.ts';
import { type Outbox, openOutbox } from '../deliver/outbox.ts';
import type { Sending } from '../deliver/outgoing.ts';
import { HandoutError, type Problem } from '../errors.ts';
import type { MadeMessage } from '../make/message.ts';
import type { Store } from '../store/store.ts';
import type { Log } from './wire.ts';

export interface MailWorks {
  outbox: Outbox;
  /** Null where no mail server is named. */
  sending(): Sending | null;
  close(): Promise<void>;
}

/** The server is asked for one message after the other: a practice sends few, and its server counts connections. */
const CONNECTIONS = 1;

export async function openMail(
  mail: MailSettings | null,
  store: Store,
  library: Library,
  log: Log,
): Promise<MailWorks> {
  if (mail === null) {
    const outbox = openOutbox(store.outbox, () => undefined, 0);
    return { outbox, sending: () => null, close: async () => undefined };
  }
  const { openSmtp } = await import('../deliver/smtp.ts');
  const { from, replyTo, perMinute, holdMs, ...place } = mail;
  const dispatch = openDispatch({
    post: store.post,
    outbox: store.outbox,
    smtp: openSmtp({ ...place, connections: CONNECTIONS }),
    from,
    replyTo,
    make: await maker(store, library),
    connections: CONNECTIONS,
    perMinute,
    log,
  });
  const sending = { from, replyTo, holdMs };
  return { outbox: openOutbox(store.outbox, dispatch.look, holdMs), sending: () => sending, close: dispatch.close };
}

/** All that draws is loaded with the first mail. */
async function maker(store: Store, library: Library): Promise<(letter: Letter) => Promise<MadeMessage>> {
  let opened: ReturnType<typeof open> | undefined;
  async function open() {
    const { makeMessage } = await import('../make/message.ts');
    const { openPress } = await import('../pdf/press.ts');
    return { makeMessage, press: openPress() };
  }
  const shelves = openShelves(library);
  return async ({ packet, asPage, password }) => {
    opened ??= open();
    const { makeMessage, press } = await opened;
    // What waits in the outbox for days may have been hidden since.
    const shelved = shelves(await store.shelf.read());
    return makeMessage(packet, shelved, await store.practices.read(), press, { asPage, password });
  };
}

/** Throws where no mail server is named. */
export function mailIn(mail: MailSettings | null): MailSettings {
  if (mail === null) throw new HandoutError([UNSET]);
  return mail;
}

const UNSET: Problem = {
  code: 'mail-unset',
  message: 'No mail server is named.',
  hint: 'Set KEEPSAKE_SMTP_HOST and KEEPSAKE_SMTP_FROM, or write drafts for your own mail program with --eml.',
};
