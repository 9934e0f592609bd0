// What stands in the outbox, as the doors and those who send see it. Types only.
import type { MailState } from './tables.ts';

/** How a mail came into its state, where that does not say it all. Holds nothing of a client. */
export type Why =
  | 'server' // a server said no, for good or for now
  | 'unreachable' // no server to talk to
  | 'unmade' // the handout could not be made, for good or for now
  | 'late' // tried for a day
  | 'left' // may have been sent, and will not be sent again
  | 'expired' // kept as long as it may be
  | 'deadly' // two workers died on it
  | 'broken' // what is kept of it is damaged, or of another mail: it can't have been sent
  | 'crash' // a worker died after the last byte may have left
  | 'lost'; // the connection was lost after the last byte may have left

export interface NewMail {
  /** Bound into the sealed request; also in the request itself. */
  id: string;
  row: number;
  /** Address and what goes there; only a keyed hash of it is kept. */
  same: string;
  request: unknown;
}

export interface Mail {
  id: string;
  mailing: string;
  row: number;
  state: MailState;
  /** Milliseconds since 1970 by the database's clock. */
  made: number;
  due: number;
  changed: number;
  tries: number;
  why: Why | null;
  reply: string | null;
}

export type Counts = Readonly<Record<MailState, number>>;

/** All that was put in at once. */
export interface Mailing {
  mailing: string;
  made: number;
  fromForm: boolean;
  counts: Counts;
}

/** A mail in the hands of one worker. `tries` tells it from the same mail taken up again. */
export interface Errand {
  id: string;
  mailing: string;
  row: number;
  holder: string;
  tries: number;
  /** For how long it has been in the outbox. */
  ageMs: number;
  request: unknown;
}

export type Outcome =
  | { state: 'sent' }
  | { state: 'refused'; why: Why; reply: string | null }
  | { state: 'parked'; why: Why }
  /** Tried again after that time. */
  | { state: 'queued'; inMs: number; why: Why; reply: string | null };
