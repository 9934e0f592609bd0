// A mail server as practices have them: STARTTLS with a certificate of its own, sign-in, and every message read back.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface Received {
  envelope: { from: string; to: string[] };
  raw: string;
  mail: ParsedMail;
}

export interface MailServer {
  port: number;
  /** Its certificate, to be trusted. */
  ca: string;
  received: Received[];
  /** The local part of every recipient that was taken, in order. */
  taken: string[];
  /** How much of messages has come in, finished or not. */
  bytes(): number;
  /**
   * Answers to the next messages, before all others are taken; 0 after the dot ends the connection instead. `status` is
   * that of RFC 3463, which not every server says.
   */
  refuse: { at: 'auth' | 'mail' | 'rcpt' | 'dot'; code: number; status?: string }[];
  close(): Promise<void>;
}

export const PASSWORD = 'correct horse battery staple';

export interface ServerPlan {
  /** Between the final dot and the answer, in milliseconds. */
  delay?: () => number;
  /** Messages are counted and not read. */
  countOnly?: boolean;
  /** Takes a password without TLS, as a server on the same machine may. */
  inClear?: boolean;
  /** Instead of name and password: what it takes just now. */
  token?: () => string;
}

export async function startMailServer({
  delay = () => 0,
  countOnly = false,
  inClear = false,
  token,
}: ServerPlan = {}): Promise<MailServer> {
  const { key, cert } = certificate();
  const [received, taken, refuse]: [Received[], string[], MailServer['refuse']] = [[], [], []];
  let bytes = 0;
  /** Servers quote whom it is about. */
  const no = (at: MailServer['refuse'][number]['at'], about: string) => {
    if (refuse[0]?.at !== at) return null;
    const { code, status = '' } = refuse.shift()!;
    return Object.assign(new Error(`${status} <${about}>: no`.trim()), { responseCode: code });
  };
  const server = new SMTPServer({
    key,
    cert,
    logger: false,
    allowInsecureAuth: inClear,
    authMethods: token === undefined ? ['PLAIN', 'LOGIN'] : ['XOAUTH2'],
    onAuth: ({ method, username, password, accessToken }, _session, done) => {
      const refused = no('auth', String(username));
      if (refused !== null) return done(refused);
      if (method === 'XOAUTH2' && username === 'practice' && accessToken === token?.())
        return done(null, { user: username });
      if (method === 'XOAUTH2') return done(null, { data: { status: '401', schemes: 'bearer' } });
      if (username === 'practice' && password === PASSWORD) return done(null, { user: username });
      done(Object.assign(new Error('Authentication failed'), { responseCode: 535 }));
    },
    onMailFrom: ({ address }, _session, done) => done(no('mail', address)),
    onRcptTo: ({ address }, _session, done) => done(no('rcpt', address)),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
      });
      stream.once('end', async () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const refused = no('dot', to.join());
        if (refused?.responseCode === 0) return drop(session.id);
        if (refused !== null) return done(refused);
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
        taken.push(...to.map((address) => address.split('@')[0]!));
        if (!countOnly) {
          const raw = Buffer.concat(chunks);
          received.push({ envelope: { from, to }, raw: raw.toString('latin1'), mail: await simpleParser(raw) });
        }
        // An answer that nobody waits for any more keeps no test alive.
        await setTimeout(delay(), undefined, { ref: false });
        done(null, 'taken');
      });
    },
  });
  function drop(id: string): void {
    for (const connection of server.connections) if (connection.id === id) connection._socket.destroy();
  }
  server.on('error', () => undefined); // a client that went away
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  return {
    port: (server.server.address() as AddressInfo).port,
    ca: cert,
    received,
    taken,
    refuse,
    bytes: () => bytes,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

let made: { key: string; cert: string } | undefined;

function certificate(): { key: string; cert: string } {
  if (made !== undefined) return made;
  const folder = mkdtempSync(join(tmpdir(), 'keepsake-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  execFileSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return made;
}
