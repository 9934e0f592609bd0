// What counts as taken back, and the id of the mail that may go instead.
import { expect, it } from '@jest/globals';
import { isId } from '../../src/web/batch-pages.ts';
import { idAfter, isTakenBack } from '../../src/web/taken-back.ts';

it('is what was cancelled before it left, and never what may have been sent', () => {
  expect(isTakenBack({ state: 'cancelled', why: null })).toBe(true);
  expect(isTakenBack({ state: 'cancelled', why: 'expired' })).toBe(true);
  expect(isTakenBack({ state: 'cancelled', why: 'left' })).toBe(false);
  expect(isTakenBack({ state: 'held', why: null })).toBe(false);
});

it('names one next mail, however often it is asked, and another after that', () => {
  const first = '0f0e0d0c-2222-4222-8333-444455556666';
  const [next, again] = [idAfter(first), idAfter(first)];
  expect(next).toBe(again);
  expect([next, idAfter(next)].every(isId)).toBe(true);
  expect(new Set([first, next, idAfter(next)]).size).toBe(3);
});
