// A request in; refused when it was not meant for this address or does not come from our own pages.
import type { RequestHandler } from 'express';

/**
 * Another site can point a name of its own at 127.0.0.1 (DNS rebinding); its requests carry that name as Host.
 * 421 is RFC 9110 15.5.20.
 */
export const knownHost: RequestHandler = (request, response, next) => {
  if (isOurs(request.headers.host, request.socket.localPort)) return next();
  response.status(421).type('text').send('Open Keepsake under http://127.0.0.1 or http://localhost, with its port.\n');
};

function isOurs(host: string | undefined, port: number | undefined): boolean {
  const names = ['localhost', '127.0.0.1', '[::1]'];
  const ours = port === 80 ? [...names, ...names.map((name) => `${name}:80`)] : names.map((name) => `${name}:${port}`);
  return host !== undefined && ours.includes(host.toLowerCase());
}

/** Cross-site requests change nothing. Browsers too old for Sec-Fetch-Site send Origin; programs send neither. */
export const ownPages: RequestHandler = (request, response, next) => {
  if (['GET', 'HEAD', 'OPTIONS'].includes(request.method)) return next();
  const site = request.headers['sec-fetch-site'];
  const { origin, host } = request.headers;
  const own =
    site !== undefined
      ? site === 'same-origin' || site === 'none'
      : origin === undefined || origin === `http://${host}`;
  if (own) return next();
  response.status(403).type('text').send('This came from another site. Open Keepsake itself and do it there.\n');
};
