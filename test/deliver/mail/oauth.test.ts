// Signing in without a password: a token is asked for, used for all connections, renewed, and a refusal stops everything once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sayAnswer, sayPaused } from '../../../src/deliver/mail-words.ts';
import { openSmtp, type SmtpPlace } from '../../../src/deliver/smtp.ts';
import { openTokens } from '../../../src/deliver/token.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { placeIn } from '../../store/both.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { lettersFor, put, type Sending, settled, startSending, until } from './sending.ts';
import { CLIENT, REFRESH, startTokenServer, type TokenServer } from './token-server.ts';

let tokens: TokenServer;
let server: MailServer;
let folder: string;
let store: Store;
let sending: Sending | undefined;
/** What the mail server takes, where it is not the token given out last. */
let other: string | null = null;
beforeAll(async () => {
  server = await startMailServer({ token: () => other ?? tokens.given() });
});
afterAll(() => server.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-oauth-'));
  store = await openStore(placeIn(folder));
  tokens = await startTokenServer();
  server.taken.length = 0;
});
afterEach(async () => {
  other = null;
  await sending?.close();
  sending = undefined;
  await store.close();
  await tokens.close();
  rmSync(folder, { recursive: true });
});

const oauth = (some = {}) => ({ ...CLIENT, refreshToken: REFRESH, tokenUrl: tokens.url, ...some });
const place = (some: Partial<SmtpPlace> = {}): SmtpPlace => ({
  host: '127.0.0.1',
  port: server.port,
  tls: 'starttls',
  ca: server.ca,
  login: 'practice',
  oauth: oauth(),
  connections: 1,
  waits: { connect: 2000, reply: 2000, whole: 6000 },
  ...some,
});
const paused = () =>
  until(
    () => store.outbox.paused(),
    (why) => why !== null,
  );
const test = async (some: Partial<SmtpPlace>) => {
  const smtp = openSmtp(place(some));
  const answer = await smtp.test();
  smtp.close();
  return sayAnswer(answer)?.message ?? 'right';
};

describe('a practice that signs in with a token', () => {
  it('sends, with one token for all connections', async () => {
    await put(store, lettersFor(6));
    sending = startSending(store, place({ connections: 3 }));
    await until(
      () => store.outbox.counts(),
      ({ sent }) => sent === 6,
    );
    expect(server.taken).toHaveLength(6);
    expect(tokens.asked).toEqual([
      {
        grant_type: 'refresh_token',
        client_id: CLIENT.clientId,
        client_secret: CLIENT.clientSecret,
        refresh_token: REFRESH,
      },
    ]);
  });

  it('gets a new token where the mail server does not take the old one any more', async () => {
    const smtp = openSmtp(place());
    expect(await smtp.test()).toEqual({ is: 'taken' });
    other = 'token-2';
    expect(await smtp.test()).toEqual({ is: 'taken' });
    smtp.close();
    expect(tokens.asked).toHaveLength(2);
  });

  it('uses the refresh token that took the place of the old one, and hands it on to be kept', async () => {
    tokens.rotating = true;
    const kept: string[] = [];
    const get = openTokens(oauth(), 1000, async (token) => void kept.push(token));
    const [one, same] = await Promise.all([get(false), get(false)]);
    expect([one.text, same.text, (await get(false)).text]).toEqual(['token-1', 'token-1', 'token-1']);
    expect([(await get(true)).text, kept]).toEqual(['token-2', ['refresh-1', 'refresh-2']]);
    expect(tokens.asked.map((form) => form.refresh_token)).toEqual([REFRESH, 'refresh-1']);
  });
});

describe('a refused sign-in', () => {
  it.each([
    ['by the service that gives out tokens', { refreshToken: 'withdrawn' }, null],
    ['by the mail server', {}, 'a token of somebody else'],
  ])('pauses the whole outbox after one try: %s', async (_by, some, taken) => {
    other = taken;
    await put(store, lettersFor(3));
    sending = startSending(store, place({ oauth: oauth(some) }));
    expect(await paused()).toBe('token');
    await new Promise((later) => setTimeout(later, 1300));
    expect((await store.outbox.list()).map(({ tries, state }) => `${state} ${tries}`)).toEqual([
      'queued 1',
      'queued 0',
      'queued 0',
    ]);
    expect(server.taken).toEqual([]);
    expect(sayPaused('token')).toMatchObject({ place: { field: 'smtpOauthRefreshToken' } });
    expect(sending.log.join()).not.toMatch(/refresh-|token-|secret/u);
  });
});

describe('a service that gives out no token just now', () => {
  it.each([
    ['breaks off', null],
    ['is overloaded', { status: 429, body: '' }],
    ['has failed', { status: 503, body: '' }],
    ['answers something else', { status: 200, body: '<html>' }],
  ])('is asked again later, and nothing is paused: it %s', async (_what, answer) => {
    tokens.answers.push(answer);
    await put(store, lettersFor(1));
    sending = startSending(store, place());
    expect(await settled(store)).toMatchObject({ state: 'queued', why: 'unreachable' });
    expect(await store.outbox.paused()).toBe(null);
    await store.outbox.retry('id-0');
    sending.dispatch.look();
    await until(
      () => store.outbox.counts(),
      ({ sent }) => sent === 1,
    );
  });
});

describe('the test of the connection', () => {
  it.each([
    ['that all is right', {}, 'right'],
    [
      'that the sign-in was refused',
      { refreshToken: 'withdrawn' },
      'The mail server, or the service that gives leave to use it, refused the sign-in.',
    ],
    [
      'that the service is not there',
      { tokenUrl: 'http://127.0.0.1:1/token' },
      'The service that gives leave to sign in can’t be reached, or does not answer as one.',
    ],
  ])('says %s', async (_what, some, words) => {
    expect(await test({ oauth: oauth(some) })).toBe(words);
  });
});
