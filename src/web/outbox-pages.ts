// What a person decides about mails in; the outbox as a page, one mailing as a page, and both live out.
import { setTimeout } from 'node:timers/promises';
import express, { type Request, type Response } from 'express';
import type { Outbox } from '../deliver/outbox.ts';
import { HandoutError, type Problem } from '../errors.ts';
import type { Mailing } from '../store/mail.ts';
import { isId } from './batch-pages.ts';
import { fail } from './failures.ts';
import { isOpen, mailingPageView, outboxView, type Standing } from './outbox-view.ts';
import type { Services } from './services.ts';
import { render } from './views.ts';

const readForm = express.urlencoded({ extended: false, limit: '10kb', parameterLimit: 10 });
const LOOK_MS = 400;
/** Counted over a month of mails. */
const LOOK_AT_ALL_MS = 1000;
const MOST_OPEN = 20;

export function outboxRouter(services: Services): express.Router {
  const router = express.Router();
  const { outbox } = services;

  router.get('/outbox', (_request, response) => showAll(response, services));
  router.get('/outbox/events', (_request, response) => events(response, outbox));
  router.post('/outbox/resume', readForm, async (request, response) => {
    await outbox.resume();
    back(request, response);
  });
  router.post('/outbox/delete', async (_request, response) => {
    await outbox.deleteNow();
    response.redirect(303, '/outbox');
  });

  router.post('/outbox/mails/:id', readForm, async (request, response) => {
    const mail = isId(request.params.id) ? await outbox.find(request.params.id) : null;
    if (mail === null) return fail(response, 404, GONE);
    const act = ACTS.find((one) => one === request.body?.act);
    try {
      if (act !== undefined) await outbox[act](mail.id);
      back(request, response);
    } catch (error) {
      if (!(error instanceof HandoutError)) throw error;
      await showOne(response.status(409), services, mail.mailing, [TOO_LATE]);
    }
  });

  router.get('/outbox/:mailing', (request, response) => showOne(response, services, request.params.mailing));
  router.get('/outbox/:mailing/events', async (request, response) => {
    if ((await standingOf(outbox, request.params.mailing)) === null) return fail(response, 404, GONE);
    await events(response, outbox, request.params.mailing);
  });
  router.post('/outbox/:mailing/delete', async (request, response) => {
    const { mailing } = request.params;
    if ((await standingOf(outbox, mailing)) === null) return fail(response, 404, GONE);
    await outbox.deleteNow(mailing);
    response.redirect(303, `/outbox/${mailing}`);
  });
  return router;
}

const ACTS = ['cancel', 'retry', 'release'] as const;

/** Where the button was pressed: on the page of a mailing, or on that of all. */
function back(request: Request, response: Response): void {
  const { mailing } = request.body ?? {};
  response.redirect(303, typeof mailing === 'string' && isId(mailing) ? `/outbox/${mailing}` : '/outbox');
}

async function standingOf(outbox: Outbox, id: string): Promise<Standing | null> {
  if (!isId(id)) return null;
  const mails = await outbox.list(id);
  const [first] = mails;
  if (first === undefined) return null;
  const fromForm = mails.every(({ row }) => row === 0);
  return { mailing: { mailing: id, made: first.made, fromForm, counts: await outbox.counts(id) }, mails };
}

async function showAll(response: Response, { outbox, sending }: Services): Promise<void> {
  const all = await outbox.mailings();
  const open: Standing[] = [];
  const over: Mailing[] = [];
  for (const mailing of all) {
    if (!isOpen(mailing.counts)) over.push(mailing);
    else if (open.length < MOST_OPEN) open.push({ mailing, mails: await outbox.list(mailing.mailing) });
  }
  const page = { open, over, sends: sending() !== null, paused: await outbox.paused(), problems: [] };
  response.send(render('outbox', outboxView(page)));
}

async function showOne(
  response: Response,
  { outbox }: Services,
  id: string,
  problems: readonly Problem[] = [],
): Promise<void> {
  const standing = await standingOf(outbox, id);
  if (standing === null) return fail(response, 404, GONE);
  const page = { ...standing, paused: await outbox.paused(), problems };
  response.send(render('mailing', mailingPageView(page)));
}

/** Server-sent events that only say that something has changed, until nothing more can; what it is stands on the page. */
async function events(response: Response, outbox: Outbox, mailing?: string): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.set('Content-Type', 'text/event-stream').flushHeaders();
  let last = '';
  while (!gone.signal.aborted) {
    const counts = await outbox.counts(mailing);
    const paused = await outbox.paused();
    const seen = JSON.stringify([
      counts,
      paused?.message,
      mailing === undefined ? 0 : await lastChange(outbox, mailing),
    ]);
    if (seen !== last) response.write(`data: ${JSON.stringify({ open: isOpen(counts) })}\n\n`);
    last = seen;
    if (mailing !== undefined && !isOpen(counts)) break;
    await setTimeout(mailing === undefined ? LOOK_AT_ALL_MS : LOOK_MS, undefined, { signal: gone.signal }).catch(
      () => undefined,
    );
  }
  response.end();
}

/** A mail that was tried again and failed again is counted as before. */
const lastChange = async (outbox: Outbox, mailing: string) =>
  (await outbox.list(mailing)).reduce((latest, { changed }) => Math.max(latest, changed), 0);

const GONE = 'There is no such e-mail. What was sent is remembered for a month.';
const TOO_LATE: Problem = {
  code: 'mail-late',
  message: 'It is too late for that: the mail has gone on since.',
  hint: 'How it stands is said below.',
};
