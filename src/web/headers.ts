// Nothing in, the headers that every answer carries out.
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Everything is forbidden but what the form needs; `blob:` is the preview of the page. */
export const securityHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'"],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: ['blob:'],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  frameguard: { action: 'deny' },
  // `no-referrer` would make browsers send `Origin: null` with our own forms (Fetch, 3.2).
  referrerPolicy: { policy: 'same-origin' },
  // Plain HTTP on the own machine: there is no TLS to insist on.
  strictTransportSecurity: false,
});

/** Pages may hold a client's name: neither disk nor Back keeps them. */
export const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
