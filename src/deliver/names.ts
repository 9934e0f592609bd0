// A name as a column holds it in, the name to print and its initials out.

const SUFFIX = /^(jr|sr|ii|iii|iv|md|phd|dds|esq|rn|msw|lcsw|psyd)\.?$/iu;

/** `Reyes, Ana María` becomes `Ana María Reyes`; `King, Martin Luther, Jr.` keeps its end, and `Martin King, Jr.` its order. */
export function turned(name: string): string {
  const [last = '', first = '', ...more] = name.split(',').map((part) => part.trim());
  if (first === '' || SUFFIX.test(first)) return name;
  return [first, last, ...more].filter((part) => part !== '').join(' ');
}

/** At most three letters, of the first names and the last; none where a name has no letters. */
export function initialsOf(name: string): string {
  const letters = name
    .normalize('NFC')
    .split(/[\s-]+/u)
    .filter((word) => !SUFFIX.test(word.replaceAll(',', '')))
    .flatMap((word) => /\p{L}\p{M}*/u.exec(word)?.[0] ?? []);
  const short = letters.length <= 3 ? letters : [letters[0]!, letters[1]!, letters.at(-1)!];
  return short.join('').toLocaleUpperCase('en');
}
