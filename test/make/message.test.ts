// The e-mail that brings a handout: what can be read without opening it, and what it says in which language.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { makeMessage } from '../../src/make/message.ts';
import type { Packet } from '../../src/make/packet.ts';
import { openPress } from '../../src/pdf/press.ts';
import { aChoice, aPractice } from '../support/builders.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { sampleLibrary } from '../support/house.ts';
import { popplerText } from '../support/poppler.ts';

const ARTICLE = 'why-relationships-matter';
const CLIENT = 'Zoë <Canary> & Co';
const press = openPress();
let library: Library;
beforeAll(async () => {
  library = await sampleLibrary();
});

const packet = (...choices: Record<string, unknown>[]): Packet => ({
  row: 2,
  id: 'id-2',
  handouts: choices.map((some) => aChoice({ article: ARTICLE, preset: 'one-page', client: CLIENT, ...some })),
  copies: 1,
  initials: 'Z',
  address: [],
  reference: '',
});
const make = (given: Packet, asPage = false) => makeMessage(given, library, aPractice(), press, asPage);

describe('an e-mail with a handout', () => {
  it('brings the PDF of its packet and says so in neutral words, the name in the greeting only', async () => {
    const made = await make(packet({}));
    expect(made).toMatchObject({ id: 'id-2', subject: 'Your handout from the practice', file: 'handout.pdf' });
    expect(made.sender).toBe('The practice');
    expect(checkConformance(made.pdf)).toEqual([]);
    expect(popplerText(made.pdf)).toContain('Canary');
    expect(made.text.split('\n\n').slice(0, 2)).toEqual(['Your handout is attached as a PDF.', `Hello ${CLIENT},`]);
    expect(made.text.split('Canary')).toHaveLength(2);
    expect(made.html).toContain('Hello Zoë &lt;Canary&gt; &amp; Co,');
    expect(made.html.split('Canary')).toHaveLength(2);
    const { title } = library.articles.find(({ slug }) => slug === ARTICLE)!;
    for (const part of [made.text, made.html, made.subject]) expect(part).not.toContain(title);
  });

  it('names neither the client nor the practice when it is discreet', async () => {
    const { text, html, subject, sender } = await make(packet({ discreet: true }));
    for (const part of [text, html, subject, sender]) expect(part).not.toMatch(/Canary|Harbour|Quay/u);
    expect(text).toContain('Hello,');
  });

  it('speaks the language of the article', async () => {
    const made = await make(packet({ article: 'sample-arabic', language: 'ar', preset: undefined }));
    expect(made.html).toContain('<html lang="ar" dir="rtl">');
    expect(made.subject).toBe('ورقتك من العيادة');
    expect(made.file).toBe('handout.pdf');
  });

  it('counts several handouts as one file', async () => {
    const { text } = await make(packet({}, { article: 'stress-response' }));
    expect(text).toContain('Your handouts are attached as one PDF.');
  });

  it('is the handout itself where that was chosen, but never a discreet one', async () => {
    const { title } = library.articles.find(({ slug }) => slug === ARTICLE)!;
    expect((await make(packet({}), true)).html).toContain(title);
    expect((await make(packet({ discreet: true }), true)).html).not.toContain(title);
  });
});
