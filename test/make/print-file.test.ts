// Print files of odd but real clients: conforming, in order, each client on their own sheets, the same bytes however made.
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { HandoutError } from '../../src/errors.ts';
import { composeHandout } from '../../src/make/compose-handout.ts';
import { makePrintFile } from '../../src/make/print-file.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aPractice, problemsOf } from '../support/builders.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { sampleLibrary } from '../support/house.ts';
import { aPacket, FULL, makePile, oddPackets, PLAIN, tokenOf } from '../support/pile.ts';
import { pageCount, popplerText, popplerWords } from '../support/poppler.ts';
import { hasQpdf, qpdfComplaints } from '../support/qpdf.ts';

let library: Library;
let press: Press;
beforeAll(async () => {
  library = await sampleLibrary();
  press = openPress();
});

const job = { printing: PLAIN, date: '2026-11-23', from: 1, places: 3 };
const make = (packets: Parameters<typeof makePile>[0], some: Parameters<typeof makePile>[3] = {}) =>
  makePile(packets, library, press, some);

describe('a print file', () => {
  const ways = [PLAIN, FULL, { ...FULL, simplex: true }].flatMap((printing) =>
    [1, 3].map((clients) => ({ clients, printing })),
  );
  it.each([...ways, { clients: 50, printing: FULL }])(
    'of $clients clients is tagged and archivable: $printing',
    async ({ clients, printing }) => {
      const { pdf, sha256 } = await make(oddPackets(clients), { printing });
      expect(checkConformance(pdf)).toEqual([]);
      expect(createHash('sha256').update(pdf).digest('hex')).toBe(sha256);
      if (hasQpdf) expect(qpdfComplaints(pdf)).toBe('');
    },
    60_000,
  );

  it.each([PLAIN, FULL, { ...FULL, simplex: true }])(
    'has the bytes of one drawn whole: %p',
    async (printing) => {
      const packets = oddPackets(13);
      const whole = await make(packets, { printing, whole: true });
      const fast = await make(packets, { printing });
      expect(fast.pdf.equals(whole.pdf)).toBe(true);
      expect(fast).toEqual(whole);
    },
    60_000,
  );
});

/** The words of each page; an empty one is a blank back. */
const pagesOf = (pdf: Buffer) => pagesIn(popplerText(pdf)).slice(0, -1);
const pagesIn = (text: string) =>
  text.split('\f').map((page) =>
    page
      .normalize('NFC')
      .replace(/[\u200e\u200f\u202a-\u202e\s]+/gu, ' ')
      .trim(),
  );
const TOKEN = /Q[A-HJK]{5}Z/gu;
const rows = (count: number) => Array.from({ length: count }, (_, index) => ((index * 37) % count) + 2);
const twoHandouts = (row: number, client = `Client ${tokenOf(row)}`) =>
  aPacket(row, {
    handouts: [
      aChoice({ article: 'stress-response', preset: 'one-page', client }),
      aChoice({ article: 'why-relationships-matter', preset: 'full', client }),
    ],
  });

describe('the pages of a client', () => {
  it('hold nothing of any other: 200 clients, read back', async () => {
    const packets = rows(200).map((row) =>
      aPacket(row, {
        note: `Keep well. ${'And rest. '.repeat(row % 7)}`,
        address: row % 2 === 0 ? [`Client ${tokenOf(row)}`, 'Quay Street'] : [],
      }),
    );
    const { pdf, printed } = await make(packets, { printing: FULL });
    const pages = pagesIn(await popplerWords(pdf));
    const crossed = printed.filter(({ row, firstPage }, index) => {
      const own = pages.slice(firstPage - 1, (printed[index + 1]?.firstPage ?? pages.length + 1) - 1);
      const tokens = own.flatMap((page) => page.match(TOKEN) ?? []);
      return tokens.length < 1 || tokens.some((token) => token !== tokenOf(row)) || !own[0]!.startsWith(`Row ${row} `);
    });
    expect(crossed).toEqual([]);
  }, 60_000);

  it('start on a front side, with blank backs that are real pages', async () => {
    const { pdf, printed, pages, sheets } = await make(oddPackets(14), { printing: FULL });
    expect(pageCount(pdf)).toBe(pages);
    expect(sheets).toBe(pages / 2);
    expect(printed.map(({ firstPage }) => firstPage % 2)).toEqual(printed.map(() => 1));
    expect(printed.reduce((sum, packet) => sum + packet.pages, 0)).toBe(
      pagesOf(pdf).filter((page) => page !== '').length,
    );
    expect(printed.reduce((sum, packet) => sum + packet.sheets, 0)).toBe(sheets);
    expect(pdf.toString('latin1')).toContain('/Duplex /DuplexFlipLongEdge');
  });

  it('have no blank backs where one side is printed', async () => {
    const { pdf, pages, sheets } = await make(oddPackets(14), { printing: { ...FULL, simplex: true } });
    expect(pagesOf(pdf).filter((page) => page === '')).toEqual([]);
    expect([pageCount(pdf), sheets]).toEqual([pages, pages]);
    expect(pdf.toString('latin1')).toContain('/Duplex /Simplex');
  });

  it('are counted over all the handouts of the packet, and stamped with its place', async () => {
    const { pdf } = await make([aPacket(2), twoHandouts(3)], { from: 137, places: 296 });
    const pages = pagesOf(pdf);
    expect(pages[0]).toMatch(/page 1 of 1 137 of 296$/u);
    expect(pages[1]).toBe('');
    const own = pages.slice(2).filter((page) => page !== '');
    own.forEach((page, index) => {
      expect(page).toContain(`page ${index + 1} of ${own.length} 138 of 296`);
    });
    expect(own.length).toBeGreaterThan(3);
  });

  it('are there as often as there are copies, each copy on its own sheets', async () => {
    const { pdf, printed } = await make([{ ...aPacket(2), copies: 3 }, aPacket(3)], {
      printing: { ...PLAIN, separators: true },
    });
    const pages = pagesOf(pdf);
    expect(printed).toEqual([
      { row: 2, pages: 4, sheets: 4, firstPage: 1 },
      { row: 3, pages: 2, sheets: 2, firstPage: 9 },
    ]);
    expect(pages[0]).toContain('1 sheet follows, 3 times');
    expect([2, 4, 6].map((page) => pages[page])).toEqual([pages[2], pages[2], pages[2]]);
    expect(pages[2]).toContain(tokenOf(2));
  });

  it('begin with the contents where there are several handouts', async () => {
    const { pdf } = await make([twoHandouts(2), aPacket(3)], { printing: { ...PLAIN, covers: true } });
    const [cover, back, first] = pagesOf(pdf);
    expect(cover).toMatch(
      /Your handouts For Client QAAAACZ .* Your stress response, page 1 .* Why relationships matter, page \d/u,
    );
    expect(back).toBe('');
    expect(first).toContain('page 1 of');
    expect(pagesOf(pdf).filter((page) => page.includes('Your handouts'))).toHaveLength(1);
  });

  it('have the address alone on its sheet', async () => {
    const address = ['陈伟', '12 Quay Street', 'Portland, OR 97201'];
    const { pdf } = await make([{ ...aPacket(2), address, reference: 'R-7' }], {
      printing: { ...FULL, separators: false },
    });
    expect(pagesOf(pdf).slice(0, 2)).toEqual(['陈伟 12 Quay Street Portland, OR 97201', '']);
  });

  it('lie below a sheet for staff that counts the rows and names nobody', async () => {
    const lead = { rows: 300, packets: 2, refused: 42, named: [3, 9], part: { number: 2, of: 6 } };
    const { pdf, printed, sheets } = await make([aPacket(2), aPacket(4)], { from: 51, places: 258, lead });
    const [top, back, first] = pagesOf(pdf);
    expect(top).toMatch(
      /^2 packets File 2 of 6: clients 51 to 52 of 258 300 rows: 258 done, 42 refused Not made: rows 3, 9 and 40 more\. /u,
    );
    expect([back, first?.includes(tokenOf(2))]).toEqual(['', true]);
    expect([printed[0]?.firstPage, sheets]).toEqual([3, 1 + printed.reduce((sum, packet) => sum + packet.sheets, 0)]);
    expect(checkConformance(pdf)).toEqual([]);
  });

  it('follow a separator that says row, initials, sheets and reference, and no name', async () => {
    const { pdf } = await make([{ ...twoHandouts(41), reference: 'R-7' }], { printing: FULL, from: 40, places: 296 });
    const [separator] = pagesOf(pdf);
    expect(separator).toMatch(/^Row 41 A\. B\. \d sheets follow Reference R-7 Client 40 of 296$/u);
  });
});

describe('the outline and the title', () => {
  it('name rows, never clients', async () => {
    const { pdf } = await make(
      [41, 7, 12].map((row) => aPacket(row)),
      { from: 5, places: 9 },
    );
    const text = pdf.toString('latin1');
    expect([...text.matchAll(/\/Title \((Row \d+)\)/gu)].map(([, title]) => title)).toEqual([
      'Row 41',
      'Row 7',
      'Row 12',
    ]);
    expect(text).toContain('(Packets 5 to 7 of 9)');
    expect(text).not.toMatch(/Client|QAAA/u);
  });
});

describe('a packet that can’t be made', () => {
  const bad = () => [aPacket(2), aPacket(9, { client: 'ᚠ' }), aPacket(4)];

  it('stops the file, and what came out does not look ready', async () => {
    const chunks: Buffer[] = [];
    const making = makePrintFile(bad(), job, library, aPractice(), press, (chunk) => void chunks.push(chunk));
    await expect(making).rejects.toThrow(HandoutError);
    await expect(making).rejects.toThrow(/^Row 9: The name has/u);
    expect(Buffer.concat(chunks).toString('latin1')).not.toContain('%%EOF');
  });

  it('is refused for its address, initials and reference too', async () => {
    const packet = { ...aPacket(3), address: ['ᚠ'], initials: 'ᚠ', reference: 'ᚠ' };
    const problems = await problemsOf(() => make([packet]));
    expect(problems.map(({ place }) => place)).toEqual([
      { field: 'address' },
      { field: 'initials' },
      { field: 'reference' },
    ]);
  });

  it('is any whose sheets are another’s', async () => {
    const { laidOut, pictures } = await composeHandout(aPacket(2).handouts[0]!, library, aPractice(), press);
    const pile = press.pile(
      { lang: 'en', date: '2026-11-23', simplex: false, discreet: false, whole: false },
      () => {},
    );
    const adding = pile.add({ id: 'one', label: 'Row 2', copies: [[{ id: 'another', laidOut, pictures }]] });
    await expect(adding).rejects.toThrow('A sheet of one client came with those of another.');
  });
});

describe('the sink', () => {
  it('is waited for, chunk by chunk', async () => {
    let open = 0;
    let most = 0;
    const sink = async () => {
      most = Math.max(most, ++open);
      await setTimeout(1);
      open--;
    };
    await makePrintFile(oddPackets(6), job, library, aPractice(), press, sink);
    expect([most, open]).toEqual([1, 0]);
  });

  it('stops the file when it fails', async () => {
    const sink = () => Promise.reject(new Error('The disk is full.'));
    await expect(makePrintFile(oddPackets(2), job, library, aPractice(), press, sink)).rejects.toThrow('disk is full');
  });
});
