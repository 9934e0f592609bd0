// `keepsake worker`: the settings in, batches of other machines made on this one out.
import { existsSync } from 'node:fs';
import { pino } from 'pino';
import { type Problem, refuse } from '../errors.ts';
import { openLibrary } from './library.ts';
import type { Settings } from './settings.ts';
import { openData, openWorks } from './wire.ts';

/** Works until the process is told to stop; what it was at then waits for another. */
export async function work(
  settings: Settings,
  say: (line: string) => void,
  complain: (line: string) => void,
): Promise<void> {
  refuse([
    ...(settings.databaseUrl === undefined ? [ALONE] : []),
    ...(settings.key === undefined && !existsSync(settings.keyFile) ? [NO_KEY] : []),
  ]);
  const library = await openLibrary(settings, complain);
  const store = await openData(settings);
  const log = pino({ level: settings.logLevel });
  const works = await openWorks({ ...settings, threads: Math.max(1, settings.threads) }, store, library, log);
  const stop = new Promise<void>((told) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => told());
  });
  // Nothing else keeps the process when there is nothing to do.
  const awake = setInterval(() => undefined, 60_000);
  say('Keepsake is ready to work.');
  await stop;
  clearInterval(awake);
  await works.close();
  await store.close();
}

const ALONE: Problem = {
  code: 'setting-invalid',
  message: 'A worker needs a database that it shares with the others.',
  hint: 'Set KEEPSAKE_DATABASE_URL or DATABASE_URL. One machine alone needs no worker: keepsake serve makes batches itself.',
  place: { field: 'databaseUrl' },
};

/** A key of its own would open nothing that the others have sealed. */
const NO_KEY: Problem = {
  code: 'setting-invalid',
  message: 'A worker needs the key of the machines it works for.',
  hint: 'Set KEEPSAKE_KEY to the same 64 hexadecimal digits everywhere, or KEEPSAKE_KEY_FILE to a copy of their key file.',
  place: { field: 'key' },
};
