// Choice and article become blocks: what was typed comes back exactly, and only where it belongs.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Block } from '../../src/merge/block.ts';
import { factsOf, fill, footParts } from '../../src/merge/fill.ts';
import { logoName } from '../../src/merge/letterhead.ts';
import { mergeSheet } from '../../src/merge/sheet.ts';
import { aChoice, anArticle, aPractice, aSaying, aSection, aSource, said, textsOf } from '../support/builders.ts';

const ofClient = aSection('yours', {
  personal: true,
  html: '<p data-source="content/calm/en.md:40">{{#if client}}{{client}}, this is yours.{{else}}This is yours.{{/if}}</p>',
});
const article = anArticle({ sections: [aSection('first'), ofClient, aSection('second')] });
const blocksFor = (choice: Record<string, unknown>) => mergeSheet(aSaying({ article, choice: aChoice(choice) })).blocks;
const section = (blocks: readonly Block[], id: string) =>
  blocks.find((block) => block.kind === 'section' && block.id === id);
const textsOfSection = (blocks: readonly Block[], id: string) => textsOf([section(blocks, id)!]);
const forLine = (blocks: readonly Block[]) =>
  said(blocks.flatMap((block) => (block.kind === 'paragraph' && block.style === 'for' ? block.inlines : [])));
const everyBlock = (block: Block): Block[] => {
  const inside = 'blocks' in block ? block.blocks : block.kind === 'list' ? block.items.flat() : [];
  return [block, ...inside.flatMap(everyBlock)];
};

const HOSTILE = [
  'O’Brien & Sons',
  "O'Brien",
  '<script>alert(1)</script>',
  '"quoted" `ticked` a=b',
  '{{client}} {{{x}}} {{/if}} \\{{y}}',
  '<!--part--><section id="first">',
  '<!--own after--><!--own section yours-->',
  '</section></aside> data-personal x=" data-personal>',
  '&amp; &lt;b&gt; &#39; &nbsp;',
  '{client} {page} $& $1',
  '<b>bold</b> # x **y** [z](javascript:a)',
  '__proto__ constructor',
];

describe('what was typed', () => {
  it.each(HOSTILE)('comes back exactly, as a name and in a note: %s', (text) => {
    const blocks = blocksFor({ client: text, note: `${text}\nnext\n\n- ${text}`, clinician: text });
    expect(forLine(blocks)).toBe(`For ${text} · November\u00a023,\u00a02026 · from ${text}`);
    expect(textsOfSection(blocks, 'note')).toEqual([`A note from ${text}`, `${text}\nnext`, text, text]);
    expect(textsOfSection(blocks, 'yours')).toEqual(['Title of yours', `${text}, this is yours.`]);
    expect(blocks).toHaveLength(blocksFor({ client: 'Ann', note: 'x' }).length);
  });

  it('stands in personal blocks only; all others are equal for every client', () => {
    const typed = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', maxLength: 60 }));
    fc.assert(
      fc.property(typed, typed, typed, (client, other, note) => {
        const sayings = [client, other].map((name) => ({
          ...aSaying({ article }),
          choice: { ...aChoice(), client: name, note: note.trim() },
        }));
        const [one, two] = sayings.map((saying) => mergeSheet(saying).blocks.filter(({ personal }) => !personal));
        expect(one).toEqual(two);
        const words = JSON.stringify(one);
        const nobody = JSON.stringify(mergeSheet(aSaying({ article })).blocks.filter(({ personal }) => !personal));
        expect(words).toBe(nobody);
      }),
      { seed: 20261123, numRuns: 300 },
    );
  });

  it('makes everything inside a personal block personal, and nothing else', () => {
    const blocks = blocksFor({ client: 'Ann', note: 'One\n\n- two' });
    const personal = blocks.filter((block) => block.personal);
    expect(personal).toEqual(personal.filter((block) => everyBlock(block).every((inner) => inner.personal)));
    expect(personal.map((block) => (block.kind === 'section' ? block.id : block.kind))).toEqual([
      'paragraph',
      'note',
      'yours',
    ]);
    expect(
      blocks
        .filter((block) => !block.personal)
        .flatMap(everyBlock)
        .some((block) => block.personal),
    ).toBe(false);
  });

  it('leaves the other blocks the very same, so that they are laid out once', () => {
    const [one, two] = ['Ann', 'Bo'].map((client) => section(blocksFor({ client }), 'first'));
    expect(one).toBeDefined();
    expect(one).toBe(two);
  });
});

describe('a page that is kept', () => {
  const naming = aSection('naming', { html: '<p>{{clinician}} of {{practice}}</p>' });
  const one = anArticle({ sections: [aSection('first'), naming], sources: [aSource('one')] });
  const base = aSaying({ article: one, practice: aPractice({ logo: Buffer.from('x') }) });
  const { practice, crisis } = base;
  const code = { title: 'QR', width: 1, height: 1, shapes: [], svg: '<svg></svg>' };

  it.each([
    ['the name', { practice: { ...practice, name: 'Quay House' } }, 'Quay House'],
    ['how to reach it', { practice: { ...practice, contact: ['1 New Street'] } }, '1 New Street'],
    ['its logo', { practice: { ...practice, logo: Buffer.from('y') } }, logoName(Buffer.from('y'))],
    ['its crisis line', { practice: { ...practice, crisisLine: 'Ring 555 0177' } }, '555 0177'],
    ['the country’s crisis line', { crisis: { ...crisis!, number: '111' } }, '<bdi>111</bdi>'],
    ['the country', { practice: { ...practice, country: 'GB' } }, 'Updated 23\u00a0November\u00a02026'],
    ['the clinician', { choice: aChoice({ clinician: 'Sam Poe' }) }, 'Sam Poe of'],
    ['what to read next', { next: 'Sleeping better' }, 'Read next: Sleeping better'],
    ['the address', { link: { href: 'https://a.org', shown: 'a.org', code } }, 'href="https://a.org"'],
    ['the sections', { sections: [aSection('third')] }, 'Text of third'],
  ])('is not taken for one that differs in %s', (_, some, words) => {
    expect(fill(base)).not.toContain(words);
    expect(fill({ ...base, ...some })).toContain(words);
    expect(fill(base)).not.toContain(words);
  });
});

it('a page is known by who writes only where a section of it names them', () => {
  const naming = aSection('naming', { html: '<p>{{clinician}} says</p>' });
  const choice = aChoice({ clinician: 'Sam Poe' });
  expect(factsOf(aSaying({ choice }), 'Sam Poe').clinician).toBe('');
  expect(factsOf(aSaying({ choice, sections: [naming] }), 'Sam Poe').clinician).toBe('Sam Poe');
});

describe('a handout without', () => {
  it('a name speaks to nobody by name', () => {
    const blocks = blocksFor({});
    expect(forLine(blocks)).toBe('November\u00a023,\u00a02026 · from Dr\u00a0Lee');
    expect(textsOfSection(blocks, 'yours')).toEqual(['Title of yours', 'This is yours.']);
  });

  it('a note has no note section', () => {
    expect(section(blocksFor({ client: 'Ann', note: ' \n ' }), 'note')).toBeUndefined();
  });

  it('letterhead has no masthead', () => {
    const practice = aPractice({ name: '', contact: [] });
    const kinds = mergeSheet(aSaying({ practice })).blocks.map(({ kind }) => kind);
    expect(kinds).not.toContain('masthead');
    expect(kinds[0]).toBe('heading');
  });

  it('a clinician names none', () => {
    const practice = aPractice({ clinician: '' });
    const { blocks } = mergeSheet(aSaying({ practice, choice: aChoice({ note: 'Hello' }) }));
    expect(forLine(blocks)).toBe('November\u00a023,\u00a02026');
    expect(textsOfSection(blocks, 'note')).toEqual(['A note for you', 'Hello']);
  });

  it('a line that is empty without a name leaves no empty paragraph', () => {
    const polite = aSection('hello', {
      personal: true,
      html: '<p>{{#if client}}Dear {{client}},{{/if}}</p><p>Welcome.</p>',
    });
    const { blocks } = mergeSheet(aSaying({ article: anArticle({ sections: [polite] }) }));
    expect(textsOfSection(blocks, 'hello')).toEqual(['Title of hello', 'Welcome.']);
  });
});

describe('the signature', () => {
  const signed = (choice: Record<string, unknown>) => {
    const { blocks } = mergeSheet(aSaying({ choice: aChoice({ note: 'Hello', ...choice }) }));
    return textsOfSection(blocks, 'note').at(-1);
  };

  it('has the credentials of the practice’s own clinician', () => {
    expect(signed({})).toBe('Dr\u00a0Lee, PhD');
    expect(signed({ clinician: 'Dr Lee' })).toBe('Dr\u00a0Lee, PhD');
  });

  it('has nobody else’s credentials', () => {
    expect(signed({ clinician: 'Sam Poe' })).toBe('Sam Poe');
  });
});

describe('the help block', () => {
  const help = (some: Parameters<typeof aSaying>[0]) => textsOfSection(mergeSheet(aSaying(some)).blocks, 'help-now');

  it('has the country’s number and words', () => {
    expect(help({})).toEqual(['Help right now', '988', 'Call or text any time.']);
  });

  it('has the practice’s own words instead, where there are some', () => {
    const practice = aPractice({ crisisLine: 'Call us at 555 0199, day or night.' });
    expect(help({ practice })).toEqual(['Help right now', '555 0199', 'Call us at 555 0199, day or night.']);
    expect(help({ practice, crisis: null })).toEqual(help({ practice }));
  });

  it('sets a telephone number large, but not the hours it is answered', () => {
    const numberOf = (crisisLine: string) => help({ practice: aPractice({ crisisLine }) }).slice(1, -1);
    expect(numberOf('Ring +44 (0)20 7946 0018 any time.')).toEqual(['+44 (0)20 7946 0018']);
    expect(numberOf('Come to room 12, open 9 to 5.')).toEqual([]);
  });

  it('has English words marked as English where the language has none', () => {
    const { blocks } = mergeSheet(aSaying({ article: anArticle({ lang: 'ar' }) }));
    const paragraphs = everyBlock(section(blocks, 'help-now')!).filter(({ lang }) => lang === 'en');
    expect(textsOf(paragraphs)).toEqual(['Call or text any time.']);
  });

  it('has the words of a language for its regions too', () => {
    const crisis = { ...aSaying().crisis!, text: { en: 'Call.', es: 'Llame.' } };
    expect(help({ article: anArticle({ lang: 'es-MX' }), crisis })).toContain('Llame.');
  });
});

describe('the sources', () => {
  const sources = [aSource('one'), aSource('two')];

  it('are those that the chosen sections cite, with addresses to click', () => {
    const citing = anArticle({ sources, sections: [aSection('first', { sources: ['two'] })] });
    const { blocks } = mergeSheet(aSaying({ article: citing }));
    const texts = textsOfSection(blocks, 'sources');
    expect(texts.slice(0, 2)).toEqual(['Sources', 'Lee A (2020). On two. Journal of Examples 1:2. example.org/two']);
    expect(JSON.stringify(section(blocks, 'sources'))).toContain('"link":"https://www.example.org/two"');
  });

  it('give way to a word about the page where there are none', () => {
    const texts = textsOfSection(mergeSheet(aSaying({ next: 'Sleeping better' })).blocks, 'sources');
    expect(texts[0]).toBe('About this page');
    expect(texts.at(-1)).toMatch(/^Read next: Sleeping better\. Updated November\u00a023,\u00a02026\.$/u);
  });
});

describe('a merge', () => {
  it('says each language’s own words', () => {
    const es = mergeSheet(
      aSaying({ article: anArticle({ lang: 'es' }), choice: aChoice({ client: 'Ana', note: 'Hola' }) }),
    );
    expect(es).toMatchObject({ lang: 'es', dir: 'ltr', pageWords: 'página {page} de {pages}' });
    expect(forLine(es.blocks)).toMatch(/^Para Ana · 23/u);
    const ar = mergeSheet(aSaying({ article: anArticle({ lang: 'ar' }) }));
    expect(ar).toMatchObject({ lang: 'ar', dir: 'rtl' });
  });

  it('tags a note in another language', () => {
    const blocks = blocksFor({ note: 'Hola', noteLanguage: 'es' });
    const box = everyBlock(section(blocks, 'note')!).find(({ kind }) => kind === 'box');
    expect(box).toMatchObject({ lang: 'es', dir: 'auto' });
  });

  it('has the practice, how to reach it and the edition at the foot', () => {
    expect(footParts(aSaying())).toEqual([
      expect.stringMatching(/^Finding calm 1\.0\.0, /u),
      'Harbour Practice',
      '555 0100',
    ]);
    expect(footParts(aSaying({ practice: aPractice({ name: '', contact: [] }) }))).toHaveLength(1);
  });

  it('names a logo by its picture', () => {
    const [one, same, other] = ['x', 'x', 'y'].map((bytes) => logoName(Buffer.from(bytes)));
    expect(one).toBe(same);
    expect(one).not.toBe(other);
    expect(fill(aSaying({ practice: aPractice({ logo: Buffer.from('x') }) }))).toContain(one);
  });

  it('is the same for the same request', () => {
    const choice = { client: 'Ann', note: 'One\n- two' };
    expect(blocksFor(choice)).toEqual(blocksFor(choice));
  });
});
