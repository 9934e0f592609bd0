// Pages that were broken once are broken the same way for whatever stands as high, and for nothing else.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Galley, Strip } from '../../src/layout/page.ts';
import { planned, shapeOf } from '../../src/layout/page-plans.ts';
import { paginate, type Stacked } from '../../src/layout/pages.ts';

const head: Strip = { height: 9, gap: 0, keep: 'always', marks: [], panel: null };
const strips = fc.array(
  fc.record({
    height: fc.integer({ min: 5, max: 60 }),
    gap: fc.constantFrom(0, 4, 8.5),
    keep: fc.constantFrom('no', 'rather', 'if-it-fits', 'always'),
    head: fc.option(fc.constant(head), { nil: undefined, freq: 4 }),
    floats: fc.option(fc.constant(true), { nil: undefined, freq: 6 }),
  }),
  { minLength: 1, maxLength: 12 },
);
const stackings = fc.array(
  fc.record({
    strips,
    personal: fc.boolean(),
    above: fc.constantFrom(0, 19, 28),
    stays: fc.boolean(),
    trails: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);
type Plan = typeof stackings extends fc.Arbitrary<infer T> ? T : never;

/** The fixed galleys are the very same each time, those of a client never are. */
function stackedOf(plan: Plan, fixed: Map<number, Galley>): Stacked[] {
  return plan.map(({ strips: some, personal, above, stays, trails }, at) => {
    const made = {
      strips: some.map((one) => ({ ...one, marks: [], panel: null }) as Strip),
      tags: [],
      headings: [],
      personal,
    };
    const galley = personal ? made : (fixed.get(at) ?? made);
    fixed.set(at, galley);
    return { galley, above, stays, trails };
  });
}

describe('pages that are known', () => {
  it('are those that would be broken anew', () => {
    fc.assert(
      fc.property(stackings, fc.integer({ min: 80, max: 300 }), (plan, height) => {
        const fixed = new Map<number, Galley>();
        const [first, second] = [stackedOf(plan, fixed), stackedOf(plan, fixed)];
        planned(shapeOf(first, 40, height), first, () => paginate(first, 40, height));
        const again = planned(shapeOf(second, 40, height), second, () => {
          throw new Error('These are known.');
        });
        expect(again).toEqual(paginate(second, 40, height));
      }),
    );
  });

  it('are of another shape where anything differs that decides where they end', () => {
    const one = { strips: [{ ...head, keep: 'no' } as Strip], tags: [], headings: [], personal: true };
    const shape = (strip: Partial<Strip>, some: Partial<Stacked> = {}, top = 40, height = 100) =>
      shapeOf([{ galley: { ...one, strips: [{ ...one.strips[0]!, ...strip }] }, above: 0, ...some }], top, height);
    const shapes = [
      shape({}),
      shape({ height: 10 }),
      shape({ gap: 1 }),
      shape({ keep: 'rather' }),
      shape({ head }),
      shape({ floats: true }),
      shape({ fills: true }),
      shape({}, { above: 1 }),
      shape({}, { stays: true }),
      shape({}, { between: true }),
      shape({}, { trails: true }),
      shape({}, {}, 41),
      shape({}, {}, 40, 101),
    ];
    expect(new Set(shapes).size).toBe(shapes.length);
    expect(shape({})).toBe(shapes[0]);
  });
});
