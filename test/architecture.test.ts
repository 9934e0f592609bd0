// The arrows between the folders of src, and the habits every file keeps.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readSource, rules } from './support/architecture.ts';

const SRC = fileURLToPath(new URL('../src', import.meta.url));
const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .sort()
  .map((file) => readSource(file, readFileSync(join(SRC, file), 'utf8')));

const { dependencies } = JSON.parse(readFileSync(join(SRC, '../package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
/** domhandler comes with htmlparser2, whose nodes it is. */
const RULES = rules([...Object.keys(dependencies), 'domhandler']);

describe('in src', () => {
  it.each(Object.keys(RULES))('%s', (rule) => {
    expect(sources.length).toBeGreaterThan(50);
    expect(RULES[rule]!(sources)).toEqual([]);
  });
});

const FIRST = '// One thing goes in here, and another one comes out.\n';
const imports = (...paths: string[]) => paths.map((path) => `import { a } from '${path}';\n`).join('');

/** Made up, each breaking the rule it stands beside and no other. */
const BAD: readonly [rule: string, files: Readonly<Record<string, string>>][] = [
  ['every folder has its place in the pipeline', { 'send/mail.ts': '' }],
  ['every folder has its place in the pipeline', { 'main.ts': '' }],
  ['imports follow the arrows', { 'layout/a.ts': imports('../merge/read.ts'), 'merge/read.ts': '' }],
  ['imports follow the arrows', { 'layout/a.ts': imports('../content/article.ts'), 'content/article.ts': '' }],
  ['imports follow the arrows', { 'merge/a.ts': imports('../content/library.ts'), 'content/library.ts': '' }],
  ['imports follow the arrows', { 'pdf/a.ts': imports('../merge/block.ts'), 'merge/block.ts': '' }],
  ['imports follow the arrows', { 'content/a.ts': imports('../merge/trial.ts'), 'merge/trial.ts': '' }],
  ['imports follow the arrows', { 'web/a.ts': imports('../layout/page.ts'), 'layout/page.ts': '' }],
  ['imports follow the arrows', { 'web/a.ts': imports('../cli/main.ts'), 'cli/main.ts': '' }],
  ['imports follow the arrows', { 'cli/a.ts': imports('../web/form.ts'), 'web/form.ts': '' }],
  ['imports follow the arrows', { 'cli/a.ts': "export const a = () => import('../web/form.ts');", 'web/form.ts': '' }],
  ['imports follow the arrows', { 'make/a.ts': "import type { A } from '../web/form.ts';", 'web/form.ts': '' }],
  ['imports follow the arrows', { 'errors.ts': "export * from './content/article.ts';", 'content/article.ts': '' }],
  ['imports follow the arrows', { 'errors.ts': imports('zod') }],
  ['some arrows carry types only', { 'store/a.ts': imports('../merge/choice.ts'), 'merge/choice.ts': '' }],
  ['some arrows carry types only', { 'web/a.ts': imports('../store/practice.ts'), 'store/practice.ts': '' }],
  ['imports lead to files that exist', { 'merge/a.ts': imports('./gone.ts') }],
  [
    'nothing runs in a circle',
    { 'pdf/a.ts': imports('./b.ts'), 'pdf/b.ts': imports('./c.ts'), 'pdf/c.ts': imports('./a.ts') },
  ],
  ['nouns are types without logic', { 'merge/block.ts': 'export const a = 1;' }],
  ['nouns are types without logic', { 'layout/page.ts': imports('zod') }],
  ['nouns are types without logic', { 'deliver/recipient.ts': 'export const a = 1;' }],
  ['packages stay where they belong', { 'make/a.ts': imports('pdfkit') }],
  ['packages stay where they belong', { 'web/a.ts': imports('sharp') }],
  ['packages stay where they belong', { 'make/a.ts': imports('kysely') }],
  ['packages stay where they belong', { 'web/a.ts': imports('csv-parse/sync') }],
  ['packages stay where they belong', { 'web/a.ts': imports('handlebars') }],
  ['packages stay where they belong', { 'pdf/a.ts': imports('linebreak') }],
  ['packages stay where they belong', { 'merge/a.ts': "import fs, {\n  a,\n} from 'node:fs';" }],
  ['packages stay where they belong', { 'store/a.ts': "import 'node:http';" }],
  ['packages are declared', { 'content/a.ts': imports('left-pad') }],
  ['nothing calls out', { 'web/a.ts': "await fetch('https://example.org');" }],
  ['the core knows no clock, chance, environment or console', { 'merge/a.ts': 'const a = new Date();' }],
  ['the core knows no clock, chance, environment or console', { 'layout/a.ts': 'const a = new Date;' }],
  ['the core knows no clock, chance, environment or console', { 'pdf/a.ts': 'const a = process.env.A;' }],
  ['the core knows no clock, chance, environment or console', { 'content/a.ts': 'console.log(1);' }],
  ['files can be read at a sitting', { 'pdf/a.ts': 'a();\n'.repeat(301) }],
  ['files are named after what they are about', { 'pdf/utils.ts': '' }],
  ['files are named after what they are about', { 'merge/helpers/a.ts': '' }],
  ['files are named after what they are about', { 'make/FontManager.ts': '' }],
  ['code says client, never patient or user', { 'web/a.ts': "const a = 'patient';" }],
];

const broken = (files: Readonly<Record<string, string>>, first = FIRST) => {
  const made = Object.entries(files).map(([name, text]) => readSource(name, first + text));
  return Object.keys(RULES).filter((rule) => RULES[rule]!(made).length > 0);
};

describe('what breaks a rule is found', () => {
  it.each(BAD)('%s: %j', (rule, files) => {
    expect(broken(files)).toEqual([rule]);
  });

  it('in a file that opens with nothing, too', () => {
    expect(broken({ 'pdf/a.ts': 'export const a = 1;' }, '')).toEqual([
      'files open with what goes in and what comes out',
    ]);
  });

  it('for every rule there is', () => {
    const proved = [...BAD.map(([rule]) => rule), 'files open with what goes in and what comes out'];
    expect(new Set(proved)).toEqual(new Set(Object.keys(RULES)));
  });
});

describe('what keeps the rules is left in peace', () => {
  it.each([
    [
      'arrows, types and the like',
      { 'store/a.ts': "import type { A } from '../merge/choice.ts';", 'merge/choice.ts': '' },
    ],
    [
      'two files that know each other’s types',
      { 'pdf/a.ts': imports('./b.ts'), 'pdf/b.ts': "import type { A } from './a.ts';" },
    ],
    ['a date that is given', { 'merge/a.ts': "const a = new Date(text); // not Date.now(), as the user's clock" }],
    ['types of a package', { 'make/a.ts': "import type { Server } from 'node:http';" }],
  ])('%s', (_name, files) => {
    expect(broken(files as unknown as Record<string, string>)).toEqual([]);
  });
});
