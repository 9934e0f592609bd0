import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { practiceKey, usualKeyFile } from '../../src/store/key.ts';
import { digest, newSeal, openSeal } from '../../src/store/seal.ts';

const KEY = randomBytes(32);
const WORDS = Buffer.from('Zoë Canary');

describe('a seal', () => {
  it('opens what it closed, with the practice’s key only', () => {
    const { seal, wrapped } = newSeal(KEY, 'a');
    const sealed = seal.close('row 1', WORDS);
    expect(sealed.includes('Canary')).toBe(false);
    expect(openSeal(KEY, 'a', wrapped).open('row 1', sealed)).toEqual(WORDS);
    expect(() => openSeal(randomBytes(32), 'a', wrapped)).toThrow(/sealed with another key.*Bring back the key file/su);
  });

  it('refuses what was moved to another row or batch, or changed', () => {
    const { seal, wrapped } = newSeal(KEY, 'a');
    const sealed = seal.close('row 1', WORDS);
    expect(() => seal.open('row 2', sealed)).toThrow('A seal is broken.');
    expect(() => openSeal(KEY, 'b', wrapped)).toThrow();
    sealed[sealed.length - 1]! ^= 1;
    expect(() => seal.open('row 1', sealed)).toThrow('A seal is broken.');
  });

  it('never closes the same words alike', () => {
    const { seal } = newSeal(KEY, 'a');
    expect(seal.close('row 1', WORDS)).not.toEqual(seal.close('row 1', WORDS));
  });
});

describe('a digest', () => {
  it('is the same for the same file and key, and for nothing else', () => {
    expect(digest(KEY, WORDS)).toBe(digest(KEY, WORDS));
    expect(digest(KEY, WORDS)).not.toBe(digest(KEY, Buffer.from('Zoe Canary')));
    expect(digest(KEY, WORDS)).not.toBe(digest(randomBytes(32), WORDS));
  });
});

describe('the practice’s key', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'keepsake-key-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is made when it is first needed, for its owner only, and stays the same', () => {
    const file = join(folder, 'deep', 'key');
    const key = practiceKey({ file });
    expect(readdirSync(folder)).toEqual([]);
    const made = key();
    expect(made).toHaveLength(32);
    expect(practiceKey({ file })()).toEqual(made);
    expect(readdirSync(join(folder, 'deep'))).toEqual(['key']);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is taken from the settings where it is given', () => {
    const file = join(folder, 'key');
    expect(practiceKey({ key: KEY.toString('hex'), file })()).toEqual(KEY);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['', 'abc', `${'a'.repeat(64)}b`])('is refused with a sentence where its file holds %j', (text) => {
    const file = join(folder, 'key');
    writeFileSync(file, text);
    expect(practiceKey({ file })).toThrow(/^The key file can’t be used, so nothing can be sealed\. Check that /u);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('lies where each system keeps settings, apart from the data', () => {
    const at = (environment: Record<string, string>, platform: NodeJS.Platform) =>
      usualKeyFile(environment, platform, '/home/ann').replaceAll('\\', '/');
    expect(at({}, 'linux')).toBe('/home/ann/.config/keepsake/key');
    expect(at({ XDG_CONFIG_HOME: '/etc/ann' }, 'linux')).toBe('/etc/ann/keepsake/key');
    expect(at({ XDG_CONFIG_HOME: 'relative' }, 'linux')).toBe('/home/ann/.config/keepsake/key');
    expect(at({}, 'darwin')).toBe('/home/ann/Library/Application Support/keepsake/key');
    expect(at({ APPDATA: '/roaming' }, 'win32')).toBe('/roaming/keepsake/key');
  });
});
