// Flags, environment and file in, the settings out; an unknown or bad one is refused by name.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import {
  MAIL_ALLOWED,
  MAIL_SECRETS,
  MAIL_SETTINGS,
  type MailSettings,
  mailSettingsOf,
} from '../deliver/mail-settings.ts';
import { HandoutError, type Problem, refuse } from '../errors.ts';
import { KEY_FORM, usualKeyFile } from '../store/key.ts';

const LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

/** A password stands in them, so they may come from a file: `KEEPSAKE_DATABASE_URL_FILE`. */
const SECRETS: readonly string[] = ['databaseUrl', ...MAIL_SECRETS];
const POSTGRES = /^postgres(ql)?:\/\//u;

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** Digits only: as a number an empty string would be 0. */
const wholeNumber = z.union([z.number(), z.string().regex(/^\d+$/u).transform(Number)]);

const schema = z.object({
  // As a port 0 means any that is free.
  port: wholeNumber.pipe(z.int().min(0).max(65_535)).default(3000),
  host: z.string().min(1).default('127.0.0.1'),
  data: z.string().min(1),
  articles: z.string().refine(isFolder).optional(),
  logLevel: z.enum(LEVELS).default('warn'),
  databaseUrl: z.string().regex(POSTGRES).optional(),
  key: z.string().regex(KEY_FORM).optional(),
  keyFile: z.string().min(1).optional(),
  keepHours: wholeNumber.pipe(z.int().min(1).max(168)).default(24),
  threads: wholeNumber.pipe(z.int().min(0).max(64)).optional(),
  ...MAIL_SETTINGS,
});

const ALLOWED: Readonly<Record<string, string>> = {
  port: 'a number from 0 to 65535',
  host: '127.0.0.1, ::1 or localhost',
  data: 'the path of a folder',
  articles: 'the path of a folder that exists',
  logLevel: LEVELS.join(', '),
  databaseUrl: 'the address of a PostgreSQL, like postgres://name:password@host/database',
  key: '64 hexadecimal digits',
  keyFile: 'the path of a file outside the data folder',
  keepHours: 'a number of hours from 1 to 168',
  threads: 'a number from 0 to 64; with 0 other machines do the work, which needs KEEPSAKE_DATABASE_URL',
  ...MAIL_ALLOWED,
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
  /** Under which what is kept of clients is sealed; given to several machines. Without it there is a file. */
  key?: string | undefined;
  /** Absolute; made when it is first needed. */
  keyFile: string;
  /** How long a batch is kept if nobody deletes it. */
  keepHours: number;
  /** That make batches beside the form. */
  threads: number;
  /** Null where no mail server is named. */
  mail: MailSettings | null;
}

type Given = Readonly<Record<string, unknown>>;
const NAMES = Object.keys(schema.shape);
const PREFIX = 'KEEPSAKE_';
/** As the environment calls a setting. */
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
  const { articles = join(data, 'articles'), keyFile = usualKeyFile(environment), ...rest } = read.data;
  // The form gets a processor of its own.
  const { threads = Math.max(1, Math.min(availableParallelism() - 1, 4)) } = rest;
  const inData = !relative(resolve(data), resolve(keyFile)).startsWith('..');
  const nobody = threads === 0 && rest.databaseUrl === undefined;
  const mail = mailSettingsOf(rest);
  refuse([
    ...(inData ? [bad('keyFile')] : []),
    ...(nobody ? [bad('threads')] : []),
    ...('wrong' in mail ? mail.wrong.map(bad) : []),
  ]);
  return {
    ...withoutMail(rest),
    mail: 'mail' in mail ? mail.mail : null,
    threads,
    data: resolve(data),
    articles: resolve(articles),
    keyFile: resolve(keyFile),
  };
}

const withoutMail = <T extends object>(read: T): Omit<T, keyof typeof MAIL_SETTINGS> =>
  Object.fromEntries(Object.entries(read).filter(([name]) => !(name in MAIL_SETTINGS))) as never;

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

/** What staff are told of a setting, and how the environment calls it, for whoever looks after this machine. */
export function withVariable(problem: Problem): Problem {
  const { place, hint = '' } = problem;
  if (place === undefined || !('field' in place) || !NAMES.includes(place.field)) return problem;
  const name = `${variable(place.field)}${SECRETS.includes(place.field) ? '_FILE' : ''}`;
  return { ...problem, hint: `${hint} Set in the environment it is ${name}.`.trim() };
}

function bad(name: string): Problem {
  return {
    code: 'setting-invalid',
    message: `The setting ${variable(name)} has a bad value.`,
    hint: `Allowed: ${ALLOWED[name]}.${SECRETS.includes(name) ? ` Better in a file: ${variable(name)}_FILE.` : ''}`,
    place: { field: name },
  };
}

function unknown(name: string, known: readonly string[]): Problem {
  return { code: 'setting-invalid', message: `There is no setting ${name}.`, hint: `There are: ${known.join(', ')}.` };
}
