// The head of page one breaks its contact between items only.
import { describe, expect, it } from '@jest/globals';
import { galley, large, textsOf } from './galleys.ts';

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
