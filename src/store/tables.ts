// What the tables hold, column by column, the same in the embedded store and in PostgreSQL. Types only.

/** The embedded store, or a server that several machines share. */
export type Kind = 'sqlite' | 'postgres';

export interface Tables {
  practice: PracticeRow;
  presets: PresetRow;
  reviews: ReviewRow;
  hidden: HiddenRow;
  shelf: ShelfRow;
  batches: BatchRow;
  recipients: RecipientRow;
  outcomes: OutcomeRow;
  parts: PartRow;
  chunks: ChunkRow;
  outbox: OutboxRow;
  post: PostRow;
  last_minute: LastMinuteRow;
  mail_settings: MailSettingsRow;
}

export interface PracticeRow {
  /** Always 1: there is one practice. */
  id: number;
  name: string;
  /** A JSON list. */
  contact: string;
  crisis_line: string;
  country: string;
  country_is_guess: number;
  paper: 'letter' | 'a4';
  clinician: string;
  credentials: string;
  colour: string;
  logo: Buffer | null;
}

/** A choice that the practice saved under a name; nothing of a client. */
export interface PresetRow {
  name: string;
  /** JSON. */
  choice: string;
  /** Milliseconds since 1970 by the database's clock. */
  used: number;
}

/** One for each article and language; a new one takes its place. */
export interface ReviewRow {
  article: string;
  language: string;
  version: string;
  clinician: string;
  /** YYYY-MM-DD. */
  reviewed: string;
  due: string;
  /** JSON: digests by part. */
  parts: string;
  /** JSON: what each part said. */
  words: string | null;
}

/** Articles that the practice does not hand out. */
export interface HiddenRow {
  article: string;
  language: string;
}

export interface ShelfRow {
  /** Always 1. */
  id: number;
  only_reviewed: number;
}

export type BatchKind = 'print' | 'zip';

/** `new` until all its rows are there; `deleted` remembers only that the file was printed, and when. */
export type BatchState = 'new' | 'running' | 'ready' | 'stopped' | 'failed' | 'deleted';

export interface BatchRow {
  id: string;
  /** Milliseconds since 1970 by the database's clock. */
  made: number;
  expires: number;
  /** When the first of it was taken up. */
  began: number | null;
  kind: BatchKind;
  /** JSON; nothing of a client. */
  settings: string;
  state: BatchState;
  /** Why it failed, as a sentence; nothing of a client. */
  reason: string | null;
  rows: number;
  /** Of the file it was read from. */
  digest: string | null;
  /** The key of its seal, wrapped. */
  key: Buffer | null;
  /** The practice as it was at the start, sealed JSON. */
  letterhead: Buffer | null;
}

/** What was asked for, one a client. Never changed but for `kills`. */
export interface RecipientRow {
  batch: string;
  /** From 0, in the order they are made. */
  position: number;
  /** In the spreadsheet. */
  row: number;
  /** Bound into the sealed request too. */
  id: string;
  request: Buffer;
  /** How many workers have died while they made this row alone. */
  kills: number;
}

/** What has come of a recipient. */
export interface OutcomeRow {
  batch: string;
  position: number;
  id: string;
  state: 'done' | 'refused';
  /** Sealed: a refusal names the character that can't be printed. */
  reason: Buffer | null;
  pages: number | null;
  sheets: number | null;
  first_page: number | null;
  sha256: string | null;
}

/** A run of positions that one worker makes from start to end. */
export interface PartRow {
  id: string;
  batch: string;
  number: number;
  /** 1: printed once more; its outcomes are not counted. */
  again: number;
  first_position: number;
  last_position: number;
  state: 'waiting' | 'leased' | 'done';
  holder: string | null;
  lease_until: number | null;
  /** When its worker last came a step further. */
  stepped: number | null;
  /** What is being made just now. */
  marked_from: number | null;
  marked_to: number | null;
  /** How many workers have died on it. */
  deaths: number;
  made: number;
  refused: number;
  bytes: number;
  sha256: string | null;
}

/** A piece of a print file in order, or the file of the position that is its number, or below zero what files have in common; sealed. */
export interface ChunkRow {
  part: string;
  number: number;
  sealed: Buffer;
}

/**
 * `held` and `queued` wait; `committing` is written before the final dot of SMTP DATA can leave; `parked` may have been
 * sent. `sent`, `refused` and `cancelled` are over.
 */
export type MailState = 'held' | 'queued' | 'sending' | 'committing' | 'sent' | 'refused' | 'parked' | 'cancelled';

/** One e-mail for one client. When it is over, `key` and `request` are null: the table itself sees to it. */
export interface OutboxRow {
  id: string;
  /** Of all that was put in at once. */
  mailing: string;
  /** In the spreadsheet; 0 from the form. */
  row: number;
  state: MailState;
  made: number;
  /** When it may be taken up. */
  due: number;
  expires: number;
  /** When it came into its state. */
  changed: number;
  /** A keyed hash of the address and what went there. */
  mark: string;
  key: Buffer | null;
  request: Buffer | null;
  holder: string | null;
  lease_until: number | null;
  /** When it was last taken up. */
  tried: number | null;
  tries: number;
  /** How many workers have died on it. */
  kills: number;
  /** How it came into its state: one of our own words. */
  why: string | null;
  /** The numbers a server answered with, like `550 5.1.1`; never its words, which quote addresses. */
  reply: string | null;
}

/** The one row that everybody who sends goes through. */
export interface PostRow {
  id: number;
  /** Why nothing is sent until a person says so; one of our own words. */
  paused: string | null;
  turn: number;
}

/** A mail was taken up. */
export interface LastMinuteRow {
  at: number;
}

/** What was typed into the page about e-mail. */
export interface MailSettingsRow {
  /** Always 1. */
  id: number;
  /** How often it was saved. */
  saves: number;
  /** The key of its seal, wrapped. */
  key: Buffer;
  /** JSON. */
  sealed: Buffer;
}
