// A library in, an example of a spreadsheet out: names as they really are, and a column for most of what a row can say.
import type { Library } from '../content/article.ts';
import { writeCsv } from './csv.ts';

const HEADINGS = [
  'First name',
  'Last name',
  'Handouts',
  'Preset',
  'Note',
  'Large print',
  'May send',
  'E-mail',
  'Consent',
  'Street',
  'City',
  'State',
  'Zip',
  'Reference',
  'Copies',
];

/** The people are made up, the addresses are reserved for examples (RFC 2606). */
export function exampleFile({ articles }: Library): Buffer {
  const titles = articles.filter(({ lang }) => lang === 'en').map(({ title }) => title);
  const [one = '', two = one] = titles;
  const home = ['12 Quay Street', 'Springfield', 'IL', '62701'];
  const nowhere = ['', '', '', ''];
  return writeCsv([
    HEADINGS,
    ['Zoë', 'O’Brien-Łukasiewicz', one, 'one-page', '', '', 'hand', '', '', ...nowhere, 'A-1001', ''],
    [
      'Nguyễn Thị',
      'Ánh',
      two,
      '',
      'Good to see you today.\n- walk\n- sleep',
      '',
      'hand, post',
      '',
      '',
      ...home,
      'A-1002',
      '',
    ],
    [
      'María José',
      'de la Cruz',
      `${one}; ${two}`,
      '',
      '',
      'yes',
      'hand, e-mail',
      'maria@example.org',
      'after warning 2026-11-20',
      ...nowhere,
      'A-1003',
      '',
    ],
    ['Bo', 'Li', two, 'full', '', '', 'hand', '', '', ...nowhere, 'A-1004', '2'],
    ['李', '小龙', one, 'one-page', '', '', 'hand', '', '', ...nowhere, 'A-1005', ''],
  ]);
}
