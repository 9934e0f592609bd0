// The clinician's own words: plain text in, paragraphs and bullets out. Markup in it is text like any other.

export type NotePart = { items: readonly string[]; lines: null } | { items: null; lines: readonly string[] };

const BULLET = /^\s*[-*•–]\s+(?=\S)/u;

/** A blank line starts a paragraph; a line that starts with `- `, `* ` or `• ` is a bullet; other breaks are kept. */
export function noteParts(note: string): NotePart[] {
  const parts: NotePart[] = [];
  let open: string[] = [];
  let bullets = false;
  const close = () => {
    if (open.length > 0) parts.push(bullets ? { items: open, lines: null } : { items: null, lines: open });
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
