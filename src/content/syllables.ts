// A Spanish word in, the number of its syllables out.

/** Written but silent: the u of que and gui, and every h, which parts no diphthong (prohi-bir) and joins no hiatus (a-ho-ra). */
const SILENT = /(?<=q)u|(?<=g)u(?=[eiéí])|(?<!c)h/gu;
/** A y sounds as a vowel at the end of a word, and by itself. */
const FINAL_Y = /y(?=$)/u;
const VOWELS = /[aeiouáéíóúü]+/gu;
const CORE = /[aeoáéóíú]/gu;

/**
 * Each open vowel (a, e, o) and each accented closed one (í, ú) is the core of a syllable; other closed vowels join their
 * neighbour, and make one syllable where they are alone (Ortografía de la lengua española 2010, I, 3.4).
 */
export function spanishSyllables(word: string): number {
  const sounded = word.toLowerCase().normalize('NFC').replace(SILENT, '').replace(FINAL_Y, 'i');
  const groups = sounded.match(VOWELS) ?? [];
  return groups.reduce((sum, group) => sum + Math.max(1, group.match(CORE)?.length ?? 0), 0);
}
