// The practice's key in, a seal for each batch out: what is kept of clients lies under it and can't be moved about.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { HandoutError } from '../errors.ts';

const CIPHER = 'aes-256-gcm';
export const KEY_BYTES = 32;
/** What GCM is made for (NIST SP 800-38D, 5.2.1.1 and 5.2.1.2). */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** `place` says what is sealed and where it belongs: opened anywhere else it is refused. */
export interface Seal {
  close(place: string, plain: Uint8Array): Buffer;
  open(place: string, sealed: Uint8Array): Buffer;
}

/** A new key for a batch, which is of use only together with the practice's. */
export function newSeal(practiceKey: Buffer, batch: string): { seal: Seal; wrapped: Buffer } {
  const key = randomBytes(KEY_BYTES);
  return { seal: sealOf(key, batch), wrapped: encrypt(practiceKey, `key ${batch}`, key) };
}

/** Throws `key-wrong` where the batch was sealed with another practice's key. */
export function openSeal(practiceKey: Buffer, batch: string, wrapped: Uint8Array): Seal {
  let key: Buffer;
  try {
    key = decrypt(practiceKey, `key ${batch}`, wrapped);
  } catch {
    throw new HandoutError([KEY_WRONG]);
  }
  return sealOf(key, batch);
}

/** Tells whether two files are the same; without the key nobody can try out which file it was. */
export const digest = (practiceKey: Buffer, file: Uint8Array): string =>
  createHmac('sha256', practiceKey).update('file ').update(file).digest('hex');

/** Tells whether the same went to the same address, and nobody can try out which without the key. */
export const markOf = (practiceKey: Buffer, what: string): string =>
  createHmac('sha256', practiceKey).update('mail ').update(what).digest('hex');

const sealOf = (key: Buffer, batch: string): Seal => ({
  close: (place, plain) => encrypt(key, `${place} ${batch}`, plain),
  open(place, sealed) {
    try {
      return decrypt(key, `${place} ${batch}`, sealed);
    } catch {
      throw new BrokenSealError();
    }
  },
});

/** Something was changed or moved to where it does not belong. */
export class BrokenSealError extends Error {
  constructor() {
    super('A seal is broken.');
    this.name = 'BrokenSealError';
  }
}

/** Chance is fetched for many at once: for each by itself it takes as long as to seal a row. */
const IVS_AT_ONCE = 256;
let ivs = Buffer.alloc(0);

function newIv(): Buffer {
  if (ivs.length === 0) ivs = randomBytes(IV_BYTES * IVS_AT_ONCE);
  const iv = ivs.subarray(0, IV_BYTES);
  ivs = ivs.subarray(IV_BYTES);
  return iv;
}

function encrypt(key: Buffer, place: string, plain: Uint8Array): Buffer {
  const iv = newIv();
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
  const sealed = cipher.update(plain);
  cipher.final();
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

function decrypt(key: Buffer, place: string, sealed: Uint8Array): Buffer {
  const iv = sealed.subarray(0, IV_BYTES);
  const cipher = createDecipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
  cipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const plain = cipher.update(sealed.subarray(IV_BYTES + TAG_BYTES));
  cipher.final();
  return plain;
}

const KEY_WRONG = {
  code: 'key-wrong',
  message: 'What is kept of this batch can’t be opened: it was sealed with another key than the one there is now.',
  hint: 'Bring back the key file from before, or delete the batch and start it again from the spreadsheet.',
} as const;
