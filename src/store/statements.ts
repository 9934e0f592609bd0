// An embedded database in, the same one out, in which a statement that was turned away leaves nothing behind.
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import type Database from 'libsql';

const CONTROL = /^(?:begin|commit|rollback)$/iu;
const WRITES = /^\s*(?:insert|update|delete|create|alter|drop)\b/iu;

/**
 * libsql 0.5.29 does not reset a prepared statement that met SQLITE_BUSY: what the connection writes from then on is said
 * to be written, but stands in a transaction that stays open, unseen by others and lost with the process. So whatever
 * waits for the lock is executed plainly, and a prepared statement writes only when the lock is held.
 */
export function withoutRemains(database: InstanceType<typeof Database>): SqliteDatabase {
  function alone<T>(run: () => T): T {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = run();
      database.exec('COMMIT');
      return result;
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    close: () => void database.close(),
    prepare(text) {
      if (CONTROL.test(text)) return control(database, text);
      const statement = database.prepare(text);
      const locked = <T>(run: () => T): T => (WRITES.test(text) && !database.inTransaction ? alone(run) : run());
      return {
        reader: statement.reader,
        all: (values) => locked(() => statement.all(values)),
        run: (values) => locked(() => statement.run(values)),
        iterate: (values) => statement.iterate(values) as IterableIterator<unknown>,
      };
    },
  };
}

/** A transaction of ours always writes: it waits for its turn at its beginning. */
function control(database: InstanceType<typeof Database>, text: string): SqliteStatement {
  const run = () => {
    database.exec(/^begin$/iu.test(text) ? 'BEGIN IMMEDIATE' : text);
    return { changes: 0, lastInsertRowid: 0 };
  };
  return { reader: false, all: () => [], iterate: () => [][Symbol.iterator](), run };
}
