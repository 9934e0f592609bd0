// Handlebars, as strict as it goes: a source in, a function that writes HTML out.
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

/** Our own environment: nothing registered anywhere else in the process is visible to it. */
const house = Handlebars.create();

/** Only these helpers exist; a field that is not in the data throws with its line and column. */
const STRICT: Parameters<typeof Handlebars.compile>[1] = {
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { if: true, unless: true, each: true, with: false, lookup: false, log: false },
  explicitPartialContext: true,
  preventIndent: true,
};

/** Writes HTML from data; every value is escaped unless it is `ready` HTML. */
export type Template = (data: Readonly<Record<string, unknown>>) => string;

/** Compiles a source of ours: a file of `templates/` or a section of the library, never a client's text. */
export function compile(source: string): Template {
  // What Handlebars counts in loops (`@last`) and hands down (`@root`) is only made where something may read it.
  const template = house.compile(source, { ...STRICT, data: source.includes('@') });
  return (data) => template(data, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false });
}

/** Reads and compiles a file of `templates/`. */
export function compileFile(name: string): Template {
  return compile(fileText(name));
}

/** The text of a file of `templates/`. */
export function fileText(name: string): string {
  return readFileSync(new URL(`../../templates/${name}`, import.meta.url), 'utf8');
}

/** Marks HTML that a template of ours has already written, so that it is not escaped twice. */
export function ready(html: string): { toHTML(): string } {
  return new Handlebars.SafeString(html);
}
