// The API: JSON in, a PDF, a list or a description out. Refusals are problem+json (RFC 9457), each problem with its field.
import { STATUS_CODES } from 'node:http';
import express, { type ErrorRequestHandler, type Response } from 'express';
import { type Code, HandoutError, type Problem, sentence } from '../errors.ts';
import type { MadeCopy } from '../make/clinician-copy.ts';
import { findArticle } from '../make/find.ts';
import { meterOf } from '../make/meter.ts';
import { receiptOf } from '../make/receipt.ts';
import type { Choice } from '../merge/choice.ts';
import { noPreset, withPreset } from '../merge/preset.ts';
import { articlesOf, openApi } from './openapi.ts';
import { placeOf, routeOf } from './record.ts';
import type { Log, Services } from './services.ts';

/** Far more than 2,000 characters of note in any script; more than that is no handout. */
const LARGEST_BODY = '100kb';

/** All others are 422: what was sent could be read, and can't be made. */
const STATUS: Readonly<Partial<Record<Code, number>>> = {
  'article-unknown': 404,
  'language-unknown': 404,
  'crisis-line-missing': 409, // the practice has to be set up first
  'article-broken': 500,
  'image-unusable': 500,
  'template-broken': 500,
};

export function apiRouter(services: Services): express.Router {
  const router = express.Router();
  const description = openApi();

  router.get('/openapi.json', (_request, response) => void response.json(description));
  router.get('/articles', (_request, response) => void response.json(articlesOf(services.library())));

  /** The same choice sent to another address makes another thing of it. */
  const answers = (path: string, answer: (choice: Choice, response: Response) => Promise<void>) => {
    router.post(path, express.json({ limit: LARGEST_BODY }), async (request, response) => {
      if (!request.is('application/json'))
        return problem(response, 415, 'Send JSON, with Content-Type: application/json.');
      await answer(await services.read(await completed(request.body, services)), response);
    });
    router.get(path, (_request, response) => {
      response.set('Allow', 'POST');
      problem(response, 405, 'Send what the handout should hold with POST.');
    });
  };
  const { practices } = services;
  answers('/handouts', async (choice, response) => {
    sendPdf(response, await services.make(choice, await practices.read()), 'handout.pdf');
  });
  answers('/web-pages', async (choice, response) => {
    const { html, warnings } = await services.makePage(choice, await practices.read());
    response.set({ 'Content-Disposition': 'attachment; filename="handout.html"', ...noticesOf(warnings) });
    response.type('html').send(html);
  });
  answers('/receipts', async (choice, response) => {
    const practice = await practices.read();
    const made = await services.make(choice, practice);
    response.json({ lines: receiptOf(made, choice, services.library(), practice, services.version) });
  });
  answers('/meters', async (choice, response) => {
    const made = await services.make(choice, await practices.read());
    response.json(meterOf(made, choice, findArticle(services.library(), choice).article!));
  });
  answers('/clinician-copies', async (choice, response) => {
    sendPdf(response, await services.makeCopy(choice, await practices.read()), 'clinician-copy.pdf');
  });

  router.use((_request, response) => problem(response, 404, 'There is nothing at this address.'));
  router.use(refusals(services.log));
  return router;
}

/** A choice without a date is for today; what the practice saved stands under what was sent. */
async function completed(body: unknown, { presets, today }: Services): Promise<unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const { saved, ...request } = { date: today(), ...body } as Record<string, unknown>;
  if (saved === undefined) return request;
  const preset = typeof saved === 'string' ? await presets.use(saved) : null;
  if (preset === null) throw new HandoutError([noPreset('saved')]);
  return withPreset(preset, request);
}

function sendPdf(response: Response, { pdf, pages, warnings }: MadeCopy, name: string): void {
  response.set({
    'Content-Type': 'application/pdf',
    'Content-Disposition': `attachment; filename="${name}"`,
    'X-Handout-Pages': String(pages),
    ...noticesOf(warnings),
  });
  response.send(pdf);
}

function noticesOf(warnings: readonly Problem[]) {
  return { 'X-Handout-Notices': encodeURIComponent(JSON.stringify(warnings.map(sentence))) };
}

const refusals =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = statusOf(error);
    if (status === 413) return problem(response, 413, 'What was sent is too large. A note can have 2,000 characters.');
    if (status === 400) return problem(response, 400, 'What was sent is not JSON.');
    if (status === 415) return problem(response, 415, 'Send JSON in UTF-8.');
    if (error instanceof HandoutError && status !== 500)
      return problem(response, status, error.message.replaceAll('\n', ' '), error.problems);
    log.error({ route: routeOf(request), ...placeOf(error) }, 'bug');
    problem(response, 500, 'Something went wrong in Keepsake itself. Nothing was made or kept. Try again.');
  };

/** Of several problems the gravest decides: ours, then what was sent, then what is missing. */
function statusOf(error: unknown): number {
  if (error instanceof HandoutError) {
    const all = error.problems.map(({ code }) => STATUS[code] ?? 422);
    return [500, 422, 409, 404].find((status) => all.includes(status)) ?? 500;
  }
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' ? status : 500;
}

/** `about:blank` says that the title is the status' own (RFC 9457, 4.2.1). */
function problem(response: Response, status: number, detail: string, problems: readonly Problem[] = []): void {
  const shown = problems.map(({ code, message, hint, place }) => ({
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(place !== undefined && 'field' in place ? { field: place.field } : {}),
  }));
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail, problems: shown }));
}
