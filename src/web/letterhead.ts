// The practice's pages: what she typed and her logo in, the saved letterhead out; and the first run.
import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import multer from 'multer';
import { HandoutError, type Problem } from '../errors.ts';
import type { Practice } from '../merge/practice.ts';
import { checkLetterhead, letterheadOf, readLetterhead } from './letterhead-fields.ts';
import { type LetterheadPage, letterheadView } from './letterhead-view.ts';
import type { Services } from './services.ts';
import { render } from './views.ts';

const readForm = express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 50 });
const readUpload = multer({
  storage: multer.memoryStorage(),
  defParamCharset: 'utf8',
  limits: { fileSize: 5_000_000, files: 1, fields: 20, fieldSize: 20_000, headerPairs: 50 },
}).single('logo');

/** Whatever stops the reading of a form is the sender's doing, not a bug of ours. */
const readLogo: RequestHandler = (request, response, next) =>
  readUpload(request, response, (error: unknown) => {
    if (error instanceof Error && !(error instanceof multer.MulterError)) Object.assign(error, { status: 400 });
    next(error);
  });

export function letterheadRouter(services: Services): express.Router {
  const router = express.Router();

  router.get('/welcome', (_request, response) => show(response, services, 'welcome'));
  router.post('/welcome', readForm, async (request, response) => {
    const before = await services.practices.read();
    const typed = readLetterhead(request.body ?? {}, letterheadOf(before));
    const checked = checkLetterhead(typed, services.library());
    if (request.body?.act === 'later') {
      await services.practices.save('problems' in checked ? before : putOff(checked.practice, before));
      return response.redirect(303, '/');
    }
    if ('problems' in checked) {
      return show(response.status(422), services, 'welcome', { letterhead: typed, problems: checked.problems });
    }
    await services.practices.save({ ...checked.practice, logo: before.logo });
    response.redirect(303, '/');
  });

  router.get('/practice', (request, response) =>
    show(response, services, 'letterhead', { saved: 'saved' in request.query }),
  );
  router.post('/practice', readLogo, async (request, response) => {
    const before = await services.practices.read();
    const typed = readLetterhead(request.body ?? {}, letterheadOf(before));
    const checked = checkLetterhead(typed, services.library());
    const logo = await chooseLogo(before, request.file?.buffer, request.body?.removeLogo === 'yes');
    if ('problems' in checked || 'problems' in logo) {
      const problems = [
        ...('problems' in checked ? checked.problems : []),
        ...('problems' in logo ? logo.problems : []),
      ];
      return show(response.status(422), services, 'letterhead', { letterhead: typed, problems });
    }
    await services.practices.save({ ...checked.practice, logo: logo.png });
    response.redirect(303, '/practice?saved');
  });
  router.get('/practice/logo.png', async (_request, response, next) => {
    const { logo } = await services.practices.read();
    if (logo === null) return next();
    response.type('png').send(logo);
  });

  router.use('/practice', tooLarge(services));
  return router;
}

/** What has been typed so far stays; a country that nobody changed is still a guess. */
function putOff(typed: Omit<Practice, 'logo'>, before: Practice): Practice {
  const countryIsGuess = before.countryIsGuess && typed.country === before.country;
  return { ...typed, countryIsGuess, logo: before.logo };
}

type Logo = { png: Buffer | null } | { problems: readonly Problem[] };

/** A new file wins over the tick to remove the old one. Browsers send an empty file when none was picked. */
async function chooseLogo(before: Practice, upload: Buffer | undefined, remove: boolean): Promise<Logo> {
  if (upload === undefined || upload.length === 0) return { png: remove ? null : before.logo };
  try {
    const { readImage } = await import('../pdf/image.ts'); // slow to load, and seldom needed
    return { png: await readImage(upload) };
  } catch (error) {
    if (error instanceof HandoutError) return error;
    throw error;
  }
}

async function show(
  response: Response,
  services: Services,
  view: 'welcome' | 'letterhead',
  shown: Partial<Pick<LetterheadPage, 'letterhead' | 'problems' | 'saved'>> = {},
): Promise<void> {
  const practice = await services.practices.read();
  const letterhead = shown.letterhead ?? letterheadOf(practice);
  const page: LetterheadPage = {
    library: services.library(),
    letterhead,
    problems: [],
    guessed: practice.countryIsGuess && letterhead.country === practice.country,
    logo: practice.logo !== null,
    saved: false,
    ...shown,
  };
  response.send(render(view, letterheadView(view === 'welcome' ? 'Welcome' : 'Your letterhead', page)));
}

/** The upload was cut off at its limit; the fields before it were read, so they stay typed. */
const tooLarge =
  (services: Services): ErrorRequestHandler =>
  async (error: unknown, request, response, next) => {
    if (!(error instanceof multer.MulterError)) return next(error);
    const typed = readLetterhead(request.body ?? {}, letterheadOf(await services.practices.read()));
    await show(response.status(413), services, 'letterhead', { letterhead: typed, problems: [TOO_LARGE] });
  };

const TOO_LARGE: Problem = {
  code: 'image-unusable',
  message: 'What was sent is too large: a logo can have at most 5 MB.',
  hint: 'Save the logo smaller and upload it again.',
  place: { field: 'logo' },
};
