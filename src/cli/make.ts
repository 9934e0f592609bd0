// `keepsake make`: the words of the command in, a handout written to a file or standard output out.
import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { Library } from '../content/article.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { makeHandout } from '../make/handout.ts';
import { readRequest } from '../make/request.ts';
import type { Choice } from '../merge/choice.ts';
import { openPress, type Press } from '../pdf/press.ts';
import type { Settings } from './settings.ts';
import { openData, openLibrary, today } from './wire.ts';

export interface MakeFlags {
  client?: string;
  clientFile?: string;
  sections?: string;
  preset?: string;
  note?: string;
  noteFile?: string;
  noteLang?: string;
  clinician?: string;
  date?: string;
  paper?: string;
  largePrint?: boolean;
  lang?: string;
  out: string;
}

/** Makes one handout. `say` gets what a person should know; the PDF goes where `--out` says. */
export async function make(
  article: string,
  flags: MakeFlags,
  settings: Settings,
  say: (line: string) => void,
): Promise<void> {
  const library = await openLibrary(settings, aboutArticle(article, say));
  const press = openPress();
  const choice = await choiceFrom(article, flags, library, press);
  const store = openData(settings);
  try {
    const practice = store.practices.read();
    if (practice.countryIsGuess && practice.crisisLine === '') {
      say(
        `The help block is for ${practice.country}, guessed from this computer. Set the country on the form’s letterhead page.`,
      );
    }
    const made = await makeHandout(choice, library, practice, press);
    for (const warning of made.warnings) say(warning.message);
    await write(flags.out, made.pdf);
    if (flags.out !== '-') say(`Made “${made.title}”: ${made.pages} ${made.pages === 1 ? 'page' : 'pages'}.`);
  } finally {
    store.close();
  }
}

/** Only what is wrong with the article asked for; `keepsake list` tells of the others. */
function aboutArticle(article: string, say: (line: string) => void): (line: string) => void {
  return (line) => {
    if (line.includes(`/${article}/`)) say(line);
  };
}

async function choiceFrom(article: string, flags: MakeFlags, library: Library, press: Press): Promise<Choice> {
  const problems: Problem[] = [];
  const client = await words(flags.client, flags.clientFile, 'client', problems);
  const note = await words(flags.note, flags.noteFile, 'note', problems);
  const asked = {
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
  };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return readRequest(given, library, press, problems);
}

/** From the flag or from the file; a file keeps a name off the command line, where others on the machine can see it. */
async function words(
  flag: string | undefined,
  file: string | undefined,
  field: string,
  problems: Problem[],
): Promise<string | undefined> {
  if (flag !== undefined && file !== undefined) {
    const message = `--${field} and --${field}-file were both given.`;
    problems.push({ code: 'field-invalid', message, hint: 'Give one of them.', place: { field } });
  }
  if (file === undefined) return flag;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch {
    const message = `The file of --${field}-file can’t be read as UTF-8 text.`;
    problems.push({ code: 'field-invalid', message, hint: 'Check its path, and save it as UTF-8.', place: { field } });
    return undefined;
  }
}

/** A file appears whole or not at all; a device or pipe is written into and never replaced. */
async function write(out: string, pdf: Buffer): Promise<void> {
  if (out === '-') {
    await new Promise<void>((resolve, reject) =>
      process.stdout.write(pdf, (error) => (error ? reject(error) : resolve())),
    );
    return;
  }
  const part = `${out}.${randomUUID()}.part`;
  try {
    if (await isSpecial(out)) return await writeFile(out, pdf);
    await writeFile(part, pdf, { mode: 0o600 });
    await rename(part, out);
  } catch {
    await rm(part, { force: true });
    const message = 'The handout could not be written there.';
    throw new HandoutError([
      {
        code: 'out-unwritable',
        message,
        hint: 'Check that the folder of --out exists, may be written to, and has room.',
        place: { field: 'out' },
      },
    ]);
  }
}

async function isSpecial(path: string): Promise<boolean> {
  return stat(path).then(
    (there) => !there.isFile(),
    () => false,
  );
}
