// What counts as taken back.
import { expect, it } from '@jest/globals';
import { isTakenBack } from '../../src/web/taken-back.ts';

it('is what was cancelled before it left, and never what may have been sent', () => {
  expect(isTakenBack({ state: 'cancelled', why: null })).toBe(true);
  expect(isTakenBack({ state: 'cancelled', why: 'expired' })).toBe(true);
  expect(isTakenBack({ state: 'cancelled', why: 'left' })).toBe(false);
  expect(isTakenBack({ state: 'held', why: null })).toBe(false);
});
