// The settings about e-mail in, the practice's mail server and sender out; what does not go together is refused by name.
import { z } from 'zod';
import { mailboxSchema, readMailbox } from '../deliver/mailbox.ts';

/** As an address alone, or with the name that clients see before they open it: `The practice <desk@example.org>`. */
export interface Sender {
  name: string | null;
  address: string;
}

const sender = z
  .string()
  .transform(senderIn)
  .pipe(z.object({ name: z.string().nullable(), address: z.string() }));

function senderIn(text: string): Sender | null {
  const [, name = '', inside] = /^([^<>"\r\n]{0,80})<([^<>]+)>\s*$/u.exec(text) ?? [];
  const address = readMailbox(inside ?? text);
  return address === null ? null : { name: name.trim() || null, address };
}

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
  smtpFrom: sender.optional(),
  smtpReplyTo: mailboxSchema.optional(),
  smtpPerMinute: whole(1, 6000).default(30),
  smtpHoldSeconds: whole(0, 3600).default(30),
};

export const MAIL_ALLOWED: Readonly<Record<keyof typeof MAIL_SETTINGS, string>> = {
  smtpHost: 'the name of your mail server, like smtp.example.org; then KEEPSAKE_SMTP_FROM is needed, too',
  smtpPort: 'a number from 1 to 65535; 587 with starttls, 465 with tls, 25 with none',
  smtpTls: 'starttls, tls, or none, which is for a server on this machine only when a password is set',
  smtpUser: 'the name to sign in with; then a password is needed, too',
  smtpPassword: 'the password to sign in with; better in a file that KEEPSAKE_SMTP_PASSWORD_FILE names',
  smtpFrom: 'one address like desk@example.org, or The practice <desk@example.org>',
  smtpReplyTo: 'one address like desk@example.org',
  smtpPerMinute: 'a number of messages from 1 to 6000',
  smtpHoldSeconds: 'a number of seconds from 0 to 3600',
};

export interface MailSettings {
  host: string;
  port: number;
  tls: 'starttls' | 'tls' | 'none';
  login?: string | undefined;
  password?: string | undefined;
  from: Sender;
  replyTo: string | null;
  perMinute: number;
  /** So long everything can be taken back. */
  holdMs: number;
}

type Read = { [name in keyof typeof MAIL_SETTINGS]?: z.output<(typeof MAIL_SETTINGS)[name]> };

const PORTS = { starttls: 587, tls: 465, none: 25 } as const;
const THIS_MACHINE = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/u;

/** Null where no server is named; else the names of the settings that are wrong, or what they make. */
export function mailSettingsOf(read: Read): { wrong: readonly (keyof Read)[] } | { mail: MailSettings | null } {
  const { smtpHost: host, smtpTls: tls = 'starttls', smtpUser: login, smtpPassword: password, smtpFrom: from } = read;
  if (host === undefined) return { mail: null };
  const inClear = tls === 'none' && password !== undefined && !THIS_MACHINE.test(host);
  const bad: (keyof Read)[] = [
    ...(from === undefined ? (['smtpFrom'] as const) : []),
    ...((login === undefined) !== (password === undefined) ? (['smtpUser'] as const) : []),
    ...(inClear ? (['smtpTls'] as const) : []),
  ];
  if (bad.length > 0 || from === undefined) return { wrong: bad };
  const { smtpPort: port = PORTS[tls], smtpReplyTo: replyTo = null, smtpPerMinute: perMinute = 30 } = read;
  const holdMs = (read.smtpHoldSeconds ?? 30) * 1000;
  return { mail: { host, port, tls, login, password, from, replyTo, perMinute, holdMs } };
}
