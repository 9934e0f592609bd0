// What every rule is given and what it may say. Types, and the one way to make a finding.
import type { Drawing, Page } from './content.ts';
import type { Dict, Pdf } from './objects.ts';
import type { Tree } from './tree.ts';

/**
 * A breach of a clause. `UA-1` is ISO 14289-1:2014, `A-2` ISO 19005-2:2011, `PDF` ISO 32000-1:2008.
 * Where our own rule is stricter than the clause it is filed under, a comment beside the rule says so.
 */
export interface Finding {
  clause: string;
  message: string;
  where: string;
}

export interface Subject {
  pdf: Pdf;
  catalog: Dict;
  info: Dict;
  pages: readonly Page[];
  drawings: readonly Drawing[];
  tree: Tree;
}

export type Rule = (subject: Subject) => Iterable<Finding>;

export const finding = (clause: string, where: string, message: string): Finding => ({ clause, message, where });
