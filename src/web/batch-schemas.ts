// What a program may ask of batches and what it is answered, as zod schemas: unknown JSON in, a checked request out.
import { z } from 'zod';
import { FIELDS, type Field } from '../deliver/headings.ts';

const flag = (describe: string) => z.boolean().default(false).describe(describe);

/** What holds for all rows; what is wrong with a field is told when the rows are checked. */
export const batchRequestSchema = z.strictObject({
  rows: z
    .array(z.record(z.string(), z.string()))
    .min(1)
    .max(100_000)
    .optional()
    .describe('A client each: heading to cell, like the columns of a spreadsheet. Not with a file.'),
  columns: z
    .record(z.string(), z.enum(Object.keys(FIELDS) as [Field, ...Field[]]))
    .default({})
    .describe('What a column is taken for, by its heading; the others are guessed.'),
  check: flag('Only say what would come of it; nothing is made or kept.'),
  again: flag('Make it though these very rows were made today already.'),
  sameToo: flag('Make rows that say exactly what an earlier one says as well.'),
  hiddenToo: flag('Make rows that are hidden in the spreadsheet as well.'),
  despiteReview: flag('Make articles that were to be reviewed again by now.'),
  saved: z
    .array(z.string())
    .max(20)
    .default([])
    .describe('Choices that the practice saved, by name, for rows that name no handout; printed before `articles`.'),
  articles: z.array(z.string()).max(20).default([]).describe('For rows that name no handout.'),
  preset: z.string().default(''),
  language: z.string().default('en'),
  note: z.string().default('').describe('For rows without a note.'),
  clinician: z.string().optional().describe('Default: the practice’s.'),
  date: z.string().optional().describe('Default: today.'),
  paper: z.string().optional().describe('Default: the practice’s.'),
  fit: z
    .union([z.literal(1), z.literal(2)])
    .optional()
    .describe('Pages to fit.'),
  maySend: z
    .array(z.enum(['hand', 'post', 'email']))
    .default([])
    .describe('For rows that do not say how their client may be reached; empty = paper.'),
  copies: z.int().min(1).max(20).default(1).describe('For rows that do not say.'),
  largePrint: flag('18-point type in one column.'),
  discreet: flag('Without the client, the practice and the title; its words still tell the topic.'),
  inkSaving: flag('No tints and thin outlines.'),
  binder: flag('A wider margin for holes.'),
  kind: z.enum(['print', 'zip']).default('print'),
  simplex: flag('Print file: one side of the paper only.'),
  separators: flag('Print file: a sheet before each client.'),
  covers: flag('Print file: a cover where a client gets several handouts.'),
  addressPages: flag('Print file: a page for a window envelope.'),
  partsOf: z.int().min(1).max(100_000).optional().describe('Print file: a new file after so many clients.'),
  order: z.enum(['file', 'clinician']).default('file'),
  names: z.enum(['row', 'client']).default('row').describe('ZIP: how the files are named.'),
});

const rowProblem = z.strictObject({
  row: z.int(),
  column: z.string().nullable(),
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
});

export const checkSchema = z.strictObject({
  summary: z.string().describe('`300 rows: 296 ready, 3 need a fix, 1 same as row 41`'),
  ready: z.int(),
  problems: z.array(rowProblem),
  same: z.array(z.strictObject({ row: z.int(), as: z.int() })),
  hidden: z.array(z.int()).describe('Rows that are hidden in the spreadsheet: left out.'),
  warnings: z.array(rowProblem),
});

export const reprintSchema = z.strictObject({
  from: z.int().describe('The first client, counted as on their pages: 37 of “37 of 296”.'),
  to: z.int().describe('The last one.'),
});

export const batchSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['print', 'zip']),
  state: z.enum(['running', 'ready', 'stopped', 'failed']),
  made: z.int(),
  of: z.int(),
  secondsLeft: z.number().nullable(),
  trouble: z.string().nullable().describe('What keeps it from going on, or why it failed.'),
  rows: z.int().describe('= done + refused, once it is over.'),
  done: z.int(),
  refused: z.int(),
  expires: z.string().describe('When it is deleted by itself.'),
  files: z.array(
    z.strictObject({
      part: z.int(),
      from: z.int(),
      to: z.int(),
      ready: z.boolean(),
      again: z.boolean(),
      sha256: z.string().nullable(),
    }),
  ),
});
