// The settings in, what every command works with out: the store, those who work on it, the day.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Library } from '../content/article.ts';
import { type Batches, openBatches } from '../deliver/batches.ts';
import { type Bell, ownBell } from '../deliver/bell.ts';
import { openCrew } from '../deliver/crew.ts';
import type { BellName } from '../deliver/queue-bell.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { openStore, type Store, type StorePlace } from '../store/store.ts';
import { ROOT } from './library.ts';
import { type MailWorks, openMail } from './mail.ts';
import type { Settings } from './settings.ts';

/** Keepsake's own version, for receipts. */
export const VERSION: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;

/** The store in the data folder; a folder that can't be made, written to or read is a wrong setting, not a bug. */
export async function openData(settings: Settings): Promise<Store> {
  try {
    return await openStore(placeOf(settings));
  } catch (error) {
    if (!isOfTheMachine(error)) throw error;
    throw new HandoutError([settings.databaseUrl === undefined ? NO_FOLDER : NO_DATABASE]);
  }
}

const placeOf = ({ data, databaseUrl, key, keyFile }: Settings): StorePlace => ({
  folder: data,
  url: databaseUrl,
  key: { key, file: keyFile },
});

export interface Works {
  batches: Batches;
  mail: Omit<MailWorks, 'close'>;
  /** What is being made waits for whoever comes next. */
  close(): Promise<void>;
}

/** Threads that make batches, and the batches themselves for the doors. */
export async function openWorks(settings: Settings, store: Store, library: Library, log: Log): Promise<Works> {
  const { databaseUrl, threads, keepHours } = settings;
  const bell = databaseUrl === undefined ? ownBell() : await bellOf(databaseUrl, log, 'keepsake-parts');
  const crew = openCrew({ store, place: placeOf(settings), library, threads, log });
  if (threads > 0) await bell.listen(crew.look);
  const mailBell = databaseUrl === undefined ? ownBell() : await bellOf(databaseUrl, log, 'keepsake-mails');
  const mail = await openMail(settings.mail, store, library, log, mailBell);
  return {
    batches: openBatches({ store: store.batches, crew, bell, keepHours }),
    mail,
    async close() {
      await bell.close();
      await mail.close();
      await crew.close();
    },
  };
}

/** Loaded only where several machines work. */
async function bellOf(url: string, log: Log, name: BellName): Promise<Bell> {
  const { queueBell } = await import('../deliver/queue-bell.ts');
  const fail = (error: Error) =>
    log.error({ error: error.name }, 'The database that wakes the workers can’t be reached.');
  return queueBell(url, fail, name);
}

export interface Log {
  error(fields: object, message: string): void;
}

const NO_FOLDER: Problem = {
  code: 'setting-invalid',
  message: 'The data folder can’t be used.',
  hint: 'Check that KEEPSAKE_DATA or --data names a folder that may be written to, and that keepsake.db in it is ours.',
  place: { field: 'data' },
};

/** The address holds a password, so it is not repeated. */
const NO_DATABASE: Problem = {
  code: 'setting-invalid',
  message: 'The database can’t be used.',
  hint: 'Check that KEEPSAKE_DATABASE_URL or DATABASE_URL is its address, that it runs, and that it lets us in.',
  place: { field: 'databaseUrl' },
};

/** File system and SQLite errors carry a code; wrong SQL (SQLITE_ERROR) is ours. */
function isOfTheMachine(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code !== 'SQLITE_ERROR';
}

/** The day on this machine's calendar, YYYY-MM-DD. */
export function today(now = new Date()): string {
  const part = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`;
}
