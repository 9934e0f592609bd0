// A database file of any age in, the newest tables out.
import type Database from 'libsql';

/** Numbered from 1. What has been released is never changed: a new step is added at the end. */
export const STEPS: readonly string[] = [
  `CREATE TABLE practice (
     id INTEGER PRIMARY KEY CHECK (id = 1),
     name TEXT NOT NULL,
     contact TEXT NOT NULL,
     crisis_line TEXT NOT NULL,
     country TEXT NOT NULL,
     country_is_guess INTEGER NOT NULL,
     paper TEXT NOT NULL,
     clinician TEXT NOT NULL,
     credentials TEXT NOT NULL,
     logo BLOB
   ) STRICT`,
];

/** Brings the tables up to `steps`; each step is done whole or not at all. */
export function migrate(database: Database.Database, steps: readonly string[] = STEPS): void {
  const done = version(database);
  if (done > steps.length) {
    throw new Error('The data folder was written by a newer Keepsake. Update Keepsake, or choose another data folder.');
  }
  for (const [index, step] of steps.entries()) {
    if (index < done) continue;
    database.transaction(() => {
      database.exec(step);
      database.exec(`PRAGMA user_version = ${index + 1}`);
    })();
  }
}

export function version(database: Database.Database): number {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  return row.user_version;
}
