import { describe, expect, it } from '@jest/globals';
import type { Article, Library } from '../../src/content/article.ts';
import { searchArticles } from '../../src/content/search.ts';
import { GOOD, readGood } from './an-article.ts';

const about = (slug: string, facts: Partial<Article>): Article => ({
  ...readGood(GOOD),
  title: slug,
  message: '',
  topics: [],
  words: [],
  conditions: [],
  slug,
  ...facts,
});

const library: Library = {
  articles: [
    about('stress', {
      title: 'Your stress response',
      words: ['can’t sleep', 'medicine', 'on edge'],
      topics: ['anxiety'],
    }),
    about('sleep', { title: 'Sleeping better', words: ["can't sleep", 'tired'], conditions: ['G47.00'] }),
    about('ties', {
      title: 'Why relationships matter',
      words: ['lonely', 'no friends'],
      message: 'People ease stress.',
    }),
    about('ties-es', {
      lang: 'es',
      slug: 'ties',
      title: 'Por qué importan los vínculos',
      words: ['solo', 'sueño', 'corazón'],
    }),
  ],
  crisisLines: [],
  problems: [],
};

const titles = (query: string, lang?: string) => searchArticles(library, query, lang).map(({ title }) => title);
const [TIES, SLEEP, STRESS] = ['Why relationships matter', 'Sleeping better', 'Your stress response'];
const ES = 'Por qué importan los vínculos';

describe('the search', () => {
  it.each([
    ['lonely', [TIES]],
    ['Loneliness', [TIES]],
    ['lonel', [TIES]],
    ['no friends', [TIES]],
    ['i have no friend', [TIES]],
    ['relationship', [TIES]],
    ['meds', [STRESS]],
    ['anxious', [STRESS]],
    ['g47', [SLEEP]],
    ['G47.00', [SLEEP]],
    ['TIRED', [SLEEP]],
  ])('answers %s', (query, expected) => {
    expect(titles(query, 'en')).toEqual(expected);
  });

  it.each(['can’t sleep', "can't sleep", 'cant sleep', 'why can i not sleep'])(
    'puts the nearest answer first: %s',
    (query) => {
      expect(titles(query)[0]).toBe(SLEEP);
      expect(titles(query)).toContain(STRESS);
    },
  );

  it.each(['lonley', 'lonly', 'lonelly', 'lonaly'])('forgives one wrong letter in a longer word: %s', (query) => {
    expect(titles(query)).toEqual([TIES]);
  });

  it('forgives none in a short word, nor two in a longer one', () => {
    expect(titles('tred')).toEqual([]);
    expect(titles('lonnaly')).toEqual([]);
  });

  it('does without accents', () => {
    expect(titles('vinculos')).toEqual([ES]);
    expect(titles('CORAZON')).toEqual([ES]);
    expect(titles('sueno')).toEqual([ES]);
  });

  it('asks for every word, and for most of them where no article has all', () => {
    expect(titles('lonely friends')).toEqual([TIES]);
    expect(titles('lonely no friends tuesday')).toEqual([TIES]);
    expect(titles('tuesday')).toEqual([]);
  });

  it('ranks the title above the message', () => {
    expect(titles('stress')).toEqual([STRESS, TIES]);
  });

  it('answers only in the language asked for', () => {
    expect(titles('', 'es')).toEqual([ES]);
    expect(titles('lonely', 'es')).toEqual([]);
  });

  it.each(['', '   ', '?!'])('answers an empty query with everything, by title: “%s”', (query) => {
    expect(titles(query)).toEqual([ES, SLEEP, TIES, STRESS]);
  });
});
