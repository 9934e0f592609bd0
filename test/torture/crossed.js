// Nothing crossed: shuffled rows in, servers that are killed again and again while they make them; every packet read back.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

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

/** Letters that no reader parts: poppler sees a gap where a `j` reaches back under a `q`. */
const LETTERS = 'abcdeghkmnoprsuv';
const tokenOf = (row) =>
  `zq${row
    .toString(16)
    .padStart(5, '0')
    .replace(/./g, (digit) => LETTERS[Number.parseInt(digit, 16)])}`;

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

/** The words of a PDF, as poppler reads them. */
async function wordsOf(pdf) {
  const reader = spawn('pdftotext', ['-enc', 'UTF-8', '-', '-'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const text = [];
  reader.stdout.on('data', (chunk) => text.push(chunk));
  reader.stdin.end(pdf);
  await once(reader, 'close');
  return Buffer.concat(text).toString();
}

async function crossedIn(files) {
  let crossed = 0;
  let read = 0;
  const rows = new Set();
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let next = await files.next(); !next.done; next = await files.next()) {
        const { row, pdf } = next.value;
        const tokens = [...new Set((await wordsOf(pdf)).match(/zq[a-z]{5}/g))];
        if (tokens.length !== 1 || tokens[0] !== tokenOf(row)) crossed++;
        rows.add(row);
        read++;
      }
    }),
  );
  return { crossed, read, rows: rows.size };
}

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
  let kills = 0;
  let server = serve();
  for await (const { state, made, of, trouble } of batches.progress(id)) {
    if (state !== 'running') {
      console.log(`${state}: ${made} of ${of}${trouble === null ? '' : `, ${trouble}`}`);
      break;
    }
    // Spread over the whole run, each at a moment of its own.
    if (made < (ROWS * (kills + random())) / KILLS || kills >= KILLS) continue;
    await setTimeout(random() * 500);
    await kill(server);
    kills++;
    server = serve();
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  const report = await batches.report(id);
  const refused = report.filter((row) => row.refused !== null).length;
  const { crossed, read, rows: different } = await crossedIn(store.batches.files(id));
  await kill(server);
  console.log(`${ROWS} rows, seed ${SEED}: ${kills} kills, ${seconds} s.`);
  console.log(`${report.length - refused} done, ${refused} refused; ${read} files of ${different} rows read back.`);
  console.log(`${crossed} crossed.`);
  const whole = report.length === ROWS && refused === 0 && read === ROWS && different === ROWS;
  if (crossed > 0 || !whole) process.exitCode = 1;
} finally {
  await crew.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}
