import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startWeb, type Web } from '../start.ts';
import { openChromium, openPage, type Seen } from './chromium.ts';

let web: Web;
let browser: Browser;
let seen: Seen;
let page: Page;

beforeAll(async () => {
  web = await startWeb(null);
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await web.stop();
});
beforeEach(async () => {
  seen = await openPage(browser, { javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  page = seen.page;
});
afterEach(() => seen.close());

const button = (name: string | RegExp) => page.getByRole('button', { name });

describe('with JavaScript off, on a phone of 320 pixels', () => {
  it('the first run, a search, a choice and a note lead to an opened page and a file', async () => {
    await page.goto(web.base);
    expect(page.url()).toBe(`${web.base}/welcome`);
    await page.getByLabel('Practice').fill('Lake Practice');
    await button('Save and begin').click();

    await page.getByLabel('Who is it for?').fill('Ann');
    await page.getByLabel('What is it about?').fill('lonely');
    await button('Find').click();
    await button(/Why relationships matter/u).click();
    await page.getByLabel('A few words from you').fill('The walk helped.');
    await button('One page').click();
    expect(await page.inputValue('#client')).toBe('Ann');
    expect(await page.inputValue('#note')).toBe('The walk helped.');
    await page.getByText(/^\d pages?( on \d sheets?)? · about/u).waitFor();

    const answer = page.context().waitForEvent('response', (response) => response.url().endsWith('/preview'));
    await button('Open the page').click();
    expect((await answer).headers()['content-type']).toBe('application/pdf');
    const [download] = await Promise.all([page.waitForEvent('download'), button('Download').click()]);
    expect(download.suggestedFilename()).toMatch(/^handout-\d{4}\.pdf$/u);
    expect(await page.inputValue('#client')).toBe('Ann');

    await page.getByLabel('Who is it for?').fill('Ben');
    await button('Download').click();
    await page.getByText('New client?').waitFor();
    await button('New client, clear the note').click();
    expect(await page.inputValue('#client')).toBe('Ben');
    expect(await page.inputValue('#note')).toBe('');
    await button('Make another').click();
    expect(await page.inputValue('#client')).toBe('');
  });

  it('Print opens the page in a tab of its own, and the form stays', async () => {
    await web.services.practices.save(await web.services.practices.read());
    await page.goto(web.base);
    await page.getByLabel('Who is it for?').fill('Ann');
    await page.getByLabel('What is it about?').fill('lonely');
    await button('Find').click();
    await button(/Why relationships matter/u).click();
    const [tab] = await Promise.all([page.context().waitForEvent('page'), button('Print').click()]);
    expect(tab.url()).not.toContain('Ann');
    expect(await page.inputValue('#client')).toBe('Ann');
  });

  it('errors come first, with links to their fields', async () => {
    await web.services.practices.save(await web.services.practices.read());
    await page.goto(web.base);
    await page.getByLabel('Who is it for?').fill('x'.repeat(121));
    await button('Download').click();
    await page.waitForSelector('#errors');
    expect(await page.locator('#errors a').allTextContents()).toEqual([
      'Nothing has been chosen to print. Choose what the handout is about.',
      'The name can have at most 120 characters. Shorten it.',
    ]);
    await page.locator('#errors a').last().click();
    expect(await page.locator('#client:focus').count()).toBe(1);
  });

  it('offers only what works', async () => {
    await web.services.practices.save(await web.services.practices.read());
    await page.goto(web.base);
    expect(await button('See the page').count()).toBe(0);
    expect(await button('Find').isVisible()).toBe(true);
    expect(await button('Open the page').isVisible()).toBe(true);
  });
});
