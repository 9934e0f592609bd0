// A database's dialect in, the same one out: that the disk is full is told as a sentence, not as a bug.
import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import { HandoutError } from '../errors.ts';

/** SQLite's result codes (sqlite.org/rescode.html) where no page can be added; PostgreSQL's class 53 disk_full. */
const FULL = ['SQLITE_FULL', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', '53100'];

export const tellOfFullDisk = (dialect: Dialect): Dialect => ({
  createAdapter: () => dialect.createAdapter(),
  createIntrospector: (db) => dialect.createIntrospector(db),
  createQueryCompiler: () => dialect.createQueryCompiler(),
  createDriver: () => telling(dialect.createDriver()),
});

/** Pools hand the same connection out many times. */
const told = new WeakSet<DatabaseConnection>();

function telling(driver: Driver): Driver {
  const acquire = driver.acquireConnection.bind(driver);
  driver.acquireConnection = async () => {
    const connection = await acquire();
    if (told.has(connection)) return connection;
    told.add(connection);
    const execute = connection.executeQuery.bind(connection);
    connection.executeQuery = async <R>(query: Parameters<typeof execute>[0]) => {
      try {
        return await execute<R>(query);
      } catch (error) {
        throw isFull(error) ? new HandoutError([DISK_FULL]) : error;
      }
    };
    return connection;
  };
  return driver;
}

const isFull = (error: unknown) => FULL.includes(String((error as { code?: unknown } | null)?.code));

const DISK_FULL = {
  code: 'disk-full',
  message: 'The disk is full, so this could not be kept. What was kept before is still there.',
  hint: 'Make room on the disk of the data folder, then try again.',
} as const;
