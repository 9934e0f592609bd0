// A spreadsheet made into one PDF or a ZIP from the command line, as people run it.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openProgress } from '../../src/cli/progress.ts';
import { partsOf } from '../../src/content/shelf.ts';
import { readPreset } from '../../src/merge/preset.ts';
import { openStore } from '../../src/store/store.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { ourLibrary } from '../support/house.ts';
import { pageCount, popplerText } from '../support/poppler.ts';
import { Clone } from './clone.ts';

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

const ARTICLE = 'why-relationships-matter';
const NAMES = ['Zoë Łukasiewicz', '陈伟', 'Ann Poe', 'Winifred Ash'];
const ROWS = `Client,Handouts,Reference\n${NAMES.map((name, index) => `${name},${ARTICLE},R-${index}`).join('\n')}\n`;

const batch = async (text: string, ...flags: string[]) => {
  const file = clone.write('clients.csv', text);
  const { code, out, said } = await clone.run(['batch', file, '--preset', 'one-page', ...flags], {
    KEEPSAKE_LOG_LEVEL: 'silent',
    KEEPSAKE_KEY_FILE: clone.path('key'),
  });
  const all = [out.toString(), ...said].join('\n');
  for (const name of NAMES) expect(all).not.toContain(name);
  return { code, lines: out.toString().trimEnd().split('\n'), said };
};
const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const leftovers = () => readdirSync(clone.folder).filter((name) => name.endsWith('.part'));

describe('keepsake batch', () => {
  it('makes one print file of every row, and a report that says what is where', async () => {
    const [out, report] = [clone.path('print.pdf'), clone.path('report.csv')];
    const { code, lines, said } = await batch(ROWS, '--separators', '--out', out, '--report', report);
    expect([code, said]).toEqual([0, []]);
    expect(lines).toEqual(['4 rows: 4 done, 0 refused. 9 pages on 9 sheets.']);
    const pdf = readFileSync(out);
    expect(checkConformance(pdf)).toEqual([]);
    expect(pageCount(pdf)).toBe(18);
    const text = popplerText(pdf);
    expect(text).toMatch(/^4 packets\s+4 rows: 4 done, 0 refused\s+November/u);
    for (const name of NAMES) expect(text).toContain(name);
    expect(text).toContain('Reference R-3');
    expect(readFileSync(report, 'utf8')).toContain(`3,done,,2,2,7,${sha256(out)}`);
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(leftovers()).toEqual([]);
  });

  it('makes what is ready and says of the rest why not', async () => {
    const out = clone.path('some.pdf');
    const { code, lines, said } = await batch(`${ROWS}Una,no-such,\n`, '--out', out, '--json');
    expect(code).toBe(1);
    expect(said).toEqual([expect.stringMatching(/^Row 6, Handouts: The handout named here is not one/u)]);
    const answer = JSON.parse(lines.join('\n'));
    expect(answer).toMatchObject({ rows: 5, done: 4, file: out, sheets: 5, sha256: sha256(out) });
    expect(popplerText(readFileSync(out))).toContain('5 rows: 4 done, 1 refused\nNot made: row 6.');
    expect(answer.outcomes.at(-1)).toMatchObject({ row: 6, printed: null });
  });

  it('stops at a file that was made today, until a reason is given', async () => {
    const out = clone.path('twice.pdf');
    const text = `Client,Handouts\n${NAMES[0]},${ARTICLE}\n`;
    expect(await batch(text, '--out', clone.path('once.pdf'))).toMatchObject({ code: 0 });
    const { code, said } = await batch(text, '--out', out);
    expect([code, said]).toEqual([
      1,
      [expect.stringMatching(/^This very file was made today at \d\d:\d\d already\./u)],
    ]);
    expect(existsSync(out)).toBe(false);
    expect(await batch(text, '--out', out, '--again', 'The printer ate it.')).toMatchObject({ code: 0, said: [] });
    expect(existsSync(out)).toBe(true);
  });

  it('makes a range again with the count of the whole', async () => {
    const out = clone.path('again.pdf');
    const { code, lines } = await batch(ROWS, '--out', out, '--from', '3', '--to', '3', '--simplex');
    expect([code, lines]).toEqual([0, ['1 row: 1 done, 0 refused. 1 page on 1 sheet.']]);
    const text = popplerText(readFileSync(out));
    expect(text).toMatch(/3\sof\s4/u);
    expect(text).toContain('Ann Poe');
    expect(text).not.toContain('Winifred');
  });

  it('makes a ZIP with a PDF for each client, named by the row alone', async () => {
    const out = clone.path('all.zip');
    const { code, lines, said } = await batch(ROWS, '--zip', out, '--again', 'now as files');
    expect([code, said, lines]).toEqual([0, [], ['4 rows: 4 done, 0 refused. 4 pages.']]);
    const zip = readFileSync(out).toString('latin1');
    expect([...new Set(zip.match(/row-\d+\.pdf/gu))]).toEqual([2, 3, 4, 5].map((row) => `row-${row}.pdf`));
    expect(zip).not.toMatch(/Winifred|Poe/u);
  });

  it('takes a choice that was saved, and asks before it uses an article whose review is due', async () => {
    const place = { folder: clone.path('own'), key: { file: clone.path('own-key') } };
    const own = ['--data', place.folder];
    const store = await openStore(place);
    const saved = readPreset({ name: 'Calm pack', choice: { article: 'panic', preset: 'one-page', largePrint: true } });
    if (!('preset' in saved)) throw new Error('This preset is right.');
    await store.presets.save(saved.preset);
    const article = (await ourLibrary()).articles.find(({ slug, lang }) => slug === 'panic' && lang === 'en')!;
    const signed = { article: 'panic', language: 'en', version: article.version, by: 'Dr Ng', on: '2025-01-01' };
    await store.shelf.review({ ...signed, due: '2026-01-01', parts: partsOf(article) });
    await store.close();
    const out = clone.path('saved.pdf');
    const file = clone.write('saved.csv', 'Client\nAnn Poe\n');
    const run = (...flags: string[]) =>
      clone.run(
        ['batch', file, ...own, '--saved', 'Calm pack', '--copies', '2', '--may-send', 'post', '--out', out, ...flags],
        {
          KEEPSAKE_LOG_LEVEL: 'silent',
          KEEPSAKE_KEY_FILE: place.key.file,
        },
      );
    const asked = await run();
    expect([asked.code, existsSync(out)]).toEqual([1, false]);
    expect(asked.said.join(' ')).toMatch(
      /was to be reviewed again by 2026-01-01\. Nothing was made\. .* --despite-review/u,
    );
    const made = await run('--despite-review');
    expect([made.code, made.said]).toEqual([0, []]);
    const text = popplerText(readFileSync(out));
    expect(text.match(/For Ann Poe/gu)).toHaveLength(2);
    expect(text).toContain('Reviewed by Dr Ng');
    const other = await clone.run(['check', file, ...own, '--saved', 'Other'], { KEEPSAKE_KEY_FILE: place.key.file });
    expect([other.code, other.said]).toEqual([1, [expect.stringMatching(/^There is no saved choice of this name\./u)]]);
  });

  it('writes nothing where nothing is ready', async () => {
    const out = clone.path('none.pdf');
    const { code, lines } = await batch('Client,Handouts\nUna,no-such\n', '--out', out);
    expect([code, lines]).toEqual([1, ['1 row: 0 done, 1 refused. Nothing was made.']]);
    expect(existsSync(out)).toBe(false);
  });

  it('says how it is used', async () => {
    for (const flags of [[], ['--out', 'a.pdf', '--zip', 'b.zip'], ['--out', 'a.pdf', '--from', '0']])
      expect([flags, (await batch(ROWS, ...flags)).code]).toEqual([flags, 2]);
    expect((await batch(ROWS, '--out', 'a.pdf', '--from', '3', '--to', '2')).said).toEqual([
      'error: --from comes after --to',
    ]);
  });

  it('says where it can’t write, and leaves nothing behind', async () => {
    const { code, said } = await batch(`${ROWS}\n`, '--out', clone.path('no/such/folder.pdf'));
    expect(code).toBe(1);
    expect(said).toEqual([expect.stringMatching(/^This could not be written there\. Check that the folder of --out/u)]);
    expect(leftovers()).toEqual([]);
  });
});

describe('the progress', () => {
  const drawn = (isTTY: boolean) => {
    const lines: string[] = [];
    const progress = openProgress(2, { isTTY, write: (text: string) => lines.push(text) > 0 } as never);
    progress.step();
    progress.step();
    progress.end();
    return lines;
  };

  it('is a bar on a terminal and nothing in a pipe', () => {
    expect(drawn(true).at(-2)).toBe(`\r[${'#'.repeat(30)}] 2 of 2`);
    expect(drawn(false)).toEqual([]);
  });
});
