import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startWeb, type Web } from '../start.ts';
import { openChromium, openPage, type Seen, until } from './chromium.ts';

let web: Web;
let browser: Browser;
let seen: Seen;
let page: Page;

beforeAll(async () => {
  web = await startWeb();
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await web.stop();
});
beforeEach(async () => {
  seen = await openPage(browser);
  page = seen.page;
  await page.goto(web.base);
});
afterEach(async () => {
  const { complaints } = seen;
  await seen.close();
  expect(complaints).toEqual([]);
});

const state = () => page.locator('#page-state');
const frames = () => page.locator('#sheet iframe');
const choose = async () => {
  await page.fill('#query', 'lonely');
  await page.getByRole('button', { name: 'Why relationships matter' }).click();
  await page.waitForSelector('#chosen');
  await frames().first().waitFor();
};
/** What the script asks the server to print, as the server is asked. */
const asked = () => page.waitForRequest((request) => request.url().endsWith('/preview'));
const bodyOf = (request: { postData(): string | null }) => new URLSearchParams(request.postData() ?? '');

describe('the live form', () => {
  it('finds articles while she types', async () => {
    await page.fill('#query', 'lonely');
    await page.getByText('1 article found').waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('query');
  });

  it('shows the true page of what was typed last, with its number of pages', async () => {
    await choose();
    const answer = page.waitForResponse(
      (response) => response.url().endsWith('/preview') && bodyOf(response.request()).get('client') === 'Ann',
    );
    await page.locator('#client').pressSequentially('Ann');
    expect((await answer).headers()['content-type']).toBe('application/pdf');
    await state()
      .getByText(/^\d pages?( on \d sheets?)? · about \d+ minutes? to read/u)
      .waitFor();
    expect(await frames().last().getAttribute('src')).toMatch(/^blob:/u);
  });

  it.each(['Letter', 'A4'])('has the page stand in its place, clear of what is below it: %s', async (paper) => {
    await choose();
    await page.getByLabel(paper, { exact: true }).check();
    const boxes = await Promise.all(['.stand', '#sheet'].map((one) => page.locator(one).boundingBox()));
    const [stand, sheet] = boxes.map((box) => box!);
    expect(sheet!.y).toBeCloseTo(stand!.y);
    expect(sheet!.height).toBeLessThanOrEqual(stand!.height + 1);
  });

  it('asks for the page once when she types fast', async () => {
    await choose();
    let asked = 0;
    page.on('request', (request) => {
      if (request.url().endsWith('/preview')) asked++;
    });
    await page.evaluate(`(async () => {
      const note = document.getElementById('note');
      for (const letter of 'Well done, keep going') {
        note.value += letter;
        note.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((later) => setTimeout(later, 10));
      }
    })()`);
    while (asked === 0) await page.waitForTimeout(50);
    await page.waitForTimeout(600);
    expect(asked).toBe(1);
  });

  it('leaves no history, no address and nothing in the browser’s storage', async () => {
    const before = await page.evaluate('history.length');
    await choose();
    for (const name of ['Ann', 'Ben', 'Cleo']) {
      await Promise.all([asked(), page.fill('#client', name)]);
    }
    await Promise.all([asked(), page.click('#preset-one-page')]);
    await until(page, 'document.querySelectorAll("#sheet iframe").length === 1');
    expect(await page.evaluate('history.length')).toBe(before);
    expect(page.url()).toBe(`${web.base}/`);
    expect(await page.evaluate('localStorage.length + sessionStorage.length + document.cookie.length')).toBe(0);
    expect(await page.title()).toBe('Make a handout – Keepsake');
  });

  it('keeps what is typed and where she is when a preset is chosen', async () => {
    await choose();
    await page.fill('#client', 'Ann');
    await page.fill('#note', 'One.\n\nTwo.');
    await page.click('#preset-one-page');
    await until(page, '!document.querySelector(\'[value="support-in-recovery"]\')?.checked');
    expect(await page.inputValue('#client')).toBe('Ann');
    expect(await page.inputValue('#note')).toBe('One.\n\nTwo.');
    expect(await page.evaluate('document.activeElement.id')).toBe('preset-one-page');
  });

  it('says beside the page what stands in its way, without interrupting her', async () => {
    await choose();
    await page.fill('#client', 'A\u{1242B}');
    await state().getByText('we have no letters for').waitFor();
    expect(await page.locator('#errors').count()).toBe(0);
    expect(await page.evaluate('document.activeElement.id')).toBe('client');
    await page.fill('#client', 'Ann');
    await state()
      .getByText(/pages?( on \d sheets?)? · about/u)
      .waitFor();
  });

  it('puts parts in another order by keyboard and by pointer, and prints them so', async () => {
    await choose();
    const order = async () =>
      (await page.evaluate(
        `[...document.querySelectorAll('#parts-list [name="order"]')].map(({ value }) => value)`,
      )) as string[];
    const first = await order();
    const [a, b, c, ...rest] = first;
    await page.click('#order');
    await page.focus(`#down-${a}`);
    const sent = page.waitForRequest((request) => request.url().endsWith('/preview'));
    await page.keyboard.press('Enter');
    expect(await order()).toEqual([b, a, c, ...rest]);
    expect(await page.evaluate('document.activeElement.id')).toBe(`down-${a}`);
    expect(await page.locator('#moved').textContent()).toMatch(/: 2 of \d+$/u);
    expect(bodyOf(await sent).getAll('order')).toEqual([b, a, c, ...rest]);

    const grips = page.locator('#parts-list .grip');
    const [from, to] = [await grips.nth(2).boundingBox(), await grips.nth(0).boundingBox()];
    await page.mouse.move(from!.x + 5, from!.y + 5);
    await page.mouse.down();
    await page.mouse.move(to!.x + 5, to!.y + 5, { steps: 8 });
    await page.mouse.up();
    expect(await order()).toEqual([c, b, a, ...rest]);
    expect(page.url()).toBe(`${web.base}/`);
  });

  it('keeps the focus on a part that has come to either end of the list', async () => {
    await choose();
    await page.click('#order');
    const ids = (await page.evaluate(
      `[...document.querySelectorAll('#parts-list [name="order"]')].map(({ value }) => value)`,
    )) as string[];
    const focused = () => page.evaluate('document.activeElement.id');
    await page.focus(`#up-${ids[1]}`);
    await page.keyboard.press('Enter');
    expect(await focused()).toBe(`down-${ids[1]}`);
    await page.focus(`#down-${ids.at(-2)}`);
    await page.keyboard.press('Enter');
    expect(await focused()).toBe(`up-${ids.at(-2)}`);
  });

  it('keeps a choice by the Enter key too', async () => {
    await choose();
    await page.click('#keeping summary');
    await page.fill('#presetName', 'By key');
    await page.keyboard.press('Enter');
    await page.getByText('Kept as “By key”.').waitFor();
    await web.services.presets.remove('By key');
  });

  it('says how hard the note reads while something else is still to be put right', async () => {
    const said = () => page.locator('#note-hint').textContent();
    await page.goto(web.base);
    await page.fill('#note', 'You came. '.repeat(20));
    await page.getByText('how hard it reads is shown once you chose').waitFor();
    await choose();
    await page.fill('#date', '');
    await page.fill('#note', 'You came, though it was hard. '.repeat(10));
    await page.getByText('299 of 2,000 characters · grade').waitFor();
    expect(await said()).toMatch(/ · grade \d+$/u);
  });

  it('says what does not fit, and what can be done, where she sees it while she chooses the length', async () => {
    await choose();
    await page.check('input[name=fit][value="1"]');
    const leave = page.getByRole('button', { name: /^Leave out these/u });
    await leave.waitFor();
    const { y, height } = (await leave.boundingBox())!;
    expect(y).toBeGreaterThan(0);
    expect(y + height).toBeLessThan(900);
    expect((await page.locator('#print').boundingBox())!.y).toBeGreaterThan(0);
    expect((await page.locator('#sheet').boundingBox())!.height).toBeGreaterThan(300);
    await leave.click();
    await state()
      .getByText(/^1 page ·/u)
      .waitFor();
  });

  it('prints the page she sees', async () => {
    await choose();
    await page.fill('#client', 'Ann');
    await page.evaluate(`window.printed = [];
      const real = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow').get;
      Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', { get() {
        const frame = this;
        const inner = real.call(frame);
        return inner && { focus() {}, print() { window.printed.push(frame.src); } };
      } })`);
    const answer = page.waitForResponse((response) => response.url().endsWith('/print'));
    await page.click('#print');
    expect((await answer).status()).toBe(200);
    await until(page, 'window.printed.length === 1');
    expect(await page.evaluate('window.printed[0]')).toBe(await frames().last().getAttribute('src'));
    expect(page.context().pages()).toHaveLength(1);
  });

  it('downloads a file with a neutral name', async () => {
    await choose();
    await page.fill('#client', 'Ann');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
    expect(download.suggestedFilename()).toMatch(/^handout-\d{4}\.pdf$/u);
  });

  it('leads to what is wrong, and forgets it once it is right', async () => {
    await choose();
    await page.fill('#date', '');
    await page.click('#print');
    await page.waitForSelector('#errors');
    expect(await page.evaluate('document.activeElement.id')).toBe('errors');
    expect(await page.title()).toMatch(/^Error: /u);
    await page.getByRole('link', { name: /The date is not a day/u }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('date');
    await page.fill('#date', '2026-11-23');
    await Promise.all([page.waitForEvent('download'), page.click('#download')]);
    expect(await page.locator('#errors, .wrong, [aria-invalid]').count()).toBe(0);
  });

  it('says so when the program has stopped', async () => {
    await choose();
    await page.route('**/preview', (route) => route.abort());
    await page.fill('#client', 'Ann');
    await state().getByText('Keepsake does not answer.').waitFor();
    expect(await page.inputValue('#client')).toBe('Ann');
    seen.complaints.length = 0; // the aborted request, said by Chromium
  });
});

describe('the first run', () => {
  it('shows the crisis line of the country that is chosen', async () => {
    await page.goto(`${web.base}/welcome`);
    const printed = page.locator('#printed strong');
    await page.selectOption('#country', 'GB');
    expect(await printed.textContent()).toMatch(/116 123/u);
    await page.selectOption('#country', 'AF');
    expect(await printed.textContent()).toMatch(/^nothing yet/u);
  });
});

describe('the next client', () => {
  const made = async () => {
    await choose();
    await page.fill('#client', 'Ann');
    await page.fill('#note', 'The walk helped.');
    await Promise.all([page.waitForEvent('download'), page.click('#download')]);
  };

  it('is asked about as soon as she leaves the changed name, not while she types it', async () => {
    await made();
    const answer = page.waitForResponse((response) => response.headers()['x-handout-new-client'] === 'ask');
    await page.fill('#client', 'Ben');
    await answer;
    expect(await page.locator('#ask').isVisible()).toBe(false);
    await page.press('#client', 'Tab');
    await page.locator('#ask').waitFor();
    expect(await page.getByRole('group', { name: /New client/u }).isVisible()).toBe(true);
  });

  it('gets no note of the one before, whatever is pressed', async () => {
    await made();
    await page.fill('#client', 'Ben');
    await page.click('#download');
    await page.locator('#ask').waitFor();
    await page.getByRole('button', { name: 'New client, clear the note' }).click();
    await until(page, 'document.getElementById("note").value === ""');
    expect(await page.inputValue('#client')).toBe('Ben');
    expect(await page.locator('#ask').isVisible()).toBe(false);
    await Promise.all([page.waitForEvent('download'), page.click('#download')]);
  });

  it('begins with empty fields after Make another', async () => {
    await made();
    await page.getByLabel('Large print').check();
    await page.getByLabel('Discreet').check();
    await page.click('#another');
    await until(page, 'document.getElementById("client").value === ""');
    expect(await page.inputValue('#note')).toBe('');
    expect(await page.getByLabel('Large print').isChecked()).toBe(false);
    expect(await page.getByLabel('Discreet').isChecked()).toBe(false);
    expect(await page.evaluate('document.activeElement.id')).toBe('client');
    expect(await page.locator('#chosen').count()).toBe(1);
  });

  it('sees nothing of the last one after Back', async () => {
    await made();
    await page.goto(`${web.base}/practice`);
    await page.goBack();
    await page.waitForSelector('#client');
    expect(await page.inputValue('#client')).toBe('');
    expect(await page.inputValue('#note')).toBe('');
    expect(await page.content()).not.toContain('The walk helped.');
  });

  it('sees nothing of the last one when the browser kept the page in memory', async () => {
    await made();
    await Promise.all([
      page.waitForEvent('load'),
      page.evaluate(`dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`),
    ]);
    expect(await page.inputValue('#client')).toBe('');
    expect(await page.inputValue('#note')).toBe('');
  });
});

describe('by keyboard alone', () => {
  it('a handout is found, filled in and downloaded', async () => {
    const { keyboard } = page;
    const focused = () => page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()');
    expect(await focused()).toBe('client');
    await keyboard.type('Ann');
    await keyboard.press('Tab');
    expect(await focused()).toBe('query');
    await keyboard.type('lonely');
    await page.getByText('1 article found').waitFor();
    await keyboard.press('Tab');
    expect(await focused()).toContain('Why relationships matter');
    await keyboard.press('Enter');
    await page.waitForSelector('#chosen');
    await until(page, 'document.activeElement.id === "chosen"');
    for (let step = 0; (await focused()) !== 'download'; step++) {
      expect(step).toBeLessThan(40);
      await keyboard.press('Tab');
    }
    await Promise.all([page.waitForEvent('download'), keyboard.press('Space')]);
  });

  it('Enter in a field brings the page up to date and leaves nothing', async () => {
    await choose();
    await page.fill('#client', 'Ann');
    const answer = asked();
    await page.press('#client', 'Enter');
    expect(bodyOf(await answer).get('client')).toBe('Ann');
    expect(page.url()).toBe(`${web.base}/`);
    expect(await page.inputValue('#client')).toBe('Ann');
  });
});
