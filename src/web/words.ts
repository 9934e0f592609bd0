// Facts in, the short words the pages say about them out.
import type { Section } from '../content/article.ts';
import { minutesToRead } from '../content/reading.ts';

export const count = (number: number, noun: string) =>
  `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;

/** `row 5`, `rows 2 to 48, 50`; after so many runs only that there are more. */
export function rowWords(rows: readonly number[], mostRuns = Number.POSITIVE_INFINITY): string {
  const runs: [number, number][] = [];
  for (const row of rows.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && row <= last[1] + 1) last[1] = row;
    else runs.push([row, row]);
  }
  const said = runs.slice(0, mostRuns).map(([from, to]) => {
    if (from === to) return String(from);
    return to === from + 1 ? `${from}, ${to}` : `${from} to ${to}`;
  });
  return `row${rows.length === 1 ? '' : 's'} ${said.join(', ')}${runs.length > mostRuns ? ' and more' : ''}`;
}

/** Fewer take half a minute or less; eleven sections of “1 min” would not add up to the four minutes of the whole. */
const LEAST_WORDS = 90;

/** `2 min · grade 5`; no grade where no formula is valid. */
export function effort(section: Section): string {
  const minutes = section.words < LEAST_WORDS ? 'under 1 min' : `${minutesToRead(section.words)} min`;
  return section.grade === null ? minutes : `${minutes} · grade ${Math.max(1, Math.round(section.grade))}`;
}

/** `one-page` -> `One page`. */
export function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const englishNames = new Intl.DisplayNames('en', { type: 'region' });
export const countryName = (code: string) => englishNames.of(code) ?? code;

/** ISO 3166-1 alpha-2, those with inhabitants. */
const COUNTRIES =
  'AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW'.split(
    ' ',
  );

/** By English name. */
export const countries = COUNTRIES.map((code) => ({ code, name: countryName(code) })).sort((a, b) =>
  a.name.localeCompare(b.name, 'en'),
);

/** Languages a note may be in, each under its own name. */
export const languages = 'ar de el en es fa fr he hi hr hu it ja ko mr nl pl pt ro ru so sq sr sv sw tl tr uk ur vi zh'
  .split(' ')
  .map((code) => ({ code, name: new Intl.DisplayNames(code, { type: 'language' }).of(code) ?? code }));
