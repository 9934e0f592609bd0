// A mail in; whether a person took it back before it left, and the id of the one that may go in its place, out.
import { createHash } from 'node:crypto';
import type { Mail } from '../store/mail.ts';

/** What was cancelled after it may have been sent is with the client, for all anybody knows. */
export const isTakenBack = ({ state, why }: Pick<Mail, 'state' | 'why'>) => state === 'cancelled' && why !== 'left';

/** Always the same for the same mail, so that a button pressed twice still sends once (RFC 9562, 5.8: version 8). */
export function idAfter(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
