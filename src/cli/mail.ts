// The settings about e-mail and a store in, the outbox out, at work where a mail server is named.
import type { Library } from '../content/article.ts';
import { openShelves } from '../content/shelf.ts';
import { type Bell, ownBell } from '../deliver/bell.ts';
import { type Dispatch, openDispatch } from '../deliver/dispatch.ts';
import type { Letter } from '../deliver/letter.ts';
import type { MailSettings } from '../deliver/mail-settings.ts';
import { keepToken, type MailSetup, openMailSetup, savedSettings, UNSET } from '../deliver/mail-setup.ts';
import { type Outbox, openOutbox } from '../deliver/outbox.ts';
import type { Sending } from '../deliver/outgoing.ts';
import { HandoutError } from '../errors.ts';
import type { MadeMessage } from '../make/message.ts';
import type { Store } from '../store/store.ts';
import type { Log } from './wire.ts';

export interface MailWorks {
  outbox: Outbox;
  /** Null where no mail server is named. */
  sending(): Sending | null;
  setup: MailSetup;
  close(): Promise<void>;
}

/** The server is asked for one message after the other: a practice sends few, and its server counts connections. */
const CONNECTIONS = 1;

/** More machines than this need not be woken: each looks by itself every second. */
const MOST_RINGS = 8;

/** So soon other machines see what was saved on one. */
const LOOK_MS = 5000;

/** `given` are the settings of the environment, which count before those of the page. */
export async function openMail(
  given: MailSettings | null,
  store: Store,
  library: Library,
  log: Log,
  bell: Bell = ownBell(),
): Promise<MailWorks> {
  const make = maker(store, library);
  let current: { mail: MailSettings; dispatch: Dispatch } | null = null;
  /** Of the settings that were read last. */
  let last = { stamp: 0 };
  let listens = false;
  /** That the settings can't be read is said once, not every few seconds. */
  let isTold = false;

  async function start(mail: MailSettings): Promise<Dispatch> {
    const own = last;
    const { openSmtp } = await import('../deliver/smtp.ts');
    const { from, replyTo, perMinute } = mail;
    const renewed = async (token: string) => {
      own.stamp = await keepToken(store.mailSettings, token);
    };
    const smtp = openSmtp({ ...mail, connections: CONNECTIONS }, given === null ? renewed : undefined);
    const isCurrent = async () => {
      if (given !== null || (await store.mailSettings.stamp()) === own.stamp) return true;
      void look();
      return false;
    };
    const { post, outbox } = store;
    const connections = CONNECTIONS;
    return openDispatch({ post, outbox, smtp, from, replyTo, make, isCurrent, connections, perMinute, log });
  }

  let changing = Promise.resolve();
  function inTurn(what: () => Promise<void>): Promise<void> {
    changing = changing.catch(() => undefined).then(what);
    return changing;
  }
  const reload = () => inTurn(change);

  async function change(): Promise<void> {
    const stamp = given === null ? await store.mailSettings.stamp() : 0;
    const mail = given ?? (await savedSettings(store.mailSettings));
    await current?.dispatch.close();
    last = { stamp };
    current = mail === null ? null : { mail, dispatch: await start(mail) };
    if (current === null || listens) return;
    listens = true;
    await bell.listen(() => current?.dispatch.look());
  }

  async function look(): Promise<void> {
    try {
      await inTurn(async () => {
        if ((await store.mailSettings.stamp()) !== last.stamp) await change();
      });
      isTold = false;
    } catch (error) {
      if (!isTold) log.error({ error: (error as Error).name }, 'The settings about e-mail can’t be read.');
      isTold = true;
    }
  }

  if (given !== null) await reload();
  else await look();
  const timer = given === null ? setInterval(() => void look(), LOOK_MS).unref() : undefined;
  return {
    outbox: openOutbox(
      store.outbox,
      (mails, inMs) => {
        current?.dispatch.look();
        bell.ring('mails', Math.min(mails, MOST_RINGS), inMs).catch(() => log.error({}, 'Others could not be woken.'));
      },
      () => mailIn(current?.mail ?? null).holdMs,
    ),
    sending: () => current?.mail ?? null,
    setup: openMailSetup({ given, kept: store.mailSettings, outbox: store.outbox, reload }),
    async close() {
      clearInterval(timer);
      await bell.close();
      await changing.catch(() => undefined);
      await current?.dispatch.close();
    },
  };
}

/** All that draws is loaded with the first mail. */
function maker(store: Store, library: Library): (letter: Letter) => Promise<MadeMessage> {
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
