// The API: JSON in, a PDF, a list or a description out. Refusals are in problems.ts.
import express, { type Response } from 'express';
import { HandoutError, type Problem, sentence } from '../errors.ts';
import type { MadeCopy } from '../make/clinician-copy.ts';
import { findArticle } from '../make/find.ts';
import { meterOf } from '../make/meter.ts';
import { receiptOf } from '../make/receipt.ts';
import type { Choice } from '../merge/choice.ts';
import { noPreset, withPreset } from '../merge/preset.ts';
import { batchApi } from './api-batches.ts';
import { articlesOf, openApi } from './openapi.ts';
import { problem, refusals } from './problems.ts';
import type { Services } from './services.ts';

/** Far more than 2,000 characters of note in any script; more than that is no handout. */
const LARGEST_BODY = '100kb';

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

  router.use('/batches', batchApi(services));
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
