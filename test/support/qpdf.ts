// A PDF in; whether qpdf finds its syntax sound out. Used where qpdf is installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasQpdf: boolean = spawnSync('qpdf', ['--version']).status === 0;

/** What `qpdf --check` says; empty when it has no complaint. */
export function qpdfComplaints(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'qpdf-'));
  try {
    const file = join(folder, 'sheet.pdf');
    writeFileSync(file, pdf);
    const { status, stdout, stderr } = spawnSync('qpdf', ['--check', file], { encoding: 'utf8' });
    return status === 0 ? '' : stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
