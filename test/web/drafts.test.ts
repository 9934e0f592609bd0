import { describe, expect, it } from '@jest/globals';
import { firstState } from '../../src/web/batch-state.ts';
import { openDrafts } from '../../src/web/drafts.ts';
import { PRACTICE } from './start.ts';

const given = (bytes = 10) => ({
  file: new Uint8Array(bytes),
  table: { headings: [], headingRow: 1, rows: [], shifted: [], hidden: [], delimiter: ',', sheet: null } as const,
  mapping: [],
  state: firstState(PRACTICE, '2026-11-23'),
  way: 'print' as const,
  outcome: { problems: [] },
});
const MINUTE = 60_000;

describe('drafts', () => {
  it('are over half an hour after they were last touched', () => {
    let now = 0;
    const drafts = openDrafts(() => now);
    const { id } = drafts.keep(given());
    now = 29 * MINUTE;
    expect(drafts.find(id)).not.toBeNull();
    now = 58 * MINUTE;
    expect(drafts.find(id)).not.toBeNull();
    now = 89 * MINUTE;
    expect(drafts.find(id)).toBeNull();
  });

  it('are few: the one that was touched longest ago makes room', () => {
    const drafts = openDrafts(() => 0);
    const ids = Array.from({ length: 8 }, () => drafts.keep(given()).id);
    drafts.find(ids[0]!);
    drafts.keep(given());
    expect(ids.map((id) => drafts.find(id) !== null)).toEqual([true, false, ...Array(6).fill(true)]);
  });

  it('take little memory together, but a large one is kept', () => {
    const drafts = openDrafts(() => 0);
    const [a, b] = [drafts.keep(given(45_000_000)), drafts.keep(given(20_000_000))];
    expect([drafts.find(a.id), drafts.find(b.id)]).toEqual([null, b]);
    const c = drafts.keep(given(70_000_000));
    expect(drafts.find(c.id)).toBe(c);
  });
});
