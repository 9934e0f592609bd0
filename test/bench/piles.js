// Print files of 300 and of 5,000 clients, each made in a process of its own, so that its memory is its own; rows out.
import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import prepare from '../../src/prepare.cjs';

const SCRIPT = fileURLToPath(new URL('print-file.js', import.meta.url));

const s = (value) => `${value.toFixed(1)} s`;
const times = (value) => `${value.toFixed(2)} x`;
const mb = (value) => `${Math.round(value)} MB`;

/** What two processes that share nothing gain over one: more can't be had from two threads on this machine. */
async function twoProcesses() {
  const many = 1500;
  const alone = pile(many).seconds;
  const both = await Promise.all([many, many].map(beside));
  return (2 * alone) / Math.max(...both);
}

async function beside(clients) {
  const { stdout } = await promisify(execFile)(process.execPath, [...prepare.MEMORY, SCRIPT, String(clients)]);
  return JSON.parse(stdout).seconds;
}

export async function pileFigures() {
  const small = pile(300);
  const large = pile(5000);
  return [
    { what: 'print file, 300 clients of 2 pages', value: small.seconds, unit: s, most: 3 },
    { what: '… 5,000 clients', value: large.seconds, unit: s, most: 12 },
    { what: '… memory at its highest', value: large.megabytes, unit: mb, most: 350 },
    { what: '… size of the file', value: large.bytes / 1e6, unit: mb },
    { what: 'two processes of their own, as fast as one', value: await twoProcesses(), unit: times },
  ];
}

/** Fresh, without a warm-up: as `keepsake batch` makes it. */
function pile(clients) {
  const words = [...prepare.MEMORY, SCRIPT, String(clients)];
  const made = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' }));
  if (made.pages !== 2 * clients) throw new Error(`${clients} clients came out on ${made.pages} pages.`);
  return made;
}
