// What is kept of earlier handouts gives the very bytes that drawing anew would give, and holds nothing of a client.
import { inflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Library } from '../../src/content/article.ts';
import { readDrawing } from '../../src/content/drawing.ts';
import { makeHandout } from '../../src/make/handout.ts';
import type { Choice } from '../../src/merge/choice.ts';
import { drawDocument } from '../../src/pdf/document.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import type { Stencils } from '../../src/pdf/stencil.ts';
import { openTypefaces } from '../../src/pdf/typefaces.ts';
import { aChoice, aLibrary, anArticle, aPractice, aSection } from '../support/builders.ts';
import { aLogo, ourLibrary, withPicture } from '../support/house.ts';

/** A press that counts what its stencils are used for. */
function watchedPress(): Press & { kept: Map<string, unknown>; used: () => number } {
  const typefaces = openTypefaces();
  const kept = new Map<string, unknown>();
  let used = 0;
  const stencils = {
    get(signature: string) {
      if (kept.has(signature)) used++;
      return kept.get(signature);
    },
    set: (signature: string, stencil: unknown) => void kept.set(signature, stencil),
  } as Stencils;
  return {
    ...openPress(),
    draw: (laidOut, date, pictures, whole = false) =>
      drawDocument(laidOut, date, typefaces, pictures, whole ? null : stencils),
    kept,
    used: () => used,
  };
}

const idOf = (pdf: Buffer) => /\/ID \[<([0-9a-f]+)> <([0-9a-f]+)>\]/u.exec(pdf.toString('latin1'))!.slice(1);

/** Bytes as text, with every stream in them inflated and the glyph codes of a line of text run together. */
function opened(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  const streams = [...text.matchAll(/stream\n([\s\S]*?)\nendstream/gu)].map(([, stream]) => {
    try {
      return inflateSync(Buffer.from(stream!, 'latin1')).toString('latin1');
    } catch {
      return stream!; // a short one is not compressed
    }
  });
  return [text, ...streams.map((stream) => stream.replace(/>[-\d. ]+</gu, ''))].join('\n');
}

const bytesIn = (thing: unknown): Buffer[] =>
  Buffer.isBuffer(thing)
    ? [thing]
    : typeof thing === 'object' && thing !== null
      ? Object.values(thing).flatMap(bytesIn)
      : [Buffer.from(String(thing))];

const buffersIn = (thing: unknown): Buffer[] =>
  Buffer.isBuffer(thing)
    ? [thing]
    : typeof thing === 'object' && thing !== null
      ? Object.values(thing).flatMap(buffersIn)
      : [];

let library: Library;
let logo: Buffer;
beforeAll(async () => {
  library = await ourLibrary();
  logo = await aLogo();
});

const letters = fc.constantFrom(...'abcdefg hijklmnop qrstuvwxyz ABC ÉéßøŁł’-'.split(''), ' ', '. ');
const name = fc.oneof(
  fc.constant(''),
  fc.constantFrom('Jo', 'O’Brien', 'Zoë Łukasiewicz'),
  fc.string({ unit: letters, maxLength: 110 }),
);
const paragraph = fc
  .tuple(fc.constantFrom('', '- '), fc.string({ unit: letters, maxLength: 220 }))
  .map(([bullet, text]) => `${bullet}${text.trim()}`);
const note = fc.array(paragraph, { maxLength: 6 }).map((parts) => parts.join('\n\n').slice(0, 1900));
const anyChoice = fc.record(
  {
    article: fc.constantFrom('why-relationships-matter', 'stress-response'),
    preset: fc.constantFrom('one-page', 'full'),
    client: name,
    note,
    words: paragraph,
    plan: paragraph,
    paper: fc.constantFrom('letter', 'a4'),
    largePrint: fc.boolean(),
    clinician: fc.constantFrom('Sam Poe', 'Prof. Anneliese van den Berg'),
    noteLanguage: fc.constantFrom('es', 'en'),
    date: fc.constantFrom('2026-11-23', '2026-11-24'),
  },
  { requiredKeys: ['article', 'client', 'note', 'date'] },
);

describe('a handout from a stencil', () => {
  it('has the bytes of one drawn anew, whatever the client, the note and the looks', async () => {
    const press = watchedPress();
    await fc.assert(
      fc.asyncProperty(anyChoice, name, fc.boolean(), async (input, other, hasLogo) => {
        const practice = aPractice(hasLogo ? { logo } : {});
        for (const client of [other, input.client]) {
          const choice = aChoice({ ...input, client });
          const whole = await makeHandout(choice, library, practice, press, true);
          for (const _ of [1, 2]) {
            const { pdf } = await makeHandout(choice, library, practice, press);
            expect(pdf.equals(whole.pdf)).toBe(true);
          }
        }
      }),
      { seed: 20261123, numRuns: 60 },
    );
    expect(press.used()).toBeGreaterThan(120);
  }, 300_000);

  it('serves many clients, not only the one it was cut from', async () => {
    const press = watchedPress();
    for (const client of ['Ann', 'Bo', 'Cleo', 'Dee']) {
      const choice = aChoice({ article: 'stress-response', client, note: `Dear ${client}` });
      const { pdf } = await makeHandout(choice, library, aPractice(), press);
      expect(pdf.equals((await makeHandout(choice, library, aPractice(), press, true)).pdf)).toBe(true);
    }
    expect(press.kept.size).toBe(1);
    expect(press.used()).toBe(3);
  });

  it('serves them however much is typed, as long as the same stands on each page', async () => {
    const press = watchedPress();
    const path = '<path d="M1 1h90v90z" fill="#1d2224"/>';
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 280 99"><title>A ring</title>${path}</svg>`;
    const read = readDrawing(svg, 'ring.svg');
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    const drawn = { name: 'ring.svg', path: '/ring.svg', drawing: read.drawing };
    const html = `<p>See <a href="https://example.org/0001.000">this</a>.</p>
<figure><img src="ring.svg" alt="A ring"></figure><div class="lines" data-count="2">What helps</div>`;
    const sections = [aSection('shown', { html }), aSection('more')];
    const shelf = aLibrary({ articles: [anArticle({ sections, figures: [drawn] })] });
    for (const times of [1, 2, 4, 6, 8]) {
      const choice = aChoice({ client: 'Jo', words: 'Now and then I see it. '.repeat(times), plan: 'I will go out.' });
      const { pdf, pages } = await makeHandout(choice, shelf, aPractice(), press);
      expect(pages).toBe(1);
      expect(pdf.equals((await makeHandout(choice, shelf, aPractice(), press, true)).pdf)).toBe(true);
    }
    expect(press.kept.size).toBe(1);
    expect(press.used()).toBe(4);
  });

  it('follows a figure that a client’s words move', async () => {
    await withPicture(async (path) => {
      const row = '<tr><td>{{client}} {{client}} {{client}} {{client}}</td><td>x</td></tr>';
      const table = `<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>${row}</tbody></table>`;
      const yours = aSection('yours', {
        personal: true,
        html: `${table}<figure><img src="circles.png" alt="Circles"></figure>`,
      });
      const big = aSection('big', { html: `<aside class="try">${'<p>One line.</p>'.repeat(18)}</aside>` });
      const figures = [{ name: 'circles.png', path, drawing: null }];
      const press = watchedPress();
      const shelf = aLibrary({ articles: [anArticle({ sections: [yours, big], figures })] });
      for (const client of ['Jo', 'Maximiliane Schmidt', 'Jo']) {
        const choice = aChoice({ client });
        const whole = await makeHandout(choice, shelf, aPractice(), press, true);
        expect(whole.pages).toBe(2);
        const again = await makeHandout(choice, shelf, aPractice(), press);
        expect(again.pdf.equals(whole.pdf)).toBe(true);
      }
    });
  });
});

describe('a stencil', () => {
  const yours = aSection('yours', {
    personal: true,
    html: '<h3>{{client}}, this is yours</h3><p>Dear {{client}}, <a href="https://example.org">look</a>.</p>',
  });
  const shelf = () => aLibrary({ articles: [anArticle({ sections: [yours, aSection('first')] })] });

  it('lies in memory of its own, so that nothing of a client is kept beside it', async () => {
    const press = watchedPress();
    await makeHandout(aChoice({ article: 'stress-response', client: 'Ann' }), library, aPractice(), press);
    const buffers = [...press.kept.values()].flatMap(buffersIn);
    expect(buffers.length).toBeGreaterThan(3);
    expect(buffers.filter((bytes) => bytes.buffer.byteLength > bytes.length)).toEqual([]);
  });

  it('holds nothing of a client, nor does what it is found by', async () => {
    const press = watchedPress();
    const choice = aChoice({ client: 'Zaphodia', note: 'Quixotically yours' });
    const { pdf } = await makeHandout(choice, shelf(), aPractice(), press);
    const [[signature, stencil]] = [...press.kept] as [[string, unknown]];
    const held = bytesIn(stencil);
    const everything = [signature, ...held.map(opened), opened(Buffer.concat(held))].join('\n');
    const typefaces = openTypefaces();
    const codes = (word: string) =>
      typefaces
        .shape(word, 'regular', false)
        .runs.flatMap(({ parts }) => parts.map(({ tj }) => tj.replace(/[^0-9A-Fa-f<>]|>[-\d. ]+</gu, '')))
        .join('')
        .replace(/[<>]/gu, '');
    for (const word of ['Zaphodia', 'Quixotically']) {
      const inHex = Buffer.from(word, 'utf16le').swap16().toString('hex');
      expect(opened(pdf).toUpperCase().includes(codes(word).toUpperCase())).toBe(true);
      const traces = [word, codes(word), inHex].filter((trace) =>
        everything.toUpperCase().includes(trace.toUpperCase()),
      );
      expect(traces).toEqual([]);
    }
    expect(everything).not.toContain(idOf(pdf)[0]!);
  });

  it('is not made where a name needs a font that is cut down for it', async () => {
    const press = watchedPress();
    for (const client of ['Ольга', '陈伟', 'José 🙂', 'रवि', 'محمد', 'דוד']) {
      const choice = aChoice({ client });
      const { pdf } = await makeHandout(choice, shelf(), aPractice(), press);
      expect(pdf.equals((await makeHandout(choice, shelf(), aPractice(), press, true)).pdf)).toBe(true);
    }
    expect(press.kept.size).toBe(0);
  });

  it('gives every client a document id of their own, and the same one each time', async () => {
    const press = watchedPress();
    const ids = new Set<string>();
    const clients = ['', 'Ann', 'Anne', 'Ann A', 'nnA', 'Bo'];
    const choices: Choice[] = clients.flatMap((client) =>
      ['', 'Note', 'Eton'].map((text) => aChoice({ client, note: text })),
    );
    for (const choice of choices) {
      const [id, second] = idOf((await makeHandout(choice, shelf(), aPractice(), press)).pdf);
      expect(id).toMatch(/^[0-9a-f]{32}$/u);
      expect(second).toBe(id);
      expect(idOf((await makeHandout(choice, shelf(), aPractice(), press, true)).pdf)[0]).toBe(id);
      ids.add(id!);
    }
    expect(ids.size).toBe(choices.length);
  });
});
