// What a clinician decides for one handout: unknown input in, a checked Choice out.
import { z } from 'zod';
import type { Code, Problem } from '../errors.ts';

export const LONGEST_NAME = 120;
export const LONGEST_NOTE = 2000;
export const LONGEST_SLOT = 500;
export const LONGEST_APPOINTMENT = 120;

/** Marks that come along when a name is pasted and that nobody typed: direction marks, soft hyphen, byte order mark. */
const STOWAWAYS = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;
const CONTROLS = /[\p{Cc}\p{Cs}\p{Co}\ufff9-\uffff]/u;
const CONTROLS_BUT_BREAKS = /[\p{Cs}\p{Co}\ufff9-\uffff]|(?!\n)\p{Cc}/u;

/** Far too long is left as it is, to be refused: normalizing a megabyte of piled-up accents takes minutes. */
const tidy = (text: string, most: number) =>
  text.length > 4 * most ? text : text.replace(STOWAWAYS, '').normalize('NFC');
/** Only what is long in halves of characters is counted in whole ones. */
const isWithin = (text: string, most: number) => text.length <= most || [...text].length <= most;

const line = (label: string, most: number, tooLong: Code) =>
  z
    .string({ error: `${label} must be text.` })
    .transform((text) => tidy(text, most).replace(/\s+/gu, ' ').trim())
    .refine((text) => isWithin(text, most), {
      error: `${label} can have at most ${most} characters. Shorten it.`,
      params: { code: tooLong },
    })
    .refine((text) => !CONTROLS.test(text), {
      error: `${label} holds a control character that can’t be printed. Type it again.`,
      params: { code: 'character-unprintable' },
    });

/** Words in paragraphs: line ends are kept, tabs are blanks. */
const text = (label: string, most: number, tooLong: Code) =>
  z
    .string({ error: `${label} must be text.` })
    .transform((typed) => tidy(typed.replace(/\r\n?|[\u2028\u2029]/gu, '\n').replace(/\t/gu, ' '), most).trim())
    .refine((typed) => isWithin(typed, most), {
      error: `${label} can have at most ${most.toLocaleString('en')} characters. Shorten it.`,
      params: { code: tooLong },
    })
    .refine((typed) => !CONTROLS_BUT_BREAKS.test(typed), {
      error: `${label} holds a control character that can’t be printed. Type it again.`,
      params: { code: 'character-unprintable' },
    });

/** Fixed places on the page for words that belong to this client alone, as they are named to a clinician. */
export const SLOTS = {
  words: '“In your words”',
  agreed: '“What we agreed”',
  plan: '“What I will try, and when”',
  obstacle: '“What may get in the way”',
  appointment: '“Next appointment”',
} as const;
export type Slot = keyof typeof SLOTS;
export const SLOT_NAMES = Object.keys(SLOTS) as readonly Slot[];

const slot = (name: Slot) => text(SLOTS[name], LONGEST_SLOT, 'field-invalid').default('');

const date = z
  .string({ error: 'The date must be text, like 2026-11-23.' })
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/u.test(text) && isDay(text), {
    error: 'The date is not a day of the calendar. Write it like 2026-11-23.',
    params: { code: 'date-invalid' },
  });

const LANGUAGE_FORM = { error: 'The language must be a code like en or es.' };
const language = z.string(LANGUAGE_FORM).regex(/^(?=.{2,35}$)[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u, LANGUAGE_FORM);

const id = (what: string, example: string) => {
  const form = { error: `${what} must be a name like ${example}.` };
  return z.string(form).regex(/^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/u, form);
};

const look = (label: string) => z.boolean({ error: `${label} must be true or false.` }).default(false);

/** One handout's choice, as JSON. `date` is filled in by the door: the core has no clock. */
export const choiceSchema = z.strictObject({
  article: id('The article', 'why-relationships-matter').describe('The article’s name, as in the list of articles.'),
  language: language.default('en').describe('The article’s language.'),
  sections: z
    .array(id('Each section', 'small-steps'), { error: 'The sections must be a list of section names.' })
    .max(60, { error: 'At most 60 sections can be asked for.' })
    .optional()
    .describe('Section ids, in the order to print. Cautions are added by themselves.'),
  preset: id('The preset', 'one-page').optional().describe('A preset of the article, instead of sections.'),
  client: line('The name', LONGEST_NAME, 'client-too-long')
    .default('')
    .describe('The client’s name, as it should be printed.'),
  note: text('The note', LONGEST_NOTE, 'note-too-long')
    .default('')
    .describe('Your own words to the client: paragraphs, and lines that start with "- ".'),
  words: slot('words').describe('What the client said, in the client’s own words. Empty slots are not printed.'),
  agreed: slot('agreed').describe('What you both agreed.'),
  plan: slot('plan').describe('What the client will try, and when; said by the client: “I will …”.'),
  obstacle: slot('obstacle').describe('What may get in the way of it, and what helps then.'),
  appointment: line(SLOTS.appointment, LONGEST_APPOINTMENT, 'field-invalid')
    .default('')
    .describe('When and where you meet next, in one line.'),
  noteLanguage: language.optional().describe('The language of the note and the slots, when it is not the article’s.'),
  clinician: line('The clinician’s name', LONGEST_NAME, 'field-invalid')
    .optional()
    .describe('Printed under the note. Default: the practice’s.'),
  date: date.describe('The day printed on the handout, YYYY-MM-DD.'),
  paper: z
    .enum(['letter', 'a4'], { error: 'The paper must be letter or a4.' })
    .optional()
    .describe('Default: the practice’s.'),
  largePrint: look('Large print').describe('18-point type in one column.'),
  inkSaving: look('Ink saving').describe('No tints and thin outlines: for a printer with little ink.'),
  binder: look('Binder').describe('A wider margin for holes at the binding edge; on a back it is the other edge.'),
  discreet: look('Discreet').describe(
    'Without the client, the practice and the title, for a home where others look; its words still tell the topic.',
  ),
  fillable: z
    .boolean({ error: 'Boxes to type in must be true or false.' })
    .default(true)
    .describe('Worksheets can be typed into on screen; false prints them as lines only.'),
  fit: z
    .union([z.literal(1), z.literal(2)], { error: 'Fit must be 1 or 2 pages.' })
    .optional()
    .describe('Pages to fit: spaces close first, then the type goes down to 11 points. Nothing is left out by itself.'),
});

/** A choice as a program sends it: without a date it is for today, and a choice that the practice saved may stand under it. */
export const requestSchema = choiceSchema.partial({ date: true, article: true }).extend({
  saved: z
    .string()
    .optional()
    .describe(
      'A choice that the practice saved, by its name: what else is sent counts over it. Without one, `article` is needed.',
    ),
});

/** A checked choice. Text is NFC, trimmed, one line where it is a line. */
export type Choice = z.output<typeof choiceSchema>;
export type Paper = 'letter' | 'a4';

/** Reads unknown input. Every problem at once, each with the field it belongs to. */
export function readChoice(input: unknown): { choice: Choice } | { problems: Problem[] } {
  const read = choiceSchema.safeParse(input);
  const both = givesBoth(input) ? [BOTH] : [];
  if (!read.success) return { problems: [...read.error.issues.flatMap(problemsOf), ...both] };
  return both.length > 0 ? { problems: both } : { choice: read.data };
}

const BOTH: Problem = {
  code: 'field-invalid',
  message: 'Sections and a preset were both given.',
  hint: 'Give one of them.',
  place: { field: 'preset' },
};

function givesBoth(input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false;
  const { sections, preset } = input as { sections?: unknown; preset?: unknown };
  return sections !== undefined && preset !== undefined;
}

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'field-invalid',
      message: 'There is no field of this name.',
      hint: `Known fields: ${Object.keys(choiceSchema.shape).join(', ')}.`,
      place: { field: key.slice(0, 40) },
    }));
  }
  const field = issue.path.length === 0 ? 'body' : String(issue.path[0]);
  const code = (issue.code === 'custom' ? (issue.params?.code as Code | undefined) : undefined) ?? 'field-invalid';
  return [
    {
      code: field === 'date' && code === 'field-invalid' ? 'date-invalid' : code,
      message: field === 'body' ? 'The choice must be an object with fields.' : issue.message,
      place: { field },
    },
  ];
}

/** No handout is older than the clock of computers. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return day.getTime() > 0 && day.toISOString().startsWith(text);
}
