// The clinician's own words: plain text in, paragraphs and bullets out. Markup in it is text like any other.

/** Bullets, or a paragraph: its first line and those that follow. */
export type NotePart = { items: readonly string[] } | { items: null; first: string; more: readonly string[] };

const BULLET = /^\s*[-*•–]\s+(?=\S)/u;

/** A blank line starts a paragraph; a line that starts with `- `, `* ` or `• ` is a bullet; other breaks are kept. */
export function noteParts(note: string): NotePart[] {
  const parts: NotePart[] = [];
  let open: string[] = [];
  let bullets = false;
  const close = () => {
    const [first, ...more] = open;
    if (first !== undefined) parts.push(bullets ? { items: open } : { items: null, first, more });
    open = [];
  };
  for (const line of note.split('\n')) {
    const isBullet = BULLET.test(line);
    if (line.trim() === '' || isBullet !== bullets) close();
    bullets = isBullet;
    if (line.trim() !== '') open.push(line.replace(BULLET, '').trim());
  }
  close();
  return parts;
}
