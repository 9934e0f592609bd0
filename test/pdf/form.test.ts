// Worksheets as fields: labelled, in reading order, nobody's in name; what is typed into them is seen and read back.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { makeHandout } from '../../src/make/handout.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aLibrary, anArticle, aPractice, aSection } from '../support/builders.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { fieldsOf, filled } from '../support/fill.ts';
import { pagesAsPng, popplerStructure, popplerText } from '../support/poppler.ts';

const STEPS = `<li>Low</li>${'<li></li>'.repeat(9)}<li>High</li>`;
const WORKSHEET = `<aside class="try"><ul class="check"><li>Rest</li><li>Walk</li></ul><div class="lines" data-count="3">My step</div></aside>
<div class="scale"><p>How strong?</p><ol class="scale">${STEPS}</ol></div>
<table class="sheet"><thead><tr><th>Day</th><th>What</th></tr></thead><tbody><tr><td>Monday</td><td></td></tr></tbody></table>
<div class="lines" data-count="1">When</div>`;
const library = aLibrary({ articles: [anArticle({ sections: [aSection('first', { html: WORKSHEET })] })] });

let press: Press;
beforeAll(() => {
  press = openPress();
});
const make = async (choice: Record<string, unknown> = {}, from = library) =>
  (await makeHandout(aChoice(choice), from, aPractice(), press)).pdf;

describe('a worksheet on screen', () => {
  it('has a labelled field for all that can be written, in the order it is read', async () => {
    const fields = await fieldsOf(await make());
    expect(fields.filter(({ kind }) => kind !== 'choice').map(({ kind, label }) => [kind, label])).toEqual([
      ['tick', 'Rest'],
      ['tick', 'Walk'],
      ['lines', 'My step'],
      ['lines', 'What, Monday'],
      ['text', 'When'],
    ]);
    const choices = fields.filter(({ kind }) => kind === 'choice');
    expect(choices.map(({ value }) => value)).toEqual(Array.from({ length: 11 }, (_, value) => String(value)));
    expect(choices.map(({ label }) => label).slice(-1)).toEqual(['How strong?: 10']);
    expect(new Set(choices.map(({ name }) => name)).size).toBe(1);
  });

  it('has fields of neutral names, each its own', async () => {
    const fields = await fieldsOf(await make({ client: 'Zaphodia' }));
    const names = fields.filter(({ kind, value }) => kind !== 'choice' || value === '0').map(({ name }) => name);
    expect(names).toEqual(names.map((_, index) => `field-${index + 1}`));
  });

  it.each([{}, { largePrint: true }, { paper: 'a4', client: 'Ann', binder: true }, { fillable: false }])(
    'passes the checker: %j',
    async (choice) => {
      expect(checkConformance(await make(choice))).toEqual([]);
    },
  );

  it('stands where its lines are on a back page that is shifted for a binder', async () => {
    const long = `<p>${'Words to fill the page with. '.repeat(250)}</p>${WORKSHEET}`;
    const from = aLibrary({ articles: [anArticle({ sections: [aSection('first', { html: long })] })] });
    const at = async (binder: boolean) =>
      (await fieldsOf(await make({ binder }, from))).find(({ label }) => label === 'When')!;
    const [plain, bound] = [await at(false), await at(true)];
    expect([plain.page % 2, bound.page % 2]).toEqual([0, 0]);
    expect(bound.rect[0]).not.toBe(plain.rect[0]);
    expect(checkConformance(await make({ binder: true }, from))).toEqual([]);
  });

  it('shows and reads back what was typed, in our own type', async () => {
    const empty = await make({ client: 'Ann' });
    const words = 'Zoë Łukasiewicz said “yes”';
    const pdf = await filled(empty, {
      'My step': `${words}, and so we go for a long walk by the river on Sunday.`,
      When: 'At ten',
      'What, Monday': 'Swim',
    });
    const text = popplerText(pdf);
    for (const typed of [words, 'At ten', 'Swim', 'river on Sunday.'])
      expect(text.replace(/\n/gu, ' ')).toContain(typed);
    expect(popplerText(empty)).not.toContain('At ten');
    expect(pagesAsPng(pdf, 60)[0]!.equals(pagesAsPng(empty, 60)[0]!)).toBe(false);
  });

  it('shows what was ticked and chosen', async () => {
    const empty = await make();
    const [before] = pagesAsPng(empty, 60);
    for (const label of ['Walk', 'How strong?: 7']) {
      const [after] = pagesAsPng(await filled(empty, { [label]: true }), 60);
      expect([label, after!.equals(before!)]).toEqual([label, false]);
    }
  });

  it('is drawn by nobody but us', async () => {
    const text = (await make()).toString('latin1');
    expect(text).not.toContain('NeedAppearances');
    expect(text.match(/\/Subtype \/Widget/gu)).toHaveLength(16);
    expect(text.match(/\/AP <</gu)).toHaveLength(16);
  });
});

describe('a handout without anything to write', () => {
  it('has no form, nor has one with lines only', async () => {
    const plain = aLibrary();
    for (const pdf of [await make({}, plain), await make({ fillable: false })])
      expect(pdf.toString('latin1')).not.toContain('AcroForm');
  });

  it('has the same bytes whether it may have fields or not', async () => {
    expect((await make({}, aLibrary())).equals(await make({ fillable: false }, aLibrary()))).toBe(true);
  });
});

describe('a worksheet that names the client', () => {
  const named = (label: string) =>
    aLibrary({
      articles: [
        anArticle({
          sections: [
            aSection('first', {
              html: `<div class="lines" data-count="2">${label}</div>`,
              personal: true,
              needsClient: true,
            }),
          ],
        }),
      ],
    });

  it('has the name in its label, for that client only', async () => {
    const from = named('What {{client}} will try');
    for (const client of ['Ann', 'Bob', 'Ann']) {
      const fields = await fieldsOf(await make({ client }, from));
      expect(fields.map(({ label }) => label)).toEqual([`What ${client} will try`]);
    }
  });
});

describe('a long table', () => {
  const rows = Array.from({ length: 60 }, (_, index) => `<tr><td>Person ${index}</td><td>Hello</td></tr>`).join('');
  const html = `<table><thead><tr><th>Whoever</th><th>What</th></tr></thead><tbody>${rows}</tbody></table>`;
  const from = aLibrary({ articles: [anArticle({ sections: [aSection('first', { html })] })] });

  it('shows its head on every page and says it once', async () => {
    const pdf = await make({}, from);
    expect(checkConformance(pdf)).toEqual([]);
    expect(popplerText(pdf).match(/Whoever/gu)!.length).toBeGreaterThan(1);
    expect(popplerStructure(pdf).match(/Whoever/gu)).toHaveLength(1);
  });
});
