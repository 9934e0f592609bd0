// The address of a PostgreSQL in, a bell out that is heard on every machine that shares it: BullMQ on its PostgreSQL backend.
import { createPostgresBackend, withBackend } from 'bullmq';
import type { Bell } from './bell.ts';

const { Queue, Worker } = withBackend(createPostgresBackend);

const NAME = 'keepsake-parts';
/** A job only says "look": one that is lost or done twice does no harm, so none is kept. */
const JOB = { removeOnComplete: true, removeOnFail: true };
const CONNECTIONS = 2;

/** `onError` is told of a server that can't be reached; BullMQ tries again by itself. */
export function queueBell(url: string, onError: (error: Error) => void): Bell {
  const connection = { connectionString: url, max: CONNECTIONS, migrate: true };
  const queue = new Queue<{ batch: string }>(NAME, { connection });
  queue.on('error', onError);
  const workers: { close(): Promise<void> }[] = [];
  return {
    async ring(batch, parts) {
      const job = { name: 'look', data: { batch }, opts: JOB };
      await queue.addBulk(Array.from({ length: parts }, () => job));
    },
    async listen(look) {
      const worker = new Worker(NAME, async () => look(), { connection });
      worker.on('error', onError);
      workers.push(worker);
      await worker.waitUntilReady();
    },
    async close() {
      for (const one of [...workers, queue]) await one.close();
    },
  };
}
