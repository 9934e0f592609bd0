// Recipients in, which of them are exactly the same and which only share a name out.
import { createHash } from 'node:crypto';
import type { Recipient, RowProblem } from './recipient.ts';

/** Equal for two rows that ask for exactly the same thing for the same client. */
export function fingerprint({ row: _row, ...rest }: Omit<Recipient, 'id'>): string {
  return createHash('sha256').update(JSON.stringify(rest)).digest('base64');
}

export function sameRow({ row, as }: { row: number; as: number }): RowProblem {
  const message = `This row is the same as row ${as}.`;
  return { code: 'row-same', message, row, column: null };
}

/** Two people may have one name; one of them may also have been meant twice. */
export function sameNames(recipients: readonly Recipient[], column: string | null): RowProblem[] {
  const first = new Map<string, number>();
  return recipients.flatMap(({ row, handouts }) => {
    const name = handouts[0]!.client.normalize('NFKC').toLowerCase();
    const before = first.get(name);
    if (name === '') return [];
    if (before === undefined) first.set(name, row);
    if (before === undefined) return [];
    const message = `Row ${before} has a client of the same name.`;
    const hint = 'Check that each gets what is meant for them.';
    return [{ code: 'name-twice', message, hint, row, column } as const];
  });
}

/** An address that was copied one row down is the likeliest way for a page to reach the wrong person. */
export function sameAddresses(recipients: readonly Recipient[], column: string | null): RowProblem[] {
  const first = new Map<string, number>();
  return recipients.flatMap(({ row, email }) => {
    const address = email.toLowerCase();
    const before = first.get(address);
    if (before === undefined) first.set(address, row);
    if (before === undefined) return [];
    const message = `Row ${before} has the same address.`;
    const hint = 'Check that it is right for both clients.';
    return [{ code: 'address-twice', message, hint, row, column } as const];
  });
}

/** Handouts may be made for nobody by name; among rows with names a blank is more likely forgotten. */
export function withoutName(recipients: readonly Recipient[], column: string | null): RowProblem[] {
  const nameless = recipients.filter(({ handouts }) => handouts[0]!.client === '');
  const message = 'There is no name in this row.';
  return nameless.map(({ row }) => ({
    code: 'client-missing',
    message,
    hint: 'Its handout will have none.',
    row,
    column,
  }));
}
