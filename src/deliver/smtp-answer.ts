// An error of the mail connection in, what it means for the message out: sent for sure, not sent for sure, or unknown.

/** What keeps every message from going: a person has to change a setting. */
export type Obstacle = 'password' | 'token' | 'certificate' | 'turned-away';

/** Why no server was reached, as far as a person can do something about it. */
export type Unreached = 'name' | 'port' | 'tls' | 'token' | 'other';

export type SmtpAnswer =
  | { is: 'taken' }
  /** For good. */
  | { is: 'refused'; reply: string | null }
  | { is: 'later'; reply: string | null; unreached: Unreached | null }
  | { is: 'blocked'; by: Obstacle; reply: string | null }
  /** The last byte had left, and no answer came that could be understood. */
  | { is: 'unknown' };

interface MailError {
  code?: unknown;
  originalCode?: unknown;
  responseCode?: unknown;
  response?: unknown;
  command?: unknown;
  message?: unknown;
}

/** `committed`: the last byte may have left. Throws on what no mail server can be blamed for. */
export function answerOf(error: unknown, committed: boolean): SmtpAnswer {
  const { code, originalCode, responseCode, response, command } = error as MailError;
  const kind = typeof responseCode === 'number' ? Math.floor(responseCode / 100) : 0;
  const reply = numbersIn(response);
  if (committed) {
    // Only a plain no to the whole message says that it was not taken.
    if (kind === 4) return { is: 'later', reply, unreached: null };
    return kind === 5 ? { is: 'refused', reply } : { is: 'unknown' };
  }
  if (typeof code !== 'string') throw error;
  if (isUntrusted(error as MailError)) return { is: 'blocked', by: 'certificate', reply: null };
  if (kind === 4) return { is: 'later', reply, unreached: null };
  if (originalCode === 'TOKEN_UNREACHED') return { is: 'later', reply: null, unreached: 'token' };
  const isSignIn = code === 'EAUTH' && (kind === 5 || response === undefined);
  if (isSignIn || responseCode === 530)
    return { is: 'blocked', by: isOfToken(error as MailError) ? 'token' : 'password', reply };
  if (kind === 5) {
    const isAboutUs = !/^(?:MAIL FROM|RCPT TO|DATA|API)$/u.test(String(command)) && code !== 'EMESSAGE';
    return isAboutUs ? { is: 'blocked', by: 'turned-away', reply } : { is: 'refused', reply };
  }
  if (code === 'EENVELOPE' && command === 'API') return { is: 'refused', reply: null };
  return { is: 'later', reply: null, unreached: unreachedBy(error as MailError) };
}

/** `550 5.1.1` of an answer (RFC 5321, 4.2; RFC 3463). Its words quote addresses, and are left out. */
export function numbersIn(response: unknown): string | null {
  const found = /^([245]\d{2})(?:[ -]([245]\.\d{1,3}\.\d{1,3})(?!\S))?/u.exec(String(response ?? ''));
  return found === null ? null : found.slice(1).filter(Boolean).join(' ');
}

/** The mail server gave no leave to one, or none was given to us. */
const isOfToken = ({ originalCode, command }: MailError) =>
  originalCode === 'TOKEN_REFUSED' || /XOAUTH2/u.test(String(command));

/** As OpenSSL and Node name what is wrong with a certificate. */
const UNTRUSTED =
  /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|SELF_SIGNED|ERR_TLS_CERT_ALTNAME_INVALID|INVALID_PURPOSE|PATH_LENGTH|certificate/u;

const isUntrusted = ({ code, originalCode, message }: MailError) =>
  /^(?:ESOCKET|ETLS|ECONNECTION)$/u.test(String(code)) && UNTRUSTED.test(`${originalCode ?? ''} ${message ?? ''}`);

function unreachedBy({ code, originalCode, message }: MailError): Unreached {
  if (code === 'EDNS' || originalCode === 'ENOTFOUND') return 'name';
  if (code === 'ETLS' || /wrong version number|packet length too long|STARTTLS|TLS/u.test(String(message)))
    return 'tls';
  if (/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH)$/u.test(String(originalCode)) || code === 'ETIMEDOUT') return 'port';
  return 'other';
}
