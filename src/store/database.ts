// A data folder or the address of a PostgreSQL in, a database with the newest tables out.
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Dialect, Kysely, type KyselyPlugin, type RawBuilder, SqliteDialect, sql } from 'kysely';
import Database from 'libsql';
import { tellOfFullDisk } from './full-disk.ts';
import { migrate } from './migrations.ts';
import { withoutRemains } from './statements.ts';
import type { Kind, Tables } from './tables.ts';

/** Where everything is kept. With a `url` the folder holds none of it. */
export interface Place {
  folder: string;
  /** `postgres://…` */
  url?: string | undefined;
}

export interface Open {
  db: Kysely<Tables>;
  kind: Kind;
  /** The database's clock, in milliseconds: those of several machines differ. */
  now: RawBuilder<number>;
}

const NOW: Readonly<Record<Kind, RawBuilder<number>>> = {
  sqlite: sql<number>`CAST(unixepoch('subsec') * 1000 AS INTEGER)`,
  postgres: sql<number>`CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)`,
};

/** Waits this long for another thread or process that writes to the same file. */
const BUSY_MS = 10_000;
/** Threads and machines have a pool each; PostgreSQL gives 100 connections to all of them together. */
const CONNECTIONS = 4;

export async function openDatabase({ folder, url }: Place): Promise<Open> {
  const kind = url === undefined ? 'sqlite' : 'postgres';
  const dialect = url === undefined ? embedded(folder) : await server(url);
  const db = new Kysely<Tables>({ dialect: tellOfFullDisk(dialect), plugins: [BLOBS] });
  try {
    await migrate(db, kind);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, kind, now: NOW[kind] };
}

/** Opens `keepsake.db` in the folder and makes both when they are missing. */
function embedded(folder: string): Dialect {
  // Plainly where that is enough: Node 20 never returns from a recursive mkdir where nothing can be made (/proc).
  if (!existsSync(folder)) mkdirSync(folder, { recursive: !existsSync(dirname(folder)), mode: 0o700 });
  const file = join(folder, 'keepsake.db');
  const database = new Database(file);
  chmodSync(file, 0o600);
  database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec('PRAGMA foreign_keys = ON');
  database.exec('PRAGMA temp_store = MEMORY');
  // What is deleted is overwritten with zeros.
  database.exec('PRAGMA secure_delete = ON');
  return new SqliteDialect({ database: withoutRemains(database) });
}

/** Loaded only where it is needed. */
async function server(url: string): Promise<Dialect> {
  const { PostgresDialect } = await import('kysely');
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS, types: { getTypeParser } });
  // An idle connection that breaks is replaced by the pool at the next query; unheard, it would end the process.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });

  /** 64-bit integers as numbers: ours are times, counts and positions. */
  function getTypeParser(...[id, format]: Parameters<typeof pg.types.getTypeParser>) {
    return id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format);
  }
}

/** libsql hands blobs out as ArrayBuffer or Uint8Array, by version; out of the store come Buffers. */
const BLOBS: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => ({ ...result, rows: result.rows.map(withBuffers) }),
};

const withBuffers = (row: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, bytes(value)]));

function bytes(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (value instanceof Uint8Array && !Buffer.isBuffer(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return value;
}
