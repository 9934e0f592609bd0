// Where things are kept in, all that keeps them out: opened once by whoever starts the program.
import { openDatabase, type Place } from './database.ts';
import { type PracticeStore, practiceStore } from './practice.ts';

export interface Store {
  practices: PracticeStore;
  close(): Promise<void>;
}

const ownLocale = () => new Intl.DateTimeFormat().resolvedOptions().locale;

/** Opens the store, its tables brought up to date. Before a practice is saved its country is guessed from `locale`. */
export async function openStore(place: Place, locale = ownLocale()): Promise<Store> {
  const open = await openDatabase(place);
  return { practices: practiceStore(open, locale), close: () => open.db.destroy() };
}
