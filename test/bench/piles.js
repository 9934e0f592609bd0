// Print files of 300 and of 5,000 clients, each made in a process of its own, so that its memory is its own; rows out.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import prepare from '../../src/prepare.cjs';

const SCRIPT = fileURLToPath(new URL('print-file.js', import.meta.url));

const s = (value) => `${value.toFixed(1)} s`;
const mb = (value) => `${Math.round(value)} MB`;

export function pileFigures() {
  const small = pile(300);
  const large = pile(5000);
  return [
    { what: 'print file, 300 clients of 2 pages', value: small.seconds, unit: s, most: 3 },
    { what: '… 5,000 clients', value: large.seconds, unit: s, most: 12 },
    { what: '… memory at its highest', value: large.megabytes, unit: mb, most: 350 },
    { what: '… size of the file', value: large.bytes / 1e6, unit: mb },
  ];
}

/** Fresh, without a warm-up: as `keepsake batch` makes it. */
function pile(clients) {
  const words = [...prepare.MEMORY, SCRIPT, String(clients)];
  const made = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' }));
  if (made.pages !== 2 * clients) throw new Error(`${clients} clients came out on ${made.pages} pages.`);
  return made;
}
