// A handout that can be made and what was typed to e-mail it in; the page that asks, the message to look at, or the sending out.
import type { Request, Response } from 'express';
import type { Letter } from '../deliver/letter.ts';
import type { Outbox, Shown } from '../deliver/outbox.ts';
import { HandoutError, type Problem } from '../errors.ts';
import type { Attempt } from './beside.ts';
import { type EmailState, letterFrom, mended, readEmail, slipOf } from './email-state.ts';
import { askView, lookView } from './email-view.ts';
import type { Services } from './services.ts';
import { articleOf, type FormState, readAct } from './state.ts';
import { idAfter, isTakenBack } from './taken-back.ts';
import { render } from './views.ts';

export interface ToEmail {
  state: FormState;
  outcome: Extract<Attempt, { choice: unknown }>;
  /** Called when it leaves. */
  given(): void;
}

export async function answerEmail(
  request: Request,
  response: Response,
  services: Services,
  asked: ToEmail,
): Promise<void> {
  const { act } = readAct(request.body);
  const typed = readEmail(request.body, services.today());
  const email =
    act === 'keep' ? { ...typed, kept: slipOf(typed)?.typed ?? '' } : act === 'mend' ? mended(typed) : typed;
  if (!['look', 'keep', 'send', 'draft'].includes(act)) return ask(response, services, asked, email, []);
  try {
    const letter = letterFrom(email, asked.outcome.choice, services.today());
    if (act === 'send' && (await isGiven(letter, response, services))) return;
    const problems = [...slipped(email), ...(await sentToday(letter, email, services))];
    if (problems.length > 0) return ask(response.status(409), services, asked, email, problems);
    if (act === 'draft') return await draft(response, services, letter, asked);
    if (act === 'send' && services.sending() !== null) return await send(response, services, letter, asked, email);
    await look(response, services, letter, asked, email);
  } catch (error) {
    if (!(error instanceof HandoutError)) throw error;
    await ask(response.status(422), services, asked, email, [...error.problems, ...slipped(email)]);
  }
}

function slipped(email: EmailState): Problem[] {
  const slip = slipOf(email);
  if (slip === null) return [];
  return [{ code: 'field-invalid', message: `Did you mean ${slip.meant}?`, place: { field: 'slip' } }];
}

async function sentToday(letter: Letter, { reason }: EmailState, { outbox }: Services): Promise<Problem[]> {
  if (reason.trim() !== '') return [];
  const sent = await outbox.sentSince(letter, new Date(new Date().setHours(0, 0, 0, 0)));
  return sent === null ? [] : [SENT_TODAY];
}

const SENT_TODAY: Problem = {
  code: 'mail-twice',
  message: 'This very handout went to this address today already.',
  hint: 'Say why it is to go once more.',
  place: { field: 'reason' },
};

async function ask(
  response: Response,
  services: Services,
  { state, outcome }: ToEmail,
  email: EmailState,
  problems: readonly Problem[],
): Promise<void> {
  const article = articleOf(services.library(), state)!;
  response.send(render('email', askView({ state, email, article, pages: outcome.made.pages, problems })));
}

async function look(
  response: Response,
  services: Services,
  letter: Letter,
  { state }: ToEmail,
  email: EmailState,
): Promise<void> {
  const message = await services.makeMessage(letter, await services.practices.read());
  response.send(render('email-look', lookView({ state, email, letter, message, sending: services.sending() })));
}

/** The mail this page stands for, or the id it would have: what a person took back can be sent anew from the same page. */
async function newestOf(id: string, outbox: Outbox): Promise<{ id: string; mail: Shown | null }> {
  const mail = await outbox.find(id);
  return mail !== null && isTakenBack(mail) ? newestOf(idAfter(id), outbox) : { id, mail };
}

/** Pressed twice it is sent once, and the second time leads to the first. */
async function isGiven({ packet }: Letter, response: Response, { outbox }: Services): Promise<boolean> {
  const { mail } = await newestOf(packet.id, outbox);
  if (mail === null) return false;
  response.redirect(303, `/outbox/${mail.mailing}`);
  return true;
}

async function send(
  response: Response,
  services: Services,
  letter: Letter,
  { given }: ToEmail,
  { reason }: EmailState,
): Promise<void> {
  const { outbox } = services;
  const { id } = await newestOf(letter.packet.id, outbox);
  const mails = [{ ...letter, packet: { ...letter.packet, id } }];
  given();
  try {
    const mailing = await outbox.send(mails, reason.trim() === '' ? mails : []);
    response.redirect(303, `/outbox/${mailing}`);
  } catch (error) {
    // Pressed twice at once: the store takes an id only once.
    if (!(await isGiven(letter, response, services))) throw error;
  }
}

async function draft(response: Response, services: Services, letter: Letter, { given }: ToEmail): Promise<void> {
  const file = await services.makeDraft(letter, await services.practices.read());
  given();
  const time = new Date().toTimeString().slice(0, 5).replace(':', '');
  response.set({
    'Content-Type': 'message/rfc822',
    'Content-Disposition': `attachment; filename="e-mail-${time}.eml"`,
  });
  response.send(file);
}
