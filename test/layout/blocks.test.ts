// Blocks become strips: headings hang beside their text, boxes and rows stay whole, bullets stand where the text begins.
import { describe, expect, it } from '@jest/globals';
import { setText } from '../../src/layout/text.ts';
import {
  galley,
  heightOf,
  keeps,
  large,
  linesOf,
  pagesOf,
  setting,
  tagTypes,
  textsOf,
  theme,
  words,
} from './galleys.ts';

describe('a paragraph', () => {
  it('keeps two lines together at either side of a page break', () => {
    const paragraph = (count: number) =>
      setText([{ text: linesOf(count) }], theme.body, { ...theme.text, panel: null }, setting()).strips;
    expect(keeps(paragraph(1))).toEqual(['no']);
    expect(keeps(paragraph(2))).toEqual(['always', 'no']);
    expect(keeps(paragraph(3))).toEqual(['always', 'always', 'no']);
    expect(keeps(paragraph(6))).toEqual(['always', 'no', 'no', 'no', 'always', 'no']);
  });

  it('has links to click on each of their lines, and an element of their own', () => {
    const link = linesOf(2);
    const { strips, tags } = galley(`<p>See <a href="https://x.org">${link}</a> now.</p>`);
    expect(tagTypes(tags)).toEqual([['P', ['Link']]]);
    const areas = strips.flatMap(({ marks }) => marks.filter(({ kind }) => kind === 'link'));
    expect(areas.length).toBe(strips.length);
    expect(new Set(areas.map((area) => (area.kind === 'link' ? area.tag.href : ''))).size).toBe(1);
  });
});

describe('a section', () => {
  const plain = '<section id="a"><h2>Small steps</h2><p>First line.</p><p>More.</p></section>';

  it('has its heading in the margin column, on the first line of its text', () => {
    const [heading, first] = textsOf(galley(plain));
    expect(heading).toMatchObject({ text: 'Small steps', x: theme.margin.x });
    expect(first).toMatchObject({ text: 'First line.', x: theme.text.x, y: heading!.y });
  });

  it('has its heading on the first line of a box, a list and a table too', () => {
    const bodies = [
      '<aside class="try"><p>First line.</p></aside>',
      '<aside class="caution"><p>First line.</p></aside>',
      '<ul><li>First line.</li></ul>',
      '<h3>First line.</h3><p>x</p>',
    ];
    for (const body of bodies) {
      const texts = textsOf(galley(`<section id="a"><h2>Steps</h2>${body}</section>`));
      expect([body, texts.find(({ text }) => text === 'Steps')!.y]).toEqual([
        body,
        texts.find(({ text }) => text === 'First line.')!.y,
      ]);
    }
  });

  it('is at least as high as its heading, so that the next one never covers it', () => {
    const long = 'A heading that needs many lines in its narrow column of words';
    const bodies = [
      '<p>Short.</p>',
      '<ul><li>a</li><li>b</li></ul>',
      '<aside class="help"><p>Call.</p></aside>',
      '<div class="lines" data-count="1">Mine</div>',
      '<p></p>',
      '',
    ];
    for (const body of bodies) {
      const one = galley(`<section id="a"><h2>${long}</h2>${body}</section>`);
      const heading = textsOf(one).filter(({ mark }) => mark.face === 'bold');
      expect(heading.map(({ text }) => text).join(' ')).toBe(long);
      expect(heightOf(one)).toBeGreaterThanOrEqual(heading.at(-1)!.y);
      const column = heading.map(({ mark }) => mark.x + mark.width);
      expect(Math.max(...column)).toBeLessThanOrEqual(theme.text.x);
    }
  });

  it('holds together beside its heading, so that no break falls between the heading’s lines', () => {
    const long = 'A heading that needs many lines in its narrow column of words';
    const one = galley(`<section id="a"><h2>${long}</h2><ul>${'<li>x</li>'.repeat(30)}</ul></section>`);
    const last = Math.max(
      ...textsOf(one)
        .filter(({ mark }) => mark.face === 'bold')
        .map(({ y }) => y),
    );
    let bottom = 0;
    one.strips.forEach(({ height, gap, keep }, index) => {
      bottom += height + (index === 0 ? 0 : gap);
      if (bottom < last) expect([index, keep]).toEqual([index, 'always']);
    });
  });

  it('that is short leaves its last words with the number to call rather than a page half empty', () => {
    const two = `<p>${linesOf(3)}</p><p>${linesOf(3)}</p>`;
    const more = `<p>${linesOf(20)}</p>`;
    const help = `<section id="help-now"><h2>Help</h2><aside class="help"><p>${linesOf(3)}</p></aside></section>`;
    const pagesWith = (lines: number) =>
      pagesOf(`<p>${linesOf(lines)}</p><section id="a"><h2>When</h2>${two}</section>${help}${more}`).pages;
    expect(pagesWith(30)[0]!.placed.map(({ to }) => to)).toEqual([30, 3]);
    expect(pagesWith(35)[0]!.placed.map(({ to }) => to)).toEqual([35]);
  });

  it('is not cut while it is short, and is cut when it is long', () => {
    const short = galley(plain).strips;
    expect(keeps(short).slice(0, -1)).not.toContain('no');
    const long = galley(`<section id="a"><h2>Steps</h2>${`<p>${linesOf(4)}</p>`.repeat(4)}</section>`).strips;
    expect(keeps(long)).toContain('no');
  });

  it('has its heading above the text in large print, over the whole column', () => {
    const one = galley(plain, 'ltr', large);
    const [heading, first] = textsOf(one);
    expect(heading!.x).toBe(first!.x);
    expect(heading!.y).toBeLessThan(first!.y);
    expect(one.strips[0]!.keep).toBe('always');
    expect(heading!.mark.size).toBeGreaterThan(first!.mark.size);
  });

  it('is one element with its heading first, and gives the outline its title', () => {
    const one = galley('<section id="a"><h2>Steps</h2><p>x</p><h3>Inner</h3><p>y</p></section>');
    expect(tagTypes(one.tags)).toEqual([['Sect', ['H2'], ['P'], ['H3'], ['P']]]);
    expect(one.headings.map(({ level, text }) => [level, text])).toEqual([
      [2, 'Steps'],
      [3, 'Inner'],
    ]);
    const inner = one.headings[1]!.strip;
    expect(textsOf({ strips: [one.strips[inner]!] })[0]!.text).toBe('Inner');
  });

  it('keeps a smaller heading with what follows', () => {
    const one = galley(`<section id="a"><h2>Steps</h2><p>${linesOf(9)}</p><h3>Inner</h3><p>y</p></section>`);
    expect(one.strips[one.headings[1]!.strip]!.keep).toBe('always');
  });
});

describe('a box', () => {
  it('is one panel from the air above to the air below, and is not cut while it fits', () => {
    const { strips } = galley(`<aside class="try"><p>${linesOf(3)}</p><ul><li>a</li></ul></aside>`);
    expect(new Set(strips.map(({ panel }) => panel)).size).toBe(1);
    expect(strips[0]!.panel).not.toBeNull();
    expect(keeps(strips).slice(0, -1)).not.toContain('no');
    expect(strips.at(-1)!.keep).toBe('no');
  });

  it('to write on can be parted between its questions, and nowhere else', () => {
    const list = '<ul class="check"><li>One</li><li>Two</li></ul>';
    const box = (style: string) =>
      keeps(
        galley(`<aside class="${style}"><p>Choose</p>${list}<div class="lines" data-count="1">Mine</div></aside>`)
          .strips,
      );
    expect(box('try')).toEqual(['always', 'always', 'always', 'if-it-fits', 'always', 'always', 'no']);
    expect(box('caution')).toEqual(['always', 'always', 'always', 'always', 'always', 'always', 'no']);
  });

  it('keeps its text on the text edge and reaches out at both sides', () => {
    const one = galley('<aside class="callout"><p>Words.</p></aside>');
    const panel = one.strips[0]!.panel!;
    expect(textsOf(one)[0]!.x).toBe(theme.text.x);
    expect(panel.x).toBeLessThan(theme.text.x);
    expect(panel.x + panel.width).toBeGreaterThan(theme.text.x + theme.text.width);
    expect(panel.x + panel.width).toBeLessThanOrEqual(theme.page.width);
  });

  it('goes over to the next page whole', () => {
    const fill = `<p>${linesOf(32)}</p>`;
    const { pages } = pagesOf(`${fill}<aside class="try">${'<p>Step.</p>'.repeat(6)}</aside>`);
    expect(pages).toHaveLength(2);
    expect(pages[0]!.placed.map(({ galley: one }) => one.strips[0]!.panel)).toEqual([null]);
  });
});

describe('a list', () => {
  it('hangs its bullets and numbers beside the text', () => {
    for (const list of ['ul', 'ol']) {
      const [label, first] = textsOf(galley(`<${list}><li>First</li><li>Second</li></${list}>`));
      expect(label!.text).toBe(list === 'ul' ? '•' : '1.');
      expect(label!.y).toBe(first!.y);
      expect(label!.mark.x + label!.mark.width).toBeLessThan(first!.x);
    }
  });

  it('never runs a wide number into the text', () => {
    const texts = textsOf(galley(`<ol>${'<li>x</li>'.repeat(120)}</ol>`));
    const last = texts.slice(-2);
    expect(last.map(({ text }) => text)).toEqual(['120.', 'x']);
    expect(last[0]!.mark.x + last[0]!.mark.width).toBeLessThan(last[1]!.x);
  });

  it('inside another stands further in, a step for each level, whichever way it runs', () => {
    const nested = '<ol><li>A<ul><li>B<ol><li>C</li></ol></li></ul></li></ol>';
    for (const looks of [theme, large]) {
      const at = (dir: 'ltr' | 'rtl') =>
        ['A', 'B', 'C'].map((letter) => {
          const { mark } = textsOf(galley(nested, dir, looks)).find(({ text }) => text === letter)!;
          return dir === 'ltr' ? mark.x : looks.page.width - mark.x - mark.width;
        });
      const steps = [0, 1, 2].map((level) => looks.text.x + level * looks.indent);
      expect(at('ltr')).toEqual(steps);
      at('rtl').forEach((x, level) => {
        expect(x).toBeCloseTo(steps[level]!);
      });
    }
  });

  it('of sources is parted between two of them, and leaves none of more than three by itself', () => {
    const source = `<li>${linesOf(2)}</li>`;
    const list = (count: number) => keeps(galley(`<ol class="small">${source.repeat(count)}</ol>`).strips);
    const [first, ...others] = [2, 3, 5].map((count) =>
      list(count).flatMap((keep, line) => (keep === 'always' ? [] : [line + 1])),
    );
    const lines = list(2).length / 2;
    expect(lines).toBeGreaterThan(1);
    expect(first).toEqual([lines, 2 * lines]);
    expect(others).toEqual([
      [lines, 2 * lines, 3 * lines],
      [2 * lines, 3 * lines, 5 * lines],
    ]);
  });

  it('has labels and bodies in its elements', () => {
    expect(tagTypes(galley('<ol><li>a</li></ol>').tags)).toEqual([['L', ['LI', ['Lbl'], ['LBody', ['P']]]]]);
    expect(galley('<ul class="check"><li>a</li></ul>').strips[0]!.marks[0]!.kind).toBe('rect');
  });

  it('numbers right to left with the digits in their order', () => {
    const texts = textsOf(galley(`<ol>${'<li>א</li>'.repeat(10)}</ol>`, 'rtl')).slice(-3);
    const digits = texts.find(({ text }) => text.includes('10'))!;
    expect(digits.mark.rtl).toBe(false);
  });
});

describe('a note in another direction than the page', () => {
  const arabic = '<aside class="note" lang="ar" dir="auto"><p>مرحبا</p><ul><li>أول</li><li>ثان</li></ul></aside>';

  it('runs from the right edge, its bullets too', () => {
    const one = galley(arabic);
    const edge = theme.text.x + theme.text.width;
    const [hello, ...list] = textsOf(one);
    expect(hello!.mark.x + hello!.mark.width).toBeCloseTo(edge);
    const bullets = list.filter(({ text }) => text === '•');
    const items = list.filter(({ text }) => text !== '•');
    expect(bullets).toHaveLength(2);
    for (const [index, bullet] of bullets.entries()) {
      const item = items[index]!.mark;
      expect(item.rtl).toBe(true);
      expect(bullet.x).toBeGreaterThan(item.x + item.width);
      expect(bullet.x + bullet.mark.width).toBeLessThanOrEqual(edge);
    }
  });

  it('is the mirror image of a left-to-right note on a right-to-left page', () => {
    const english = arabic.replace('مرحبا', 'Hello').replace('أول', 'One').replace('ثان', 'Two');
    const texts = textsOf(galley(english, 'rtl'));
    const edge = theme.page.width - theme.text.x - theme.text.width;
    expect(texts.find(({ text }) => text === 'Hello')!.x).toBeCloseTo(edge);
    const bullet = texts.find(({ text }) => text === '•')!;
    const item = texts.find(({ text }) => text === 'One')!;
    expect(bullet.x).toBeGreaterThanOrEqual(edge);
    expect(bullet.x + bullet.mark.width).toBeLessThan(item.x);
  });
});

describe('a table', () => {
  const table = (rows: number) =>
    `<table><caption>Who</caption><thead><tr><th>Who</th><th>What to do</th></tr></thead><tbody>${`<tr><td>Friend</td><td>${words(20)}</td></tr>`.repeat(rows)}</tbody></table>`;

  it('has a strip for every row, so that none is cut, and its head stays with the first', () => {
    const { strips } = galley(table(3));
    expect(strips).toHaveLength(1 + 1 + 3);
    expect(keeps(strips)).toEqual(['always', 'always', 'if-it-fits', 'always', 'no']);
    for (const { height, marks } of strips)
      for (const mark of marks) if (mark.kind === 'text') expect(mark.y).toBeLessThan(height);
  });

  it('that fits a page is cut only where much of one would stay empty, two rows at either side', () => {
    const cut = (lines: number, rows: number) =>
      pagesOf(`<p>${linesOf(lines)}</p>${table(rows)}<p>${linesOf(15)}</p>`).pages.map(({ placed }) =>
        placed.map(({ to }) => to),
      );
    expect(cut(34, 5)).toEqual([[34], [7, 15]]);
    expect(cut(30, 5)).toEqual([
      [30, 4],
      [7, 15],
    ]);
    expect(cut(28, 4)).toEqual([
      [28, 4],
      [6, 15],
    ]);
    expect(cut(32, 3)).toEqual([[32], [5, 15]]);
  });

  it('that fits a page is not cut in a box', () => {
    const { pages } = pagesOf(`<p>${linesOf(28)}</p><aside class="try">${table(5)}</aside>`);
    expect(pages.map(({ placed }) => placed.length)).toEqual([1, 1]);
  });

  it('never leaves its last row alone on a page', () => {
    for (let rows = 10; rows < 30; rows++) {
      const { pages } = pagesOf(`${table(rows)}<p>${linesOf(20)}</p>`);
      const last = pages.flatMap(({ placed }) => placed).find(({ to }) => to === rows + 2)!;
      expect([rows, last.to - last.from]).not.toEqual([rows, 1]);
    }
  });

  it('has a short paragraph before it stay with it, and no long one', () => {
    const lastOf = (lines: number) => {
      const one = galley(`<section id="a"><h2>Who</h2><p>${linesOf(lines)}</p>${table(30)}</section>`);
      return one.strips[lines - 1]!.keep;
    };
    expect([1, 2, 3, 4].map(lastOf)).toEqual(['always', 'always', 'always', 'no']);
  });

  it('has a picture’s paragraph stay without it only where much of a page would stay empty', () => {
    const picture = '<figure><img src="circles.png" alt="Circles"><figcaption>Circles</figcaption></figure>';
    const cut = (lines: number, lead = 3) =>
      pagesOf(
        `<p>${linesOf(lines)}</p><section id="a"><h2>Who</h2><p>${linesOf(lead)}</p>${picture}</section>`,
      ).pages.map(({ placed }) => placed.map(({ from, to }) => to - from));
    expect(cut(25)).toEqual([[25, 3], [2]]);
    expect(cut(36)).toEqual([[36], [5]]);
    expect(cut(26, 2)).toEqual([[26, 2], [2]]);
    expect(cut(28, 1)).toEqual([[28], [3]]);
  });

  it('goes over the page between rows', () => {
    const { pages } = pagesOf(table(30));
    expect(pages.length).toBeGreaterThan(1);
    expect(
      pages
        .flatMap(({ placed }) => placed)
        .map(({ from, to }) => to - from)
        .reduce((a, b) => a + b),
    ).toBe(32);
  });

  it('keeps each column’s words in its column', () => {
    const one = galley(table(2));
    const second = textsOf(one).filter(({ text }) => /^word|^What/u.test(text));
    const left = Math.min(...second.map(({ x }) => x));
    for (const { text, mark } of textsOf(one)) if (text === 'Friend') expect(mark.x + mark.width).toBeLessThan(left);
    for (const { mark, text } of second)
      expect(mark.x + 5 * text.length).toBeLessThanOrEqual(theme.text.x + theme.text.width + 0.01);
  });

  it('gives a column what its words ask for, so that no word and no short entry breaks', () => {
    const row = `<td>${words(30)}</td><td>20 min</td><td>Antidepressants</td><td>${words(12)}</td>`;
    const html = `<table><thead><tr><th>What</th><th>Time</th><th>Kind</th><th>How</th></tr></thead><tbody><tr>${row}</tr></tbody></table>`;
    for (const looks of [theme, large]) {
      const texts = textsOf(galley(html, 'ltr', looks));
      expect(texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['20 min', 'Antidepressants']));
      const [what, time, kind, how] = ['What', 'Time', 'Kind', 'How'].map(
        (head) => texts.find(({ text }) => text === head)!.x,
      );
      expect(time! - what!).toBeGreaterThan(kind! - time!);
      expect(time! - what!).toBeGreaterThan(looks.text.x + looks.text.width - how!);
    }
  });

  it('rather breaks an entry than a word where there is no room for both', () => {
    const cells = (text: string) => `<td>${text}</td>`.repeat(5);
    const html = `<table><thead><tr>${cells('When').replaceAll('td', 'th')}</tr></thead><tbody><tr>${cells('a b c d e f')}</tr><tr><td>${'long'.repeat(8)}</td>${cells('x').slice(10)}</tr></tbody></table>`;
    expect(textsOf(galley(html)).map(({ text }) => text)).toContain('long'.repeat(8));
  });

  it('shares the width out in proportion where every entry has room', () => {
    const html = `<table><thead><tr><th>Day</th><th>What</th></tr></thead><tbody><tr><td>${'a'.repeat(10)}</td><td>${'b'.repeat(30)}</td></tr></tbody></table>`;
    const [day, what] = textsOf(galley(html)).map(({ x }) => x);
    expect(what! - day!).toBeCloseTo((theme.text.width - 12) / 4 + 12);
  });

  it('has a scope for every head', () => {
    expect(tagTypes(galley(table(1)).tags)).toEqual([
      ['Table', ['Caption'], ['THead', ['TR', ['TH'], ['TH']]], ['TBody', ['TR', ['TD'], ['TD']]]],
    ]);
  });
});

describe('pictures and writing lines', () => {
  it('sets a figure within the column with its caption below', () => {
    const one = galley('<figure><img src="x.png" alt="Two circles"><figcaption>Circles</figcaption></figure>');
    const image = one.strips[0]!.marks[0]!;
    expect(image).toMatchObject({ kind: 'image', x: theme.text.x });
    if (image.kind === 'image') expect(image.width / image.height).toBeCloseTo(2);
    expect(one.tags[0]).toMatchObject({ type: 'Figure', alt: 'Two circles' });
    expect(one.strips[0]!.keep).toBe('always');
  });

  it('rules as many lines as asked for, far enough apart to write on, with their label', () => {
    const one = galley('<div class="lines" data-count="4">My step</div>');
    const rules = one.strips.filter(({ marks }) => marks.some(({ kind }) => kind === 'line'));
    expect(rules).toHaveLength(4);
    for (const { height } of rules) expect(height).toBeGreaterThanOrEqual((8 * 72) / 25.4);
    expect(keeps(one.strips).slice(0, -1)).not.toContain('no');
  });
});
