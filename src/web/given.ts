// Remembers for whom the handout of an open form was last made, so that nobody gets the note of the one before.
import { createHmac, randomBytes, randomUUID } from 'node:crypto';

const MOST_FORMS = 500;

export interface Given {
  /** A new open form. */
  form(): string;
  /** A handout for this name left the form. */
  made(form: string, client: string): void;
  /** True when a handout left this form under another name. */
  isForAnother(form: string, client: string): boolean;
  forget(form: string): void;
}

/** Kept in memory, and not the name but a mark that can't be read back: it ends with the process. */
export function rememberGiven(): Given {
  const key = randomBytes(32);
  const marks = new Map<string, string>();
  const mark = (client: string) => createHmac('sha256', key).update(client).digest('base64');
  return {
    form: () => randomUUID(),
    made: (form, client) => {
      if (form === '') return; // A program's request, not an open form.
      marks.delete(form);
      marks.set(form, mark(client));
      for (const oldest of marks.keys()) {
        if (marks.size <= MOST_FORMS) break;
        marks.delete(oldest);
      }
    },
    isForAnother: (form, client) => marks.has(form) && marks.get(form) !== mark(client),
    forget: (form) => void marks.delete(form),
  };
}
