// The e-mail that brings a handout: what can be read without opening it, and what it says in which language.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { makeMessage } from '../../src/make/message.ts';
import type { Packet } from '../../src/make/packet.ts';
import { openPress } from '../../src/pdf/press.ts';
import { aChoice, aPractice } from '../support/builders.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { sampleLibrary } from '../support/house.ts';
import { pdfjsText } from '../support/pdfjs.ts';
import { popplerStructure, popplerText } from '../support/poppler.ts';
import { hasQpdf, unlocked } from '../support/qpdf.ts';

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
const make = (given: Packet, asPage = false, password: string | null = null) =>
  makeMessage(given, library, aPractice(), press, { asPage, password });

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

  it('names neither the client nor the practice when it is discreet, nor says what it brings', async () => {
    const made = await make(packet({ discreet: true }, { article: 'stress-response', discreet: true }));
    expect(made).toMatchObject({ subject: 'Your document', sender: 'The office', file: 'document.pdf' });
    for (const part of [made.text, made.html, made.subject, made.sender, made.file])
      expect(part).not.toMatch(/Canary|Harbour|Quay|handout|practice|stress|relationship/iu);
    expect(made.text.split('\n\n').slice(0, 2)).toEqual(['Your document is attached as a PDF.', 'Hello,']);
    expect(popplerText(made.pdf)).not.toMatch(/Canary|Harbour/u);
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

const unnumbered = (structure: string) => structure.replace(/Object \d+ 0/gu, 'Object');
const PASSWORD = '4821-9037-5526-1938';

describe('an e-mail with a locked handout', () => {
  it('says that it is locked and that the password comes another way, and does not say the password', async () => {
    const made = await make(packet({}), true, PASSWORD);
    expect(made.text).toContain('It opens with the password that you are given by phone or in person.');
    for (const part of [made.text, made.html, made.subject, made.file]) expect(part).not.toContain(PASSWORD);
    expect(made.html).not.toContain('<h2');
    expect((await make(packet({}))).text).not.toContain('password');
  });

  it('has nothing in it that can be read, nor a claim that it may be archived', async () => {
    const { pdf } = await make(packet({}), false, PASSWORD);
    expect(checkConformance(pdf).map(({ clause }) => clause)).toEqual(['A-2 6.1.3']);
    expect(pdf.toString('latin1')).not.toMatch(/Canary|Harbour|pdfaid|OutputIntent|Relationship|\/URI \(http/iu);
    expect(() => popplerText(pdf)).toThrow(/password/iu);
    expect(() => popplerText(pdf, { password: 'another' })).toThrow(/password/iu);
    expect(popplerText(pdf, { password: PASSWORD })).toContain('Canary');
    expect((await pdfjsText(pdf, PASSWORD)).join()).toContain('Canary');
    await expect(pdfjsText(pdf, 'another')).rejects.toThrow(/password/iu);
  });

  if (hasQpdf)
    it.each([
      ['one handout', [{}]],
      ['worksheets to type in', [{ preset: 'full', article: 'stress-response' }]],
      ['a packet', [{}, { article: 'stress-response' }]],
    ])('is, once open, the tagged document that it would be without a lock: %s', async (_what, choices) => {
      const locked = (await make(packet(...choices), false, PASSWORD)).pdf;
      const { pdf, lock } = unlocked(locked, PASSWORD);
      expect(lock).toMatch(/^R = 6$/mu);
      expect(lock).toMatch(/^stream encryption method: AESv3$/mu);
      expect(lock).toMatch(/^extract for accessibility: allowed$/mu);
      const plain = await make(packet(...choices));
      expect(popplerText(pdf)).toBe(popplerText(plain.pdf));
      expect(unnumbered(popplerStructure(locked, { password: PASSWORD }))).toBe(
        unnumbered(popplerStructure(plain.pdf)),
      );
      const archive = /^A-2 6\.(?:1|2\.3|6)/u;
      expect(checkConformance(pdf).filter(({ clause }) => !archive.test(clause))).toEqual([]);
    });

  it('is another each time, with the same text', async () => {
    const [one, other] = [await make(packet({}), false, PASSWORD), await make(packet({}), false, PASSWORD)];
    expect(one.pdf.equals(other.pdf)).toBe(false);
    const identifier = ({ pdf }: { pdf: Buffer }) => /\/ID \[<([0-9a-f]{32})>/iu.exec(pdf.toString('latin1'))?.[1];
    expect(identifier(one)).toMatch(/^[0-9a-f]{32}$/iu);
    expect(identifier(one)).not.toBe(identifier(other));
  });
});
