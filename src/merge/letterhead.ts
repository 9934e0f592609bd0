// A practice and an article in, what templates say of them on every page of theirs out.
import { createHash } from 'node:crypto';
import type { Article } from '../content/article.ts';
import type { Practice } from './practice.ts';
import { say, sayDate, wordsOf } from './words.ts';

/** The practice as a page names it, its logo by name. */
export type Letterhead = Pick<Practice, 'name' | 'contact'> & { logo: string | null };

const logoNames = new WeakMap<Buffer, string>();

export function letterheadOf({ name, contact, logo }: Practice): Letterhead {
  return { name, contact, logo: logo === null ? null : logoName(logo) };
}

/** The practice at the head of a page, as templates read it. */
export function mastheadOf({ name, contact, logo }: Letterhead) {
  return {
    masthead: name !== '' || contact.length > 0 || logo !== null,
    logo,
    logoAlt: name === '' ? 'Logo' : name,
    practice: name,
    contact: contact.join(' · '),
  };
}

/** The logo's name in the HTML says which picture it is, so that nothing kept outlives a change of logo. */
export function logoName(logo: Buffer): string {
  let name = logoNames.get(logo);
  if (name === undefined) {
    name = `logo-${createHash('sha256').update(logo).digest('hex').slice(0, 16)}`;
    logoNames.set(logo, name);
  }
  return name;
}

/** When it was updated and who reviewed it. That nobody did is said to the clinician, not to the client. */
export function editionOf({ lang, updated, review }: Article, { country }: Pick<Practice, 'country'>): string {
  const words = wordsOf(lang);
  const edition = say(words.edition, { updated: sayDate(updated, lang, country) });
  if (review === null) return edition;
  return `${edition} ${say(words.reviewed, { by: review.by, on: sayDate(review.on, lang, country) })}`;
}
