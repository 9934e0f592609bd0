// A row of a batch once it has been read: who gets what, and how. Types only.
import type { Problem } from '../errors.ts';
import type { Packet } from '../make/packet.ts';
import type { Consent } from './consent.ts';

export type Way = 'hand' | 'post' | 'email';

/** A row that can be made. `email` is empty where the row gives none. */
export interface Recipient extends Packet {
  email: string;
  /** To e-mail; `none` where nobody says anything. */
  consent: Consent;
  /** Whether nobody else reads what comes to this address; null = nobody asked. */
  privateMailbox: boolean | null;
  /** How this client may be reached; empty = the row does not say. */
  maySend: readonly Way[];
  /** For the order of the file and for the pile of each clinician. */
  clinician: string;
}

/** What is wrong with one row, in staff's words; `column` is the heading as it stands in their file. */
export interface RowProblem extends Problem {
  row: number;
  column: string | null;
}
