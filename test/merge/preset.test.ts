// A saved choice keeps article, sections and looks, and can keep nothing of a client.
import { describe, expect, it } from '@jest/globals';
import { readChoice, SLOT_NAMES } from '../../src/merge/choice.ts';
import { presetOf, readPreset, withPreset } from '../../src/merge/preset.ts';
import { aChoice } from '../support/builders.ts';

const typed = {
  client: 'Zaphodia',
  note: 'Qwertz',
  noteLanguage: 'es',
  clinician: 'Sam Poe',
  words: 'Qwertz',
  plan: 'Qwertz',
};
const looks = { sections: ['second', 'first'], largePrint: true, binder: true, paper: 'a4', fit: 2 };

describe('a preset', () => {
  it('is what of a choice belongs to no client and to no day', () => {
    const preset = presetOf('First visit', aChoice({ ...typed, ...looks }));
    expect(JSON.stringify(preset)).not.toMatch(/Zaphodia|Qwertz|Sam Poe|2026|es"/u);
    expect(preset).toMatchObject({ name: 'First visit', choice: { article: 'calm', ...looks } });
    expect(readPreset(preset)).toEqual({ preset });
  });

  it.each(['client', 'note', 'noteLanguage', 'date', 'clinician', ...SLOT_NAMES])('refuses to hold %s', (field) => {
    const read = readPreset({ name: 'x', choice: { article: 'calm', [field]: 'Zaphodia' } });
    expect('problems' in read && read.problems).toEqual([
      {
        code: 'field-invalid',
        message: 'A preset can’t hold this field.',
        hint: 'It keeps article, language, sections and looks, and nothing of a client.',
        place: { field },
      },
    ]);
  });

  it('is refused for all that is wrong with it, at once', () => {
    const read = readPreset({ name: ' ', choice: { article: 'Calm!', paper: 'legal' } });
    expect('problems' in read && read.problems.map(({ place }) => place)).toEqual([
      { field: 'name' },
      { field: 'article' },
      { field: 'paper' },
    ]);
    expect(readPreset({ name: 'x'.repeat(61), choice: { article: 'calm' } })).toHaveProperty('problems');
    expect(readPreset(null)).toHaveProperty('problems');
  });
});

describe('a request on top of a preset', () => {
  const preset = presetOf('First visit', aChoice(looks));
  const read = (request: Record<string, unknown>) => {
    const choice = readChoice(withPreset(preset, { date: '2026-11-24', ...request }));
    if ('problems' in choice) throw new Error(JSON.stringify(choice.problems));
    return choice.choice;
  };

  it('takes article, sections in their order and looks from it, and the client from the request', () => {
    expect(read({ client: 'Ann' })).toMatchObject({ article: 'calm', client: 'Ann', date: '2026-11-24', ...looks });
  });

  it('counts where both say something', () => {
    expect(read({ largePrint: false, sections: ['first'] })).toMatchObject({ largePrint: false, sections: ['first'] });
  });

  it('may ask for the article’s own preset instead of the saved sections', () => {
    const choice = read({ preset: 'one-page' });
    expect(choice.preset).toBe('one-page');
    expect(choice.sections).toBeUndefined();
  });
});
