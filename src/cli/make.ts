// `keepsake make`: the words of the command in, a handout written to a file or standard output out.
import type { Library } from '../content/article.ts';
import { openShelves } from '../content/shelf.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { makeClinicianCopy } from '../make/clinician-copy.ts';
import { makeHandout } from '../make/handout.ts';
import { receiptOf } from '../make/receipt.ts';
import { readRequest } from '../make/request.ts';
import { makeWebPage } from '../make/web-page.ts';
import type { Choice } from '../merge/choice.ts';
import { noPreset, type Preset, withPreset } from '../merge/preset.ts';
import { openPress, type Press } from '../pdf/press.ts';
import { slotsIn, words, write } from './files.ts';
import { openLibrary } from './library.ts';
import type { Settings } from './settings.ts';
import { openData, today, VERSION } from './wire.ts';

export interface MakeFlags {
  client?: string;
  clientFile?: string;
  sections?: string;
  preset?: string;
  note?: string;
  noteFile?: string;
  noteLang?: string;
  slotsFile?: string;
  clinician?: string;
  date?: string;
  paper?: string;
  largePrint?: boolean;
  inkSaving?: boolean;
  binder?: boolean;
  discreet?: boolean;
  linesOnly?: boolean;
  fit?: string;
  lang?: string;
  saved?: string;
  clinicianCopy?: string;
  html?: string;
  receipt?: string;
  out: string;
}

/** Makes one handout. `say` gets what a person should know; the PDF goes where `--out` says. */
export async function make(
  article: string | undefined,
  flags: MakeFlags,
  settings: Settings,
  say: (line: string) => void,
): Promise<void> {
  const all = await openLibrary(settings, aboutArticle(article, say));
  const press = openPress();
  const store = await openData(settings);
  try {
    const library = openShelves(all)(await store.shelf.read());
    const preset = flags.saved === undefined ? null : await store.presets.use(flags.saved);
    if (flags.saved !== undefined && preset === null) throw new HandoutError([noPreset('saved')]);
    const choice = await choiceFrom(article, flags, preset, library, press);
    const practice = await store.practices.read();
    if (practice.countryIsGuess && practice.crisisLine === '') {
      say(
        `The help block is for ${practice.country}, guessed from this computer. Set the country on the form’s letterhead page.`,
      );
    }
    const made = await makeHandout(choice, library, practice, press);
    for (const warning of made.warnings) say(warning.message);
    const { html, receipt, clinicianCopy } = flags;
    // All is made before anything is written: a refusal leaves nothing behind.
    const page = html === undefined ? null : await makeWebPage(choice, library, practice, press);
    const copy = clinicianCopy === undefined ? null : await makeClinicianCopy(choice, library, practice, press);
    const lines = receiptOf(made, choice, library, practice, VERSION);
    await write(flags.out, made.pdf);
    if (html !== undefined && page !== null) await write(html, page.html, 'html');
    if (receipt !== undefined) await write(receipt, `${lines.join('\n')}\n`, 'receipt');
    if (clinicianCopy !== undefined && copy !== null) await write(clinicianCopy, copy.pdf, 'clinician-copy');
    const size = choice.fit === undefined ? '' : `, ${made.size} pt`;
    if (flags.out !== '-') say(`Made “${made.title}”: ${made.pages} ${made.pages === 1 ? 'page' : 'pages'}${size}.`);
  } finally {
    await store.close();
  }
}

/** Only what is wrong with the article asked for; `keepsake list` tells of the others. */
function aboutArticle(article: string | undefined, say: (line: string) => void): (line: string) => void {
  return (line) => {
    if (article === undefined || line.includes(`/${article}/`)) say(line);
  };
}

async function choiceFrom(
  article: string | undefined,
  flags: MakeFlags,
  preset: Preset | null,
  library: Library,
  press: Press,
): Promise<Choice> {
  const problems: Problem[] = [];
  const client = await words(flags.client, flags.clientFile, 'client', problems);
  const note = await words(flags.note, flags.noteFile, 'note', problems);
  const slots = await slotsIn(flags.slotsFile, problems);
  const asked = {
    ...slots,
    article,
    language: flags.lang,
    sections: flags.sections
      ?.split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
    preset: flags.preset,
    client,
    note,
    noteLanguage: flags.noteLang,
    clinician: flags.clinician,
    date: flags.date ?? today(),
    paper: flags.paper,
    largePrint: flags.largePrint,
    inkSaving: flags.inkSaving,
    binder: flags.binder,
    discreet: flags.discreet,
    fillable: flags.linesOnly === true ? false : undefined,
    fit: flags.fit === undefined ? undefined : Number(flags.fit),
  };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return readRequest(preset === null ? given : withPreset(preset, given), library, press, problems);
}
