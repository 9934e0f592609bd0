// A recipient in, what of the address and the reference does not fit or has no letters out.
import type { Problem } from '../errors.ts';
import { unprintable } from '../make/check.ts';
import type { Press } from '../pdf/press.ts';
import { LONGEST_LINE, MOST_LINES } from './address.ts';
import type { Recipient } from './recipient.ts';

const LONGEST_REFERENCE = 40;

export function printable(
  { address, reference }: Pick<Recipient, 'address' | 'reference'>,
  press: Pick<Press, 'unprintable'>,
): Problem[] {
  const letters = [
    ...unprintable('address', 'The address', address.join('\n'), press),
    ...unprintable('reference', 'The reference', reference, press),
  ];
  const long = [
    ...tooLong('address', address.length > MOST_LINES, `The address has more than ${MOST_LINES} lines.`),
    ...tooLong(
      'address',
      address.some((line) => [...line].length > LONGEST_LINE),
      TOO_WIDE,
    ),
    ...tooLong('reference', [...reference].length > LONGEST_REFERENCE, REFERENCE_TOO_LONG),
  ];
  return [...letters, ...long];
}

const TOO_WIDE = `A line of the address has more than ${LONGEST_LINE} characters and would not fit the window.`;
const REFERENCE_TOO_LONG = `The reference has more than ${LONGEST_REFERENCE} characters.`;

function tooLong(field: string, is: boolean, message: string): Problem[] {
  return is ? [{ code: 'cell-invalid', message, hint: 'Shorten it.', place: { field } }] : [];
}
