import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { readLibrary } from '../../src/content/library.ts';
import { readingOf } from '../../src/content/reading.ts';
import { searchArticles } from '../../src/content/search.ts';
import { sentence } from '../../src/errors.ts';

describe('the articles we ship', () => {
  let library: Library;
  beforeAll(async () => {
    library = await readLibrary(['content']);
  });

  it('are read without a problem', () => {
    expect(library.problems.map(sentence)).toEqual([]);
    expect(library.articles.map(({ slug, lang }) => `${slug}/${lang}`)).toEqual(
      expect.arrayContaining(['why-relationships-matter/en', 'stress-response/en']),
    );
  });

  it('each have a section that cannot be dropped and says when to get help', () => {
    for (const { sections } of library.articles) {
      expect(sections.find(({ id }) => id === 'when-to-get-help')?.kind).toBe('core');
    }
  });

  it('can be handed out without a name', () => {
    for (const { sections } of library.articles) expect(sections.filter(({ needsClient }) => needsClient)).toEqual([]);
  });

  it('can be read after eight years of school', () => {
    for (const { sections } of library.articles) {
      for (const { file, line, grade } of sections)
        expect({ file, line, hard: (grade ?? 0) > 8 }).toEqual({ file, line, hard: false });
    }
  });

  it('can be read with ease in Spanish', () => {
    for (const { sections } of library.articles.filter(({ lang }) => lang === 'es')) {
      for (const { file, line, counts } of sections)
        expect({ file, line, hard: (readingOf(counts, 'es')?.value ?? 100) < 65 }).toEqual({ file, line, hard: false });
    }
  });

  it('are built alike in Spanish and English', () => {
    const built = (wanted: string) =>
      library.articles
        .filter(({ lang }) => lang === wanted)
        .map(({ slug, version, conditions, presets, sources, sections }) => {
          const parts = sections.map(({ id, kind, requires }) => ({ id, kind, requires }));
          return { slug, version, conditions, presets, sources, parts };
        });
    const spanish = built('es');
    expect(spanish.length).toBeGreaterThan(4);
    expect(built('en')).toEqual(expect.arrayContaining(spanish));
  });

  it.each([
    ['me siento sola', 'why-relationships-matter'],
    ['no tengo amigos', 'why-relationships-matter'],
    ['no puedo dormir', 'stress-response'],
    ['estoy nerviosa por el estrés', 'stress-response'],
    ['no me puedo calmar', 'grounding-skills'],
    ['pensamientos negativos', 'unhelpful-thinking-styles'],
    ['todo es por mi culpa', 'unhelpful-thinking-styles'],
    ['¿Qué es el estrés?', 'stress-response'],
    ['qué me pasa con los recuerdos que vuelven', 'grounding-skills'],
    ['trauma de la infancia', 'window-of-tolerance'],
  ])('answer %s in Spanish', (query, slug) => {
    expect(searchArticles(library, query, 'es')[0]?.slug).toBe(slug);
  });

  it.each([
    ['lonely', 'why-relationships-matter'],
    ['no friends', 'why-relationships-matter'],
    ['can’t sleep', 'sleep'],
    ['can’t relax', 'stress-response'],
    ['thought record', 'thoughts-feelings-actions'],
    ['can’t say no', 'assertiveness-and-boundaries'],
    ['lose my temper', 'anger-and-strong-emotions'],
    ['my husband died', 'grief-and-loss'],
    ['cravings', 'urges-and-recovery'],
    ['too hard on myself', 'self-kindness'],
    ['meds', 'stress-response'],
    ['flashbacks', 'grounding-skills'],
    ['panic attack', 'panic'],
    ['can’t stop worrying', 'anxiety-and-worry'],
    ['no energy', 'low-mood'],
    ['black and white thinking', 'unhelpful-thinking-styles'],
    ['trauma', 'window-of-tolerance'],
  ])('answer %s', (query, slug) => {
    expect(searchArticles(library, query, 'en')[0]?.slug).toBe(slug);
  });

  it('come with a crisis line for the United States', () => {
    expect(library.crisisLines.find(({ country }) => country === 'US')?.number).toBe('988');
  });
});
