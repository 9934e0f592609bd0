// Words that are put into a page of their shape are set as if the page had been written and read with them.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readChoice } from '../../src/merge/choice.ts';
import { fill } from '../../src/merge/fill.ts';
import { readBlocks } from '../../src/merge/read.ts';
import { mergeSheet } from '../../src/merge/sheet.ts';
import { aChoice, anArticle, aPractice, aSaying, textsOf } from '../support/builders.ts';

const PIECES = [
  '- ',
  '* ',
  '\n',
  '\n\n',
  ' ',
  '  ',
  '\u00a0',
  '\t',
  '&amp;',
  '<b>',
  '{{client}}',
  '$&',
  '$1',
  'é',
  'שלום',
];
const typedText = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 8 })), { maxLength: 12 })
  .map((pieces) => pieces.join(''));
const choices = fc
  .record({
    client: typedText,
    note: typedText,
    words: typedText,
    agreed: typedText,
    plan: typedText,
    obstacle: typedText,
    appointment: typedText,
    clinician: fc.option(typedText, { nil: undefined }),
    noteLanguage: fc.constantFrom(undefined, 'pl'),
    discreet: fc.boolean(),
  })
  .map((typed) => readChoice(JSON.parse(JSON.stringify({ article: 'calm', date: '2026-11-23', ...typed }))))
  .filter((read) => 'choice' in read);

const typedSaying = { clinician: ' Dr. Ana  Ruiz ', credentials: 'PhD' };

describe('a page of typed words', () => {
  it('has the blocks of its HTML, whatever was typed', () => {
    fc.assert(
      fc.property(choices, fc.constantFrom('en', 'es', 'ar'), ({ choice }, lang) => {
        const article = anArticle({ lang });
        const saying = aSaying({ article, choice, practice: aPractice(typedSaying) });
        expect(mergeSheet(saying).blocks).toStrictEqual(readBlocks(fill(saying)));
      }),
      { numRuns: 500 },
    );
  });

  it('has none of the words of the client before, where both typed as many lines', () => {
    const texts = (name: string) => {
      const choice = aChoice({
        client: name,
        note: `Well done, ${name}.\n- one\n- ${name}`,
        plan: `${name} will walk.`,
      });
      return textsOf(mergeSheet(aSaying({ choice })).blocks).join(' ');
    };
    texts('Anna');
    expect(texts('Ben')).not.toContain('Anna');
    expect(texts('Ben').match(/Ben/gu)).toHaveLength(4);
  });
});
