// What a practice decided about its articles is kept, on both stores.
import { expect, it } from '@jest/globals';
import type { Review } from '../../src/content/shelf.ts';
import { openStore } from '../../src/store/store.ts';
import { onBothStores } from './both.ts';

const review: Review = {
  article: 'panic',
  language: 'es',
  version: '1.0.0',
  by: 'Dra. Zoë Łukasiewicz',
  on: '2026-11-23',
  due: '2027-11-23',
  parts: { 'in-short': 'a1b2', pictures: 'c3' },
};

const words = { 'in-short': 'En resumen\nEl pánico pasa.', pictures: '' };

onBothStores((newPlace) => {
  it('is empty at first, and every article may be handed out', async () => {
    const store = await openStore(await newPlace());
    expect(await store.shelf.read()).toEqual({ onlyReviewed: false, hidden: [], reviews: [] });
    await store.close();
  });

  it('is given back after a restart as it was decided', async () => {
    const place = await newPlace();
    const first = await openStore(place);
    await first.shelf.review({ ...review, by: 'Somebody' });
    await first.shelf.review(review, words);
    await first.shelf.review({ ...review, language: 'en' });
    await first.shelf.hide('sleep', 'en');
    await first.shelf.hide('sleep', 'en');
    await first.shelf.onlyReviewed(true);
    await first.close();
    const { shelf, close } = await openStore(place);
    expect(await shelf.read()).toEqual({
      onlyReviewed: true,
      hidden: [{ article: 'sleep', language: 'en' }],
      reviews: [{ ...review, language: 'en' }, review],
    });
    expect(await shelf.words('panic', 'es')).toEqual(words);
    expect(await shelf.words('panic', 'en')).toBeNull();
    expect(await shelf.words('sleep', 'en')).toBeNull();
    await shelf.withdraw('panic', 'en');
    await shelf.show('sleep', 'en');
    await shelf.onlyReviewed(false);
    expect(await shelf.read()).toEqual({ onlyReviewed: false, hidden: [], reviews: [review] });
    await close();
  });
});
