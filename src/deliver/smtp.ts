// The practice's mail server and one message for one address in, what the server made of it out. Alone in knowing nodemailer.
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import Dkim from 'nodemailer/lib/dkim';
import { answerOf, type SmtpAnswer } from './smtp-answer.ts';
import { type GetToken, type OAuth, openTokens } from './token.ts';

export interface SmtpPlace {
  host: string;
  port: number;
  /** From the start, after STARTTLS (which then must be offered), or none at all. */
  tls: 'tls' | 'starttls' | 'none';
  login?: string | undefined;
  password?: string | undefined;
  /** Instead of a password. */
  oauth?: OAuth | undefined;
  /** Signs what is sent, so that it can be told from what others send in the practice's name. */
  dkim?: DkimKey | undefined;
  /** Trusted beside what the machine trusts. */
  ca?: string | undefined;
  /** How many messages are under way at once. */
  connections: number;
  waits?: Waits;
}

export interface DkimKey {
  domain: string;
  selector: string;
  /** PEM. */
  key: string;
}

/** In milliseconds. */
export interface Waits {
  connect: number;
  reply: number;
  /** For all of a message, however slowly a server answers. */
  whole: number;
}

export interface Outgoing {
  from: { name: string; address: string };
  replyTo: string | null;
  /** One mailbox, read by `readMailbox`. */
  to: string;
  subject: string;
  text: string;
  html: string;
  attachments: readonly { name: string; type: string; bytes: Buffer }[];
}

export interface Smtp {
  /**
   * `beforeLast` has to succeed before the final dot can leave: without it no server takes a message (RFC 5321, 4.1.1.4).
   * What it throws is thrown on, and then nothing was sent.
   */
  send(message: Outgoing, beforeLast: () => Promise<void>): Promise<SmtpAnswer>;
  /** Connects, signs in and leaves again. */
  test(): Promise<SmtpAnswer>;
  close(): void;
}

/** RFC 5321, 4.5.3.2, wants minutes: a server that takes long to look through a message has not lost it. */
const WAITS: Waits = { connect: 30_000, reply: 5 * 60_000, whole: 15 * 60_000 };
/** Shorter than any server waits for us: a connection that it has closed costs a try. */
const IDLE_MS = 5000;

/** `renewed` gets the refresh token that takes the place of the one in `place`. */
export function openSmtp(place: SmtpPlace, renewed?: (refreshToken: string) => Promise<void>): Smtp {
  const { host, port, tls, ca, oauth, connections, waits = WAITS } = place;
  const tokens = oauth === undefined ? null : openTokens(oauth, waits.connect, renewed);
  const options = {
    host,
    port,
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...signIn(place, tokens),
    ...(ca === undefined ? {} : { tls: { ca } }),
    pool: true as const,
    maxConnections: connections,
    maxMessages: 100,
    // Only for a connection that was closed before anything of the message was read.
    maxRequeues: 1,
    idleTimeout: IDLE_MS,
    connectionTimeout: waits.connect,
    greetingTimeout: waits.connect,
    dnsTimeout: waits.connect,
    socketTimeout: waits.reply,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  };
  const pool = createTransport(options);
  const dkim = place.dkim === undefined ? null : signer(place.dkim);
  const fences = new Map<string, Fence>();
  pool.use('stream', (mail, done) => {
    const fence = fences.get(mail.message.messageId());
    const { from, to } = mail.message.getEnvelope();
    if (fence === undefined || from !== fence.from || to.length !== 1 || to[0] !== fence.to)
      return done(new Error('The envelope is not that of the row.'));
    if (dkim !== null) mail.message.processFunc((input) => dkim.sign(input));
    // The last to touch it: nothing may come between the fence and the connection.
    mail.message.processFunc((input) => Readable.from(fenced(input, fence), { objectMode: false }));
    done();
  });

  return {
    async send(message, beforeLast) {
      const { from, replyTo, to, subject, text, html, attachments } = message;
      const messageId = `<${crypto.randomUUID()}@${from.address.split('@')[1]}>`;
      const fence: Fence = { from: from.address, to, beforeLast, committed: false, over: false, stopped: null };
      fences.set(messageId, fence);
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(), waits.whole);
      try {
        const info = await pool.sendMail({
          messageId,
          from,
          to: { name: '', address: to },
          ...(replyTo === null ? {} : { replyTo: { name: '', address: replyTo } }),
          envelope: { from: from.address, to: [to] },
          subject,
          text,
          html,
          attachments: filesOf(attachments),
          xMailer: false,
          signal: deadline.signal,
        });
        return info.accepted.length === 1 && info.rejected.length === 0 ? { is: 'taken' } : { is: 'unknown' };
      } catch (error) {
        if (fence.stopped !== null && !fence.committed) throw fence.stopped.error;
        return answerOf(error, fence.committed);
      } finally {
        clearTimeout(timer);
        fence.over = true;
        fences.delete(messageId);
      }
    },

    async test() {
      const once = createTransport({ ...options, pool: false, idleTimeout: 0 });
      try {
        await once.verify();
        return { is: 'taken' };
      } catch (error) {
        return answerOf(error, false);
      } finally {
        once.close();
      }
    },

    close: () => pool.close(),
  };
}

const signer = ({ domain, selector, key }: DkimKey) =>
  new Dkim({ domainName: domain, keySelector: selector, privateKey: key });

function signIn({ login, password }: SmtpPlace, tokens: GetToken | null): object {
  if (login === undefined) return {};
  const auth = { user: login, ...(tokens === null ? { pass: password ?? '' } : withTokens(tokens)) };
  return { auth, forceAuth: true };
}

type Provided = (error: Error | null, token?: string, expires?: number) => void;

const withTokens = (tokens: GetToken) => ({
  type: 'OAuth2',
  provisionCallback: (_login: string, anew: boolean, done: Provided) => {
    tokens(anew).then(
      ({ text, expires }) => done(null, text, expires),
      (error) => done(error),
    );
  },
});

/** A message as a file that a mail program opens to be looked at and sent: Outlook wants to be told that it was not. */
export async function draftOf({
  to,
  subject,
  text,
  html,
  attachments,
}: Omit<Outgoing, 'from' | 'replyTo'>): Promise<Buffer> {
  const composed = await createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail({
    to: { name: '', address: to },
    subject,
    text,
    html,
    attachments: filesOf(attachments),
    headers: { 'X-Unsent': '1' },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composed.message as Buffer;
}

const filesOf = (attachments: Outgoing['attachments']) =>
  attachments.map(({ name, type, bytes }) => ({ filename: name, contentType: type, content: bytes }));

interface Fence {
  from: string;
  to: string;
  beforeLast(): Promise<void>;
  /** Whether the last byte may have left. */
  committed: boolean;
  /** It has been given up: the last byte may not leave any more. */
  over: boolean;
  stopped: { error: unknown } | null;
}

/**
 * All of the message goes through but its end, which waits. Nothing is read before the server has said that it wants the
 * message, so that a mail whose address is refused was never committed. Asked for a second time, it is refused.
 */
async function* fenced(message: AsyncIterable<Buffer>, fence: Fence): AsyncGenerator<Buffer> {
  if (fence.committed) throw new Error('The message was sent before.');
  yield* message;
  try {
    await fence.beforeLast();
  } catch (error) {
    fence.stopped = { error };
    throw new Error('The message was stopped.');
  }
  if (fence.over) throw new Error('The message was given up.');
  fence.committed = true;
}
