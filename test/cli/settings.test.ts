import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readSettings } from '../../src/cli/settings.ts';
import { HandoutError, sentence } from '../../src/errors.ts';

const root = mkdtempSync(join(tmpdir(), 'keepsake-settings-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A data folder with this `keepsake.json`. */
function dataWith(file: unknown): string {
  const data = mkdtempSync(join(root, 'data-'));
  writeFileSync(join(data, 'keepsake.json'), typeof file === 'string' ? file : JSON.stringify(file));
  return data;
}

function refusals(...given: [Parameters<typeof readSettings>[0], Parameters<typeof readSettings>[1]]): string[] {
  try {
    readSettings(...given, root);
  } catch (error) {
    if (!(error instanceof HandoutError)) throw error;
    expect(error.problems.map(({ code }) => code)).toEqual(error.problems.map(() => 'setting-invalid'));
    return error.problems.map(sentence);
  }
  return [];
}

const URL = 'postgres://keepsake:secret@db.example/keepsake';

describe('the address of the database', () => {
  it('is taken from either variable, ours first, and from a file', () => {
    const file = join(root, 'url');
    writeFileSync(file, `${URL}\n`);
    const other = 'postgresql://other@db.example/x';
    expect(readSettings({}, { DATABASE_URL: URL }, root).databaseUrl).toBe(URL);
    expect(readSettings({}, { DATABASE_URL: other, KEEPSAKE_DATABASE_URL: URL }, root).databaseUrl).toBe(URL);
    expect(readSettings({}, { KEEPSAKE_DATABASE_URL_FILE: file }, root).databaseUrl).toBe(URL);
  });

  it('of another program’s kind of database is left alone, unless it was given to us', () => {
    expect(readSettings({}, { DATABASE_URL: 'mysql://x' }, root).databaseUrl).toBeUndefined();
    const refusal = /^The setting KEEPSAKE_DATABASE_URL has a bad value\. Allowed: the address of a PostgreSQL/u;
    expect(refusals({}, { KEEPSAKE_DATABASE_URL: 'mysql://x' })).toEqual([expect.stringMatching(refusal)]);
    expect(refusals({}, { KEEPSAKE_DATABASE_URL_FILE: join(root, 'none') })).toEqual([expect.stringMatching(refusal)]);
  });
});

const OAUTH = {
  KEEPSAKE_SMTP_USER: 'desk',
  KEEPSAKE_SMTP_OAUTH_CLIENT_ID: 'id',
  KEEPSAKE_SMTP_OAUTH_REFRESH_TOKEN: 'token',
  KEEPSAKE_SMTP_OAUTH_TOKEN_URL: 'https://login.example.org/t',
};

describe('settings about e-mail', () => {
  const mail = (some: Partial<Record<string, string>>) =>
    readSettings({}, { KEEPSAKE_SMTP_HOST: 'smtp.example.org', KEEPSAKE_SMTP_FROM: 'desk@example.org', ...some }, root)
      .mail;

  it('name a server and a sender, and have defaults for the rest', () => {
    expect(mail({})).toEqual({
      host: 'smtp.example.org',
      port: 587,
      tls: 'starttls',
      from: { name: null, address: 'desk@example.org' },
      replyTo: null,
      perMinute: 30,
      holdMs: 30_000,
    });
    expect(mail({ KEEPSAKE_SMTP_TLS: 'tls', KEEPSAKE_SMTP_FROM: 'The practice <desk@example.org>' })).toMatchObject({
      port: 465,
      from: { name: 'The practice', address: 'desk@example.org' },
    });
  });

  it('take the password from a file', () => {
    const file = join(root, 'smtp-password');
    writeFileSync(file, 'secret\n');
    const signIn = { KEEPSAKE_SMTP_USER: 'desk', KEEPSAKE_SMTP_PASSWORD_FILE: file };
    expect(mail(signIn)).toMatchObject({ login: 'desk', password: 'secret' });
  });

  it('take a sign-in with tokens, and a key that signs for the domain of the sender', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = join(root, 'dkim.pem');
    writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const made = mail({ ...OAUTH, KEEPSAKE_SMTP_DKIM_SELECTOR: 'k1', KEEPSAKE_SMTP_DKIM_KEY_FILE: key });
    expect(made).toMatchObject({
      login: 'desk',
      oauth: {
        clientId: 'id',
        clientSecret: null,
        refreshToken: 'token',
        tokenUrl: 'https://login.example.org/t',
      },
      dkim: { domain: 'example.org', selector: 'k1' },
    });
  });

  it.each<[Partial<Record<string, string>>, string]>([
    [{ KEEPSAKE_SMTP_FROM: 'a@example.org, b@example.org' }, 'KEEPSAKE_SMTP_FROM'],
    [{ KEEPSAKE_SMTP_FROM: 'Ann <a@example.org> <b@example.org>' }, 'KEEPSAKE_SMTP_FROM'],
    [{ KEEPSAKE_SMTP_HOST: 'smtp://example.org' }, 'KEEPSAKE_SMTP_HOST'],
    [{ KEEPSAKE_SMTP_USER: 'desk' }, 'KEEPSAKE_SMTP_USER'],
    [{ KEEPSAKE_SMTP_USER: 'desk', KEEPSAKE_SMTP_PASSWORD: 'x', KEEPSAKE_SMTP_TLS: 'none' }, 'KEEPSAKE_SMTP_TLS'],
    [{ KEEPSAKE_SMTP_PER_MINUTE: '0' }, 'KEEPSAKE_SMTP_PER_MINUTE'],
    [{ ...OAUTH, KEEPSAKE_SMTP_OAUTH_REFRESH_TOKEN: undefined }, 'KEEPSAKE_SMTP_OAUTH_CLIENT_ID'],
    [{ ...OAUTH, KEEPSAKE_SMTP_PASSWORD: 'x' }, 'KEEPSAKE_SMTP_OAUTH_CLIENT_ID'],
    [{ ...OAUTH, KEEPSAKE_SMTP_USER: undefined }, 'KEEPSAKE_SMTP_USER'],
    [{ ...OAUTH, KEEPSAKE_SMTP_OAUTH_TOKEN_URL: 'http://login.example.org/t' }, 'KEEPSAKE_SMTP_OAUTH_TOKEN_URL'],
    [{ KEEPSAKE_SMTP_DKIM_SELECTOR: 'k1' }, 'KEEPSAKE_SMTP_DKIM_SELECTOR'],
    [{ KEEPSAKE_SMTP_DKIM_SELECTOR: 'k1', KEEPSAKE_SMTP_DKIM_KEY: 'no key' }, 'KEEPSAKE_SMTP_DKIM_KEY'],
  ])('are refused by name: %j', (some, name) => {
    expect(() => mail(some)).toThrow(`The setting ${name} has a bad value.`);
  });
});

describe('settings', () => {
  it('have defaults', () => {
    expect(readSettings({}, { XDG_CONFIG_HOME: join(root, 'config') }, root)).toEqual({
      port: 3000,
      host: '127.0.0.1',
      data: join(root, 'data'),
      articles: join(root, 'data', 'articles'),
      logLevel: 'warn',
      keyFile: expect.stringMatching(/keepsake.key$/u),
      keepHours: 24,
      threads: expect.any(Number),
      mail: null,
    });
  });

  it('are taken from the flag before the environment before the file', () => {
    const data = dataWith({ port: 3003, host: '::1', logLevel: 'debug' });
    const environment = { KEEPSAKE_DATA: data, KEEPSAKE_PORT: '3002', KEEPSAKE_HOST: 'localhost' };
    expect(readSettings({ port: '3001' }, environment, root)).toMatchObject({
      port: 3001,
      host: 'localhost',
      logLevel: 'debug',
    });
    expect(readSettings({}, environment, root).port).toBe(3002);
    expect(readSettings({ data: dataWith({ port: 3004 }) }, { KEEPSAKE_DATA: data }, root).port).toBe(3004);
  });

  it('take the articles from a folder of their own', () => {
    const articles = join(root, 'my articles');
    mkdirSync(articles);
    expect(readSettings({}, { KEEPSAKE_ARTICLES: articles }, root).articles).toBe(articles);
  });

  it('leave other programs’ variables and other flags alone', () => {
    expect(refusals({ client: 'Ann', json: true }, { PATH: '/bin', KEEPSAKEN: 'x' })).toEqual([]);
  });

  it('that do not exist are refused by name, wherever they stand', () => {
    const told = refusals({ data: dataWith({ prot: 3001, data: '/x' }) }, { KEEPSAKE_PROT: '3001' });
    expect(told).toHaveLength(3);
    expect(told[0]).toMatch(/^There is no setting KEEPSAKE_PROT\. There are: KEEPSAKE_PORT, /u);
    expect(told[1]).toMatch(
      /^There is no setting prot in keepsake\.json\. There are: port, host, .*databaseUrl, .*\.$/u,
    );
    expect(told[2]).toMatch(/^There is no setting data in keepsake\.json\./u);
  });

  it('that are bad are all refused at once, with what is allowed', () => {
    const environment = { KEEPSAKE_PORT: '99999', KEEPSAKE_HOST: '', KEEPSAKE_LOG_LEVEL: 'loud' };
    expect(refusals({}, environment)).toEqual([
      'The setting KEEPSAKE_PORT has a bad value. Allowed: a number from 0 to 65535.',
      'The setting KEEPSAKE_HOST has a bad value. Allowed: 127.0.0.1, ::1 or localhost.',
      'The setting KEEPSAKE_LOG_LEVEL has a bad value. Allowed: silent, error, warn, info, debug.',
    ]);
  });

  it.each(['', ' ', 'abc', '-1', '65536', '80.5', '0x50', '1e3', '3000 '])('take no port from %j', (port) => {
    expect(refusals({ port }, {})).toHaveLength(1);
    expect(refusals({}, { KEEPSAKE_PORT: port })).toHaveLength(1);
  });

  it.each([null, true, [80], '', -1, 80.5])('take no port from %j in the file', (port) => {
    expect(refusals({ data: dataWith({ port }) }, {})).toEqual([
      'The setting KEEPSAKE_PORT has a bad value. Allowed: a number from 0 to 65535.',
    ]);
  });

  it.each(['', '{', '[]', '"port"'])('refuse a file that holds %j', (file) => {
    expect(refusals({ data: dataWith(file) }, {})).toEqual([
      'keepsake.json in the data folder can’t be read. Write a JSON object like {"port": 3001}.',
    ]);
  });

  it('refuse an articles folder that was asked for and is not there', () => {
    const file = join(dataWith('{}'), 'keepsake.json');
    for (const articles of [join(root, 'none'), file]) {
      expect(refusals({}, { KEEPSAKE_ARTICLES: articles })).toEqual([
        'The setting KEEPSAKE_ARTICLES has a bad value. Allowed: the path of a folder that exists.',
      ]);
    }
  });
});
