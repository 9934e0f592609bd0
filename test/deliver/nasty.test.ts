import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Asked, checkRows } from '../../src/deliver/check-rows.ts';
import { guessMapping } from '../../src/deliver/columns.ts';
import { FIELDS, type Field } from '../../src/deliver/headings.ts';
import { readTable } from '../../src/deliver/read-table.ts';
import type { Table } from '../../src/deliver/table.ts';
import { HandoutError } from '../../src/errors.ts';
import { openPress } from '../../src/pdf/press.ts';
import { aPractice } from '../support/builders.ts';
import { ourLibrary } from '../support/house.ts';

const press = openPress();
const library = await ourLibrary();
const asked = (table: Table, mapping = guessMapping(table)): Asked => ({
  table,
  mapping,
  defaults: { articles: ['stress-response'], choice: { date: '2026-11-23' } },
  library,
  practice: aPractice(),
  press,
  batch: 'print',
  idOf: (row) => `id-${row}`,
});

describe('whatever comes in', () => {
  it('bytes are a table or one refusal', async () => {
    const starts = ['', 'Client,Note\n', '\ufeffClient;Note\n', 'PK\u0003\u0004', '%PDF', '<html>', 'sep=;\n'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), async (start, noise) => {
        const read = await readTable(Buffer.concat([Buffer.from(start), noise]), 'a.csv').catch((error) => error);
        if (read instanceof Error) expect(read).toBeInstanceOf(HandoutError);
        else expect(read.rows.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  const fields = Object.keys(FIELDS) as Field[];
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      'yes',
      'no',
      'hand',
      'e-mail',
      'none',
      '2',
      'es',
      'stress-response',
      'full',
      '#N/A',
      'Lee, Ann',
      ',',
    ),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
  );
  const rows = fc.array(fc.array(cell, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 12 });

  it('every row is ready, needs a fix or is the same as another, and keeps to itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(fields, { minLength: 8, maxLength: 8 }), rows, async (mapping, cells) => {
        const table: Table = {
          headings: mapping.map((field) => FIELDS[field]),
          headingRow: 1,
          rows: cells.map((texts, at) => ({ row: at + 2, cells: texts })),
          shifted: [],
          hidden: [],
          delimiter: ',',
          sheet: null,
        };
        const checked = await checkRows(asked(table, mapping));
        const bad = new Set(checked.problems.map(({ row }) => row));
        const ready = checked.recipients.map(({ row }) => row);
        const all = [...ready, ...bad, ...checked.same.map(({ row }) => row)].toSorted((a, b) => a - b);
        expect(all).toEqual(table.rows.map(({ row }) => row));
        for (const { id, row, handouts } of checked.recipients) {
          expect(id).toBe(`id-${row}`);
          expect(handouts.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 80 },
    );
  });
});

describe('10,000 rows', () => {
  const names = ['Zoë Łukasiewicz', 'Nguyễn Thị Ánh', '李小龙', 'محمد علي', 'Ольга Петрова', 'Ann O’Brien'];
  const text = Array.from(
    { length: 10_000 },
    (_, at) => `${names[at % names.length]} ${at},stress-response,"Token ${at}.\n- walk",A-${at}\n`,
  ).join('');

  it('are checked within ten seconds of work, let others in between, and hold each its own words', async () => {
    const table = await readTable(Buffer.from(`Client,Handout,Note,Reference\n${text}`), 'a.csv');
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 1);
    const before = process.cpuUsage();
    const { recipients } = await checkRows(asked(table));
    const { user, system } = process.cpuUsage(before);
    clearInterval(ticking);
    expect((user + system) / 1_000_000).toBeLessThan(10);
    expect(turns).toBeGreaterThan(100);
    const crossed = recipients.filter(({ row, handouts, reference, id }) => {
      const own = row - 2;
      const [handout] = handouts;
      const isOwn = handout!.note.startsWith(`Token ${own}.`) && handout!.client.endsWith(` ${own}`);
      return !isOwn || reference !== `A-${own}` || id !== `id-${row}`;
    });
    expect(recipients).toHaveLength(10_000);
    expect(crossed).toEqual([]);
  });
});
