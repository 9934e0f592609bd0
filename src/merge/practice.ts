// The letterhead and the practice's choices, as they are handed to a merge. Types only.
import type { Paper } from './choice.ts';

export interface Practice {
  /** Printed at the head of page one; may be empty. */
  name: string;
  /** At most three short lines: address, telephone, web. */
  contact: readonly string[];
  /** The practice's own words for the help block; empty = the country's line. */
  crisisLine: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** True while nobody has confirmed the country on the first-run page. */
  countryIsGuess: boolean;
  paper: Paper;
  clinician: string;
  credentials: string;
  /** #rrggbb in place of the house's accent; empty = the house's. */
  colour: string;
  /** A PNG that our own image reader wrote; never an upload as it came. */
  logo: Buffer | null;
}
