// The command line: words in, the work done and an exit code out. 0 done, 1 refused, 2 usage, 3 configuration.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type Code, HandoutError, sentence } from '../errors.ts';
import type { BatchFlags } from './batch.ts';
import type { CheckFlags } from './check.ts';
import { ROOT } from './library.ts';
import type { LintFlags } from './lint.ts';
import type { MailBatchFlags } from './mail-batch.ts';
import type { MakeFlags } from './make.ts';
import { readSettings, type Settings } from './settings.ts';

const DONE = 0;
const REFUSED = 1;
const USAGE = 2;
const CONFIGURATION = 3;
const CONFIGURATION_CODES: readonly Code[] = ['setting-invalid', 'address-refused'];

const say = (line: string) => process.stdout.write(`${line}\n`);
const complain = (line: string) => process.stderr.write(`${line}\n`);

function program(): Command {
  const root = new Command('keepsake').description('Psychoeducation handouts that clients keep.').exitOverride();
  root.configureOutput({ outputError: (text, write) => write(withoutValue(text)) });
  root.option('--data <folder>', 'folder of the letterhead and of your own articles');

  root
    .command('serve')
    .description('serve the form on this machine')
    .option('--port <number>', 'port (3000)')
    .option('--host <address>', 'address of this machine to listen on (127.0.0.1)')
    .action(async (_flags, command: Command) => {
      const { serve } = await import('./serve.ts');
      await serve(settingsOf(command), say, complain);
    });

  root
    .command('worker')
    .description('make batches for other machines that share the database')
    .action(async (_flags, command: Command) => {
      const { work } = await import('./worker.ts');
      await work(settingsOf(command), say, complain);
    });

  root
    .command('list')
    .description('the articles with their sections and presets')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const { list } = await import('./list.ts');
      say(await list(settingsOf(command), json === true, complain));
    });

  root
    .command('lint [folder]')
    .description('check how articles are written: ours and your own, or those of a folder')
    .option('--table', 'how each reads, with its words, sources and pages')
    .option('--strict', 'take warnings for errors')
    .option('--json', 'as JSON')
    .action(async (folder: string | undefined, flags: LintFlags, command: Command) => {
      const { lint } = await import('./lint.ts');
      const clean = await lint(folder, flags, settingsOf(command), say);
      if (!clean) process.exitCode = REFUSED;
    });

  root
    .command('make [article]')
    .description('make one handout')
    .option('--saved <name>', 'a choice that was saved on the form; what else is given counts over it')
    .option(
      '--client <name>',
      'name to print; others on this machine can see it on the command line: --client-file hides it',
    )
    .option('--client-file <file>', 'file that holds the name')
    .option('--sections <ids>', 'sections to print, in order: a,b')
    .option('--preset <name>', 'a preset of the article instead')
    .option('--note <text>', 'your own words; visible to others like --client')
    .option('--note-file <file>', 'file that holds your own words')
    .option(
      '--slots-file <file>',
      'JSON: words, agreed, plan, obstacle, appointment; the ones left out are not printed',
    )
    .option('--note-lang <code>', 'language of the note and slots, where it is not the handout’s')
    .option('--clinician <name>', 'name under the note')
    .option('--date <YYYY-MM-DD>', 'day to print (today)')
    .option('--paper <letter|a4>', 'paper (the practice’s)')
    .option('--large-print', '18 pt, one column')
    .option('--ink-saving', 'no tints, thin outlines')
    .option('--binder', 'a wider margin at the binding edge, for holes')
    .option('--fit <1|2>', 'pages to fit: closer, then smaller, down to 11 pt (large print stays at 18)')
    .option('--discreet', 'no name, practice or title, for a home where others look; its words still tell the topic')
    .option('--lines-only', 'worksheets as lines to write on, without boxes to type in on screen')
    .option('--lang <code>', 'language of the article (en)')
    .option('--html <file>', 'write the same handout for a screen, as one HTML file, too')
    .option('--receipt <file>', 'write the lines for the chart, without the client, too')
    .option('--clinician-copy <file>', 'write what the author tells the clinician, as a PDF, too')
    .requiredOption('--out <file>', 'where to write the PDF; - is standard output')
    .action(async (article: string | undefined, flags: MakeFlags, command: Command) => {
      if (article === undefined && flags.saved === undefined)
        command.error("error: missing required argument 'article'");
      const { make } = await import('./make.ts');
      await make(article, flags, settingsOf(command), complain);
    });

  rowOptions(root.command('check <file>'))
    .description('check the rows of a spreadsheet; nothing is made')
    .addOption(new Option('--by <way>', 'what the rows are for').choices(['print', 'email']).default('print'))
    .option('--json', 'as JSON')
    .action(async (file: string, flags: CheckFlags, command: Command) => {
      const { check } = await import('./check.ts');
      const ready = await check(file, flags, settingsOf(command), say, complain);
      if (!ready) process.exitCode = REFUSED;
    });

  rowOptions(root.command('batch <file>'))
    .description('make the handouts of a spreadsheet: one PDF to print, or a ZIP with a PDF for each client')
    .option('--out <file>', 'where to write one PDF to print')
    .addOption(new Option('--zip <file>', 'where to write a ZIP instead').conflicts('out'))
    .option('--simplex', 'print on one side: no blank backs')
    .option('--separators', 'a sheet before each client, with row, initials and reference')
    .option('--covers', 'a page of contents where a client gets several handouts')
    .option('--addresses', 'a page for a window envelope where a row has an address')
    .option('--from <number>', 'begin with this client; the count is that of the whole', wholeNumber)
    .option('--to <number>', 'end with this client', wholeNumber)
    .option('--despite-review', 'also articles that were to be reviewed again by now')
    .option('--report <file>', 'where to write what became of each row, as CSV')
    .option('--email', 'by e-mail instead: says what would be sent, and sends nothing without --send')
    .option('--send', 'with --email: send it')
    .option('--limit <number>', 'with --email: no more than so many', wholeNumber)
    .option('--eml <file>', 'write drafts for your own mail program instead; several in a ZIP')
    .option('--as-page', 'with --email: the handout is the message itself, too, for who agreed after the warning')
    .option('--as-typed', 'with --send: also to addresses that look mistyped')
    .option('--passwords <file>', 'with --email: where to write the passwords of locked PDFs; a new file')
    .option('--again <reason>', 'also a file that was made today, or what went to the same address; say why')
    .option('--json', 'as JSON')
    .action(async (file: string, flags: BatchFlags & MailBatchFlags & { email?: boolean }, command: Command) => {
      if (flags.email || flags.eml !== undefined) {
        if (flags.send && flags.eml !== undefined) command.error('error: give --send or --eml');
        const { mailBatch } = await import('./mail-batch.ts');
        const sent = await mailBatch(file, flags, settingsOf(command), say, complain);
        if (!sent) process.exitCode = REFUSED;
        return;
      }
      if (flags.out === undefined && flags.zip === undefined) command.error('error: give --out or --zip');
      if ((flags.from ?? 1) > (flags.to ?? Number.POSITIVE_INFINITY)) command.error('error: --from comes after --to');
      const { batch } = await import('./batch.ts');
      const whole = await batch(file, flags, settingsOf(command), say, complain);
      if (!whole) process.exitCode = REFUSED;
    });

  const outbox = root
    .command('outbox')
    .description('mails on their way, and those that need you')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }, command: Command) => {
      const { showOutbox } = await import('./outbox.ts');
      await showOutbox(json === true, settingsOf(command), say);
    });
  for (const [act, what] of [
    ['retry', 'try a mail that waits at once, and go on where everything is paused'],
    ['release', 'send what may have been sent already, perhaps for the second time'],
    ['cancel', 'never send a mail'],
  ] as const)
    outbox
      .command(`${act} <id>`)
      .description(what)
      .action(async (id: string, _flags: object, command: Command) => {
        const { actOnMail } = await import('./outbox.ts');
        await actOnMail(act, id, settingsOf(command));
      });
  outbox
    .command('resume')
    .description('go on after a stop, also after one because mails got mixed up')
    .action(async (_flags: object, command: Command) => {
      const { resumeOutbox } = await import('./outbox.ts');
      await resumeOutbox(settingsOf(command));
    });

  root
    .command('smtp-test')
    .description('connect to your mail server and sign in; nothing is sent')
    .action(async (_flags: object, command: Command) => {
      const { smtpTest } = await import('./outbox.ts');
      await smtpTest(settingsOf(command), say);
    });
  return root;
}

/** What rows that do not say it get. */
function rowOptions(command: Command): Command {
  return command
    .option('--article <names>', 'for rows that name no handout: a,b')
    .option('--saved <name>', 'a choice saved on the form, for the same rows; can be given again', several)
    .option('--preset <name>', 'for rows that name no preset or sections')
    .option('--sections <ids>', 'for rows that name no handout, preset or sections: a,b')
    .option('--lang <code>', 'for rows without a language (en)')
    .option('--clinician <name>', 'for rows without a clinician')
    .option('--date <YYYY-MM-DD>', 'day to print (today)')
    .option('--paper <letter|a4>', 'paper (the practice’s)')
    .addOption(
      new Option('--consent <answer>', 'to e-mail, for rows that do not say').choices(['after-warning', 'password']),
    )
    .option('--consent-date <YYYY-MM-DD>', 'with --consent after-warning: when they were warned and agreed')
    .addOption(
      new Option('--private-mailbox <answer>', 'whether nobody else reads their mailboxes, for the same rows').choices([
        'yes',
        'no',
      ]),
    )
    .option('--fit <1|2>', 'pages to fit')
    .option('--large-print', 'for rows that do not say; likewise:')
    .option('--ink-saving', 'no tints, thin outlines')
    .option('--binder', 'a wider margin for holes')
    .option('--discreet', 'no names, no title, no practice')
    .option('--may-send <ways>', 'hand, post, email: for rows that do not say how their client may be reached')
    .option('--copies <number>', 'for rows that do not say')
    .option('--hidden-too', 'rows that are hidden in an Excel file as well');
}

const several = (name: string, before: readonly string[] = []): string[] => [...before, name];

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/u.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return Number(text);
}

function settingsOf(command: Command): Settings {
  return readSettings(command.optsWithGlobals(), process.env, ROOT);
}

function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : USAGE;
  if (error instanceof HandoutError) {
    for (const problem of error.problems) complain(sentence(problem));
    return error.problems.some(({ code }) => CONFIGURATION_CODES.includes(code)) ? CONFIGURATION : REFUSED;
  }
  complain('Something went wrong that should not have. Nothing was made.');
  if (process.env.KEEPSAKE_LOG_LEVEL === 'debug')
    complain(error instanceof Error ? (error.stack ?? error.message) : 'No details.');
  return REFUSED;
}

/** A mistyped `--cleint=Ann` is named without the client. */
function withoutValue(text: string): string {
  return text.replace(/^(error: unknown option '(?:--[^=']*|-.)).*'/su, "$1'");
}

/** A reader that has seen enough (`… | head`) needs no words, a full disk does; neither is a bug. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') complain('Standard output could not be written. Check that there is room.');
  process.exit(REFUSED);
});

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = exitCode(error);
}
