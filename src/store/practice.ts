// A data folder in, the practice's letterhead out: read, saved, kept across restarts.
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'libsql';
import type { Practice } from '../merge/practice.ts';
import { guessCountry, usualPaper } from './country.ts';
import { migrate } from './migrations.ts';

export interface PracticeStore {
  /** The saved letterhead; before the first save an empty one, its country guessed. */
  read(): Practice;
  save(practice: Practice): void;
  /** True until something has been saved, even an empty letterhead put off for later. */
  isNew(): boolean;
}

export interface Store {
  practices: PracticeStore;
  close(): void;
}

interface Row {
  name: string;
  contact: string;
  crisis_line: string;
  country: string;
  country_is_guess: number;
  paper: Practice['paper'];
  clinician: string;
  credentials: string;
  logo: ArrayBuffer | Uint8Array | null;
}

const ownLocale = () => new Intl.DateTimeFormat().resolvedOptions().locale;

/** Opens `keepsake.db` in the folder and makes both when they are missing. Nothing of a client is ever kept in it. */
export function openStore(dataFolder: string, locale = ownLocale()): Store {
  // Plainly where that is enough: Node 20 never returns from a recursive mkdir where nothing can be made (/proc).
  if (!existsSync(dataFolder)) mkdirSync(dataFolder, { recursive: !existsSync(dirname(dataFolder)), mode: 0o700 });
  const file = join(dataFolder, 'keepsake.db');
  const database = new Database(file);
  chmodSync(file, 0o600);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  migrate(database);
  return { practices: practiceStore(database, locale), close: () => void database.close() };
}

function practiceStore(database: Database.Database, locale: string): PracticeStore {
  const one = database.prepare('SELECT * FROM practice WHERE id = 1');
  const put = database.prepare('INSERT OR REPLACE INTO practice VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const row = () => one.get() as Row | undefined;
  return {
    read: () => {
      const saved = row();
      return saved === undefined ? unsaved(locale) : practiceOf(saved);
    },
    save: (practice) => void put.run(...valuesOf(practice)),
    isNew: () => row() === undefined,
  };
}

function unsaved(locale: string): Practice {
  const country = guessCountry(locale);
  return {
    name: '',
    contact: [],
    crisisLine: '',
    country,
    countryIsGuess: true,
    paper: usualPaper(country),
    clinician: '',
    credentials: '',
    logo: null,
  };
}

const practiceOf = (row: Row): Practice => ({
  name: row.name,
  contact: JSON.parse(row.contact) as string[],
  crisisLine: row.crisis_line,
  country: row.country,
  countryIsGuess: row.country_is_guess === 1,
  paper: row.paper,
  clinician: row.clinician,
  credentials: row.credentials,
  logo: row.logo === null ? null : bytes(row.logo),
});

const valuesOf = (practice: Practice) => [
  practice.name,
  JSON.stringify(practice.contact),
  practice.crisisLine,
  practice.country,
  practice.countryIsGuess ? 1 : 0,
  practice.paper,
  practice.clinician,
  practice.credentials,
  practice.logo,
];

/** libsql hands blobs out as ArrayBuffer or Uint8Array, by version. */
const bytes = (blob: ArrayBuffer | Uint8Array) =>
  blob instanceof ArrayBuffer ? Buffer.from(blob) : Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
