// The settings about e-mail in, the practice's mail server and sender out; what does not go together is refused by name.
import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { mailboxSchema, readMailbox } from './mailbox.ts';
import type { Sending } from './outgoing.ts';
import type { DkimKey } from './smtp.ts';
import type { OAuth } from './token.ts';

/** As an address alone, or with the name that clients see before they open it: `The practice <desk@example.org>`. */
const sender = z
  .string()
  .transform(senderIn)
  .pipe(z.object({ name: z.string().nullable(), address: z.string() }));

function senderIn(text: string): Sending['from'] | null {
  const [, name = '', inside] = /^([^<>"\r\n]{0,80})<([^<>]+)>\s*$/u.exec(text) ?? [];
  const address = readMailbox(inside ?? text);
  return address === null ? null : { name: name.trim() || null, address };
}

/** Tokens open the mailbox: they go over TLS, or do not leave this machine. */
const isTokenUrl = (text: string) => {
  const { protocol, hostname } = URL.canParse(text) ? new URL(text) : { protocol: '', hostname: '' };
  return protocol === 'https:' || (protocol === 'http:' && THIS_MACHINE.test(hostname));
};

/** What receivers can check (RFC 8301, 3), and the signer we use can sign with. */
const isDkimKey = (pem: string) => {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 1024;
  } catch {
    return false;
  }
};

/** A name of the DNS, of one part or more. */
const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/iu;

const whole = (least: number, most: number) =>
  z.union([z.number(), z.string().regex(/^\d+$/u).transform(Number)]).pipe(z.int().min(least).max(most));

export const MAIL_SETTINGS = {
  smtpHost: z
    .string()
    .regex(/^[^\s/:@]+$/u)
    .optional(),
  smtpPort: whole(1, 65_535).optional(),
  smtpTls: z.enum(['starttls', 'tls', 'none']).default('starttls'),
  smtpUser: z.string().min(1).optional(),
  smtpPassword: z.string().min(1).optional(),
  smtpOauthClientId: z.string().min(1).optional(),
  smtpOauthClientSecret: z.string().min(1).optional(),
  smtpOauthRefreshToken: z.string().min(1).optional(),
  smtpOauthTokenUrl: z.string().refine(isTokenUrl).optional(),
  smtpFrom: sender.optional(),
  smtpReplyTo: mailboxSchema.optional(),
  smtpDkimSelector: z.string().regex(NAME).optional(),
  smtpDkimDomain: z.string().regex(NAME).optional(),
  smtpDkimKey: z.string().refine(isDkimKey).optional(),
  smtpPerMinute: whole(1, 6000).default(30),
  smtpHoldSeconds: whole(0, 3600).default(30),
};

export type MailField = keyof typeof MAIL_SETTINGS;

/** As they are typed. */
export type MailFields = Partial<Record<MailField, string>>;

/** May come from files, and are never shown again. */
export const MAIL_SECRETS = ['smtpPassword', 'smtpOauthClientSecret', 'smtpOauthRefreshToken', 'smtpDkimKey'] as const;
export type MailSecret = (typeof MAIL_SECRETS)[number];

/** As a page calls them. */
export const MAIL_NAMES: Readonly<Record<MailField, string>> = {
  smtpHost: 'Mail server',
  smtpPort: 'Port',
  smtpTls: 'Encryption',
  smtpUser: 'Name to sign in with',
  smtpPassword: 'Password',
  smtpOauthClientId: 'Client ID',
  smtpOauthClientSecret: 'Client secret',
  smtpOauthRefreshToken: 'Refresh token',
  smtpOauthTokenUrl: 'Token URL',
  smtpFrom: 'Sender',
  smtpReplyTo: 'Answers go to',
  smtpDkimSelector: 'DKIM selector',
  smtpDkimDomain: 'DKIM domain',
  smtpDkimKey: 'DKIM private key',
  smtpPerMinute: 'Messages a minute',
  smtpHoldSeconds: 'Seconds to cancel',
};

export const MAIL_ALLOWED: Readonly<Record<MailField, string>> = {
  smtpHost: 'the name of your mail server, like smtp.example.org; then a sender is needed, too',
  smtpPort: 'a number from 1 to 65535; 587 with starttls, 465 with tls, 25 with none',
  smtpTls: 'starttls, tls, or none, which is for a server on this machine only when a password is set',
  smtpUser: 'the name to sign in with; then a password is needed, or what OAuth needs',
  smtpPassword: 'the password to sign in with',
  smtpOauthClientId: 'what your mail service calls Keepsake; then a name, a refresh token and a token URL, no password',
  smtpOauthClientSecret: 'as your mail service gave it',
  smtpOauthRefreshToken: 'as your mail service gave it',
  smtpOauthTokenUrl: 'where your mail service gives out tokens, beginning with https://',
  smtpFrom: 'one address like desk@example.org, or The practice <desk@example.org>',
  smtpReplyTo: 'one address like desk@example.org',
  smtpDkimSelector: 'the name before ._domainkey in your DNS; then a key is needed, too',
  smtpDkimDomain: 'the domain that signs, if not that of the sender; then a selector and a key are needed, too',
  smtpDkimKey: 'a private RSA key of 1024 bits or more in PEM, not locked with a password; then a selector, too',
  smtpPerMinute: 'a number of messages from 1 to 6000',
  smtpHoldSeconds: 'a number of seconds from 0 to 3600',
};

export interface MailSettings extends Sending {
  host: string;
  port: number;
  tls: 'starttls' | 'tls' | 'none';
  login?: string | undefined;
  password?: string | undefined;
  oauth?: OAuth | undefined;
  dkim?: DkimKey | undefined;
  perMinute: number;
}

type Read = { [name in keyof typeof MAIL_SETTINGS]?: z.output<(typeof MAIL_SETTINGS)[name]> };

const PORTS = { starttls: 587, tls: 465, none: 25 } as const;
const THIS_MACHINE = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/u;

/** Null where no server is named; else the names of the settings that are wrong, or what they make. */
export function mailSettingsOf(read: Read): { wrong: readonly (keyof Read)[] } | { mail: MailSettings | null } {
  const { smtpHost: host, smtpTls: tls = 'starttls', smtpUser: login, smtpPassword: password, smtpFrom: from } = read;
  if (host === undefined) return { mail: null };
  const oauth = oauthOf(read);
  const inClear = tls === 'none' && login !== undefined && !THIS_MACHINE.test(host);
  const bad: (keyof Read)[] = [
    ...(from === undefined ? (['smtpFrom'] as const) : []),
    ...((login === undefined) !== (password === undefined && oauth === undefined) ? (['smtpUser'] as const) : []),
    ...(inClear ? (['smtpTls'] as const) : []),
    ...(oauth === null || (oauth !== undefined && password !== undefined) ? (['smtpOauthClientId'] as const) : []),
    ...(isHalfADkim(read) ? (['smtpDkimSelector'] as const) : []),
  ];
  if (bad.length > 0 || from === undefined || oauth === null) return { wrong: bad };
  const { smtpPort: port = PORTS[tls], smtpReplyTo: replyTo = null, smtpPerMinute: perMinute = 30 } = read;
  const holdMs = (read.smtpHoldSeconds ?? 30) * 1000;
  const dkim = dkimOf(read, from.address);
  return { mail: { host, port, tls, login, password, oauth, dkim, from, replyTo, perMinute, holdMs } };
}

/** Null where something is missing. */
function oauthOf(read: Read): OAuth | null | undefined {
  const { smtpOauthClientId: clientId, smtpOauthRefreshToken: refreshToken, smtpOauthTokenUrl: tokenUrl } = read;
  const clientSecret = read.smtpOauthClientSecret ?? null;
  if (clientId === undefined && refreshToken === undefined && tokenUrl === undefined && clientSecret === null)
    return undefined;
  if (clientId === undefined || refreshToken === undefined || tokenUrl === undefined) return null;
  return { clientId, clientSecret, refreshToken, tokenUrl };
}

const isHalfADkim = ({ smtpDkimSelector: selector, smtpDkimKey: key, smtpDkimDomain: domain }: Read) =>
  (selector === undefined) !== (key === undefined) || (domain !== undefined && key === undefined);

function dkimOf({ smtpDkimSelector: selector, smtpDkimKey: key, smtpDkimDomain }: Read, from: string) {
  if (selector === undefined || key === undefined) return undefined;
  return { domain: smtpDkimDomain ?? from.slice(from.lastIndexOf('@') + 1), selector, key };
}

/** As they could have been typed. */
export function fieldsOf({ oauth, dkim, from, ...mail }: MailSettings): MailFields {
  const fields: Record<MailField, string | null | undefined> = {
    smtpHost: mail.host,
    smtpPort: String(mail.port),
    smtpTls: mail.tls,
    smtpUser: mail.login,
    smtpPassword: mail.password,
    smtpOauthClientId: oauth?.clientId,
    smtpOauthClientSecret: oauth?.clientSecret,
    smtpOauthRefreshToken: oauth?.refreshToken,
    smtpOauthTokenUrl: oauth?.tokenUrl,
    smtpFrom: from.name === null ? from.address : `${from.name} <${from.address}>`,
    smtpReplyTo: mail.replyTo,
    smtpDkimSelector: dkim?.selector,
    smtpDkimDomain: dkim?.domain,
    smtpDkimKey: dkim?.key,
    smtpPerMinute: String(mail.perMinute),
    smtpHoldSeconds: String(mail.holdMs / 1000),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== undefined && text !== null));
}
