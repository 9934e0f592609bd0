// Which Markdown an article may use: the nodes of a section in, everything else told with what to write instead.
import type { Heading, Link, List, Nodes, Table, Text } from 'mdast';
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive';
import { SKIP, visit } from 'unist-util-visit';
import { isTallerThanPage } from './box-height.ts';
import { DISCREET } from './discreet.ts';
import { lineAt, lineOf, textOf } from './nodes.ts';
import type { Tell } from './problems.ts';
import { checkLines, checkPlan, checkScale, checkSheet, isSheet, SHEET } from './worksheets.ts';

export const BOXES: readonly string[] = ['callout', 'caution', 'try'];
/** What has a line of its own, and the attributes of each. */
const LEAVES: Readonly<Record<string, readonly string[]>> = {
  figure: ['src', 'alt'],
  lines: ['n', 'fill'],
  plan: [],
  scale: ['from', 'to'],
};
/** Beyond these even print columns are a word wide. */
const MOST_COLUMNS = 6;
const ADDRESS = /^(https?:\/\/[^\s/]+\S*|mailto:[^\s@]+@[^\s@]+|tel:\+?[\d().-]+)$/iu;

const ALLOWED = new Set(['paragraph', 'text', 'strong', 'emphasis', 'break', 'listItem', 'tableRow', 'tableCell']);

const INSTEAD: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  html: ['Raw HTML is not read', 'Write it in Markdown, or write < as \\<.'],
  image: [
    'A picture can’t stand in a line',
    'Write ::figure[Caption]{src="name.svg" alt="What it shows."} on its own line.',
  ],
  blockquote: ['Block quotes are not printed', 'Use :::callout … ::: for a thing worth remembering.'],
  code: ['Code blocks are not printed', 'Start the line with fewer than four blanks.'],
  inlineCode: ['Code is not printed', 'Delete the ` marks.'],
  thematicBreak: ['Rules are not printed', 'Start a new section or a ### heading.'],
  delete: ['Crossed-out text is not printed', 'Delete it.'],
  definition: ['Link definitions are not read', 'Write the address at the link: [words](https://…).'],
  linkReference: ['Link references are not read', 'Write the address at the link: [words](https://…).'],
  imageReference: ['Picture references are not read', 'Write ::figure[Caption]{src="name.svg" alt="What it shows."}.'],
  footnoteDefinition: ['Footnotes are not read', 'List the source between the --- lines and cite it as [^id].'],
  footnoteReference: ['Footnotes are not read', 'List the source between the --- lines and cite it as [^id].'],
};

/** `images` are the names of the pictures beside the article. */
export function checkNodes(nodes: readonly Nodes[], images: readonly string[], tell: Tell): void {
  for (const top of nodes) {
    visit(top, (node, _, parent) => {
      if (ALLOWED.has(node.type)) {
        if (node.type === 'text') checkColons(node, tell);
      } else if (node.type === 'heading') checkHeading(node, tell);
      else if (node.type === 'link') checkLink(node, tell);
      else if (node.type === 'list') checkList(node, tell);
      else if (node.type === 'table') checkTable(node, isSheet(parent), tell);
      else if (node.type === 'containerDirective') checkBox(node, tell);
      else if (node.type === 'leafDirective') checkLeaf(node, parent, images, tell);
      else {
        const [what, hint] = INSTEAD[node.type] ?? [`“${node.type}” is not read`, 'Write it in plainer Markdown.'];
        tell(lineOf(node), `${what}.`, hint);
        return SKIP;
      }
      return undefined;
    });
  }
}

const CONTAINERS = `Boxes are :::${[...BOXES, 'sheet', DISCREET].join(', :::')}`;

/** A directive with one colon: one of ours anywhere, any other at the start of a line. Words such as x:y[z] are text. */
const SINGLE = new RegExp(`(?<!:)(?::(?:${Object.keys(LEAVES).join('|')})|^:[a-z]+)(?=\\[|\\{(?!\\{))`, 'mu');

function checkColons(node: Text, tell: Tell): void {
  const single = SINGLE.exec(node.value);
  if (single !== null) {
    const hint = `Give it a line of its own and two colons: ::${Object.keys(LEAVES).join(', ::')}.`;
    tell(lineAt(node, single.index), `“${single[0]}” would be printed as it stands.`, hint);
  }
  const colons = /(?<=^|\s):{2,}/u.exec(node.value);
  if (colons === null) return;
  tell(
    lineAt(node, colons.index),
    'These colons start or close nothing.',
    `${CONTAINERS}, closed by ::: on its own line, with one colon more round another; ::${Object.keys(LEAVES).join(', ::')} have a line of their own.`,
  );
}

function checkHeading(node: Heading, tell: Tell): void {
  if (node.depth === 2) tell(lineOf(node), 'A section starts inside a box or a list.', 'Close the box with ::: first.');
  else if (node.depth !== 3)
    tell(lineOf(node), `This is a level ${node.depth} heading.`, 'Use ## for a section and ### inside it.');
  const text = textOf(node).trim();
  if (text === '') tell(lineOf(node), 'This heading is empty.', 'Write its words, or delete the # marks.');
  if (node.depth !== 2 && /(?<!\{)\{[^{}]*\}$/u.test(text))
    tell(lineOf(node), 'Only a ## heading has an id or a kind.', 'Delete the {…}.');
}

function checkLink(node: Link, tell: Tell): void {
  const line = lineOf(node);
  if (node.url.includes('{{')) tell(line, 'A link’s address can’t hold a field.', 'Name nobody in an address.');
  else if (!ADDRESS.test(node.url)) {
    tell(line, 'This link’s address is not one that works on its own.', 'Start it with https://, mailto: or tel:.');
  }
  if (textOf(node).trim() === '') tell(line, 'This link has no words.', 'Write [what it leads to](https://…).');
  if (node.title) tell(line, 'A link’s title is never printed.', 'Delete the "…" behind the address.');
}

function checkList(node: List, tell: Tell): void {
  const boxes = node.children.filter(({ checked }) => typeof checked === 'boolean');
  const line = lineOf(node);
  if (boxes.length > 0 && boxes.length < node.children.length) {
    tell(
      line,
      'Some items of this list have a box and some have none.',
      'Write - [ ] before each, or leave a blank line and a paragraph between two lists.',
    );
  }
  if (boxes.length > 0 && node.ordered) tell(line, 'A check list has no numbers.', 'Write - [ ] instead.');
  for (const item of boxes) {
    if (item.checked) tell(lineOf(item), 'This box is ticked already.', 'Write - [ ], so that the client can tick it.');
  }
  for (const item of node.children) {
    if (item.children.some((child) => child.type === 'leafDirective' && child.name === 'figure'))
      tell(lineOf(item), 'A figure can’t stand in a list.', 'Put it above or below the list.');
    if (textOf(item).trim() === '') tell(lineOf(item), 'This list item is empty.', 'Write its words, or delete it.');
  }
  if (node.ordered && (node.start ?? 1) !== 1) {
    tell(
      line,
      `This numbered list starts at ${node.start}.`,
      'Start at 1; indent what belongs to an item by three blanks so that it does not cut the list.',
    );
  }
}

/** A table to fill in is checked with its sheet. */
function checkTable(node: Table, filled: boolean, tell: Tell): void {
  const [head, ...rows] = node.children;
  const columns = head?.children.length ?? 0;
  if (!filled && columns > MOST_COLUMNS) {
    const hint = `At most ${MOST_COLUMNS} can be read; make two tables of it, or a list.`;
    tell(lineOf(node), `This table has ${columns} columns and is wider than the page.`, hint);
  }
  // The corner above a column of row names may be empty (WCAG technique H51 allows it); no other column may.
  const nameless = head?.children.some(
    (cell, index) => textOf(cell).trim() === '' && (index > 0 || head.children.length === 1),
  );
  if (nameless) tell(lineOf(node), 'A column of this table has no header.', 'Name every column in the first row.');
  if (rows.length === 0 && !filled) tell(lineOf(node), 'This table has no rows.', 'Add a row below the | --- | line.');
  for (const row of rows) {
    if (row.children.length !== head?.children.length) {
      tell(lineOf(row), 'This row has more or fewer cells than the header.', 'Write one cell for each column.');
    }
  }
}

function checkBox(node: ContainerDirective, tell: Tell): void {
  const line = lineOf(node);
  if (node.name === SHEET) {
    checkAttributes(node, ['rows'], tell);
    checkSheet(node, tell);
    return;
  }
  if (node.name === DISCREET) {
    tell(line, '“:::discreet” stands inside a box or a list.', 'Close what is above it first: it stands by itself.');
    return;
  }
  if (!BOXES.includes(node.name)) {
    const leaf = node.name in LEAVES ? `Write ::${node.name} with two colons. ` : '';
    tell(line, `There is no box “:::${node.name}”.`, `${leaf}${CONTAINERS}.`);
    return;
  }
  checkAttributes(node, [], tell);
  const [first] = node.children;
  if (first?.type === 'paragraph' && first.data?.directiveLabel) {
    tell(line, `“:::${node.name}” takes no […].`, 'Write its heading as **bold words** on the next line.');
  }
  if (node.children.length === 0) tell(line, 'This box is empty.', 'Write its words, or delete it.');
  if (isTallerThanPage(node))
    tell(line, 'This box is taller than a page of large print.', 'Make two boxes of it, or give it fewer lines.');
}

function checkLeaf(node: LeafDirective, parent: Nodes | undefined, images: readonly string[], tell: Tell): void {
  const allowed = LEAVES[node.name];
  if (allowed === undefined) {
    const boxed = [...BOXES, SHEET, DISCREET].includes(node.name);
    const box = boxed ? `Write :::${node.name} with three colons and close it with :::. ` : '';
    tell(lineOf(node), `There is no “::${node.name}”.`, `${box}There are ::${Object.keys(LEAVES).join(', ::')}.`);
    return;
  }
  checkAttributes(node, allowed, tell);
  if (node.name === 'figure') checkFigure(node, images, tell);
  else if (node.name === 'lines') checkLines(node, tell);
  else if (node.name === 'scale') checkScale(node, tell);
  else checkPlan(node, parent, tell);
}

function checkFigure(node: LeafDirective, images: readonly string[], tell: Tell): void {
  const line = lineOf(node);
  const { src, alt } = node.attributes ?? {};
  const beside = images.length === 0 ? 'There are no pictures beside it yet.' : `There are: ${images.join(', ')}.`;
  if (!src) tell(line, 'This figure names no picture.', 'Write src="name.svg".');
  else if (!images.includes(src)) tell(line, `There is no picture “${src}” beside the article.`, beside);
  if (!alt?.trim()) tell(line, 'This figure has no alt text.', 'Write alt="What the picture shows."');
  else if (alt.includes('{{')) tell(line, 'An alt text can’t hold a field.', 'Say what the picture shows.');
  if (textOf(node).trim() === '')
    tell(line, 'This figure has no caption.', 'Write ::figure[What to see in it]{src="…" alt="…"}.');
}

function checkAttributes(node: ContainerDirective | LeafDirective, allowed: readonly string[], tell: Tell): void {
  for (const name of Object.keys(node.attributes ?? {})) {
    if (allowed.includes(name)) continue;
    const hint = allowed.length === 0 ? 'It takes none.' : `It takes ${allowed.join(' and ')}.`;
    tell(lineOf(node), `“${node.name}” has no attribute “${name}”.`, hint);
  }
}
