// A seed in, clients nobody has seen before out: names and notes of words that no cache can know.

const LETTERS = 'eeeeeaaaattttooooiiinnnsssshhhrrrddlllluuccmmwwffggyyppbbvkjxqz';
/** One letter in forty, as in the names of a city's clients. */
const ACCENTED = 'éüłñçőí';

export function people(seed) {
  let state = seed;
  // mulberry32: the same clients in every run.
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most) => Math.floor(random() * most);
  const oneOf = (letters) => letters[below(letters.length)];
  const letter = () => oneOf(below(40) === 0 ? ACCENTED : LETTERS);
  const word = () => Array.from({ length: 2 + below(7) }, letter).join('');
  const capital = () => word().replace(/^./u, (first) => first.toUpperCase());
  /** As much as stands in a slot: five to twenty-five words in a sentence or two. */
  const said = () =>
    Array.from({ length: 5 + below(21) }, (_, at) => (at === 0 ? capital() : at === 12 ? `${word()}.` : word())).join(
      ' ',
    );
  const sentence = () => `${capital()} ${Array.from({ length: 9 }, word).join(' ')}.`;
  const han = () => String.fromCodePoint(0x4e00 + below(5000));
  /** Sixty words in six sentences. */
  const note = () => Array.from({ length: 6 }, sentence).join(' ');
  const latin = () => ({ client: `${capital()} ${capital()}`, note: note() });
  return {
    latin,
    /** As much as in all slots, in the note. */
    wordy: () => {
      const { client, note: first } = latin();
      return { client, note: [first, said(), said(), said(), said(), sentence()].join(' ') };
    },
    slot: () => ({ ...latin(), words: said() }),
    slots: () => ({
      ...latin(),
      words: said(),
      agreed: said(),
      plan: said(),
      obstacle: said(),
      appointment: sentence(),
    }),
    chinese: () => ({ client: `${han()}${han()}${han()}`, note: note() }),
  };
}
