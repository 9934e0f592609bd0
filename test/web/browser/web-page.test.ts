// The handout for a screen in a real Chromium: nothing is asked for, nothing is wider than a phone, axe finds nothing.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { PRACTICE, startWeb, type Web } from '../start.ts';
import { faults, openChromium, openPage } from './chromium.ts';

let web: Web;
let browser: Browser;
beforeAll(async () => {
  web = await startWeb();
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await web.stop();
});

async function page(choice: Record<string, unknown>): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${web.base}/api/v1/web-pages`, { method: 'POST', headers, body: JSON.stringify(choice) });
  expect(answer.status).toBe(200);
  return answer.text();
}

const TYPED = { client: 'Zoë', note: 'Hello.\n- walk', plan: 'I will walk.', appointment: 'Monday, 10:30' };
const CHOICES = ['stress-response', 'why-relationships-matter'].flatMap((article) =>
  [false, true].map((largePrint) => ({ article, preset: 'full', largePrint, ...TYPED })),
);

it.each(CHOICES)('$article has no violation, large print $largePrint', async (choice) => {
  const { page: tab, complaints, close } = await openPage(browser, { viewport: { width: 320, height: 800 } });
  const asked: string[] = [];
  tab.on('request', (request) => asked.push(request.url()));
  await tab.setContent(await page(choice));
  const views = [
    [320, 'light'],
    [360, 'dark'],
    [1280, 'dark'],
  ] as const;
  expect(await faults(tab, views, 'button')).toEqual([]);
  expect(asked.filter((address) => !address.startsWith('data:'))).toEqual([]);
  expect(complaints).toEqual([]);
  await close();
});

it('has nothing wider than a phone, where a table has long words and the practice a long address', async () => {
  const { page: tab, close } = await openPage(browser, { viewport: { width: 320, height: 800 } });
  const practice = { ...PRACTICE, contact: ['www.quiet-harbour-practice.example'] };
  await web.services.practices.save(practice);
  const choices = ['thoughts-feelings-actions', 'stress-response'].map((article) => ({ article, largePrint: true }));
  for (const choice of choices) {
    await tab.setContent(await page(choice));
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(320);
  }
  await web.services.practices.save(PRACTICE);
  await close();
});

describe('what is typed into it', () => {
  it('is seen, and is printed', async () => {
    const { page: tab, close } = await openPage(browser);
    await tab.setContent(await page({ article: 'why-relationships-matter', sections: ['something-to-try'] }));
    await tab.getByRole('checkbox').first().check();
    await tab.getByRole('textbox', { name: 'Someone I feel safe with' }).fill('Sam');
    expect(await tab.getByRole('checkbox').first().isChecked()).toBe(true);
    expect(await tab.getByRole('textbox').inputValue()).toBe('Sam');
    const { popplerText } = await import('../../support/poppler.ts');
    const printed = popplerText(Buffer.from(await tab.pdf()));
    expect(printed).toContain('Sam');
    expect(printed).toContain('988');
    await close();
  });
});

describe('what there is to write on', () => {
  const CHOICE = { article: 'window-of-tolerance', sections: ['try-this', 'keep-track'] };
  const steps = `[...document.querySelectorAll('.scale input')].map((step) => step.getBoundingClientRect())`;

  it.each([
    [320, [6, 5]],
    [390, [6, 5]],
    [1280, [11]],
  ])('has a scale with its steps evenly apart at %i pixels', async (width, rows) => {
    const { page: tab, close } = await openPage(browser, { viewport: { width, height: 800 } });
    await tab.setContent(await page(CHOICE));
    const boxes = (await tab.evaluate(`${steps}.map(({ x, y }) => ({ x, y }))`)) as { x: number; y: number }[];
    const tops = [...new Set(boxes.map(({ y }) => y))];
    expect(tops.map((top) => boxes.filter(({ y }) => y === top).length)).toEqual(rows);
    const gaps = boxes.slice(1, rows[0]).map(({ x }, index) => Math.round(x - boxes[index]!.x));
    expect(new Set(gaps).size).toBe(1);
    await close();
  });

  it('parts no word of a table’s head on the narrowest phone', async () => {
    const { page: tab, close } = await openPage(browser, { viewport: { width: 320, height: 800 } });
    await tab.setContent(await page(CHOICE));
    const parted = await tab.evaluate(`[...document.querySelectorAll('.sheet th')].flatMap(({ firstChild: text }) =>
      [...text.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        return range.getClientRects().length > 1;
      }).map(({ 0: word }) => word))`);
    expect(parted).toEqual([]);
    await close();
  });

  it('is printed without the grips of a screen, and with one line under a row', async () => {
    const { page: tab, close } = await openPage(browser);
    await tab.setContent(await page(CHOICE));
    await tab.emulateMedia({ media: 'print' });
    expect(await tab.evaluate(`getComputedStyle(document.querySelector('textarea')).resize`)).toBe('none');
    const cell = `getComputedStyle(document.querySelector('.sheet textarea')).borderBottomWidth`;
    expect(await tab.evaluate(cell)).toBe('0px');
    await close();
  });

  it.each([
    [{}, 8],
    [{ largePrint: true }, 11],
    [{ fillable: false }, 8],
    [{ fillable: false, largePrint: true }, 11],
  ])('is printed with room for a pen between its lines: %j, %i mm', async (looks, least) => {
    const { page: tab, close } = await openPage(browser);
    await tab.setContent(
      await page({ article: 'stress-response', sections: ['something-to-try', 'my-alarm'], ...looks }),
    );
    await tab.emulateMedia({ media: 'print' });
    const heights = (await tab.evaluate(`[
      ...[...document.querySelectorAll('.lines textarea')].map((field) => field.clientHeight / field.rows),
      ...[...document.querySelectorAll('.rule, .sheet tbody tr')].map((line) => line.getBoundingClientRect().height),
    ]`)) as number[];
    expect(heights.length).toBeGreaterThan(5);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual((least / 25.4) * 96 - 0.5);
    await close();
  });

  it.each([{}, { largePrint: true }])('is printed with a line for each line there is to write: %j', async (looks) => {
    const { page: tab, close } = await openPage(browser);
    await tab.setContent(await page({ article: 'stress-response', sections: ['something-to-try'], ...looks }));
    // One field of three lines, alone on the paper.
    await tab.evaluate(`document.body.replaceChildren(document.querySelector('.lines textarea'))`);
    await tab.evaluate(`document.querySelector('textarea').rows = 3`);
    const { pagesAsPng } = await import('../../support/poppler.ts');
    const [paper] = pagesAsPng(Buffer.from(await tab.pdf()), 100);
    const { data, info } = await sharp(paper).greyscale().raw().toBuffer({ resolveWithObject: true });
    const isDark = (row: number) => data[row * info.width + Math.round(info.width / 2)]! < 235;
    const rules = Array.from({ length: info.height - 1 }, (_, row) => row + 1).filter(
      (row) => isDark(row) && !isDark(row - 1),
    );
    expect(rules).toHaveLength(3);
    await close();
  });
});
