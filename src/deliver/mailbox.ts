// What stands in a field for an e-mail address in, one mailbox and nothing else out; a slip of the fingers is asked about.
import { domainToASCII } from 'node:url';
import { z } from 'zod';

/** A dot-string of RFC 5321, 4.1.2, without what no mail service gives out: quotes, comments, lists, source routes. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/iu;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/u;
/** RFC 5321, 4.5.3.1, and erratum 1690 of RFC 3696. */
const LONGEST_LOCAL = 64;
const LONGEST = 254;

/** Trimmed, its domain as it is asked for in the DNS. */
export const mailboxSchema = z.string().max(1000).transform(mailboxIn).pipe(z.string());

/** Null where it is not exactly one address. */
export function readMailbox(text: string): string | null {
  const read = mailboxSchema.safeParse(text);
  return read.success ? read.data : null;
}

function mailboxIn(text: string): string | null {
  const trimmed = text.trim();
  const at = trimmed.indexOf('@');
  const [local, domain] = [trimmed.slice(0, at), trimmed.slice(at + 1).normalize('NFC')];
  // Other marks than these would be turned into letters and dots on the way to the DNS.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain) || domain !== domain.normalize('NFKC')) return null;
  const asked = domainToASCII(domain);
  const isOne = LOCAL.test(local) && local.length <= LONGEST_LOCAL && DOMAIN.test(asked);
  return isOne && local.length + 1 + asked.length <= LONGEST ? `${local}@${asked}` : null;
}

/** Domains that are typed by mistake and would reach a stranger or nobody. */
const SLIPS: Readonly<Record<string, readonly string[]>> = {
  'gmail.com': ['gmial.com', 'gmai.com', 'gmal.com', 'gamil.com', 'gnail.com', 'gmaill.com', 'gmail.co', 'gmail.cm'],
  'hotmail.com': ['homtail.com', 'hotmial.com', 'hotmal.com', 'hotmai.com', 'hotmil.com', 'hotmail.co', 'hotmail.cm'],
  'outlook.com': ['outlok.com', 'outloo.com', 'outlook.co', 'outllok.com', 'oulook.com'],
  'yahoo.com': ['yaho.com', 'yahooo.com', 'yhaoo.com', 'yahho.com', 'yahoo.co', 'yahoo.cm'],
  'icloud.com': ['iclod.com', 'icloud.co', 'icoud.com', 'iclould.com'],
  'aol.com': ['aol.co', 'aoll.com'],
};
const MEANT = new Map(Object.entries(SLIPS).flatMap(([meant, slips]) => slips.map((slip) => [slip, meant] as const)));

/** The two domains, from our own table, where one was probably meant to be the other; else null. */
export function slipIn(mailbox: string): { typed: string; meant: string } | null {
  const typed = mailbox.slice(mailbox.lastIndexOf('@') + 1);
  const mended = typed.replace(/\.(?:con|cmo|comm|ocm)$/u, '.com');
  const meant = MEANT.get(mended) ?? (mended === typed || !Object.hasOwn(SLIPS, mended) ? undefined : mended);
  return meant === undefined ? null : { typed, meant };
}
