// A signed message as it was received, checked as a mail service does (RFC 6376); and that it is committed as late as one without.
import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openSmtp } from '../../../src/deliver/smtp.ts';
import { type MailServer, PASSWORD, startMailServer } from './mail-server.ts';
import { until } from './sending.ts';

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer();
});
afterAll(() => server.close());

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;

/** 3.4.2 and 3.4.4: relaxed. */
const relaxedHeader = (line: string) =>
  `${line.slice(0, line.indexOf(':')).toLowerCase().trim()}:${line
    .slice(line.indexOf(':') + 1)
    .replace(/\s+/gu, ' ')
    .trim()}`;
const relaxedBody = (body: string) =>
  body
    .split('\r\n')
    .map((line) => line.replace(/[ \t]+/gu, ' ').replace(/ $/u, ''))
    .join('\r\n')
    .replace(/(?:\r\n)*$/u, '\r\n');

function verified(raw: string): { domain: string; selector: string; isRight: boolean } {
  const [head, body] = [raw.slice(0, raw.indexOf('\r\n\r\n')), raw.slice(raw.indexOf('\r\n\r\n') + 4)];
  const lines = head.split(/\r\n(?![ \t])/u);
  const own = lines.find((line) => /^dkim-signature:/iu.test(line))!;
  const tags = Object.fromEntries(
    own
      .slice(own.indexOf(':') + 1)
      .split(';')
      .map((tag) => [tag.slice(0, tag.indexOf('=')).trim(), tag.slice(tag.indexOf('=') + 1).replace(/\s/gu, '')]),
  );
  const names = tags.h!.split(':').map((name) => name.toLowerCase());
  const signed = names.flatMap((name) => lines.filter((line) => line.toLowerCase().startsWith(`${name}:`)).slice(-1));
  const bare = relaxedHeader(own.replace(/\bb=[^;]*/u, 'b='));
  const text = [...signed.map(relaxedHeader), bare].join('\r\n');
  const isBody = createHash('sha256').update(relaxedBody(body), 'latin1').digest('base64') === tags.bh;
  const isHead = verify('sha256', Buffer.from(text, 'latin1'), publicKey, Buffer.from(tags.b!, 'base64'));
  return { domain: tags.d!, selector: tags.s!, isRight: isBody && isHead && names.includes('from') };
}

it('signs what is sent, all of it, and commits only when everything but the end is with the server', async () => {
  const smtp = openSmtp({
    host: '127.0.0.1',
    port: server.port,
    tls: 'starttls',
    ca: server.ca,
    login: 'practice',
    password: PASSWORD,
    dkim: { domain: 'practice.example', selector: 'k1', key },
    connections: 1,
  });
  const bytes = Buffer.from('%PDF '.repeat(20_000));
  const answer = await smtp.send(
    {
      from: { name: 'The practice', address: 'desk@practice.example' },
      replyTo: null,
      to: 'ann@example.org',
      subject: 'Su hoja – consulta',
      text: 'Hello  \n\n. a dot \n',
      html: '<p>Hello</p>',
      attachments: [{ name: 'handout.pdf', type: 'application/pdf', bytes }],
    },
    async () => {
      const came = async () => server.bytes();
      await until(came, (count) => count > bytes.length);
      expect(server.taken).toEqual([]);
    },
  );
  smtp.close();
  expect(answer).toEqual({ is: 'taken' });
  const { raw, mail } = server.received[0]!;
  expect(verified(raw)).toEqual({ domain: 'practice.example', selector: 'k1', isRight: true });
  expect(verified(raw.replace('Hello', 'Hallo')).isRight).toBe(false);
  expect(mail.attachments[0]!.content.equals(bytes)).toBe(true);
});
