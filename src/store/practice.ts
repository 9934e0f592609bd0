// A database in, the practice's letterhead out: read, saved, kept across restarts.
import type { Practice } from '../merge/practice.ts';
import { guessCountry, usualPaper } from './country.ts';
import type { Open } from './database.ts';
import type { PracticeRow } from './tables.ts';

export interface PracticeStore {
  /** The saved letterhead; before the first save an empty one, its country guessed. */
  read(): Promise<Practice>;
  save(practice: Practice): Promise<void>;
  /** True until something has been saved, even an empty letterhead put off for later. */
  isNew(): Promise<boolean>;
}

export function practiceStore({ db }: Open, locale: string): PracticeStore {
  const row = () => db.selectFrom('practice').selectAll().executeTakeFirst();
  return {
    async read() {
      const saved = await row();
      return saved === undefined ? unsaved(locale) : practiceOf(saved);
    },
    async save(practice) {
      const { id, ...rest } = rowOf(practice);
      const insert = db.insertInto('practice').values({ id, ...rest });
      await insert.onConflict((same) => same.column('id').doUpdateSet(rest)).execute();
    },
    isNew: async () => (await row()) === undefined,
  };
}

function unsaved(locale: string): Practice {
  const country = guessCountry(locale);
  return {
    name: '',
    contact: [],
    crisisLine: '',
    country,
    countryIsGuess: true,
    paper: usualPaper(country),
    clinician: '',
    credentials: '',
    colour: '',
    logo: null,
  };
}

const practiceOf = (row: PracticeRow): Practice => ({
  name: row.name,
  contact: JSON.parse(row.contact) as string[],
  crisisLine: row.crisis_line,
  country: row.country,
  countryIsGuess: row.country_is_guess === 1,
  paper: row.paper,
  clinician: row.clinician,
  credentials: row.credentials,
  colour: row.colour,
  logo: row.logo,
});

const rowOf = (practice: Practice): PracticeRow => ({
  id: 1,
  name: practice.name,
  contact: JSON.stringify(practice.contact),
  crisis_line: practice.crisisLine,
  country: practice.country,
  country_is_guess: practice.countryIsGuess ? 1 : 0,
  paper: practice.paper,
  clinician: practice.clinician,
  credentials: practice.credentials,
  colour: practice.colour,
  logo: practice.logo,
});
