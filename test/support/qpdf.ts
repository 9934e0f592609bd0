// A PDF in; whether qpdf finds its syntax sound, and what is behind its lock, out. Used where qpdf is installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasQpdf: boolean = spawnSync('qpdf', ['--version']).status === 0;

/** What `qpdf --check` says; empty when it has no complaint. */
export function qpdfComplaints(pdf: Buffer): string {
  return withFile(pdf, (file) => {
    const { status, stdout, stderr } = qpdf(['--check', file]);
    return status === 0 ? '' : stdout + stderr;
  });
}

/** The same document without its lock, and what qpdf says the lock is; throws when the password does not open it. */
export function unlocked(pdf: Buffer, password: string): { pdf: Buffer; lock: string } {
  return withFile(pdf, (file) => {
    const shown = qpdf([`--password=${password}`, '--show-encryption', file]);
    const open = `${file}.open`;
    const { status, stderr } = qpdf([`--password=${password}`, '--decrypt', '--stream-data=preserve', file, open]);
    if (status !== 0) throw new Error(stderr);
    return { pdf: readFileSync(open), lock: shown.stdout };
  });
}

const qpdf = (words: readonly string[]) => spawnSync('qpdf', words, { encoding: 'utf8' });

function withFile<T>(pdf: Buffer, act: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'qpdf-'));
  try {
    const file = join(folder, 'sheet.pdf');
    writeFileSync(file, pdf);
    return act(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
