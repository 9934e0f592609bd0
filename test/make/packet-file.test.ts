// One packet as one file: a handout stays a handout, several come with their contents and count their pages together.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { makeHandout } from '../../src/make/handout.ts';
import { makePacketFile } from '../../src/make/packet-file.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aPractice } from '../support/builders.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { sampleLibrary } from '../support/house.ts';
import { aPacket } from '../support/pile.ts';
import { pageCount, popplerText } from '../support/poppler.ts';

let library: Library;
let press: Press;
beforeAll(async () => {
  library = await sampleLibrary();
  press = openPress();
});

const make = (packet: ReturnType<typeof aPacket>) => makePacketFile(packet, library, aPractice(), press);
const several = (some: Record<string, unknown> = {}) =>
  aPacket(7, {
    handouts: ['stress-response', 'why-relationships-matter'].map((article) =>
      aChoice({ article, preset: 'one-page', client: 'Zoë Łukasiewicz', ...some }),
    ),
  });

describe('the file of a packet', () => {
  it('is the handout where there is one', async () => {
    const packet = aPacket(7);
    const { pdf, pages, id } = await make(packet);
    const alone = await makeHandout(packet.handouts[0]!, library, aPractice(), press);
    expect(pdf.equals(alone.pdf)).toBe(true);
    expect([pages, id]).toEqual([alone.pages, 'id-7']);
  });

  it('has all its handouts, the contents first, without anything for staff', async () => {
    const { pdf, pages } = await make({ ...several(), copies: 3 });
    expect(checkConformance(pdf)).toEqual([]);
    expect(pageCount(pdf)).toBe(pages);
    const text = popplerText(pdf).replace(/\s+/gu, ' ');
    expect(text).toMatch(/Your handouts For Zoë Łukasiewicz .* page 1 of 2 .* page 2 of 2/u);
    expect(text).not.toMatch(/\d of 300|Row 7/u);
    expect(pdf.toString('latin1')).toContain('(Your handouts)');
  });

  it('of a discreet packet has neither name nor contents', async () => {
    const { pdf } = await make(several({ discreet: true }));
    expect(checkConformance(pdf)).toEqual([]);
    expect(popplerText(pdf)).not.toMatch(/Zoë|Your handouts|Harbour/u);
    expect(pdf.toString('latin1')).not.toContain('Keepsake');
  });
});
