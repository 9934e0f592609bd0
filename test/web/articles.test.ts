// The page of articles, over HTTP: marking one as reviewed, hiding one, handing out reviewed ones only.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { partsOf } from '../../src/content/shelf.ts';
import { wordingOf } from '../../src/content/wording.ts';
import { popplerText } from '../support/poppler.ts';
import { FILLED, send, startWeb, type Web } from './start.ts';

let web: Web;
beforeEach(async () => {
  web = await startWeb();
});
afterEach(() => web.stop());

const page = async () => (await fetch(`${web.base}/articles`)).text();
const act = (act: string, fields: Readonly<Record<string, string>> = {}) =>
  send(web.base, '/articles', { act, ...fields });
const PANIC = { article: 'panic/en' };
const SIGNED = { ...PANIC, by: 'Dr Maria Reyes', on: '2026-11-23', due: '2027-11-23' };
const asked = { ...FILLED, article: 'panic' };
const printed = async () => popplerText(Buffer.from(await (await send(web.base, '/print', asked)).arrayBuffer()));
const flat = (text: string) => text.replace(/\s+/gu, ' ');

describe('the page of articles', () => {
  it('lists every article, says that names prove nothing, and is led to from every page', async () => {
    const html = await page();
    for (const { slug, lang } of web.services.all.articles) expect(html).toContain(`id="${slug}-${lang}"`);
    expect(html).toContain('Nobody signs in to Keepsake yet, so a name here proves nothing');
    expect(html).toContain('Not reviewed yet.');
    expect(await (await fetch(web.base)).text()).toContain('href="/articles"');
  });

  it('shows the whole article to whoever reviews it, even when it is hidden', async () => {
    await act('hide', PANIC);
    const response = await fetch(`${web.base}/articles/panic/en`);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    const text = popplerText(Buffer.from(await response.arrayBuffer()));
    for (const title of ['How common it is', 'New chest pain', 'When to get help']) expect(text).toContain(title);
    expect((await fetch(`${web.base}/articles/none/en`)).status).toBe(404);
  });
});

describe('a review', () => {
  it('is said on the page of the article and printed on the handout; without one only the clinician is told', async () => {
    const before = await (await send(web.base, '/', asked)).text();
    expect(before).toContain('Nobody in your practice has reviewed this article yet.');
    expect(await printed()).not.toMatch(/reviewed/iu);

    const response = await act('review', SIGNED);
    expect([response.status, response.headers.get('location')]).toEqual([303, '/articles?saved=panic-en#panic-en']);
    expect(await page()).toContain('Reviewed by Dr Maria Reyes, November 23, 2026. Due again November 23, 2027.');
    expect(flat(await printed())).toContain('Reviewed by Dr Maria Reyes, November 23, 2026.');
    expect(await (await send(web.base, '/', asked)).text()).not.toContain('Nobody in your practice has reviewed');

    await act('withdraw', PANIC);
    expect(await printed()).not.toMatch(/reviewed/iu);
  });

  it('that is due, or of other words, is told beside the page', async () => {
    const article = web.services.all.articles.find(({ slug, lang }) => slug === 'panic' && lang === 'en')!;
    const { slug, lang, version } = article;
    const review = { article: slug, language: lang, version, by: 'Dr Ng', on: '2025-11-01', due: '2026-11-01' };
    await web.services.shelf.review({ ...review, parts: partsOf(article) });
    expect(await (await send(web.base, '/', asked)).text()).toContain('was to be reviewed again by November 1, 2026');
    expect(await page()).toContain('The next review was due November 1, 2026.');

    const words = wordingOf(article);
    const [heading, first, ...rest] = words['in-short']!.split('\n');
    await web.services.shelf.review(
      { ...review, version: '0.9.0', parts: { ...partsOf(article), 'in-short': 'other' } },
      { ...words, 'in-short': [heading, 'An old & <b>wrong</b> sentence.', ...rest].join('\n') },
    );
    expect(await (await send(web.base, '/', asked)).text()).toContain('has changed since Dr Ng reviewed it');
    const html = await page();
    expect(html).toContain('Changed since Dr Ng reviewed version 0.9.0, November 1, 2025.');
    const part = /What is not as it was read:<\/p>\s*<ul class="changed">([\s\S]*?)<\/ul>/u.exec(html)![1]!;
    expect(part.match(/<li>/gu)).toHaveLength(1);
    expect(part).toContain('“In short”');
    expect(part).toContain('</span>An old &amp; &lt;b&gt;wrong&lt;/b&gt; sentence.</del>');
    expect(part.match(/<ins lang="en"><span class="unseen">Now: <\/span>[^<]*<\/ins>/gu)).toEqual([
      expect.stringContaining(first!.slice(0, 12)),
    ]);
    expect(await printed()).not.toMatch(/reviewed/iu);
  });

  it.each([
    ['no name', { by: ' ' }, 'needs the name of the clinician'],
    ['a name no font can print', { by: 'Dr \u{1F9D1}\u{10FFFE}' }, 'Dr'],
    ['a day to come', { on: '2026-11-24' }, 'is still to come'],
    ['no day', { on: '' }, 'not a day of the calendar'],
    ['no next day', { due: '' }, 'The next review must come after this one.'],
    ['a next day that is none', { due: '2027-13-40' }, 'The next review needs a day'],
    ['a next day before it', { due: '2026-11-23' }, 'must come after this one'],
  ])('with %s is not kept, and what was typed stays', async (_what, wrong, said) => {
    const response = await act('review', { ...SIGNED, ...wrong });
    expect(response.status).toBe(422);
    const html = await response.text();
    expect(html).toContain('id="errors"');
    expect(html).toContain(said);
    expect((await web.services.shelf.read()).reviews).toEqual([]);
  });
});

describe('what may be handed out', () => {
  it('leaves a hidden article out of the form and refuses it to programs, until it is shown again', async () => {
    await act('hide', PANIC);
    expect(await (await send(web.base, '/', { ...FILLED, article: '', query: 'panic attack' })).text()).not.toContain(
      'choose:panic/en',
    );
    const ask = () =>
      fetch(`${web.base}/api/v1/handouts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ article: 'panic' }),
      });
    const refused = await ask();
    expect(refused.status).toBe(422);
    expect(JSON.stringify(await refused.json())).toContain('Your practice does not hand out “Panic attacks”.');
    await act('show', PANIC);
    expect((await ask()).status).toBe(200);
  });

  it('is what was reviewed, where the practice wants only that', async () => {
    await act('only');
    expect(await page()).toContain('<strong>Only reviewed articles</strong> are handed out');
    const refused = await (await send(web.base, '/', asked)).text();
    expect(refused).toContain('Your practice hands out reviewed articles only');
    await act('review', SIGNED);
    expect(flat(await printed())).toContain('Panic attacks');
    await act('all');
    expect((await web.services.shelf.read()).onlyReviewed).toBe(false);
  });

  it('ignores an article that is not there', async () => {
    const response = await act('hide', { article: 'none/en' });
    expect(response.status).toBe(303);
    expect((await web.services.shelf.read()).hidden).toEqual([]);
  });
});
