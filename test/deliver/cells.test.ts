import { describe, expect, it } from '@jest/globals';
import { addressLines } from '../../src/deliver/address.ts';
import {
  languageReader,
  type Read,
  readCopies,
  readDay,
  readPaper,
  readWays,
  readYesNo,
} from '../../src/deliver/cells.ts';
import { readConsent } from '../../src/deliver/consent-cells.ts';
import { initialsOf, turned } from '../../src/deliver/names.ts';

const value = <T>(read: Read<T>): T | null => ('value' in read ? read.value : null);

describe('a cell says', () => {
  it.each([
    ...['yes', 'Y', ' Yes ', 'x', 'X', '1', 'TRUE', 'sí', 'Ja', 'oui', '✓'].map((text) => [text, true] as const),
    ...['no', 'N', '0', 'false', '-', '–', 'nein', 'non'].map((text) => [text, false] as const),
    ...['maybe', '2', '??', 'yes, but'].map((text) => [text, null] as const),
  ])('yes or no: %j is %j', (text, expected) => {
    expect(value(readYesNo(text.trim()))).toBe(expected);
  });

  it.each([
    ['hand', ['hand']],
    ['Hand, post', ['hand', 'post']],
    ['E-mail / letter', ['email', 'post']],
    ['post and e-mail', ['post', 'email']],
    ['by hand', ['hand']],
    ['Brief oder E-Mail', ['post', 'email']],
    ['hand; hand', ['hand']],
    ['all', ['hand', 'post', 'email']],
    ['none', []],
    ['do not send', []],
    ['mail', null],
    ['hand, pigeon', null],
    ['no e-mail', null],
    ['not by post', null],
    ['hand (not post)', null],
    [',', null],
  ])('ways to send: %j is %j', (text, expected) => {
    expect(value(readWays(text))).toEqual(expected);
  });

  it.each([
    ['1', 1],
    ['20', 20],
    ['0', null],
    ['21', null],
    ['2.5', null],
    ['two', null],
    ['-1', null],
  ])('how many: %j is %j', (text, expected) => {
    expect(value(readCopies(text))).toBe(expected);
  });

  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-23 10:30', '2026-11-23'],
    ['3.1.2027', '2027-01-03'],
    ['11/12/2026', null],
    ['tomorrow', null],
  ])('a day: %j is %j', (text, expected) => {
    expect(value(readDay(text))).toBe(expected);
  });

  it.each([
    ['A4', 'a4'],
    ['DIN A4', 'a4'],
    ['US Letter', 'letter'],
    ['a5', null],
  ])('a paper: %j is %j', (text, expected) => {
    expect(value(readPaper(text))).toBe(expected);
  });

  it.each([
    ['none', ['none', null]],
    ['No', ['none', null]],
    ['yes, after warning', ['after-warning', null]],
    ['Yes 2026-11-20', ['after-warning', '2026-11-20']],
    ['after warning on 20.11.2026', ['after-warning', '2026-11-20']],
    ['Sí', ['after-warning', null]],
    ['Passwort', ['password', null]],
    ['con contraseña', ['password', null]],
    ['2026-11-20', null],
    ['signed', null],
    ['yes 11/20/2026', null],
  ])('consent to e-mail: %j is %j', (text, expected) => {
    const said = value(readConsent(text));
    expect(said === null ? null : [said.kind, said.date]).toEqual(expected);
  });

  it.each([
    ['es', 'es'],
    ['ES', 'es'],
    ['es_MX', 'es-mx'],
    ['Spanish', 'es'],
    ['Español', 'es'],
    ['espanol', 'es'],
    ['Spanisch', 'es'],
    ['espagnol', 'es'],
    ['العربية', 'ar'],
    ['Vietnamese', 'vi'],
    ['en', 'en'],
    ['xq', null],
    ['Ann', null],
    ['Spanish or English', null],
  ])('a language: %j is %j', (text, expected) => {
    expect(value(languageReader(['en', 'es', 'ar'])(text))).toBe(expected);
  });
});

describe('a name', () => {
  it.each([
    ['Reyes, Ana María', 'Ana María Reyes'],
    ['King, Martin Luther, Jr.', 'Martin Luther King Jr.'],
    ['Martin Luther King, Jr.', 'Martin Luther King, Jr.'],
    ['Lee, PhD', 'Lee, PhD'],
    ['Cher', 'Cher'],
    ['Lee,', 'Lee,'],
    ['van der Berg,Jan', 'Jan van der Berg'],
  ])('%j is turned to %j', (name, printed) => {
    expect(turned(name)).toBe(printed);
  });

  it.each([
    ['Zoë Łukasiewicz', 'ZŁ'],
    ['Ana María de la Cruz', 'AMC'],
    ['Martin Luther King, Jr.', 'MLK'],
    ['Jean-Luc Roy', 'JLR'],
    ['李小龙', '李'],
    ['o’Brien', 'O'],
    ['', ''],
    ['123', ''],
  ])('%j has the initials %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe('an address', () => {
  const NONE = { address: '', street: '', city: '', state: '', postcode: '', country: '' };
  const parts = { ...NONE, street: '1 Main St', city: 'Salem', state: 'MA', postcode: '2139' };
  it.each([
    ['US', ['Ann', '1 Main St', 'Salem, MA 02139']],
    ['CA', ['Ann', '1 Main St', 'Salem MA 2139']],
    ['GB', ['Ann', '1 Main St', 'Salem', 'MA', '2139']],
    ['DE', ['Ann', '1 Main St', '2139 Salem', 'MA']],
  ])('in %s stands as its post wants it', (country, lines) => {
    expect(addressLines('Ann', parts, country)).toEqual(lines);
  });

  it('of whole lines begins with the name, once', () => {
    const address = 'ann lee\n1 Main  St\n\nSalem';
    expect(addressLines('Ann Lee', { ...NONE, address }, 'US')).toEqual(['ann lee', '1 Main St', 'Salem']);
    expect(addressLines('Bo', { ...NONE, address: '1 Main St; Salem' }, 'US')).toEqual(['Bo', '1 Main St', 'Salem']);
  });

  it('is none where only the country is known', () => {
    expect(addressLines('Ann', { ...NONE, country: 'France' }, 'US')).toEqual([]);
  });
});
