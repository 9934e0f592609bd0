// HTML of our vocabulary becomes blocks; anything else is refused with its place.
import { describe, expect, it } from '@jest/globals';
import { HandoutError, sentence } from '../../src/errors.ts';
import type { Block } from '../../src/merge/block.ts';
import { fillSection } from '../../src/merge/frame.ts';
import { readBlocks } from '../../src/merge/read.ts';
import { trialMerge } from '../../src/merge/trial.ts';
import { wordsOf } from '../../src/merge/words.ts';
import { anArticle, aSection, said, textsOf } from '../support/builders.ts';

const one = (html: string) => readBlocks(html)[0]!;
const inlines = (html: string) => (one(html) as Extract<Block, { kind: 'paragraph' }>).inlines;
function refusal(html: string): string {
  try {
    readBlocks(html);
  } catch (error) {
    if (error instanceof HandoutError) return sentence(error.problems[0]!);
    throw error;
  }
  return 'not refused';
}

describe('text', () => {
  it('has its entities decoded and its white space collapsed, but for blanks that do not break', () => {
    expect(inlines('<p>  a &amp;amp;\n <b></b>b&nbsp;c &#x27;d&#x3D; </p>'.replace('<b></b>', ''))).toEqual([
      { text: "a &amp; b\u00a0c 'd=" },
    ]);
  });

  it('knows bold, italic, links, languages and breaks, one inside the other', () => {
    const html = '<p>a <strong>b <em>c</em></strong> <a href="https://x.org">d</a><br> e <span lang="es">f</span></p>';
    expect(inlines(html)).toEqual([
      { text: 'a ' },
      { text: 'b ', bold: true },
      { text: 'c', bold: true, italic: true },
      { text: ' ' },
      { text: 'd', link: 'https://x.org', breakAfter: true },
      { text: 'e ' },
      { text: 'f', lang: 'es' },
    ]);
  });

  it('has one blank where two elements bring one each', () => {
    expect(said(inlines('<p>a <em> b </em> c</p>'))).toBe('a b c');
  });

  it('that is empty makes no block', () => {
    expect(readBlocks('<p></p><p> </p><ul><li>x</li></ul>').map(({ kind }) => kind)).toEqual(['list']);
  });
});

describe('blocks', () => {
  it('carry where they come from, their language and their direction', () => {
    expect(one('<p data-source="content/a/en.md:12" lang="ar" dir="rtl">x</p>')).toEqual({
      kind: 'paragraph',
      style: 'body',
      personal: false,
      source: 'content/a/en.md:12',
      lang: 'ar',
      dir: 'rtl',
      inlines: [{ text: 'x' }],
    });
  });

  it('hold lists with lists in them', () => {
    const list = one('<ol><li>a<ul class="check"><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>');
    expect(list).toMatchObject({
      kind: 'list',
      marker: 'number',
      items: [
        [{ kind: 'paragraph' }, { kind: 'list', marker: 'check' }],
        [{ kind: 'paragraph' }, { kind: 'paragraph' }],
      ],
    });
  });

  it('hold tables, figures and lines to write on', () => {
    const table =
      '<table><caption>t</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>';
    expect(one(table)).toMatchObject({ caption: [{ text: 't' }], head: [[{ text: 'a' }]], rows: [[[{ text: 'b' }]]] });
    expect(one('<figure><img src="x.png" alt="y"><figcaption>z</figcaption></figure>')).toMatchObject({
      kind: 'figure',
      image: 'x.png',
      alt: 'y',
      caption: [{ text: 'z' }],
    });
    expect(one('<div class="lines" data-count="3">Next step</div>')).toMatchObject({ kind: 'lines', count: 3 });
  });

  it('hold worksheets: lines that fill the page or stand beside their label, scales, tables to fill in', () => {
    expect(one('<div class="lines" data-fill="">x</div>')).toMatchObject({ count: 'fill', beside: false });
    expect(one('<div class="lines beside" data-count="1">x</div>')).toMatchObject({ count: 1, beside: true });
    const steps = (count: number) => `<li value="0">low</li>${'<li></li>'.repeat(count - 2)}<li value="10">high</li>`;
    expect(one(`<div class="scale"><p>How?</p><ol class="scale">${steps(11)}</ol></div>`)).toMatchObject({
      kind: 'scale',
      label: [{ text: 'How?' }],
      from: [{ text: 'low' }],
      to: [{ text: 'high' }],
    });
    expect(refusal(`<div class="scale"><p>How?</p><ol>${steps(10)}</ol></div>`)).toContain('from 0 to 10');
    expect(refusal(`<div class="scale"><p>How?</p><em>x</em></div>`)).toContain('<em> in <div>');
    const rows = '<thead><tr><th>a</th></tr></thead><tbody><tr><td></td></tr></tbody>';
    expect(one(`<table class="sheet">${rows}</table>`)).toMatchObject({ kind: 'table', sheet: true, rows: [[[]]] });
    expect(one(`<table>${rows}</table>`)).toMatchObject({ sheet: false });
    expect(refusal(`<table class="big">${rows}</table>`)).toContain('<table class="big">');
  });

  it('hold the plan in the words of the page, in every language', () => {
    const html =
      '<aside class="plan"><h3>{{words.thisWeek}}</h3><div class="lines beside">{{words.when}}</div></aside>';
    for (const lang of ['en', 'es', 'ar']) {
      const { thisWeek, when } = wordsOf(lang);
      const fields = { client: '', clinician: '', practice: '' };
      expect(textsOf(readBlocks(fillSection(aSection('a', { html }), fields, lang)))).toEqual([thisWeek, when]);
    }
  });
});

describe('what the page can’t set', () => {
  it.each([
    ['<p>ok</p><blink>x</blink>', '<blink>'],
    ['<p class="fancy">x</p>', '<p class="fancy">'],
    ['<aside class="odd"><p>x</p></aside>', '<aside class="odd">'],
    ['<aside><p>x</p></aside>', '<aside'],
    ['<ul class="odd"><li>x</li></ul>', '<ul class="odd">'],
    ['<ul><p>x</p></ul>', '<p>'],
    ['<ul>x<li>y</li></ul>', 'text'],
    ['<p><img src="x"></p>', '<img>'],
    ['<section id="a"><p>x</p></section>', '<h2>'],
    ['<section id="a"><h2>t</h2>loose</section>', 'text'],
    ['loose', 'text'],
    ['<div class="grid">x</div>', '<div'],
    ['<script>x</script>', '<script>'],
    ['<table><tr><td>x</td></tr></table>', '<tr>'],
    ['<table><tbody><tr><p>x</p></tr></tbody></table>', '<p>'],
    ['<figure><p>x</p></figure>', '<p>'],
    ['<figure><figcaption>x</figcaption></figure>', '<img>'],
  ])('%s is refused by name', (html, what) => {
    expect(refusal(html)).toContain(`templates/handout.hbs:1: The page can’t set`);
    expect(refusal(html)).toContain(what);
  });

  it('is refused with the file and line of the article', () => {
    expect(refusal('<aside class="try" data-source="content/a/en.md:31"><p>x</p><blink>y</blink></aside>')).toMatch(
      /^content\/a\/en\.md:31: /u,
    );
    expect(refusal('<p data-source="C:\\my articles\\a\\en.md:7"><u>y</u></p>')).toMatch(
      /^C:\\my articles\\a\\en\.md:7: /u,
    );
  });
});

describe('a merge on trial', () => {
  const trial = (html: string, needsClient = false) =>
    trialMerge(anArticle({ sections: [aSection('a'), aSection('b', { html, needsClient, line: 44 })] }));

  it('passes what can be merged', () => {
    expect(trial('<p>{{#if client}}{{client}}{{else}}you{{/if}} {{clinician}} {{practice}}</p>')).toEqual([]);
  });

  it('finds a misspelt field and says where', () => {
    const problems = trial('<p>{{cleint}}</p>', true);
    expect(problems.map(({ code, place }) => [code, place])).toEqual([
      ['article-broken', { file: 'content/calm/en.md', line: 44 }],
    ]);
    expect(problems[0]!.hint).toContain('{{client}}');
  });

  it('finds what only goes wrong without a name', () => {
    expect(trial('<p>{{#if client}}x{{else}}{{cleint}}{{/if}}</p>')).toHaveLength(1);
  });

  it.each([
    '<p>{{> part}}</p>',
    '<p>{{#with client}}x{{/with}}</p>',
    '<p>{{#if client}}</p>',
    '<p>{{lookup this "client"}}</p>',
  ])('refuses %s', (html) => {
    expect(trial(html)).toHaveLength(1);
  });

  it('finds an element the page can’t set', () => {
    expect(trial('<video data-source="content/calm/en.md:50"></video>')).toMatchObject([
      { code: 'template-broken', place: { file: 'content/calm/en.md', line: 50 } },
    ]);
  });

  it('keeps out an article in a language the page has no words of', () => {
    const [problem, ...others] = trialMerge(anArticle({ lang: 'de', sections: [aSection('a')] }));
    expect(problem).toMatchObject({ code: 'article-broken', message: 'The page has no words of its own in “de” yet.' });
    expect(others).toEqual([]);
  });
});
