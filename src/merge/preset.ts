// A choice that a practice saves under a name: unknown input in, the preset or what is wrong with it out. Never a client's.
import { z } from 'zod';
import type { Problem } from '../errors.ts';
import { type Choice, choiceSchema, SLOT_NAMES } from './choice.ts';

/** What belongs to one client or to one day stays out: a field that is not named here is refused. */
const OF_A_CLIENT = ['client', 'note', 'noteLanguage', 'date', 'clinician', ...SLOT_NAMES] as const;
const LONGEST_NAME = 60;

export const presetSchema = z.strictObject({
  name: z
    .string({ error: 'The preset needs a name.' })
    .transform((name) => name.normalize('NFC').replace(/\s+/gu, ' ').trim())
    .refine((name) => name !== '', { error: 'The preset needs a name.' })
    .refine((name) => [...name].length <= LONGEST_NAME, {
      error: `The preset’s name can have at most ${LONGEST_NAME} characters. Shorten it.`,
    })
    .refine((name) => !/[\p{Cc}\p{Cs}\p{Co}]/u.test(name), { error: 'The preset’s name holds a control character.' }),
  choice: choiceSchema.omit(Object.fromEntries(OF_A_CLIENT.map((name) => [name, true])) as OfAClient),
});

type OfAClient = Record<(typeof OF_A_CLIENT)[number], true>;

/** Article, language, sections in their order, and looks. */
export type Preset = z.output<typeof presetSchema>;

/** Reads unknown input. Every problem at once, each with the field it belongs to. */
export function readPreset(input: unknown): { preset: Preset } | { problems: Problem[] } {
  const read = presetSchema.safeParse(input);
  if (read.success) return { preset: read.data };
  return { problems: read.error.issues.flatMap(problemsOf) };
}

/** What of a choice is worth saving. */
export function presetOf(name: string, choice: Choice): Preset {
  const kept = Object.entries(choice).filter(([field]) => !(OF_A_CLIENT as readonly string[]).includes(field));
  return { name, choice: Object.fromEntries(kept) as Preset['choice'] };
}

/** A request with the preset under it: what the request says itself counts. A preset of the article puts saved sections away. */
export function withPreset({ choice }: Preset, request: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { sections, preset, ...rest } = choice;
  const chosen = 'sections' in request || 'preset' in request ? {} : { sections, preset };
  const all = { ...rest, ...chosen, ...request };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

export const noPreset = (field: string): Problem => ({
  code: 'preset-unknown',
  message: 'There is no saved choice of this name.',
  hint: 'Save it on the form, or write its name as it stands there.',
  place: { field },
});

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  const problem = (field: string, message: string): Problem => {
    return { code: 'field-invalid', message, place: { field } };
  };
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      ...problem(key.slice(0, 40), 'A preset can’t hold this field.'),
      hint: 'It keeps article, language, sections and looks, and nothing of a client.',
    }));
  }
  return [problem(String(issue.path.at(-1) ?? 'preset'), issue.message)];
}
