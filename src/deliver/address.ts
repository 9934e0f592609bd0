// The address cells of a row in, the lines for a window envelope out.

export interface AddressParts {
  /** Whole lines, from one column or several. */
  address: string;
  street: string;
  city: string;
  state: string;
  postcode: string;
  country: string;
}

export const MOST_LINES = 7;
export const LONGEST_LINE = 60;

/** The name stands first. No lines when nothing but a country is given. */
export function addressLines(client: string, parts: AddressParts, practiceCountry: string): string[] {
  const given = [...linesOf(parts.address), ...linesOf(parts.street), ...place(parts, practiceCountry)];
  if (given.length === 0) return [];
  const lines = [...given, ...linesOf(parts.country)];
  return client === '' || lines[0]!.toLowerCase() === client.toLowerCase() ? lines : [client, ...lines];
}

const linesOf = (text: string) =>
  text
    .split(/[\n;]/u)
    .map((line) => line.replace(/\s+/gu, ' ').trim())
    .filter((line) => line !== '');

const joined = (parts: readonly string[], between = ' ') => parts.filter((part) => part !== '').join(between);

/** Town and postcode as the post of the practice's country wants them (Universal Postal Union, addressing formats). */
function place({ city, state, postcode }: AddressParts, country: string): string[] {
  if (country === 'US') return linesOf(joined([city, joined([state, fiveDigits(postcode)])], ', '));
  if (country === 'CA' || country === 'AU') return linesOf(joined([city, state, postcode]));
  if (country === 'GB' || country === 'IE') return [city, state, postcode].flatMap(linesOf);
  return [joined([postcode, city]), state].flatMap(linesOf);
}

/** Excel takes 02139 for the number 2139. */
const fiveDigits = (zip: string) => (/^\d{3,4}$/u.test(zip) ? zip.padStart(5, '0') : zip);
