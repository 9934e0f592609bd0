// The real server, as a process of its own: handouts over HTTP, preview, start and memory, each with its goal.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import prepare from '../../src/prepare.cjs';
import { REQUEST } from './handout.js';
import { people } from './people.js';
import { median } from './rounds.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const STARTS = 5;
const BUSY_SECONDS = 8;
const HANDOUTS_BEFORE_WEIGHING = 1000;

const ms = (value) => `${Math.round(value)} ms`;
const mb = (value) => `${Math.round(value)} MB`;
const perSecond = (value) => `${Math.round(value)} /s`;

export async function serverFigures() {
  const data = mkdtempSync(join(tmpdir(), 'keepsake-bench-'));
  try {
    const starts = [];
    for (let start = 0; start < STARTS; start++) starts.push(await timeToReady(data));
    const { weight, peak } = await withServer(data, weigh);
    const { busy, quiet, preview } = await withServer(data, async (address) => {
      const load = loader(address);
      await load('/api/v1/handouts', jsonRequest, { connections: 10, duration: 3 });
      const busy = await load('/api/v1/handouts', jsonRequest, { connections: 10, duration: BUSY_SECONDS });
      const quiet = await load('/api/v1/handouts', jsonRequest, { connections: 1, duration: BUSY_SECONDS / 2 });
      const preview = await load('/preview', formRequest, { connections: 1, duration: BUSY_SECONDS / 2 });
      return { busy, quiet, preview };
    });
    return [
      { what: 'HTTP, 10 connections', value: busy.requests.average, unit: perSecond, least: 100 },
      { what: '… p99', value: busy.latency.p99, unit: ms, most: 300 },
      { what: '… p50', value: busy.latency.p50, unit: ms },
      { what: 'HTTP, 1 connection, p50', value: quiet.latency.p50, unit: ms, most: 15 },
      { what: 'preview, the server’s part, p97.5', value: preview.latency.p97_5, unit: ms, most: 1000 },
      { what: 'start to first page', value: median(starts), unit: ms, most: 1000 },
      { what: `memory after ${HANDOUTS_BEFORE_WEIGHING} handouts`, value: weight, unit: mb, most: 250 },
      { what: '… at its highest', value: peak, unit: mb, most: 250 },
    ];
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** From starting the process to the first page in full; a first run leads on to the letterhead. */
async function timeToReady(data) {
  const start = performance.now();
  return withServer(data, () => performance.now() - start);
}

async function withServer(data, use) {
  const words = [...prepare.MEMORY, MAIN, 'serve', '--port', '0', '--data', data];
  const env = { ...process.env, KEEPSAKE_LOG_LEVEL: 'error' };
  const server = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'], env });
  try {
    const address = await firstPage(server);
    return await use(address, server.pid);
  } finally {
    if (server.kill('SIGTERM')) await once(server, 'exit');
  }
}

/** Any free port is taken; the server says which. */
async function firstPage({ stdout }) {
  for await (const line of createInterface({ input: stdout })) {
    const address = /http:\S+/u.exec(line)?.[0];
    if (address === undefined) continue;
    const page = await fetch(address);
    await page.text();
    if (page.ok) return address;
  }
  throw new Error('The server ended before its first page.');
}

/** Resident memory after many handouts, one of them with a Chinese name; null where there is no /proc. */
async function weigh(address, pid) {
  const clients = people(3);
  const make = (client) =>
    fetch(`${address}/api/v1/handouts`, jsonRequest(client)).then(async (response) => {
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`A handout was refused with ${response.status}.`);
    });
  await make(clients.chinese());
  for (let made = 1; made < HANDOUTS_BEFORE_WEIGHING; made++) await make(clients.latin());
  if (process.platform !== 'linux') return { weight: null, peak: null };
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'mu').exec(status)[1]) / 1024;
  return { weight: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

/** Loads one path, each request for a client nobody has seen; any answer but a handout ends the run. */
function loader(url) {
  return async (path, request, { connections, duration }) => {
    const clients = people(connections);
    const setupRequest = (base) => ({ ...base, ...request(clients.latin()) });
    const requests = [{ method: 'POST', path, setupRequest }];
    const result = await autocannon({ url, connections, duration, requests });
    const failed = result.non2xx + result.errors + result.timeouts;
    if (failed > 0) throw new Error(`${failed} requests to ${path} were not answered with a handout.`);
    return result;
  };
}

function jsonRequest(client) {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...REQUEST, ...client }),
  };
}

function formRequest(client) {
  const { sections, ...fields } = REQUEST;
  const body = new URLSearchParams({ ...fields, ...client, language: 'en' });
  for (const section of sections) body.append('sections', section);
  return {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: body.toString(),
  };
}
