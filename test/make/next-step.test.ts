// The way to more: the practice's own web address as a code that a telephone reads, where there is one and room for it.
import { beforeAll, describe, expect, it } from '@jest/globals';
import QRCode from 'qrcode';
import sharp from 'sharp';
import type { Library } from '../../src/content/article.ts';
import { makeHandout } from '../../src/make/handout.ts';
import { linkOf } from '../../src/make/next-step.ts';
import { makeWebPage } from '../../src/make/web-page.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aPractice } from '../support/builders.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { sampleLibrary } from '../support/house.ts';
import { pagesAsPng, popplerStructure, popplerText } from '../support/poppler.ts';

let library: Library;
let press: Press;
beforeAll(async () => {
  library = await sampleLibrary();
  press = openPress();
});

describe('a web address', () => {
  it.each([
    [
      ['12 Quay Street', 'https://harbour.example/clients'],
      'https://harbour.example/clients',
      'harbour.example/clients',
    ],
    [['555 0100 · www.harbour.example.'], 'https://www.harbour.example', 'harbour.example'],
    [['harbour.example'], 'https://harbour.example', 'harbour.example'],
    [['http://harbour.example/'], 'http://harbour.example/', 'harbour.example'],
  ])('is found in %j', (contact, href, shown) => {
    expect(linkOf(contact)).toMatchObject({ href, shown });
  });

  it.each([
    [[]],
    [['12 Quay Street', '555 0100']],
    [['hello@harbour.example']],
    [['Write to hello@www.harbour.example']],
    [['Dr.Lee', 'St. James', '12.30']],
    [[`https://harbour.example/${'x'.repeat(200)}`]],
  ])('is not found in %j', (contact) => {
    expect(linkOf(contact)).toBeNull();
  });
});

describe('its code', () => {
  it('has the modules of the standard’s own library, each at least half a millimetre, 20 mm together', () => {
    const href = 'https://harbour.example';
    const { code } = linkOf([href])!;
    const { size, data } = QRCode.create(href, { errorCorrectionLevel: 'M' }).modules;
    const side = code.width / (size + 4);
    expect(side * size).toBeGreaterThanOrEqual((20 * 72) / 25.4);
    const [outline] = code.shapes;
    if (outline?.kind !== 'outline') throw new Error('No outline.');
    const area = outline.steps.reduce((sum, step, index) => {
      if (step[0] !== 'M') return sum;
      const [, right, bottom] = outline.steps.slice(index, index + 3) as [unknown, number[], number[]];
      return sum + (right[1]! - step[1]!) * (bottom[2]! - step[2]!);
    }, 0);
    expect(area / side ** 2).toBeCloseTo(
      data.reduce((sum, dark) => sum + dark, 0),
      3,
    );
  });

  it('is drawn once for an address', () => {
    expect(linkOf(['harbour.example'])!.code).toBe(linkOf(['harbour.example'])!.code);
  });
});

const SITE = aPractice({ contact: ['12 Quay Street', 'www.harbour.example'] });
const make = (choice: Record<string, unknown>, practice = SITE) =>
  makeHandout(aChoice(choice), library, practice, press);

describe('a handout of a practice with a web address', () => {
  it.each([
    { article: 'stress-response', preset: 'full' },
    { article: 'stress-response', sections: ['in-short'], largePrint: true },
    { article: 'sample-arabic', language: 'ar', note: 'مرحبا\n\n'.repeat(12) },
  ])('has the code as a figure with its text, and a link: $article, large print $largePrint', async (choice) => {
    const { pdf } = await make(choice);
    expect(checkConformance(pdf)).toEqual([]);
    expect(popplerStructure(pdf)).toMatch(/Figure "QR"[\s\S]*Link \(inline\)/u);
    expect(pdf.includes('(https://www.harbour.example)')).toBe(true);
    expect(popplerText(pdf)).toContain('harbour.example');
  });

  it('has a code of dark on white, in its place on the page', async () => {
    const { pdf, pages } = await make({ article: 'stress-response', preset: 'full' });
    const dots = await Promise.all(
      pagesAsPng(pdf, 72).map(async (png) => {
        const corner = { left: 44, top: 40, width: 66, height: 700 };
        const { data } = await sharp(png).extract(corner).greyscale().raw().toBuffer({ resolveWithObject: true });
        return data.reduce((sum, grey) => sum + (grey < 90 ? 1 : 0), 0);
      }),
    );
    // The margin column holds few words; about half of a code's 57 × 57 points are dark.
    expect(dots).toHaveLength(pages);
    expect(Math.max(...dots)).toBeGreaterThan(1200);
  });

  it('takes no page more for it', async () => {
    const without = aPractice({ contact: ['12 Quay Street'] });
    for (const preset of ['one-page', 'full']) {
      const [one, two] = [
        await make({ article: 'stress-response', preset }),
        await make({ article: 'stress-response', preset }, without),
      ];
      expect(one.pages).toBe(two.pages);
    }
  });

  it('has none on a discreet copy', async () => {
    const { pdf } = await make({ article: 'stress-response', preset: 'full', discreet: true });
    expect(popplerText(pdf)).not.toContain('harbour');
    expect(pdf.toString('latin1')).not.toContain('harbour');
    const { html } = await makeWebPage(aChoice({ article: 'stress-response', discreet: true }), library, SITE, press);
    expect(html).not.toContain('harbour');
  });

  it('has it in the page for a screen, on white', async () => {
    const { html } = await makeWebPage(aChoice({ article: 'stress-response' }), library, SITE, press);
    expect(html).toMatch(
      /role="img" aria-label="QR code: harbour\.example"><svg viewBox="0 0 \d+ \d+"><path fill="#fff"/u,
    );
    expect(html).toContain('<a href="https://www.harbour.example" rel="noreferrer">harbour.example</a>');
  });
});
