import { describe, expect, it } from '@jest/globals';
import { sentence } from '../../src/errors.ts';
import { BODY_LINE, GOOD, HEAD, problemsOf, withBody } from './an-article.ts';

/** What is wrong, the article, and the beginning and end of what is said about it. */
type Bad = [what: string, text: string, line: number, message: string, hint: string];

function expectOne(text: string, line: number, message: string, hint: string, images: readonly string[] = []) {
  const said = problemsOf(text, images).map(sentence);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain(`content/sleep/en.md:${line}: `);
  expect(said[0]).toContain(message);
  expect(said[0]).toContain(hint);
}

const head = (from: string, to: string) => GOOD.replace(from, to);

describe('a mistake in the head is told at its line', () => {
  const cases: Bad[] = [
    [
      'no head at all',
      '\n## In short {#in-short .core}\n\nText.\n',
      1,
      'The article has no head.',
      'Start the file with ---',
    ],
    ['YAML that is none', head('title: Sleeping better', 'title: Sleep: better'), 2, 'This is not YAML', '"quotes"'],
    [
      'the same key twice',
      head('review:', 'title: Again\nreview:'),
      7,
      'This is not YAML: Map keys must be unique',
      '',
    ],
    ['an alias', head('topics: [sleep]', 'topics: &a [sleep]\nextra: *a'), 2, 'aliases', 'Write the value out.'],
    [
      'a missing key',
      head('title: Sleeping better\n', ''),
      2,
      '“title” is missing.',
      'Write the title in plain words.',
    ],
    [
      'an unknown key',
      head('review:', 'reviewer: me\nreview:'),
      7,
      'There is no key “reviewer” here.',
      'Correct its spelling',
    ],
    [
      'a title with a field',
      head('Sleeping better', '"For {{client}}"'),
      2,
      '“title” can’t hold a {{field}}.',
      'Use fields in the text',
    ],
    [
      'an empty message',
      head('Small changes can help you sleep.', '""'),
      3,
      '“message” is empty.',
      'one plain sentence',
    ],
    ['a version that is none', head('1.0.0', '1.0'), 4, '“version” is not right.', 'three numbers like 1.0.0'],
    [
      'a day that is none',
      head('written: 2026-11-23', 'written: 2026-02-30'),
      5,
      '“written” is not right.',
      'a day like 2026-11-23',
    ],
    [
      'advice to the clinician without a teach-back question',
      head('presets:', 'clinician: {why: a, introduce: b, not-when: [c]}\npresets:'),
      12,
      '“teach-back” is missing.',
      'what the client took from it',
    ],
    [
      'advice to the clinician that is too long',
      head(
        'presets:',
        `clinician:\n  why: ${'a '.repeat(161)}\n  introduce: b\n  not-when: [c]\n  teach-back: d\npresets:`,
      ),
      13,
      '“why” is too long.',
      'at most 320 characters',
    ],
    ['a review without a day', head('review:', 'review: {by: me}'), 7, '“on” is missing.', 'a day like'],
    ['a condition that is none', head('G47.00', 'insomnia'), 10, '“conditions” is not right.', 'ICD-10-CM codes'],
    [
      'an unknown next article',
      head('next:', 'next: stres'),
      11,
      'There is no article “stres”',
      'the name of its folder',
    ],
    ['a missing preset', head('  one-page: [in-short]\n', ''), 12, '“one-page” is missing.', 'section ids, or all'],
    [
      'an unknown section in a preset',
      head('[in-short]', '[in-shrt]'),
      13,
      'There is no section “in-shrt”.',
      'The article has: in-short.',
    ],
    [
      'a section twice in a preset',
      head('[in-short]', '[in-short, in-short]'),
      13,
      'names a section twice',
      'Keep one.',
    ],
    [
      'a source without a citation',
      GOOD.replace(/ {4}citation: .*\n/u, ''),
      16,
      '“citation” is missing.',
      'authors (year)',
    ],
    [
      'a source with a bad address',
      head('https://example.org/lee', 'ftp://example.org'),
      18,
      '“url” is not right.',
      'https://doi.org',
    ],
    [
      'a source that is never cited',
      head(' [^lee-2020]', ''),
      16,
      'The source “lee-2020” is never cited.',
      'Add [^lee-2020]',
    ],
    [
      'a source listed twice',
      head('---\n## In', '  - id: lee-2020\n    citation: Lee.\n    url: https://example.org\n---\n## In'),
      15,
      'the same id twice',
      'Give each source its own.',
    ],
  ];
  it.each(cases)('%s', (_, text, line, message, hint) => expectOne(text, line, message, hint));
});

describe('a mistake in a section’s heading is told at its line', () => {
  const heading = (line: string) => `${GOOD}\n${line}\n\nText.\n`;
  const cases: Bad[] = [
    [
      'an empty section',
      `${GOOD}\n## In {#b .how}\n\n## Next {#c .how}\n\nText.`,
      24,
      'This section is empty.',
      'Write its text',
    ],
    ['no id', heading('## Next {.how}'), 24, 'This section has no id.', '{#its-id .how}'],
    ['an id that is none', heading('## Next {#Next_Steps .how}'), 24, '“#Next_Steps” is not an id.', 'small letters'],
    ['an id of ours', heading('## Next {#slot-plan .how}'), 24, 'that of a part of every page', 'another'],
    ['two ids', heading('## Next {#a #b .how}'), 24, 'more than one id', 'Keep one.'],
    [
      'an id that is taken',
      heading('## Next {#in-short .how}'),
      24,
      'The id “in-short” is taken by the section on line 20.',
      'another',
    ],
    ['no kind', heading('## Next {#next}'), 24, 'This section has no kind.', 'one of .core, .why, .how, .try, .more'],
    ['an unknown kind', heading('## Next {#next .what}'), 24, 'There is no kind “.what”.', '.core, .why'],
    ['two kinds', heading('## Next {#next .how .try}'), 24, 'more than one kind', 'one of'],
    [
      'an unknown attribute',
      heading('## Next {#next .how needs="in-short"}'),
      24,
      'no attribute “needs="in-short"”',
      'requires=',
    ],
    [
      'an unknown required section',
      heading('## Next {#next .how requires="in-shrt"}'),
      24,
      'requires “in-shrt”',
      'The article has: in-short, next.',
    ],
    [
      'a section that requires itself',
      heading('## Next {#next .how requires="next"}'),
      24,
      'requires itself',
      'Take its own id out',
    ],
    ['no title', heading('## {#next .how}'), 24, 'This section has no title.', '## Title'],
    [
      'a field in a title',
      heading('## For {{client}} {#next .how}'),
      24,
      'title can’t hold a field',
      'in the text below',
    ],
    [
      'a source in a title',
      heading('## Next [^lee-2020] {#next .how}'),
      24,
      'title can’t cite',
      'where the claim is made',
    ],
    [
      'text above the first section',
      GOOD.replace('## In', 'Hello.\n\n## In'),
      20,
      'before the first section',
      'Start a section above it',
    ],
  ];
  it.each(cases)('%s', (_, text, line, message, hint) => expectOne(text, line, message, hint));

  it('no section at all', () => {
    const said = problemsOf(HEAD).map(sentence).join('\n');
    expect(said).toContain('The article has no section.');
  });
});

describe('a mistake in the text is told at its line', () => {
  const SHEET = '| What | When |\n|---|---|\n';
  const wide = (columns: number) => `|${' a |'.repeat(columns)}\n|${'---|'.repeat(columns)}\n`;
  const cases: [what: string, body: string, below: number, message: string, hint: string][] = [
    ['a block of HTML', 'Text.\n\n<div>x</div>', 2, 'Raw HTML is not read.', 'Markdown'],
    ['HTML in a line', 'Text\nwith <b>bold</b', 1, 'Raw HTML is not read.', 'Markdown'],
    ['an HTML comment', '<!-- note -->\n\nText.', 0, 'Raw HTML is not read.', 'Markdown'],
    ['a picture in a line', '![a](b.png)', 0, 'A picture can’t stand in a line.', '::figure['],
    ['a quote', '> said', 0, 'Block quotes are not printed.', ':::callout'],
    ['code', 'Text.\n\n    code', 2, 'Code blocks are not printed.', 'fewer than four blanks'],
    ['a rule', 'Text.\n\n***', 2, 'Rules are not printed.', 'new section'],
    ['a link definition', '[a]: https://a.org', 0, 'Link definitions are not read.', '[words](https://…)'],
    ['a first-level heading', '# Big', 0, 'This is a level 1 heading.', 'Use ## for a section'],
    ['a fourth-level heading', '#### Small', 0, 'This is a level 4 heading.', '###'],
    ['an id on a smaller heading', '### Small {#small}', 0, 'Only a ## heading has an id', 'Delete the {…}.'],
    ['a link to a script', '[a](javascript:alert(1))', 0, 'This link’s address', 'https://, mailto: or tel:'],
    ['a link to a file', 'Text,\n[a](other.md)', 1, 'This link’s address', 'https://'],
    ['a client in an address', '[a](https://a.org/{{client}})', 0, 'address can’t hold a field', 'Name nobody'],
    [
      'an unknown box',
      ':::warning\nx\n:::',
      0,
      'There is no box “:::warning”.',
      'Boxes are :::callout, :::caution, :::try, :::sheet, :::discreet.',
    ],
    ['a box with a label', ':::try[Now]\nx\n:::', 0, '“:::try” takes no […].', '**bold words**'],
    ['a box with an attribute', ':::try{.big}\nx\n:::', 0, '“try” has no attribute “class”.', 'It takes none.'],
    ['an empty box', ':::try\n:::', 0, 'This box is empty.', 'delete it'],
    [
      'a box of lines taller than a page',
      ':::try\n::lines[Mine]{n=12}\n\n::lines[Yours]{n=12}\n:::',
      0,
      'This box is taller than a page of large print.',
      'Make two boxes of it',
    ],
    [
      'a box with a sheet taller than a page',
      `::::try\n**Mine**\n\n- [ ] one\n\n::lines[Mine]{n=6}\n\n:::sheet{rows=14}\n${SHEET}:::\n::::`,
      0,
      'This box is taller than a page of large print.',
      'fewer lines',
    ],
    [
      'a box of words taller than a page',
      `:::callout\n${'Word by word. '.repeat(200)}\n:::`,
      0,
      'This box is taller than a page of large print.',
      'Make two boxes of it',
    ],
    [
      'neutral words without a title',
      'x\n\n:::discreet\nx\n:::',
      2,
      'This “:::discreet” has no title.',
      '{title="Your',
    ],
    [
      'neutral words twice',
      'x\n\n:::discreet{title="A"}\nx\n:::\n\n:::discreet{title="A"}\nx\n:::',
      6,
      'This section has a “:::discreet” already.',
      'Make one of the two.',
    ],
    [
      'neutral words with another attribute',
      'x\n\n:::discreet{title="A" for="b"}\nx\n:::',
      2,
      '“discreet” has no attribute “for”.',
      'Write :::discreet{title=',
    ],
    ['neutral words with a label', 'x\n\n:::discreet[A]{title="A"}\nx\n:::', 2, '“:::discreet” takes no […].', ''],
    ['neutral words that are none', 'x\n\n:::discreet{title="A"}\n:::', 2, 'This box is empty.', 'delete it'],
    [
      'a field in the title of neutral words',
      'x\n\n:::discreet{title="{{client}}"}\nx\n:::',
      2,
      'A section’s title can’t hold a field.',
      'Name nobody',
    ],
    [
      'neutral words in a box',
      '::::try\nx\n\n:::discreet{title="A"}\nx\n:::\n::::',
      3,
      '“:::discreet” stands inside a box or a list.',
      'it stands by itself',
    ],
    ['nothing but neutral words', ':::discreet{title="A"}\nx\n:::', -2, 'This section is empty.', 'Write its text'],
    ['a box with two colons', '::try', 0, 'There is no “::try”.', 'Write :::try with three colons'],
    [
      'a figure with three colons',
      ':::figure\nx\n:::',
      0,
      'There is no box “:::figure”.',
      'Write ::figure with two colons.',
    ],
    ['a box that nothing opened', 'Text.\n\n:::', 2, 'These colons start or close nothing.', 'closed by :::'],
    [
      'a directive inside a line',
      'See ::lines[x]{n=2}',
      0,
      'These colons start or close nothing.',
      'a line of their own',
    ],
    [
      'a directive with one colon',
      'Text.\n\n:lines[Mine]{n=3}',
      2,
      '“:lines” would be printed as it stands.',
      'two colons: ::figure, ::lines',
    ],
    ['a directive with one colon in a line', 'See :plan{}', 0, '“:plan” would be printed', 'a line of its own'],
    ['an unknown directive with one colon', 'Text.\n:ruler[Mine]', 1, '“:ruler” would be printed', '::figure, ::lines'],
    [
      'a section inside a box',
      ':::try\nx\n\n## Next {#next .how}',
      3,
      'A section starts inside a box',
      'Close the box with :::',
    ],
    ['lines without a number', '::lines[Mine]', 0, 'does not say how many lines', '{n=3}'],
    [
      'a writing box taller than a page',
      '::lines[Mine]{n=40}',
      0,
      'A box of 40 lines is taller than',
      '{n=12} at most',
    ],
    ['lines without any', '::lines[Mine]{n=0}', 0, 'does not say how many lines', '1 to 12'],
    ['lines that fill and are counted', '::lines[Mine]{fill n=3}', 0, 'says both n and fill', 'rest of the page'],
    ['lines that fill a number', '::lines[Mine]{fill=3}', 0, '“fill” takes no value', 'Write {fill}.'],
    ['lines without a label', '::lines{n=3}', 0, '“::lines” has no label.', '::lines[What to write here]'],
    ['lines with an unknown attribute', '::lines[Mine]{n=3 m=2}', 0, 'no attribute “m”', 'It takes n and fill.'],
    ['a scale that asks nothing', '::scale{from="a" to="b"}', 0, '“::scale” asks nothing.', '::scale[How strong'],
    ['a scale without an end', '::scale[How much?]{from="a"}', 0, 'no words for its end “to”', 'from="Not at all"'],
    ['a scale with a field', '::scale[How?]{from="{{client}}" to="b"}', 0, 'can’t hold a field', '::scale['],
    ['a scale with steps', '::scale[How?]{from="a" to="b" n=5}', 0, 'no attribute “n”', 'It takes from and to.'],
    ['a plan with words', '::plan[Mine]{}', 0, '“::plan” takes no […].', 'its own words'],
    ['a plan with an attribute', '::plan{n=3}', 0, '“plan” has no attribute “n”.', 'It takes none.'],
    ['a plan in a box', ':::try\nx\n\n::plan{}\n:::', 3, '“::plan” is a box of its own.', 'Close the box'],
    ['an unknown directive', '::ruler', 0, 'There is no “::ruler”.', '::figure, ::lines, ::plan, ::scale.'],
    ['a scale with three colons', ':::scale\nx\n:::', 0, 'no box “:::scale”', 'Write ::scale with two colons.'],
    ['a sheet with two colons', '::sheet', 0, 'There is no “::sheet”.', 'Write :::sheet with three colons'],
    ['a sheet without a table', ':::sheet{rows=2}\nx\n:::', 0, 'holds one table and nothing else', '| What | When |'],
    ['a sheet that is full', `:::sheet\n${SHEET}| a | b |\n:::`, 0, 'nothing to fill in', '{rows=4}'],
    ['a sheet with too many rows', `:::sheet{rows=40}\n${SHEET}:::`, 0, '“rows=40” is not a number of rows', '0 to 14'],
    ['a sheet with another attribute', `:::sheet{n=4}\n${SHEET}| a | |\n:::`, 0, 'no attribute “n”', 'It takes rows.'],
    [
      'a sheet with a nameless column',
      ':::sheet{rows=1}\n| a | |\n|---|---|\n:::',
      1,
      'no header',
      'Name every column',
    ],
    [
      'a table to fill in wider than the page',
      `:::sheet{rows=1}\n${wide(6)}:::`,
      1,
      'has 6 columns and is wider',
      'At most 5',
    ],
    [
      'a table wider than the page',
      `Look:\n\n${wide(7)}${wide(7).split('\n')[0]}`,
      2,
      'has 7 columns and is wider',
      'At most 6',
    ],
    [
      'a figure without alt text',
      '::figure[Ring]{src="ring.png"}',
      0,
      'This figure has no alt text.',
      'What the picture shows',
    ],
    [
      'a figure without a caption',
      '::figure{src="ring.png" alt="A ring."}',
      0,
      'This figure has no caption.',
      '::figure[What to see in it]',
    ],
    [
      'a figure in a list',
      '- a\n\n  ::figure[R]{src="ring.png" alt="A ring."}',
      0,
      'can’t stand in a list',
      'above or below',
    ],
    ['a figure without a picture', '::figure[Ring]{alt="A ring."}', 0, 'This figure names no picture.', 'src='],
    [
      'a picture that is not there',
      '::figure[R]{src="rung.png" alt="A ring."}',
      0,
      'There is no picture “rung.png”',
      'There are: ring.png.',
    ],
    ['a list with some boxes', '- [ ] a\n- b', 0, 'Some items of this list have a box', '- [ ] before each'],
    ['a ticked box', '- [ ] a\n- [x] b', 1, 'This box is ticked already.', 'can tick it'],
    ['a numbered check list', '1. [ ] a', 0, 'A check list has no numbers.', '- [ ]'],
    ['a list that starts at 3', '3. a\n4. b', 0, 'This numbered list starts at 3.', 'Start at 1'],
    ['an empty list item', '- a\n-\n- c', 1, 'This list item is empty.', 'delete it'],
    ['a table without header', '| | |\n|---|---|\n| a | b |', 0, 'A column of this table has no header.', 'first row'],
    ['a table without rows', '| a | b |\n|---|---|', 0, 'This table has no rows.', 'Add a row'],
    ['a short row', '| a | b |\n|---|---|\n| a |', 2, 'more or fewer cells', 'one cell for each column'],
    [
      'an unlisted source',
      'It helps,\nthey say [^lee-2021].',
      1,
      'The source “lee-2021” is not listed.',
      'The article lists: lee-2020.',
    ],
    [
      'a paragraph that is only a marker',
      'It helps.\n\n[^lee-2020]',
      2,
      'This paragraph holds no words.',
      'right behind the claim',
    ],
    ['a footnote', 'It helps.\n\n[^a]: A note.', 2, 'Footnotes are not read.', 'between the --- lines'],
    [
      'a misspelt field',
      'Dear\n{{clinet}}',
      1,
      '“{{clinet}}” is not a field',
      'An article may use {{client}}, {{clinician}}',
    ],
    ['a field with three braces', 'Dear {{{client}}}', 0, '“{{{client}}}” is not a field', 'An article may use'],
    ['an unescaped field', 'Dear {{&client}}', 0, '“{{&client}}” is not a field', 'An article may use'],
    ['a partial', '{{> header}}', 0, '“{{> header}}” is not a field', 'An article may use'],
    [
      'a helper with quotes',
      'Dear {{lookup client "x"}}',
      0,
      '“{{lookup client "x"}}” is not a field',
      'An article may use',
    ],
    ['a field behind a backslash', 'Dear \\\\{{client}}', 0, '“\\{{client}}” is not a field', 'An article may use'],
    ['a field that is not closed', 'Dear {{client}, hello', 0, '“{{client}” is not a field', 'An article may use'],
    ['an if that is not closed', 'a\n\n{{#if client}}Dear', 2, 'is not closed in this paragraph', '{{/if}}'],
    ['an else without an if', '{{else}}Dear', 0, '{{else}} does not belong here.', 'An article may use'],
    [
      'a client who is not there',
      '{{#if client}}a{{else}}{{client}}{{/if}}',
      0,
      '{{client}} after {{else}} is always empty.',
      'Leave it out',
    ],
  ];
  it.each(cases)('%s', (_, body, below, message, hint) =>
    expectOne(withBody(body), BODY_LINE + below, message, hint, ['ring.png']),
  );

  it('a sheet that closes the box round it', () => {
    const said = problemsOf(withBody(`:::try\n:::sheet{rows=2}\n${SHEET}:::\n\nMore.\n:::`)).map(sentence);
    expect(said).toEqual([
      expect.stringMatching(
        new RegExp(`:${BODY_LINE + 7}: These colons start or close nothing\\. .*one colon more`, 'u'),
      ),
    ]);
  });

  it('an if that closes in other marks than it opened in', () => {
    const said = problemsOf(withBody('{{#if client}}**Dear{{/if}}** you')).map(sentence);
    expect(said).toEqual([
      expect.stringContaining(`:${BODY_LINE}: {{/if}} does not belong here.`),
      expect.stringContaining(`:${BODY_LINE}: {{#if client}} is not closed in this paragraph.`),
    ]);
  });
});

it('all mistakes of one file are told at once, in its order', () => {
  const text = withBody('<b>\n\n{{x}}\n\n[^who]').replace('2026-11-23', 'today').replace('[in-short]', '[nothing]');
  expect(problemsOf(text).map(({ place }) => place)).toEqual(
    [5, 13, BODY_LINE, BODY_LINE + 2, BODY_LINE + 4, BODY_LINE + 4].map((line) => ({
      file: 'content/sleep/en.md',
      line,
    })),
  );
});
