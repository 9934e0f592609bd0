// A worksheet in Chromium's own viewer: what is typed, ticked and chosen there is seen.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { makeHandout } from '../../../src/make/handout.ts';
import { openPress } from '../../../src/pdf/press.ts';
import { aChoice, aLibrary, anArticle, aPractice, aSection } from '../../support/builders.ts';
import { fieldsOf, type SeenField } from '../../support/fill.ts';
import { openChromium, openPage } from './chromium.ts';

const STEPS = `<li>Low</li>${'<li></li>'.repeat(9)}<li>High</li>`;
const WORKSHEET = `<ul class="check"><li>Rest</li></ul><div class="lines" data-count="3">My step</div>
<div class="scale"><p>How strong?</p><ol class="scale">${STEPS}</ol></div>`;

const HEIGHT = 792;
/** The viewer shows a point as this many pixels at zoom=100. */
const PIXELS = 96 / 72;

let browser: Browser;
let server: Server;
let pdf: Buffer;
beforeAll(async () => {
  const library = aLibrary({ articles: [anArticle({ sections: [aSection('first', { html: WORKSHEET })] })] });
  pdf = (await makeHandout(aChoice(), library, aPractice(), openPress())).pdf;
  server = createServer((request, response) => {
    const isPdf = request.url === '/sheet.pdf';
    response.setHeader('content-type', isPdf ? 'application/pdf' : 'text/html');
    response.end(isPdf ? pdf : VIEWER);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await new Promise((done) => server.close(done));
});

const VIEWER = `<!doctype html><title>Sheet</title><body style="margin:0">
<embed src="/sheet.pdf#toolbar=0&navpanes=0&zoom=100" type="application/pdf" style="width:900px;height:1100px">`;

/** The page's upper left corner on the screen: where the viewer's dark ground ends. */
async function cornerOf(page: Page): Promise<{ left: number; top: number }> {
  for (let wait = 0; wait < 100; wait++) {
    const { data, info } = await sharp(await page.screenshot())
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number, y: number) => data[y * info.width + x]!;
    const middle = info.height / 2;
    const left = Array.from({ length: 200 }, (_, x) => x).find((x) => at(x, middle) > 250);
    const top = Array.from({ length: 50 }, (_, y) => y).find((y) => at(200, y) > 250);
    if (at(0, middle) < 100 && left !== undefined && top !== undefined) return { left, top };
    await page.waitForTimeout(100);
  }
  throw new Error('The viewer showed no page.');
}

it('what is typed and ticked on screen is seen', async () => {
  const { page, close } = await openPage(browser, { viewport: { width: 900, height: 1100 } });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const corner = await cornerOf(page);
  const boxOf = ({ rect }: SeenField) => {
    const [x1, y1, x2, y2] = rect as [number, number, number, number];
    return {
      left: Math.round(corner.left + x1 * PIXELS),
      top: Math.round(corner.top + (HEIGHT - y2) * PIXELS),
      width: Math.round((x2 - x1) * PIXELS),
      height: Math.round((y2 - y1) * PIXELS),
    };
  };
  /** Share of the field that is inked. */
  const inked = async (field: SeenField) => {
    const { left, top, width, height } = boxOf(field);
    const { kind } = field;
    // Only the middle of a circle, for its outline is drawn beforehand.
    const inset = kind === 'lines' ? 3 : Math.round(width / 4);
    const inside = { left: left + inset, top: top + inset, width: width - 2 * inset, height: height - 2 * inset };
    const pixels = await sharp(await page.screenshot())
      .greyscale()
      .extract(inside)
      .raw()
      .toBuffer();
    return pixels.filter((pixel) => pixel < 150).length / pixels.length;
  };
  const click = async (field: SeenField) => {
    const { left, top, width, height } = boxOf(field);
    await page.mouse.click(left + width / 2, top + height / 2);
    await page.waitForTimeout(300);
  };

  const fields = await fieldsOf(pdf);
  const [tick, step, seven] = ['Rest', 'My step', 'How strong?: 7'].map(
    (label) => fields.find((one) => one.label === label)!,
  );
  const before = [await inked(tick!), await inked(step!), await inked(seven!)];
  expect(before[0]).toBe(0);
  expect(before[2]).toBe(0);
  await click(tick!);
  await click(seven!);
  await click(step!);
  await page.keyboard.type(
    'Zoë Łukasiewicz and I go for a long walk by the river, and we talk about the week that was.',
  );
  await click(tick!);
  await click(tick!);
  await page.waitForTimeout(300);

  expect(await inked(tick!)).toBeGreaterThan(0.1);
  expect(await inked(seven!)).toBeGreaterThan(0.1);
  const typed = await inked(step!);
  expect(typed).toBeGreaterThan(0.02);
  expect(typed).not.toBeCloseTo(before[1]!, 3);
  await close();
});
