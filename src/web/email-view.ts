// A handout, what was typed to e-mail it and the message made of it in; the data of `email.hbs` and `email-look.hbs` out.
import type { Article } from '../content/article.ts';
import { warningIn } from '../deliver/consent.ts';
import type { Letter } from '../deliver/letter.ts';
import { outgoingOf, type Sending } from '../deliver/outgoing.ts';
import type { Problem } from '../errors.ts';
import type { MadeMessage } from '../make/message.ts';
import { type EmailState, emailFields, formFields, slipOf } from './email-state.ts';
import { summaryOf, wrongAt } from './errors.ts';
import type { FormState } from './state.ts';
import type { View } from './views.ts';
import { count } from './words.ts';

export interface AskPage {
  state: FormState;
  email: EmailState;
  article: Article;
  pages: number;
  problems: readonly Problem[];
}

const FIELDS = ['email', 'slip', 'mailbox', 'consent', 'warned', 'password', 'reason'];
const TITLE = 'E-mail a handout – Keepsake';

export function askView({ state, email, article, pages, problems }: AskPage): View & Record<string, unknown> {
  const wrong = (field: string) => wrongAt(problems, field);
  const { consent, mailbox } = email;
  return {
    title: problems.length > 0 ? `Error: ${TITLE}` : TITLE,
    summary: summaryOf(problems, FIELDS),
    form: formFields(state),
    mail: email.mail,
    kept: email.kept,
    client: state.client.trim(),
    handout: article.title,
    lang: article.lang,
    pages: count(pages, 'page'),
    discreet: state.looks.discreet,
    email: { value: email.email, wrong: wrong('email') },
    slip: slipOf(email),
    mailbox: { isPrivate: mailbox === 'private', isShared: mailbox === 'shared', wrong: wrong('mailbox') },
    warning: warningIn(article.lang),
    consent: {
      warned: consent === 'after-warning',
      locked: consent === 'password',
      none: consent === 'none',
      wrong: wrong('consent'),
    },
    warned: { value: email.warned, wrong: wrong('warned') },
    asPage: email.asPage,
    password: { value: email.password, wrong: wrong('password') },
    again: wrong('reason') !== null || email.reason !== '',
    reason: { value: email.reason, wrong: wrong('reason') },
  };
}

export interface LookPage {
  state: FormState;
  email: EmailState;
  letter: Letter;
  message: MadeMessage;
  sending: Sending | null;
}

export function lookView({ state, email, letter, message, sending }: LookPage): View & Record<string, unknown> {
  const { to, asPage, password } = letter;
  const from = sending === null ? null : outgoingOf(letter, message, sending).from;
  return {
    title: 'Look at the e-mail – Keepsake',
    form: [...formFields(state), ...emailFields(email)],
    to,
    from: from === null ? null : `${from.name} <${from.address}>`,
    subject: message.subject,
    paragraphs: message.text.trim().split(/\n{2,}/u),
    file: message.file,
    pages: count(message.pages, 'page'),
    asPage,
    password,
    discreet: letter.packet.handouts.some(({ discreet }) => discreet),
    sends: sending !== null,
    seconds: count(sending === null ? 0 : Math.round(sending.holdMs / 1000), 'second'),
  };
}
