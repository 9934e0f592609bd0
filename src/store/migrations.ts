// Tables of any age in, the newest tables out: the same numbered steps for the embedded store and for PostgreSQL.
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Kind, Tables } from './tables.ts';

/** The words in which the two differ. */
export interface Words {
  blob: 'BLOB' | 'BYTEA';
  /** 64 bits in both. */
  integer: 'INTEGER' | 'BIGINT';
  /** Closes a table: only SQLite has to be told to keep to the types. */
  end: ') STRICT' | ')';
}

const WORDS: Readonly<Record<Kind, Words>> = {
  sqlite: { blob: 'BLOB', integer: 'INTEGER', end: ') STRICT' },
  postgres: { blob: 'BYTEA', integer: 'BIGINT', end: ')' },
};

export type Step = (words: Words) => readonly string[];

/** Numbered from 1. What has been released is never changed: a new step is added at the end. */
export const STEPS: readonly Step[] = [
  ({ blob, integer, end }) => [
    `CREATE TABLE practice (
       id ${integer} PRIMARY KEY CHECK (id = 1),
       name TEXT NOT NULL,
       contact TEXT NOT NULL,
       crisis_line TEXT NOT NULL,
       country TEXT NOT NULL,
       country_is_guess ${integer} NOT NULL,
       paper TEXT NOT NULL,
       clinician TEXT NOT NULL,
       credentials TEXT NOT NULL,
       logo ${blob}
     ${end}`,
  ],
  () => [`ALTER TABLE practice ADD COLUMN colour TEXT NOT NULL DEFAULT ''`],
  ({ blob, integer, end }) => [
    `CREATE TABLE batches (
       id TEXT PRIMARY KEY,
       made ${integer} NOT NULL,
       expires ${integer} NOT NULL,
       began ${integer},
       kind TEXT NOT NULL,
       settings TEXT NOT NULL,
       state TEXT NOT NULL,
       reason TEXT,
       rows ${integer} NOT NULL,
       digest TEXT,
       key ${blob},
       letterhead ${blob}
     ${end}`,
    `CREATE TABLE recipients (
       batch TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
       position ${integer} NOT NULL,
       row ${integer} NOT NULL,
       id TEXT NOT NULL,
       request ${blob} NOT NULL,
       kills ${integer} NOT NULL,
       PRIMARY KEY (batch, position),
       UNIQUE (batch, position, id)
     ${end}`,
    // A result can be written only for the row and the id that were asked for.
    `CREATE TABLE outcomes (
       batch TEXT NOT NULL,
       position ${integer} NOT NULL,
       id TEXT NOT NULL,
       state TEXT NOT NULL,
       reason ${blob},
       pages ${integer},
       sheets ${integer},
       first_page ${integer},
       sha256 TEXT,
       PRIMARY KEY (batch, position),
       FOREIGN KEY (batch, position, id) REFERENCES recipients (batch, position, id) ON DELETE CASCADE
     ${end}`,
    `CREATE TABLE parts (
       id TEXT PRIMARY KEY,
       batch TEXT NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
       number ${integer} NOT NULL,
       again ${integer} NOT NULL,
       first_position ${integer} NOT NULL,
       last_position ${integer} NOT NULL,
       state TEXT NOT NULL,
       holder TEXT,
       lease_until ${integer},
       marked_from ${integer},
       marked_to ${integer},
       deaths ${integer} NOT NULL,
       made ${integer} NOT NULL,
       refused ${integer} NOT NULL,
       bytes ${integer} NOT NULL,
       sha256 TEXT,
       UNIQUE (batch, number)
     ${end}`,
    `CREATE TABLE chunks (
       part TEXT NOT NULL REFERENCES parts (id) ON DELETE CASCADE,
       number ${integer} NOT NULL,
       sealed ${blob} NOT NULL,
       PRIMARY KEY (part, number)
     ${end}`,
  ],
  ({ integer }) => [`ALTER TABLE parts ADD COLUMN stepped ${integer}`],
  ({ integer, end }) => [
    `CREATE TABLE presets (
       name TEXT PRIMARY KEY,
       choice TEXT NOT NULL,
       used ${integer} NOT NULL
     ${end}`,
  ],
  ({ blob, integer, end }) => [
    `CREATE TABLE outbox (
       id TEXT PRIMARY KEY,
       mailing TEXT NOT NULL,
       row ${integer} NOT NULL,
       state TEXT NOT NULL,
       made ${integer} NOT NULL,
       due ${integer} NOT NULL,
       expires ${integer} NOT NULL,
       changed ${integer} NOT NULL,
       mark TEXT NOT NULL,
       key ${blob},
       request ${blob},
       holder TEXT,
       lease_until ${integer},
       tried ${integer},
       tries ${integer} NOT NULL,
       kills ${integer} NOT NULL,
       why TEXT,
       reply TEXT,
       UNIQUE (mailing, row),
       CHECK (state IN ('held', 'queued', 'sending', 'committing', 'sent', 'refused', 'parked', 'cancelled')),
       CHECK ((request IS NULL) = (state IN ('sent', 'refused', 'cancelled'))),
       CHECK ((request IS NULL) = (key IS NULL))
     ${end}`,
    'CREATE INDEX outbox_due ON outbox (state, due)',
    'CREATE INDEX outbox_tried ON outbox (tried)',
    'CREATE INDEX outbox_mark ON outbox (mark)',
    `CREATE TABLE post (
       id ${integer} PRIMARY KEY CHECK (id = 1),
       paused TEXT,
       turn ${integer} NOT NULL
     ${end}`,
    'INSERT INTO post VALUES (1, NULL, 0)',
  ],
  ({ integer, end }) => [
    `CREATE TABLE reviews (
       article TEXT NOT NULL,
       language TEXT NOT NULL,
       version TEXT NOT NULL,
       clinician TEXT NOT NULL,
       reviewed TEXT NOT NULL,
       due TEXT NOT NULL,
       parts TEXT NOT NULL,
       PRIMARY KEY (article, language)
     ${end}`,
    `CREATE TABLE hidden (
       article TEXT NOT NULL,
       language TEXT NOT NULL,
       PRIMARY KEY (article, language)
     ${end}`,
    `CREATE TABLE shelf (
       id ${integer} PRIMARY KEY CHECK (id = 1),
       only_reviewed ${integer} NOT NULL
     ${end}`,
    'INSERT INTO shelf VALUES (1, 0)',
  ],
  // Null for reviews that were kept without the words they were about.
  () => ['ALTER TABLE reviews ADD COLUMN words TEXT'],
  ({ blob, integer, end }) => [
    `CREATE TABLE mail_settings (
       id ${integer} PRIMARY KEY CHECK (id = 1),
       saves ${integer} NOT NULL,
       key ${blob} NOT NULL,
       sealed ${blob} NOT NULL
     ${end}`,
  ],
  // Counted in the outbox before, where a mail that was tried five times stood once.
  ({ integer, end }) => [
    `CREATE TABLE last_minute (
       at ${integer} NOT NULL
     ${end}`,
    'DROP INDEX outbox_tried',
  ],
];

/** "KEEP" in ASCII. Two processes that start at once must not both make the tables. */
const LOCK = 0x4b454550;

/** Brings the tables up to `steps`; all that is missing is done, or nothing. */
export async function migrate(db: Kysely<Tables>, kind: Kind, steps: readonly Step[] = STEPS): Promise<void> {
  // Without a look first, every process that opens the store would wait for its turn to write.
  if (kind === 'sqlite' && (await version(db, kind)) === steps.length) return;
  await db.transaction().execute(async (transaction) => {
    await lock(transaction, kind);
    const done = await version(transaction, kind);
    if (done > steps.length) {
      throw new Error(
        'The data folder or database was written by a newer Keepsake. Update Keepsake, or choose another.',
      );
    }
    for (const step of steps.slice(done)) {
      for (const statement of step(WORDS[kind])) await sql.raw(statement).execute(transaction);
    }
    if (done < steps.length) await setVersion(transaction, kind, steps.length);
  });
}

async function lock(transaction: Transaction<Tables>, kind: Kind): Promise<void> {
  if (kind === 'sqlite') {
    // Writes, so that it waits for its turn: a transaction that begins by reading is refused when it comes to write.
    await sql.raw(`PRAGMA application_id = ${LOCK}`).execute(transaction);
    return;
  }
  await sql`SELECT pg_advisory_xact_lock(${LOCK})`.execute(transaction);
  await sql`CREATE TABLE IF NOT EXISTS keepsake_version (version BIGINT NOT NULL)`.execute(transaction);
}

export async function version(db: Kysely<Tables>, kind: Kind): Promise<number> {
  const { rows } =
    kind === 'sqlite'
      ? await sql<{ version: number }>`SELECT user_version AS version FROM pragma_user_version`.execute(db)
      : await sql<{ version: number }>`SELECT version FROM keepsake_version`.execute(db);
  return rows[0]?.version ?? 0;
}

async function setVersion(transaction: Transaction<Tables>, kind: Kind, to: number): Promise<void> {
  if (kind === 'sqlite') {
    await sql.raw(`PRAGMA user_version = ${to}`).execute(transaction);
    return;
  }
  await sql`DELETE FROM keepsake_version`.execute(transaction);
  await sql`INSERT INTO keepsake_version VALUES (${to})`.execute(transaction);
}
