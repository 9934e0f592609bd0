// How the mail server is set and what came of trying it in, the data of `mail-settings.hbs` out; what is secret is not in it.
import { MAIL_NAMES, MAIL_SECRETS, type MailField, type MailFields } from '../deliver/mail-settings.ts';
import type { ShownSettings } from '../deliver/mail-setup.ts';
import type { Problem } from '../errors.ts';
import { summaryOf, wrongAt } from './errors.ts';
import type { View } from './views.ts';

export interface MailSettingsPage {
  settings: ShownSettings;
  /** What was typed just now; else what is kept is shown. */
  typed?: MailFields | undefined;
  problems: readonly Problem[];
  /** Null when nothing was tried. */
  tested: { saved: boolean; works: boolean } | null;
}

const HINTS: Readonly<Partial<Record<MailField, string>>> = {
  smtpHost: 'As whoever runs it told you, like smtp.example.org.',
  smtpPort: 'Empty: 587 with STARTTLS, 465 with TLS, 25 with none.',
  smtpUser: 'Often the whole e-mail address. Empty where the server wants no sign-in.',
  smtpFrom:
    'One address like desk@example.org, or The practice <desk@example.org>. Clients see it before they open the mail.',
  smtpReplyTo: 'Empty: to the sender.',
  smtpOauthTokenUrl: 'It begins with https://',
  smtpDkimSelector: 'The name before ._domainkey in your DNS.',
  smtpDkimDomain: 'Empty: that of the sender.',
  smtpDkimKey: 'In PEM, from -----BEGIN to END-----.',
  smtpHoldSeconds: 'So long each e-mail can be taken back. Usual: 30.',
  smtpPerMinute: 'Services turn away who sends too fast. Usual: 30.',
};
const USUAL: MailFields = { smtpTls: 'starttls', smtpHoldSeconds: '30', smtpPerMinute: '30' };
const ENCRYPTIONS = [
  ['starttls', 'STARTTLS', 'usual, with port 587'],
  ['tls', 'TLS from the start', 'with port 465'],
  ['none', 'None', 'for a server on this computer only'],
] as const;
const OAUTH = ['smtpOauthClientId', 'smtpOauthClientSecret', 'smtpOauthRefreshToken', 'smtpOauthTokenUrl'] as const;
const DKIM = ['smtpDkimSelector', 'smtpDkimDomain', 'smtpDkimKey'] as const;

export function mailSettingsView(page: MailSettingsPage): View & Record<string, unknown> {
  const { settings, problems, tested } = page;
  const values: MailFields = { ...USUAL, ...(page.typed ?? settings.fields) };
  const field = (id: MailField) => fieldOf(id, values, page);
  const group = (ids: readonly MailField[]) => {
    const fields = ids.map(field);
    return { fields, open: fields.some(({ value, wrong, isKept }) => value !== '' || wrong !== null || isKept) };
  };
  const isGiven = settings.from === 'environment';
  const title = 'Mail settings – Keepsake';
  return {
    title: problems.length > 0 ? `Error: ${title}` : title,
    summary: summaryOf(problems, isGiven ? [] : Object.keys(MAIL_NAMES)),
    isGiven,
    given: Object.entries(settings.fields).map(([name, value]) => ({ name: MAIL_NAMES[name as MailField], value })),
    isSet: settings.from !== null,
    saved: tested?.saved === true,
    works: tested?.works === true,
    signsIn: values.smtpUser !== undefined && values.smtpUser !== '',
    secretsTyped: tested?.saved === false && MAIL_SECRETS.some((name) => (page.typed?.[name] ?? '') !== ''),
    server: [field('smtpHost'), field('smtpPort')],
    encryptions: ENCRYPTIONS.map(([value, label, hint]) => ({ value, label, hint, chosen: value === values.smtpTls })),
    encryptionWrong: wrongAt(problems, 'smtpTls'),
    signIn: [field('smtpUser'), field('smtpPassword')],
    oauth: group(OAUTH),
    sender: [field('smtpFrom'), field('smtpReplyTo')],
    dkim: group(DKIM),
    pace: [field('smtpHoldSeconds'), field('smtpPerMinute')],
  };
}

/** Of what is secret only that it is there. */
function fieldOf(id: MailField, values: MailFields, { settings, problems }: MailSettingsPage) {
  const isSecret = (MAIL_SECRETS as readonly string[]).includes(id);
  const isKept = (settings.kept as readonly string[]).includes(id);
  const stays = isKept ? 'There is one, kept encrypted. Leave this empty to keep it.' : '';
  const hint = [HINTS[id] ?? '', stays].filter((text) => text !== '').join(' ');
  const wrong = wrongAt(problems, id);
  const described = [hint === '' ? '' : `${id}-hint`, wrong === null ? '' : `${id}-wrong`].filter(Boolean).join(' ');
  const value = isSecret ? '' : (values[id] ?? '');
  return { id, label: MAIL_NAMES[id], hint, wrong, described, value, isKept, isSecret, isLong: id === 'smtpDkimKey' };
}
