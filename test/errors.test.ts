// Every refusal that exists is explained where it is named, and is made somewhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { HandoutError, type Problem, refuse, sentence } from '../src/errors.ts';

const SRC = fileURLToPath(new URL('../src', import.meta.url));
const errors = readFileSync(join(SRC, 'errors.ts'), 'utf8');
const documented = [...errors.matchAll(/^ {2}\| '([a-z-]+)';? \/\/ (.+)$/gmu)].map(([, code, what]) => ({
  code,
  what,
}));
const others = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'errors.ts')
  .map((file) => readFileSync(join(SRC, file), 'utf8'))
  .join('\n')
  .replace(/Code\[\] = \[[^\]]*\]/gu, ''); // a list of codes raises none of them

describe('the codes of src/errors.ts', () => {
  it('are all explained on their line', () => {
    const named = [...errors.matchAll(/^ {2}\| '([a-z-]+)'/gmu)].map(([, code]) => code);
    expect(named.length).toBeGreaterThan(10);
    expect(documented.map(({ code }) => code)).toEqual(named);
    for (const { what } of documented) expect(what!.length).toBeGreaterThan(15);
  });

  it.each(documented.map(({ code }) => code))('include %s, which is raised somewhere', (code) => {
    // `code: 'x'` as a problem has it, or 'x' handed on to what makes the problem.
    const raised = new RegExp(`(code: |code = |\\?\\s*|:\\s*|, |\\()'${code}'`, 'u');
    expect(others).toMatch(raised);
  });
});

describe('a problem as a sentence', () => {
  const problem: Problem = { code: 'article-broken', message: 'It has no title.', hint: 'Write one.' };

  it('says where in a file, what failed and what to do', () => {
    expect(sentence({ ...problem, place: { file: 'content/x/en.md', line: 12 } })).toBe(
      'content/x/en.md:12: It has no title. Write one.',
    );
    expect(sentence({ ...problem, place: { field: 'title' } })).toBe('It has no title. Write one.');
  });

  it('is thrown together with all others, or not at all', () => {
    expect(() => refuse([])).not.toThrow();
    const all = [problem, { ...problem, message: 'It has no end.' }];
    expect(() => refuse(all)).toThrow(HandoutError);
    expect(() => refuse(all)).toThrow('It has no title. Write one.\nIt has no end. Write one.');
  });
});
