// Paths from the command line in, the words and slots they hold out; and what was made, written where it was asked for.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { HandoutError, type Problem } from '../errors.ts';
import { SLOT_NAMES, type Slot } from '../merge/choice.ts';

/** From the flag or from the file; a file keeps a name off the command line, where others on the machine can see it. */
export async function words(
  flag: string | undefined,
  file: string | undefined,
  field: string,
  problems: Problem[],
): Promise<string | undefined> {
  if (flag !== undefined && file !== undefined) {
    const message = `--${field} and --${field}-file were both given.`;
    problems.push({ code: 'field-invalid', message, hint: 'Give one of them.', place: { field } });
  }
  return file === undefined ? flag : read(file, field, problems);
}

const slots = z.record(z.string(), z.unknown());

/** The slots of a JSON file such as `{"plan": "I will …"}`; a name that is no slot is refused, whatever field it is. */
export async function slotsIn(file: string | undefined, problems: Problem[]): Promise<Partial<Record<Slot, unknown>>> {
  if (file === undefined) return {};
  const text = await read(file, 'slots', problems);
  if (text === undefined) return {};
  const given = slots.safeParse(parse(text));
  const hint = `The slots are: ${SLOT_NAMES.join(', ')}.`;
  if (!given.success) {
    const message = 'The file of --slots-file is not a JSON object like {"plan": "I will …"}.';
    problems.push({ code: 'field-invalid', message, hint, place: { field: 'slots' } });
    return {};
  }
  for (const name of Object.keys(given.data)) {
    if ((SLOT_NAMES as readonly string[]).includes(name)) continue;
    const message = `There is no slot “${name.slice(0, 40)}”.`;
    problems.push({ code: 'field-invalid', message, hint, place: { field: 'slots' } });
  }
  return Object.fromEntries(SLOT_NAMES.flatMap((name) => (name in given.data ? [[name, given.data[name]]] : [])));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ''));
  } catch {
    return null;
  }
}

async function read(file: string, field: string, problems: Problem[]): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch {
    const message = `The file of --${field}-file can’t be read as UTF-8 text.`;
    problems.push({ code: 'field-invalid', message, hint: 'Check its path, and save it as UTF-8.', place: { field } });
    return undefined;
  }
}

/** A file appears whole or not at all; a device or pipe is written into and never replaced. */
export async function write(path: string, bytes: Buffer | string, flag = 'out'): Promise<void> {
  if (path === '-') {
    await new Promise<void>((resolve, reject) =>
      process.stdout.write(bytes, (error) => (error ? reject(error) : resolve())),
    );
    return;
  }
  const part = `${path}.${randomUUID()}.part`;
  try {
    if (await isSpecial(path)) return await writeFile(path, bytes);
    await writeFile(part, bytes, { mode: 0o600 });
    await rename(part, path);
  } catch {
    await rm(part, { force: true });
    const message = flag === 'out' ? 'The handout could not be written there.' : 'This could not be written there.';
    const hint = `Check that the folder of --${flag} exists, may be written to, and has room.`;
    throw new HandoutError([{ code: 'out-unwritable', message, hint, place: { field: flag } }]);
  }
}

/**
 * A file made piece by piece appears whole or not at all, also when the program is told to stop. What fails in `make`
 * itself is thrown on.
 */
export async function writeWhole<T>(
  path: string,
  make: (sink: (chunk: Uint8Array) => Promise<void>) => Promise<T>,
  flag: string,
): Promise<T> {
  const part = `${path}.${randomUUID()}.part`;
  const stop = () => {
    rmSync(part, { force: true });
    process.exit(130);
  };
  for (const signal of STOPS) process.once(signal, stop);
  try {
    const file = await open(part, 'wx', 0o600);
    let made: T;
    try {
      made = await make(async (chunk) => void (await file.writeFile(chunk)));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    return made;
  } catch (error) {
    await rm(part, { force: true });
    if (!isOfTheDisk(error)) throw error;
    const message = 'This could not be written there.';
    const hint = `Check that the folder of --${flag} exists, may be written to, and has room.`;
    throw new HandoutError([{ code: 'out-unwritable', message, hint, place: { field: flag } }]);
  } finally {
    for (const signal of STOPS) process.off(signal, stop);
  }
}

const STOPS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function isOfTheDisk(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

async function isSpecial(path: string): Promise<boolean> {
  return stat(path).then(
    (there) => !there.isFile(),
    () => false,
  );
}
