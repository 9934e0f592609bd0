// What the tables hold, column by column, the same in the embedded store and in PostgreSQL. Types only.

/** The embedded store, or a server that several machines share. */
export type Kind = 'sqlite' | 'postgres';

export interface Tables {
  practice: PracticeRow;
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
