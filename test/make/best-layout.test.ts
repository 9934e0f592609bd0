// Which layout a handout ends with does not depend on the handouts before it: what is known of those that were as high is exact.
import { describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { composeHandout } from '../../src/make/compose-handout.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aPractice } from '../support/builders.ts';
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

async function endingsOf(some: typeof requests, library: Library, press: Press): Promise<string[]> {
  const endings = some.map(async (request) => {
    const { laidOut, theme, saying } = await composeHandout(aChoice(request), library, SITE, press);
    const pages = laidOut.pages.map(({ placed }) => placed.map(({ from, to, y }) => [from, to, y]));
    return JSON.stringify([theme.key, saying.link === null, pages]);
  });
  return Promise.all(endings);
}

describe('the layout of a handout', () => {
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
