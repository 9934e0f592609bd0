// The slots stand in their places, in the page's language, and leave nothing behind when they are empty.
import { describe, expect, it } from '@jest/globals';
import { SLOT_NAMES } from '../../src/merge/choice.ts';
import { mergeSheet } from '../../src/merge/sheet.ts';
import { aChoice, anArticle, aSaying, choiceProblems, textsOf } from '../support/builders.ts';

const FILLED = {
  note: 'Well done.',
  words: '“It runs ahead of me.”',
  agreed: 'Two things:\n- a log\n- a walk',
  plan: 'I will walk on Tuesday.',
  obstacle: 'Rain.\n\nThen I take the bus.',
  appointment: 'Monday, 10:30',
};
const blocksFor = (choice: Record<string, unknown>, lang = 'en') =>
  mergeSheet(aSaying({ article: anArticle({ lang }), choice: aChoice({ language: lang, ...choice }) })).blocks;
const ids = (choice: Record<string, unknown>) =>
  blocksFor(choice).flatMap((block) => (block.kind === 'section' ? [block.id] : []));
const section = (blocks: ReturnType<typeof blocksFor>, id: string) =>
  blocks.find((block) => block.kind === 'section' && block.id === id);
const texts = (choice: Record<string, unknown>, id: string, lang?: string) =>
  textsOf([section(blocksFor(choice, lang), id)!]);

describe('slots', () => {
  it('stand round the article: what was said before it, what comes next after it', () => {
    expect(ids(FILLED)).toEqual([
      'note',
      'slot-words',
      'slot-agreed',
      'first',
      'second',
      'slot-plan',
      'slot-obstacle',
      'slot-appointment',
      'help-now',
      'sources',
    ]);
  });

  it('part no words that send to the number below from it', () => {
    const [first, second] = anArticle().sections;
    const leading = { ...second!, id: 'when-to-get-help' };
    const idsOf = (sections: (typeof leading)[]) =>
      mergeSheet(aSaying({ article: anArticle({ sections }), sections, choice: aChoice(FILLED) }))
        .blocks.flatMap((block) => (block.kind === 'section' ? [block.id] : []))
        .slice(3, -1);
    const plans = ['slot-plan', 'slot-obstacle', 'slot-appointment'];
    expect(idsOf([first!, leading])).toEqual(['first', ...plans, 'when-to-get-help', 'help-now']);
    expect(idsOf([leading, first!])).toEqual(['when-to-get-help', 'first', ...plans, 'help-now']);
  });

  it('are laid out for every client anew', () => {
    for (const name of SLOT_NAMES) expect(section(blocksFor(FILLED), `slot-${name}`)).toHaveProperty('personal', true);
  });

  it('keep paragraphs and bullets, like the note', () => {
    expect(texts(FILLED, 'slot-agreed')).toEqual(['What we agreed', 'Two things:', 'a log', 'a walk']);
    expect(texts(FILLED, 'slot-obstacle')).toEqual(['What may get in the way', 'Rain.', 'Then I take the bus.']);
  });

  it('disappear when they are empty, heading and all', () => {
    expect(ids({ plan: ' \n ', appointment: '  ' })).toEqual(['first', 'second', 'help-now', 'sources']);
    expect(ids({ plan: 'Walk.' })).toEqual(['first', 'second', 'slot-plan', 'help-now', 'sources']);
  });

  it('have headings in the page’s language and their words in the note’s', () => {
    expect(texts(FILLED, 'slot-plan', 'es')[0]).toBe('Lo que voy a intentar, y cuándo');
    expect(texts(FILLED, 'slot-words', 'ar')[0]).toBe('بكلماتك');
    const slot = section(blocksFor({ ...FILLED, noteLanguage: 'pl' }), 'slot-words');
    expect(slot).toMatchObject({ blocks: [{ kind: 'box', style: 'note', lang: 'pl', dir: 'auto' }] });
  });

  it.each(['<script>x</script> &amp; {{client}}', '<!--part--></section>', '{plan} $& "q"'])(
    'come back exactly: %s',
    (text) => {
      const typed = Object.fromEntries(SLOT_NAMES.map((name) => [name, text]));
      for (const name of SLOT_NAMES) expect(texts(typed, `slot-${name}`).slice(1)).toEqual([text]);
    },
  );
});

describe('a slot that can’t be printed is refused', () => {
  const found = (some: object) =>
    choiceProblems({ article: 'calm', date: '2026-11-23', ...some }).map(({ code, message, place }) => [
      code,
      place && 'field' in place ? place.field : '',
      message,
    ]);

  it('for its length, which is counted in characters', () => {
    expect(found({ plan: '🙂'.repeat(500), appointment: 'é'.repeat(120) })).toEqual([]);
    expect(found({ plan: 'x'.repeat(501), appointment: 'x'.repeat(121) })).toEqual([
      ['field-invalid', 'plan', '“What I will try, and when” can have at most 500 characters. Shorten it.'],
      ['field-invalid', 'appointment', '“Next appointment” can have at most 120 characters. Shorten it.'],
    ]);
  });

  it('for its kind, a control character, and a name that is no slot', () => {
    expect(found({ words: 5, agreed: 'a\u0000b', wishes: 'x' }).map(([code, field]) => [code, field])).toEqual([
      ['field-invalid', 'words'],
      ['character-unprintable', 'agreed'],
      ['field-invalid', 'wishes'],
    ]);
  });

  it('but an appointment pasted over two lines becomes one', () => {
    expect(aChoice({ appointment: 'Monday\n 10:30' }).appointment).toBe('Monday 10:30');
  });
});
