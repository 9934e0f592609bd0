// The head of an article: a YAML value in, checked facts about the article out.
import { z } from 'zod';

/** What the rest of the article and of the library holds, so that names in the head can be looked up. */
export interface Known {
  sections: readonly string[];
  /** Sources that the text cites. */
  cited: ReadonlySet<string>;
  /** Articles of the library, broken ones included. */
  slugs: ReadonlySet<string>;
}

export const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/u;

/** One error for a value that is missing and one for a value that is wrong; both end with what to write. */
export const said = (key: string, write: string) => ({
  error: ({ input }: { input?: unknown }) =>
    input === undefined || input === null
      ? `“${key}” is missing. Write ${write}.`
      : `“${key}” is not right. Write ${write}.`,
});

export const line = (key: string, write: string) =>
  z
    .string(said(key, write))
    .trim()
    .min(1, `“${key}” is empty. Write ${write}.`)
    .regex(/^[^\n]*$/u, `“${key}” must be one line.`)
    .refine((text) => !text.includes('{{'), `“${key}” can’t hold a {{field}}. Use fields in the text of a section.`);

const day = (key: string) => {
  const error = said(key, 'a day like 2026-11-23');
  return z.iso.date(error);
};

const matching = (key: string, pattern: RegExp, write: string) =>
  z.string(said(key, write)).regex(pattern, `“${key}” is not right. Write ${write}.`);

const LONGEST_ADVICE = 320;

/** Plain sentences to the clinician: one text, or a list of them. Together short, so that all of them fit one page. */
const advice = (key: string, write: string) => {
  const text = z.string(said(key, write)).transform((words) => words.replace(/\s+/gu, ' ').trim());
  return z
    .union([text.transform((words) => [words]), z.array(text).min(1)], said(key, write))
    .refine((texts) => texts.every((words) => words !== ''), `“${key}” is empty. Write ${write}.`)
    .refine((texts) => !texts.some((words) => words.includes('{{')), `“${key}” can’t hold a {{field}}.`)
    .refine(
      (texts) => texts.join(' ').length <= LONGEST_ADVICE,
      `“${key}” is too long. Write at most ${LONGEST_ADVICE} characters, so that all fits one page.`,
    );
};

const clinician = z
  .strictObject(
    {
      why: advice('why', 'why a clinician would give this'),
      introduce: advice('introduce', 'how to introduce it'),
      'not-when': advice('not-when', 'when not to give it'),
      'teach-back': advice('teach-back', 'a question that shows what the client took from it'),
    },
    said('clinician', 'why, introduce, not-when and teach-back'),
  )
  .transform(({ 'not-when': notWhen, 'teach-back': teachBack, ...rest }) => ({ ...rest, notWhen, teachBack }));

export function frontMatter({ sections, cited, slugs }: Known) {
  const list = (key: string, write: string) => z.array(line(key, write), said(key, write));
  const section = z.string(said('presets', 'section ids')).refine((id) => sections.includes(id), {
    error: ({ input }) => `There is no section “${input}”. The article has: ${sections.join(', ')}.`,
  });
  const preset = (key: string) =>
    z.preprocess(
      (value) => (value === 'all' ? sections : value),
      z
        .array(section, said(key, 'a list of section ids, or all'))
        .min(1, `“${key}” is empty. List section ids, or write all.`)
        .refine((ids) => new Set(ids).size === ids.length, `“${key}” names a section twice. Keep one.`),
    );
  const source = z.strictObject(
    {
      id: matching('id', ID, 'a short name like wang-2018').refine((id) => cited.has(id), {
        error: ({ input }) =>
          `The source “${input}” is never cited. Add [^${input}] after the claim that rests on it, or delete the source.`,
      }),
      citation: line('citation', 'authors (year). Title. Journal or body'),
      url: z.url({ protocol: /^https?$/u, ...said('url', 'a full address like https://doi.org/…') }),
    },
    said('sources', 'id, citation and url for each source'),
  );
  return z.strictObject(
    {
      title: line('title', 'the title in plain words'),
      message: line('message', 'the main message, one plain sentence'),
      version: matching('version', /^\d+\.\d+\.\d+$/u, 'three numbers like 1.0.0'),
      written: day('written'),
      updated: day('updated'),
      review: z
        .strictObject({ by: line('by', 'who reviewed it'), on: day('on') }, said('review', '{by: …, on: 2026-11-23}'))
        .nullish()
        .transform((review) => review ?? null),
      topics: list('topics', 'a list like [relationships, loneliness]').min(1, '“topics” is empty. List at least one.'),
      words: list('words', 'a list of everyday search words').default([]),
      conditions: z
        .array(
          matching('conditions', /^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/u, 'ICD-10-CM codes like F32.A'),
          said('conditions', 'a list of ICD-10-CM codes'),
        )
        .default([]),
      next: z
        .string(said('next', 'the name of another article’s folder, or nothing'))
        .refine((slug) => slugs.has(slug), {
          error: ({ input }) =>
            `There is no article “${input}” to read next. Write the name of its folder, or nothing.`,
        })
        .nullish()
        .transform((slug) => slug ?? null),
      clinician: clinician.nullish().transform((notes) => notes ?? null),
      presets: z
        .object(
          { 'one-page': preset('one-page'), full: preset('full') },
          said('presets', 'one-page and full, each with a list of section ids'),
        )
        .catchall(preset('presets')),
      sources: z
        .array(source, said('sources', 'a list of sources with id, citation and url'))
        .refine(
          (all) => new Set(all.map(({ id }) => id)).size === all.length,
          '“sources” has the same id twice. Give each source its own.',
        ),
    },
    said('the head', 'title, message, version and the other keys between the --- lines'),
  );
}

/** Source ids even of a head that has other mistakes, so that the text can be checked at the same time. */
export function sourceIds(value: unknown): string[] {
  const read = z.object({ sources: z.array(z.object({ id: z.string() }).catch({ id: '' })) }).safeParse(value);
  return read.success ? read.data.sources.map(({ id }) => id) : [];
}
