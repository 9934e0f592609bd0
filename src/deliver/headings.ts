// A heading as staff write it in, what a column under it is most likely about out.
import { WORDS } from './heading-words.ts';

/** What a column can be taken for, with the words a page shows for it. */
export const FIELDS = {
  client: 'Client’s name',
  lastFirst: 'Client’s name as “Last, First”',
  first: 'First name',
  last: 'Last name',
  handouts: 'Handouts',
  preset: 'Preset',
  sections: 'Sections',
  language: 'Language',
  note: 'Note to the client',
  noteLanguage: 'Language of the note',
  clinician: 'Clinician',
  words: 'The client’s own words',
  agreed: 'What we agreed',
  plan: 'Plan for the week',
  obstacle: 'What may get in the way',
  appointment: 'Next appointment',
  date: 'Day to print',
  paper: 'Paper',
  largePrint: 'Large print',
  inkSaving: 'Ink saving',
  binder: 'Margin for a binder',
  discreet: 'Discreet',
  maySend: 'May send',
  email: 'E-mail address',
  privateMailbox: 'Private mailbox',
  consent: 'Consent to e-mail',
  consentDate: 'Day of consent',
  address: 'Address',
  street: 'Street',
  city: 'City',
  state: 'State',
  postcode: 'Postcode',
  country: 'Country',
  reference: 'Reference',
  copies: 'Copies',
} as const;

export type Field = keyof typeof FIELDS;

/** Case, accents, punctuation and a number at the end make no difference: `E-Mail_Address 2` is `emailaddress`. */
export function plain(text: string): string {
  return text
    .slice(0, 200)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const KNOWN = new Map<string, Field>(
  (Object.keys(WORDS) as Field[]).flatMap((field) =>
    [FIELDS[field], ...WORDS[field].split(', ')].map((word) => [plain(word), field] as const),
  ),
);

/** Null where we have no idea. */
export function fieldOf(heading: string): Field | null {
  return KNOWN.get(plain(heading).replace(/\d+$/u, '')) ?? null;
}

/** How many of these cells are headings we know. */
export function recognised(cells: readonly string[]): number {
  return cells.filter((cell) => fieldOf(cell) !== null).length;
}
