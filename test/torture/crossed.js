// Nothing crossed: shuffled rows in, servers that are killed again and again while they make them; every packet read back.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { tokenOf, tokensIn, wordsOf } from './read-back.js';

const dist = (path) => import(`../../dist/${path}`);
const { openStore } = await dist('store/store.js');
const { openCrew } = await dist('deliver/crew.js');
const { openBatches } = await dist('deliver/batches.js');
const { ownBell } = await dist('deliver/bell.js');
const { readChoice } = await dist('merge/choice.js');

const ROWS = Number(process.env.TORTURE_ROWS ?? 10_000);
const KILLS = Number(process.env.TORTURE_KILLS ?? 12);
const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'keepsake-torture-'));
const place = { folder: join(folder, 'data'), key: { file: join(folder, 'key') } };

function recipient(row) {
  const token = tokenOf(row);
  const article = row % 2 === 0 ? 'stress-response' : 'why-relationships-matter';
  const { choice } = readChoice({ article, client: `Ann ${token}`, note: `About ${token}.`, date: '2026-11-23' });
  const rest = { copies: 1, initials: 'A. Z.', address: [], reference: '', email: '', maySend: [], clinician: '' };
  return { row, id: `id-${token}`, handouts: [choice], ...rest };
}

/** mulberry32: the same order and the same moments of death in every run of a seed. */
const SEED = Number(process.env.TORTURE_SEED ?? 1);
let state = SEED;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

function shuffled(list) {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other], list[at]];
  }
  return list;
}

function serve() {
  const env = {
    ...process.env,
    KEEPSAKE_DATA: place.folder,
    KEEPSAKE_KEY_FILE: place.key.file,
    KEEPSAKE_THREADS: String(Math.max(2, availableParallelism())),
  };
  return spawn(process.execPath, [MAIN, 'serve', '--port', '0'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function kill(server) {
  server.kill('SIGKILL');
  await once(server, 'exit');
}

/** So many files are read at once. */
const TOGETHER = 25;

/** Said as often; a run without a word for minutes looks like one that hangs. */
const STEP = Math.max(100, Math.round(ROWS / 20));
const secondsSince = (begun) => ((performance.now() - begun) / 1000).toFixed(0);

/**
 * Crossed: the token of another row was read. Unread: the own one was not, and nobody else's either, which is a reader that
 * parts a word rather than a client who got the wrong letter; both are told with what was read, so that a person can judge.
 */
async function crossedIn(files, pagesOf) {
  const crossed = [];
  const unread = [];
  let read = 0;
  const begun = performance.now();
  const rows = new Set();
  const judge = (row, text) => {
    const own = tokenOf(row);
    const tokens = tokensIn(text);
    const others = tokens.filter((token) => token !== own && TOKENS.has(token));
    const line = `row ${row}, whose token is ${own}: ${seenIn(text)}`;
    if (others.length > 0) crossed.push(`${line}; of rows ${others.map((token) => TOKENS.get(token)).join(', ')}`);
    else if (tokens.length !== 1 || tokens[0] !== own) unread.push(line);
  };
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let group = await take(files); group.length > 0; group = await take(files)) {
        const texts = await wordsOf(group.map(({ row, pdf }) => ({ pdf, pages: pagesOf.get(row) ?? 0 })));
        for (const [at, { row }] of group.entries()) {
          judge(row, texts[at]);
          rows.add(row);
          read++;
          if (read % STEP === 0) console.log(`Read back ${read} of ${ROWS}, ${secondsSince(begun)} s.`);
        }
      }
    }),
  );
  return { crossed, unread, read, rows: rows.size };
}

async function take(files) {
  const group = [];
  while (group.length < TOGETHER) {
    const next = await files.next();
    if (next.done) break;
    group.push(next.value);
  }
  return group;
}

/** Whatever begins like a token, with the words around it: all of them are made up. */
function seenIn(text) {
  const found = [...text.matchAll(/z\s*q/g)].map(({ index }) => text.slice(Math.max(0, index - 12), index + 16));
  return found.length === 0 ? 'none was read' : found.map((words) => JSON.stringify(words)).join(', ');
}

const TOKENS = new Map(Array.from({ length: ROWS }, (_, at) => [tokenOf(at + 2), at + 2]));

const store = await openStore(place);
const crew = openCrew({ store, place, library: null, threads: 0, log: console });
const batches = openBatches({ store: store.batches, crew, bell: ownBell(), keepHours: 24 });
try {
  const rows = shuffled(Array.from({ length: ROWS }, (_, at) => recipient(at + 2)));
  const practice = { ...(await store.practices.read()), country: 'US', name: 'Torture' };
  const begun = performance.now();
  const printing = { simplex: false, separators: false, covers: false, addressPages: false };
  const how = { kind: 'zip', practice, refused: [], printing, date: '2026-11-23', names: 'row', partsOf: null };
  const id = await batches.start({ ...how, recipients: rows, file: null });
  let [kills, told] = [0, 0];
  let server = serve();
  for await (const { state, made, of, trouble } of batches.progress(id)) {
    if (state !== 'running') {
      console.log(`${state}: ${made} of ${of}${trouble === null ? '' : `, ${trouble}`}`);
      break;
    }
    if (Math.floor(made / STEP) > told) {
      told = Math.floor(made / STEP);
      console.log(`Made ${made} of ${of}, ${kills} kills, ${secondsSince(begun)} s.`);
    }
    // Spread over the whole run, each at a moment of its own.
    if (made < (ROWS * (kills + random())) / KILLS || kills >= KILLS) continue;
    await setTimeout(random() * 500);
    await kill(server);
    kills++;
    server = serve();
  }
  const seconds = secondsSince(begun);
  const report = await batches.report(id);
  const refused = report.filter((row) => row.refused !== null).length;
  const {
    crossed,
    unread,
    read,
    rows: different,
  } = await crossedIn(store.batches.files(id), new Map(report.map(({ row, printed }) => [row, printed?.pages ?? 0])));
  await kill(server);
  console.log(`${ROWS} rows, seed ${SEED}: ${kills} kills, ${seconds} s.`);
  console.log(`${report.length - refused} done, ${refused} refused; ${read} files of ${different} rows read back.`);
  for (const line of [...crossed, ...unread].slice(0, 20)) console.log(line);
  console.log(`${crossed.length} crossed, ${unread.length} whose own token could not be read.`);
  const whole = report.length === ROWS && refused === 0 && read === ROWS && different === ROWS;
  if (crossed.length + unread.length > 0 || !whole) process.exitCode = 1;
} finally {
  await crew.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
