// A PDF in; the rules veraPDF finds broken out. Used where a `verapdf` command is on the PATH, as a second opinion.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasVerapdf: boolean = spawnSync('verapdf', ['--version']).status === 0;

/** Clauses broken under a profile: `ua1` or `2a`. */
export function verapdfFailures(pdf: Buffer, flavour: 'ua1' | '2a'): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'verapdf-'));
  try {
    const file = join(folder, 'sheet.pdf');
    writeFileSync(file, pdf);
    const { stdout } = spawnSync('verapdf', ['--format', 'xml', '--flavour', flavour, file], { encoding: 'utf8' });
    if (!stdout.includes('<validationReport')) throw new Error(`veraPDF gave no report for ${flavour}.`);
    const rules = [...stdout.matchAll(/<rule [^>]*?clause="([^"]*)"[^>]*?testNumber="([^"]*)"[^>]*?status="failed"/g)];
    return rules.map(([, clause, number]) => `${flavour} ${clause} t${number}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
