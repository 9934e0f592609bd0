// Every refusal Keepsake can make, with its code: below everything, imported by all.

/** Where a problem lies: a line of a file, or a field of what was asked for. */
export type Place = { file: string; line: number } | { field: string };

/** What a refusal is about. Doors translate these into HTTP status, exit codes and words beside a field. */
export type Code =
  | 'article-unknown' // no article of this name in the library
  | 'article-broken' // an article's file can't be used; place says file and line
  | 'article-weak' // an article can be used, and falls short of our standard; place says file and line
  | 'article-hidden' // the practice has hidden this article
  | 'review-missing' // the practice hands out reviewed articles only, and this one is not
  | 'review-due' // it is time to review an article again
  | 'language-unknown' // the article does not exist in this language
  | 'section-unknown' // a section id the article does not have
  | 'preset-unknown' // a preset the article does not have
  | 'client-missing' // the article needs a name and none was given
  | 'client-too-long' // more than the name line holds
  | 'note-too-long' // more than 2,000 characters
  | 'clinician-notes-missing' // the article has no notes to make a clinician's copy of
  | 'field-invalid' // any other field that is not what it should be
  | 'character-unprintable' // no font of ours has this character
  | 'date-invalid' // not a date of the calendar
  | 'crisis-line-missing' // the country is not in our table and the practice gave no line
  | 'names-left' // a discreet copy still has words that tell whom it is for or from
  | 'caution-hinted' // a discreet copy only hints at a caution; the clinician says it aloud
  | 'fits-not' // more than the pages asked for, even at the smallest size
  | 'image-unusable' // not an image we read, or too large
  | 'template-broken' // a template names a field, element or class that does not exist
  | 'setting-invalid' // a setting or flag has a value that is not allowed
  | 'address-refused' // asked to listen on an address other than this machine
  | 'batch-unknown' // no batch of this id, or it is over
  | 'batch-unready' // asked for a file that is not made yet
  | 'batch-empty' // not one row of the file can be made
  | 'key-used' // an Idempotency-Key was sent before, with something else or for a batch that is no more
  | 'file-twice' // the very same spreadsheet was made today already
  | 'batch-stopped' // a person stopped the batch before this row was made
  | 'row-failed' // a bug of ours kept this row from being made
  | 'row-deadly' // making this row ended the program that made it, twice
  | 'mail-unset' // no mail server is named in the settings
  | 'mail-blocked' // the mail server lets nothing through until a setting is changed
  | 'mail-unreached' // no mail server could be talked to
  | 'consent-missing' // the client has not agreed to get this by e-mail
  | 'password-invalid' // a PDF's password is missing, unasked for, or will not do
  | 'mail-twice' // the same went to the same address today, and no reason is given
  | 'mail-late' // a mail is no longer in a state in which that can be done
  | 'key-wrong' // what is kept can't be opened with the key there is
  | 'disk-full' // no room to keep what has to be kept
  | 'table-unreadable' // a spreadsheet is of a kind we don't read, damaged, or has no rows
  | 'table-too-large' // a spreadsheet has more bytes, rows or columns than we take
  | 'cell-invalid' // a cell of a spreadsheet does not say what its column is for
  | 'way-refused' // a client may not be reached in this way
  | 'row-same' // a row says exactly what an earlier one says
  | 'row-hidden' // a row is hidden in the spreadsheet, by hand or by a filter
  | 'address-twice' // two rows have the same e-mail address
  | 'name-twice' // two rows have a client of the same name
  | 'out-unwritable'; // the file could not be written

export interface Problem {
  code: Code;
  /** What failed, in a clinician's words. Never holds client data. */
  message: string;
  /** What to do about it. */
  hint?: string;
  place?: Place;
}

/** Something can't be done as asked. Holds every problem found, not the first. */
export class HandoutError extends Error {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(problems.map(sentence).join('\n'));
    this.name = 'HandoutError';
    this.problems = problems;
  }
}

/** One problem as one line: `content/x/en.md:12: message hint`. */
export function sentence(problem: Problem): string {
  const { place, message, hint } = problem;
  const where = place === undefined ? '' : 'file' in place ? `${place.file}:${place.line}: ` : '';
  return `${where}${message}${hint === undefined ? '' : ` ${hint}`}`;
}

/** Throws when there is at least one problem. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new HandoutError(problems);
}
