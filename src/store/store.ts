// Where things are kept in, all that keeps them out: opened once by whoever starts the program.
import { type BatchStore, batchStore } from './batches.ts';
import { openDatabase, type Place } from './database.ts';
import { kept } from './kept.ts';
import { type KeyPlace, practiceKey } from './key.ts';
import type { Work } from './lease.ts';
import { type MailSettingsStore, mailSettingsStore } from './mail-settings.ts';
import { type OutboxStore, outboxStore } from './outbox.ts';
import { type Post, post } from './post.ts';
import { type PracticeStore, practiceStore } from './practice.ts';
import { type PresetStore, presetStore } from './presets.ts';
import { type Purge, purge } from './purge.ts';
import { type ShelfStore, shelfStore } from './shelf.ts';
import { work } from './work.ts';

export interface Store {
  practices: PracticeStore;
  presets: PresetStore;
  /** What the practice decided about the articles. */
  shelf: ShelfStore;
  batches: BatchStore;
  /** For the threads and machines that make them. */
  work: Work;
  purge: Purge;
  outbox: OutboxStore;
  /** For whoever sends what is in it. */
  post: Post;
  mailSettings: MailSettingsStore;
  close(): Promise<void>;
}

/** Plain data, so that threads can be handed it and open the same store. */
export interface StorePlace extends Place {
  key: KeyPlace;
}

const ownLocale = () => new Intl.DateTimeFormat().resolvedOptions().locale;

/** Opens the store, its tables brought up to date. Before a practice is saved its country is guessed from `locale`. */
export async function openStore(place: StorePlace, locale = ownLocale()): Promise<Store> {
  const open = await openDatabase(place);
  const all = kept(open, practiceKey(place.key));
  return {
    practices: practiceStore(open, locale),
    presets: presetStore(open),
    shelf: shelfStore(open),
    batches: batchStore(all),
    work: work(all),
    purge: purge(all),
    outbox: outboxStore(all),
    post: post(all),
    mailSettings: mailSettingsStore(all),
    close: () => open.db.destroy(),
  };
}
