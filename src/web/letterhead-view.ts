// A letterhead and what is wrong with it in, the data of the pages `letterhead.hbs` and `welcome.hbs` out.
import type { Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import { summaryOf, wrongAt } from './errors.ts';
import { type Letterhead, pickerValue } from './letterhead-fields.ts';
import type { View } from './views.ts';
import { countries } from './words.ts';

export interface LetterheadPage {
  library: Library;
  /** As typed, or as saved. */
  letterhead: Letterhead;
  problems: readonly Problem[];
  guessed: boolean;
  logo: boolean;
  saved: boolean;
}

const FIELDS = [
  'practiceName',
  'contact1',
  'contact2',
  'contact3',
  'crisisLine',
  'country',
  'clinician',
  'credentials',
  'colour',
  'paper',
  'logo',
];

const COLOUR_HINT =
  'Like #1c5757, for the headings and lines of a handout. Empty: Keepsake’s own. The page tells when it would be hard to read.';

const NO_LINE = 'nothing yet: Keepsake knows no line for this country. Write one below.';

export function letterheadView(title: string, page: LetterheadPage): View & Record<string, unknown> {
  const { library, letterhead, problems } = page;
  const lineOf = (code: string) => {
    const known = library.crisisLines.find(({ country }) => country === code);
    return known === undefined ? null : `${known.number} – ${known.text.en}`;
  };
  const field = (id: keyof Letterhead, label: string, hint: string | null = null) => {
    const wrong = wrongAt(problems, id);
    const described = [hint === null ? '' : `${id}-hint`, wrong === null ? '' : `${id}-wrong`]
      .filter(Boolean)
      .join(' ');
    return { id, label, hint, value: letterhead[id], wrong, described };
  };
  return {
    title: `${problems.length > 0 ? 'Error: ' : ''}${title} – Keepsake`,
    summary: summaryOf(problems, FIELDS),
    saved: page.saved,
    practiceName: field('practiceName', 'Practice'),
    contact: [
      field('contact1', 'First contact line', 'Up to three short lines: address, telephone, web.'),
      field('contact2', 'Second contact line'),
      field('contact3', 'Third contact line'),
    ],
    country: { wrong: wrongAt(problems, 'country') },
    countries: countries.map(({ code, name }) => ({
      code,
      name,
      selected: code === letterhead.country,
      line: lineOf(code),
    })),
    printed: lineOf(letterhead.country) ?? NO_LINE,
    noLine: NO_LINE,
    guessed: page.guessed,
    crisisLine: { value: letterhead.crisisLine, wrong: wrongAt(problems, 'crisisLine') },
    clinician: field('clinician', 'Clinician'),
    credentials: field('credentials', 'Credentials', 'Printed after the name, like PhD or LCSW.'),
    colour: { ...field('colour', 'Colour', COLOUR_HINT), picked: pickerValue(letterhead.colour) },
    paper: { letter: letterhead.paper === 'letter', a4: letterhead.paper === 'a4' },
    logo: { there: page.logo, wrong: wrongAt(problems, 'logo') },
  };
}
