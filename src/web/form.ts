// The clinician's form: what she typed in, the form again or the handout as a PDF out. Keeps nothing of either.
import express, { type Request, type Response } from 'express';
import { HandoutError, type Problem } from '../errors.ts';
import { isAbout } from '../make/check.ts';
import type { Made } from '../make/handout.ts';
import { receiptOf } from '../make/receipt.ts';
import { presetOf, readPreset } from '../merge/preset.ts';
import { type Attempt, besideOf, noteState } from './beside.ts';
import { answerEmail } from './email-form.ts';
import { startFromForm } from './failures.ts';
import { type FormPage, formView } from './form-view.ts';
import { type Given, rememberGiven } from './given.ts';
import type { Services } from './services.ts';
import {
  articleOf,
  chooseArticle,
  choosePreset,
  chooseSaved,
  emptyState,
  type FormState,
  isWritten,
  leaveOut,
  moveSection,
  readAct,
  readState,
  requestOf,
  UNWRITTEN,
} from './state.ts';
import { render } from './views.ts';

/** 2,000 characters of note, percent-encoded, are at most 24 kB; three times that still gets its sentence at the field. */
const readForm = express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 200 });

export function formRouter(services: Services): express.Router {
  const router = express.Router();
  const given = rememberGiven();

  router.get('/', async (_request, response) => {
    if (await services.practices.isNew()) return response.redirect(303, '/welcome');
    const state = emptyState(given.form(), await services.practices.read(), services.today());
    await show(response, services, { state, outcome: null });
  });

  router.post('/', readForm, async (request, response) => {
    const { act: button, argument } = readAct(request.body);
    if (button === 'keep') return keep(request, response, services);
    if (button === 'forget') await services.presets.remove(argument);
    const state = button === 'saved' ? await useSaved(request, services, argument) : act(request, services, given);
    await show(response, services, { state, outcome: await attempt(services, state), ask: asks(given, state) });
  });

  router.post('/preview', readForm, async (request, response) => {
    const state = readState(request.body);
    const outcome = await attempt(services, state);
    if ('problems' in outcome) return refuse(response, services, state, outcome);
    if (asks(given, state)) response.set('X-Handout-New-Client', 'ask');
    send(response, services, state, outcome, 'inline');
  });

  for (const [path, hand] of Object.entries(WAYS)) {
    router.post(path, readForm, async (request, response) => {
      const state = readState(request.body);
      const outcome = await attempt(services, state);
      if ('problems' in outcome) return refuse(response, services, state, outcome);
      if (asks(given, state)) return show(response.status(409), services, { state, outcome, ask: true });
      given.made(state.form, nameIn(state));
      await hand(response, services, state, outcome);
    });
  }

  router.post('/email', readForm, async (request, response) => {
    const state = readState(request.body);
    const outcome = await attempt(services, state);
    if ('problems' in outcome) return refuse(response, services, state, outcome);
    if (asks(given, state)) return show(response.status(409), services, { state, outcome, ask: true });
    const leaves = () => given.made(state.form, nameIn(state));
    await answerEmail(request, response, services, { state, outcome, given: leaves });
  });
  router.post('/clinician-copy', readForm, async (request, response) => {
    const state = readState(request.body);
    try {
      const { input, before } = requestOf(state);
      const { pdf } = await services.makeCopy(await services.read(input, before), await services.practices.read());
      response.set({
        'Content-Type': 'application/pdf',
        'Content-Disposition': `inline; filename="for-the-clinician.pdf"`,
      });
      response.send(pdf);
    } catch (error) {
      if (!(error instanceof HandoutError)) throw error;
      await refuse(response, services, state, { problems: error.problems });
    }
  });

  router.get(['/preview', '/clinician-copy', '/email', ...Object.keys(WAYS)], startFromForm);
  return router;
}

type Hand = (
  response: Response,
  services: Services,
  state: FormState,
  outcome: Extract<Attempt, { made: Made }>,
) => Promise<void> | void;

/** What leaves the form, by the address that its button names. */
const WAYS: Readonly<Record<string, Hand>> = {
  '/print': (response, services, state, outcome) => send(response, services, state, outcome, 'inline'),
  '/download': (response, services, state, outcome) => send(response, services, state, outcome, 'attachment'),
  '/web-page': async (response, services, _state, { choice }) => {
    const { html } = await services.makePage(choice, await services.practices.read());
    response.set('Content-Disposition', `attachment; filename="handout-${timeOfDay()}.html"`);
    response.type('html').send(html);
  },
  '/receipt': async (response, services, _state, { made, choice }) => {
    const practice = await services.practices.read();
    const lines = receiptOf(made, choice, services.library(), practice, services.version);
    response.type('text').send(`${lines.join('\n')}\n`);
  },
};

async function useSaved(request: Request, services: Services, name: string): Promise<FormState> {
  const state = readState(request.body);
  const preset = await services.presets.use(name);
  return preset === null ? state : chooseSaved(services.library(), state, preset);
}

/** Keeps article, sections and looks under a name; what is wrong stands at the fields. */
async function keep(request: Request, response: Response, services: Services): Promise<void> {
  const state = readState(request.body);
  try {
    const { input, before } = requestOf({ ...state, client: '', ...UNWRITTEN });
    const preset = presetOf(state.presetName, await services.read(input, before));
    const read = readPreset(preset);
    if ('problems' in read) throw new HandoutError(read.problems.map(atPresetName));
    if (isAbout(read.preset.name, nameIn(state))) throw new HandoutError([NAMES_CLIENT]);
    await services.presets.save(read.preset);
    const kept = { ...state, presetName: '' };
    const said = `Kept as “${read.preset.name}”. You find it where you choose what it is about.`;
    await show(response, services, { state: kept, outcome: await attempt(services, kept), kept: said });
  } catch (error) {
    if (!(error instanceof HandoutError)) throw error;
    await refuse(response, services, state, { problems: error.problems });
  }
}

/** What is kept is kept for everybody, unencrypted, and is never a client's. */
const NAMES_CLIENT: Problem = {
  code: 'field-invalid',
  message: 'This is the client’s name, and nothing about a client is kept.',
  hint: 'Name the choice after what it is for, like “First visit”.',
  place: { field: 'presetName' },
};

const atPresetName = (problem: Problem): Problem => ({ ...problem, place: { field: 'presetName' } });

/** Does what the button says to the form's state. */
function act(request: Request, services: Services, given: Given): FormState {
  const state = readState(request.body);
  const { act, argument } = readAct(request.body);
  switch (act) {
    case 'choose':
      return chooseArticle(services.library(), state, argument);
    case 'change':
      return { ...state, article: '', language: '', sections: [], order: [] };
    case 'preset':
      return choosePreset(services.library(), state, argument);
    case 'leave':
      return leaveOut(state, argument.split(','));
    case 'order':
      return { ...state, ordering: !state.ordering };
    case 'up':
      return moveSection(services.library(), state, argument, -1);
    case 'down':
      return moveSection(services.library(), state, argument, 1);
    case 'new':
      return { ...state, form: given.form(), ...UNWRITTEN };
    case 'another':
      // What one client needs of a page is not the next one's.
      return { ...state, form: given.form(), client: '', looks: forNobody(state.looks), ...UNWRITTEN };
    case 'same':
      given.forget(state.form);
      return state;
    default:
      return state;
  }
}

const forNobody = (looks: FormState['looks']) => ({ ...looks, largePrint: false, discreet: false });

/** Makes the handout as the form stands. Refusals are an outcome; anything else is a bug and goes on. */
async function attempt(services: Services, state: FormState): Promise<Attempt> {
  try {
    const { input, before } = requestOf(state);
    const choice = await services.read(input, before);
    return { made: await services.make(choice, await services.practices.read()), choice };
  } catch (error) {
    if (error instanceof HandoutError) return { problems: error.problems };
    throw error;
  }
}

/** A name alone is nothing stale: the question comes when there are words that were written to somebody else. */
const asks = (given: Given, state: FormState) => isWritten(state) && given.isForAnother(state.form, nameIn(state));

const nameIn = (state: FormState) => state.client.normalize('NFC').trim();

type Shown = Pick<FormPage, 'state' | 'outcome'> & Partial<Pick<FormPage, 'loud' | 'ask' | 'kept'>>;

async function show(response: Response, services: Services, shown: Shown): Promise<void> {
  const practice = await services.practices.read();
  const saved = (await services.presets.list()).map(({ name, choice }) => ({ name, article: choice.article }));
  const article = articleOf(services.library(), shown.state);
  const standing = article === undefined ? null : services.standing(article);
  const page = {
    loud: false,
    ask: false,
    kept: null,
    ...shown,
    library: services.library(),
    practice,
    saved,
    standing,
  };
  response.send(render('form', formView(page)));
}

const refuse = (response: Response, services: Services, state: FormState, outcome: Attempt) =>
  show(response.status(422), services, { state, outcome, loud: true });

function send(
  response: Response,
  services: Services,
  state: FormState,
  outcome: Extract<Attempt, { made: Made }>,
  how: 'inline' | 'attachment',
): void {
  const { made } = outcome;
  const article = articleOf(services.library(), state);
  const standing = article === undefined ? null : services.standing(article);
  const beside = { ...besideOf(outcome, article, false, standing), note: noteState(state, article) };
  response.set({
    'Content-Type': 'application/pdf',
    'Content-Disposition': `${how}; filename="handout-${timeOfDay()}.pdf"`,
    'X-Handout-Pages': String(made.pages),
    'X-Handout-Beside': encodeURIComponent(JSON.stringify(beside)),
  });
  response.send(made.pdf);
}

/** Files are named after the time of day, so that no older one is attached by mistake, and never after the client. */
function timeOfDay(now = new Date()): string {
  return [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0')).join('');
}
