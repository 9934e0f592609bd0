// Anything that went wrong in, a page with one plain sentence out; never a stack, never what was sent.
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { placeOf, routeOf } from './record.ts';
import type { Log } from './services.ts';
import { render } from './views.ts';

const SENTENCES: Readonly<Record<number, string>> = {
  400: 'This could not be read. Go back to the form and send it again.',
  404: 'There is no page at this address.',
  405: 'This address can’t be opened directly. Start from the form.',
  413: 'What was sent is too large. A note can have 2,000 characters, a logo file 5 MB. Shorten it and send it again.',
  415: 'This kind of data is not read here. Start from the form.',
};

export const notFound: RequestHandler = (_request, response) => fail(response, 404);

/** For addresses that only take what the form sends. */
export const startFromForm: RequestHandler = (_request, response) => {
  response.set('Allow', 'POST');
  fail(response, 405);
};

export const failures =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = statusOf(error);
    if (status === 500) log.error({ route: routeOf(request), ...placeOf(error) }, 'bug');
    fail(response, status);
  };

/** A page with one sentence: the usual one of this status, or a better one. */
export function fail(response: Response, status: number, better?: string): void {
  const usual = SENTENCES[status] ?? 'Something went wrong in Keepsake itself. Nothing was printed or kept. Try again.';
  const sentence = better ?? usual;
  response.status(status).send(render('failure', { title: 'Keepsake', sentence }));
}

/** Readers of bodies and addresses mark their errors with a status; whatever has none is our bug. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status in SENTENCES ? status : 500;
}
