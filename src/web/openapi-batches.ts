// The words OpenAPI needs for refusals in, the paths of batches as OpenAPI describes them out.

type Described = Record<string, unknown>;

export interface Answers {
  refused(description: string): Described;
  text(description: string): Described;
  json(schema: string): Described;
  /** What is asked before the request itself is looked at. */
  guarded: Described;
}

const SCHEMA = { $ref: '#/components/schemas/BatchRequest' };
const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Random, 8 to 255 characters. The same request sent again with it leads to the same batch.',
  schema: { type: 'string', minLength: 8, maxLength: 255 },
};
const FORM = {
  type: 'object',
  required: ['file'],
  properties: {
    file: { type: 'string', contentMediaType: 'application/octet-stream' },
    request: { type: 'string', contentMediaType: 'application/json', contentSchema: SCHEMA },
  },
};

export function batchPaths({ refused, text, json, guarded }: Answers): Record<string, Described> {
  const gone = { 404: refused('There is no such batch; its time is over, or it was deleted.') };
  const binary = (type: string, description: string) => ({
    description,
    content: { [type]: { schema: { type: 'string', contentMediaType: type } } },
  });
  const read = (operationId: string, summary: string, ok: Described, other: Described = {}, parameters = [ID]) => ({
    get: { operationId, summary, parameters, responses: { 200: ok, ...gone, ...other, ...guarded } },
  });
  const part = { name: 'part', in: 'query', required: false, schema: { type: 'integer', minimum: 1, default: 1 } };
  const unready = { 409: refused('There is no such file, or not yet.') };
  return {
    '/api/v1/batches': {
      get: {
        operationId: 'listBatches',
        summary: 'The batches there are, the newest first; nothing of a client',
        responses: { 200: json('Batches'), ...guarded },
      },
      post: {
        operationId: 'makeBatch',
        summary: 'Make a print file or a ZIP for many clients, or check what would come of it',
        parameters: [KEY],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: SCHEMA }, 'multipart/form-data': { schema: FORM } },
        },
        responses: {
          200: {
            description: 'What would come of it; or the batch that was made with this key before.',
            content: {
              'application/json': {
                schema: { anyOf: [{ $ref: '#/components/schemas/Check' }, { $ref: '#/components/schemas/Batch' }] },
              },
            },
          },
          201: { ...json('Batch'), headers: { Location: { required: true, schema: { type: 'string' } } } },
          400: refused('The body can’t be read.'),
          403: text('Sent by a page of another site.'),
          409: refused(
            'These very rows were made today already, an article was to be reviewed again, or the key was used for something else.',
          ),
          413: refused('More than 20 MB or 100,000 rows.'),
          415: refused('The body is of another type.'),
          422: refused('Nothing can be made as asked; every problem is listed.'),
          ...guarded,
        },
      },
    },
    '/api/v1/batches/{id}': {
      ...read('showBatch', 'How a batch stands', json('Batch')),
      delete: {
        operationId: 'deleteBatch',
        summary: 'All printed, delete now: stops it where it runs, and deletes rows and files at once',
        parameters: [ID],
        responses: {
          204: { description: 'Nothing of it is left.' },
          403: text('Sent by a page of another site.'),
          ...gone,
          ...guarded,
        },
      },
    },
    '/api/v1/batches/{id}/stop': {
      post: {
        operationId: 'stopBatch',
        summary: 'Stop it where it runs: what is made of it is not handed out',
        parameters: [ID],
        responses: { 200: json('Batch'), 403: text('Sent by a page of another site.'), ...gone, ...guarded },
      },
    },
    '/api/v1/batches/{id}/reprints': {
      post: {
        operationId: 'printAgain',
        summary: 'Print a range of clients once more: a new file, marked `again`, joins the others',
        parameters: [ID],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Reprint' } } },
        },
        responses: {
          201: json('Batch'),
          400: refused('The body can’t be read.'),
          403: text('Sent by a page of another site.'),
          409: refused('It is no print file, or not ready.'),
          415: refused('The body is of another type.'),
          422: refused('There is no such range.'),
          ...gone,
          ...guarded,
        },
      },
    },
    '/api/v1/batches/{id}/file': read(
      'getPrintFile',
      'A print file that is ready',
      binary('application/pdf', 'The file.'),
      unready,
      [ID, part],
    ),
    '/api/v1/batches/{id}/zip': read('getZip', 'A ZIP that is ready', binary('application/zip', 'The ZIP.'), unready),
    '/api/v1/batches/{id}/report': read(
      'getReport',
      'What became of each row, without names',
      binary('text/csv', 'UTF-8 with a byte order mark.'),
    ),
  };
}
