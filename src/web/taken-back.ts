// A mail in; whether a person took it back before it left out.
import type { Mail } from '../store/mail.ts';

/** What was cancelled after it may have been sent is with the client, for all anybody knows. */
export const isTakenBack = ({ state, why }: Pick<Mail, 'state' | 'why'>) => state === 'cancelled' && why !== 'left';
