import { describe, expect, it } from '@jest/globals';
import { BODY, BODY_LINE, GOOD, HEAD, htmlOf, readGood, withBody } from './an-article.ts';

describe('the neutral words of a section', () => {
  const BOX = ':::discreet{title="It\'s your safety"}\nTalk to us, "any time".\n:::';

  it('are a section of their own that stands for it, and no part of its text', () => {
    const [, section] = readGood(withBody(`Someone hurts you.\n\n${BOX}\n\nTell us.`)).sections;
    expect(section!.html).not.toContain('Talk');
    expect(section!.html).toContain('Tell us.');
    expect(section!.words).toBe(5);
    const { html, ...quiet } = section!.discreet!;
    expect(html).toContain('>Talk to us, “any time”.</p>');
    expect(quiet).toMatchObject({ id: 'body', kind: 'how', title: 'It’s your safety', words: 5, discreet: null });
    expect(quiet.line).toBe(BODY_LINE + 2);
  });

  it('are none where none were written', () => {
    expect(readGood(GOOD).sections[0]!.discreet).toBeNull();
  });
});

describe('the head of an article', () => {
  it('becomes the facts about it', () => {
    const article = readGood(GOOD.replace('next:', 'next: stress'));
    expect(article).toMatchObject({
      slug: 'sleep',
      lang: 'en',
      title: 'Sleeping better',
      message: 'Small changes can help you sleep.',
      version: '1.0.0',
      written: '2026-11-23',
      updated: '2026-11-23',
      review: null,
      topics: ['sleep'],
      words: ["can't sleep", 'tired'],
      conditions: ['G47.00'],
      next: 'stress',
      presets: { 'one-page': ['in-short'], full: ['in-short'] },
      sources: [
        {
          id: 'lee-2020',
          citation: 'Lee A (2020). Sleep and mood. Journal of Examples 1:2.',
          url: 'https://example.org/lee',
        },
      ],
      file: 'content/sleep/en.md',
    });
  });

  it('says who reviewed it once a practice has signed', () => {
    const article = readGood(GOOD.replace('review:', 'review: {by: "Dana Lee, PhD", on: 2026-12-01}'));
    expect(article.review).toEqual({ by: 'Dana Lee, PhD', on: '2026-12-01' });
  });

  it('may tell the clinician when to give it, in one text or several', () => {
    const advice =
      'clinician:\n  why: >\n    It helps\n    "many".\n  introduce: b\n  not-when: [c, d]\n  teach-back: e\n';
    expect(readGood(GOOD.replace('presets:', `${advice}presets:`)).clinician).toEqual({
      why: ['It helps “many”.'],
      introduce: ['b'],
      notWhen: ['c', 'd'],
      teachBack: ['e'],
    });
    expect(readGood(GOOD).clinician).toBeNull();
  });

  it('may come from Windows, with a byte order mark and CRLF', () => {
    expect(readGood(`\ufeff${GOOD.replaceAll('\n', '\r\n')}`).sections[0]?.html).toBe(readGood(GOOD).sections[0]?.html);
  });

  it('gets typographic quotes in its title, message and citations', () => {
    const article = readGood(
      GOOD.replace('Sleeping better', "When you can't sleep").replace('Sleep and mood', "O'Brien's sleep"),
    );
    expect(article.title).toBe('When you can’t sleep');
    expect(article.sources[0]?.citation).toContain('O’Brien’s sleep');
  });
});

describe('a section', () => {
  it('has an id, a kind, a title, a line and the sections it requires', () => {
    const article = readGood(`${GOOD}\n## What's next: steps {#steps .try requires="in-short"}\n\nGo to bed.\n`);
    expect(article.sections).toMatchObject([
      { id: 'in-short', kind: 'core', title: 'In short', line: 20, requires: [], words: 2, grade: null },
      {
        id: 'steps',
        kind: 'try',
        title: 'What’s next: steps',
        line: 24,
        requires: ['in-short'],
        file: 'content/sleep/en.md',
      },
    ]);
    expect(article.presets.full).toEqual(['in-short', 'steps']);
  });

  it('says of every top-level element where it was written', () => {
    const html = readGood(withBody('First.\n\n- a\n- b\n\n:::callout\nKeep.\n:::')).sections[1]?.html ?? '';
    const places = [...html.matchAll(/<(\w+)[^>]* data-source="([^"]*)"/gu)].map(
      ([, name, place]) => `${name} ${place}`,
    );
    expect(places).toEqual([
      `p content/sleep/en.md:${BODY_LINE}`,
      `ul content/sleep/en.md:${BODY_LINE + 2}`,
      `aside content/sleep/en.md:${BODY_LINE + 5}`,
    ]);
    const sheet = ':::sheet{rows=2}\n| a | b |\n|---|---|\n:::\n\n::plan{}\n\n::scale[How?]{from="a" to="b"}';
    expect(readGood(withBody(sheet)).sections[1]!.html.match(/data-source="[^"]*"/gu)).toEqual([
      `data-source="content/sleep/en.md:${BODY_LINE + 1}"`,
      `data-source="content/sleep/en.md:${BODY_LINE + 5}"`,
      `data-source="content/sleep/en.md:${BODY_LINE + 7}"`,
    ]);
  });

  it('has a reading grade when it is English and long enough', () => {
    const long = 'We all need good sleep to feel well and to think well each day. '.repeat(3);
    expect(readGood(withBody(long)).sections[1]?.grade).toBeCloseTo(0.39 * 14 + 11.8 - 15.59, 5);
    expect(readGood(withBody(long), 'es').sections[1]?.grade).toBeNull();
  });
});

describe('the text of a section', () => {
  const cases: [string, string, string][] = [
    [
      'paragraphs with bold, italic and a line break',
      '**Bold** and *soft*  \nnext',
      '<p><strong>Bold</strong> and <em>soft</em><br>\nnext</p>',
    ],
    [
      'links',
      '[Call](tel:+1-988), [site](https://a.org/?b=1&c=2)',
      '<p><a href="tel:+1-988">Call</a>, <a href="https://a.org/?b=1&#x26;c=2">site</a></p>',
    ],
    ['smaller headings', '### Try it', '<h3>Try it</h3>'],
    ['bullets', '- one\n- two', '<ul>\n<li>one</li>\n<li>two</li>\n</ul>'],
    ['numbers', '1. one\n2. two', '<ol>\n<li>one</li>\n<li>two</li>\n</ol>'],
    [
      'check lists without input elements',
      '- [ ] one\n- [ ] two',
      '<ul class="check">\n<li>one</li>\n<li>two</li>\n</ul>',
    ],
    [
      'tables',
      '| | Day |\n|---|:-:|\n| Bed | 10 |',
      '<table>\n<thead>\n<tr>\n<th></th>\n<th>Day</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>Bed</td>\n<td>10</td>\n</tr>\n</tbody>\n</table>',
    ],
    ['boxes', ':::caution\nTake care.\n:::', '<aside class="caution"><p>Take care.</p></aside>'],
    ['writing lines', '::lines[My *next* step]{n=3}', '<div class="lines" data-count="3">My <em>next</em> step</div>'],
    [
      'check lists and writing lines in a box',
      ':::try\n- [ ] one\n\n::lines[Mine]{n=1}\n:::',
      '<aside class="try"><ul class="check">\n<li>one</li>\n</ul><div class="lines" data-count="1">Mine</div></aside>',
    ],
    ['lines for the rest of the page', '::lines[Mine]{fill}', '<div class="lines" data-fill="">Mine</div>'],
    [
      'a scale, its ends in printer’s quotes',
      `::scale[How *strong*?]{from="Not 'there'" to="It's all"}`,
      `<div class="scale"><p>How <em>strong</em>?</p><ol class="scale"><li value="0">Not ‘there’</li>${[
        1, 2, 3, 4, 5, 6, 7, 8, 9,
      ]
        .map((value) => `<li value="${value}"></li>`)
        .join('')}<li value="10">It’s all</li></ol></div>`,
    ],
    [
      'a plan, whose words are those of the page',
      '::plan{}',
      '<aside class="plan"><h3>{{words.thisWeek}}</h3><div class="lines beside" data-count="2">{{words.what}}</div><div class="lines beside" data-count="1">{{words.when}}</div><div class="lines beside" data-count="2">{{words.obstacle}}</div></aside>',
    ],
    [
      'a table to fill in, in a box',
      '::::try\n:::sheet{rows=1}\n| Day | What |\n|---|---|\n| Mon | |\n:::\n::::',
      '<aside class="try"><table class="sheet">\n<thead>\n<tr>\n<th>Day</th>\n<th>What</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>Mon</td>\n<td></td>\n</tr>\n<tr>\n<td></td>\n<td></td>\n</tr>\n</tbody>\n</table></aside>',
    ],
    ['signs that HTML would misread', '2 < 3 & 4 > 1', '<p>2 &#x3C; 3 &#x26; 4 > 1</p>'],
  ];
  it.each(cases)('may hold %s', (_, markdown, html) => {
    expect(htmlOf(markdown)).toBe(html);
  });

  it('may hold a figure with its caption and alt text', () => {
    expect(htmlOf('::figure[A "calm" ring]{src="ring.png" alt="A ring."}', 'en', ['ring.png'])).toBe(
      '<figure><img src="ring.png" alt="A ring."><figcaption>A “calm” ring</figcaption></figure>',
    );
  });

  it.each(['At 10:30 we meet.', 'At 10:30am, not 9:15pm.', 'a:b and x:y[z] and :smile: too', 'Ratio 1:2:3'])(
    'keeps colons as they were written: %s',
    (text) => {
      expect(htmlOf(text)).toBe(`<p>${text}</p>`);
    },
  );

  it('loses its source markers together with the blank before them', () => {
    const body = 'It helps [^lee-2020]. **Truly** [^lee-2020], at 10:30[^lee-2020] or\n[^lee-2020] later.';
    expect(htmlOf(body)).toBe('<p>It helps. <strong>Truly</strong>, at 10:30 or later.</p>');
  });

  it('gets English quotes, apostrophes and dashes only in English', () => {
    const text = `"Don't," she said -- 'ok' --- it's {{client}}'s "day" and "{{client}}"`;
    expect(htmlOf(text)).toBe('<p>“Don’t,” she said – ‘ok’ — it’s {{client}}’s “day” and “{{client}}”</p>');
    expect(htmlOf(text, 'es')).toBe(`<p>${text}</p>`);
  });
});

describe('fields', () => {
  const flags = (body: string) => {
    const { personal, needsClient } = readGood(withBody(body)).sections[1]!;
    return { personal, needsClient };
  };

  it('pass through Markdown as they were written', () => {
    const text = 'Dear {{#if client}}**{{client}}**{{else}}you{{/if}}, {{clinician}} of {{practice}} writes.';
    expect(htmlOf(text)).toBe(
      '<p>Dear {{#if client}}<strong>{{client}}</strong>{{else}}you{{/if}}, {{clinician}} of {{practice}} writes.</p>',
    );
  });

  it('make a section personal when they are the client’s', () => {
    expect(flags('From {{clinician}}, {{practice}}.')).toEqual({ personal: false, needsClient: false });
    expect(flags('- For {{client}}')).toEqual({ personal: true, needsClient: true });
    expect(flags('::lines[A step for {{client}}]{n=1}')).toEqual({ personal: true, needsClient: true });
  });

  it('need no client where the text asks for one first', () => {
    expect(flags('{{#if client}}Dear *{{client}}*{{else}}Hello{{/if}}!')).toEqual({
      personal: true,
      needsClient: false,
    });
    expect(flags('{{#if client}}Dear{{/if}} {{client}}!')).toEqual({ personal: true, needsClient: true });
  });

  it('are not counted as words of the article', () => {
    expect(readGood(withBody('{{#if client}}Dear {{client}}{{else}}Hello{{/if}}!')).sections[1]?.words).toBe(3);
  });
});

it('an article has its head and body where the tests say they are', () => {
  expect(HEAD.split('\n').length).toBe(20);
  expect(withBody('HERE').split('\n')[BODY_LINE - 1]).toBe('HERE');
  expect(GOOD.endsWith(BODY)).toBe(true);
});
