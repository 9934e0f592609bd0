// The fields of an article's text: a paragraph in, whether it speaks of the client out, every misspelt field told.
import type { Nodes, Parents } from 'mdast';
import { visit } from 'unist-util-visit';
import { lineAt, lineOf } from './nodes.ts';
import type { Tell } from './problems.ts';

export interface FieldUse {
  /** The text reads a client's field. */
  personal: boolean;
  /** It reads one where the client has not been asked for by `{{#if client}}`. */
  needsClient: boolean;
}

const TOKEN = /\\?\{{2,}[^{}]*\}*/gu;
const KNOWN = /^\{\{(client|clinician|practice|#if client|else|\/if)\}\}$/u;
const ALLOWED = 'An article may use {{client}}, {{clinician}}, {{practice}} and {{#if client}}…{{else}}…{{/if}}.';

const HOLDS_A_LINE = new Set(['paragraph', 'heading', 'tableCell', 'leafDirective']);

/** Reads the fields of everything that holds a line of text. */
export function readFields(nodes: readonly Nodes[], tell: Tell): FieldUse {
  const use: FieldUse = { personal: false, needsClient: false };
  for (const top of nodes) {
    visit(top, (node) => {
      if (HOLDS_A_LINE.has(node.type)) readLine(node as Parents, 'anybody', use, tell);
    });
  }
  return use;
}

type Reader = 'anybody' | 'named' | 'nameless';

/**
 * `{{#if}}` and `{{/if}}` must stand in the same paragraph and the same **bold** or [link](…): Handlebars knows
 * nothing of HTML, and would leave half an element.
 */
function readLine(parent: Parents, outer: Reader, use: FieldUse, tell: Tell): void {
  let reader = outer;
  for (const child of parent.children) {
    if ('children' in child) readLine(child, reader, use, tell);
    if (child.type !== 'text') continue;
    for (const { 0: token, index } of child.value.matchAll(TOKEN)) {
      const line = lineAt(child, index);
      const name = KNOWN.exec(token)?.[1];
      if (name === undefined) tell(line, `“${token.slice(0, 40)}” is not a field an article may use.`, ALLOWED);
      else if (name === 'client') {
        use.personal = true;
        if (reader === 'anybody') use.needsClient = true;
        if (reader === 'nameless') tell(line, '{{client}} after {{else}} is always empty.', 'Leave it out there.');
      } else if (name === '#if client' || name === 'else' || name === '/if') {
        use.personal = true;
        const after = outer === 'anybody' ? STEPS[name][reader] : undefined;
        if (after === undefined) tell(line, `${token} does not belong here.`, `${ALLOWED} Not one inside another.`);
        else reader = after;
      }
    }
  }
  if (reader !== outer) {
    tell(lineOf(parent), '{{#if client}} is not closed in this paragraph.', 'Write {{/if}} before the paragraph ends.');
  }
}

const STEPS: Record<'#if client' | 'else' | '/if', Partial<Record<Reader, Reader>>> = {
  '#if client': { anybody: 'named' },
  else: { named: 'nameless' },
  '/if': { named: 'anybody', nameless: 'anybody' },
};
