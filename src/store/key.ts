// Where the practice's key is in, the key out: given as text, or a file that is made when it is first needed.
import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { HandoutError } from '../errors.ts';
import { KEY_BYTES } from './seal.ts';

/** `key`: 64 hexadecimal digits, for several machines. `file`: for one. */
export interface KeyPlace {
  key?: string | undefined;
  file: string;
}

/** As people write it: `openssl rand -hex 32`. */
export const KEY_FORM = /^[0-9a-f]{64}$/iu;

/** Read once, when something is first sealed or opened. */
export function practiceKey({ key, file }: KeyPlace): () => Buffer {
  let read: Buffer | undefined;
  return () => {
    read ??= Buffer.from(key ?? fromFile(file), 'hex');
    return read;
  };
}

/** Apart from the data folder, so that a copy of that alone opens nothing. */
export function usualKeyFile(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  return join(configFolder(environment, platform, home), 'keepsake', 'key');
}

function configFolder(
  { XDG_CONFIG_HOME: xdg, APPDATA: appData }: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  home: string,
): string {
  if (platform === 'win32') return appData ?? join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return xdg?.startsWith('/') ? xdg : join(home, '.config');
}

function fromFile(file: string): string {
  try {
    const text = readOrMake(file).trim();
    if (KEY_FORM.test(text)) return text;
  } catch {
    // Told below, without the reason: it holds nothing a person could do more about.
  }
  const message = 'The key file can’t be used, so nothing can be sealed.';
  const hint = `Check that ${file} can be read and holds ${KEY_BYTES * 2} hexadecimal digits, or set KEEPSAKE_KEY_FILE to another place.`;
  throw new HandoutError([{ code: 'key-wrong', message, hint, place: { field: 'keyFile' } }]);
}

function readOrMake(file: string): string {
  const before = readIfThere(file);
  if (before !== null) return before;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    // Whole or not there; and of two processes that make one at once, both get the first one's.
    linkSync(draft, file);
  } catch (error) {
    if (!isAbout('EEXIST', error)) throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8');
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isAbout('ENOENT', error)) return null;
    throw error;
  }
}

const isAbout = (code: string, error: unknown) => (error as { code?: unknown } | null)?.code === code;
