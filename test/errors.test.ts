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

  it.each(documented.map(({ code }) => code!))('include %s, which is raised somewhere', (code) => {
    expect(raisedIn(others)).toContain(code);
  });

  it('are all there are: none is raised that is not listed', () => {
    const listed = documented.map(({ code }) => code);
    expect(raisedIn(others).filter((code) => !listed.includes(code))).toEqual([]);
  });

  it.each([
    ["problems.push({ code: 'a-b', message });", ['a-b']],
    ["client: line('The name', LONGEST_NAME, 'a-b')", ['a-b']],
    ["const CODES: readonly Code[] = ['x-y', 'a-b'];", []],
    ["const STATUS = { 'a-b': 404 };", []],
    ["if (code === 'a-b') return;", []],
  ])('count as raised in %s: %j', (text, codes) => {
    expect(raisedIn(text)).toEqual(codes);
  });
});

/** A problem's `code: 'x'`, or the code that `line` and `text` of merge/choice.ts are given for one that is too long; a list does not count. */
function raisedIn(text: string): string[] {
  const made = [...text.matchAll(/\bcode: '([a-z-]+)'|\b(?:line|text)\('[^']*', \w+, '([a-z-]+)'\)/gu)];
  return made.map(([, code, tooLong]) => code ?? tooLong!);
}

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
