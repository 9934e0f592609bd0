// A part of a ZIP whose rows take long: it says in between that it goes on, and from which row.
import { afterEach, expect, it, jest } from '@jest/globals';
import { makeFiles } from '../../src/deliver/make-files.ts';
import type { Tools } from '../../src/deliver/part.ts';
import { openPress } from '../../src/pdf/press.ts';
import type { Come, Lease, MadeFile } from '../../src/store/lease.ts';
import { aPractice } from '../support/builders.ts';
import { ourLibrary } from '../support/house.ts';
import { recipientOf } from './floor.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

/** Rows that are refused at once, for they have ended their worker twice: nothing is drawn. */
const ASKED = [0, 1, 2, 3].map((position) => {
  const request = recipientOf(position);
  return { position, row: request.row, id: request.id, request, kills: 2 };
});

async function marksOf(msPerLook: number, deaths = 0): Promise<unknown[]> {
  let now = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => (now += msPerLook));
  const marks: unknown[] = [];
  const work = {
    mark: async (_: Lease, span: unknown) => void marks.push(span),
    asked: async (_: Lease, { first, last }: { first: number; last: number }) => ASKED.slice(first, last + 1),
    saveFiles: async () => undefined,
    finish: async () => undefined,
  };
  const lease = { first: 0, last: 3, deaths, kind: 'zip' } as Lease;
  await makeFiles(lease, { work } as unknown as Tools);
  return marks;
}

it('slow rows are marked from the one that is made next', async () => {
  expect(await marksOf(6000)).toEqual([0, 1, 2, 3].map((first) => ({ first, last: 3 })));
});

it('quick ones are not marked at all, and after a death each is by itself', async () => {
  expect(await marksOf(10)).toEqual([]);
  expect(await marksOf(10, 1)).toEqual([0, 1, 2, 3].map((at) => ({ first: at, last: at })));
});

it('files that have little in common are written before they are many megabytes', async () => {
  const saved: [number[], number[]][] = [];
  const work = {
    asked: async () => ASKED.map((asked) => ({ ...asked, kills: 0 })),
    saveFiles: async (_: Lease, come: readonly Come[], files: readonly MadeFile[]) =>
      void saved.push([come.map(({ position }) => position), files.map(({ position }) => position)]),
    finish: async () => undefined,
  };
  const lease = { first: 0, last: 3, deaths: 0, kind: 'zip', practice: aPractice() } as unknown as Lease;
  const tools = { work, library: await ourLibrary(), press: openPress(), onBug: fail } as unknown as Tools;
  await makeFiles(lease, tools, 1);
  expect(saved).toEqual([...[0, 1, 2, 3].map((at) => [[at], [at]]), [[], []]]);
});

function fail(error: unknown): never {
  throw error;
}
