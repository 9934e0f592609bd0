// What becomes of a mail when the server fails at each stage in each way: retried, refused, parked, or all is paused.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openStore, type Store } from '../../../src/store/store.ts';
import { placeIn } from '../../store/both.ts';
import { type Fault, type Scripted, STAGES, type Stage, scripted } from './scripted.ts';
import { lettersFor, put, type Sending, settled, startSending } from './sending.ts';

jest.setTimeout(30_000);

let folder: string;
let store: Store;
let server: Scripted | undefined;
let sending: Sending | undefined;
let place = 0;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-mail-'));
  store = await openStore(placeIn(folder));
});
afterEach(async () => {
  await sending?.close();
  await server?.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const LATER = { state: 'queued', why: 'server', paused: null, messages: 0 };
const UNREACHED = { ...LATER, why: 'unreachable' };
const REFUSED = { state: 'refused', why: 'server', paused: null, messages: 0 };
const PASSWORD = { state: 'queued', why: null, paused: 'password', messages: 0 };
const TURNED_AWAY = { ...PASSWORD, paused: 'turned-away' };
const PARKED = { state: 'parked', why: 'lost', paused: null, messages: 1 };

/** By the rules of the issue: everything before the final dot is safe, and nothing but a plain no is after it. */
function expected(stage: Stage, fault: Fault) {
  const code = typeof fault === 'number' ? fault : 0;
  if (stage === 'dot') {
    if (code >= 500) return { ...REFUSED, messages: 1 };
    return code >= 400 ? { ...LATER, messages: 1 } : PARKED;
  }
  if (code >= 500) {
    if (stage === 'auth') return PASSWORD;
    // Whoever is turned away at the door is turned away with every mail.
    return stage === 'connect' || stage === 'ehlo' ? TURNED_AWAY : REFUSED;
  }
  return code >= 400 ? LATER : UNREACHED;
}

const FAULTS: readonly Fault[] = [421, 450, 451, 452, 535, 550, 552, 554, 'drop', 'silence', 'drip', 'garbage', 'late'];
const CASES = STAGES.flatMap((stage) => FAULTS.map((fault) => [stage, fault] as const));

async function outcome(stage: Stage, fault: Fault) {
  server = await scripted(stage, fault);
  await put(store, lettersFor(1, place++));
  sending = startSending(store, { port: server.port, login: 'practice', password: 'secret' });
  const { state, why, reply, due } = await settled(store);
  const paused = await store.outbox.paused();
  return { state, why, reply, due, paused, messages: server.messages.length };
}

describe('a mail that meets', () => {
  it.each(CASES)('at %s %s ends where it should', async (stage, fault) => {
    const { reply, due, ...came } = await outcome(stage, fault);
    expect(came).toEqual(expected(stage, fault));
    expect(reply ?? '').not.toContain('@');
    if (came.why === 'server') expect(reply).toMatch(new RegExp(`^${fault}( 5\\.1\\.1)?$`, 'u'));
    if (came.why === 'server' && came.state === 'queued') expect(due - Date.now()).toBeGreaterThan(50_000);
    expect(sending!.log).toEqual([]);
  });
});
