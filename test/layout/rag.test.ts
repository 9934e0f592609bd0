// The ragged edge as a typesetter would have it; a character is 5 points wide, so widths are counted.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { breakLines } from '../../src/layout/lines.ts';
import { type TextStyle, themeOf } from '../../src/layout/theme.ts';
import { fakeMeasure } from '../support/measure.ts';
import { galley, textsOf, theme } from './galleys.ts';

const { body, title } = themeOf('letter', false);
const broken = (text: string, characters: number, style: TextStyle = body): string[] =>
  breakLines([{ text }], {
    width: characters * 5,
    style,
    measure: fakeMeasure,
    direction: 'ltr',
    italics: true,
  }).lines.map(({ pieces }) =>
    pieces
      .map((piece) => piece.text)
      .join('')
      .trimEnd(),
  );

describe('the last line of a paragraph', () => {
  it('is not a word left behind where a slightly narrower edge cures it', () => {
    expect(broken('They can feel alike. Both can bring worry, tension, aches and sleeplessness.', 66)).toEqual([
      'They can feel alike. Both can bring worry, tension, aches and',
      'sleeplessness.',
    ]);
    expect(broken('They can feel alike. Both can bring worry, tension, aches and sleep.', 62)).toEqual([
      'They can feel alike. Both can bring worry, tension, aches',
      'and sleep.',
    ]);
  });

  it('never costs a line, nor a word, and no line is wider than the column', () => {
    const texts = fc.array(fc.stringMatching(/^[a-z]{1,9}[.,]?$/u), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 12, max: 70 }), fc.boolean(), (words, characters, balanced) => {
        const text = words.join(' ');
        const lines = broken(text, characters, balanced ? title : body);
        expect(lines.join(' ')).toBe(text);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(characters);
        let [greedy, used] = [1, -1];
        for (const { length } of words) {
          const fits = used + 1 + length <= characters;
          used = fits ? used + 1 + length : length;
          if (!fits) greedy++;
        }
        // One more at most: the last word may have been too short to stand alone.
        expect(lines.length - greedy).toBeLessThanOrEqual(1);
      }),
      { seed: 20261123 },
    );
  });
});

describe('a title', () => {
  it('has lines of like length, and no more of them', () => {
    expect(broken('Stress is your body trying to protect you, and you can help it settle.', 60, title)).toEqual([
      'Stress is your body trying to protect',
      'you, and you can help it settle.',
    ]);
    expect(broken('Short', 60, title)).toEqual(['Short']);
  });
});

describe('what is read as one thing', () => {
  it.each([
    ['Ask at the desk for Dr. Lee', 23, 'Dr. Lee'],
    ['Ask at the desk for Dr Lee', 22, 'Dr Lee'],
    ['Pregunte por la Dra. Ruiz', 20, 'Dra. Ruiz'],
    ['Breathe out for 5 minutes', 18, '5 minutes'],
    ['You can see it on page 3', 22, 'page 3'],
    ['We begin at about 10:30 a.m.', 23, '10:30 a.m.'],
    ['Call the night line: 555 0199', 26, '555 0199'],
    ['Call the night line: (503) 555-0199', 29, '(503) 555-0199'],
    ['You can also call the line at +34 91 555 0199 today', 38, '+34 91 555 0199'],
  ])('is not parted: %s', (text, characters, whole) => {
    expect(broken(text, characters).at(-1)).toContain(whole);
  });

  it('is a range of numbers, in the narrowest column that holds it', () => {
    expect(broken('Urge, 0–10', 9)).toEqual(['Urge,', '0–10']);
    expect(broken('Addictive Behaviors 23(4):666–671.', 30)).toEqual(['Addictive Behaviors', '23(4):666–671.']);
  });

  it('is “from” and who it is from, behind a dot', () => {
    expect(broken('For Ann · November 23 · from Dr. Ana Ruiz', 30)).toEqual([
      'For Ann · November 23 ·',
      'from Dr. Ana Ruiz',
    ]);
    expect(broken('For Ann on November 23 and from Ana Ruiz and Jo', 31)[0]).toBe('For Ann on November 23 and from');
  });

  it('is a word and the dot behind it', () => {
    expect(broken('Sleeping better 1.0.0 · Harbor', 22)).toEqual(['Sleeping better', '1.0.0 · Harbor']);
  });

  it('is parted between sentences, and where together it would be too wide', () => {
    expect(broken('There were 12. After that', 14)[0]).toBe('There were 12.');
    expect(broken('There are 5 extraordinarily', 24)[0]).toBe('There are 5');
  });

  it('keeps its blank as it was typed', () => {
    const { lines } = breakLines([{ text: 'for 5 minutes' }], {
      width: 200,
      style: body,
      measure: fakeMeasure,
      direction: 'ltr',
      italics: true,
    });
    expect(lines[0]!.pieces.map(({ text }) => text).join('')).toBe('for 5 minutes');
  });
});

describe('headings in the margin', () => {
  /** Baselines of the heading's lines, and of the text's. */
  const baselines = (html: string) => {
    const set = textsOf(galley(html));
    const at = (heading: boolean) => set.filter(({ mark }) => mark.x < theme.text.x - theme.indent === heading);
    return { heading: at(true).map(({ y }) => y), text: at(false).map(({ y }) => y) };
  };

  it('share the baselines of the text beside them, line by line, in lists too', () => {
    const title = 'A heading here of three lines in the margin';
    for (const inner of [
      '<p>Word.</p>'.replace('Word.', 'word '.repeat(60)),
      '<ul><li>One</li><li>Two</li><li>Three</li></ul>',
    ]) {
      const { heading, text } = baselines(`<section id="a"><h2>${title}</h2>${inner}</section>`);
      expect(heading.length).toBeGreaterThan(1);
      for (const y of heading) expect(text.some((one) => Math.abs(one - y) < 0.01)).toBe(true);
    }
  });

  it('stand level with the number to call', () => {
    const help = '<aside class="help"><p class="number">988</p><p>Call or text.</p></aside>';
    const { heading, text } = baselines(`<section id="help-now"><h2>Help</h2>${help}</section>`);
    expect(heading[0]).toBeCloseTo(text[0]!);
  });
});
