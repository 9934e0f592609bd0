// The API: JSON in, a PDF, a list or a description out. Refusals are problem+json (RFC 9457), each problem with its field.
import express, { type ErrorRequestHandler, type Response } from 'express';
import { type Code, HandoutError, type Problem } from '../errors.ts';
import { readRequest } from '../make/request.ts';
import { articlesOf, openApi } from './openapi.ts';
import type { Services } from './services.ts';

/** Far more than 2,000 characters of note in any script; more than that is no handout. */
const LARGEST_BODY = '100kb';

const NOT_FOUND: readonly Code[] = ['article-unknown', 'language-unknown'];

export function apiRouter(services: Services): express.Router {
  const router = express.Router();
  const description = openApi();

  router.get('/openapi.json', (_request, response) => void response.json(description));
  router.get('/articles', (_request, response) => void response.json(articlesOf(services.library())));

  router.post('/handouts', express.json({ limit: LARGEST_BODY }), async (request, response) => {
    if (!request.is('application/json'))
      return problem(response, 415, 'Send JSON, with Content-Type: application/json.');
    const body: unknown = request.body;
    const dated =
      typeof body === 'object' && body !== null && !Array.isArray(body) ? { date: services.today(), ...body } : body;
    const choice = readRequest(dated, services.library());
    const { pdf, pages } = await services.make(choice, services.practices.read());
    response.set({
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'attachment; filename="handout.pdf"',
      'X-Handout-Pages': String(pages),
    });
    response.send(pdf);
  });

  router.use((_request, response) => problem(response, 404, 'There is nothing at this address.'));
  router.use(refusals);
  return router;
}

const refusals: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof HandoutError) {
    const status = error.problems.every(({ code }) => NOT_FOUND.includes(code)) ? 404 : 422;
    return problem(response, status, 'This handout can’t be made as asked.', error.problems);
  }
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  if (status === 413) return problem(response, 413, 'What was sent is too large. A note can have 2,000 characters.');
  if (status === 400) return problem(response, 400, 'What was sent is not JSON.');
  if (status === 415) return problem(response, 415, 'Send JSON in UTF-8.');
  next(error);
};

function problem(response: Response, status: number, title: string, problems: readonly Problem[] = []): void {
  const shown = problems.map(({ code, message, hint, place }) => ({
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(place !== undefined && 'field' in place ? { field: place.field } : {}),
  }));
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, problems: shown }));
}
