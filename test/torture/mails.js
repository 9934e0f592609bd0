// Mails sent while their senders are killed, more than 200 times: batches of 1,000, four connections, every mail counted.
import { fileURLToPath } from 'node:url';
import { killSenders } from './kills.js';

const ROWS = Number(process.env.TORTURE_MAILS ?? 1000);
const KILLS = Number(process.env.TORTURE_MAIL_KILLS ?? 200);
const SEED = Number(process.env.TORTURE_SEED ?? 1);
const dist = fileURLToPath(new URL('../../dist', import.meta.url));

/** mulberry32: the same moments of death in every run of a seed. */
let state = SEED;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}

const all = { killed: 0, batches: 0, sent: 0, parked: 0, refused: 0, deadly: 0, lost: 0, twice: 0, crossed: 0 };
let slowest = 0;
let wrongSums = 0;
while (all.killed < KILLS) {
  const came = await killSenders({ dist, rows: ROWS, kills: KILLS - all.killed, random });
  all.batches++;
  for (const name of Object.keys(all)) all[name] += came[name] ?? 0;
  slowest = Math.max(slowest, came.slowest);
  wrongSums += came.wrongSums;
  console.log(JSON.stringify(came));
}
console.log(`Mails, seed ${SEED}: ${JSON.stringify(all)}; at most ${slowest} ms without one.`);
const fair = all.parked - all.deadly <= all.killed / 2;
if (all.lost + all.twice + all.crossed + all.refused + wrongSums > 0 || !fair) process.exitCode = 1;
