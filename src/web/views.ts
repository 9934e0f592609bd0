// A view's name and its data in, a page of HTML out: Handlebars, as strict as it goes.
import { readdirSync, readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

const FOLDER = new URL('../../templates/web/', import.meta.url);

/** Our own environment; a misspelt field or an unknown helper throws. Only files of `templates/web` are compiled. */
const house = Handlebars.create();
const STRICT = { strict: true, knownHelpersOnly: true, preventIndent: true } as const;
const views = new Map<string, HandlebarsTemplateDelegate>();

for (const file of readdirSync(FOLDER)) {
  if (!file.endsWith('.hbs')) continue;
  const name = file.slice(0, -'.hbs'.length);
  const view = house.compile(readFileSync(new URL(file, FOLDER), 'utf8'), STRICT);
  views.set(name, view);
  house.registerPartial(name, view);
}

export interface View {
  /** In the browser's tab and history: never anything of a client. */
  title: string;
  /** Loads itself again where there is no script. */
  refresh?: boolean;
}

/** Fills view `name` and sets it into the frame all pages share. */
export function render<Model extends View>(name: string, model: Model): string {
  return fill('frame', {
    title: model.title,
    refresh: model.refresh ?? false,
    body: new Handlebars.SafeString(fill(name, model)),
  });
}

function fill(name: string, model: object): string {
  const view = views.get(name);
  if (view === undefined) throw new Error(`There is no view named ${name}.`);
  return view(model);
}
