// A machine's locale in, the country and paper to begin with out.
import type { Paper } from '../merge/choice.ts';

/** Countries that print on Letter; all others use A4 (CLDR, supplemental data, paperSize US-Letter). */
const LETTER = new Set('BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '));

/** `de-AT`, `de_AT.UTF-8` -> `AT`. A locale that names no country gives `US`. */
export function guessCountry(locale: string): string {
  const tag = locale.replace(/[.@].*$/u, '').replaceAll('_', '-');
  try {
    const { region } = new Intl.Locale(tag);
    return region !== undefined && /^[A-Z]{2}$/u.test(region) ? region : 'US';
  } catch {
    return 'US'; // `C`, `POSIX`, an empty string
  }
}

export const usualPaper = (country: string): Paper => (LETTER.has(country) ? 'letter' : 'a4');
