// What a person typed about the mail server in; the page on which it is named, kept and tried out.
import express, { type Response } from 'express';
import { MAIL_SETTINGS, type MailField, type MailFields } from '../deliver/mail-settings.ts';
import type { ShownSettings } from '../deliver/mail-setup.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { type MailSettingsPage, mailSettingsView } from './mail-settings-view.ts';
import type { Services } from './services.ts';
import { render } from './views.ts';

/** A private key has some 3 kB. */
const readForm = express.urlencoded({ extended: false, limit: '50kb', parameterLimit: 30 });

const FIELDS = Object.keys(MAIL_SETTINGS) as MailField[];

export function mailSettingsRouter(services: Services): express.Router {
  const router = express.Router();
  const { mailSettings } = services;

  router.get('/mail-settings', (_request, response) => show(response, services));
  router.post('/mail-settings', readForm, async (request, response) => {
    const body: Readonly<Record<string, unknown>> = request.body ?? {};
    const isSaving = body.act === 'save';
    const typed = body.typed === 'yes' ? typedIn(body) : undefined;
    try {
      if (isSaving && typed !== undefined) await mailSettings.save(typed);
      const problem = await mailSettings.test(isSaving ? undefined : typed);
      const tested = { saved: isSaving, works: problem === null };
      await show(response, services, { typed, tested, problems: problem === null ? [] : [problem] });
    } catch (error) {
      if (!(error instanceof HandoutError)) throw error;
      await show(response.status(422), services, { typed, problems: error.problems });
    }
  });
  return router;
}

const typedIn = (body: Readonly<Record<string, unknown>>): MailFields =>
  Object.fromEntries(FIELDS.map((name) => [name, typeof body[name] === 'string' ? body[name] : '']));

async function show(
  response: Response,
  { mailSettings }: Services,
  { typed, problems = [], tested = null }: Partial<Pick<MailSettingsPage, 'typed' | 'problems' | 'tested'>> = {},
): Promise<void> {
  const { settings, locked } = await readOr(mailSettings.read());
  const all = [...problems, ...locked];
  response.send(render('mail-settings', mailSettingsView({ settings, typed, problems: all, tested })));
}

/** Sealed with another key they are as good as none, and can be typed in anew. */
async function readOr(read: Promise<ShownSettings>): Promise<{ settings: ShownSettings; locked: readonly Problem[] }> {
  try {
    return { settings: await read, locked: [] };
  } catch (error) {
    if (!(error instanceof HandoutError)) throw error;
    return { settings: { from: null, fields: {}, kept: [] }, locked: error.problems };
  }
}
