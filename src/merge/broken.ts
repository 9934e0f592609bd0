// What the page can't set and where it stands in, the error that says so out.
import { HandoutError } from '../errors.ts';

/** `file:line` of the article, or undefined for a template of ours. */
export interface Place {
  source: string | undefined;
}

export function broken(what: string, { source }: Place): HandoutError {
  const [, file = 'templates/handout.hbs', line = '1'] = /^(.*):(\d+)$/u.exec(source ?? '') ?? [];
  const message = `The page can’t set ${what}.`;
  return new HandoutError([
    {
      code: 'template-broken',
      message,
      hint: 'Use the elements and classes listed in the README.',
      place: { file, line: Number(line) },
    },
  ]);
}
