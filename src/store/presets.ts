// A database in, the choices that the practice has saved under names out; the one used last comes first.
import type { Preset } from '../merge/preset.ts';
import type { Open } from './database.ts';

export interface PresetStore {
  list(): Promise<Preset[]>;
  /** One of the same name is replaced. */
  save(preset: Preset): Promise<void>;
  /** Null where there is none of this name; else it is the one used last. */
  use(name: string): Promise<Preset | null>;
  remove(name: string): Promise<void>;
}

export function presetStore({ db, now }: Open): PresetStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('presets')
        .select(['name', 'choice'])
        .orderBy('used', 'desc')
        .orderBy('name')
        .execute();
      return rows.map(presetFrom);
    },
    async save({ name, choice }) {
      const rest = { choice: JSON.stringify(choice), used: now };
      const insert = db.insertInto('presets').values({ name, ...rest });
      await insert.onConflict((same) => same.column('name').doUpdateSet(rest)).execute();
    },
    async use(name) {
      const row = await db
        .updateTable('presets')
        .set({ used: now })
        .where('name', '=', name)
        .returning(['name', 'choice'])
        .executeTakeFirst();
      return row === undefined ? null : presetFrom(row);
    },
    async remove(name) {
      await db.deleteFrom('presets').where('name', '=', name).execute();
    },
  };
}

const presetFrom = ({ name, choice }: { name: string; choice: string }): Preset => ({
  name,
  choice: JSON.parse(choice) as Preset['choice'],
});
