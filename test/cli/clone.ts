// The source in; a throwaway clone out, built and apart from the real one, whose command line can be run as people run it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BORROWED = ['content', 'templates', 'fonts', 'node_modules'];

export interface Ended {
  code: number | null;
  signal: string | null;
  out: Buffer;
  /** Standard error, by line. */
  said: string[];
}

export type Around = Readonly<Record<string, string>>;

export class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), 'keepsake-clone-'));
  readonly main = this.path('dist/cli/main.js');

  constructor() {
    for (const name of BORROWED) symlinkSync(join(ROOT, name), this.path(name), 'junction');
    cpSync(built(), this.path('dist'), { recursive: true });
    this.write('package.json', '{"type": "module", "version": "0.4.0"}');
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, text: string | Buffer): string {
    const file = this.path(name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  /** Starts the program; no setting of the machine the tests run on reaches it, only `around`. */
  start(words: readonly string[], around: Around = {}, stdout: 'pipe' | number = 'pipe'): ChildProcess {
    const own = Object.entries(process.env).filter(([name]) => !name.startsWith('KEEPSAKE_'));
    const env = { ...Object.fromEntries(own), LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8', ...around };
    return spawn(process.execPath, [this.main, ...words], { cwd: this.folder, env, stdio: ['ignore', stdout, 'pipe'] });
  }

  run(words: readonly string[], around: Around = {}): Promise<Ended> {
    return ended(this.start(words, around));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** The program as the source stands, built by the first clone of a test run; `test/support/once.cjs` takes it away again. */
function built(): string {
  const folder = process.env.BUILT_FOR_TESTS;
  if (folder === undefined) throw new Error('This is run by jest, whose configuration names a folder for it.');
  const dist = join(folder, 'dist');
  if (existsSync(dist)) return dist;
  const own = mkdtempSync(join(folder, 'being-built-'));
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const words = ['-p', join(ROOT, 'tsconfig.build.json'), '--outDir', own];
  execFileSync(process.execPath, [tsc, ...words], { stdio: 'inherit' });
  try {
    renameSync(own, dist);
  } catch (error) {
    // Another worker of this run was quicker.
    if (!existsSync(dist)) throw error;
  }
  return dist;
}

/** Waits for a process; what it wrote is all there. */
export function ended(child: ChildProcess): Promise<Ended> {
  const out: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const said = Buffer.concat(errors)
        .toString()
        .split('\n')
        .filter((line) => line !== '');
      resolve({ code, signal, out: Buffer.concat(out), said });
    });
  });
}
