import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FILLED, PRACTICE, send, startWeb, type Web } from './start.ts';

let web: Web;
beforeAll(async () => {
  web = await startWeb();
});
afterAll(() => web.stop());

const post = (path: string, fields: Record<string, string | readonly string[]> = {}) =>
  send(web.base, path, { ...FILLED, ...fields });
const page = async (fields: Record<string, string | readonly string[]>) => (await post('/', fields)).text();
const ticked = (html: string) =>
  [...html.matchAll(/name="sections" value="([^"]+)" checked/gu)].map(([, id]) => id as string);
const formOf = (html: string) => /name="form" value="([^"]+)"/u.exec(html)?.[1] ?? '';
const noteOf = (html: string) => /<textarea id="note"[^>]*>\n([^<]*)<\/textarea>/u.exec(html)?.[1];
const nameOf = (html: string) => /id="client" name="client" value="([^"]*)"/u.exec(html)?.[1];
const asksForNewClient = (html: string) => !/id="ask"[^>]* hidden/u.test(html);

describe('the empty form', () => {
  it('begins with nothing of anybody, today’s date and the practice’s choices', async () => {
    const html = await (await fetch(web.base)).text();
    expect(nameOf(html)).toBe('');
    expect(noteOf(html)).toBe('');
    expect(html).toContain('value="2026-11-23"');
    expect(html).toContain('value="Dr Maria Reyes"');
    expect(html).toMatch(/value="letter" id="paper" checked/u);
  });

  it('offers articles before anything is searched', async () => {
    const html = await (await fetch(web.base)).text();
    expect(html).toContain('Or begin with one of these:');
    expect(html).toMatch(/value="choose:[a-z-]+\/en"/u);
  });

  it('lets the browser keep and fill in nothing', async () => {
    const html = await (await fetch(web.base)).text();
    const fields = [
      ...html.matchAll(/<(?:input|textarea|select)[^>]*(?:id="(?:client|query|note|clinician|date)")[^>]*>/gu),
    ];
    expect(fields).toHaveLength(5);
    for (const [field] of fields) expect(field).toContain('autocomplete="off"');
    expect(html).toMatch(/<form[^>]*autocomplete="off"/u);
  });
});

describe('finding an article', () => {
  it('answers everyday words and keeps what was typed', async () => {
    const html = await page({ act: 'find', query: 'lonely', article: '', language: '' });
    expect(html).toContain('1 article found');
    expect(html).toContain('value="choose:why-relationships-matter/en"');
    expect(html).toContain('value="lonely"');
    expect(nameOf(html)).toBe('Ann');
  });

  it('answers in the language of what was typed', async () => {
    const html = await page({ act: 'find', query: 'me siento sola', article: '', language: '' });
    const [first] = /value="choose:[^"]*" lang="[^"]*"/u.exec(html) ?? [];
    expect(first).toBe('value="choose:why-relationships-matter/es" lang="es"');
  });

  it('says what to do when nothing is found', async () => {
    const html = await page({ act: 'find', query: 'zzzzqqq', article: '', language: '' });
    expect(html).toContain('Nothing found. Try another word');
  });

  it('ticks the usual sections of a chosen article', async () => {
    const html = await page({ act: 'choose:why-relationships-matter/en', article: '', language: '' });
    const article = web.services.library().articles.find(({ slug }) => slug === 'why-relationships-matter')!;
    const usual = article.sections.filter(({ kind }) => kind !== 'more' && kind !== 'core').map(({ id }) => id);
    expect(ticked(html)).toEqual(usual);
    for (const { title } of article.sections.filter(({ kind }) => kind === 'core')) {
      expect(html).toMatch(new RegExp(`class="always"><span>${title}<`, 'u'));
    }
  });

  it('ticks a preset’s sections instead', async () => {
    const html = await page({ act: 'preset:one-page', sections: ['in-short'] });
    const article = web.services.library().articles.find(({ slug }) => slug === FILLED.article)!;
    const core = article.sections.filter(({ kind }) => kind === 'core').map(({ id }) => id);
    expect(ticked(html)).toEqual(article.presets['one-page']!.filter((id) => !core.includes(id)));
  });

  it('lets her change her mind', async () => {
    const html = await page({ act: 'change', sections: ['in-short'] });
    expect(html).toContain('id="query"');
    expect(ticked(html)).toEqual([]);
    expect(noteOf(html)).toBe(FILLED.note);
  });

  it('takes no notice of buttons that do not exist', async () => {
    for (const act of ['choose:none/en', 'preset:none', 'explode', 'choose:', '']) {
      expect((await post('/', { act })).status).toBe(200);
    }
  });
});

describe('the parts', () => {
  const listed = (html: string) => [...html.matchAll(/name="order" value="([^"]+)"/gu)].map(([, id]) => id as string);
  const pressed = (html: string) =>
    [...html.matchAll(/id="preset-([^"]+)" aria-pressed="true"/gu)].map(([, name]) => name as string);

  it('stand as the article has them until one is moved', async () => {
    const first = listed(await page({ act: 'find' }));
    const [a, b, ...rest] = first;
    expect(listed(await page({ act: `down:${a}`, order: first }))).toEqual([b, a, ...rest]);
    expect(listed(await page({ act: `up:${a}`, order: first }))).toEqual(first);
    expect(listed(await page({ act: 'up:none', order: ['none', b!] }))).toEqual(first);
  });

  it('are printed in the order in which they stand', async () => {
    const first = listed(await page({ act: 'find' }));
    const [a, b] = first;
    const html = await page({ act: `down:${a}`, order: first, sections: [a!, b!] });
    expect(ticked(html)).toEqual([b, a]);
  });

  it('keep their place when another article’s are named', async () => {
    expect(listed(await page({ act: 'find', order: ['what-helps'] })).length).toBeGreaterThan(3);
  });

  it('show which ready-made choice is in use', async () => {
    const html = await page({ act: 'preset:one-page', sections: [] });
    expect(pressed(html)).toEqual(['one-page']);
    expect(pressed(await page({ act: 'find', sections: ticked(html).slice(1) }))).toEqual([]);
  });

  it('show the buttons that move them when she asks for them', async () => {
    expect(await page({ act: 'find' })).not.toContain('class="parts ordering"');
    expect(await page({ act: 'order' })).toContain('class="parts ordering"');
    expect(await page({ act: 'order', ordering: 'yes' })).not.toContain('class="parts ordering"');
  });
});

describe('a length', () => {
  it('that can’t be had is told with what to leave out, and one button does it', async () => {
    const everything = web.services.library().articles.find(({ slug }) => slug === FILLED.article)!.sections;
    const sections = everything.map(({ id }) => id);
    const html = await page({ act: 'find', fit: '1', sections });
    const [, leave] = /value="(leave:[^"]+)">Leave out these \d+ parts</u.exec(html) ?? [];
    expect(leave).toBeDefined();
    const fewer = await page({ act: leave!, fit: '1', sections });
    expect(fewer).toMatch(/<p>1 page · /u);
    expect(fewer).not.toContain('value="leave:');
    expect(ticked(fewer).length).toBeGreaterThan(0);
  });

  it('that is none is refused at its field', async () => {
    const html = await (await post('/print', { fit: '3' })).text();
    expect(html).toContain('href="#fit"');
  });
});

describe('a client’s own words', () => {
  it('are folded away until there are some, and kept when something is wrong', async () => {
    expect(await page({ act: 'find' })).toMatch(/<details class="more">/u);
    const html = await page({ act: 'find', plan: 'I will walk <Tuesday>.' });
    expect(html).toMatch(/<details class="more" open>/u);
    expect(html).toContain('I will walk &lt;Tuesday&gt;.</textarea>');
  });

  it('are refused at their field', async () => {
    const html = await (await post('/print', { agreed: 'x'.repeat(501) })).text();
    expect(html).toMatch(/id="agreed-wrong">[^<]*500 characters/u);
    expect(html).toContain('href="#agreed"');
  });
});

describe('a handout', () => {
  it.each([
    ['/preview', 'inline'],
    ['/print', 'inline'],
    ['/download', 'attachment'],
  ])('comes from %s as a PDF with a neutral name', async (path, how) => {
    const answer = await post(path, { form: '' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    expect(answer.headers.get('content-disposition')).toMatch(
      new RegExp(`^${how}; filename="handout-\\d{4}\\.pdf"$`, 'u'),
    );
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('comes with its number of pages', async () => {
    const few = await post('/preview', { sections: [] });
    const many = await post('/preview', {
      sections: ['you-may-notice', 'small-steps'],
      largePrint: 'yes',
      note: 'a\n\n'.repeat(300),
    });
    const pages = [few, many].map(({ headers }) => Number(headers.get('x-handout-pages')));
    expect(pages[0]).toBeGreaterThan(0);
    expect(pages[1]).toBeGreaterThan(pages[0]!);
    expect(JSON.parse(decodeURIComponent(few.headers.get('x-handout-beside')!)).words).toMatch(
      /^\d pages?( on \d sheets?)? · about \d+ minutes? to read/u,
    );
  });

  it('says its pages on the form too, for browsers without script', async () => {
    expect(await page({ act: 'find' })).toMatch(/<p>\d pages?( on \d sheets?)? · about/u);
  });

  it('is made without a name', async () => {
    expect((await post('/print', { client: '', form: '' })).status).toBe(200);
  });
});

describe('what goes with a handout', () => {
  it('is told beside it: what it lacks, and how hard the note reads', async () => {
    const note = 'We notwithstanding considerable difficulties established a relationship. '.repeat(8);
    const answer = await post('/preview', { sections: ['why-connection-matters'], note, form: '' });
    const beside = JSON.parse(decodeURIComponent(answer.headers.get('x-handout-beside')!));
    expect(beside.hints).toContain('There is no summary. Tick “In short”.');
    expect(beside.note).toMatch(/^583 of 2,000 characters · grade \d+: shorter/u);
    const few = await post('/preview', { note: 'You came, though it was hard.', form: '' });
    const { note: said } = JSON.parse(decodeURIComponent(few.headers.get('x-handout-beside')!));
    expect(said).toBe('29 of 2,000 characters · how hard it reads is shown from 30 words on');
    const html = await page({ act: 'find', sections: ['why-connection-matters'] });
    expect(html).toContain('There is no summary. Tick “In short”.');
  });

  it('is what a discreet page only hints at, to be said aloud', async () => {
    const html = await page({ act: 'find', discreet: 'yes' });
    expect(html).toContain('only hints at “If you are afraid of someone at home”: say it aloud');
    expect(await page({ act: 'find' })).not.toContain('say it aloud');
  });

  it('is a web page of it', async () => {
    const answer = await post('/web-page', { form: '' });
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="handout-\d{4}\.html"$/u);
    expect(await answer.text()).toContain('Ann');
  });

  it('is a receipt without the client', async () => {
    const answer = await post('/receipt', { form: '', note: 'Quillhaven' });
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/u);
    const text = await answer.text();
    expect(text).toMatch(/SHA-256 of the PDF: [0-9a-f]{64}/u);
    expect(text).not.toMatch(/\bAnn\b|Quillhaven/u);
  });

  it('is refused on the form where it can’t be had', async () => {
    for (const path of ['/web-page', '/receipt', '/clinician-copy']) {
      const answer = await post(path, { article: '', form: '' });
      expect([path, answer.status]).toEqual([path, 422]);
      expect(await answer.text()).toContain('Nothing has been chosen to print.');
    }
  });
});

describe('a choice kept under a name', () => {
  const savedNames = (html: string) => [...html.matchAll(/value="saved:([^"]+)"/gu)].map(([, name]) => name as string);
  const start = () => page({ act: 'change' });

  it('brings back article, parts in their order and looks, and nothing of the client', async () => {
    const sections = ['small-steps', 'you-may-notice'];
    const kept = { act: 'keep', presetName: 'First visit', sections, largePrint: 'yes', fit: '2', note: 'Quillhaven' };
    expect(await page(kept)).toContain('Kept as “First visit”.');
    expect(JSON.stringify(await web.services.presets.list())).not.toMatch(/Quillhaven|Ann\b/u);
    expect(savedNames(await start())).toEqual(['First visit']);

    const html = await page({ act: 'saved:First visit', article: '', language: '', sections: [], client: 'Ben' });
    expect(ticked(html).slice(0, 2)).toEqual(sections);
    expect(html).toMatch(/name="largePrint" value="yes" checked/u);
    expect(html).toMatch(/name="fit" value="2"[^>]* checked/u);
    expect(nameOf(html)).toBe('Ben');
  });

  it('is refused without a name, or when it can’t be made', async () => {
    expect(await page({ act: 'keep', presetName: ' ' })).toContain('href="#presetName"');
    expect(await page({ act: 'keep', presetName: 'x', fit: '9' })).toContain('href="#fit"');
  });

  it('is not kept under the client’s name', async () => {
    for (const presetName of ['Ann', 'Ann’s page', 'For Ann Lee']) {
      const html = await page({ act: 'keep', client: 'Ann Lee', presetName });
      expect(html).toContain('This is the client’s name, and nothing about a client is kept.');
      expect(html).toContain('href="#presetName"');
    }
    expect((await web.services.presets.list()).map(({ name }) => name).filter((name) => /Ann/u.test(name))).toEqual([]);
    await page({ act: 'keep', client: 'Ann Lee', presetName: 'Annual check' });
    expect(savedNames(await start())).toContain('Annual check');
    await page({ act: 'forget:Annual check' });
  });

  it('can be removed', async () => {
    await page({ act: 'keep', presetName: 'Soon gone' });
    expect(savedNames(await start())).toContain('Soon gone');
    await page({ act: 'forget:Soon gone' });
    expect(savedNames(await start())).not.toContain('Soon gone');
  });

  it('that is not there changes nothing', async () => {
    expect(nameOf(await page({ act: 'saved:None' }))).toBe('Ann');
  });

  it('serves programs too, and what they send counts over it', async () => {
    await page({ act: 'keep', presetName: 'Group', sections: ['small-steps'], largePrint: 'yes' });
    const ask = (body: object) =>
      fetch(`${web.base}/api/v1/receipts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const { lines } = (await (await ask({ saved: 'Group', client: 'Ann', paper: 'a4' })).json()) as { lines: string[] };
    expect(lines[0]).toMatch(/A4, large print/u);
    expect(lines[1]).toContain('Small steps');
    expect((await ask({ saved: 'None' })).status).toBe(422);
  });
});

describe('a form that can’t be printed', () => {
  it('says all problems at once, at the top and at the fields, and keeps what was typed', async () => {
    const answer = await post('/print', { client: 'x'.repeat(121), date: '2026-02-30', note: 'y'.repeat(2001) });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('<title>Error: Make a handout – Keepsake</title>');
    for (const field of ['client', 'date', 'note']) {
      const said = new RegExp(`<a href="#${field}">([^<]+)</a>`, 'u').exec(html)?.[1];
      expect(html).toContain(`id="${field}-wrong">${said}</p>`);
      const tag = new RegExp(`<(?:input|textarea) id="${field}"[^>]*>`, 'u').exec(html)?.[0];
      expect(tag).toMatch(new RegExp(`aria-describedby="[^"]*${field}-wrong"`, 'u'));
      expect(tag).toContain('aria-invalid="true"');
    }
    expect(nameOf(html)).toBe('x'.repeat(121));
    expect(noteOf(html)).toBe('y'.repeat(2001));
  });

  it.each([
    ['no article', { article: '', language: '' }, 'href="#query"', 'Choose what the handout is about.'],
    ['an unknown article', { article: 'none' }, 'href="#query"', 'There is no article of this name.'],
    ['an unknown section', { sections: ['none'] }, 'href="#parts"', 'has no section named none'],
    ['a paper of its own', { paper: 'a3' }, 'href="#paper"', 'The paper must be letter or a4.'],
    ['a character nobody has letters for', { client: 'A\u{1242B}' }, 'href="#client"', '“\u{1242B}” (U+1242B)'],
  ])('names %s and leads there', async (_what, fields, link, words) => {
    const answer = await post('/download', fields);
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain(link);
    expect(html).toContain(words);
    const id = /href="#([^"]+)"/u.exec(link)![1]!;
    expect(html).toContain(`id="${id}"`);
  });

  it('names an unknown article beside what else is wrong', async () => {
    const html = await (await post('/print', { article: 'none', date: '' })).text();
    expect([...html.matchAll(/<li><a href="(#[^"]+)">/gu)].map(([, href]) => href)).toEqual(['#date', '#query']);
  });

  it('leads to the letterhead when the country has no crisis line', async () => {
    const far = await startWeb({ ...PRACTICE, country: 'AF' });
    const answer = await send(far.base, '/print', FILLED);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('href="/practice#crisisLine"');
    await far.stop();
  });

  it('prints what looks like markup as typed', async () => {
    const html = await page({ client: '"><script>alert(1)</script>', note: '{{client}} </textarea><b>' });
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(html).toContain('{{client}} &lt;/textarea&gt;&lt;b&gt;');
  });
});

describe('a changed name after a handout was made', () => {
  const printed = async () => {
    const form = formOf(await (await fetch(web.base)).text());
    expect((await post('/print', { form })).status).toBe(200);
    return form;
  };

  it.each(['/print', '/download'])('asks for a new client before %s gives out the old note', async (path) => {
    const form = await printed();
    const answer = await post(path, { form, client: 'Ben' });
    const html = await answer.text();
    expect(answer.status).toBe(409);
    expect(asksForNewClient(html)).toBe(true);
    expect(nameOf(html)).toBe('Ben');
    expect(noteOf(html)).toBe(FILLED.note);
  });

  it('asks before a slot of the old client is given out, though there is no note', async () => {
    const form = await printed();
    const slot = { form, client: 'Ben', note: '', plan: 'I will walk on Tuesday.' };
    expect((await post('/print', slot)).status).toBe(409);
    expect((await post('/print', { ...slot, plan: ' ' })).status).toBe(200);
  });

  it('is noticed by the preview as well', async () => {
    const form = await printed();
    expect((await post('/preview', { form })).headers.get('x-handout-new-client')).toBeNull();
    expect((await post('/preview', { form, client: 'Ben' })).headers.get('x-handout-new-client')).toBe('ask');
  });

  it('clears the note when it is a new client, and keeps the new name', async () => {
    const form = await printed();
    const html = await page({ form, client: 'Ben', act: 'new' });
    expect([nameOf(html), noteOf(html), asksForNewClient(html)]).toEqual(['Ben', '', false]);
    expect((await post('/print', { form: formOf(html), client: 'Ben', note: '' })).status).toBe(200);
  });

  it('keeps the note when it is the same client', async () => {
    const form = await printed();
    const html = await page({ form, client: 'Anne', act: 'same' });
    expect([nameOf(html), noteOf(html), asksForNewClient(html)]).toEqual(['Anne', FILLED.note, false]);
    expect((await post('/print', { form, client: 'Anne' })).status).toBe(200);
  });

  it('asks nothing when there is no note, or before anything was made', async () => {
    const form = await printed();
    expect((await post('/print', { form, client: 'Ben', note: ' ' })).status).toBe(200);
    const other = formOf(await (await fetch(web.base)).text());
    expect((await post('/preview', { form: other, client: 'Ben' })).headers.get('x-handout-new-client')).toBeNull();
  });

  it('clears name and note for another handout, and keeps the article', async () => {
    const form = await printed();
    const html = await page({ form, act: 'another', sections: ['in-short'] });
    expect([nameOf(html), noteOf(html)]).toEqual(['', '']);
    expect(ticked(html)).toEqual(['in-short']);
    expect(formOf(html)).not.toBe(form);
  });
});
