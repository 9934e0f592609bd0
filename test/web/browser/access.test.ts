import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startWeb, type Web } from '../start.ts';
import { faults, openChromium, openPage } from './chromium.ts';

let web: Web;
let first: Web;
let browser: Browser;

beforeAll(async () => {
  web = await startWeb();
  first = await startWeb(null);
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await web.stop();
  await first.stop();
});

const choose = async (page: Page) => {
  await page.goto(web.base);
  await page.fill('#client', 'Ann');
  await page.fill('#note', 'The walk helped.');
  await page.fill('#query', 'lonely');
  await page.getByRole('button', { name: 'Why relationships matter' }).click();
  await page.getByText(/pages?( on \d sheets?)? · about/u).waitFor();
};
const download = (page: Page) => Promise.all([page.waitForEvent('download'), page.click('#download')]);

const STATES: [string, (page: Page) => Promise<unknown>][] = [
  ['the first run', (page) => page.goto(first.base)],
  [
    'the first run with an error',
    async (page) => {
      await page.goto(first.base);
      await page.selectOption('#country', 'AF');
      await page.click('button.main');
      await page.waitForSelector('#errors');
    },
  ],
  ['the empty form', (page) => page.goto(web.base)],
  [
    'a search that finds nothing',
    async (page) => {
      await page.goto(web.base);
      await page.fill('#query', 'zzzzqqq');
      await page.getByText('Nothing found.').waitFor();
    },
  ],
  ['the filled form', choose],
  [
    'the form with errors',
    async (page) => {
      await choose(page);
      await page.fill('#date', '');
      await page.fill('#client', 'x'.repeat(121));
      await page.click('#download');
      await page.waitForSelector('#errors');
    },
  ],
  [
    'the question for a new client',
    async (page) => {
      await choose(page);
      await download(page);
      await page.fill('#client', 'Ben');
      await page.click('#download');
      await page.locator('#ask').waitFor();
    },
  ],
  ['the letterhead', (page) => page.goto(`${web.base}/practice`)],
  ['the saved letterhead', (page) => page.goto(`${web.base}/practice?saved`)],
  ['the articles', (page) => page.goto(`${web.base}/articles`)],
  [
    'the articles with errors',
    async (page) => {
      await page.goto(`${web.base}/articles`);
      await page.locator('#panic-en summary').click();
      await page.fill('#panic-en-by', '');
      await page.locator('#panic-en').getByRole('button', { name: 'Mark as reviewed' }).click();
      await page.waitForSelector('#errors');
    },
  ],
  ['an address that does not exist', (page) => page.goto(`${web.base}/nowhere`)],
];

it.each(STATES)('%s has no violation, nothing wider than the window and no small target', async (_state, go) => {
  const { page, close } = await openPage(browser, { viewport: { width: 320, height: 800 } });
  await go(page);
  expect(await faults(page)).toEqual([]);
  await close();
});

describe('the check itself', () => {
  it('finds what is wrong on a page that is', async () => {
    const { page, close } = await openPage(browser);
    const wrong = '<input><img src="x.png"><button>x</button><p style="width: 400px">x</p>';
    await page.setContent(`<html><title>x</title><main>${wrong}</main></html>`);
    const found = (await faults(page)).join('\n');
    for (const rule of ['image-alt', 'label', 'small target: <button>']) {
      for (const width of [320, 768, 1280]) expect(found).toMatch(new RegExp(`at ${width} pixels, \\w+: ${rule}`, 'u'));
    }
    expect(found.match(/at \d+ pixels, \w+: \d+ pixels wide/gu)).toEqual([expect.stringMatching(/^at 320 pixels/u)]);
    await close();
  });
});

describe('at 320 pixels', () => {
  it('the page folds under the form, behind a button that says what it does', async () => {
    const { page, close } = await openPage(browser, { viewport: { width: 320, height: 700 } });
    await choose(page);
    expect(await page.locator('#sheet').isVisible()).toBe(false);
    const see = page.getByRole('button', { name: 'See the page' });
    expect(await see.getAttribute('aria-expanded')).toBe('false');
    await see.click();
    await page.locator('#sheet iframe').waitFor();
    expect(await page.getByRole('button', { name: 'Hide the page' }).getAttribute('aria-expanded')).toBe('true');
    await close();
  });

  it('a phone that can’t show a PDF in a page opens it instead', async () => {
    const { page, close } = await openPage(browser, { viewport: { width: 320, height: 700 } });
    await page.addInitScript("Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', { get: () => false })");
    await choose(page);
    expect(await page.getByRole('button', { name: 'See the page' }).count()).toBe(0);
    const [tab] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('button', { name: 'Open the page' }).click(),
    ]);
    expect(tab).toBeDefined();
    await close();
  });
});
