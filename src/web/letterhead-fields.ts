// What was typed into the letterhead in, a practice or every problem with it out.
import { z } from 'zod';
import type { Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import { readableInstead } from '../make/colour.ts';
import type { Practice } from '../merge/practice.ts';
import { countries } from './words.ts';

/** The fields as the browser sends them. */
export interface Letterhead {
  practiceName: string;
  contact1: string;
  contact2: string;
  contact3: string;
  crisisLine: string;
  country: string;
  clinician: string;
  credentials: string;
  colour: string;
  paper: string;
}

const line = (label: string, most: number) =>
  z
    .string()
    .transform((text) =>
      text
        .normalize('NFC')
        .replace(/[\s\p{Cc}]+/gu, ' ')
        .trim(),
    )
    .refine((text) => [...text].length <= most, {
      error: `${label} can have at most ${most} characters. Shorten it.`,
    });

/** `1C5`, `#1c5`, `#11CC55` -> `#11cc55`. */
function sixDigits(typed: string): string {
  const [, digits] = /^\s*#?([0-9a-f]{3}|[0-9a-f]{6})\s*$/iu.exec(typed) ?? [];
  if (digits === undefined) return typed.trim();
  return `#${digits.length === 3 ? digits.replace(/./gu, '$&$&') : digits}`.toLowerCase();
}

function wrongWith(colour: string): string | null {
  if (colour === '') return null;
  if (!/^#[0-9a-f]{6}$/u.test(colour)) return 'The colour must be like #1c5757, or empty.';
  const instead = readableInstead(colour);
  if (instead === null) return null;
  return `Words in this colour can’t be read by everyone, least of all from a grey printer. The nearest that can is ${instead}.`;
}

const fields = z.object({
  practiceName: line('The practice’s name', 80),
  contact1: line('A contact line', 80),
  contact2: line('A contact line', 80),
  contact3: line('A contact line', 80),
  crisisLine: line('The crisis line', 300),
  country: z.string().refine((code) => countries.some((country) => country.code === code), {
    error: 'Choose a country.',
  }),
  clinician: line('The clinician’s name', 120),
  credentials: line('The credentials', 80),
  colour: z
    .string()
    .transform(sixDigits)
    .superRefine((colour, context) => {
      const wrong = wrongWith(colour);
      if (wrong !== null) context.addIssue(wrong);
    }),
  paper: z.enum(['letter', 'a4'], { error: 'Choose Letter or A4.' }),
});

/** What was sent, over what stood there before: the first-run page asks for less than the whole. */
export function readLetterhead(body: Readonly<Record<string, unknown>>, before: Letterhead): Letterhead {
  const sent = Object.keys(before).filter((name) => typeof body[name] === 'string');
  const read: Letterhead = { ...before, ...Object.fromEntries(sent.map((name) => [name, body[name]])) };
  return { ...read, colour: colourOf(body, read.colour) };
}

/** What a picker shows where no colour is set: it can't be empty. */
export const pickerValue = (colour: string) => (/^#[0-9a-f]{6}$/u.test(colour) ? colour : HOUSE_COLOUR);

const HOUSE_COLOUR = '#1c5757';

/** Of the field and the picker beside it the one that was changed counts; of both the field. */
function colourOf({ colourPicked, colourShown }: Readonly<Record<string, unknown>>, typed: string): string {
  if (typeof colourPicked !== 'string' || typeof colourShown !== 'string' || typed !== colourShown) return typed;
  return colourPicked === pickerValue(colourShown) ? typed : colourPicked;
}

export function letterheadOf(practice: Practice): Letterhead {
  const [contact1 = '', contact2 = '', contact3 = ''] = practice.contact;
  const { name: practiceName, crisisLine, country, clinician, credentials, colour, paper } = practice;
  return { practiceName, contact1, contact2, contact3, crisisLine, country, clinician, credentials, colour, paper };
}

export function checkLetterhead(
  typed: Letterhead,
  library: Library,
): { practice: Omit<Practice, 'logo'> } | { problems: Problem[] } {
  const read = fields.safeParse(typed);
  if (!read.success) return { problems: read.error.issues.map((issue) => wrong(String(issue.path[0]), issue.message)) };
  const { practiceName: name, contact1, contact2, contact3, ...rest } = read.data;
  if (rest.crisisLine === '' && !library.crisisLines.some(({ country }) => country === rest.country)) {
    return { problems: [NO_LINE] };
  }
  const contact = [contact1, contact2, contact3].filter((text) => text !== '');
  return { practice: { ...rest, name, contact, countryIsGuess: false } };
}

const wrong = (field: string, message: string): Problem => ({ code: 'field-invalid', message, place: { field } });

const NO_LINE: Problem = {
  code: 'crisis-line-missing',
  message: 'Keepsake knows no crisis line for this country.',
  hint: 'Write here what a client in need should do and whom to call.',
  place: { field: 'crisisLine' },
};
