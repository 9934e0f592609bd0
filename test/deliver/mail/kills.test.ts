// Those who send are killed in the middle of it, again and again: nothing is lost, nothing is sent twice, and it goes on.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Clone } from '../../cli/clone.ts';
// @ts-expect-error: plain JavaScript, which the long run uses without a test runner.
import { killSenders } from '../../torture/kills.js';

jest.setTimeout(180_000);

let clone: Clone;
beforeAll(() => {
  clone = new Clone();
});
afterAll(() => clone.remove());

describe('a mailing whose sender is killed', () => {
  it('reaches everybody once, but for a few that a person is asked about', async () => {
    const kills = 4;
    const came = await killSenders({ dist: clone.path('dist'), rows: 250, kills, random: Math.random, longest: 700 });
    // At four connections a death can meet four mails between their last byte and the answer.
    expect(came).toMatchObject({ lost: 0, twice: 0, crossed: 0, refused: 0, wrongSums: 0 });
    expect(came.killed).toBeGreaterThanOrEqual(2);
    expect(came.sent + came.parked).toBe(250);
    expect(came.parked).toBeLessThanOrEqual(4 * kills);
  });
});
