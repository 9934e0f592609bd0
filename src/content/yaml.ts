// YAML that remembers its lines: text in, a plain value and the line of every key out.
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Tell } from './problems.ts';

export interface Yaml {
  /** Undefined when the text is not YAML. */
  value: unknown;
  /** The line of the key at a path, or of the nearest thing that exists on the way to it. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** `above` is the number of lines of the file before the text. */
export function readYaml(text: string, above: number, tell: Tell): Yaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const line = (offset: number) => above + Math.max(1, lines.linePos(offset).line);
  const wrong = [...document.errors, ...document.warnings];
  for (const { pos, message } of wrong) {
    tell(line(pos[0]), `This is not YAML: ${message}.`, 'Put a text that holds a colon or a # in "quotes".');
  }
  const lineOf = (path: readonly PropertyKey[]) => line(offsetOf(document.contents, path));
  if (wrong.length > 0) return { value: undefined, lineOf };
  try {
    // No aliases: nothing here needs them, and a few lines of them can fill the memory.
    return { value: document.toJS({ maxAliasCount: 0 }), lineOf };
  } catch {
    tell(above + 1, 'YAML aliases (*name) are not read.', 'Write the value out.');
    return { value: undefined, lineOf };
  }
}

/** Tells every issue of a zod check at the line of the key it is about. */
export function tellIssues(issues: readonly z.core.$ZodIssue[], lineOf: Yaml['lineOf'], tell: Tell): void {
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') {
      tell(lineOf(issue.path), issue.message);
      continue;
    }
    for (const key of issue.keys) {
      tell(lineOf([...issue.path, key]), `There is no key “${key}” here.`, 'Correct its spelling or delete it.');
    }
  }
}

function offsetOf(contents: unknown, path: readonly PropertyKey[]): number {
  let node = contents;
  let offset = startOf(contents);
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair === undefined) break;
      offset = startOf(pair.key);
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      if (node === undefined) break;
      offset = startOf(node);
    } else break;
  }
  return offset;
}

const startOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;
