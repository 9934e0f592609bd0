// The settings about e-mail as they are kept: sealed, another stamp with each save, and shut to another key.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openStore } from '../../src/store/store.ts';
import { problemsOf } from '../support/builders.ts';
import { onBothStores } from './both.ts';

describe('settings about e-mail', () => {
  onBothStores((newPlace, kind) => {
    it('are kept, and each save shows', async () => {
      const store = await openStore(await newPlace());
      expect([await store.mailSettings.read(), await store.mailSettings.stamp()]).toEqual([null, 0]);
      expect(await store.mailSettings.save({ smtpHost: 'a.example.org' })).toBe(1);
      expect(await store.mailSettings.save({ smtpHost: 'b.example.org' })).toBe(2);
      expect([await store.mailSettings.read(), await store.mailSettings.stamp()]).toEqual([
        { smtpHost: 'b.example.org' },
        2,
      ]);
      await store.close();
    });

    it('can’t be read without the key they were sealed with', async () => {
      const place = await newPlace();
      const store = await openStore(place);
      await store.mailSettings.save({ smtpPassword: 'canary-password' });
      await store.close();
      const other = await openStore({ ...place, key: { ...place.key, key: '0'.repeat(64) } });
      expect(await problemsOf(() => other.mailSettings.read())).toMatchObject([{ code: 'key-wrong' }]);
      await other.close();
      if (kind !== 'sqlite') return;
      const files = readdirSync(place.folder).map((name) => readFileSync(join(place.folder, name), 'latin1'));
      expect(files.join('')).not.toContain('canary-password');
    });
  });
});
