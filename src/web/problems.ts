// What went wrong in the API in, problem+json (RFC 9457) out, each problem with its field.
import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, Response } from 'express';
import { type Code, HandoutError, type Problem } from '../errors.ts';
import { placeOf, routeOf } from './record.ts';
import type { Log } from './services.ts';

/** All others are 422: what was sent could be read, and can't be made. */
const STATUS: Readonly<Partial<Record<Code, number>>> = {
  'article-unknown': 404,
  'language-unknown': 404,
  'crisis-line-missing': 409, // the practice has to be set up first
  'article-broken': 500,
  'batch-unknown': 404,
  'batch-unready': 409,
  'key-used': 409,
  'file-twice': 409,
  'review-due': 409,
  'table-too-large': 413,
  'image-unusable': 500,
  'template-broken': 500,
};

const TOO_LARGE = 'What was sent is too large: a note can have 2,000 characters, a spreadsheet 20 MB.';
const UNREADABLE = 'What was sent is not the JSON or the form that it says it is.';

/** The last handler of the API. */
export const refusals =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = statusOf(error);
    if (error instanceof HandoutError && status !== 500)
      return problem(response, status, error.message.replaceAll('\n', ' '), error.problems);
    if (status === 413) return problem(response, 413, TOO_LARGE);
    if (status === 400) return problem(response, 400, UNREADABLE);
    if (status === 415) return problem(response, 415, 'Send JSON in UTF-8.');
    log.error({ route: routeOf(request), ...placeOf(error) }, 'bug');
    problem(response, 500, 'Something went wrong in Keepsake itself. Nothing was made or kept. Try again.');
  };

/** Of several problems the gravest decides: ours, then what was sent, then what is missing. */
function statusOf(error: unknown): number {
  if (error instanceof HandoutError) {
    const all = error.problems.map(({ code }) => STATUS[code] ?? 422);
    return [500, 413, 422, 409, 404].find((status) => all.includes(status)) ?? 500;
  }
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' ? status : 500;
}

/** `about:blank` says that the title is the status' own (RFC 9457, 4.2.1). */
export function problem(response: Response, status: number, detail: string, problems: readonly Problem[] = []): void {
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
