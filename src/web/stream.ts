// The bytes of a file as they are made in, an answer that is whole or visibly broken off out.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { HandoutError } from '../errors.ts';
import { fail } from './failures.ts';

/** What is not ready is a sentence; what breaks off later breaks the connection, so that nothing half looks whole. */
export async function stream(
  response: Response,
  chunks: AsyncGenerator<Uint8Array>,
  type: string,
  how: string,
): Promise<void> {
  let first: IteratorResult<Uint8Array>;
  try {
    first = await chunks.next();
  } catch (error) {
    if (!(error instanceof HandoutError)) throw error;
    return fail(response, 404, error.message);
  }
  response.type(type).set('Content-Disposition', how);
  await pipeline(Readable.from(joined(first, chunks)), response).catch(() => undefined);
}

async function* joined(first: IteratorResult<Uint8Array>, rest: AsyncGenerator<Uint8Array>) {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
