// The services in, the whole web application out. What a request meets, in this order.
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';
import { apiRouter } from './api.ts';
import { articlesRouter } from './articles.ts';
import { batchFormRouter } from './batch-form.ts';
import { batchRouter } from './batch-pages.ts';
import { failures, notFound } from './failures.ts';
import { formRouter } from './form.ts';
import { knownHost, ownPages } from './guard.ts';
import { noStore, securityHeaders } from './headers.ts';
import { letterheadRouter } from './letterhead.ts';
import { mailSettingsRouter } from './mail-settings-page.ts';
import { outboxRouter } from './outbox-pages.ts';
import { record } from './record.ts';
import type { Services } from './services.ts';

const folder = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export function createApp(services: Services): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');

  app.use(knownHost);
  app.use(record(services.log));
  app.use(securityHeaders);
  app.use('/assets', express.static(folder('templates/web'), { index: false, redirect: false }));
  app.use('/fonts', express.static(folder('fonts'), { index: false, redirect: false, maxAge: '1d' }));
  app.use(noStore);
  app.use(ownPages);

  app.get('/livez', (_request, response) => void response.type('text').send('ok\n'));
  app.use(fresh(services));
  app.use('/api/v1', apiRouter(services));
  app.use(formRouter(services));
  app.use(letterheadRouter(services));
  app.use(articlesRouter(services));
  app.use(batchFormRouter(services));
  app.use(batchRouter(services));
  app.use(outboxRouter(services));
  app.use(mailSettingsRouter(services));

  app.use(notFound);
  app.use(failures(services.log));
  return app;
}

/** What the practice decided about its articles holds from the next click on, on every machine. */
const fresh =
  (services: Services): RequestHandler =>
  async (_request, _response, next) => {
    await services.refresh();
    next();
  };
