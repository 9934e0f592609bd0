// Every rule of the lint, on a whole article that breaks it alone.
import { describe, expect, it } from '@jest/globals';
import { lintArticle, lintDates } from '../../src/content/lint.ts';
import { lintIds, lintTranslation } from '../../src/content/lint-languages.ts';
import { sentence } from '../../src/errors.ts';
import { readGood } from './an-article.ts';

/** Whole, and as we ask: nothing is told of it. */
const WHOLE = `---
title: Sleeping better
message: Small changes can help you sleep.
version: 1.0.0
written: 2026-11-23
updated: 2026-11-23
review:
topics: [sleep]
words: [a, b, c, d, e, f, g, h, i, j]
conditions: [G47.00]
next:
clinician:
  why: It helps.
  introduce: Ask first.
  not-when: Never at night.
  teach-back: What will you try?
presets:
  one-page: [in-short]
  two-pages: [in-short, try-this]
  full: all
sources:
  - id: lee-2020
    citation: "Lee A (2020). Sleep and mood. Journal of Examples 1:2."
    url: https://doi.org/10.1000/lee
---

## How it works {#how .why}

Sleep helps [^lee-2020].

::figure[A clock.]{src="clock.png" alt="A clock that shows ten at night, and a bed."}

## Something to try {#try-this .try}

- [ ] I get up at the same time

## In short {#in-short .how}

- Get up at the same time.

## When to get help {#when-to-get-help .core}

Talk to us if you do not sleep for a week.
`;

const SPANISH = WHOLE.replace('Sleep helps', 'Dormir ayuda');

function lint(text: string, lang = 'en'): string[] {
  return lintArticle(readGood(text, lang, ['clock.png']), text).map(sentence);
}

const change = (from: string, to: string) => {
  if (!WHOLE.includes(from)) throw new Error(`There is no “${from}” in the article.`);
  return WHOLE.replace(from, to);
};
/** The body of the first section, on line 29. */
const saying = (words: string) => change('Sleep helps [^lee-2020].', `${words} [^lee-2020]`);

describe('words that endanger a client where others look', () => {
  const NEUTRAL = '\n\n:::discreet{title="Your safety matters"}\nYou can talk to us.\n:::\n\n';
  const asked = 'content/sleep/en.md:27: This could endanger a client where others look. Write :::discreet';

  it.each([
    'If someone at home scares you, it is not your fault.',
    'If anybody hurts or controls you, tell us.',
    'Tell us when you are alone with us.',
    'What if you are afraid of someone?',
    'Not with someone you are afraid of.',
  ])('want neutral ones for a discreet copy: %s', (words) => {
    expect(lint(saying(words))).toEqual([expect.stringContaining(asked)]);
    expect(lint(saying(words).replace(/\[\^lee-2020\]\n/u, (cited) => cited + NEUTRAL))).toEqual([]);
  });

  it('are found in Spanish too', () => {
    const told = lint(saying('Si alguien en casa le da miedo, la culpa no es suya.'), 'es');
    expect(told).toEqual([expect.stringContaining('This could endanger a client')]);
  });

  it.each(['Get help if you think about hurting someone.', 'If you scared someone, walk away.', 'It scares you.'])(
    'are not these: %s',
    (words) => expect(lint(saying(words))).toEqual([]),
  );

  it('may not stand in the neutral ones either', () => {
    const told = lint(
      saying('Sleep helps').replace('lee-2020]\n', `lee-2020]${NEUTRAL.replace('You', 'At home you')}`),
    );
    expect(told).toEqual([expect.stringMatching(/:31: “home” tells on a discreet copy what it is to hide\./u)]);
  });

  it('have neutral ones in both languages', () => {
    const spanish = SPANISH.replace('lee-2020].\n', `lee-2020].${NEUTRAL}`);
    const told = lintTranslation(readGood(spanish, 'es', ['clock.png']), readGood(WHOLE, 'en', ['clock.png']));
    expect(told.map(sentence)).toEqual([expect.stringContaining('Only one of the two languages has neutral words')]);
  });
});

describe('the lint', () => {
  it('finds nothing in a whole article, in English and in Spanish', () => {
    expect(lint(WHOLE)).toEqual([]);
    expect(lint(SPANISH, 'es')).toEqual([]);
  });

  it.each([
    [
      'no notes for the clinician',
      change(/clinician:[\s\S]*?\?\n/u.exec(WHOLE)![0], ''),
      2,
      'no notes for the clinician',
    ],
    ['no code', change('[G47.00]', '[]'), 10, 'no ICD-10-CM code'],
    ['few search words', change('[a, b, c, d, e, f, g, h, i, j]', '[a, b]'), 9, 'There are too few search words: 2.'],
    [
      'no preset for two pages',
      change('  two-pages: [in-short, try-this]\n', ''),
      17,
      'The preset “two-pages” is missing.',
    ],
    ['two main messages', change('can help you sleep.', 'help. Sleep is good.'), 3, 'more than a reader keeps'],
    ['an update before it was written', change('updated: 2026-11-23', 'updated: 2025-01-01'), 6, 'is before “written”'],
    ['a source without a year', change('Lee A (2020)', 'Lee A'), 22, '“lee-2020” has no year.'],
    ['a source that breaks off', change('Examples 1:2."', 'Examples 1:2"'), 22, 'does not end in a full stop'],
    ['a DOI of another form', change('doi.org/10.1000/lee', 'doi.org/lee'), 22, 'is not written as one'],
    ['no summary', change('#in-short', '#short').replaceAll('[in-short', '[short'), 27, 'There is no summary.'],
    ['help that can be unticked', change('when-to-get-help .core', 'when-to-get-help .how'), 41, 'when to get help'],
    ['a number in the help block', change('a week', 'a week. Call 555 0100'), 41, 'a number of its own'],
    ['nothing to tick', change('- [ ] I get', '- I get'), 27, 'nothing to try and to write on'],
    [
      'a short alt text',
      change('A clock that shows ten at night, and a bed.', 'A clock'),
      31,
      'The alt text “A clock” says too little.',
    ],
  ])('tells of %s', (_what, text, line, words) => {
    expect(lint(text)).toEqual([expect.stringMatching(new RegExp(`^content/sleep/en.md:${line}: .*${words}`, 'u'))]);
  });

  it('tells of an article without a picture', () => {
    const text = change('::figure[A clock.]{src="clock.png" alt="A clock that shows ten at night, and a bed."}\n', '');
    expect(lint(text)).toEqual([expect.stringContaining('There is no picture.')]);
  });

  it.each([
    [
      'a sentence of 26 words',
      `Rest. ${Array.from({ length: 26 }, () => 'Rest').join(' ')}.`,
      'A sentence has 26 words',
    ],
    ['a paragraph of 77 words', 'You can rest. '.repeat(25).concat('So rest.'), 'This paragraph has 77 words.'],
    ['a word of the trade', 'Try to utilize it.', '“utilize” is a word of the trade. Write: use.'],
    ['words that label', 'Alcoholics sleep badly.', '“Alcoholics” blames or labels'],
    ['words that blame', 'It is your own fault.', '“your own fault” blames'],
    ['suffering', 'She suffers from it.', '“suffers from” blames'],
  ])('tells of %s', (_what, words, told) => {
    expect(lint(saying(words))).toEqual([expect.stringMatching(new RegExp(`^content/sleep/en.md:29: .*${told}`, 'u'))]);
  });

  it('asks where a number comes from, unless its source stands behind it', () => {
    const text = change('## Something', 'It helps 3 in 10 people.\n\n## Something');
    expect(lint(text)).toEqual([expect.stringMatching(/:33: This number comes from nowhere/u)]);
    expect(lint(change('## Something', 'It helps 3 in 10 people[^lee-2020].\n\n## Something'))).toEqual([]);
  });

  it.each([
    'Insomnia means that you do not sleep. Many have insomnia.',
    'People say “I am lazy,” and it is not your fault.',
    'None of this is your fault.',
    'You are tired and worried, and used to it.',
  ])('lets pass: %s', (words) => {
    expect(lint(saying(words))).toEqual([]);
  });

  it('tells of a tenth of passive sentences, with their lines', () => {
    const active = 'You can rest. '.repeat(8).trim();
    const passive = 'Sleep is needed. It was often found to be broken.';
    expect(lint(saying(`${active}\n\n${passive}`))).toEqual([
      expect.stringMatching(/:31: \d+ % of the sentences are passive \(lines 31\)/u),
    ]);
    expect(lint(saying('It was found. You can rest.'))).toEqual([]);
  });

  it('knows how hard a section and the article may be', () => {
    const hard = 'Individual psychological vulnerability characteristically exacerbates physiological sleeplessness. ';
    const told = lint(saying(hard.repeat(4))).filter((line) => line.includes('reads at grade'));
    expect(told).toEqual([
      expect.stringMatching(/en\.md:2: The article reads at grade [\d.]+, above 6\./u),
      expect.stringMatching(/en\.md:27: This section reads at grade [\d.]+, above 8\./u),
    ]);
  });

  it('measures Spanish on its own scale, and by its own words', () => {
    const hard =
      'La vulnerabilidad psicológica individual característicamente exacerba la sintomatología fisiológica. ';
    const told = lint(SPANISH.replace('Dormir ayuda', hard.repeat(4)), 'es');
    expect(told).toContainEqual(expect.stringMatching(/This section has an ease of -?\d+ \(INFLESZ\), below 55/u));
    expect(told).toContainEqual(expect.stringContaining('“sintomatología” is a word of the trade. Write: señales.'));
    expect(lint(SPANISH.replace('Dormir ayuda', 'No es tu culpa. Ella es alcohólica, y'), 'es')).toEqual([
      expect.stringContaining('“alcohólica” blames or labels'),
    ]);
  });

  it('tells what it is time to look at again, and what is not yet', () => {
    const signed = change('review:', 'review: {by: Dr Lee, on: 2026-11-23}');
    const dates = (today: string) => lintDates(readGood(signed, 'en', ['clock.png']), signed, today).map(sentence);
    expect(dates('2029-11-22')).toEqual([]);
    expect(dates('2029-11-23')).toEqual([
      expect.stringMatching(/en\.md:6: It was updated more than 3 years ago/u),
      expect.stringMatching(/en\.md:7: It was reviewed more than 3 years ago/u),
    ]);
    expect(dates('2026-11-22')).toEqual([expect.stringContaining('“updated” is still to come')]);
  });
});

describe('an article in another language', () => {
  const original = readGood(WHOLE, 'en', ['clock.png']);
  const compare = (text: string) => lintTranslation(readGood(text, 'es', ['clock.png']), original).map(sentence);

  it('has the same sections, kinds, sources, presets and version', () => {
    expect(compare(SPANISH)).toEqual([]);
  });

  it.each([
    [
      'an id of its own',
      change('#how .why', '#como .why'),
      ['These sections are missing: how.', 'Only this language has: como.', 'The preset “full” is another one.'],
    ],
    ['another kind', change('#how .why', '#how .how'), ['This section is .how, and .why']],
    ['another version', change('version: 1.0.0', 'version: 0.9.0'), ['It is version 0.9.0, the other language 1.0.0.']],
    [
      'another preset',
      change('one-page: [in-short]', 'one-page: [try-this]'),
      ['The preset “one-page” is another one.'],
    ],
    ['another requirement', change('#in-short .how', '#in-short .how requires="how"'), ['requires others']],
  ])('is told of %s', (_what, text, told) => {
    expect(compare(text)).toEqual(told.map((words) => expect.stringContaining(words)));
  });
});

describe('ids that were published', () => {
  it('are never taken away, and new ones are written down', () => {
    const article = readGood(WHOLE, 'en', ['clock.png']);
    expect(lintIds(article, ['how', 'try-this', 'in-short', 'when-to-get-help'])).toEqual([]);
    expect(lintIds(article, ['why', 'try-this', 'in-short', 'when-to-get-help']).map(sentence)).toEqual([
      expect.stringContaining('The section “why” was published and is gone.'),
      expect.stringContaining('The section “how” is not among the published ids.'),
    ]);
  });
});
