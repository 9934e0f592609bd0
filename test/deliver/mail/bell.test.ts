// What wakes those who send: when mails are put in, after their hold, on whichever machine shares the database.
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { ownBell } from '../../../src/deliver/bell.ts';
import { queueBell } from '../../../src/deliver/queue-bell.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { until } from './sending.ts';

jest.setTimeout(60_000);

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

it('rings after the hold, within one process', async () => {
  const bell = ownBell();
  let heard = 0;
  await bell.listen(() => void heard++);
  const begun = Date.now();
  await bell.ring('mails', 5, 200);
  expect(heard).toBe(0);
  await until(
    async () => heard,
    (times) => times === 1,
  );
  expect(Date.now() - begun).toBeGreaterThanOrEqual(195);
});

it('rings after the hold on other machines, and only those who wait for mails hear it', async () => {
  const url = await postgres.database();
  const fail = (error: Error) => {
    throw error;
  };
  const [one, other, parts] = [
    queueBell(url, fail, 'keepsake-mails'),
    queueBell(url, fail, 'keepsake-mails'),
    queueBell(url, fail),
  ];
  let [heard, wrong] = [0, 0];
  await other.listen(() => void heard++);
  await parts.listen(() => void wrong++);
  const begun = Date.now();
  await one.ring('mails', 3, 400);
  await until(
    async () => heard,
    (times) => times === 3,
  );
  expect(Date.now() - begun).toBeGreaterThanOrEqual(395);
  expect(wrong).toBe(0);
  for (const bell of [one, other, parts]) await bell.close();
});
