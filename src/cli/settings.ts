// Flags, environment and file in, the settings out; an unknown or bad one is refused by name.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { HandoutError, type Problem } from '../errors.ts';

const LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** A password stands in it, so it may come from a file: `KEEPSAKE_DATABASE_URL_FILE`. */
const SECRETS = ['databaseUrl'];
const POSTGRES = /^postgres(ql)?:\/\//u;

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const schema = z.object({
  // Digits only: as a number an empty string would be 0, which means any free port.
  port: z
    .union([z.number(), z.string().regex(/^\d+$/u).transform(Number)])
    .pipe(z.int().min(0).max(65_535))
    .default(3000),
  host: z.string().min(1).default('127.0.0.1'),
  data: z.string().min(1),
  articles: z.string().refine(isFolder).optional(),
  logLevel: z.enum(LEVELS).default('warn'),
  databaseUrl: z.string().regex(POSTGRES).optional(),
});

const ALLOWED: Readonly<Record<string, string>> = {
  port: 'a number from 0 to 65535',
  host: '127.0.0.1, ::1 or localhost',
  data: 'the path of a folder',
  articles: 'the path of a folder that exists',
  logLevel: LEVELS.join(', '),
  databaseUrl: 'the address of a PostgreSQL, like postgres://name:password@host/database',
};

export interface Settings {
  port: number;
  host: string;
  /** Absolute. */
  data: string;
  /** Absolute. */
  articles: string;
  logLevel: (typeof LEVELS)[number];
  /** PostgreSQL instead of the embedded store. */
  databaseUrl?: string | undefined;
}

type Given = Readonly<Record<string, unknown>>;
const NAMES = Object.keys(schema.shape);
const PREFIX = 'KEEPSAKE_';
const variable = (name: string) => PREFIX + name.replace(/[A-Z]/gu, '_$&').toUpperCase();

/** Flag before environment before file before default. Throws `setting-invalid` with every bad setting. */
export function readSettings(
  flags: Given,
  environment: Readonly<Record<string, string | undefined>>,
  root: string,
): Settings {
  const fromEnvironment = readEnvironment(environment);
  const data = String(flags.data ?? fromEnvironment.values.data ?? join(root, 'data'));
  const file = join(data, 'keepsake.json');
  const fromFile = readFile(file);
  const merged = { data, ...fromFile.values, ...fromEnvironment.values, ...defined(flags) };
  const read = schema.safeParse(merged);
  const wrong = (read.success ? [] : read.error.issues).map((issue) => bad(String(issue.path[0])));
  const problems = [...fromEnvironment.problems, ...fromFile.problems, ...wrong];
  if (problems.length > 0 || !read.success) throw new HandoutError(problems);
  const { articles = join(data, 'articles'), ...rest } = read.data;
  return { ...rest, data: resolve(data), articles: resolve(articles) };
}

function readEnvironment(environment: Readonly<Record<string, string | undefined>>): {
  values: Given;
  problems: Problem[];
} {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  // Where a hosting service names its database it uses this name; another program's MySQL is none of our business.
  if (POSTGRES.test(environment.DATABASE_URL ?? '')) values.databaseUrl = environment.DATABASE_URL;
  for (const [key, value] of Object.entries(environment)) {
    if (!key.startsWith(PREFIX) || value === undefined) continue;
    const name = NAMES.find((known) => variable(known) === key);
    const secret = SECRETS.find((known) => `${variable(known)}_FILE` === key);
    if (name !== undefined) values[name] = value;
    else if (secret !== undefined) values[secret] = readSecret(value);
    else problems.push(unknown(key, [...NAMES.map(variable), ...SECRETS.map((known) => `${variable(known)}_FILE`)]));
  }
  return { values, problems };
}

/** A file that can't be read is a bad value of its setting. */
function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

/** A JSON object with the settings' own names: `{"port": 3001}`. The data folder can't name itself. */
function readFile(file: string): { values: Given; problems: Problem[] } {
  if (!existsSync(file)) return { values: {}, problems: [] };
  const names = NAMES.filter((name) => name !== 'data');
  try {
    const values = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));
    const problems = Object.keys(values)
      .filter((key) => !names.includes(key))
      .map((key) => unknown(`${key} in keepsake.json`, names));
    return { values, problems };
  } catch {
    const message = 'keepsake.json in the data folder can’t be read.';
    return {
      values: {},
      problems: [{ code: 'setting-invalid', message, hint: 'Write a JSON object like {"port": 3001}.' }],
    };
  }
}

function defined(flags: Given): Given {
  return Object.fromEntries(
    Object.entries(flags).filter(([name, value]) => NAMES.includes(name) && value !== undefined),
  );
}

function bad(name: string): Problem {
  return {
    code: 'setting-invalid',
    message: `The setting ${variable(name)} has a bad value.`,
    hint: `Allowed: ${ALLOWED[name]}.`,
    place: { field: name },
  };
}

function unknown(name: string, known: readonly string[]): Problem {
  return { code: 'setting-invalid', message: `There is no setting ${name}.`, hint: `There are: ${known.join(', ')}.` };
}
