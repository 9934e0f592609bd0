// A store and a mail server in, the outbox at work out: real rows, a real connection, and messages that are quickly made.
import { type Dispatch, openDispatch } from '../../../src/deliver/dispatch.ts';
import { type Letter, mailOf } from '../../../src/deliver/letter.ts';
import { openSmtp, type SmtpPlace, type Waits } from '../../../src/deliver/smtp.ts';
import type { MadeMessage } from '../../../src/make/message.ts';
import type { Mail } from '../../../src/store/mail.ts';
import type { Store } from '../../../src/store/store.ts';
import { recipientOf } from '../floor.ts';

export const QUICK: Waits = { connect: 400, reply: 400, whole: 1200 };
export const MANY = 1_000_000;

export interface Sending {
  dispatch: Dispatch;
  log: string[];
  close(): Promise<void>;
}

/** The PDF holds the client's name, and nothing of another client. */
export const quickly = async ({ packet }: Letter): Promise<MadeMessage> => ({
  id: packet.id,
  pdf: Buffer.from(`%PDF ${packet.handouts[0]!.client} ${'x'.repeat(500)}`),
  pages: 1,
  discreet: false,
  subject: 'Your handout from the practice',
  sender: 'The practice',
  text: 'Hello,',
  html: '<p>Hello,</p>',
  file: 'handout.pdf',
});

export function startSending(
  store: Store,
  place: Partial<SmtpPlace> & Pick<SmtpPlace, 'port'>,
  make: (letter: Letter) => Promise<MadeMessage> = quickly,
  perMinute = MANY,
  name: string | null = null,
): Sending {
  const log: string[] = [];
  const server: SmtpPlace = { host: '127.0.0.1', tls: 'none', connections: 1, waits: QUICK, ...place };
  const dispatch = openDispatch({
    post: store.post,
    outbox: store.outbox,
    smtp: openSmtp(server),
    from: { name, address: 'practice@example.com' },
    replyTo: null,
    make,
    isCurrent: async () => true,
    connections: server.connections,
    perMinute,
    log: { error: (fields, message) => void log.push(JSON.stringify({ ...fields, message })) },
  });
  return { dispatch, log, close: () => dispatch.close() };
}

export const AGREED = { kind: 'after-warning', date: '2026-11-20' } as const;

/** For the rows that follow the heading, each with an address of its own. */
export const lettersFor = (count: number, from = 0): Letter[] =>
  Array.from({ length: count }, (_, index) => {
    const packet = recipientOf(from + index, { id: `id-${from + index}` });
    return { to: `client-${from + index}@example.org`, packet, asPage: false, consent: AGREED, password: null };
  });

export const put = (store: Store, letters: readonly Letter[], holdMs = 0) =>
  store.outbox.add(letters.map(mailOf), holdMs);

/** Waits until it is so; fails after a while. */
export async function until<T>(look: () => Promise<T>, isSo: (seen: T) => boolean, ms = 8000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > end) throw new Error(`It did not come to that; last seen: ${JSON.stringify(seen)}`);
    await new Promise((soon) => setTimeout(soon, 25));
  }
}

/** The first mail once it has been tried and is in nobody's hands. */
export const settled = async (store: Store): Promise<Mail> => {
  const tried = ({ state, tries }: Mail) => tries > 0 && state !== 'sending' && state !== 'committing';
  const [mail] = await until(
    () => store.outbox.list(),
    (mails) => mails.every(tried),
  );
  return mail!;
};
