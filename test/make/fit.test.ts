// Fitting to one page and to two: how close and how small it gets, what it says when it can't, and what it never does.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import type { LaidOut } from '../../src/layout/page.ts';
import { fitPages, whatIsOver } from '../../src/make/fit.ts';
import { type Made, makeHandout } from '../../src/make/handout.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, anArticle, aPractice, aSection } from '../support/builders.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { ourLibrary } from '../support/house.ts';
import { pageCount, popplerText } from '../support/poppler.ts';

let library: Library;
let press: Press;
beforeAll(async () => {
  library = await ourLibrary();
  press = openPress();
});

const SHORT_NOTE = 'You told me about the nights. Try the long out-breath first.\n\nSee you Monday.';
const make = (choice: Record<string, unknown>): Promise<Made> =>
  makeHandout(aChoice({ article: 'why-relationships-matter', client: 'Ann', ...choice }), library, aPractice(), press);
const article = (slug: string) => library.articles.find((one) => one.slug === slug)!;

describe('the steps', () => {
  /** Pages that a handout has at each of the four steps. */
  const tryOut = (most: number, pagesAt: readonly number[]) => {
    const tried: number[] = [];
    const { size, laidOut } = fitPages(most, [0, 1, 2, 3], (step) => {
      tried.push(step);
      const pages = Array.from({ length: pagesAt[step]! });
      return { laidOut: { pages } as unknown as LaidOut, size: step };
    });
    return { step: size, pages: laidOut.pages.length, tried };
  };

  it('end with the first that fits', () => {
    expect(tryOut(1, [1, 1, 1, 1])).toEqual({ step: 0, pages: 1, tried: [0] });
    expect(tryOut(1, [2, 2, 1, 1])).toEqual({ step: 2, pages: 1, tried: [0, 1, 2] });
  });

  it('end, where none fits, with the roomiest of those with the fewest pages', () => {
    expect(tryOut(1, [3, 3, 2, 2])).toEqual({ step: 2, pages: 2, tried: [0, 1, 2, 3] });
    expect(tryOut(1, [2, 2, 2, 2])).toEqual({ step: 0, pages: 2, tried: [0, 1, 2, 3] });
  });
});

describe('what to leave out', () => {
  const size: Record<string, number> = { why1: 2, why2: 3, extra: 1, how1: 4, how2: 1, do: 3, must: 5, careful: 2 };
  const kinds = { why1: 'why', why2: 'why', extra: 'more', how1: 'how', how2: 'how', do: 'try', must: 'core' } as const;
  const sections = [
    ...Object.entries(kinds).map(([id, kind]) => aSection(id, { kind, requires: id === 'do' ? ['careful'] : [] })),
    aSection('careful', { kind: 'how' }),
  ];
  const shelf = anArticle({ sections });
  const sum = (some: readonly { id: string }[]) => some.reduce((total, { id }) => total + size[id]!, 0);
  const over = (room: number) => whatIsOver(shelf, sections, null, (some) => sum(some) <= room).sections;

  it('is the least needed first: more, why, how, try', () => {
    expect(over(20)).toEqual(['extra']);
    expect(over(17)).toEqual(['why2', 'extra']);
    expect(over(14)).toEqual(['why1', 'why2', 'extra', 'how2']);
    expect(over(7)).toEqual(['why1', 'why2', 'extra', 'how1', 'how2', 'do']);
  });

  it('is the exercise only where neither the background nor shorter words would do', () => {
    // What was typed takes as many lines again.
    const parts = (room: number, lines: number) =>
      whatIsOver(shelf, sections, { field: 'note', lines }, (some, typed) => sum(some) + (typed ? lines : 0) <= room);
    const wordy = (lines: number) => ({ field: 'note', lines });
    expect(parts(29, 10)).toEqual({ sections: ['why2'], wordy: wordy(10), both: false });
    expect(parts(21, 15)).toEqual({ sections: [], wordy: wordy(15), both: false });
    expect(parts(18, 15)).toEqual({ sections: ['why2'], wordy: wordy(15), both: true });
    expect(parts(10, 3)).toEqual({
      sections: ['why1', 'why2', 'extra', 'how1', 'how2', 'do'],
      wordy: null,
      both: false,
    });
    expect(parts(6, 15)).toEqual({ sections: [], wordy: null, both: false });
  });

  it('is nothing that would be left out for nothing', () => {
    expect(over(18)).toEqual(['why2']);
  });

  it('is never what nobody may drop, and nothing at all where that would not do', () => {
    expect(over(6)).toEqual([]);
    for (let room = 0; room < 22; room++) {
      expect(over(room)).not.toContain('must');
      expect(over(room)).not.toContain('careful');
    }
  });
});

describe('one page', () => {
  const requests = ['why-relationships-matter', 'stress-response'].flatMap((slug) =>
    (['letter', 'a4'] as const).map((paper) => ({ article: slug, paper, preset: 'one-page', note: SHORT_NOTE })),
  );
  it.each(requests)(
    'holds a one-page preset with a short note, the help block on it: $article, $paper',
    async (request) => {
      const made = await make({ ...request, fit: 1 });
      expect([made.pages, pageCount(made.pdf), made.over, made.warnings]).toEqual([1, 1, [], []]);
      expect(made.size).toBeGreaterThanOrEqual(11);
      expect(popplerText(made.pdf)).toContain('988');
      expect(checkConformance(made.pdf)).toEqual([]);
    },
  );

  it('goes down to 11 points and no further, and tells with which size it ended', async () => {
    const sizes = new Set<number>();
    for (let length = 0; length <= 900; length += 60) {
      const made = await make({
        preset: 'one-page',
        note: 'Word by word. '.repeat(70).slice(0, length).trim(),
        fit: 1,
      });
      if (made.pages === 1) sizes.add(made.size);
      else expect(made.warnings.map(({ code }) => code)).toEqual(['fits-not']);
    }
    expect([...sizes].sort((a, b) => b - a)).toEqual([12, 11.5, 11]);
  });

  it('never takes large print under 18 points', async () => {
    for (const fit of [1, 2]) expect((await make({ preset: 'one-page', largePrint: true, fit })).size).toBe(18);
  });
});

describe('what does not fit', () => {
  const everything = (made: Made) => {
    const text = popplerText(made.pdf).replace(/\s+/gu, ' ');
    const { sections } = article('why-relationships-matter');
    return made.sections.every((id) =>
      text.includes(sections.find((section) => section.id === id)!.title.slice(0, 12)),
    );
  };

  it('is printed whole all the same, and named', async () => {
    const made = await make({ fit: 1, note: SHORT_NOTE });
    expect(made.pages).toBeGreaterThan(1);
    expect(everything(made)).toBe(true);
    expect(made.over.length).toBeGreaterThan(0);
    expect(made.warnings.map(({ code, place }) => [code, place])).toEqual([['fits-not', { field: 'fit' }]]);
    const titles = article('why-relationships-matter').sections.filter(({ id }) => made.over.includes(id));
    for (const { title } of titles) expect(made.warnings[0]!.message).toContain(`“${title}”`);
  });

  it.each([
    ['why-relationships-matter', 1],
    ['why-relationships-matter', 2],
    ['stress-response', 1],
    ['stress-response', 2],
  ])('fits once it is unticked: %s to %i', async (slug, fit) => {
    const asked = { article: slug, preset: undefined, note: SHORT_NOTE, fit };
    const first = await make(asked);
    const sections = first.sections.filter((id) => !first.over.includes(id));
    const second = await make({ ...asked, sections });
    expect(second.pages).toBeLessThanOrEqual(fit);
    expect(second.over).toEqual([]);
    const kept = article(slug).sections.filter(({ kind }) => kind === 'core');
    expect(second.sections).toEqual(expect.arrayContaining(kept.map(({ id }) => id)));
  });

  it('is first the note, where it is the note, and never the exercise', async () => {
    const made = await make({ preset: 'one-page', note: 'Word by word. '.repeat(85).trim(), fit: 1 });
    expect(made.over).toEqual([]);
    const [, lines] = /Your note takes (\d+) lines: shorten it, or let it have more pages\.$/u.exec(
      made.warnings[0]!.message,
    )!;
    // 1,190 letters at about 80 a line, and the name under them.
    expect(Number(lines)).toBeGreaterThan(14);
    expect(Number(lines)).toBeLessThan(20);
  });

  it('is then the background, where something was typed as well', async () => {
    const sections = ['you-may-notice', 'something-to-try'];
    const made = await make({
      sections,
      agreed: 'Word by word. '.repeat(30).trim(),
      fit: 1,
      article: 'why-relationships-matter',
    });
    expect(made.over).toEqual(['you-may-notice']);
    expect(made.warnings[0]!.message).toMatch(
      /“What we agreed” takes \d+ lines: shorten it, or leave out “You may notice”\.$/u,
    );
  });

  it('is the note and the background together, before the exercise', async () => {
    const made = await make({ preset: 'two-pages', note: 'Word by word. '.repeat(85).trim(), fit: 1 });
    expect(made.warnings[0]!.message).toMatch(/Your note takes \d+ lines: shorten it and leave out “/u);
    expect(made.over.length).toBeGreaterThan(0);
    for (const id of made.over)
      expect(article('why-relationships-matter').sections.find((one) => one.id === id)?.kind).not.toBe('try');
  });

  it('is not blamed on sections when the note alone is too long', async () => {
    const made = await make({ preset: 'one-page', note: 'Word by word. '.repeat(140), fit: 1, largePrint: true });
    expect(made.over).toEqual([]);
    expect(made.warnings[0]!.message).toContain('shorten what you wrote');
  });

  it.each(['', 'Hi'])('is not blamed on words when hardly any were written: “%s”', async (note) => {
    const made = await make({ preset: 'one-page', note, fit: 1, largePrint: true });
    expect(made.over).toEqual([]);
    expect(made.warnings[0]!.message).toMatch(/Leaving out sections would not do; let it have more pages\.$/u);
  });

  it('is the same every time, and without fit nothing is said of it', async () => {
    const [one, two] = [await make({ fit: 1 }), await make({ fit: 1 })];
    expect(one.pdf.equals(two.pdf)).toBe(true);
    expect(one.over).toEqual(two.over);
    const plain = await make({});
    expect([plain.size, plain.over, plain.warnings]).toEqual([12, [], []]);
  });
});
