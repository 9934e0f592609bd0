// A dozen handouts as small grey pictures: a page that comes out otherwise is shown, and kept only on purpose.
//
//   RENEW_REFERENCE=1 NODE_OPTIONS=--experimental-vm-modules npx jest test/reference
//
// writes them anew; look at them before you commit them. They are of sample articles, so that an author's edit changes none.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { Library } from '../../src/content/article.ts';
import { readLibrary } from '../../src/content/library.ts';
import { makeHandout } from '../../src/make/handout.ts';
import { trialMerge } from '../../src/merge/trial.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aCrisisLine, aPractice } from '../support/builders.ts';
import { aLogo } from '../support/house.ts';
import { pagesAsPng } from '../support/poppler.ts';
import { compare } from './compare.ts';

const RENEW = process.env.RENEW_REFERENCE === '1';
const DPI = 50;
const LARGEST = 2_000_000;
const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const NOTE = 'You told me about the nights. Try the long out-breath first, 5 minutes a day.\n\n- read\n- rest';
const PAGES: Readonly<Record<string, Record<string, unknown>>> = {
  'standard-letter': { preset: 'full' },
  'standard-a4': { preset: 'full', paper: 'a4', note: '' },
  'one-page': { preset: 'one-page', note: '', client: '' },
  'long-note': { preset: 'one-page', note: `${'Word by word, step by step. '.repeat(70)}\n\n${NOTE}`.slice(0, 1990) },
  'own-words': {
    preset: 'one-page',
    words: 'It is too much.',
    agreed: NOTE,
    plan: 'Tuesday.',
    appointment: 'Monday, 10:30',
  },
  'large-print': { preset: 'full', largePrint: true },
  'large-print-a4-binder': { preset: 'one-page', largePrint: true, paper: 'a4', binder: true, inkSaving: true },
  'ink-saving': { preset: 'full', inkSaving: true, fillable: false },
  binder: { preset: 'full', binder: true, paper: 'a4' },
  discreet: { preset: 'full', discreet: true },
  'fit-one': { sections: ['you-may-notice', 'what-helps', 'something-to-try'], fit: 1 },
  'fit-two': { preset: 'full', fit: 2, paper: 'a4' },
  arabic: { article: 'sample-arabic', language: 'ar', binder: true, client: 'محمد الأحمد' },
};

let library: Library;
let press: Press;
beforeAll(async () => {
  const read = await readLibrary([place('./articles'), place('../support/articles')], trialMerge);
  library = { ...read, crisisLines: [aCrisisLine()] };
  press = openPress();
});

/** The first three pages, side by side. */
async function pictureOf(choice: Record<string, unknown>): Promise<Buffer> {
  const practice = aPractice({
    clinician: 'Dr. Lee',
    logo: await aLogo(),
    colour: choice.fit === undefined ? '' : '#7a1f3d',
  });
  const asked = aChoice({ article: 'sample-page', client: 'Zoë Łukasiewicz', note: NOTE, ...choice });
  const { pdf } = await makeHandout(asked, library, practice, press);
  const pages = pagesAsPng(pdf, DPI, 3);
  const [{ width, height }] = (await Promise.all(pages.map(sizeOf))) as [{ width: number; height: number }];
  const gap = 4;
  return sharp({ create: { width: (width + gap) * pages.length - gap, height, channels: 3, background: '#808080' } })
    .composite(pages.map((input, index) => ({ input, left: index * (width + gap), top: 0 })))
    .toColourspace('b-w')
    .png({ compressionLevel: RENEW ? 9 : 1 })
    .toBuffer();
}

async function sizeOf(png: Buffer): Promise<{ width: number; height: number }> {
  const { width, height } = await sharp(png).metadata();
  return { width, height };
}

describe('the pages', () => {
  it.each(Object.entries(PAGES))('look as they did: %s', async (name, choice) => {
    const kept = place(`./${name}.png`);
    const now = await pictureOf(choice);
    if (RENEW) writeFileSync(kept, now);
    if (!existsSync(kept))
      throw new Error(`There is no picture of “${name}” yet. The head of this file says how to make it.`);
    const { worst, picture } = await compare(now, readFileSync(kept));
    if (worst <= 1) return;
    const shown = join(tmpdir(), `keepsake-${name}.png`);
    writeFileSync(shown, await picture());
    throw new Error(`“${name}” looks otherwise: see ${shown}, what is new in red and what is gone in blue.`);
  });

  it('take little room', () => {
    const sizes = Object.keys(PAGES).map((name) => statSync(place(`./${name}.png`)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(LARGEST);
  });
});

describe('a difference', () => {
  const page = async () => pictureOf(PAGES['one-page']!);
  const moved = async (png: Buffer, down: number) => {
    const { width, height } = await sizeOf(png);
    const rest = await sharp(png)
      .extract({ left: 0, top: 0, width, height: height - down })
      .toBuffer();
    return sharp(rest).extend({ top: down, background: '#ffffff' }).png().toBuffer();
  };

  it('is none between a page and itself, and one as soon as anything moves by three points', async () => {
    const png = await page();
    expect((await compare(png, png)).worst).toBe(0);
    expect((await compare(await moved(png, 2), png)).worst).toBeGreaterThan(1);
  });

  it('is a line more, boxes without their tint, and another paper', async () => {
    const png = await page();
    const other = async (choice: Record<string, unknown>) =>
      (await compare(await pictureOf({ ...PAGES['one-page'], ...choice }), png)).worst;
    expect(await other({ client: 'Ann', note: 'Rest.' })).toBeGreaterThan(1);
    expect(await other({ inkSaving: true })).toBeGreaterThan(1);
    expect(await other({ paper: 'a4' })).toBe(Number.POSITIVE_INFINITY);
  });

  it('is shown in red and blue', async () => {
    const [one, two] = [await page(), await pictureOf({ ...PAGES['one-page'], note: 'Rest.' })];
    const { picture } = await compare(two, one);
    const { data } = await sharp(await picture())
      .raw()
      .toBuffer({ resolveWithObject: true });
    let red = 0;
    for (let at = 0; at < data.length; at += 3)
      if (data[at]! > 200 && data[at + 1]! < 100 && data[at + 2]! < 100) red++;
    expect(red).toBeGreaterThan(20);
  });
});
