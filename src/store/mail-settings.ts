// A database and the practice's key in, the settings about e-mail that were typed into a page out: sealed, for passwords are among them.
import { HandoutError, type Problem } from '../errors.ts';
import { fromJson, type Kept, PLACES, toJson } from './kept.ts';
import { newSeal, openSeal } from './seal.ts';

export interface MailSettingsStore {
  /** As they were saved; null before. Throws `key-wrong` where they were sealed with another key. */
  read(): Promise<unknown>;
  /** Gives what `stamp` will. */
  save(settings: unknown): Promise<number>;
  /** Another number after each save, on this machine or another; 0 before the first. */
  stamp(): Promise<number>;
}

/** What the seal is made for, in the place of a batch. */
const OWNER = 'mail settings';

export function mailSettingsStore({ db, key }: Kept): MailSettingsStore {
  const row = () => db.selectFrom('mail_settings').selectAll().executeTakeFirst();
  return {
    async read() {
      const saved = await row();
      if (saved === undefined) return null;
      try {
        return fromJson(openSeal(key(), OWNER, saved.key).open(PLACES.mailSettings, saved.sealed));
      } catch (error) {
        throw error instanceof HandoutError ? new HandoutError([OTHER_KEY]) : error;
      }
    },
    async save(settings) {
      const { seal, wrapped } = newSeal(key(), OWNER);
      const values = { key: wrapped, sealed: seal.close(PLACES.mailSettings, toJson(settings)) };
      const { saves } = await db
        .insertInto('mail_settings')
        .values({ id: 1, saves: 1, ...values })
        .onConflict((same) =>
          same.column('id').doUpdateSet((is) => ({ ...values, saves: is('mail_settings.saves', '+', 1) })),
        )
        .returning('saves')
        .executeTakeFirstOrThrow();
      return saves;
    },
    async stamp() {
      const saved = await db.selectFrom('mail_settings').select('saves').executeTakeFirst();
      return saved?.saves ?? 0;
    },
  };
}

const OTHER_KEY: Problem = {
  code: 'key-wrong',
  message: 'The settings about e-mail can’t be opened: they were sealed with another key than the one there is now.',
  hint: 'Bring back the key file from before, or type the settings in anew.',
};
