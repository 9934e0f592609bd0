// The arrows between the folders of src, and the habits every file keeps.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

interface Source {
  /** `layout/page.ts` */
  name: string;
  folder: string;
  text: string;
  /** Of our own: `merge/block.ts`. */
  ours: string[];
  /** Of our own, and needed when it runs: types do not count. */
  run: string[];
  /** Of others: `pdfkit`, `node:fs`. */
  packages: string[];
  /** Of others, types left out. */
  runPackages: string[];
}

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .sort()
  .map(readSource);
const inFolders = (...folders: string[]) => sources.filter(({ folder }) => folders.includes(folder));

function readSource(name: string): Source {
  const text = readFileSync(join(SRC, name), 'utf8');
  const from = [
    ...text.matchAll(/^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'/gmu),
    ...text.matchAll(/^(?:import)\s+()'([^']+)'/gmu),
    ...text.matchAll(/\bimport\(()'([^']+)'\)/gu),
  ].map(([, type, path]) => ({ type: Boolean(type), path: path! }));
  const own = from
    .filter(({ path }) => path.startsWith('.'))
    .map(({ type, path }) => ({ type, path: posix.join(dirname(name), path) }));
  const theirs = from.filter(({ path }) => !path.startsWith('.'));
  return {
    name,
    folder: name.includes('/') ? name.split('/')[0]! : '',
    text,
    ours: own.map(({ path }) => path),
    run: own.filter(({ type }) => !type).map(({ path }) => path),
    packages: theirs.map(({ path }) => path),
    runPackages: theirs.filter(({ type }) => !type).map(({ path }) => path),
  };
}

/** What a folder may import of others: a whole folder (`make/`) or one file. Everything may import `errors.ts` and itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  content: [],
  merge: ['content/article.ts'],
  layout: ['merge/block.ts'],
  pdf: ['layout/page.ts'],
  make: ['content/article.ts', 'merge/', 'layout/', 'pdf/'],
  store: ['merge/practice.ts', 'merge/choice.ts'],
  web: [
    'content/',
    'merge/choice.ts',
    'merge/practice.ts',
    'merge/choose.ts',
    'make/',
    'pdf/image.ts',
    'store/practice.ts',
  ],
  cli: [
    'content/',
    'merge/choice.ts',
    'merge/practice.ts',
    'merge/choose.ts',
    'merge/trial.ts',
    'make/',
    'pdf/press.ts',
    'store/',
    'web/',
  ],
};

/** Files that hold a stage’s noun, without logic. */
const NOUNS = ['content/article.ts', 'merge/block.ts', 'layout/page.ts'];

const ONLY_IN: readonly { packages: RegExp; where: RegExp }[] = [
  { packages: /^(pdfkit|fontkit|sharp)$/u, where: /^pdf\//u },
  { packages: /^handlebars$/u, where: /^(merge\/|web\/views\.ts$)/u },
  { packages: /^libsql$/u, where: /^store\//u },
  { packages: /^(express|helmet|multer)$/u, where: /^web\//u },
  { packages: /^(commander|pino)$/u, where: /^cli\//u },
];

describe('the arrows between the folders', () => {
  it('are known for every folder there is', () => {
    const folders = new Set(sources.map(({ folder }) => folder));
    expect([...folders].filter((folder) => folder !== '').sort()).toEqual(Object.keys(MAY_IMPORT).sort());
    expect(sources.filter(({ folder }) => folder === '').map(({ name }) => name)).toEqual(['errors.ts']);
  });

  it.each(Object.keys(MAY_IMPORT))('of %s/ lead only where they may', (folder) => {
    const allowed = ['errors.ts', `${folder}/`, ...MAY_IMPORT[folder]!];
    const astray = inFolders(folder).flatMap(({ name, ours }) =>
      ours
        .filter((path) => !allowed.some((one) => (one.endsWith('/') ? path.startsWith(one) : path === one)))
        .map((path) => `${name} -> ${path}`),
    );
    expect(astray).toEqual([]);
  });

  it('lead to nothing from errors.ts', () => {
    const errors = sources.find(({ name }) => name === 'errors.ts')!;
    expect([...errors.ours, ...errors.packages]).toEqual([]);
  });

  it('take types only from the practice store into the web', () => {
    const opened = inFolders('web').filter(({ run }) => run.some((path) => path.startsWith('store/')));
    expect(opened.map(({ name }) => name)).toEqual([]);
  });

  it('never run in a circle', () => {
    const run = new Map(sources.map((source) => [source.name, source.run]));
    expect(sources.flatMap(({ name }) => circleFrom(name, run))).toEqual([]);
  });

  it('lead to files that exist', () => {
    const names = new Set(sources.map(({ name }) => name));
    expect(sources.flatMap(({ ours }) => ours).filter((path) => !names.has(path))).toEqual([]);
  });
});

function circleFrom(start: string, run: ReadonlyMap<string, string[]>): string[] {
  const seen = new Set<string>();
  const walk = (name: string): boolean =>
    (run.get(name) ?? []).some((next) => {
      if (next === start) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return walk(next);
    });
  return walk(start) ? [start] : [];
}

describe('the nouns', () => {
  it.each(NOUNS)('of %s are types without logic', (noun) => {
    const { text, run } = sources.find(({ name }) => name === noun)!;
    expect(run).toEqual([]);
    expect(text).not.toMatch(/^(export )?(const|let|function|class)\b/mu);
  });
});

describe('packages', () => {
  it.each(ONLY_IN)('matching $packages are imported only in $where', ({ packages, where }) => {
    const users = sources.filter((source) => source.packages.some((path) => packages.test(path)));
    expect(users.length).toBeGreaterThan(0);
    expect(users.map(({ name }) => name).filter((name) => !where.test(name))).toEqual([]);
  });

  it('open the network in one place', () => {
    const network = /^node:(https?|http2|net|tls|dgram|dns)$/u;
    const users = sources.filter(({ runPackages }) => runPackages.some((path) => network.test(path)));
    expect(users.map(({ name }) => name)).toEqual(['web/listen.ts']);
  });

  it('are all declared where they are needed to run', () => {
    const { dependencies } = JSON.parse(readFileSync(join(SRC, '../package.json'), 'utf8'));
    const known = [...Object.keys(dependencies), ...PARTS];
    const astray = sources.flatMap(({ name, runPackages }) =>
      runPackages
        .filter((path) => !path.startsWith('node:') && !known.some((one) => path === one || path.startsWith(`${one}/`)))
        .map((path) => `${name} -> ${path}`),
    );
    expect(astray).toEqual([]);
  });
});

/** Come with a declared package, whose nodes they are: htmlparser2’s. */
const PARTS = ['domhandler'];

describe('the core', () => {
  const OUTSIDE =
    /\bprocess\.(env|argv|cwd|std\w+)\b|\bDate\.now\b|\bnew Date\(\)|\bconsole\.|\bfetch\(|\bMath\.random\b|\bperformance\.now\b|\bset(?:Timeout|Interval)\(/u;

  it.each(inFolders('content', 'merge', 'layout', 'make').map(({ name, text }) => [name, text]))(
    '%s knows no clock, chance, network, environment or console',
    (_name, text) => {
      expect(withoutComments(text!)).not.toMatch(OUTSIDE);
    },
  );

  it('reads files only where articles, templates, fonts and pictures are opened', () => {
    const readers = inFolders('content', 'merge', 'layout', 'make', 'pdf').filter(({ packages }) =>
      packages.some((path) => path.startsWith('node:fs')),
    );
    expect(readers.map(({ name }) => name)).toEqual([
      'content/library.ts',
      'merge/templates.ts',
      'pdf/face.ts',
      'pdf/press.ts',
    ]);
  });
});

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//gu, '').replace(/(^|\s)\/\/.*$/gmu, '');

describe('every file', () => {
  it('opens with a sentence on what goes in and what comes out', () => {
    const silent = sources.filter(({ text }) => !/^\/\/ [A-Z`“].{20,}/u.test(text));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('is short enough to be read at a sitting', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 301);
    expect(long.map(({ name }) => name)).toEqual([]);
  });

  it('is named after what it is about', () => {
    const vague = sources.filter(({ name }) =>
      /(^|\/)(utils?|helpers?|common|misc|lib|shared|\w*manager|\w*service)(\/|\.ts$)/iu.test(name),
    );
    expect(vague.map(({ name }) => name)).toEqual([]);
  });

  it('says client, never patient or user', () => {
    const words = sources.filter(({ text }) => /\b(patients?|users?)\b/iu.test(withoutComments(text)));
    expect(words.map(({ name }) => name)).toEqual([]);
  });
});
