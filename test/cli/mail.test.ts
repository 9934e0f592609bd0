// Handouts by e-mail from the command line, as people run it: looked at first, sent, drafted, cancelled, and the server tried.
import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { openStore } from '../../src/store/store.ts';
import { type MailServer, PASSWORD, startMailServer } from '../deliver/mail/mail-server.ts';
import { popplerText } from '../support/poppler.ts';
import { unzip } from '../support/unzip.ts';
import { Clone, ended } from './clone.ts';

jest.setTimeout(90_000);

let clone: Clone;
let server: MailServer;
let place: Record<string, string>;
beforeAll(async () => {
  clone = new Clone();
  server = await startMailServer();
  place = {
    KEEPSAKE_LOG_LEVEL: 'error',
    KEEPSAKE_KEY_FILE: clone.path('config/key'),
    KEEPSAKE_SMTP_HOST: 'localhost',
    KEEPSAKE_SMTP_PORT: String(server.port),
    KEEPSAKE_SMTP_USER: 'practice',
    KEEPSAKE_SMTP_PASSWORD_FILE: clone.write('config/password', `${PASSWORD}\n`),
    KEEPSAKE_SMTP_FROM: 'desk@practice.example',
    KEEPSAKE_SMTP_HOLD_SECONDS: '1',
    NODE_EXTRA_CA_CERTS: clone.write('config/ca.pem', server.ca),
  };
});
afterAll(async () => {
  clone.remove();
  await server.close();
});

const NAMES = ['Zoë Łukasiewicz', 'Ann Poe', 'Una Vey'];
const rowsFor = (run: string) =>
  `Client,Handouts,E-mail,May send\n${NAMES.map(
    (name, at) => `${name},why-relationships-matter,canary-${run}-${at}@example.org,${at === 2 ? 'hand' : 'email'}`,
  ).join('\n')}\n`;

async function run(words: readonly string[], around: Record<string, string> = {}) {
  const { code, out, said } = await clone.run(words, { ...place, ...around });
  const all = [out.toString(), ...said].join('\n');
  for (const client of [...NAMES, 'canary']) expect(all).not.toContain(client);
  return { code, lines: out.toString().trimEnd().split('\n'), said };
}
const AGREED = ['--consent', 'after-warning', '--consent-date', '2026-11-20', '--private-mailbox', 'yes'];
const batch = (name: string, ...flags: string[]) => {
  const file = clone.write('clients.csv', rowsFor(name));
  return run(['batch', file, '--preset', 'one-page', '--email', ...AGREED, ...flags]);
};

describe('keepsake batch --email', () => {
  it('says what would be sent and sends nothing', async () => {
    const { code, lines, said } = await batch('dry');
    expect(lines).toEqual([
      'Row 2: why-relationships-matter',
      'Row 3: why-relationships-matter',
      '2 mails would be sent. Nothing was. Add --send to send, or --eml FILE to write drafts.',
    ]);
    expect(said).toEqual([
      expect.stringMatching(/^Row 4, May send: Nothing says that this client may be sent e-mail/u),
    ]);
    expect([code, server.taken]).toEqual([1, []]);
  });

  it('sends each client theirs, and the same not twice on a day without a reason', async () => {
    const { code, lines } = await batch('sent', '--send');
    expect(lines).toEqual([
      '2 mails go out in 1 seconds. Until then Ctrl-C takes all of them back.',
      '2 sent, 0 not sent, 0 to be looked at, 0 waiting.',
    ]);
    expect(code).toBe(1); // a row was refused
    expect([...server.taken].sort()).toEqual(['canary-sent-0', 'canary-sent-1']);
    const { mail } = server.received.find(({ envelope }) => envelope.to[0] === 'canary-sent-0@example.org')!;
    expect(popplerText(mail.attachments[0]!.content)).toContain(NAMES[0]);
    const again = await batch('sent', '--send');
    expect(again.lines).toEqual(['Nothing was sent.']);
    expect(again.said.filter((line) => line.includes('went today, to the same address'))).toHaveLength(2);
    await batch('sent', '--send', '--limit', '1', '--again', 'lost');
    expect(server.taken.filter((to) => to === 'canary-sent-0')).toHaveLength(2);
  });

  it('takes everything back while it is held', async () => {
    const file = clone.write('held.csv', rowsFor('held'));
    const child = clone.start(['batch', file, '--preset', 'one-page', '--email', ...AGREED, '--send'], {
      ...place,
      KEEPSAKE_SMTP_HOLD_SECONDS: '60',
    });
    const end = ended(child);
    await new Promise<void>((said) => child.stdout!.once('data', () => said()));
    await new Promise((later) => setTimeout(later, 500));
    child.kill('SIGINT');
    const { out } = await end;
    expect(out.toString()).toContain('0 sent, 0 not sent, 0 to be looked at, 0 waiting, 2 cancelled.');
    expect(server.taken.filter((to) => to.startsWith('canary-held'))).toEqual([]);
  });

  it('sends nothing that the practice has hidden while it was held', async () => {
    const hiding = { folder: clone.path('hiding'), key: { file: place.KEEPSAKE_KEY_FILE! } };
    const file = clone.write('hidden.csv', rowsFor('hidden'));
    const words = ['--data', hiding.folder, '--email', ...AGREED, '--send'];
    const child = clone.start(['batch', file, '--preset', 'one-page', ...words], {
      ...place,
      KEEPSAKE_SMTP_HOLD_SECONDS: '4',
    });
    const end = ended(child);
    await new Promise<void>((said) => child.stdout!.once('data', () => said()));
    const store = await openStore(hiding);
    await store.shelf.hide('why-relationships-matter', 'en');
    await store.close();
    const { code, out, said } = await end;
    expect([code, out.toString()]).toEqual([1, expect.stringContaining('0 sent, 2 not sent')]);
    expect(said.filter((line) => line.includes('Not sent: the handout could not be made.'))).toHaveLength(2);
    expect(server.taken.filter((to) => to.startsWith('canary-hidden'))).toEqual([]);
  });

  it('writes drafts that a mail program opens, without any mail server', async () => {
    const out = clone.path('drafts.zip');
    await batch('draft', '--eml', out);
    const files = unzip(readFileSync(out));
    expect([...files.keys()]).toEqual(['row-2.eml', 'row-3.eml']);
    const draft = await simpleParser([...files.values()][1]!);
    expect(draft.headers.get('x-unsent')).toBe('1');
    expect(draft.from).toBeUndefined();
    expect(draft.subject).toBe('Your handout from the practice');
    expect(popplerText(draft.attachments[0]!.content)).toContain('Ann Poe');
    const one = clone.path('draft.eml');
    await batch('draft', '--limit', '1', '--eml', one);
    expect((await simpleParser(readFileSync(one))).text).toContain(NAMES[0]);
  });

  it('refuses every row where nobody says that they agreed', async () => {
    const file = clone.write('silent.csv', rowsFor('silent'));
    const { code, lines, said } = await run(['batch', file, '--email']);
    expect(said.filter((line) => line.includes('The client has not agreed to e-mail.'))).toHaveLength(2);
    expect(lines).toEqual(['0 mails would be sent. Nothing was. Add --send to send, or --eml FILE to write drafts.']);
    expect(code).toBe(1);
    const { said: undated } = await run(['batch', file, '--email', '--consent', 'after-warning']);
    expect(undated[0]).toContain('Add --consent-date');
  });

  it('locks the PDFs of who asked for that, and writes their passwords to a file of its own', async () => {
    const rows = `Client,Handouts,E-mail,May send,Consent,Private mailbox\n${NAMES.map(
      (name, at) =>
        `${name},why-relationships-matter,canary-locked-${at}@example.org,email,${['password', 'yes 2026-11-20', 'password'][at]},yes`,
    ).join('\n')}\n`;
    const send = ['batch', clone.write('locked.csv', rows), '--preset', 'one-page', '--email', '--send'];
    expect((await run(send)).said[0]).toContain('nothing says where their passwords go');
    const file = clone.path('passwords.csv');
    const { code, lines } = await run([...send, '--as-page', '--passwords', file]);
    expect([code, lines[0]]).toEqual([0, '2 passwords are in the file of --passwords.']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const [, ...written] = readFileSync(file, 'utf8').trim().split('\r\n');
    expect(written.map((line) => line.split(',')[0])).toEqual(['2', '4']);
    for (const line of written) {
      const [row, password] = line.split(',');
      const at = Number(row) - 2;
      const { raw, mail } = server.received.find(({ envelope }) => envelope.to[0]!.startsWith(`canary-locked-${at}`))!;
      expect(popplerText(mail.attachments[0]!.content, { password: password! })).toContain(NAMES[at]);
      expect(raw).not.toContain(password);
      expect(mail.text).toContain('It opens with the password');
      expect(String(mail.html)).not.toContain('Why relationships matter');
    }
    const open = server.received.find(({ envelope }) => envelope.to[0]!.startsWith('canary-locked-1'))!;
    expect(String(open.mail.html)).toContain('Why relationships matter');
    expect((await run([...send, '--again', 'lost', '--passwords', file])).said[0]).toContain('is there already');
  });

  it('sends nothing before it was said that mailboxes are private and that addresses are right', async () => {
    const row = (address: string, privacy: string) =>
      `Client,Handouts,E-mail,Consent,Private mailbox\nAnn Poe,panic,${address},yes 2026-11-20,${privacy}\n`;
    const send = (text: string, ...flags: string[]) =>
      run(['batch', clone.write('asked.csv', text), '--preset', 'one-page', '--email', '--send', ...flags]);
    const unasked = await send(row('canary-asked@example.org', ''));
    expect([unasked.code, unasked.said.at(-1)]).toEqual([1, expect.stringContaining('give --private-mailbox yes')]);
    const mistyped = await send(row('canary-asked@gmial.com', 'yes'));
    expect([mistyped.code, mistyped.said.at(-1)]).toEqual([1, expect.stringContaining('give --as-typed')]);
    expect(server.taken.filter((to) => to.startsWith('canary-asked'))).toEqual([]);
    const { code } = await send(row('canary-asked@example.org', ''), '--private-mailbox', 'yes');
    expect(code).toBe(0);
  });

  it('asks for a reason where two rows send the same to one address', async () => {
    const rows = ['Ann Poe', 'Una Vey'].map((name) => `${name},panic,canary-twice@example.org,password\n`);
    const file = clone.write('twice.csv', `Client,Handouts,E-mail,Consent\n${rows.join('')}`);
    const passwords = ['--passwords', clone.path('twice-passwords.csv')];
    const { lines, said } = await run(['batch', file, '--preset', 'one-page', '--email', '--send', ...passwords]);
    expect(said.some((line) => line.includes('Row 2 has the same address.'))).toBe(true);
    expect(said.some((line) => line.startsWith('Row 3: the same goes'))).toBe(true);
    expect(lines.at(-1)).toBe('1 sent, 0 not sent, 0 to be looked at, 0 waiting.');
  });

  it('needs a mail server to send', async () => {
    const { code, said } = await run(['batch', clone.write('x.csv', rowsFor('x')), '--email', ...AGREED, '--send'], {
      KEEPSAKE_SMTP_HOST: '',
    }).catch(() => ({ code: null, said: [] }));
    expect(code).toBe(3);
    expect(said[0]).toContain('KEEPSAKE_SMTP_HOST');
  });
});

describe('keepsake outbox', () => {
  it('tells how the mails stand, and what a person decides', async () => {
    server.refuse.push({ at: 'rcpt', code: 451 }, { at: 'rcpt', code: 550 });
    const sent = await batch('later', '--send');
    expect(sent.lines.at(-1)).toBe('0 sent, 1 not sent, 0 to be looked at, 1 waiting.');
    const { lines } = await run(['outbox']);
    const waits = lines.find((line) => line.includes('not now'))!;
    expect(waits).toMatch(
      /^Row 2: The mail server said “not now” \(451\)\. It is tried again by itself\. [0-9a-f-]{36}$/u,
    );
    expect(
      lines.some((line) => line.startsWith('Row 3: Not sent: there is no such mailbox, or it takes no mail')),
    ).toBe(true);
    const id = waits.split(' ').at(-1)!;
    expect((await run(['outbox', 'retry', id])).code).toBe(0);
    expect((await run(['outbox', 'release', id])).said[0]).toContain('can’t be done with this mail any more');
    expect((await run(['outbox', 'cancel', id])).code).toBe(0);
    const { mails, counts } = JSON.parse((await run(['outbox', '--json'])).lines.join('\n'));
    expect(mails.find((mail: { id: string }) => mail.id === id)).toMatchObject({ state: 'cancelled', row: 2 });
    expect(counts).toMatchObject({ refused: 1, queued: 0 });
    expect((await run(['outbox', 'resume'])).code).toBe(0);
  });
});

describe('keepsake smtp-test', () => {
  const test = async (around: Record<string, string> = {}) => {
    const { code, lines, said } = await run(['smtp-test'], around);
    return [code, [...lines, ...said].join(' ').trim()];
  };

  it('says that all is right', async () => {
    expect(await test()).toEqual([0, 'The mail server answers and takes the name and password. Nothing was sent.']);
  });

  it.each([
    [
      'a wrong name',
      { KEEPSAKE_SMTP_HOST: 'no-such-host.invalid' },
      'There is no mail server of this name.',
      'KEEPSAKE_SMTP_HOST',
    ],
    [
      'a wrong port',
      { KEEPSAKE_SMTP_PORT: '1' },
      'Nothing answers at this port of the mail server.',
      'KEEPSAKE_SMTP_PORT',
    ],
    [
      'the wrong kind of TLS',
      { KEEPSAKE_SMTP_TLS: 'tls' },
      'The mail server does not speak TLS in this way.',
      'KEEPSAKE_SMTP_TLS',
    ],
    [
      'a certificate nobody knows',
      { NODE_EXTRA_CA_CERTS: '' },
      'The mail server’s certificate can’t be trusted',
      'KEEPSAKE_SMTP_HOST',
    ],
    [
      'a wrong password',
      { KEEPSAKE_SMTP_USER: 'other' },
      'The mail server refused the name and password.',
      'KEEPSAKE_SMTP_PASSWORD_FILE',
    ],
  ])('says in plain words that it is %s, and where to set it', async (_what, around, words, setting) => {
    const [code, said] = await test(around);
    expect(said).toContain(words);
    expect(said).toMatch(new RegExp(`${setting}\\.$`, 'u'));
    expect(code).toBe(1);
  });
});
