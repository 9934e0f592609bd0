// Markdown in, its syntax tree out, with lines counted from the top of the file and quotes set as a printer would.
import type { Root, RootContent } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkSmartypants from 'remark-smartypants';
import { type Processor, unified } from 'unified';
import { visit } from 'unist-util-visit';
import { textOf } from './nodes.ts';
import { isEnglish } from './reading.ts';

const parser = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkDirective)
  .use(noDirectivesInText)
  .freeze();

/** `:name` within a line is never ours, and reading it as a directive would eat times such as 10:30. */
function noDirectivesInText(this: Processor) {
  delete this.data().micromarkExtensions?.at(-1)?.text;
}

/** `above` is the number of lines of the file before the text. */
export function parseMarkdown(text: string, above: number): Root {
  return parser.parse('\n'.repeat(above) + text);
}

// `--` is an en dash and `---` an em dash.
const printer = unified().use(remarkSmartypants, { dashes: 'oldschool' }).freeze();

// A field reads as a word while quotes are set, or the apostrophe of `{{client}}'s` would become an opening quote.
const FIELD = /\{\{(client|clinician|practice)\}\}/gu;
const STAND_IN = /keepsakefield(client|clinician|practice)/gu;

// What a typewriter wrote. Text without any is left alone: looking for words to set costs more than all other reading.
const TYPEWRITTEN = /["'`]|--|\.\.\./u;

/** Sets typographic quotes, apostrophes and dashes. English only: other languages stay as they were written. */
export function setQuotes(nodes: readonly RootContent[], lang: string): void {
  if (!isEnglish(lang)) return;
  const tree: Root = { type: 'root', children: nodes.filter((node) => TYPEWRITTEN.test(textOf(node))) };
  if (tree.children.length === 0) return;
  visit(tree, 'text', (node) => {
    node.value = node.value.replace(FIELD, 'keepsakefield$1');
  });
  printer.runSync(tree);
  visit(tree, 'text', (node) => {
    node.value = node.value.replace(STAND_IN, '{{$1}}');
  });
}

/** The same for a line of plain text. */
export function quoted(text: string, lang: string): string {
  const node = { type: 'text' as const, value: text };
  setQuotes([{ type: 'paragraph', children: [node] }], lang);
  return node.value;
}
