// A section's draft in, its neutral words for a discreet copy out; they are taken out of its own.
import type { RootContent } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import { lineOf } from './nodes.ts';
import type { Tell } from './problems.ts';
import type { Draft } from './sections.ts';

export const DISCREET = 'discreet';
const FORM = ':::discreet{title="Your safety matters"}';

/** The words of `:::discreet` take the place of the whole section, those of its title that of the heading. */
export function takeDiscreet(draft: Draft, tell: Tell): Draft | null {
  const [box, ...others] = draft.nodes.filter(isDiscreet);
  if (box === undefined) return null;
  draft.nodes = draft.nodes.filter((node) => !isDiscreet(node));
  for (const other of others) tell(lineOf(other), 'This section has a “:::discreet” already.', 'Make one of the two.');
  const { title, ...unknown } = box.attributes ?? {};
  for (const name of Object.keys(unknown))
    tell(lineOf(box), `“discreet” has no attribute “${name}”.`, `Write ${FORM}.`);
  if (!title?.trim()) tell(lineOf(box), 'This “:::discreet” has no title.', `Write ${FORM}.`);
  else if (title.includes('{{')) tell(lineOf(box), 'A section’s title can’t hold a field.', 'Name nobody in it.');
  const [first] = box.children;
  if (first?.type === 'paragraph' && first.data?.directiveLabel)
    tell(lineOf(box), '“:::discreet” takes no […].', `Write ${FORM}.`);
  if (first === undefined) tell(lineOf(box), 'This box is empty.', 'Write its words, or delete it.');
  const heading = { ...draft.heading, children: [{ type: 'text' as const, value: title ?? '' }] };
  if (box.position !== undefined) heading.position = box.position;
  return { ...draft, heading, nodes: box.children, discreet: null };
}

function isDiscreet(node: RootContent): node is ContainerDirective {
  return node.type === 'containerDirective' && node.name === DISCREET;
}
