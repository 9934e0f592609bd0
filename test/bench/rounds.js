// One thread, warm: the naive handout and ours in turns, medians of the rounds out. Both are read back first.
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { handout, naive, REQUEST, sectionTexts } from './handout.js';
import { people } from './people.js';

const ROUNDS = 7;
/** Until the compiler has settled: a server in use or a batch is past this within seconds. */
const WARM_UP_ROUNDS = 3;

/** What a page may have besides. */
export const FEATURES = {
  'one slot filled': { client: 'slot' },
  'all five slots filled': { client: 'slots' },
  'as many words, all in the note': { client: 'wordy', isMeasure: true },
  'no fields': { looks: { fillable: false } },
  'ink-saving': { looks: { inkSaving: true } },
  'for a binder': { looks: { binder: true } },
  discreet: { looks: { discreet: true } },
  'large print': { looks: { largePrint: true } },
  'a figure for a section': { looks: { sections: ['why-connection-matters', ...REQUEST.sections.slice(1)] } },
  'five slots, fit to two pages': { client: 'slots', looks: { fit: 2 } },
};

const WAYS = {
  naive: { times: 25, client: 'latin', make: naive },
  ours: { times: 600, client: 'latin', make: (client) => handout(client) },
  whole: { times: 40, client: 'latin', make: (client) => handout(client, true) },
  chinese: { times: 40, client: 'chinese', make: (client) => handout(client) },
};

/** Shorter turns and more of them: a few per cent are seen only where what else the machine does meets all alike. */
const FEATURE_ROUNDS = 45;
const FEATURE_TIMES = 12;

const FEATURE_WAYS = Object.fromEntries(
  Object.entries({ plain: {}, ...FEATURES }).map(([name, { client = 'latin', looks = {} }]) => [
    name,
    { times: FEATURE_TIMES, client, make: (one) => handout({ ...one, ...looks }) },
  ]),
);

/** Milliseconds per handout by way, each about a second a round; the first rounds warm up and do not count. */
export const handoutTimes = () => inTurns(WAYS, ROUNDS, WARM_UP_ROUNDS);

export const featureTimes = () => inTurns(FEATURE_WAYS, FEATURE_ROUNDS, FEATURE_ROUNDS / 3);

async function inTurns(ways, counted, warmUp) {
  const clients = people(1);
  const rounds = [];
  for (let round = 0; round < warmUp + counted; round++) {
    const times = {};
    for (const [name, way] of Object.entries(ways)) times[name] = await perHandout(way, clients);
    rounds.push(times);
  }
  const last = rounds.slice(warmUp);
  return Object.fromEntries(Object.keys(ways).map((name) => [name, median(last.map((times) => times[name]))]));
}

async function perHandout({ times, client, make }, clients) {
  const unseen = Array.from({ length: times }, clients[client]);
  const start = performance.now();
  for (const one of unseen) await make(one);
  return (performance.now() - start) / times;
}

export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Pages and words of both; throws when they do not say the same, for then there is nothing to compare. */
export async function compareContent() {
  const client = people(2).latin();
  const [ours, theirs] = await Promise.all([handout(client), naive(client)]);
  const read = { naive: await wordsIn(theirs.pdf), ours: await wordsIn(ours.pdf) };
  for (const [who, words] of Object.entries(read)) {
    const missing = sectionTexts(client)
      .flatMap((text) => wordsOf(text))
      .filter((word) => !words.includes(word));
    if (missing.length > 0) throw new Error(`The ${who} handout lacks: ${missing.join(' ')}`);
  }
  if (ours.pages !== 2 || theirs.pages !== 2)
    throw new Error(`The handouts have ${theirs.pages} and ${ours.pages} pages; choose sections that make two.`);
  return {
    naive: { pages: theirs.pages, words: read.naive.length, bytes: theirs.pdf.length },
    ours: { pages: ours.pages, words: read.ours.length, bytes: ours.pdf.length },
  };
}

async function wordsIn(pdf) {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  const texts = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    texts.push(items.map(({ str = '', hasEOL = false }) => (hasEOL ? `${str} ` : str)).join(''));
  }
  await task.destroy();
  return wordsOf(texts.join(' '));
}

function wordsOf(text) {
  return text.normalize('NFC').match(/[\p{L}\p{N}]+/gu) ?? [];
}
