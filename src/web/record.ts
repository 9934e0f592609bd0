// A request in, one log line out: method, route, status, time, and nothing that was sent.
import type { Request, RequestHandler } from 'express';
import type { Log } from './services.ts';

export const record =
  (log: Log): RequestHandler =>
  (request, response, next) => {
    const start = performance.now();
    response.once('close', () => {
      const ms = Math.round(performance.now() - start);
      log.info({ method: request.method, route: routeOf(request), status: response.statusCode, ms }, 'request');
    });
    next();
  };

/** The pattern, as we wrote it; never the address, which anybody can write into. */
export function routeOf(request: Request): string {
  const path: unknown = request.route?.path;
  return typeof path === 'string' ? `${request.baseUrl}${path}` : '-';
}

/** A bug's kind and place. Its message may quote what was sent, so it stays out. */
export function placeOf(error: unknown): { error: string; at: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line));
  return { error: error.name, at: lines.slice(0, 8).map((line) => line.trim()) };
}
