// A password in, a document locked with AES-256 out: pdfkit encrypts, and the key is kept as ISO 32000-2 (PDF 2.0) wants it.
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type PDFDocument from 'pdfkit';

/** Opens for whoever has the password, who may then do all they can with paper; screen readers too (ISO 14289-1, 7.16). */
export function lockedWith(password: string): object {
  return {
    pdfVersion: '1.7ext3',
    userPassword: password,
    permissions: {
      printing: 'highResolution',
      copying: true,
      annotating: true,
      fillingForms: true,
      contentAccessibility: true,
    },
  };
}

/** The identifier is never encrypted. One made of the content would tell, by comparing, which handout is locked. */
export const lockedId = (): Buffer => randomBytes(16);

interface Security {
  encryptionKey: Uint8Array;
  dictionary: { data: Record<string, unknown> };
}

/**
 * pdfkit keeps the file's key under revision 5, Adobe's extension level 3, where a password can be tried with one SHA-256:
 * thousands of millions of times a second. Revision 6 (ISO 32000-2, 7.6.4.3.4, algorithms 8 and 9) makes each try dear.
 */
export function strengthen(doc: InstanceType<typeof PDFDocument>, password: string): void {
  const { _security, _root } = doc as unknown as { _security: Security; _root: { data: Record<string, unknown> } };
  const { encryptionKey, dictionary } = _security;
  const typed = Buffer.from(password, 'utf8');
  const none = Buffer.alloc(0);
  const opening = entries(typed, none, encryptionKey);
  const owner = entries(typed, opening.check, encryptionKey);
  Object.assign(dictionary.data, { R: 6, U: opening.check, UE: opening.key, O: owner.check, OE: owner.key });
  _root.data.Extensions = { ADBE: { BaseVersion: '1.7', ExtensionLevel: 8 } };
}

function entries(password: Buffer, after: Buffer, fileKey: Uint8Array): { check: Buffer; key: Buffer } {
  const [checkSalt, keySalt] = [randomBytes(8), randomBytes(8)];
  const check = Buffer.concat([hardened(password, checkSalt, after), checkSalt, keySalt]);
  return { check, key: aes('aes-256-cbc', hardened(password, keySalt, after), Buffer.alloc(16), fileKey) };
}

/** ISO 32000-2, 7.6.4.3.4, algorithm 2.B. */
function hardened(password: Buffer, salt: Buffer, after: Buffer): Buffer {
  let key = createHash('sha256').update(password).update(salt).update(after).digest();
  for (let round = 1; ; round++) {
    const once = Buffer.concat([password, key, after]);
    const many = Buffer.concat(new Array<Buffer>(64).fill(once));
    const encrypted = aes('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32), many);
    const rest = encrypted.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3;
    key = createHash((['sha256', 'sha384', 'sha512'] as const)[rest]!)
      .update(encrypted)
      .digest();
    if (round >= 64 && encrypted.at(-1)! <= round - 32) return key.subarray(0, 32);
  }
}

function aes(kind: 'aes-128-cbc' | 'aes-256-cbc', key: Buffer, start: Buffer, plain: Uint8Array): Buffer {
  const cipher = createCipheriv(kind, key, start).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}
