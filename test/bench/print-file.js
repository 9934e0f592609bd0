// A process of its own: a number of clients in, how long their print file took and the memory at its highest out, as JSON.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readLibrary } from '../../dist/content/library.js';
import { makePrintFile } from '../../dist/make/print-file.js';
import { openPress } from '../../dist/pdf/press.js';
import { choiceOf, practice } from './handout.js';
import { people } from './people.js';

/** Kilobytes. What the system counts as a process's highest begins with the size of the process that started it; Linux knows better. */
function highest() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS;
  return Number(/VmHWM:\s+(\d+)/u.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
}

const places = Number(process.argv[2]);
const library = await readLibrary([fileURLToPath(new URL('../../content', import.meta.url))]);
const clients = people(4);

function* packets() {
  for (let row = 2; row < places + 2; row++)
    yield {
      row,
      id: `${row}`,
      handouts: [choiceOf(clients.latin())],
      copies: 1,
      initials: '',
      address: [],
      reference: '',
    };
}

const printing = { simplex: false, separators: false, covers: false, addressPages: false };
const job = { printing, date: '2026-11-23', from: 1, places };
let bytes = 0;
const sink = (chunk) => {
  bytes += chunk.length;
};
const start = performance.now();
const { pages } = await makePrintFile(packets(), job, library, practice, openPress(), sink);
const seconds = (performance.now() - start) / 1000;
const megabytes = highest() / 1024;
console.log(JSON.stringify({ seconds, megabytes, pages, bytes }));
