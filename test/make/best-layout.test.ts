// Which layout a handout ends with does not depend on the handouts before it: what is known of those that were as high is exact.
import { describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { themeOf } from '../../src/layout/theme.ts';
import { composeHandout } from '../../src/make/compose-handout.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aPractice, aSection } from '../support/builders.ts';
import { ourLibrary } from '../support/house.ts';

const SITE = aPractice({ contact: ['12 Quay Street', '555 0100', 'harbour.example'] });
/** As many lines, apart in other ways. */
const NOTES = [
  '',
  'One.',
  'One.\nTwo.\nThree.',
  '- one\n- two\n- three',
  'One.\n\nTwo.\n\nThree.',
  '- one\n\n- two\n\nThree.',
];
const LONG = 'We spoke of the walk by the river, and of what you will say to your sister on Sunday. '.repeat(5);

const requests = ['why-relationships-matter', 'stress-response', 'grief-and-loss', 'sleep'].flatMap((article) =>
  ['one-page', 'full'].flatMap((preset) =>
    [true, false].flatMap((largePrint) =>
      [...NOTES, LONG].map((note, at) => ({ article, preset, largePrint, note, plan: NOTES[(at * 2) % NOTES.length] })),
    ),
  ),
);

async function endingsOf(some: readonly Record<string, unknown>[], library: Library, press: Press): Promise<string[]> {
  const endings = some.map(async (request) => {
    const { laidOut, theme, saying } = await composeHandout(aChoice(request), library, SITE, press);
    const pages = laidOut.pages.map(({ placed }) => placed.map(({ from, to, y }) => [from, to, y]));
    return JSON.stringify([theme.key, saying.link === null, pages]);
  });
  return Promise.all(endings);
}

/** An article of one section that speaks to the client from a box. */
async function speaking(): Promise<Library> {
  const library = await ourLibrary();
  const paragraph = (lines: number) => `<p>${Array(lines).fill('One of these lines').join('<br>')}</p>`;
  // Over two fifths of a page with the usual spaces, and not with closer ones: then other bonds hold.
  const words = [3, 3, 2, 2, 2].map(paragraph).join('');
  const boxed = (id: string, style: string) =>
    aSection(id, { html: `<aside class="${style}">${words}</aside>`, personal: true });
  const base = library.articles.find(({ slug, lang }) => slug === 'low-mood' && lang === 'en')!;
  const own = [boxed('box-a', 'callout'), boxed('box-b', 'try')];
  const article = { ...base, slug: 'boxes', sections: [...base.sections, ...own] };
  return { ...library, articles: [...library.articles, article] };
}

describe('the layout of a handout', () => {
  it('is the same however many looks were asked for in between', async () => {
    const library = await ourLibrary();
    const { slug, sections } = library.articles.find((one) => one.slug === 'anger-and-strong-emotions')!;
    const request = { article: slug, sections: [sections[0]!.id], largePrint: true };
    const endings = new Set<string>();
    let looks = 0;
    const askFor = (count: number) => {
      for (let n = 0; n < count; n++)
        themeOf('letter', true, { accent: `#${(looks++).toString(16).padStart(6, '0')}` });
    };
    for (let after = 0; after < 100; after++) {
      askFor(110);
      themeOf('letter', true);
      askFor(after);
      for (const ending of await endingsOf([request], library, openPress())) endings.add(ending);
    }
    expect(endings.size).toBe(1);
  });

  it('is the same after another box of the article that is as high', async () => {
    const library = await speaking();
    const others = library.articles
      .at(-1)!
      .sections.map(({ id }) => id)
      .filter((id) => !id.startsWith('box-'));
    const press = openPress();
    const boxes = (id: string) =>
      others.flatMap((first) =>
        others.map((second) => ({ article: 'boxes', client: 'Anna', largePrint: true, sections: [first, second, id] })),
      );
    await endingsOf(boxes('box-a'), library, press);
    expect(await endingsOf(boxes('box-b'), library, press)).toEqual(
      await endingsOf(boxes('box-b'), library, openPress()),
    );
  });

  it('is the same whatever was laid out before', async () => {
    const library = await ourLibrary();
    const press = openPress();
    const first = await endingsOf(requests, library, press);
    const other = await endingsOf([...requests].reverse(), library, openPress());
    expect(other.reverse()).toEqual(first);
    expect(await endingsOf(requests, library, press)).toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(50);
  });
});
