// What a person typed about the mail server in, settings that are checked, kept and tried out; what is secret never comes back.
import { z } from 'zod';
import { HandoutError, type Problem, refuse } from '../errors.ts';
import type { MailSettingsStore } from '../store/mail-settings.ts';
import type { OutboxStore } from '../store/outbox.ts';
import {
  fieldsOf,
  MAIL_ALLOWED,
  MAIL_NAMES,
  MAIL_SECRETS,
  MAIL_SETTINGS,
  type MailField,
  type MailFields,
  type MailSecret,
  type MailSettings,
  mailSettingsOf,
} from './mail-settings.ts';
import { goOn } from './outbox.ts';
import { testConnection } from './test-connection.ts';

export interface ShownSettings {
  /** Whose settings count: those of the environment before those of the page. Null: no mail server is named. */
  from: 'environment' | 'page' | null;
  /** As text, what is secret left out. */
  fields: MailFields;
  /** Which secrets there are. */
  kept: readonly MailSecret[];
}

export interface MailSetup {
  read(): Promise<ShownSettings>;
  /** An empty field is none; a secret that is left empty stays as it was, for the same server and the same name. */
  save(fields: MailFields): Promise<void>;
  /** What is wrong with the connection, in plain words; null when it is right. Without fields: as it is set. */
  test(fields?: MailFields): Promise<Problem | null>;
}

export interface SetupPlan {
  /** Of the environment. */
  given: MailSettings | null;
  kept: MailSettingsStore;
  outbox: Pick<OutboxStore, 'resume'>;
  /** What was saved counts from now on. */
  reload(): Promise<void>;
}

const schema = z.object(MAIL_SETTINGS);

export function openMailSetup({ given, kept, outbox, reload }: SetupPlan): MailSetup {
  /** With the secrets that were kept for the same sign-in. */
  async function whole(typed: MailFields): Promise<MailFields> {
    const filled = Object.fromEntries(
      Object.entries(typed).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]])),
    ) as MailFields;
    const before = await savedFields(kept).catch(() => null);
    return { ...secretsOf(before ?? {}, filled), ...filled };
  }

  return {
    async read() {
      if (given !== null) return shown('environment', fieldsOf(given));
      const fields = await savedFields(kept);
      return fields === null ? { from: null, fields: {}, kept: [] } : shown('page', fields);
    },
    async save(typed) {
      refuse(given === null ? [] : [GIVEN]);
      const fields = await whole(typed);
      settingsOf(fields);
      await kept.save(fields);
      await reload();
      await goOn(outbox);
    },
    async test(typed) {
      const mail = typed === undefined ? (given ?? (await savedSettings(kept))) : settingsOf(await whole(typed));
      refuse(mail === null ? [NONE] : []);
      return testConnection(mail!);
    },
  };
}

/** Null where none were saved. */
export async function savedSettings(kept: MailSettingsStore): Promise<MailSettings | null> {
  const fields = await savedFields(kept);
  return fields === null ? null : settingsOf(fields);
}

/** What a service gave in the place of the refresh token before; gives the new stamp. */
export async function keepToken(kept: MailSettingsStore, refreshToken: string): Promise<number> {
  return kept.save({ ...(await savedFields(kept)), smtpOauthRefreshToken: refreshToken });
}

const savedFields = async (kept: MailSettingsStore) => (await kept.read()) as MailFields | null;

const isSecret = (name: string): name is MailSecret => (MAIL_SECRETS as readonly string[]).includes(name);

const shown = (from: 'environment' | 'page', fields: MailFields): ShownSettings => ({
  from,
  fields: Object.fromEntries(Object.entries(fields).filter(([name]) => !isSecret(name))),
  kept: MAIL_SECRETS.filter((name) => fields[name] !== undefined),
});

/** A secret goes to nobody but whom it was typed for: another server or name has to be given its own. */
const BOUND_TO: Readonly<Record<MailSecret, readonly MailField[]>> = {
  smtpPassword: ['smtpHost', 'smtpPort', 'smtpTls', 'smtpUser'],
  smtpOauthClientSecret: ['smtpOauthClientId', 'smtpOauthTokenUrl'],
  smtpOauthRefreshToken: ['smtpOauthClientId', 'smtpOauthTokenUrl', 'smtpHost', 'smtpUser'],
  smtpDkimKey: ['smtpDkimSelector'],
};

function secretsOf(before: MailFields, typed: MailFields): MailFields {
  const isTheSame = (name: MailField) => before[name] === typed[name];
  const stay = MAIL_SECRETS.filter((name) => {
    const isOther = name === 'smtpPassword' && typed.smtpOauthClientId !== undefined;
    return before[name] !== undefined && !isOther && BOUND_TO[name].every(isTheSame);
  });
  return Object.fromEntries(stay.map((name) => [name, before[name]!]));
}

/** Throws a HandoutError with every field that can't be used. */
function settingsOf(fields: MailFields): MailSettings {
  const read = schema.safeParse(fields);
  const wrong = read.success ? [] : read.error.issues.map((issue) => issue.path[0] as MailField);
  const made = read.success ? mailSettingsOf(read.data) : { wrong };
  if ('wrong' in made) throw new HandoutError([...new Set(made.wrong)].map(bad));
  if (made.mail === null) throw new HandoutError([bad('smtpHost')]);
  return made.mail;
}

const bad = (field: MailField): Problem => ({
  code: 'setting-invalid',
  message: `“${MAIL_NAMES[field]}” can’t be used as it is.`,
  hint: `Allowed: ${MAIL_ALLOWED[field]}.`,
  place: { field },
});

const GIVEN: Problem = {
  code: 'setting-invalid',
  message: 'The mail server is set where Keepsake is started, and that counts.',
  hint: 'Whoever looks after Keepsake changes it there: the settings that begin with KEEPSAKE_SMTP. Without them this page counts.',
};

const NONE: Problem = {
  code: 'mail-unset',
  message: 'No mail server is named.',
  hint: 'Name one, then test it.',
  place: { field: 'smtpHost' },
};

/** At the command line. */
export const UNSET: Problem = {
  code: 'mail-unset',
  message: 'No mail server is named.',
  hint: 'Set KEEPSAKE_SMTP_HOST and KEEPSAKE_SMTP_FROM, or write drafts for your own mail program with --eml.',
};
