// What can be filled in on screen: a field and its area in, its mark and its Form element out; nothing where lines only are asked for.
import type { Inline } from '../merge/block.ts';
import type { Field, Mark, Tag } from './page.ts';
import type { Setting } from './text.ts';

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

export function fieldMarks(field: Field, area: Area, { fillable }: Setting): { marks: Mark[]; tags: Tag[] } {
  if (fillable === undefined) return { marks: [], tags: [] };
  const tag: Tag = { kind: 'tag', type: 'Form', kids: [], alt: field.label };
  return { marks: [{ kind: 'field', tag, field, ...area }], tags: [tag] };
}

/** Text to type, in the type of the page. */
export function textField(label: string, several: boolean, area: Area, setting: Setting) {
  const { size } = setting.theme.body;
  return fieldMarks({ kind: several ? 'lines' : 'line', label, size, rtl: setting.dir === 'rtl' }, area, setting);
}

const ISOLATES = /[\u2066-\u2069]/gu;

/** The words of some inlines, as a label says them. */
export function wordsOf(inlines: readonly Inline[]): string {
  return inlines
    .map(({ text, breakAfter }) => (breakAfter ? `${text} ` : text))
    .join('')
    .replace(ISOLATES, '');
}
