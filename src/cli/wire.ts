// The settings in, the parts of the program put together out: library, store, press, and what the web is served with.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Library } from '../content/article.ts';
import { readLibrary } from '../content/library.ts';
import { trialMerge } from '../merge/trial.ts';
import type { Settings } from './settings.ts';

/** The clone's own folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Our articles, and the practice's own where it has a folder of them. */
export function openLibrary({ articles }: Settings): Promise<Library> {
  const own = existsSync(articles) ? [articles] : [];
  return readLibrary([join(ROOT, 'content'), ...own], trialMerge);
}

/** The day on this machine's calendar, YYYY-MM-DD. */
export function today(now = new Date()): string {
  const part = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`;
}
