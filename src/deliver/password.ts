// Nothing in, a password for a PDF out that is easy to say on the phone; or what somebody typed as one, checked.
import { randomInt } from 'node:crypto';
import { z } from 'zod';

const GROUPS = 4;
const DIGITS = 4;

/** Sixteen digits are 53 bits, sound the same in every language, and can be typed on any keyboard. */
export const PASSWORD_BITS = Math.log2(10 ** (GROUPS * DIGITS));

/** `4821-9037-5526-1938`, with the hyphens. */
export function makePassword(): string {
  const group = () => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** Printable ASCII: programs disagree on how other letters become a key (RFC 4013), and then the file stays shut. */
export const passwordSchema = z
  .string()
  .trim()
  .regex(/^[\x20-\x7e]{10,64}$/u);
