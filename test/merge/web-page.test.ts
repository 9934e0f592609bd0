// Merged HTML becomes a page for a screen: every word stays, and what is to be written on becomes fields with names.
import { describe, expect, it } from '@jest/globals';
import { type WebPage, writeWebPage } from '../../src/merge/web-page.ts';

const PAGE: WebPage = {
  lang: 'en',
  dir: 'ltr',
  title: 'Calm & <rest>',
  foot: 'Calm 1.0.0',
  largePrint: false,
  inkSaving: false,
  accent: '',
  fillable: true,
  pictures: new Map([
    ['curve.png', 'data:image/png;base64,AAAA'],
    ['curve.svg', '<?xml version="1.0"?>\n<svg viewBox="0 0 1 1"><text>Alarm</text></svg>'],
  ]),
};
const whole = (html: string, some: Partial<WebPage> = {}) => writeWebPage(html, { ...PAGE, ...some });
const main = (html: string, some: Partial<WebPage> = {}) =>
  /<main>\s*([\s\S]*?)\s*<\/main>/u.exec(whole(html, some))![1]!;

describe('a web page', () => {
  it('says its language, direction and title, and forbids itself everything from outside', () => {
    const html = whole('<p>x</p>', { lang: 'ar', dir: 'rtl' });
    expect(html).toMatch(/^<!doctype html>\n<html lang="ar" dir="rtl"/u);
    expect(html).toContain('<title>Calm &amp; &lt;rest&gt;</title>');
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;`);
    expect(html).not.toMatch(/<script|<link|@import|url\((?!"data:)/u);
  });

  it('has its head before and its foot after what is read', () => {
    expect(whole('<header><p class="practice">Harbour</p></header><h1>Calm</h1>')).toMatch(
      /<header><p class="practice">Harbour<\/p><\/header>\n<main>\n<h1>Calm<\/h1>\n<\/main>\n<footer><p><bdi>Calm 1/u,
    );
  });

  it('keeps text as text', () => {
    const typed = '&lt;script&gt; &amp;amp; &quot;q&quot;';
    expect(main(`<p>${typed}</p>`)).toBe(`<p>${typed}</p>`);
  });

  it('drops what only the printed page needs', () => {
    expect(main('<!--part--><section id="note" data-personal><h2>A</h2><p data-source="x:1">b</p></section>')).toBe(
      '<section><h2>A</h2><p>b</p></section>',
    );
  });

  it('gives the words of a box the direction of each paragraph', () => {
    expect(main('<aside class="note" lang="es" dir="auto"><p>a</p><p dir="ltr">b</p></aside>')).toBe(
      '<div class="box note" lang="es"><p dir="auto">a</p><p dir="ltr">b</p></div>',
    );
  });

  it('makes the number to call one that can be called', () => {
    expect(main('<p class="number"><bdi>0800 111-222</bdi></p>')).toBe(
      '<p class="number"><a href="tel:0800111222"><bdi>0800 111-222</bdi></a></p>',
    );
    expect(main('<p class="number">*4141</p>')).toBe('<p class="number"><a href="tel:*4141">*4141</a></p>');
  });

  it('holds its pictures, each with what it shows', () => {
    expect(main('<figure><img src="curve.png" alt="A &quot;curve&quot;"></figure>')).toBe(
      '<figure><img src="data:image/png;base64,AAAA" alt="A &quot;curve&quot;"></figure>',
    );
    expect(main('<figure><img src="curve.svg" alt="A curve"></figure>')).toBe(
      '<figure><div class="drawing" role="img" aria-label="A curve"><svg viewBox="0 0 1 1"><text>Alarm</text></svg></div></figure>',
    );
  });

  it('takes the practice’s colour on light ground only', () => {
    expect(whole('<p>x</p>', { accent: '#123456' })).toMatch(
      /@media print, \(prefers-color-scheme: light\) \{\s*:root \{\s*--accent: #123456;/u,
    );
    expect(whole('<p>x</p>')).not.toContain('@media print, (prefers');
  });

  it('refuses an element it has no way to write', () => {
    expect(() => main('<video></video>')).toThrow('<video>');
  });
});

describe('what is there to write on', () => {
  const table =
    '<table class="sheet"><thead><tr><th>Day</th><th>Thought</th></tr></thead><tbody><tr><td>Monday</td><td> </td></tr></tbody></table>';
  const steps = Array.from(
    { length: 11 },
    (_, value) => `<li>${value === 0 ? 'calm' : value === 10 ? 'alarmed' : ''}</li>`,
  );
  const scale = `<div class="scale"><p>How strong?</p><ol>${steps.join('')}</ol></div>`;

  it('becomes boxes to tick, with an item’s own parts below it', () => {
    expect(main('<ul class="check"><li>Walk</li><li>Call<ul><li>Sam</li></ul></li></ul>')).toBe(
      '<ul class="check"><li><label class="item"><input type="checkbox"><span>Walk</span></label></li>' +
        '<li><label class="item"><input type="checkbox"><span>Call</span></label><ul><li>Sam</li></ul></li></ul>',
    );
  });

  it('becomes fields as high as the paper has lines', () => {
    expect(main('<div class="lines" data-count="3">My step</div>')).toBe(
      '<label class="lines"><span class="label">My step</span><textarea rows="3"></textarea></label>',
    );
    expect(main('<div class="lines" data-fill>My step</div>')).toContain('<textarea rows="6">');
  });

  it('becomes a scale of eleven choices, each scale a group of its own', () => {
    const html = main(scale + scale);
    expect(html.match(/<fieldset class="scale"><legend>How strong\?<\/legend>/gu)).toHaveLength(2);
    expect(html.match(/type="radio" name="scale-1"/gu)).toHaveLength(11);
    expect(html.match(/type="radio" name="scale-2"/gu)).toHaveLength(11);
    expect(html).toContain('value="10"><span class="value">10</span> <span class="end">alarmed</span></label>');
  });

  it('becomes cells to fill in, named after column, row and number', () => {
    expect(main(table)).toContain(
      '<tr><td>Monday</td><td><textarea rows="2" aria-label="Thought, Monday, 1"></textarea></td></tr>',
    );
    expect(main(table.replace(' class="sheet"', ''))).toContain('<td>Monday</td><td> </td>');
    expect(main(table)).toContain('<th scope="col">Thought</th>');
  });

  it('becomes lines and boxes where it is not to be typed into', () => {
    const check = '<ul class="check"><li>Walk</li></ul>';
    const html = main(`${check}<div class="lines" data-count="2">My step</div>${scale}${table}`, { fillable: false });
    expect(html).not.toMatch(/<input|<textarea|<label|<fieldset/u);
    expect(html.match(/class="rule"/gu)).toHaveLength(2);
    expect(html).toContain('<span class="tick"></span><span>Walk</span>');
    expect(html).toContain('<span><span class="value">10</span> <span class="end">alarmed</span></span>');
  });
});
