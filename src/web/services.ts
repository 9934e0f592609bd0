// What the doors are given to work with: the library, the practice, one way to make a handout. Types only.
import type { Article, Library } from '../content/article.ts';
import type { Standing } from '../content/shelf.ts';
import type { Batches } from '../deliver/batches.ts';
import type { Asked, Checked } from '../deliver/check-rows.ts';
import type { Letter } from '../deliver/letter.ts';
import type { MailSetup } from '../deliver/mail-setup.ts';
import type { Outbox } from '../deliver/outbox.ts';
import type { Sending } from '../deliver/outgoing.ts';
import type { Problem } from '../errors.ts';
import type { MadeCopy } from '../make/clinician-copy.ts';
import type { Made } from '../make/handout.ts';
import type { MadeMessage } from '../make/message.ts';
import type { Packet, Printing } from '../make/packet.ts';
import type { PrintJob } from '../make/print-file.ts';
import type { MadePage } from '../make/web-page.ts';
import type { Choice } from '../merge/choice.ts';
import type { Practice } from '../merge/practice.ts';
import type { PracticeStore } from '../store/practice.ts';
import type { PresetStore } from '../store/presets.ts';
import type { ShelfStore } from '../store/shelf.ts';

/** Where log lines go; pino fits. Never handed anything of a client. */
export interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Services {
  /** As the practice hands it out at the last `refresh`. */
  library(): Library;
  /** Every article that can be read, with what is withheld. */
  all: Library;
  shelf: ShelfStore;
  /** Looks what the practice has decided since, on this machine or another. */
  refresh(): Promise<void>;
  /** How an article stood at the last `refresh`. */
  standing(article: Article): Standing;
  practices: PracticeStore;
  presets: PresetStore;
  batches: Batches;
  outbox: Outbox;
  /** Null where no mail server is named: then there are drafts only, and nothing may be put into the outbox. */
  sending(): Sending | null;
  /** For the page on which the mail server is named and tried. */
  mailSettings: MailSetup;
  /** The message of a letter as the client gets it, to be looked at; refused like `make`. */
  makeMessage(letter: Letter, practice: Practice): Promise<MadeMessage>;
  /** The same as an `.eml` for the clinician's own mail program. */
  makeDraft(letter: Letter, practice: Practice): Promise<Buffer>;
  /** Throws a HandoutError with `before` and everything else that is wrong with a request. */
  read(input: unknown, before?: readonly Problem[]): Promise<Choice>;
  /** Throws a HandoutError when it can't be done as asked. */
  make(choice: Choice, practice: Practice): Promise<Made>;
  /** Any article, for a clinician who decides about it. */
  makeToRead(choice: Choice, practice: Practice): Promise<Made>;
  /** The clinician's copy of the same choice; refused likewise. */
  makeCopy(choice: Choice, practice: Practice): Promise<MadeCopy>;
  /** The same handout for a screen; refused likewise. */
  makePage(choice: Choice, practice: Practice): Promise<MadePage>;
  /** Checks the rows of a spreadsheet; throws where what holds for all of them can't be used. */
  check(asked: Omit<Asked, 'library' | 'press'>): Promise<Checked>;
  /** These packets as the printer gets them. */
  printFile(packets: readonly Packet[], job: PrintJob, practice: Practice): Promise<Buffer>;
  /** How much paper they need. */
  countSheets(packets: readonly Packet[], printing: Printing, practice: Practice): Promise<number>;
  /** The day to print, YYYY-MM-DD. */
  today(): string;
  /** Keepsake's own, for receipts. */
  version: string;
  log: Log;
}
