// Everything wrong with one file, gathered: lines and sentences in, problems in the file's order out.
import type { Code, Problem } from '../errors.ts';

/** Notes one problem: the line of the file, what failed, what to do. */
export type Tell = (line: number, message: string, hint?: string) => void;

export function gather(file: string, code: Code = 'article-broken'): { tell: Tell; problems: () => Problem[] } {
  const found: { line: number; problem: Problem }[] = [];
  return {
    tell: (line, message, hint) => {
      const place = { file, line };
      const problem: Problem = { code, message, place, ...(hint === undefined ? {} : { hint }) };
      found.push({ line, problem });
    },
    problems: () => found.toSorted((a, b) => a.line - b.line).map(({ problem }) => problem),
  };
}
