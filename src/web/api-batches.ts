// The API of batches: rows or a spreadsheet in; a batch, its files and its report out.
import { createHash } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import type { Progress } from '../deliver/batches.ts';
import { guessMapping } from '../deliver/columns.ts';
import { readTable } from '../deliver/read-table.ts';
import { reasonOf, reportFile } from '../deliver/report.ts';
import { dueIn } from '../deliver/reviews.ts';
import type { Table } from '../deliver/table.ts';
import { HandoutError, type Problem, refuse } from '../errors.ts';
import type { Batch } from '../store/batch.ts';
import { madeToday } from './batch-form.ts';
import { firstOf, isId } from './batch-pages.ts';
import { batchRequestSchema, type batchSchema, type checkSchema, reprintSchema } from './batch-schemas.ts';
import { BATCH_LOOKS, type BatchLook, type BatchState, firstState } from './batch-state.ts';
import { isChecked, outcomeOf, startBatch } from './check.ts';
import type { Draft } from './drafts.ts';
import { problem } from './problems.ts';
import type { Services } from './services.ts';
import { stream } from './stream.ts';
import { readSpreadsheet, uploadOf } from './upload.ts';

type Asked = z.output<typeof batchRequestSchema>;
type Shown = z.output<typeof batchSchema>;

export function batchApi(services: Services): express.Router {
  const router = express.Router();
  const { batches } = services;
  const shown = async (id: string) => shownOf((await batches.find(id))!, await firstOf(services, id));

  router.get('/', async (_request, response) => {
    const list = await batches.list();
    response.json(await Promise.all(list.map(async (batch) => shownOf(batch, await firstOf(services, batch.id)))));
  });

  router.post('/', express.json({ limit: '20mb' }), readSpreadsheet, async (request, response) => {
    if (!request.is(['application/json', 'multipart/form-data']))
      return problem(response, 415, 'Send JSON, or a form with the spreadsheet as “file” and the rest as “request”.');
    const given = await givenIn(request, services);
    if (given.asked.check) return void response.json(checkOf(given.outcome));
    const key = keyIn(request, given.file, given.asked);
    const before = key === null ? null : await sameBefore(key, services);
    if (before !== null) return void response.json(await shown(before.id));
    if (!isChecked(given.outcome)) throw new HandoutError(given.outcome.problems);
    if (given.outcome.recipients.length === 0) throw new HandoutError(checkOf(given.outcome).problems.map(nothingFor));
    const due = given.asked.despiteReview ? [] : dueIn(given.outcome);
    refuse(due.map((one) => ({ ...one, hint: 'Send "despiteReview": true to make it all the same.' })));
    if (!given.asked.again && (await madeToday(given, services)) !== null) throw new HandoutError([MADE_BEFORE]);
    const id = await start(given, services, key);
    response
      .status(201)
      .location(`/api/v1/batches/${id}`)
      .json(await shown(id));
  });

  const onBatch =
    (answer: (batch: Batch, request: Request, response: Response) => Promise<void>): RequestHandler<{ id: string }> =>
    async (request, response) => {
      const batch = isId(request.params.id) ? await batches.find(request.params.id) : null;
      if (batch === null) throw new HandoutError([GONE]);
      await answer(batch, request as Request, response);
    };

  router.get(
    '/:id',
    onBatch(async ({ id }, _request, response) => void response.json(await shown(id))),
  );
  router.get(
    '/:id/file',
    onBatch(async (batch, request, response) => {
      const part = Number(request.query.part ?? 1);
      if (!batch.parts.some(({ number, ready }) => number === part && ready)) throw new HandoutError([NOT_READY]);
      await stream(response, batches.file(batch.id, part), 'pdf', `attachment; filename="packets-${part}.pdf"`);
    }),
  );
  router.get(
    '/:id/zip',
    onBatch(async ({ id, kind, state }, _request, response) => {
      if (kind !== 'zip' || state !== 'ready') throw new HandoutError([NOT_READY]);
      await stream(response, batches.zip(id), 'zip', 'attachment; filename="packets.zip"');
    }),
  );
  router.get(
    '/:id/report',
    onBatch(async ({ id }, _request, response) => {
      response.type('csv').set('Content-Disposition', 'attachment; filename="report.csv"');
      response.send(reportFile(await batches.report(id)));
    }),
  );
  router.post(
    '/:id/stop',
    onBatch(async ({ id }, _request, response) => {
      await batches.stop(id);
      response.json(await shown(id));
    }),
  );
  router.post(
    '/:id/reprints',
    express.json({ limit: '10kb' }),
    onBatch(async ({ id }, request, response) => {
      if (!request.is('application/json')) return problem(response, 415, 'Send JSON like {"from": 137, "to": 140}.');
      const { from, to } = read(reprintSchema, request.body);
      await batches.reprint(id, from, to);
      response.status(201).json(await shown(id));
    }),
  );
  router.delete(
    '/:id',
    onBatch(async ({ id }, _request, response) => {
      await batches.deleteNow(id);
      response.status(204).end();
    }),
  );
  return router;
}

interface Given extends Pick<Draft, 'file' | 'state' | 'outcome'> {
  asked: Asked;
}

async function givenIn(request: Request, services: Services): Promise<Given> {
  const upload = uploadOf(request.file);
  const asked = read(batchRequestSchema, upload === null ? request.body : jsonIn(request.body?.request));
  if (upload === null && asked.rows === undefined) throw new HandoutError([NO_ROWS]);
  const file = upload?.bytes ?? Buffer.from(JSON.stringify(asked.rows));
  const table = upload === null ? tableOf(asked.rows ?? []) : await readTable(upload.bytes, upload.name);
  const guess = guessMapping(table);
  const mapping = table.headings.map((heading, index) => own(asked.columns, heading) ?? guess[index] ?? null);
  const state = await stateOf(asked, services);
  return { asked, file, state, outcome: await outcomeOf({ table, mapping, state }, services) };
}

function read<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const found = schema.safeParse(input);
  if (!found.success) throw new HandoutError(found.error.issues.map(({ path, message }) => unfit(path, message)));
  return found.data;
}

function jsonIn(text: unknown): unknown {
  try {
    return JSON.parse(typeof text === 'string' && text !== '' ? text : '{}');
  } catch {
    throw Object.assign(new Error(), { status: 400 });
  }
}

/** A heading may be called like something every object has. */
function own<T>(of: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}

/** Rows are counted from 1; every name that some row has is a heading. */
function tableOf(rows: readonly Readonly<Record<string, string>>[]): Table {
  const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = (row: Readonly<Record<string, string>>) => headings.map((heading) => own(row, heading) ?? '');
  const numbered = rows.map((row, index) => ({ row: index + 1, cells: cells(row) }));
  return { headings, headingRow: 0, rows: numbered, shifted: [], hidden: [], delimiter: ',', sheet: null };
}

async function stateOf(asked: Asked, services: Services): Promise<BatchState> {
  const usual = firstState(await services.practices.read(), services.today());
  const { saved, articles, preset, language, note, clinician, date, paper, fit, maySend, copies } = asked;
  const { sameToo, hiddenToo } = asked;
  const { kind, order, partsOf, names } = asked;
  const { simplex, separators, covers, addressPages } = asked;
  const looks = Object.fromEntries(BATCH_LOOKS.map((look) => [look, asked[look]])) as Record<BatchLook, boolean>;
  const printing = { simplex, separators, covers, addressPages };
  return {
    ...{ saved, articles, preset, language, note, maySend, sameToo, hiddenToo, looks },
    fit: fit === undefined ? '' : String(fit),
    copies: String(copies),
    clinician: clinician ?? usual.clinician,
    date: date ?? usual.date,
    paper: paper ?? usual.paper,
    mail: usual.mail,
    output: { kind, printing, order, names, partsOf: partsOf === undefined ? '' : String(partsOf) },
  };
}

interface Key {
  id: string;
  request: string;
}

/** The same key leads to the same batch, whichever machine it comes to and also after a restart. */
function keyIn(request: Request, file: Uint8Array, { rows: _rows, ...asked }: Asked): Key | null {
  const key = request.get('Idempotency-Key');
  if (key === undefined) return null;
  if (key.length < 8 || key.length > 255) throw new HandoutError([UNFIT_KEY]);
  const hex = createHash('sha256').update(`keepsake-batch ${key}`).digest('hex');
  // A UUID of version 8 (RFC 9562, 5.8).
  const id = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)];
  const said = createHash('sha256').update(key).update(JSON.stringify(asked)).update(file).digest('hex');
  return { id: id.join('-'), request: said };
}

async function sameBefore({ id, request }: Key, { batches }: Services): Promise<Batch | null> {
  const batch = await batches.find(id);
  if (batch !== null && (batch.settings as { request?: string }).request !== request) throw new HandoutError([USED]);
  return batch;
}

async function start(given: Given, services: Services, key: Key | null): Promise<string> {
  try {
    return await startBatch(given, services, key ?? {});
  } catch (error) {
    if (key === null || error instanceof HandoutError) throw error;
    // The store takes no id twice: another request was quicker, or it is deleted.
    const other = await sameBefore(key, services);
    if (other === null && isTaken(error)) throw new HandoutError([USED]);
    if (other === null) throw error;
    return other.id;
  }
}

/** SQLite's and PostgreSQL's word for it. */
const isTaken = (error: unknown) => /^(SQLITE_CONSTRAINT|23505)/u.test(String((error as { code?: unknown }).code));

function checkOf(outcome: Draft['outcome']): z.output<typeof checkSchema> {
  if (!isChecked(outcome)) throw new HandoutError(outcome.problems);
  const { summary, recipients, problems, same, hidden, warnings } = outcome;
  const told = (found: typeof problems) =>
    found.map(({ row, column, code, message, hint }) => ({
      ...{ row, column, code, message },
      ...(hint === undefined ? {} : { hint }),
    }));
  const left = { same: [...same], hidden: [...hidden] };
  return { summary, ready: recipients.length, problems: told(problems), ...left, warnings: told(warnings) };
}

function shownOf(batch: Batch, progress: Progress): Shown {
  const { id, kind, rows, done, refused, parts } = batch;
  const { state, made, of, secondsLeft, trouble } = progress;
  const files = parts.map(({ number, first, last, ready, again, sha256 }) => {
    return { part: number, from: first + 1, to: last + 1, ready, again, sha256 };
  });
  const expires = new Date(batch.expires).toISOString();
  return { id, kind, state, made, of, secondsLeft, trouble, rows, done, refused, expires, files };
}

const nothingFor = ({
  row,
  code,
  column,
  message,
  hint,
}: z.output<typeof checkSchema>['problems'][number]): Problem => ({
  code: code as Problem['code'],
  message: `Row ${row}: ${reasonOf({ code: code as Problem['code'], row, column, message })}`,
  ...(hint === undefined ? {} : { hint }),
});

const unfit = (path: readonly PropertyKey[], message: string): Problem => ({
  code: 'field-invalid',
  message: `“${String(path[0] ?? 'body').slice(0, 40)}” is not what it should be: ${message}.`,
  place: { field: String(path[0] ?? 'body').slice(0, 40) },
});
const GONE: Problem = {
  code: 'batch-unknown',
  message: 'There is no such batch. Its time is over, or it was deleted.',
};
const NOT_READY: Problem = { code: 'batch-unready', message: 'There is no such file, or not yet.' };
const NO_ROWS: Problem = {
  code: 'field-invalid',
  message: 'There are no rows.',
  hint: 'Send them as “rows”, or a spreadsheet as “file” of a form.',
  place: { field: 'rows' },
};
const MADE_BEFORE: Problem = {
  code: 'file-twice',
  message: 'These very rows were made today already.',
  hint: 'Send "again": true to make them once more.',
  place: { field: 'again' },
};
const USED: Problem = {
  code: 'key-used',
  message: 'This Idempotency-Key was sent before, with something else or for a batch that is no more.',
  hint: 'Send another one.',
};
const UNFIT_KEY: Problem = {
  code: 'field-invalid',
  message: 'An Idempotency-Key has 8 to 255 characters.',
  hint: 'Send a random one.',
};
