// What an article said when it was reviewed against what it says now.
import { describe, expect, it } from '@jest/globals';
import { partsOf } from '../../src/content/shelf.ts';
import { changesOf, wordingOf } from '../../src/content/wording.ts';
import { anArticle, aSection, aSource } from '../support/builders.ts';

const html = (...paragraphs: string[]) => paragraphs.map((text) => `<p data-source="a.md:1">${text}</p>`).join('');
const first = aSection('first', {
  title: 'First',
  html: html('Breathe out. Wait &#x26; see, {{client}}.', 'A <strong>strong</strong> line<br>and a second'),
});
const article = anArticle({ sections: [first, aSection('second')], sources: [aSource('lee')] });
const review = { article: 'calm', language: 'en', version: '1.0.0', by: 'Dr Lee', on: '2026-01-01', due: '2027-01-01' };
const signed = { ...review, parts: partsOf(article) };

describe('the words of an article', () => {
  it('are kept a sentence a line, part by part', () => {
    const words = wordingOf(article);
    expect(words.first?.split('\n')).toEqual([
      'First',
      'Breathe out.',
      'Wait & see, {{client}}.',
      'A strong line',
      'and a second',
    ]);
    expect(words['title, message and sources']).toContain('On lee. Journal of Examples');
  });

  it('that changed are told as what was said and what is said', () => {
    const other = { ...first, html: html('Breathe in. Wait &#x26; see, {{client}}.', 'A strong line<br>and a second') };
    const now = { ...article, sections: [other, aSection('third')] };
    expect(changesOf(now, signed, wordingOf(article))).toEqual([
      { part: '“First”', out: ['Breathe out.'], added: ['Breathe in.'] },
      { part: '“Title of third”', out: [], added: ['Title of third', 'Text of third.'] },
      { part: '“second” (taken out)', out: ['Title of second', 'Text of second.'], added: [] },
    ]);
  });

  it('are not told where they were not kept, but the parts are', () => {
    const now = { ...article, title: 'Other' };
    expect(changesOf(now, signed, null)).toEqual([{ part: 'title, message and sources', out: [], added: [] }]);
    expect(changesOf(article, signed, wordingOf(article))).toEqual([]);
  });
});
