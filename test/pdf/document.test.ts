// Whole documents: what they claim, what they carry, and that the checker passes all we make.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { makeHandout } from '../../src/make/handout.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aLibrary, anArticle, aPractice, aSection } from '../support/builders.ts';
import { checkConformance } from '../support/conformance/check.ts';
import { aLogo, sampleLibrary } from '../support/house.ts';

let library: Library;
let press: Press;
beforeAll(async () => {
  library = await sampleLibrary();
  press = openPress();
});

const make = async (choice: Record<string, unknown>, from = library, practice = aPractice()) =>
  (await makeHandout(aChoice(choice), from, practice, press)).pdf;
const raw = async (...args: Parameters<typeof make>) => (await make(...args)).toString('latin1');
const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

describe('a document', () => {
  const NOTE = 'Dear Zoë,\n\n- ١٢٣ مرحبا (abc)\n- 你好\n\n¡Hola! רחל 🙂 रवि';
  const slots = { words: NOTE, agreed: '- walk', plan: 'I will …', obstacle: 'المطر', appointment: 'Monday, 10:30' };
  const requests = [
    { article: 'why-relationships-matter', preset: 'full' },
    { article: 'stress-response', preset: 'full', largePrint: true, paper: 'a4' },
    {
      article: 'why-relationships-matter',
      preset: 'one-page',
      client: 'Nguyễn Thị Ánh',
      note: NOTE,
      noteLanguage: 'ar',
    },
    { article: 'stress-response', client: 'محمد الأحمد', note: 'x'.repeat(300) },
    { article: 'sample-arabic', language: 'ar', client: 'דוד כהן', note: NOTE },
    { article: 'stress-response', ...slots, noteLanguage: 'es' },
    { article: 'sample-arabic', language: 'ar', largePrint: true, ...slots },
    { article: 'sample-arabic', language: 'ar', largePrint: true, client: 'José 🙂', note: '- 1\n- 2' },
  ];
  it.each(requests)('passes the checker: $article, large print $largePrint, for $client', async (request) => {
    const practice = aPractice({ logo: await aLogo() });
    expect(checkConformance(await make(request, library, practice))).toEqual([]);
    const twice = await make({ ...request, client: request.client ?? 'Ann' }, library, practice);
    expect(checkConformance(twice)).toEqual([]);
  });

  it('claims PDF/UA-1 and PDF/A-2a, its language and its title', async () => {
    const text = await raw({ article: 'sample-arabic', language: 'ar' });
    expect(text).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(text).toMatch(/<pdfaid:part>2<\/pdfaid:part>\s*<pdfaid:conformance>A</u);
    expect(text).toMatch(/\/Lang \(ar\)/u);
    const [, title] = /<dc:title>([\s\S]*?)<\/dc:title>/u.exec(text)!;
    expect(title).toContain(utf8('خطوات صغيرة نحو الهدوء'));
  });

  it('has a title that may hold any character', async () => {
    const title = 'Rest & <sleep> "now" \\ (tonight';
    const from = aLibrary({ articles: [anArticle({ title, sections: [aSection('first', { title: 'A) & <b>' })] })] });
    const pdf = await make({}, from);
    expect(checkConformance(pdf)).toEqual([]);
    expect(pdf.toString('latin1')).toContain('Rest &amp; &lt;sleep&gt;');
  });

  it('asks to be printed in its size on both sides, and to be read in its direction', async () => {
    const text = await raw({ article: 'stress-response' });
    expect(text).toContain('/PrintScaling /None');
    expect(text).toContain('/Duplex /DuplexFlipLongEdge');
    expect(text).toContain('/Direction /L2R');
  });

  it('has pages of the paper asked for', async () => {
    expect(await raw({ article: 'stress-response', paper: 'letter' })).toContain('/MediaBox [0 0 612 792]');
    expect(await raw({ article: 'stress-response', paper: 'a4' })).toContain('/MediaBox [0 0 595.28 841.89]');
    expect(await raw({ article: 'stress-response' }, library, aPractice({ paper: 'a4' }))).toContain('595.28');
  });

  it('has an outline of its sections under its title', async () => {
    const text = await raw({ article: 'stress-response', sections: [], client: 'Zaphodia', note: 'Hello' });
    const titles = [...text.matchAll(/\/Title \((.*?)\)\n\/Parent/gu)].map(([, title]) => title);
    const all = text.match(/\/XYZ 0 [\d.]+ 0\]/gu) ?? [];
    const sections = (
      await makeHandout(aChoice({ article: 'stress-response', sections: [] }), library, aPractice(), press)
    ).sections;
    // The title, the note, the sections, the help block, the sources.
    expect(all).toHaveLength(sections.length + 4);
    expect(titles.join()).not.toContain('Zaphodia');
  });

  it('carries each font and picture once, however often it is used', async () => {
    const text = await raw({ article: 'stress-response', preset: 'full' }, library, aPractice({ logo: await aLogo() }));
    const fonts = [...text.matchAll(/\/FontFile2 (\d+) 0 R/gu)].map(([, id]) => id);
    expect(new Set(fonts).size).toBe(fonts.length);
    expect(text.match(/\/Subtype \/Image/gu)).toHaveLength(1);
  });

  it('has the date of the handout and no other time in it', async () => {
    const text = await raw({ article: 'stress-response', date: '2025-01-31' });
    const dates = new Set(
      [...text.matchAll(/D:(\d{8})|<xmp:\w+Date>(\d{4}-\d\d-\d\d)/gu)].map(([, a, b]) => a ?? b!.replace(/-/gu, '')),
    );
    expect([...dates]).toEqual(['20250131']);
  });

  it('is small enough to send', async () => {
    expect((await make({ article: 'why-relationships-matter', preset: 'full', client: '陈伟' })).length).toBeLessThan(
      400_000,
    );
  });
});
