// A spreadsheet and what holds for all its rows in; the page that checks it, its rows as pages, and a batch out.
import { setTimeout } from 'node:timers/promises';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response } from 'express';
import { correctedFile } from '../deliver/corrections.ts';
import { exampleFile } from '../deliver/example.ts';
import { dueIn } from '../deliver/reviews.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { isForMail, mailPath, openQuestions, pressMail, sendPasswords, showMail } from './batch-mail.ts';
import { type BatchState, firstState, readBatchState } from './batch-state.ts';
import { deletedWords } from './batch-view.ts';
import { batchesView } from './batches-view.ts';
import { checkUpload, isChecked, pageOfRow, sheetsOf, startBatch, update } from './check.ts';
import { checkView, makeWords } from './check-view.ts';
import { type Draft, type Drafts, openDrafts } from './drafts.ts';
import { fail } from './failures.ts';
import type { Services } from './services.ts';
import { readSpreadsheet, uploadOf } from './upload.ts';
import { render } from './views.ts';

/** Fifty long notes that are put right, and 200 columns. */
const readForm = express.urlencoded({ extended: false, limit: '2mb', parameterLimit: 2000 });
/** What takes longer to count is on the button when the page is there. */
const COUNT_MS = 600;

type Answer = (draft: Draft, request: Request, response: Response) => Promise<void> | void;

export function batchFormRouter(services: Services, drafts: Drafts = openDrafts()): express.Router {
  const router = express.Router();
  const show = (response: Response, state?: BatchState, problems: readonly Problem[] = []) =>
    showStart(response, services, state, problems);

  router.get('/batches', (request, response) =>
    showStart(response, services, undefined, [], deletedWords(request.query)),
  );
  router.get('/batches/example.csv', (_request, response) => {
    send(response, exampleFile(services.library()), 'csv', 'attachment; filename="example.csv"');
  });

  router.post('/batches', readSpreadsheet, async (request, response) => {
    const state = readBatchState(request.body ?? {});
    const upload = uploadOf(request.file);
    if (upload === null) return show(response.status(422), state, [NO_FILE]);
    try {
      const draft = drafts.keep(await checkUpload(upload, state, services));
      response.redirect(303, `/batches/checks/${draft.id}`);
    } catch (error) {
      if (!(error instanceof HandoutError)) throw error;
      await show(
        response.status(422),
        state,
        error.problems.map((one) => ({ ...one, place: { field: 'file' } })),
      );
    }
  });
  router.use('/batches', tooLarge(services));

  const onDraft =
    (answer: Answer): RequestHandler<{ id: string }> =>
    async (request, response) => {
      const draft = drafts.find(request.params.id);
      if (draft === null) return showStart(response.status(404), services, undefined, [OVER]);
      await answer(draft, request as Request, response);
    };

  router.get(
    '/batches/checks/:id',
    onDraft((draft, _request, response) => showCheck(response, draft, services)),
  );
  router.post(
    '/batches/checks/:id',
    readForm,
    onDraft((draft, request, response) => press(draft, request, response, services, drafts)),
  );
  router.post(
    '/batches/checks/:id/sheets',
    readForm,
    onDraft(async (draft, request, response) => {
      draft.state = { ...draft.state, output: readBatchState(request.body ?? {}).output };
      response.json({ words: makeWords(draft, await sheetsOf(draft, services)) });
    }),
  );
  router.get(
    '/batches/checks/:id/row',
    onDraft((draft, request, response) => {
      const row = Number(request.query.row);
      if (!Number.isSafeInteger(row) || row < 1) return fail(response, 404, NO_ROW);
      response.redirect(303, `/batches/checks/${draft.id}/rows/${row}.pdf`);
    }),
  );
  router.get(
    '/batches/checks/:id/rows/:row.pdf',
    onDraft(async (draft, request, response) => {
      const row = Number(request.params.row);
      const pdf = await pageOfRow(draft, row, services);
      if (pdf === null) return fail(response, 404, NO_ROW);
      send(response, pdf, 'pdf', `inline; filename="row-${row}.pdf"`);
    }),
  );
  const onMail = (answer: Answer) =>
    onDraft((draft, request, response) => {
      if (!isForMail(draft)) return response.redirect(303, `/batches/checks/${draft.id}`);
      const asked = openQuestions(draft);
      if (asked.length > 0) return showCheck(response.status(409), draft, services, asked);
      return answer(draft, request, response);
    });
  router.get(
    '/batches/checks/:id/mail',
    onMail((draft, _request, response) => showMail(response, draft, services)),
  );
  router.post(
    '/batches/checks/:id/mail',
    readForm,
    onMail((draft, request, response) => pressMail(draft, request, response, services)),
  );
  router.get(
    '/batches/checks/:id/passwords.csv',
    onMail((draft, _request, response) => sendPasswords(response, draft)),
  );
  return router;
}

async function press(draft: Draft, request: Request, response: Response, services: Services, drafts: Drafts) {
  const body = request.body ?? {};
  const { id } = draft;
  if (body.act === 'leave') {
    drafts.forget(id);
    return response.redirect(303, '/batches');
  }
  const changed = await update(draft, body, readBatchState(body), services);
  // By its button alone: a link would leave out what was typed and not yet checked.
  if (body.act === 'corrected')
    return send(response, correctedFile(draft.table), 'csv', 'attachment; filename="corrected.csv"');
  draft.unseen = changed && body.act === 'make';
  if (body.act !== 'make' || changed || !isChecked(draft.outcome) || draft.outcome.recipients.length === 0) {
    return response.redirect(303, `/batches/checks/${id}`);
  }
  const reviews = dueIn(draft.outcome);
  const isSaid = body.despiteReview === 'yes';
  if (draft.way === 'email') {
    draft.mail.despite = isSaid ? reviews.map(({ message }) => message) : [];
    const asked = openQuestions(draft);
    if (asked.length > 0) return showCheck(response.status(409), draft, services, asked);
    return response.redirect(303, mailPath(draft));
  }
  const isNew = body.again === 'yes' || (await madeToday(draft, services)) === null;
  const asked = [...(isSaid ? [] : reviews), ...(isNew ? [] : [MADE_BEFORE])];
  if (asked.length > 0) return showCheck(response.status(409), draft, services, asked);
  try {
    const batch = await startBatch(draft, services);
    drafts.forget(id);
    response.redirect(303, `/batches/${batch}`);
  } catch (error) {
    if (!(error instanceof HandoutError)) throw error;
    await showCheck(response.status(422), draft, services, error.problems);
  }
}

/** When this very file was first made into a batch today. */
export function madeToday({ file }: Pick<Draft, 'file'>, { batches }: Services): Promise<Date | null> {
  return batches.sameFile(file, new Date(new Date().setHours(0, 0, 0, 0)));
}

async function showStart(
  response: Response,
  services: Services,
  state: BatchState | undefined,
  problems: readonly Problem[],
  deleted: string | null = null,
): Promise<void> {
  const given = state ?? firstState(await services.practices.read(), services.today());
  const list = await services.batches.list();
  const page = {
    library: services.library(),
    saved: await savedNames(services),
    state: given,
    problems,
    list,
    keepHours: services.batches.keepHours,
    deleted,
  };
  response.send(render('batches', batchesView(page)));
}

const savedNames = async ({ presets }: Services) => (await presets.list()).map(({ name }) => name);

/** The start page for an address of a batch that is no more. */
export const showGone = (response: Response, services: Services) =>
  showStart(response.status(404), services, undefined, [GONE]);

async function showCheck(
  response: Response,
  draft: Draft,
  services: Services,
  problems: readonly Problem[] = [],
): Promise<void> {
  const { outcome } = draft;
  const sheets = await Promise.race([sheetsOf(draft, services), setTimeout(COUNT_MS, null, { ref: false })]);
  const made = await madeToday(draft, services);
  const wrong = isChecked(outcome) ? problems : [...outcome.problems, ...problems];
  const saved = await savedNames(services);
  const page = { draft, library: services.library(), saved, problems: wrong, sheets, made };
  response.send(render('check', checkView(page)));
  draft.unseen = false;
}

function send(response: Response, bytes: Buffer, type: string, how: string): void {
  response.type(type).set('Content-Disposition', how).send(bytes);
}

/** Cut off at its limit; the fields before it were read, so they stay. */
const tooLarge =
  (services: Services): ErrorRequestHandler =>
  async (error: unknown, request, response, next) => {
    if (!(error instanceof Error && 'status' in error && error.status === 413 && request.path === '/')) {
      return next(error);
    }
    await showStart(response.status(413), services, readBatchState(request.body ?? {}), [TOO_LARGE]);
  };

const NO_FILE: Problem = {
  code: 'table-unreadable',
  message: 'No file was chosen.',
  hint: 'Choose the spreadsheet with your clients.',
  place: { field: 'file' },
};
const TOO_LARGE: Problem = {
  code: 'table-too-large',
  message: 'The file is larger than 20 MB.',
  hint: 'Part it into several files.',
  place: { field: 'file' },
};
const OVER: Problem = {
  code: 'batch-unknown',
  message: 'This check is over: a spreadsheet is kept for half an hour, in memory only.',
  hint: 'Choose the file again.',
  place: { field: 'file' },
};
const GONE: Problem = {
  code: 'batch-unknown',
  message: 'There is no such batch. Its time is over, or it was deleted.',
  hint: 'Start it again from the spreadsheet.',
  place: { field: 'file' },
};
const MADE_BEFORE: Problem = {
  code: 'file-twice',
  message: 'This very file was made today already.',
  hint: 'Tick that it is to be made again, or leave it.',
  place: { field: 'again' },
};
const NO_ROW = 'This row can’t be shown: there is none of this number, or it needs a fix first. Go back to the check.';
