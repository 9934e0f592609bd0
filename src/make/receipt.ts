// What goes into the chart: a handout that was made, its choice and Keepsake's version in, a few lines without the client out.
import { createHash } from 'node:crypto';
import type { Library } from '../content/article.ts';
import { type Choice, SLOT_NAMES, SLOTS } from '../merge/choice.ts';
import { quietly } from '../merge/discreet.ts';
import type { Practice } from '../merge/practice.ts';
import { findArticle } from './find.ts';
import type { Made } from './handout.ts';

/**
 * Title and version, looks, day and clinician; the sections; and the PDF's digest. The same version of Keepsake makes the
 * same bytes of the same request, so that whoever has the request can show what was given.
 */
export function receiptOf(
  made: Pick<Made, 'pdf' | 'pages' | 'size' | 'title' | 'sections'>,
  choice: Choice,
  library: Library,
  practice: Practice,
  version: string,
): string[] {
  const article = findArticle(library, choice).article!;
  const titles = made.sections.map((id) => {
    const section = article.sections.find((one) => one.id === id)!;
    return (choice.discreet ? quietly(section) : section).title;
  });
  const clinician = choice.clinician ?? practice.clinician;
  const given = `Given on ${choice.date}${clinician === '' ? '' : ` by ${clinician}`}`;
  const pages = `${made.pages} ${made.pages === 1 ? 'page' : 'pages'}`;
  const about = [`version ${article.version} (${article.lang})`, pages, ...looksOf(choice, practice, made)];
  return [
    `${given}: “${made.title}”, ${about.join(', ')}.`,
    `Sections: ${titles.join('; ')}.${writtenIn(choice)}`,
    `SHA-256 of the PDF: ${createHash('sha256').update(made.pdf).digest('hex')}`,
    `Made by Keepsake ${version}. The same version, request, article and letterhead give the same bytes; a copy protected by a password has others.`,
  ];
}

function looksOf(choice: Choice, practice: Practice, { pages, size }: Pick<Made, 'pages' | 'size'>): string[] {
  const { largePrint, inkSaving, binder, discreet, fillable, fit } = choice;
  return [
    (choice.paper ?? practice.paper) === 'a4' ? 'A4' : 'Letter',
    largePrint ? 'large print' : '',
    inkSaving ? 'ink-saving' : '',
    binder ? 'binder margin' : '',
    discreet ? 'discreet' : '',
    fillable ? '' : 'lines only',
    fit === undefined ? '' : fitted(fit, pages, size),
  ].filter((look) => look !== '');
}

function fitted(fit: 1 | 2, pages: number, size: number): string {
  const goal = fit === 1 ? 'one page' : 'two pages';
  return pages <= fit ? `to fit ${goal} at ${size} pt` : `too long to fit ${goal}, at ${size} pt`;
}

/** That something was written to the client, and where; never what. */
function writtenIn(choice: Choice): string {
  const slots = SLOT_NAMES.filter((name) => choice[name] !== '').map((name) => SLOTS[name]);
  const places = [...(choice.note === '' ? [] : ['a note']), ...slots];
  return places.length === 0 ? '' : ` With words to the client: ${places.join(', ')}.`;
}
