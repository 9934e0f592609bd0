// An article's text in, its sections out: heading, id, kind and what each requires, every mistake told with its line.
import type { Heading, Root, RootContent } from 'mdast';
import type { SectionKind } from './article.ts';
import { takeDiscreet } from './discreet.ts';
import { ID } from './front-matter.ts';
import { lineOf, textOf } from './nodes.ts';
import type { Tell } from './problems.ts';

export interface Draft {
  heading: Heading;
  id: string;
  kind: SectionKind;
  requires: readonly string[];
  nodes: RootContent[];
  /** Its neutral words for a discreet copy; they are no longer among its nodes. */
  discreet: Draft | null;
}

export const KINDS: readonly SectionKind[] = ['core', 'why', 'how', 'try', 'more'];
const FORM = '## Title {#its-id .how}';

// {#id .kind requires="a b"}: a mark and its word, a name and its value, or anything else, which is a mistake.
const ATTRIBUTES = /\s*(?<!\{)\{([^{}]*)\}\s*$/u;
const ATTRIBUTE = /#([^\s#.]+)|\.([^\s#.]+)|([\w-]+)=(?:"([^"]*)"|(\S+))|\S+/gu;

/** Cuts the text at its ## headings. */
export function cutSections(tree: Root, tell: Tell): Draft[] {
  const drafts: Draft[] = [];
  for (const node of tree.children) {
    if (node.type === 'heading' && node.depth === 2) drafts.push(draft(node, tell));
    else if (drafts.length > 0) drafts.at(-1)!.nodes.push(node);
    else tell(lineOf(node), 'This stands before the first section.', `Start a section above it: ${FORM}.`);
  }
  if (drafts.length === 0)
    tell(tree.position?.end.line ?? 1, 'The article has no section.', `Write ${FORM} and its text.`);
  for (const one of drafts) one.discreet = takeDiscreet(one, tell);
  checkDrafts(drafts, tell);
  return drafts;
}

function draft(heading: Heading, tell: Tell): Draft {
  const line = lineOf(heading);
  const last = heading.children.at(-1);
  const written = last?.type === 'text' ? ATTRIBUTES.exec(last.value) : null;
  if (written !== null && last?.type === 'text') last.value = last.value.slice(0, written.index);
  const title = textOf(heading).trim();
  if (title === '') tell(line, 'This section has no title.', `Write ${FORM}.`);
  if (title.includes('{{')) tell(line, 'A section’s title can’t hold a field.', 'Use the field in the text below it.');
  if (title.includes('[^')) tell(line, 'A section’s title can’t cite a source.', 'Cite it where the claim is made.');
  const ids: string[] = [];
  const kinds: string[] = [];
  let requires: string[] = [];
  for (const [all, id, kind, name, quoted, bare] of (written?.[1] ?? '').matchAll(ATTRIBUTE)) {
    if (id !== undefined) ids.push(id);
    else if (kind !== undefined) kinds.push(kind);
    else if (name === 'requires') requires = (quoted ?? bare ?? '').split(/\s+/u).filter((word) => word !== '');
    else tell(line, `A section has no attribute “${all}”.`, `It takes #id, .kind and requires="other-id".`);
  }
  checkId(ids, line, tell);
  checkKind(kinds, line, tell);
  return { heading, id: ids[0] ?? '', kind: kinds[0] as SectionKind, requires, nodes: [], discreet: null };
}

/** What was typed, the number to call and the sources have these on the page. */
const OURS = /^(?:note|help-now|sources|slot-.*)$/u;

function checkId(ids: readonly string[], line: number, tell: Tell): void {
  const [id] = ids;
  if (id === undefined) tell(line, 'This section has no id.', `Write ${FORM}.`);
  else if (!ID.test(id)) tell(line, `“#${id}” is not an id.`, 'Use small letters a–z, digits and hyphens.');
  else if (OURS.test(id)) tell(line, `The id “${id}” is that of a part of every page.`, 'Choose another.');
  if (ids.length > 1) tell(line, 'This section has more than one id.', 'Keep one.');
}

function checkKind(kinds: readonly string[], line: number, tell: Tell): void {
  const hint = `Write one of .${KINDS.join(', .')}.`;
  if (kinds.length === 0) tell(line, 'This section has no kind.', hint);
  if (kinds.length > 1) tell(line, 'This section has more than one kind.', hint);
  for (const kind of kinds) {
    if (!(KINDS as readonly string[]).includes(kind)) tell(line, `There is no kind “.${kind}”.`, hint);
  }
}

function checkDrafts(drafts: readonly Draft[], tell: Tell): void {
  const ids = drafts.map(({ id }) => id);
  for (const [index, { id, heading, requires, nodes }] of drafts.entries()) {
    const line = lineOf(heading);
    const first = ids.indexOf(id);
    if (id !== '' && first < index) {
      tell(
        line,
        `The id “${id}” is taken by the section on line ${lineOf(drafts[first]!.heading)}.`,
        'Choose another.',
      );
    }
    for (const name of requires) {
      if (name === id) tell(line, 'This section requires itself.', 'Take its own id out of requires.');
      else if (!ids.includes(name)) {
        tell(
          line,
          `It requires “${name}”, which is no section.`,
          `The article has: ${ids.filter(Boolean).join(', ')}.`,
        );
      }
    }
    if (nodes.length === 0) tell(line, 'This section is empty.', 'Write its text, or delete the heading.');
  }
}
