// A letter is written only with the client's consent; the warning they hear; passwords that can be said on the phone.
import { describe, expect, it } from '@jest/globals';
import { type Consent, consentSchema, warningIn } from '../../src/deliver/consent.ts';
import { writeLetter } from '../../src/deliver/letter.ts';
import { makePassword, PASSWORD_BITS, passwordSchema } from '../../src/deliver/password.ts';
import { problemsOf } from '../support/builders.ts';
import { recipientOf } from './floor.ts';

const WARNED: Consent = { kind: 'after-warning', date: '2026-11-20' };
const LOCKED: Consent = { kind: 'password' };
const write = (some: Partial<Parameters<typeof writeLetter>[0]>) =>
  writeLetter({
    to: 'ann@example.org',
    packet: recipientOf(1),
    asPage: false,
    consent: WARNED,
    password: null,
    ...some,
  });
const codes = async (some: Parameters<typeof write>[0]) =>
  (await problemsOf(async () => write(some))).map(({ code, message }) => [code, message.slice(0, 6)]);

describe('a letter', () => {
  it('is written for who agreed after the warning, and for who gets it locked', () => {
    expect(write({ asPage: true })).toMatchObject({ consent: WARNED, asPage: true, password: null });
    const password = makePassword();
    expect(write({ consent: LOCKED, password })).toMatchObject({ consent: LOCKED, password });
  });

  it.each<[string, string, Parameters<typeof write>[0]]>([
    ['nobody agreed', 'consent-missing', { consent: { kind: 'none' } }],
    ['a lock has no password', 'password-invalid', { consent: LOCKED }],
    ['the password is short', 'password-invalid', { consent: LOCKED, password: '123456789' }],
    [
      'the password has letters that programs disagree on',
      'password-invalid',
      { consent: LOCKED, password: 'contraseña😀 larga' },
    ],
    ['a password was not asked for', 'password-invalid', { password: makePassword() }],
    [
      'the page would be open beside its lock',
      'consent-missing',
      { consent: LOCKED, password: makePassword(), asPage: true },
    ],
    ['it is not one address', 'field-invalid', { to: 'ann@example.org, b@example.org' }],
  ])('is not written where %s', async (_where, code, some) => {
    expect(await codes(some)).toEqual([[code, 'Row 3:']]);
  });
});

describe('consent', () => {
  it.each([
    { kind: 'after-warning' },
    { kind: 'after-warning', date: '2026-02-30' },
    { kind: 'after-warning', date: '2999-01-01' },
    { kind: 'yes' },
    {},
    null,
  ])('is not %j', (given) => expect(consentSchema.safeParse(given).success).toBe(false));

  it('is asked for in the language of the article, else in English', () => {
    expect(warningIn('es').paragraphs[1]).toContain('Puede decir que no');
    expect(warningIn('ar')).toEqual(warningIn('en'));
    expect(warningIn('en').paragraphs.join(' ')).toMatch(/mailbox.*say no.*care.*change your mind/su);
  });
});

describe('a made password', () => {
  it('is sixteen digits, another each time, and taken as it is', () => {
    const made = Array.from({ length: 500 }, makePassword);
    expect(new Set(made).size).toBe(500);
    for (const one of made) expect(one).toMatch(/^\d{4}(?:-\d{4}){3}$/u);
    for (const one of made) expect(passwordSchema.parse(one)).toBe(one);
    expect(PASSWORD_BITS).toBeGreaterThan(53);
  });
});
