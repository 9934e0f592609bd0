// A letter in, a file out that the clinician's own mail program opens, to be looked at and sent from there.
import type { Library } from '../content/article.ts';
import { makeMessage } from '../make/message.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';
import type { Letter } from './letter.ts';
import { contentOf } from './outgoing.ts';
import { draftOf } from './smtp.ts';

/** Throws a HandoutError like `makeHandout`. */
export async function makeDraft(letter: Letter, library: Library, practice: Practice, press: Press): Promise<Buffer> {
  const message = await makeMessage(letter.packet, library, practice, press, letter);
  if (message.id !== letter.packet.id) throw new Error('A mail of one client came for another.');
  return draftOf(contentOf(letter, message));
}
