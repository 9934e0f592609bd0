// The head of page one, and the foot of every page, break between items only.
import { describe, expect, it } from '@jest/globals';
import { galley, large, pagesOf, textsOf } from './galleys.ts';

describe('a masthead', () => {
  const items = ['12 Harbour Street, Portland', '555 0100', 'www.a-practice-with-a-long-name.example/contact'];
  const masthead = (logo: string, contact = items.join(' · ')) =>
    `<header>${logo}<p class="practice">Harbour</p><p class="contact">${contact}</p></header>`;
  const logo = '<img src="logo" alt="Harbour">';

  it('has its contact on one line where that fits', () => {
    expect(textsOf(galley(masthead(''), 'ltr', large)).map(({ text }) => text)).toEqual(['Harbour', items.join(' · ')]);
  });

  it('has a line for each item where one does not fit, and no dot at either end', () => {
    const many = [...items, 'office@harbour.example', 'Monday to Friday, 9 to 5'];
    expect(textsOf(galley(masthead('', many.join(' · ')), 'ltr', large)).map(({ text }) => text)).toEqual([
      'Harbour',
      ...many,
    ]);
  });

  it('goes below the logo where an address does not fit beside it', () => {
    const beside = textsOf(galley(masthead(logo, items.slice(0, 2).join(' · ')), 'ltr', large));
    expect(beside[0]!.x).toBeGreaterThan(large.margin.x);
    const long = `www.${'harbour'.repeat(11)}.example`;
    const below = galley(masthead(logo, [...items, long].join(' · ')), 'ltr', large);
    expect(textsOf(below).map(({ text, x }) => [text, x])).toEqual(
      ['Harbour', ...items, long].map((text) => [text, large.margin.x]),
    );
    const image = below.strips[0]!.marks.find(({ kind }) => kind === 'image')!;
    if (image.kind === 'image') expect(textsOf(below)[0]!.y).toBeGreaterThan(image.y + image.height);
  });
});

describe('whom it is for', () => {
  /** Its lines. */
  const linesOf = (name: string, ...others: string[]) => {
    const rest = others.map((item) => ` · <bdi>${item}</bdi>`).join('');
    const html = `<p class="for" data-personal><strong><bdi>${name}</bdi></strong>${rest}</p>`;
    return galley(html, 'ltr', large).strips.map((strip) =>
      textsOf({ strips: [strip] })
        .map(({ text }) => text.replace(/[\u2066-\u2069]/gu, ''))
        .join(''),
    );
  };
  const LONG = `from ${'Constantinopolitanopoulos '.repeat(3).trim()}`;

  it('is one line where there is room', () => {
    expect(linesOf('For Ann', 'May 4, 2026', 'from Bo')).toEqual(['For Ann ·May 4, 2026 ·from Bo']);
  });

  it('has no dot at either end of a line', () => {
    expect(linesOf('For Ann', 'November 23, 2026', LONG)).toEqual(['For Ann ·November 23, 2026', LONG]);
  });

  it('has the date behind a long name where there is room for it', () => {
    const lines = linesOf(`For ${'Annabella '.repeat(15).trim()}`, 'November 23, 2026', LONG);
    expect(lines.at(-2)).toMatch(/Annabella ·November 23, 2026$/u);
    expect(lines.at(-1)).toBe(LONG);
  });
});

describe('the foot', () => {
  const footOf = (...foot: string[]) => {
    const [page] = pagesOf('<p>Word.</p>', { foot }, large).pages;
    const rows = new Map<number, string>();
    for (const mark of page!.foot)
      if (mark.kind === 'text') rows.set(mark.y, (rows.get(mark.y) ?? '') + mark.text.replace(/\u00a0/gu, ' '));
    return [...rows.values()];
  };
  const [edition, practice] = [`${'Edition '.repeat(7)}1.0.0`, 'The practice on Harbour Street'];

  it('has a line of its own for what does not fit, and no dot at either end of a line', () => {
    expect(footOf(edition, practice)).toEqual([`${edition} `, `${practice}page 1 of 1`]);
    expect(footOf('Edition 1.0.0', 'Harbour')).toEqual(['Edition 1.0.0 · Harbourpage 1 of 1']);
  });
});
