// Worksheets have room for a pen in every look, fields where they are asked for, and never overflow their page.
import { describe, expect, it } from '@jest/globals';
import { compose } from '../../src/layout/compose.ts';
import type { Galley, LaidOut, Mark, Strip, Tag } from '../../src/layout/page.ts';
import { readBlocks } from '../../src/merge/read.ts';
import { fakeMeasure } from '../support/measure.ts';
import { galley, heightOf, keeps, large, linesOf, pagesOf, tagTypes, textsOf, theme, words } from './galleys.ts';

const MM = 72 / 25.4;
type Of<K extends Mark['kind']> = Extract<Mark, { kind: K }>;

/** Marks of a kind with their y in the galley. */
function marksOf<K extends Mark['kind']>({ strips }: Pick<Galley, 'strips'>, kind: K): Of<K>[] {
  let top = 0;
  return strips.flatMap((strip, index) => {
    if (index > 0) top += strip.gap;
    const here = top;
    top += strip.height;
    return strip.marks.flatMap((mark) => (mark.kind === kind ? [{ ...mark, y: mark.y + here } as Of<K>] : []));
  });
}
const steps = (from: string, to: string) => `<li>${from}</li>${'<li></li>'.repeat(9)}<li>${to}</li>`;
const scale = (from = 'Low', to = 'High') =>
  `<div class="scale"><p>How strong?</p><ol class="scale">${steps(from, to)}</ol></div>`;
const sheet = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
  `<table class="sheet"><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;
const table = (rows: readonly string[]) =>
  sheet(
    ['Who', 'What'],
    rows.map((row) => ['Friend', row]),
  ).replace(' class="sheet"', '');
const lines = (attributes: string) => `<div class="lines" ${attributes}>My step</div>`;
const LOOKS = [
  ['standard', theme],
  ['large print', large],
] as const;

describe.each(LOOKS)('in %s', (name, looks) => {
  const between = (name === 'standard' ? 8 : 11) * MM;

  it('lines are far enough apart for handwriting, and one field', () => {
    const one = galley(lines('data-count="4"'), 'ltr', looks);
    const rules = marksOf(one, 'line').map(({ y }) => y);
    expect(rules).toHaveLength(4);
    for (const [index, y] of rules.slice(1).entries()) expect(y - rules[index]!).toBeGreaterThanOrEqual(between);
    const [field, ...others] = marksOf(one, 'field');
    expect(others).toEqual([]);
    expect(field!.field).toMatchObject({ kind: 'lines', label: 'My step', size: looks.body.size });
    expect(field!.y).toBeGreaterThanOrEqual(textsOf(one)[0]!.y);
    expect(field!.y + field!.height).toBeLessThan(rules[3]!);
    expect(field!.y + field!.height).toBeGreaterThan(rules[2]!);
  });

  it('a single line is typed above its rule', () => {
    const one = galley(lines('data-count="1"'), 'ltr', looks);
    const [field] = marksOf(one, 'field');
    expect(field!.field.kind).toBe('line');
    expect(field!.y + field!.height).toBeCloseTo(marksOf(one, 'line')[0]!.y);
    expect(field!.height).toBeGreaterThan(looks.body.size);
  });

  it('boxes and circles are large enough to tick with a pen', () => {
    const check = galley('<ul class="check"><li>Rest</li></ul>', 'ltr', looks);
    for (const one of [check, galley(scale(), 'ltr', looks)]) {
      for (const box of marksOf(one, 'rect')) expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(4 * MM);
      expect(marksOf(one, 'field')).toHaveLength(marksOf(one, 'rect').length);
    }
    expect(marksOf(check, 'field')[0]!.field).toEqual({ kind: 'tick', label: 'Rest' });
  });

  it('the rows of a table to fill in are tall enough, and so are the lines of its other form', () => {
    const wide = ['Day', 'What', 'Why', 'Who', 'How'];
    for (const heads of [['Day', 'What'], wide]) {
      const one = galley(sheet(heads, [heads.map(() => ''), heads.map(() => '')]), 'ltr', looks);
      for (const { height, y } of marksOf(one, 'field')) {
        expect(height).toBeGreaterThan(looks.body.size);
        expect(y + height).toBeLessThanOrEqual(heightOf(one));
      }
      expect(marksOf(one, 'field')).toHaveLength(2 * heads.length);
    }
    const rows = galley(sheet(['Day', 'What'], [['', '']]), 'ltr', looks).strips;
    expect(rows.at(-1)!.height).toBeGreaterThanOrEqual(between * 1.5);
  });
});

describe('lines', () => {
  it('are not parted, for on screen they are one field', () => {
    expect(keeps(galley(lines('data-count="3"')).strips)).toEqual(['always', 'always', 'always', 'no']);
  });

  it('have their label beside them, its first line on the first rule, where there is a margin column', () => {
    const html = '<div class="lines beside" data-count="2">What may get in the way of it all</div>';
    const one = galley(html);
    const [first, second] = textsOf(one);
    const [rule] = marksOf(one, 'line');
    expect(first!.y).toBeCloseTo(rule!.y);
    expect(second!.y).toBeGreaterThan(first!.y);
    expect(rule!.x).toBeGreaterThan(first!.x + first!.mark.width);
    expect(rule!.x2).toBeCloseTo(theme.text.x + theme.text.width);
    expect(heightOf(one)).toBeGreaterThan(second!.y);
    const big = galley(html, 'ltr', large);
    expect(marksOf(big, 'line')[0]!.x).toBe(large.text.x);
  });

  it('fill the rest of their page and no more', () => {
    const rules = ({ pages }: LaidOut) =>
      pages.map(({ placed }) =>
        placed.reduce(
          (sum, { galley: one, from, to }) => sum + marksOf({ strips: one.strips.slice(from, to) }, 'line').length,
          0,
        ),
      );
    const { top, bottom, height } = theme.page;
    for (let above = 1; above < 36; above += 5) {
      const laidOut = pagesOf(`<p>${linesOf(above)}</p>${lines('data-fill=""')}<p>${linesOf(2)}</p>`);
      expect([above, laidOut.pages.length]).toEqual([above, 1]);
      const [count] = rules(laidOut);
      expect(count).toBeGreaterThanOrEqual(2);
      const { galley: last, y } = laidOut.pages[0]!.placed.at(-1)!;
      const end = y + heightOf(last);
      expect(end).toBeLessThanOrEqual(height - bottom + 0.01);
      expect(end).toBeGreaterThan(height - bottom - theme.writing);
      expect(laidOut.pages[0]!.placed[0]!.y).toBe(top);
    }
  });

  it('that fill stay whole on the next page where two of them have no room', () => {
    const { pages } = pagesOf(`<p>${linesOf(38)}</p>${lines('data-fill=""')}`);
    expect(pages).toHaveLength(2);
    const field = marksOf({ strips: pages[1]!.placed[0]!.galley.strips }, 'field')[0]!;
    expect(field.height).toBeGreaterThan(theme.page.height / 2);
  });

  it('that fill share a page', () => {
    const { pages } = pagesOf(`${lines('data-fill=""')}<p>x</p>${lines('data-fill=""')}`);
    const counts = pages[0]!.placed.map(({ galley: one }) => marksOf(one, 'line').length);
    expect(counts[0]).toBe(counts[2]);
    expect(counts[0]).toBeGreaterThan(8);
  });
});

describe('a scale', () => {
  it('goes from 0 at the reading edge to 10 at the other, each number under its circle', () => {
    for (const dir of ['ltr', 'rtl'] as const) {
      const one = galley(scale(), dir);
      const circles = marksOf(one, 'rect');
      const numbers = textsOf(one).filter(({ text }) => /^\d+$/u.test(text));
      expect(numbers.map(({ text }) => text)).toEqual(circles.map((_, value) => String(value)));
      for (const [index, { mark }] of numbers.entries()) {
        const { x, width } = circles[index]!;
        expect(mark.x + mark.width / 2).toBeCloseTo(x + width / 2, 0);
      }
      const [first, last] = [circles[0]!, circles[10]!];
      const edges = [theme.text.x, theme.text.x + theme.text.width].map((x) =>
        dir === 'ltr' ? x : theme.page.width - x,
      );
      expect(dir === 'ltr' ? first.x : first.x + first.width).toBeCloseTo(edges[0]!);
      expect(dir === 'ltr' ? last.x + last.width : last.x).toBeCloseTo(edges[1]!);
    }
  });

  it('has its words at its ends, which wrap rather than meet', () => {
    const one = galley(scale(words(9), words(9)));
    const [, ...texts] = textsOf(one).filter(({ text }) => !/^\d+$/u.test(text));
    const half = theme.text.x + theme.text.width / 2;
    const left = texts.filter(({ x }) => x < half);
    const right = texts.filter(({ x }) => x >= half);
    expect([left.length, right.length]).toEqual([2, 2]);
    for (const { mark } of left) expect(mark.x + mark.width).toBeLessThanOrEqual(half);
    for (const { mark } of right)
      expect(mark.x + mark.width).toBeLessThanOrEqual(theme.text.x + theme.text.width + 0.01);
  });

  it('takes two rows where one has no room for eleven circles', () => {
    const narrow = { ...large, text: { ...large.text, width: 240 } };
    const circles = marksOf(galley(scale(), 'ltr', narrow), 'rect');
    expect(new Set(circles.map(({ y }) => y)).size).toBe(2);
    expect(circles.filter(({ y }) => y === circles[0]!.y)).toHaveLength(6);
    for (const { x, width } of circles) expect(x + width).toBeLessThanOrEqual(narrow.text.x + 240.01);
  });

  it('is one group of choices, read as a list of its numbers', () => {
    const one = galley(scale());
    const fields = marksOf(one, 'field').map(({ field }) => field);
    expect(fields.map((field) => (field.kind === 'choice' ? [field.value, field.label] : []))).toEqual(
      Array.from({ length: 11 }, (_, value) => [String(value), `How strong?: ${value}`]),
    );
    expect(new Set(fields.map((field) => (field.kind === 'choice' ? field.group : null))).size).toBe(1);
    expect(one.tags.map(({ type }) => type)).toEqual(['P', 'L']);
    expect(tagTypes(one.tags[1]!.kids as Tag[])[0]).toEqual(['LI', ['Lbl'], ['LBody', ['Form']]]);
  });
});

describe('a table to fill in', () => {
  it('has fields where its cells are empty, named by column and row', () => {
    const one = galley(
      sheet(
        ['Day', 'What'],
        [
          ['Monday', ''],
          ['Tuesday', 'Rest'],
          ['', ''],
        ],
      ),
    );
    expect(marksOf(one, 'field').map(({ field }) => field.label)).toEqual(['What, Monday', 'Day, 3', 'What, 3']);
    expect(tagTypes(one.tags)).toEqual([
      [
        'Table',
        ['THead', ['TR', ['TH'], ['TH']]],
        ['TBody', ['TR', ['TH'], ['TD', ['Form']]], ['TR', ['TD'], ['TD']], ['TR', ['TD', ['Form']], ['TD', ['Form']]]],
      ],
    ]);
  });

  it('gives the columns to write in what the others leave, none less than 20 mm', () => {
    const heads = ['Day', 'What', 'Why', 'Who'];
    const one = galley(sheet(heads, [['Monday', '', '', '']]));
    const widths = marksOf(one, 'field').map(({ width }) => width);
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThan(1);
    for (const width of widths) expect(width).toBeGreaterThan(20 * MM);
  });

  it('becomes a form where its columns would be too narrow to write in', () => {
    const heads = ['Situation', 'Automatic thought', 'Feeling', 'Evidence', 'Another view'];
    const long = { ...large, text: { ...large.text, width: 300 } };
    const one = galley(sheet(heads, [heads.map(() => ''), ['Rain', '', '', '', '']]), 'ltr', long);
    expect(tagTypes(one.tags).flat(9)).not.toContain('Table');
    expect(
      textsOf(one)
        .filter(({ mark }) => mark.face === 'bold')
        .map(({ text }) => text.replace(/:$/u, '')),
    ).toEqual([...heads, ...heads]);
    expect(
      marksOf(one, 'field')
        .map(({ field }) => field.label)
        .slice(-4),
    ).toEqual(heads.slice(1).map((head) => `${head}, Rain`));
    for (const { mark } of textsOf(one)) expect(mark.x + mark.width).toBeLessThanOrEqual(long.text.x + 300.01);
  });

  it('has two rows of five questions on a page of large print', () => {
    const heads = ['Situation', 'Automatic thought', 'Feeling', 'Evidence', 'Another view'];
    const empty = heads.map(() => '');
    const looks = { ...large, text: { ...large.text, width: 300 } };
    const { pages } = pagesOf(sheet(heads, [empty, empty]), {}, looks);
    expect(pages).toHaveLength(1);
  });

  it('is the mirror image right to left', () => {
    const html = sheet(['Day', 'What'], [['Monday', '']]);
    const ltr = marksOf(galley(html), 'field')[0]!;
    const rtl = marksOf(galley(html, 'rtl'), 'field')[0]!;
    expect(rtl.x).toBeCloseTo(theme.page.width - ltr.x - ltr.width);
    expect(rtl.field).toMatchObject({ rtl: true });
  });
});

describe('lines only', () => {
  it('have the same rules and boxes, no fields and no elements for them', () => {
    const html = `<section id="a"><h2>Try</h2>${lines('data-count="2"')}${scale()}${sheet(['Day', 'What'], [['Mon', '']])}<ul class="check"><li>x</li></ul></section>`;
    const typed = galley(html);
    const bare = compose(readBlocks(html)[0]!, { theme, measure: fakeMeasure, dir: 'ltr' });
    expect(marksOf(bare, 'field')).toEqual([]);
    expect(JSON.stringify(tagTypes(bare.tags))).not.toContain('Form');
    expect(marksOf(bare, 'line')).toEqual(marksOf(typed, 'line'));
    expect(marksOf(bare, 'rect')).toEqual(marksOf(typed, 'rect'));
  });
});

describe('a table over a page break', () => {
  const heights = (strips: readonly Strip[]) => strips.reduce((sum, { height }) => sum + height, 0);

  it('has its head on every page again, read once', () => {
    for (const dir of ['ltr', 'rtl'] as const) {
      const { pages } = pagesOf(table(Array.from({ length: 40 }, () => words(20))), { dir });
      expect(pages.length).toBeGreaterThan(1);
      pages.forEach(({ placed }, index) => {
        const [{ head, y, galley: one, from, to }] = placed as [(typeof placed)[0]];
        if (index === 0) {
          expect(head).toBeUndefined();
          return;
        }
        expect(y).toBeCloseTo(theme.page.top + head!.height);
        expect(y + heights(one.strips.slice(from, to))).toBeLessThanOrEqual(
          theme.page.height - theme.page.bottom + 0.01,
        );
        const again = head!.marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : []));
        const first = one.strips[0]!.marks.flatMap((mark) => (mark.kind === 'text' ? [mark] : []));
        expect(again.map(({ text, x }) => [text, x])).toEqual(first.map(({ text, x }) => [text, x]));
        expect(again.every(({ leaf }) => leaf === null)).toBe(true);
      });
    }
  });

  it('has a row taller than a page cut between its lines, with every word on some page', () => {
    const text = linesOf(90);
    const { pages } = pagesOf(table(['short', text, 'short']));
    expect(pages.length).toBeGreaterThan(2);
    let read = '';
    for (const { placed } of pages) {
      const { galley: one, from, to, y } = placed.at(-1)!;
      const end = y + heights(one.strips.slice(from, to));
      expect(end).toBeLessThanOrEqual(theme.page.height - theme.page.bottom + 0.01);
      read += textsOf({ strips: one.strips.slice(from, to) })
        .map(({ text: part }) => part)
        .join(' ');
    }
    expect(read.match(/word\d/gu)).toHaveLength(text.split(' ').length);
  });

  it('breaks a word that is wider than its column, and no other', () => {
    const one = galley(table(['x'.repeat(200)]));
    for (const { mark } of textsOf(one))
      expect(mark.x + mark.width).toBeLessThanOrEqual(theme.text.x + theme.text.width + 0.01);
    const texts = textsOf(one).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['Who', 'What', 'Friend']));
    expect(texts.join('').match(/x/gu)).toHaveLength(200);
  });
});
