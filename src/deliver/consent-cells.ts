// The cells about consent in, what the client said to e-mail out; with what the form says where the row says nothing.
import { listed, type Read, readDay } from './cells.ts';
import { type Consent, consentSchema } from './consent.ts';
import { plain } from './headings.ts';
import type { CellProblem } from './row.ts';

export interface SaidConsent {
  kind: Consent['kind'];
  /** Of the same cell: `after warning 2026-11-20`. */
  date: string | null;
}

const KINDS: Readonly<Record<Consent['kind'], ReadonlySet<string>>> = {
  none: listed(
    'none, no, n, refused, declined, withdrawn, not agreed, no consent, ninguno, nein, keine, non, aucun, false, 0',
  ),
  'after-warning': listed(
    'yes, y, after warning, yes after warning, after a warning, warned, warned and agreed, agreed, agreed after warning, sí, sí tras aviso, tras aviso, tras la advertencia, ja, nach warnung, ja nach warnung, oui, après avertissement, oui après avertissement, true, 1, x',
  ),
  password: listed(
    'password, with password, password only, locked, encrypted, contraseña, con contraseña, passwort, mit passwort, kennwort, mit kennwort, mot de passe, avec mot de passe',
  ),
};

const DAY = /\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}/u;

export function readConsent(text: string): Read<SaidConsent> {
  const [day] = DAY.exec(text) ?? [];
  const word = plain(text.replace(DAY, '').replace(/\b(?:on|el|am|le)\s*$/iu, ''));
  const kind = (Object.keys(KINDS) as Consent['kind'][]).find((one) => KINDS[one].has(word));
  const read = day === undefined ? null : readDay(day);
  if (kind === undefined) return { hint: 'Write none, password, or after warning with its day, like 2026-11-20.' };
  return { value: { kind, date: read !== null && 'value' in read ? read.value : null } };
}

/** A day alone is no consent: it stands for the form’s, where that was given after the warning. */
export function consentOf(
  said: SaidConsent | null,
  day: string | null,
  form: Consent = { kind: 'none' },
): { consent: Consent; problems: readonly CellProblem[] } {
  const kind = said?.kind ?? form.kind;
  if (kind !== 'after-warning') return { consent: { kind }, problems: [] };
  const ofForm = said === null && form.kind === kind ? form.date : null;
  const read = consentSchema.safeParse({ kind, date: said?.date ?? day ?? ofForm });
  return read.success ? { consent: read.data, problems: [] } : { consent: { kind: 'none' }, problems: [NO_DAY] };
}

const NO_DAY: CellProblem = {
  field: 'consentDate',
  problem: {
    code: 'consent-missing',
    message: 'The day on which the client was warned and agreed is missing, is no day, or is still to come.',
    hint: 'Write it beside the answer, or under “Day of consent”, like 2026-11-20.',
  },
};
