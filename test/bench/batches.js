// Batches as clinics run them: separate files on one thread and on two, and the form while a thousand rows are made.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import prepare from '../../src/prepare.cjs';
import { REQUEST } from './handout.js';
import { people } from './people.js';
import { median } from './rounds.js';

const dist = (file) => import(`../../dist/${file}`);
const { openBatches } = await dist('deliver/batches.js');
const { ownBell } = await dist('deliver/bell.js');
const { openCrew } = await dist('deliver/crew.js');
const { readLibrary } = await dist('content/library.js');
const { readChoice } = await dist('merge/choice.js');
const { openStore } = await dist('store/store.js');

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
/** Enough for seconds. */
const FILES = 3000;
/** For each thread, until its compiler has settled, as for a single handout. */
const WARM_UP_FILES = 6000;
const ROUNDS = 5;
const BUSY_ROWS = 1000;
/** A server that has just started lays out the library before anything else. */
const WARM_MS = 10_000;

const ms = (value) => `${Math.round(value)} ms`;
const times = (value) => `${value.toFixed(2)} x`;

/** `naive`: milliseconds that the naive handout takes. */
export async function batchFigures(naive) {
  const { one, two } = await separateFiles();
  const busy = await formWhileBusy();
  const each = one / FILES;
  return [
    { what: 'separate files, one thread, each', value: each, unit: (value) => `${value.toFixed(2)} ms` },
    { what: '… as fast as naive PDFKit', value: naive / each, unit: times, least: 20 },
    { what: '… on two threads, as fast as naive PDFKit', value: naive / (two / FILES), unit: times, least: 1.7 * 20 },
    { what: '… on two threads, as fast as on one', value: one / two, unit: times, least: 1.7 },
    { what: `form and handouts while ${BUSY_ROWS} rows are made, p99`, value: busy, unit: ms, most: 50 },
  ];
}

/** A data folder of its own, with a practice that has been set up. */
async function withStore(use) {
  const folder = mkdtempSync(join(tmpdir(), 'keepsake-bench-'));
  const place = { folder: join(folder, 'data'), key: { file: join(folder, 'key') } };
  const store = await openStore(place);
  const practice = { ...(await store.practices.read()), name: 'Bench', country: 'US' };
  await store.practices.save(practice);
  try {
    return await use({ place, store, practice });
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One thread and two in turns, so that whatever else the machine does holds up both. */
const separateFiles = () =>
  withCrew(1, (one) =>
    withCrew(2, async (two) => {
      const rounds = { one: [], two: [] };
      for (let round = 0; round < ROUNDS; round++) {
        rounds.one.push(await one());
        rounds.two.push(await two());
      }
      return { one: median(rounds.one), two: median(rounds.two) };
    }),
  );

/** `use` is given what makes the files and says how long it took, on threads that are started and have made something. */
const withCrew = (threads, use) =>
  withStore(async ({ place, store, practice }) => {
    const library = await readLibrary([path('content')]);
    const crew = openCrew({ store, place, library, threads, log: console });
    const batches = doors(store, crew);
    const timeOf = async (count) => {
      const start = files(practice, count);
      const begun = performance.now();
      await made(batches, await batches.start(start));
      return performance.now() - begun;
    };
    try {
      await timeOf(threads * WARM_UP_FILES);
      return await use(() => timeOf(FILES));
    } finally {
      await crew.close();
    }
  });

const formWhileBusy = () =>
  withStore(async ({ place, store, practice }) => {
    const env = { ...process.env, KEEPSAKE_LOG_LEVEL: 'error', KEEPSAKE_KEY_FILE: place.key.file };
    const words = [...prepare.MEMORY, path('dist/cli/main.js'), 'serve', '--port', '0', '--data', place.folder];
    const server = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'], env });
    try {
      const [line] = await once(createInterface({ input: server.stdout }), 'line');
      const url = /http:\S+/u.exec(line)[0];
      await setTimeout(WARM_MS);
      // As somebody comes to the batch: a page that is opened for the first time is compiled.
      for (const page of ['/', '/batches']) await (await fetch(`${url}${page}`)).text();
      const crew = openCrew({ store, place, library: null, threads: 0, log: console });
      const batches = doors(store, crew);
      const id = await batches.start(files(practice, BUSY_ROWS));
      const load = autocannon({ url, connections: 1, duration: 600, overallRate: 20, requests: asAClinicianDoes() });
      await made(batches, id);
      load.stop();
      const { latency, non2xx } = await load;
      await crew.close();
      if (non2xx > 0) throw new Error(`${non2xx} requests were not answered while a batch was made.`);
      return latency.p99;
    } finally {
      if (server.kill('SIGTERM')) await once(server, 'exit');
    }
  });

/** The form, a handout for a client nobody has seen, and a look at the batches, in turns. */
function asAClinicianDoes() {
  const clients = people(5);
  const method = 'POST';
  const headers = { 'content-type': 'application/json' };
  const body = () => JSON.stringify({ ...REQUEST, ...clients.latin() });
  const handout = { method, path: '/api/v1/handouts', headers, setupRequest: (base) => ({ ...base, body: body() }) };
  return [{ path: '/' }, handout, { path: '/batches' }];
}

const doors = (store, crew) => {
  const bell = ownBell();
  void bell.listen(crew.look);
  return openBatches({ store: store.batches, crew, bell, keepHours: 1 });
};

async function made(batches, id) {
  for await (const { state, trouble } of batches.progress(id))
    if (state !== 'running' && state !== 'ready') throw new Error(`The batch ${state}: ${trouble}`);
}

function files(practice, count) {
  const clients = people(count);
  const rest = { copies: 1, initials: '', address: [], reference: '', email: '', maySend: [], clinician: '' };
  const recipients = Array.from({ length: count }, (_, at) => {
    const { choice } = readChoice({ date: '2026-11-23', ...REQUEST, ...clients.latin() });
    return { row: at + 2, id: `id-${at}`, handouts: [choice], ...rest };
  });
  const printing = { simplex: false, separators: false, covers: false, addressPages: false };
  const how = { kind: 'zip', refused: [], printing, date: '2026-11-23', names: 'row', partsOf: null, file: null };
  return { ...how, practice, recipients };
}
