// The handout for a screen in a real Chromium: nothing is asked for, nothing is wider than a phone, axe finds nothing.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { startWeb, type Web } from '../start.ts';
import { openChromium, openPage, violations } from './chromium.ts';

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

describe.each([
  [320, 'light'],
  [360, 'dark'],
  [1280, 'dark'],
] as const)('at %i pixels, %s', (width, colorScheme) => {
  it.each(CHOICES)('$article has no violation, large print $largePrint', async (choice) => {
    const { page: tab, complaints, close } = await openPage(browser, { viewport: { width, height: 800 }, colorScheme });
    const asked: string[] = [];
    tab.on('request', (request) => asked.push(request.url()));
    await tab.setContent(await page(choice));
    expect(await violations(tab)).toEqual([]);
    expect(await tab.evaluate('document.documentElement.scrollWidth')).toBe(width);
    expect(asked.filter((address) => !address.startsWith('data:'))).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
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
