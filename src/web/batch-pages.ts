// The id of a batch in; its page, its progress as events, its files and its end out.
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Progress } from '../deliver/batches.ts';
import { reportFile } from '../deliver/report.ts';
import { HandoutError, type Problem } from '../errors.ts';
import type { Batch } from '../store/batch.ts';
import { showGone } from './batch-form.ts';
import { batchView, deletedPath, wordsOf } from './batch-view.ts';
import type { Services } from './services.ts';
import { stream } from './stream.ts';
import { render } from './views.ts';

const readForm = express.urlencoded({ extended: false, limit: '10kb', parameterLimit: 10 });

type Answer = (batch: Batch, request: Request, response: Response) => Promise<void> | void;

export function batchRouter(services: Services): express.Router {
  const router = express.Router();
  const { batches } = services;

  const onBatch =
    (answer: Answer): RequestHandler<{ id: string }> =>
    async (request, response) => {
      const batch = isId(request.params.id) ? await batches.find(request.params.id) : null;
      if (batch === null) return showGone(response, services);
      await answer(batch, request as Request, response);
    };

  router.get(
    '/batches/:id',
    onBatch((batch, request, response) => show(response, services, batch, rowIn(request))),
  );
  router.get(
    '/batches/:id/events',
    onBatch(({ id }, _request, response) => events(response, services, id)),
  );
  router.post(
    '/batches/:id/stop',
    onBatch(async ({ id }, _request, response) => {
      await batches.stop(id);
      response.redirect(303, `/batches/${id}`);
    }),
  );
  router.post(
    '/batches/:id/delete',
    onBatch(async (batch, _request, response) => {
      await batches.deleteNow(batch.id);
      response.redirect(303, deletedPath(batch));
    }),
  );
  router.post(
    '/batches/:id/reprint',
    readForm,
    onBatch(async (batch, request, response) => {
      const { from, to } = request.body ?? {};
      try {
        await batches.reprint(batch.id, wholeIn(from), wholeIn(to));
        // Without a fragment: a page that loads itself again would only scroll to it.
        response.redirect(303, `/batches/${batch.id}`);
      } catch (error) {
        if (!(error instanceof HandoutError)) throw error;
        await show(response.status(422), services, batch, null, error.problems);
      }
    }),
  );

  router.get(
    '/batches/:id/files/:part.pdf',
    onBatch(async (batch, request, response) => {
      const part = wholeIn(request.params.part);
      const name = `packets-${nameOf(batch)}${batch.parts.length > 1 ? `-${part}` : ''}.pdf`;
      const how = 'download' in request.query ? 'attachment' : 'inline';
      await stream(response, batches.file(batch.id, part), 'pdf', `${how}; filename="${name}"`);
    }),
  );
  router.get(
    '/batches/:id/packets.zip',
    onBatch((batch, _request, response) =>
      stream(response, batches.zip(batch.id), 'zip', `attachment; filename="packets-${nameOf(batch)}.zip"`),
    ),
  );
  router.get(
    '/batches/:id/report.csv',
    onBatch(async (batch, _request, response) => {
      const report = reportFile(await batches.report(batch.id));
      response.set('Content-Disposition', `attachment; filename="report-${nameOf(batch)}.csv"`);
      response.type('csv').send(report);
    }),
  );
  return router;
}

/** Databases complain about an id that is none. */
export const isId = (id: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(id);

const wholeIn = (text: unknown) => (typeof text === 'string' && /^\d{1,7}$/u.test(text.trim()) ? Number(text) : -1);

/** `?rows=201` shows the table from there on. */
function rowIn({ query }: Request): number | null {
  const from = wholeIn(query.rows);
  return from < 1 ? null : from - 1;
}

/** After the time of day, like a single handout: no older one is taken by mistake, and no client is named. */
function nameOf({ made }: Batch): string {
  const at = new Date(made);
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join('');
}

async function show(
  response: Response,
  services: Services,
  { id }: Batch,
  from: number | null,
  problems: readonly Problem[] = [],
): Promise<void> {
  const progress = await firstOf(services, id);
  const batch = await services.batches.find(id);
  if (batch === null) return showGone(response, services);
  const report = batch.state === 'running' ? [] : await services.batches.report(id);
  response.send(render('batch', batchView({ batch, progress, report, from, problems })));
}

/** How it stands now. */
export async function firstOf({ batches }: Services, id: string): Promise<Progress> {
  for await (const progress of batches.progress(id)) return progress;
  throw new Error('A batch tells at once how it stands.');
}

/** Server-sent events (WHATWG HTML 9.2) until it is over; a browser that was cut off asks again by itself. */
async function events(response: Response, { batches }: Services, id: string): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.set('Content-Type', 'text/event-stream').flushHeaders();
  for await (const progress of batches.progress(id, gone.signal)) {
    const { state, made, of, trouble } = progress;
    response.write(`data: ${JSON.stringify({ state, made, of, trouble, words: wordsOf(progress) })}\n\n`);
  }
  response.end();
}
