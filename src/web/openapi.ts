// The zod schemas of the edges in, the OpenAPI 3.1 description of the API out; and the list of articles it describes.
import { z } from 'zod';
import type { Library } from '../content/article.ts';
import { requestSchema, SLOT_NAMES } from '../merge/choice.ts';
import { batchRequestSchema, batchSchema, checkSchema, reprintSchema } from './batch-schemas.ts';
import { batchPaths } from './openapi-batches.ts';

const problemSchema = z.object({
  type: z.string(),
  title: z.string().describe('The status in words.'),
  status: z.int(),
  detail: z.string().describe('Everything that failed, as sentences.'),
  problems: z.array(
    z.object({
      code: z.string().describe('Stable; for programs.'),
      message: z.string().describe('What failed; for people.'),
      hint: z.string().optional().describe('What to do about it.'),
      field: z.string().optional().describe('The field it belongs to.'),
    }),
  ),
});

export const articlesSchema = z.array(
  z.object({
    article: z.string(),
    language: z.string(),
    title: z.string(),
    message: z.string(),
    version: z.string(),
    sections: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(['core', 'why', 'how', 'try', 'more']),
        title: z.string(),
        words: z.int(),
        grade: z.number().nullable().describe('Flesch–Kincaid grade; null where no formula is valid.'),
      }),
    ),
    presets: z.record(z.string(), z.array(z.string())),
  }),
);

const receiptSchema = z.strictObject({
  lines: z.array(z.string()).describe('The same version, request, article and letterhead give the same bytes.'),
});

const readingSchema = z
  .strictObject({
    scale: z.enum(['Flesch–Kincaid', 'INFLESZ']).describe('A school grade; or 0 (hard) to 100 (easy).'),
    value: z.number(),
  })
  .nullable()
  .describe('Null where no formula is valid, or there are too few words.');

const meterSchema = z.strictObject({
  pages: z.int(),
  sheets: z.int(),
  minutes: z.int(),
  reading: readingSchema,
  sections: z.array(z.strictObject({ id: z.string(), title: z.string(), words: z.int(), reading: readingSchema })),
  typed: z.array(z.strictObject({ field: z.enum(['note', ...SLOT_NAMES]), words: z.int(), reading: readingSchema })),
  misses: z.array(
    z.strictObject({
      item: z.enum(['summary', 'action', 'steps', 'tool', 'picture']),
      from: z.string().describe('The item of the CDC Clear Communication Index or of PEMAT.'),
      words: z.string(),
      section: z.string().nullable().describe('A section of the article that has it.'),
    }),
  ),
});

export function articlesOf({ articles }: Library): z.output<typeof articlesSchema> {
  return articles.map(({ slug, lang, title, message, version, sections, presets }) => ({
    article: slug,
    language: lang,
    title,
    message,
    version,
    sections: sections.map(({ id, kind, title: heading, words, grade }) => ({
      id,
      kind,
      title: heading,
      words,
      grade,
    })),
    presets: Object.fromEntries(Object.entries(presets).map(([name, ids]) => [name, [...ids]])),
  }));
}

const NOTICES = {
  'X-Handout-Notices': {
    description: 'What a person should know: a JSON array of sentences, percent-encoded.',
    required: true,
    schema: { type: 'string' },
  },
};

const pdf = (description: string) => ({
  description,
  headers: {
    'X-Handout-Pages': { description: 'Number of pages.', required: true, schema: { type: 'integer' } },
    ...NOTICES,
  },
  content: { 'application/pdf': { schema: { type: 'string', contentMediaType: 'application/pdf' } } },
});

export function openApi(): Record<string, unknown> {
  const refused = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  const text = (description: string) => ({ description, content: { 'text/plain': { schema: { type: 'string' } } } });
  /** What is asked before the request itself is looked at. */
  const guarded = { 421: text('Asked under a name that is not this machine’s.') };
  const NO_CRISIS_LINE = {
    409: refused('The practice has to be set up first: there is no crisis line for its country.'),
  };
  /** Everything that is made of a choice is asked for alike. */
  const made = (operationId: string, summary: string, answer: object, other: object = NO_CRISIS_LINE) => ({
    post: {
      operationId,
      summary,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Choice' } } },
      },
      responses: {
        200: answer,
        400: refused('The body is not JSON.'),
        403: text('Sent by a page of another site.'),
        404: refused('There is no such article, or not in this language.'),
        413: refused('The body is too large.'),
        415: refused('The body is of another type.'),
        422: refused('It can’t be made as asked; every problem is listed.'),
        500: refused('Something went wrong in Keepsake itself.'),
        ...other,
        ...guarded,
      },
    },
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Keepsake',
      version: '1',
      description:
        'Makes handouts from articles and choices. Keeps nothing of a client, but what a batch needs until it is deleted.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: {
      '/api/v1/handouts': made('makeHandout', 'Make one handout', pdf('The handout.')),
      '/api/v1/web-pages': made('makeWebPage', 'Make the same handout for a screen', {
        description: 'One HTML file that needs no other and asks for nothing.',
        headers: NOTICES,
        content: { 'text/html': { schema: { type: 'string', contentMediaType: 'text/html' } } },
      }),
      '/api/v1/receipts': made('writeReceipt', 'The lines for the chart, without the client', json('Receipt')),
      '/api/v1/meters': made('measureChoice', 'How long and how hard it is, and what it lacks', json('Meter')),
      '/api/v1/clinician-copies': made(
        'makeClinicianCopy',
        'Make the clinician’s copy of the same choice, with nothing of the client in it',
        pdf('Why to give it, how to introduce it, when not to, and a question to teach back.'),
        {},
      ),
      ...batchPaths({ refused, text, json, guarded }),
      '/api/v1/articles': {
        get: {
          operationId: 'listArticles',
          summary: 'What can be made',
          responses: {
            200: {
              description: 'The articles.',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Articles' } } },
            },
            ...guarded,
          },
        },
      },
      '/api/v1/openapi.json': {
        get: {
          operationId: 'describeApi',
          summary: 'This description',
          responses: {
            200: { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
            ...guarded,
          },
        },
      },
      '/livez': {
        get: {
          operationId: 'isUp',
          summary: 'Whether the server is up',
          responses: { 200: text('It is.'), ...guarded },
        },
      },
    },
    components: {
      schemas: {
        Choice: schemaOf(requestSchema),
        Articles: schemaOf(articlesSchema),
        Receipt: schemaOf(receiptSchema),
        Meter: schemaOf(meterSchema),
        BatchRequest: schemaOf(batchRequestSchema),
        Check: schemaOf(checkSchema),
        Batch: schemaOf(batchSchema),
        Reprint: schemaOf(reprintSchema),
        Batches: schemaOf(z.array(batchSchema)),
        Problem: schemaOf(problemSchema),
      },
    },
  };
}

const json = (schema: string) => ({
  description: 'As JSON.',
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
});

/** OpenAPI 3.1 takes JSON Schema 2020-12 as it is; the dialect is the document's. */
function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
