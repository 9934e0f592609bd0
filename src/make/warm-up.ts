// The library and a press in; nothing out but fonts prepared and articles laid out, before the first therapist waits for them.
import { setImmediate } from 'node:timers/promises';
import type { Library } from '../content/article.ts';
import { HandoutError } from '../errors.ts';
import { readChoice } from '../merge/choice.ts';
import type { Practice } from '../merge/practice.ts';
import type { Press } from '../pdf/press.ts';
import { makeHandout } from './handout.ts';

/** Makes one handout of each article for nobody. Other work comes between them; what can't be made yet is left out. */
export async function warmUp(library: Library, practice: Practice, press: Press, date: string): Promise<void> {
  for (const { slug, lang } of library.articles) {
    const read = readChoice({ article: slug, language: lang, date, client: 'A', note: 'A' });
    if ('problems' in read) continue;
    try {
      await makeHandout(read.choice, library, practice, press);
    } catch (error) {
      if (!(error instanceof HandoutError)) throw error;
    }
    await setImmediate();
  }
}
