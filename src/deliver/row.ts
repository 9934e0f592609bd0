// The cells of a row in, what they say out: fields of a choice, and how the client is reached; each bad cell is a problem.
import type { Code, Problem } from '../errors.ts';
import type { AddressParts } from './address.ts';
import { FAILED_FORMULA, type Read, readCopies, readDay, readPaper, readWays, readYesNo } from './cells.ts';
import type { Mapping } from './columns.ts';
import { readConsent, type SaidConsent } from './consent-cells.ts';
import { FIELDS, type Field } from './headings.ts';
import type { Lookups, NamedArticle } from './lookups.ts';
import { turned } from './names.ts';
import type { Way } from './recipient.ts';

/** A problem of a cell, by the field its column is taken for. */
export interface CellProblem {
  field: Field | null;
  problem: Problem;
}

export interface Said {
  client: string;
  /** Empty when the row names none. */
  articles: readonly NamedArticle[];
  sections: string;
  /** Other fields of a choice, as far as the row gives them. */
  choice: Readonly<Record<string, unknown>>;
  /** Null where the row says nothing; empty = nothing may be sent. */
  maySend: readonly Way[] | null;
  copies: number | null;
  email: string;
  consent: SaidConsent | null;
  consentDate: string | null;
  privateMailbox: boolean | null;
  reference: string;
  address: AddressParts;
  problems: readonly CellProblem[];
}

export interface Reading {
  mapping: Mapping;
  lookups: Lookups;
  language: (text: string) => Read<string>;
}

/** Fields of a choice that are text, and those that are yes or no. */
const TEXTS = ['note', 'words', 'agreed', 'plan', 'obstacle', 'appointment', 'clinician'] as const;
const SWITCHES = ['largePrint', 'inkSaving', 'binder', 'discreet'] as const;

export function readRow(cells: readonly string[], { mapping, lookups, language }: Reading): Said {
  const cell = cellsByField(cells, mapping);
  const problems: CellProblem[] = [...failedFormulas(cell)];

  function read<T>(field: Field, reader: (text: string) => Read<T>): T | null {
    const text = cell(field);
    if (text === '') return null;
    const result = reader(text);
    if ('value' in result) return result.value;
    problems.push(bad(field, result.hint, field === 'language' ? 'language-unknown' : 'cell-invalid'));
    return null;
  }

  const choice: Record<string, unknown> = {};
  const give = (field: Field, value: unknown) => {
    if (value !== null && value !== '') choice[field] = value;
  };
  for (const field of TEXTS) give(field, cell(field));
  for (const field of SWITCHES) give(field, read(field, readYesNo));
  give('language', read('language', language));
  give('noteLanguage', read('noteLanguage', language));
  give('date', read('date', readDay));
  give('paper', read('paper', readPaper));
  const { preset, handouts } = presetIn(cell, lookups);
  give('preset', preset);
  const articles = handouts === '' ? [] : lookups.articles(handouts);
  problems.push(...unknownArticles(articles));
  return {
    client: clientOf(cell),
    articles: articles.filter((one) => one !== null),
    sections: cell('sections'),
    choice,
    maySend: read('maySend', readWays),
    copies: read('copies', readCopies),
    email: cell('email'),
    consent: read('consent', readConsent),
    consentDate: read('consentDate', readDay),
    privateMailbox: read('privateMailbox', readYesNo),
    reference: cell('reference').replace(/\s+/gu, ' '),
    address: {
      address: cell('address'),
      street: cell('street'),
      city: cell('city'),
      state: cell('state'),
      postcode: cell('postcode'),
      country: cell('country'),
    },
    problems,
  };
}

type CellOf = (field: Field) => string;

/** A preset of articles, or a choice the practice saved: that is a handout of its own. */
function presetIn(cell: CellOf, lookups: Lookups): { preset: string; handouts: string } {
  const [text, handouts] = [cell('preset'), cell('handouts')];
  const known = text === '' ? '' : lookups.preset(text);
  if (known === null && handouts === '' && lookups.saved(text) !== null) return { preset: '', handouts: text };
  return { preset: known ?? text, handouts };
}

/** What several columns give together stands on lines of its own. */
function cellsByField(cells: readonly string[], mapping: Mapping): CellOf {
  const texts = new Map<Field, string>();
  mapping.forEach((field, index) => {
    const text = (cells[index] ?? '').trim();
    if (field === null || text === '') return;
    const before = texts.get(field);
    texts.set(field, before === undefined ? text : `${before}\n${text}`);
  });
  return (field) => texts.get(field) ?? '';
}

function clientOf(cell: CellOf): string {
  const whole = cell('client') || turned(cell('lastFirst'));
  return whole || [cell('first'), cell('last')].filter((part) => part !== '').join(' ');
}

function bad(field: Field, hint: string, code: Code): CellProblem {
  const message = `What stands under “${FIELDS[field]}” can’t be read.`;
  return { field, problem: { code, message, hint } };
}

function failedFormulas(cell: CellOf): CellProblem[] {
  const failed = (Object.keys(FIELDS) as Field[]).filter((field) => FAILED_FORMULA.test(cell(field)));
  return failed.map((field) => {
    const problem = { code: 'cell-invalid', message: 'The cell shows an error of the spreadsheet.' } as const;
    return { field, problem: { ...problem, hint: 'Write what should stand there.' } };
  });
}

function unknownArticles(articles: readonly (NamedArticle | null)[]): CellProblem[] {
  return articles.flatMap((one, index) => {
    if (one !== null) return [];
    const which = articles.length === 1 ? 'The handout' : `Handout ${index + 1}`;
    const message = `${which} named here is not one of the library.`;
    const hint = 'Write its title or its name as in the list of articles, or the name of a choice you saved.';
    return [{ field: 'handouts', problem: { code: 'article-unknown', message, hint } } as const];
  });
}
