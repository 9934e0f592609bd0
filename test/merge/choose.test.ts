// A choice picks sections; what must not be missing comes along by itself.
import { describe, expect, it } from '@jest/globals';
import { chooseSections, presetSections, usualSections } from '../../src/merge/choose.ts';
import { aChoice, anArticle, aSection } from '../support/builders.ts';

const article = anArticle({
  presets: { 'one-page': ['steps', 'short'], full: ['why', 'steps', 'fear', 'phone', 'short', 'science', 'help'] },
  sections: [
    aSection('why', { kind: 'why' }),
    aSection('steps', { requires: ['fear'] }),
    aSection('fear', { requires: ['phone'] }),
    aSection('phone'),
    aSection('short'),
    aSection('science', { kind: 'more' }),
    aSection('help', { kind: 'core' }),
  ],
});
const chosen = (some: Record<string, unknown>) => {
  const { sections, problems } = chooseSections(article, aChoice(some));
  return { ids: sections.map(({ id }) => id), problems };
};

describe('the sections of a handout', () => {
  it('are all but the extras when nobody decides', () => {
    expect(usualSections(article)).toEqual(['why', 'steps', 'fear', 'phone', 'short', 'help']);
    expect(chosen({}).ids).toEqual(usualSections(article));
  });

  it('always hold the core ones, also when none is chosen', () => {
    expect(chosen({ sections: [] }).ids).toEqual(['help']);
    expect(chosen({ sections: ['short'] }).ids).toEqual(['short', 'help']);
  });

  it('bring the cautions they require, and what those require', () => {
    expect(chosen({ sections: ['steps'] }).ids).toEqual(['steps', 'fear', 'phone', 'help']);
  });

  it('keep the order asked for; what is added stands where the article has it', () => {
    expect(chosen({ sections: ['short', 'steps', 'why'] }).ids).toEqual([
      'fear',
      'phone',
      'short',
      'steps',
      'why',
      'help',
    ]);
    expect(chosen({ sections: ['help', 'science', 'why'] }).ids).toEqual(['help', 'science', 'why']);
  });

  it('are printed once, however often they are asked for', () => {
    expect(chosen({ sections: ['why', 'help', 'why'] }).ids).toEqual(['why', 'help']);
  });

  it('come from a preset, in its order and with what must not be missing', () => {
    expect(chosen({ preset: 'one-page' }).ids).toEqual(['steps', 'fear', 'phone', 'short', 'help']);
    expect(presetSections(article, 'one-page')).toEqual(chosen({ preset: 'one-page' }).ids);
    expect(chosen({ preset: 'full' }).ids).toContain('science');
  });

  it('are refused by name when the article has none such, all at once and each once', () => {
    const { problems } = chosen({ sections: ['nope', 'why', 'neither', 'nope'] });
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['section-unknown', expect.stringContaining('nope')],
      ['section-unknown', expect.stringContaining('neither')],
    ]);
    expect(problems[0]).toMatchObject({ place: { field: 'sections' }, hint: expect.stringContaining('science') });
  });

  it.each(['nope', 'constructor', 'to-string'])('are refused by a preset the article does not have (%s)', (preset) => {
    const { ids, problems } = chosen({ preset });
    expect(ids).toEqual([]);
    expect(problems).toEqual([expect.objectContaining({ code: 'preset-unknown', place: { field: 'preset' } })]);
    expect(problems[0]!.hint).toContain('one-page');
    expect(presetSections(article, preset)).toBeNull();
  });
});
