// The zod schemas of the edges in, the OpenAPI 3.1 description of the API out; and the list of articles it describes.
import { z } from 'zod';
import type { Library } from '../content/article.ts';
import { requestSchema } from '../merge/choice.ts';

const problemSchema = z.object({
  type: z.string(),
  title: z.string().describe('What could not be done.'),
  status: z.int(),
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

export function openApi(): Record<string, unknown> {
  const refused = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Keepsake',
      version: '1',
      description: 'Makes one handout from an article and a choice. Keeps nothing of a client.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    paths: {
      '/handouts': {
        post: {
          operationId: 'makeHandout',
          summary: 'Make one handout',
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Choice' } } },
          },
          responses: {
            200: {
              description: 'The handout.',
              headers: { 'X-Handout-Pages': { description: 'Number of pages.', schema: { type: 'integer' } } },
              content: { 'application/pdf': { schema: { type: 'string', contentMediaType: 'application/pdf' } } },
            },
            400: refused('The body is not JSON.'),
            404: refused('There is no such article.'),
            413: refused('The body is too large.'),
            415: refused('The body is of another type.'),
            422: refused('The handout can’t be made as asked; every problem is listed.'),
          },
        },
      },
      '/articles': {
        get: {
          operationId: 'listArticles',
          summary: 'What can be made',
          responses: {
            200: {
              description: 'The articles.',
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Articles' } } },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Choice: schemaOf(requestSchema),
        Articles: schemaOf(articlesSchema),
        Problem: schemaOf(problemSchema),
      },
    },
  };
}

/** OpenAPI 3.1 takes JSON Schema 2020-12 as it is; the dialect is the document's. */
function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}
