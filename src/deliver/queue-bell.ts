// The address of a PostgreSQL in, a bell out that is heard on every machine that shares it: BullMQ on its PostgreSQL backend.
import { createPostgresBackend, withBackend } from 'bullmq';
import type { Bell } from './bell.ts';

const { Queue, Worker } = withBackend(createPostgresBackend);

/** What is waited for: parts of batches, or mails. */
export type BellName = 'keepsake-parts' | 'keepsake-mails';

/** A job only says "look": one that is lost or done twice does no harm, so none is kept. */
const JOB = { removeOnComplete: true, removeOnFail: true };
const CONNECTIONS = 2;

/** `onError` is told of a server that can't be reached; BullMQ tries again by itself. */
export function queueBell(url: string, onError: (error: Error) => void, name: BellName = 'keepsake-parts'): Bell {
  const connection = { connectionString: url, max: CONNECTIONS, migrate: true };
  const queue = new Queue<{ of: string }>(name, { connection });
  queue.on('error', onError);
  const workers: { close(): Promise<void> }[] = [];
  return {
    async ring(of, count, inMs = 0) {
      const job = { name: 'look', data: { of }, opts: { ...JOB, delay: inMs } };
      await queue.addBulk(Array.from({ length: count }, () => job));
    },
    async listen(look) {
      const worker = new Worker(name, async () => look(), { connection });
      worker.on('error', onError);
      workers.push(worker);
      await worker.waitUntilReady();
    },
    async close() {
      for (const one of [...workers, queue]) await one.close();
    },
  };
}
