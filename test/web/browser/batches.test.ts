// The whole way of a morning's print in a real browser: 300 odd but real names, with scripts and without.
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Download, Page } from 'playwright-core';
import { Clone } from '../../cli/clone.ts';
import { oddClients } from '../../support/odd-names.ts';
import { pageCount, popplerWords } from '../../support/poppler.ts';
import { startWeb, type Web } from '../start.ts';
import { faults, openChromium, openPage, until } from './chromium.ts';

jest.setTimeout(240_000);

let clone: Clone;
let web: Web;
let browser: Browser;
beforeAll(async () => {
  clone = new Clone();
  web = await startWeb(undefined, {}, pathToFileURL(clone.path('dist/deliver/thread.js')));
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await web.stop();
  clone.remove();
});

/** What is read there, in one line. */
const wordsIn = async (page: Page, place: string) =>
  ((await page.locator(place).first().textContent()) ?? '').replace(/\s+/gu, ' ').trim();

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const fileOf = (text: string) => ({ name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

async function upload(page: Page, text: string): Promise<void> {
  await page.goto(web.base);
  await page.getByRole('link', { name: 'Many clients' }).click();
  await page.getByLabel('Your spreadsheet').setInputFiles(fileOf(text));
  await page.getByLabel('Why relationships matter').check();
  await page.getByLabel('Which parts?').selectOption('one-page');
  await button(page, 'Check the file').click();
  await page.getByRole('heading', { name: 'Check the file' }).waitFor();
}

async function bytesOf(download: Download): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const downloadOf = async (page: Page, name: string, role: 'link' | 'button' = 'link') => {
  const link = page.getByRole(role, { name, exact: true }).first();
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return download;
};

/** The title and the address hold nothing of a client, in any state. */
const quiet = async (page: Page) => expect(`${page.url()} ${await page.title()}`).not.toMatch(/Łukasiewicz|Zoë/u);

describe.each([
  [300, 'with scripts', true],
  [150, 'with JavaScript off', false],
] as const)('%i clients, %s', (rows, _how, javaScriptEnabled) => {
  it('are checked, put right, made, printed, printed again and deleted', async () => {
    const { page, complaints, close } = await openPage(browser, { javaScriptEnabled, acceptDownloads: true });
    page.setDefaultTimeout(60_000);
    await upload(page, oddClients(rows));
    expect(await wordsIn(page, '.tally')).toBe(`${rows} rows: ${rows - 4} ready, 3 need a fix, 1 same as row 41`);
    expect(await page.getByText('Not used and not kept: Insurance.').count()).toBe(1);
    await quiet(page);

    await page.getByLabel('Row 78, Large print').fill('yes');
    await page.getByLabel('Row 13, Handouts').fill('');
    await button(page, 'Check again').first().click();
    await page.getByText(`${rows - 2} ready`).waitFor();
    const corrected = (await bytesOf(await downloadOf(page, 'Download the corrected file', 'button'))).toString();
    expect(corrected).not.toContain('Slep better');
    if (javaScriptEnabled) await until(page, 'document.querySelectorAll(".small-sheet iframe").length === 4');

    await page.getByLabel(/A separator sheet/u).check();
    if (javaScriptEnabled) await button(page, /^Make 298 packets, [\d,]+ sheets$/u).waitFor();
    const words = await wordsIn(page, '#make');
    await page.locator('#make').click();
    await page.getByRole('heading', { name: `${rows - 2} packets are ready` }).waitFor();
    await quiet(page);
    const told = await wordsIn(page, '.lead');
    expect(told).toContain(`${rows} rows: ${rows - 2} done, 2 refused.`);
    if (javaScriptEnabled) expect(told).toContain(/, (.*)$/u.exec(words)![1]!);

    const download = await downloadOf(page, 'Download');
    expect(download.suggestedFilename()).toMatch(/^packets-\d{4}\.pdf$/u);
    const pdf = await bytesOf(download);
    expect(pageCount(pdf)).toBe(2 * Number(/([\d,]+) sheets/u.exec(told)![1]!.replace(',', '')));
    expect(await popplerWords(pdf)).toContain('Sigurðardóttir');

    await page.getByLabel('From').fill('137');
    await page.getByLabel('To', { exact: true }).fill('140');
    await button(page, 'Make these again').click();
    await page.locator('#again').getByRole('link', { name: 'Open to print' }).waitFor();
    await page.reload();
    expect(await page.getByText('Clients 137 to 140').count()).toBe(1);

    await page.goto(`${web.base}/batches`);
    await page.getByRole('link', { name: new RegExp(`Print file, ${rows - 2} of ${rows} rows, ready`, 'u') }).click();
    await button(page, 'All printed, delete now').click();
    expect(await wordsIn(page, '.saved')).toContain(`Deleted: the print file for ${rows - 2} clients`);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('progress', () => {
  it('survives a reload, and the batch is stopped by its button', async () => {
    const { page, close } = await openPage(browser);
    await upload(page, oddClients(600));
    await page.locator('#make').click();
    await page.locator('#bar').waitFor();
    await page.reload();
    await until(page, 'document.getElementById("bar").value > 0');
    await button(page, 'Stop').click();
    await page.getByRole('heading', { name: 'Stopped' }).waitFor();
    await close();
  });
});

const SMALL = 'Client,Large print,Clinic\nAnn,maybe,x\nBo,,y\nBo,,y\n';
const make = async (page: Page) => {
  if ((await page.getByLabel('Make it again all the same').count()) > 0)
    await page.getByLabel('Make it again all the same').check();
  await page.locator('#make').click();
};
const STATES: [string, (page: Page) => Promise<unknown>][] = [
  ['the start', (page) => page.goto(`${web.base}/batches`)],
  [
    'the start with an error',
    async (page) => {
      await page.goto(`${web.base}/batches`);
      await button(page, 'Check the file').click();
      await page.waitForSelector('#errors');
    },
  ],
  [
    'the check, all of it open',
    async (page) => {
      await upload(page, SMALL);
      await page.getByText('See or change what holds').click();
      await page.getByLabel('A ZIP with a PDF').check();
    },
  ],
  [
    'the check that can’t be',
    async (page) => {
      await upload(page, SMALL);
      await page.getByLabel('Clinic is taken for').selectOption('client');
      await button(page, 'Check again').first().click();
      await page.waitForSelector('#errors');
    },
  ],
  [
    'a batch being made',
    async (page) => {
      await upload(page, oddClients(900));
      await make(page);
      await page.locator('#bar').waitFor();
    },
  ],
  [
    'a batch that is ready, with its rows',
    async (page) => {
      await upload(page, SMALL);
      await make(page);
      await page.getByText('See the rows here').click();
    },
  ],
  [
    'a range that is none',
    async (page) => {
      await upload(page, SMALL);
      await make(page);
      await button(page, 'Make these again').click();
      await page.waitForSelector('#errors');
    },
  ],
];

it.each(STATES)('%s has no violation, nothing wider than the window and no small target', async (_state, go) => {
  const { page, close } = await openPage(browser, { viewport: { width: 320, height: 800 } });
  await go(page);
  expect(await faults(page)).toEqual([]);
  const stop = button(page, 'Stop');
  if ((await stop.count()) > 0) await stop.click();
  await close();
});
