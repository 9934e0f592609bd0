// Sources in; for each rule of the design, every file that breaks it out.
import { dirname, posix } from 'node:path';

export interface Source {
  /** `layout/page.ts` */
  name: string;
  folder: string;
  text: string;
  imports: Import[];
}

/** `path` is `merge/block.ts` for a file of ours and `pdfkit` or `node:fs` for a package. */
interface Import {
  path: string;
  ours: boolean;
  type: boolean;
}

export function readSource(name: string, text: string): Source {
  const imports = [
    ...text.matchAll(/^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'/gmu),
    ...text.matchAll(/^import\s+()'([^']+)'/gmu),
    ...text.matchAll(/\bimport\(()'([^']+)'\)/gu),
  ].map(([, type, path]) => {
    const ours = path!.startsWith('.');
    return { path: ours ? posix.join(dirname(name), path!) : path!, ours, type: Boolean(type) };
  });
  return { name, folder: name.includes('/') ? name.split('/')[0]! : '', text, imports };
}

/** What the doors, and what delivers, call. */
const CALLED = [
  'content/',
  'merge/choice.ts',
  'merge/choose.ts',
  'merge/practice.ts',
  'merge/preset.ts',
  'merge/words.ts',
];

/** What a folder may import of others: a whole folder (`make/`) or one file. Everything may import `errors.ts` and itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  '': [],
  content: [],
  merge: ['content/article.ts'],
  layout: ['merge/block.ts'],
  pdf: ['layout/page.ts'],
  // How hard a text is, is asked of what a clinician types, too.
  make: ['content/article.ts', 'content/reading.ts', 'merge/', 'layout/', 'pdf/'],
  store: ['content/shelf.ts', 'merge/practice.ts', 'merge/choice.ts', 'merge/preset.ts'],
  deliver: [...CALLED, 'make/', 'pdf/press.ts', 'store/'],
  web: [...CALLED, 'make/', 'pdf/image.ts', 'deliver/', 'store/'],
  cli: [...CALLED, 'merge/trial.ts', 'make/', 'pdf/press.ts', 'deliver/', 'store/', 'web/app.ts', 'web/listen.ts'],
};

/** Arrows along which only types go. */
const TYPES_ONLY: readonly { from: string; to: string }[] = [
  { from: 'store', to: 'content/' },
  { from: 'store', to: 'merge/' },
  { from: 'web', to: 'store/' },
];

/** Files that hold a stage’s noun. */
const NOUNS = ['content/article.ts', 'merge/block.ts', 'layout/page.ts', 'make/packet.ts', 'deliver/recipient.ts'];

const ONLY_IN: readonly { packages: RegExp; where: RegExp }[] = [
  { packages: /^(pdfkit|fontkit|sharp)$/u, where: /^pdf\// },
  { packages: /^bidi-js$/u, where: /^(layout|pdf)\//u },
  { packages: /^linebreak$/u, where: /^layout\//u },
  { packages: /^handlebars$/u, where: /^(merge\/templates|web\/views)\.ts$/u },
  { packages: /^(libsql|kysely|pg)$/u, where: /^store\//u },
  { packages: /^(csv-parse|read-excel-file|client-zip|piscina|bullmq)(\/|$)/u, where: /^deliver\//u },
  { packages: /^nodemailer(\/|$)/u, where: /^deliver\/smtp\.ts$/u },
  { packages: /^qrcode$/u, where: /^make\//u },
  { packages: /^(express|helmet|multer)$/u, where: /^web\//u },
  { packages: /^(commander|pino)$/u, where: /^cli\//u },
  // The API takes the names of the statuses from node:http, and nothing else.
  { packages: /^node:(https?|http2|net|tls|dgram|dns)$/u, where: /^web\/(listen|problems)\.ts$/u },
  {
    packages: /^node:fs(\/promises)?$/u,
    where: /^(content\/disk|merge\/templates|pdf\/(face|press))\.ts$|^(store|cli|web)\//u,
  },
];

const CORE = ['content', 'merge', 'layout', 'pdf', 'make'];
const OUTSIDE =
  /\bprocess\.|\bDate\.now\b|\bnew Date(?:\(\)|(?!\())|\bconsole\.|\bMath\.random\b|\bperformance\.|\bset(?:Timeout|Interval)\(/u;

const VAGUE = /(^|\/)(utils?|helpers?|common|misc|lib|shared|\w*managers?|\w*services?)(\/|\.ts$)/iu;
/** The type of what the doors of the web are given, not a thing that serves. */
const NOT_VAGUE = ['web/services.ts'];

/** The words of the people who write spreadsheets, and of nodemailer, not ours. */
const NOT_OUR_WORDS = ['deliver/heading-words.ts', 'deliver/smtp.ts'];

const where = (sources: readonly Source[], isWrong: (source: Source) => boolean) =>
  sources.filter(isWrong).map(({ name }) => name);

const arrows = (sources: readonly Source[], isWrong: (source: Source, imported: Import) => boolean) =>
  sources.flatMap((source) =>
    source.imports.filter((one) => isWrong(source, one)).map(({ path }) => `${source.name} -> ${path}`),
  );

const within = (path: string, allowed: readonly string[]) =>
  allowed.some((one) => (one.endsWith('/') ? path.startsWith(one) : path === one));

const isLoaded = ({ ours, type }: Import) => !ours && !type;

/** Comments out, so that they may speak of what code may not do. */
const code = ({ text }: Source) => text.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/(^|\s)\/\/.*$/gmu, '');

/** `declared` are the packages that come with the program. */
export const rules = (declared: readonly string[]): Record<string, (sources: readonly Source[]) => string[]> => ({
  'every folder has its place in the pipeline': (sources) =>
    where(sources, ({ name, folder }) => (folder === '' ? name !== 'errors.ts' : !Object.hasOwn(MAY_IMPORT, folder))),

  'imports follow the arrows': (sources) =>
    arrows(sources, ({ name, folder }, { ours, path }) => {
      if (!ours) return name === 'errors.ts';
      return !within(path, ['errors.ts', `${folder}/`, ...(MAY_IMPORT[folder] ?? [])]);
    }),

  'some arrows carry types only': (sources) =>
    arrows(sources, ({ folder }, { path, type }) =>
      TYPES_ONLY.some(({ from, to }) => from === folder && path.startsWith(to) && !type),
    ),

  'imports lead to files that exist': (sources) =>
    arrows(sources, (_source, { ours, path }) => ours && !sources.some(({ name }) => name === path)),

  'nothing runs in a circle': circles,

  'nouns are types without logic': (sources) =>
    where(
      sources.filter(({ name }) => NOUNS.includes(name)),
      (source) =>
        source.imports.some(({ type }) => !type) || /^(export )?(const|let|function|class)\b/mu.test(source.text),
    ),

  'packages stay where they belong': (sources) =>
    arrows(
      sources,
      ({ name }, one) =>
        isLoaded(one) && ONLY_IN.some(({ packages, where: place }) => packages.test(one.path) && !place.test(name)),
    ),

  'packages are declared': (sources) =>
    arrows(
      sources,
      (_source, one) =>
        isLoaded(one) &&
        !one.path.startsWith('node:') &&
        !declared.some((name) => one.path === name || one.path.startsWith(`${name}/`)),
    ),

  // But for the mail server, and the service that gives leave to sign in there.
  'nothing calls out': (sources) =>
    where(sources, (source) => source.name !== 'deliver/token.ts' && /\bfetch\(/u.test(code(source))),

  'the core knows no clock, chance, environment or console': (sources) =>
    where(sources, (source) => CORE.includes(source.folder) && OUTSIDE.test(code(source))),

  'files open with what goes in and what comes out': (sources) =>
    where(sources, ({ text }) => !/^\/\/ [A-Z`“].{20,}/u.test(text)),

  'files can be read at a sitting': (sources) => where(sources, ({ text }) => text.split('\n').length > 301),

  'files are named after what they are about': (sources) =>
    where(sources, ({ name }) => VAGUE.test(name) && !NOT_VAGUE.includes(name)),

  'code says client, never patient or user': (sources) =>
    where(sources, (source) => !NOT_OUR_WORDS.includes(source.name) && /\b(patients?|users?)\b/iu.test(code(source))),
});

/** Types are gone when it runs; what is left must not lead back. */
function circles(sources: readonly Source[]): string[] {
  const next = new Map(
    sources.map(({ name, imports }) => [
      name,
      imports.filter(({ ours, type }) => ours && !type).map(({ path }) => path),
    ]),
  );
  const leadsBack = (start: string) => {
    const seen = new Set<string>();
    const walk = (name: string): boolean =>
      (next.get(name) ?? []).some((path) => {
        if (path === start) return true;
        if (seen.has(path)) return false;
        seen.add(path);
        return walk(path);
      });
    return walk(start);
  };
  return where(sources, ({ name }) => leadsBack(name));
}
