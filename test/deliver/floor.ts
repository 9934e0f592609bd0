// A place to keep things in; a shop floor out: the store, threads that run the built program, and batches of clients made up.
import { pathToFileURL } from 'node:url';
import type { Library } from '../../src/content/article.ts';
import { type Batches, openBatches, type Start } from '../../src/deliver/batches.ts';
import { type Bell, ownBell } from '../../src/deliver/bell.ts';
import { type Crew, openCrew } from '../../src/deliver/crew.ts';
import type { Recipient } from '../../src/deliver/recipient.ts';
import { openStore, type Store, type StorePlace } from '../../src/store/store.ts';
import type { Clone } from '../cli/clone.ts';
import { aChoice, aPractice } from '../support/builders.ts';
import { ourLibrary } from '../support/house.ts';
import { tokenOf } from '../torture/read-back.js';

export { tokenOf, tokensIn, wordsOf } from '../torture/read-back.js';

export interface Floor {
  store: Store;
  crew: Crew;
  batches: Batches;
  log: string[];
  close(): Promise<void>;
}

let library: Library | undefined;

export async function openFloor(place: StorePlace, clone: Clone, threads = 2, bell: Bell = ownBell()): Promise<Floor> {
  library ??= await ourLibrary();
  const store = await openStore(place);
  const log: string[] = [];
  const crew = openCrew({
    store,
    place,
    library,
    threads,
    log: { error: (fields, message) => void log.push(JSON.stringify({ ...fields, message })) },
    file: pathToFileURL(clone.path('dist/deliver/thread.js')),
  });
  await bell.listen(crew.look);
  const batches = openBatches({ store: store.batches, crew, bell, keepHours: 24 });
  return {
    store,
    crew,
    batches,
    log,
    async close() {
      await bell.close();
      await crew.close();
      await store.close();
    },
  };
}

/** A client of whom the name and the note hold the token, for the row that follows the heading. */
export function recipientOf(place: number, other: Partial<Recipient> = {}): Recipient {
  const token = tokenOf(place);
  const words = { client: `Ann ${token}`, note: `We spoke of ${token}.` };
  return {
    row: place + 2,
    id: `id-${token}`,
    handouts: [aChoice({ article: 'stress-response', ...words })],
    copies: 1,
    initials: 'A. Z.',
    address: [],
    reference: '',
    email: '',
    consent: { kind: 'none' },
    privateMailbox: null,
    maySend: [],
    clinician: '',
    ...other,
  };
}

export const startOf = (recipients: readonly Recipient[], other: Partial<Start> = {}): Start => ({
  kind: 'zip',
  practice: aPractice(),
  recipients,
  refused: [],
  printing: { simplex: false, separators: false, covers: false, addressPages: false },
  date: '2026-11-23',
  names: 'row',
  partsOf: null,
  file: null,
  ...other,
});

export async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** Follows a batch to its end; everything that was told of it. */
export async function followed(batches: Batches, id: string) {
  const told = [];
  for await (const progress of batches.progress(id)) told.push(progress);
  return told;
}
