// The start of a clone, with a stand-in for npm and for the compiler: nothing is fetched, nothing real is touched.
import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ended } from './cli/clone.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const STARTERS = ['src/prepare.cjs', 'src/start.cjs', 'src/keepsake.cjs', 'test/run.cjs'];

/** Writes down what it was called with, and installs a compiler that writes down that it ran. */
const NPM = `
const fs = require('fs');
fs.appendFileSync('log', 'npm ' + process.argv.slice(2).join(' ') + '\\n');
if (fs.existsSync('offline')) { console.log('network is down'); process.exit(1); }
fs.mkdirSync('node_modules/typescript/bin', { recursive: true });
fs.copyFileSync('tsc.js', 'node_modules/typescript/bin/tsc');
`;
const TSC = `
const fs = require('fs');
fs.appendFileSync('log', 'tsc\\n');
if (fs.existsSync('wrong')) { console.log('src/a.ts(1,1): wrong'); process.exit(2); }
fs.mkdirSync('dist/cli', { recursive: true });
fs.copyFileSync('main.js', 'dist/cli/main.js');
`;
const MAIN = `
const [word, code] = process.argv.slice(2);
console.log('ran ' + process.argv.slice(2).join(' '));
if (word === 'exit') process.exit(Number(code));
if (word === 'die') process.kill(process.pid, 'SIGKILL');
if (word === 'wait') { setTimeout(() => {}, 20000); process.on('SIGTERM', () => process.exit(0)); }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-setup-'));
  for (const file of STARTERS) copy(file);
  write('package-lock.json', '{}');
  write('tsconfig.json', '{}');
  write('tsconfig.build.json', '{}');
  write('src/a.ts', '// a');
  write('npm-cli.js', NPM);
  write('tsc.js', TSC);
  write('main.js', MAIN);
});
afterEach(() => rmSync(folder, { recursive: true }));

function copy(file: string): void {
  mkdirSync(join(folder, dirname(file)), { recursive: true });
  copyFileSync(join(ROOT, file), join(folder, file));
}

function write(file: string, text: string, mode = 0o644): void {
  mkdirSync(join(folder, dirname(file)), { recursive: true });
  writeFileSync(join(folder, file), text, { mode });
}

/** Starts `node <words>` in the folder, with our npm. */
function start(words: readonly string[], around: Record<string, string> = {}): ChildProcess {
  const env = { ...process.env, npm_execpath: join(folder, 'npm-cli.js'), ...around };
  return spawn(process.execPath, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function run(script: string, words: readonly string[] = [], around: Record<string, string> = {}) {
  const { out, ...end } = await ended(start([script, ...words], around));
  return { ...end, out: out.toString() };
}

/** What npm and the compiler were called with since the last look. */
function calls(): string[] {
  const log = join(folder, 'log');
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  rmSync(log);
  return lines;
}

describe('a fresh clone', () => {
  it('is installed, built and run, with the words and the exit code handed through', async () => {
    const { code, out, said } = await run('src/keepsake.cjs', ['exit', '2']);
    expect(code).toBe(2);
    expect(out).toBe('ran exit 2\n');
    expect(said).toEqual(['Installing packages. This is needed once, and after an update.', 'Building.']);
    expect(calls()).toEqual([expect.stringMatching(/^npm ci /u), 'tsc']);
  });

  it('is served by npm start, which says what it does on standard output', async () => {
    const { code, out, said } = await run('src/start.cjs', ['--port', '3001']);
    expect([code, said]).toEqual([0, []]);
    expect(out).toBe(
      'Installing packages. This is needed once, and after an update.\nBuilding.\nran serve --port 3001\n',
    );
  });

  it('gets the compiler too where npm would leave it out, and runs no package’s script', async () => {
    await run('src/keepsake.cjs', [], { NODE_ENV: 'production' });
    expect(calls()[0]).toMatch(/(?=.* --include=dev)(?=.* --ignore-scripts)/u);
  });
});

describe('a clone that has been started before', () => {
  beforeEach(async () => {
    await run('src/keepsake.cjs');
    calls();
  });

  it('neither installs nor builds again', async () => {
    const { out, said } = await run('src/keepsake.cjs', ['list']);
    expect([out, said, calls()]).toEqual(['ran list\n', [], []]);
  });

  it.each([
    ['a changed file', () => write('src/a.ts', '// b')],
    ['a new file', () => write('src/new/b.ts', '// b')],
    ['a file that is gone', () => rmSync(join(folder, 'src/a.ts'))],
    ['a changed compiler setting', () => write('tsconfig.json', '{"a": 1}')],
    ['a build that was cut short', () => rmSync(join(folder, 'dist/.keepsake-built'))],
  ])('builds after %s', async (_what, change) => {
    change();
    await run('src/keepsake.cjs');
    expect(calls()).toEqual(['tsc']);
  });

  it('keeps no output of a source that is gone', async () => {
    write('dist/stale.js', '');
    write('src/a.ts', '// c');
    await run('src/keepsake.cjs');
    expect(existsSync(join(folder, 'dist/stale.js'))).toBe(false);
  });

  it.each([
    ['a changed lock file', () => write('package-lock.json', '{"a": 1}')],
    ['packages that are gone', () => rmSync(join(folder, 'node_modules'), { recursive: true })],
  ])('installs after %s', async (_what, change) => {
    change();
    await run('src/keepsake.cjs');
    expect(calls()[0]).toMatch(/^npm ci /u);
  });

  it('ends badly when the program is killed', async () => {
    const { code } = await run('src/keepsake.cjs', ['die']);
    expect(code).toBe(128 + 9);
  });

  it('tells the program when it is told to stop, and ends as that does', async () => {
    const child = start(['src/keepsake.cjs', 'wait']);
    const end = ended(child);
    child.stdout!.once('data', () => setTimeout(() => child.kill('SIGTERM'), 200));
    const { code, signal } = await end;
    expect({ code, signal }).toEqual({ code: 0, signal: null });
  });
});

describe('what fails is said in one sentence, and tried again', () => {
  it('when the packages can’t be had', async () => {
    write('offline', '');
    for (const _try of [1, 2]) {
      const { code, said, out } = await run('src/keepsake.cjs');
      expect([code, out]).toEqual([3, '']);
      expect(said.slice(1)).toEqual([
        'network is down',
        'The packages could not be installed. Is this computer online? The lines above say more.',
      ]);
    }
    expect(calls()).toHaveLength(2);
  });

  it('when the build fails', async () => {
    write('wrong', '');
    for (const _try of [1, 2]) {
      const { code, said } = await run('src/keepsake.cjs');
      expect(code).toBe(3);
      expect(said.slice(-2)).toEqual(['src/a.ts(1,1): wrong', 'The build failed; the lines above say where.']);
    }
    expect(calls().slice(1)).toEqual(['tsc', 'tsc']);
  });
});

describe('a Node that is too old', () => {
  it.each(['20.8.1', '18.20.4', '0.10.48'])('(%s) is told so, and nothing is begun', async (version) => {
    write('old.cjs', `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });`);
    for (const script of ['src/start.cjs', 'src/keepsake.cjs', 'test/run.cjs']) {
      const { code, said, out } = await run('-r', ['./old.cjs', script]);
      expect([code, out, calls()]).toEqual([3, '', []]);
      expect(said).toEqual([
        `Keepsake needs Node.js 20.9 or newer, and this is ${version}: install a newer one from https://nodejs.org`,
      ]);
    }
  });

  it('is the one package.json says', () => {
    const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { engines: { node: string } };
    expect(engines.node).toBe('>=20.9');
  });

  it.each(STARTERS)('can read %s, which is plain old JavaScript that needs no package', (file) => {
    const text = readFileSync(join(ROOT, file), 'utf8').replace(/^\s*(\/\/|\/?\*).*$/gmu, '');
    expect(text).not.toMatch(/=>|`|\b(const|let|class|async|await)\b|\?\.|\?\?|\.\.\.[\w[(]/u);
    const packages = [...text.matchAll(/require\('([^'.][^']*)'\)/gu)].map(([, name]) => name!);
    expect(packages.filter((name) => !builtinModules.includes(name))).toEqual([]);
  });
});

describe('npm test', () => {
  const TOOLS = ['pdftotext', 'qpdf', 'chromium'];
  const only = { PATH: '' };

  /** A jest that writes this result, or none, and ends with `code`. */
  const jest = (result: object | null, code: number) =>
    write(
      'node_modules/jest/bin/jest.js',
      `const file = process.argv.find((word) => word.startsWith('--outputFile=')).slice(13);
${result === null ? '' : `require('fs').writeFileSync(file, ${JSON.stringify(JSON.stringify(result))});`}
process.exit(${code});`,
    );
  const RESULT = { numPassedTests: 12, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };

  beforeEach(async () => {
    await run('src/keepsake.cjs');
    write('node_modules/@biomejs/biome/bin/biome', "if (require('fs').existsSync('ugly')) process.exit(1);");
    for (const tool of TOOLS) write(`tools/${tool}`, '#!/bin/sh\n', 0o755);
    only.PATH = join(folder, 'tools');
    jest(RESULT, 0);
  });

  it('checks types, lints, runs the tests, and counts them in its last line', async () => {
    const { code, out } = await run('test/run.cjs', [], only);
    expect(code).toBe(0);
    expect(out).toBe('Checking types.\nLinting.\n12 passed, 0 failed\n');
  });

  it.each([
    [{ ...RESULT, numFailedTests: 2 }, 1, '12 passed, 2 failed'],
    [{ ...RESULT, numRuntimeErrorTestSuites: 1 }, 1, '12 passed, 1 failed'],
    [{ ...RESULT, numPassedTests: 0 }, 0, '0 passed, 0 failed'],
    [RESULT, 1, '12 passed, 0 failed'],
  ])('fails when jest says %j and ends with %i', async (result, ends, last) => {
    jest(result, ends);
    const { code, out } = await run('test/run.cjs', [], only);
    expect(code).toBe(1);
    expect(out.trim().split('\n').at(-1)).toBe(last);
  });

  it('fails when jest leaves no result', async () => {
    jest(null, 0);
    const { code, said } = await run('test/run.cjs', [], only);
    expect([code, said]).toEqual([1, ['jest ended without a result.']]);
  });

  it('fails when types or lint do', async () => {
    write('ugly', '');
    const ugly = await run('test/run.cjs', [], only);
    expect([ugly.code, ugly.said.at(-1)]).toEqual([1, 'The linter has something to say.']);
    write('wrong', '');
    const wrong = await run('test/run.cjs', [], only);
    expect([wrong.code, wrong.said.at(-1)]).toEqual([1, 'The types do not fit.']);
  });

  it('names what must be installed where it can’t install it', async () => {
    for (const tool of ['pdftotext', 'qpdf']) rmSync(join(folder, 'tools', tool));
    const { code, said } = await run('test/run.cjs', [], only);
    expect(code).toBe(1);
    expect(said.at(-1)).toBe(
      'The tests need poppler-utils, qpdf: install them (on Debian: apt-get install poppler-utils qpdf) and run npm test again.',
    );
  });
});
