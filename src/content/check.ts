// Which Markdown an article may use: the nodes of a section in, everything else told with what to write instead.
import type { Heading, Link, List, Nodes, Table } from 'mdast';
import type { ContainerDirective, LeafDirective } from 'mdast-util-directive';
import { SKIP, visit } from 'unist-util-visit';
import { lineOf, textOf } from './nodes.ts';
import type { Tell } from './problems.ts';

export const BOXES: readonly string[] = ['callout', 'caution', 'try'];
export const MOST_LINES = 12;
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
    visit(top, (node) => {
      if (ALLOWED.has(node.type)) {
        if (node.type === 'text' && /(^|\s):{2,}/u.test(node.value)) tellColons(node, tell);
      } else if (node.type === 'heading') checkHeading(node, tell);
      else if (node.type === 'link') checkLink(node, tell);
      else if (node.type === 'list') checkList(node, tell);
      else if (node.type === 'table') checkTable(node, tell);
      else if (node.type === 'containerDirective') checkBox(node, tell);
      else if (node.type === 'leafDirective') checkLeaf(node, images, tell);
      else {
        const [what, hint] = INSTEAD[node.type] ?? [`“${node.type}” is not read`, 'Write it in plainer Markdown.'];
        tell(lineOf(node), `${what}.`, hint);
        return SKIP;
      }
      return undefined;
    });
  }
}

function tellColons(node: Nodes, tell: Tell): void {
  tell(
    lineOf(node),
    'These colons start or close nothing.',
    `Boxes are :::${BOXES.join(', :::')}, closed by ::: on its own line; ::figure[…]{…} and ::lines[…]{…} have a line of their own.`,
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

function checkTable(node: Table, tell: Tell): void {
  const [head, ...rows] = node.children;
  // The corner above a column of row names may be empty (WCAG technique H51 allows it); no other column may.
  const nameless = head?.children.some(
    (cell, index) => textOf(cell).trim() === '' && (index > 0 || head.children.length === 1),
  );
  if (nameless) tell(lineOf(node), 'A column of this table has no header.', 'Name every column in the first row.');
  if (rows.length === 0) tell(lineOf(node), 'This table has no rows.', 'Add a row below the | --- | line.');
  for (const row of rows) {
    if (row.children.length !== head?.children.length) {
      tell(lineOf(row), 'This row has more or fewer cells than the header.', 'Write one cell for each column.');
    }
  }
}

function checkBox(node: ContainerDirective, tell: Tell): void {
  const line = lineOf(node);
  if (!BOXES.includes(node.name)) {
    const leaf = node.name === 'figure' || node.name === 'lines' ? `Write ::${node.name} with two colons. ` : '';
    tell(line, `There is no box “:::${node.name}”.`, `${leaf}Boxes are :::${BOXES.join(', :::')}.`);
    return;
  }
  checkAttributes(node, [], tell);
  const [first] = node.children;
  if (first?.type === 'paragraph' && first.data?.directiveLabel) {
    tell(line, `“:::${node.name}” takes no […].`, 'Write its heading as **bold words** on the next line.');
  }
  if (node.children.length === 0) tell(line, 'This box is empty.', 'Write its words, or delete it.');
}

function checkLeaf(node: LeafDirective, images: readonly string[], tell: Tell): void {
  const line = lineOf(node);
  if (node.name === 'lines') {
    checkAttributes(node, ['n'], tell);
    const count = node.attributes?.n ?? '';
    if (!/^\d{1,2}$/u.test(count) || Number(count) < 1 || Number(count) > MOST_LINES) {
      tell(line, '“::lines” does not say how many lines.', `Write {n=3}, 1 to ${MOST_LINES}.`);
    }
    if (textOf(node).trim() === '') tell(line, '“::lines” has no label.', 'Write ::lines[What to write here]{n=3}.');
  } else if (node.name === 'figure') {
    checkAttributes(node, ['src', 'alt'], tell);
    const { src, alt } = node.attributes ?? {};
    const beside = images.length === 0 ? 'There are no pictures beside it yet.' : `There are: ${images.join(', ')}.`;
    if (!src) tell(line, 'This figure names no picture.', 'Write src="name.svg".');
    else if (!images.includes(src)) tell(line, `There is no picture “${src}” beside the article.`, beside);
    if (!alt?.trim()) tell(line, 'This figure has no alt text.', 'Write alt="What the picture shows."');
    else if (alt.includes('{{')) tell(line, 'An alt text can’t hold a field.', 'Say what the picture shows.');
    if (textOf(node).trim() === '')
      tell(line, 'This figure has no caption.', 'Write ::figure[What to see in it]{src="…" alt="…"}.');
  } else {
    const box = BOXES.includes(node.name) ? `Write :::${node.name} with three colons and close it with :::. ` : '';
    tell(line, `There is no “::${node.name}”.`, `${box}There are ::figure and ::lines.`);
  }
}

function checkAttributes(node: ContainerDirective | LeafDirective, allowed: readonly string[], tell: Tell): void {
  for (const name of Object.keys(node.attributes ?? {})) {
    if (allowed.includes(name)) continue;
    const hint = allowed.length === 0 ? 'It takes none.' : `It takes ${allowed.join(' and ')}.`;
    tell(lineOf(node), `“${node.name}” has no attribute “${name}”.`, hint);
  }
}
