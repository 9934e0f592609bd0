// The settings in, what every command works with out: the library, the store, the day.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Library } from '../content/article.ts';
import { readLibrary } from '../content/library.ts';
import { HandoutError, sentence } from '../errors.ts';
import { trialMerge } from '../merge/trial.ts';
import { openStore, type Store } from '../store/practice.ts';
import type { Settings } from './settings.ts';

/** The clone's own folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Our articles, and the practice's own where it has a folder of them. `complain` gets what keeps one out. */
export async function openLibrary({ articles }: Settings, complain: (line: string) => void): Promise<Library> {
  const own = existsSync(articles) ? [articles] : [];
  const library = await readLibrary([join(ROOT, 'content'), ...own], trialMerge);
  for (const problem of library.problems) complain(sentence(problem));
  return library;
}

/** The store in the data folder; a folder that can't be made, written to or read is a wrong setting, not a bug. */
export function openData({ data }: Settings): Store {
  try {
    return openStore(data);
  } catch (error) {
    if (!isOfTheMachine(error)) throw error;
    const message = 'The data folder can’t be used.';
    const hint =
      'Check that KEEPSAKE_DATA or --data names a folder that may be written to, and that keepsake.db in it is ours.';
    throw new HandoutError([{ code: 'setting-invalid', message, hint, place: { field: 'data' } }]);
  }
}

/** File system and SQLite errors carry a code; wrong SQL (SQLITE_ERROR) is ours. */
function isOfTheMachine(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code !== 'SQLITE_ERROR';
}

/** The day on this machine's calendar, YYYY-MM-DD. */
export function today(now = new Date()): string {
  const part = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`;
}
