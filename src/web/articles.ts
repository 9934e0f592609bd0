// The page of articles: what the practice decides about each in, the list with how each stands out.
import express, { type Request, type Response } from 'express';
import type { Article } from '../content/article.ts';
import { partsOf, standingOf } from '../content/shelf.ts';
import { type Change, changesOf, wordingOf } from '../content/wording.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { articlesView, type Signature } from './articles-view.ts';
import type { Services } from './services.ts';
import { render } from './views.ts';

const readForm = express.urlencoded({ extended: false, limit: '20kb', parameterLimit: 20 });

export function articlesRouter(services: Services): express.Router {
  const router = express.Router();

  router.get('/articles', async (request, response) => {
    const saved = typeof request.query.saved === 'string' ? request.query.saved : '';
    await show(response, services, { saved });
  });

  router.post('/articles', readForm, async (request, response) => {
    const body: Readonly<Record<string, unknown>> = request.body ?? {};
    const act = String(body.act ?? '');
    const article = articleAt(services, String(body.article ?? ''));
    if (act === 'only' || act === 'all') {
      await services.shelf.onlyReviewed(act === 'only');
      return response.redirect(303, '/articles');
    }
    if (article === undefined) return response.redirect(303, '/articles');
    const { slug, lang } = article;
    if (act === 'review') return review(article, body, response, services);
    if (act === 'withdraw') await services.shelf.withdraw(slug, lang);
    if (act === 'hide') await services.shelf.hide(slug, lang);
    if (act === 'show') await services.shelf.show(slug, lang);
    response.redirect(303, `/articles?saved=${slug}-${lang}#${slug}-${lang}`);
  });

  router.get('/articles/:article/:language', (request, response, next) => readWhole(request, response, services, next));
  return router;
}

const articleAt = ({ all }: Services, key: string): Article | undefined =>
  all.articles.find(({ slug, lang }) => `${slug}/${lang}` === key);

/** The whole article as it is printed for nobody, whether or not it is handed out: nobody signs what they can't read. */
async function readWhole(request: Request, response: Response, services: Services, next: () => void): Promise<void> {
  const article = articleAt(services, `${request.params.article}/${request.params.language}`);
  if (article === undefined) return next();
  const practice = await services.practices.read();
  const sections = article.sections.map(({ id }) => id);
  const choice = await services.read({ article: 'none', date: services.today(), sections });
  const { pdf } = await services.makeToRead({ ...choice, article: article.slug, language: article.lang }, practice);
  response.set({ 'Content-Type': 'application/pdf', 'Content-Disposition': 'inline; filename="to-read.pdf"' });
  response.send(pdf);
}

/** The name is printed, so that it is checked like the one under a note. */
async function review(
  article: Article,
  body: Readonly<Record<string, unknown>>,
  response: Response,
  services: Services,
): Promise<void> {
  const { slug, lang, version } = article;
  const text = (name: string) => (typeof body[name] === 'string' ? body[name].trim() : '');
  const signature: Signature = { article: `${slug}/${lang}`, by: text('by'), on: text('on'), due: text('due') };
  try {
    const { clinician = '', date } = await services.read({
      article: slug,
      clinician: signature.by,
      date: signature.on,
    });
    const problems = wrongWith({ ...signature, by: clinician, on: date }, services.today());
    if (problems.length > 0) throw new HandoutError(problems);
    await services.read({ article: slug, date: signature.due }).catch((error: unknown) => {
      throw error instanceof HandoutError ? new HandoutError([NO_DUE_DAY]) : error;
    });
    // Made with that name, to see that it can be printed.
    const tried = await services.read({ article: slug, language: lang, clinician, date });
    await services.makeToRead(tried, await services.practices.read());
    const { due } = signature;
    const parts = partsOf(article);
    const signed = { article: slug, language: lang, version, by: clinician, on: date, due, parts };
    await services.shelf.review(signed, wordingOf(article));
    response.redirect(303, `/articles?saved=${slug}-${lang}#${slug}-${lang}`);
  } catch (error) {
    if (!(error instanceof HandoutError)) throw error;
    await show(response.status(422), services, { signature, problems: error.problems.map(atItsField) });
  }
}

const wrong = (field: string, message: string): Problem => ({ code: 'field-invalid', message, place: { field } });

const NO_DUE_DAY = wrong('due', 'The next review needs a day, like 2027-11-23.');

function wrongWith({ by, on, due }: Signature, today: string): Problem[] {
  return [
    ...(by === '' ? [wrong('by', 'A review needs the name of the clinician who read the article.')] : []),
    ...(on > today ? [wrong('on', 'The day of the review is still to come.')] : []),
    ...(due <= on ? [wrong('due', 'The next review must come after this one.')] : []),
  ];
}

/** The fields of a choice by the names that they have here. */
function atItsField(problem: Problem): Problem {
  const field = problem.place !== undefined && 'field' in problem.place ? problem.place.field : '';
  const own = { clinician: 'by', date: 'on' }[field] ?? field;
  return { ...problem, place: { field: own } };
}

interface Shown {
  saved?: string;
  signature?: Signature;
  problems?: readonly Problem[];
}

async function show(response: Response, services: Services, { saved = '', ...shown }: Shown): Promise<void> {
  await services.refresh();
  const [practice, shelf] = [await services.practices.read(), await services.shelf.read()];
  const changes = new Map<Article, readonly Change[]>();
  for (const article of services.all.articles) {
    const review = shelf.reviews.find((one) => one.article === article.slug && one.language === article.lang);
    if (review === undefined || standingOf(article, shelf, services.today()).state !== 'changed') continue;
    changes.set(article, changesOf(article, review, await services.shelf.words(article.slug, article.lang)));
  }
  const page = {
    articles: services.all.articles,
    changes,
    shelf,
    practice,
    today: services.today(),
    saved,
    signature: shown.signature ?? null,
    problems: shown.problems ?? [],
  };
  response.send(render('articles', articlesView(page)));
}
