// Settings typed into a page: checked, kept, tried and used; what is secret never comes back, and goes to nobody else.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { type MailWorks, openMail } from '../../../src/cli/mail.ts';
import type { Library } from '../../../src/content/article.ts';
import type { MailFields, MailSettings } from '../../../src/deliver/mail-settings.ts';
import { openDatabase } from '../../../src/store/database.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { placeIn } from '../../store/both.ts';
import { problemsOf } from '../../support/builders.ts';
import { ourLibrary } from '../../support/house.ts';
import { type MailServer, PASSWORD, startMailServer } from './mail-server.ts';
import { lettersFor, put, until } from './sending.ts';

let library: Library;
let server: MailServer;
let folder: string;
let store: Store;
let mail: MailWorks | undefined;
const log: string[] = [];
beforeAll(async () => {
  library = await ourLibrary();
});
beforeEach(async () => {
  server = await startMailServer({ inClear: true });
  folder = mkdtempSync(join(tmpdir(), 'keepsake-setup-'));
  store = await openStore(placeIn(folder));
});
afterEach(async () => {
  await mail?.close();
  mail = undefined;
  await store.close();
  await server.close();
  rmSync(folder, { recursive: true });
  expect(log.splice(0)).toEqual([]);
});

const open = async (given: MailSettings | null = null) => {
  mail = await openMail(given, store, library, {
    error: (fields, message) => void log.push(JSON.stringify({ ...fields, message })),
  });
  return mail;
};
/** The certificate is known to nobody, so that no TLS can be spoken here. */
const typed = (some: MailFields = {}): MailFields => ({
  smtpHost: '127.0.0.1',
  smtpPort: String(server.port),
  smtpTls: 'none',
  smtpUser: 'practice',
  smtpPassword: PASSWORD,
  smtpFrom: 'The practice <desk@practice.example>',
  smtpReplyTo: '',
  smtpHoldSeconds: '0',
  ...some,
});
const fieldsOf = async (work: Promise<unknown>) =>
  (await problemsOf(() => work)).map(({ place }) => (place !== undefined && 'field' in place ? place.field : null));

describe('settings typed into a page', () => {
  it('are none at first, and then nothing can be put into the outbox', async () => {
    const { setup, outbox, sending } = await open();
    expect(await setup.read()).toEqual({ from: null, fields: {}, kept: [] });
    expect(sending()).toBe(null);
    expect(await problemsOf(() => outbox.send(lettersFor(1)))).toMatchObject([{ code: 'mail-unset' }]);
  });

  it('are checked, all at once', async () => {
    const { setup } = await open();
    const wrong = setup.save(typed({ smtpHost: 'smtp://x', smtpPort: '0', smtpFrom: 'nobody' }));
    expect((await fieldsOf(wrong)).sort()).toEqual(['smtpFrom', 'smtpHost', 'smtpPort']);
    expect(await fieldsOf(setup.save(typed({ smtpHost: '' })))).toEqual(['smtpHost']);
    expect(await fieldsOf(setup.save(typed({ smtpHost: 'smtp.example.org' })))).toEqual(['smtpTls']);
    expect((await setup.read()).from).toBe(null);
  });

  it('take no DKIM key that a receiver could not check', async () => {
    const { setup } = await open();
    const withKey = (key: KeyObject) =>
      setup.save(
        typed({ smtpDkimSelector: 'k1', smtpDkimKey: key.export({ type: 'pkcs8', format: 'pem' }) as string }),
      );
    for (const { privateKey } of [
      generateKeyPairSync('ed25519'),
      generateKeyPairSync('ec', { namedCurve: 'P-256' }),
      generateKeyPairSync('rsa-pss', { modulusLength: 2048 }),
      generateKeyPairSync('rsa', { modulusLength: 512 }),
    ])
      expect(await fieldsOf(withKey(privateKey))).toEqual(['smtpDkimKey']);
    await withKey(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);
    expect((await setup.read()).kept).toContain('smtpDkimKey');
  });

  it('count at once, and never show a secret again', async () => {
    const { setup, outbox, sending } = await open();
    await setup.save(typed());
    const shown = await setup.read();
    expect(shown).toMatchObject({ from: 'page', kept: ['smtpPassword'], fields: { smtpUser: 'practice' } });
    expect(JSON.stringify(shown)).not.toContain(PASSWORD);
    expect(sending()).toMatchObject({ from: { name: 'The practice', address: 'desk@practice.example' }, holdMs: 0 });
    await outbox.send(lettersFor(2));
    await until(
      () => outbox.counts(),
      ({ sent }) => sent === 2,
    );
    expect(server.received.map(({ envelope }) => envelope.from)).toEqual(Array(2).fill('desk@practice.example'));
  });

  it('keep a secret that is left empty, but for the same server and name only', async () => {
    const { setup } = await open();
    await setup.save(typed());
    await setup.save(typed({ smtpPassword: '', smtpReplyTo: 'other@practice.example' }));
    expect(await setup.test()).toBe(null);
    expect(await setup.test(typed({ smtpPassword: '' }))).toBe(null);
    for (const other of [{ smtpHost: 'localhost' }, { smtpUser: 'another' }, { smtpPort: '2525' }])
      expect(await fieldsOf(setup.test(typed({ smtpPassword: '', ...other })))).toEqual(['smtpUser']);
  });

  it('are tried in plain words before they are saved', async () => {
    const { setup } = await open();
    const said = async (some: MailFields) => (await setup.test(typed(some)))?.message;
    expect(await said({})).toBe(undefined);
    expect(await said({ smtpPassword: 'wrong' })).toBe('The mail server refused the name and password.');
    expect(await said({ smtpTls: 'starttls' })).toContain('certificate can’t be trusted');
    expect(await said({ smtpPort: '1' })).toBe('Nothing answers at this port of the mail server.');
    expect(await problemsOf(() => setup.test())).toMatchObject([{ code: 'mail-unset' }]);
  });

  it('put right what kept everything back', async () => {
    const { setup, outbox } = await open();
    await setup.save(typed({ smtpPassword: 'wrong' }));
    await outbox.send(lettersFor(2));
    await until(
      () => outbox.paused(),
      (why) => why !== null,
    );
    await setup.save(typed());
    await until(
      () => outbox.counts(),
      ({ sent }) => sent === 2,
    );
  });

  it('do not lift the stop after two mails got mixed up, nor does one mail tried again: only a person’s own word', async () => {
    const { setup, outbox } = await open();
    await setup.save(typed({ smtpHoldSeconds: '3600' }));
    const [letter] = lettersFor(1);
    await outbox.send([letter!]);
    const { db } = await openDatabase(placeIn(folder));
    await sql`UPDATE outbox SET state = 'queued', due = due + 3600000`.execute(db);
    await db.destroy();
    await store.post.pause('crossed');
    await setup.save(typed());
    await outbox.retry(letter!.packet.id);
    expect(await store.outbox.paused()).toBe('crossed');
    await outbox.resume();
    expect(await store.outbox.paused()).toBe(null);
    await store.post.pause('password');
    await store.outbox.deleteNow();
    await setup.save(typed());
    expect(await store.outbox.paused()).toBe(null);
  });

  it('do not count where the environment names a server, and that is said', async () => {
    const given = { host: '127.0.0.1', port: server.port, tls: 'none', login: 'practice', password: PASSWORD } as const;
    const from = { name: null, address: 'desk@practice.example' };
    const { setup, sending } = await open({ ...given, from, replyTo: null, perMinute: 30, holdMs: 0 });
    expect(await setup.read()).toMatchObject({ from: 'environment', kept: ['smtpPassword'] });
    expect(await setup.test()).toBe(null);
    expect(await problemsOf(() => setup.save(typed()))).toMatchObject([{ code: 'setting-invalid' }]);
    expect(sending()).toMatchObject({ from });
  });
});

describe('another machine', () => {
  it('sees what was saved within seconds', async () => {
    const other = await openStore(placeIn(folder));
    const { sending } = await open();
    const { smtpReplyTo: _none, ...filled } = typed();
    await other.mailSettings.save(filled);
    await until(
      async () => sending(),
      (now) => now !== null,
    );
    await other.close();
  });

  it('on which a wrong password was put right is not held back by the one with the old', async () => {
    const other = await openStore(placeIn(folder));
    const { smtpReplyTo: _none, ...right } = typed();
    await other.mailSettings.save({ ...right, smtpPassword: 'wrong' });
    await open();
    await other.mailSettings.save(right);
    await put(other, lettersFor(3));
    const came = await until(
      async () => ({ ...(await other.outbox.counts()), paused: await other.outbox.paused() }),
      ({ sent, paused }) => sent === 3 || paused !== null,
    );
    expect(came).toMatchObject({ sent: 3, paused: null });
    expect((await other.outbox.list()).map(({ tries }) => tries)).toEqual([2, 1, 1]);
    await other.close();
  });
});
