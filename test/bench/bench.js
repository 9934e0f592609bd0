// Everything we promise about speed, measured in one run: nothing in, one table with goals and verdicts out.
import { cpus, loadavg } from 'node:os';
import { batchFigures } from './batches.js';
import { mailFigures } from './mails.js';
import { pileFigures } from './piles.js';
import { compareContent, FEATURES, featureTimes, handoutTimes } from './rounds.js';
import { searchFigures } from './search.js';
import { serverFigures } from './server.js';
import { printTable } from './table.js';

const MS = (value) => `${value < 20 ? value.toFixed(2) : Math.round(value)} ms`;

/** Figures of a machine that is busy with other things say little. */
const busyness = loadavg()[0].toFixed(1);
const { naive, ours } = await compareContent();
const times = await handoutTimes();
const featured = await featureTimes();
const server = [
  ...(await searchFigures()),
  ...(await serverFigures()),
  ...(await batchFigures(times.naive)),
  ...(await mailFigures()),
];
const piles = await pileFigures();
/** What a page may have besides costs little; to fit a page takes some layouts more. */
const MOST_SHARE = 0.15;
const MOST_TO_FIT = 20;
const features = Object.entries(FEATURES).map(([name, { looks, isMeasure }]) => {
  const more = featured[name] - featured.plain;
  const share = more / featured.plain;
  const is = `${MS(featured[name])} = ${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(0)} %`;
  if (isMeasure) return { what: `… ${name}`, is };
  if (looks?.fit !== undefined)
    return { what: `… ${name}`, is, goal: `≤ + ${MOST_TO_FIT} ms`, met: more <= MOST_TO_FIT };
  return { what: `… ${name}`, is, goal: `≤ +${MOST_SHARE * 100} %`, met: share <= MOST_SHARE };
});
const ratio = (time) => `${(times.naive / time).toFixed(1)} x naive`;

console.log(
  `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, load when begun ${busyness}.`,
);
console.log(`Naive PDFKit: ${naive.pages} pages, ${naive.words} words, ${naive.bytes} bytes.`);
console.log(`Keepsake:     ${ours.pages} pages, ${ours.words} words, ${ours.bytes} bytes.\n`);
printTable([
  { what: 'naive PDFKit handout, one thread', is: MS(times.naive) },
  {
    what: 'handout, name and note never seen',
    is: `${MS(times.ours)} = ${ratio(times.ours)}`,
    goal: '≥ 20 x',
    met: times.naive / times.ours >= 20,
  },
  { what: '… drawn whole, nothing kept', is: `${MS(times.whole)} = ${ratio(times.whole)}` },
  { what: '… with a Chinese name', is: `${MS(times.chinese)} = ${ratio(times.chinese)}` },
  ...features,
  ...[...piles, ...server].map(({ what, value, unit, most, least }) => ({
    what,
    is: value === null ? 'not measured here' : unit(value),
    ...(most === undefined ? {} : { goal: `≤ ${unit(most)}`, met: value === null ? null : value <= most }),
    ...(least === undefined ? {} : { goal: `≥ ${unit(least)}`, met: value === null ? null : value >= least }),
  })),
]);
