import { describe, expect, it } from '@jest/globals';
import type { Checked } from '../../src/deliver/check-rows.ts';
import type { Recipient, RowProblem } from '../../src/deliver/recipient.ts';
import { type Made, outcomesOf, reportFile, tally } from '../../src/deliver/report.ts';
import { aChoice } from '../support/builders.ts';

const NAME = 'Winifred';
const recipient = (row: number): Recipient => ({
  row,
  id: `id-${row}`,
  handouts: [aChoice({ client: NAME })],
  copies: 1,
  initials: 'W',
  address: [NAME],
  reference: NAME,
  email: '',
  consent: { kind: 'none' },
  privateMailbox: null,
  maySend: [],
  clinician: NAME,
});
const problem = (row: number, column: string | null, message: string): RowProblem => ({
  code: 'cell-invalid',
  message,
  row,
  column,
});
const made = (row: number, firstPage: number): Made => ({ row, pages: 3, sheets: 2, firstPage, sha256: 'ab12' });

const checked: Pick<Checked, 'recipients' | 'problems' | 'same' | 'hidden'> = {
  recipients: [recipient(2), recipient(3), recipient(8)],
  problems: [problem(5, '=Copies', 'Write a number.'), problem(5, null, 'No handout, at all.')],
  same: [{ row: 7, as: 2 }],
  hidden: [],
};

describe('the report of a batch', () => {
  const outcomes = outcomesOf(checked, [made(3, 5), made(2, 1)]);

  it('has one line for every row, in order, and its reasons', () => {
    expect(reportFile(outcomes).toString().split('\r\n')).toEqual([
      '\ufeffRow,Result,Reason,Pages,Sheets,First page,SHA-256',
      '2,done,,3,2,1,ab12',
      '3,done,,3,2,5,ab12',
      '5,refused,"\'=Copies: Write a number. No handout, at all.",,,,',
      '7,refused,Same as row 2.,,,,',
      '8,refused,It was not made.,,,,',
      'All,"5 rows: 2 done, 3 refused",,,,,',
      '',
    ]);
  });

  it('counts done and refused to all rows, also when nothing was made', () => {
    expect(tally(outcomes)).toBe('5 rows: 2 done, 3 refused');
    expect(tally(outcomesOf(checked, []))).toBe('5 rows: 0 done, 5 refused');
    expect(tally(outcomesOf({ recipients: [recipient(2)], problems: [], same: [], hidden: [] }, [made(2, 1)]))).toBe(
      '1 row: 1 done, 0 refused',
    );
  });

  it('says nothing of a client', () => {
    expect(reportFile(outcomes).toString()).not.toContain(NAME);
  });
});
