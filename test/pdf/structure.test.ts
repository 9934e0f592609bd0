// The structure tree says what a reader hears: read back from real bytes.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Library } from '../../src/content/article.ts';
import { makeHandout } from '../../src/make/handout.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { aChoice, aLibrary, anArticle, aPractice, aSection, aSource } from '../support/builders.ts';
import { aLogo, withPicture } from '../support/house.ts';
import { type PdfjsNode, pdfjsStructure } from '../support/pdfjs.ts';
import { pageCount, popplerStructure } from '../support/poppler.ts';

let press: Press;
beforeAll(() => {
  press = openPress();
});

const made = async (library: Library, choice: Record<string, unknown> = {}, practice = aPractice()) =>
  (await makeHandout(aChoice(choice), library, practice, press)).pdf;
const withSections = (...html: string[]) =>
  aLibrary({ articles: [anArticle({ sections: html.map((body, index) => aSection(`s${index}`, { html: body })) })] });
/** Elements and texts of the structure tree, one a line, without indents and sizes. */
const lines = (pdf: Buffer) =>
  popplerStructure(pdf)
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/ \((?:block|inline)\):?$/u, '')
        .replace(/\u00a0/gu, ' '),
    );
/** Every element of this type, whatever page it stands on. */
function all(nodes: readonly PdfjsNode[], role: string): PdfjsNode[] {
  return nodes.flatMap((node) => [...(node.role === role ? [node] : []), ...all(node.children, role)]);
}

describe('the structure tree', () => {
  it('has one document with one title and a heading for every section', async () => {
    const read = lines(
      await made(withSections('<p>One.</p>', '<h3>Inner</h3><p>Two.</p>'), { client: 'Ann', note: 'Hello' }),
    );
    expect(read.filter((line) => line === 'Document')).toHaveLength(1);
    expect(read.filter((line) => line === 'H1')).toHaveLength(1);
    const headings = read.flatMap((line, index) => (/^H[123]$/u.test(line) ? [`${line} ${read[index + 1]}`] : []));
    expect(headings).toEqual([
      'H1 "Finding calm"',
      'H2 "A note from Dr Lee"',
      'H2 "Title of s0"',
      'H2 "Title of s1"',
      'H3 "Inner"',
      'H2 "Help right now"',
      'H2 "About this page"',
    ]);
  });

  it('says each text once, in the order it is read', async () => {
    const library = withSections('<p>One.</p><ul><li>Two <strong>three</strong></li></ul>', '<p>Four.</p>');
    const texts = lines(await made(library)).filter((line) => line.startsWith('"'));
    const said = texts.join(' ').replace(/"/gu, '').replace(/\s+/gu, ' ');
    expect(said).toMatch(/Title of s0 One\. • Two three Title of s1 Four\. Help right now/u);
    expect(said.match(/Four\./gu)).toHaveLength(1);
  });

  it('names what is in another language', async () => {
    const nodes = await pdfjsStructure(await made(withSections('<p>One.</p>'), { note: 'Hola', noteLanguage: 'es' }));
    expect(JSON.stringify(nodes)).toContain('"lang":"es"');
  });

  it('has heads with a scope, numbered lists and labels', async () => {
    const table =
      '<table><thead><tr><th>Who</th><th>What</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>';
    const pdf = await made(withSections(`${table}<ol><li>x</li></ol>`));
    const raw = pdf.toString('latin1');
    expect(raw.match(/\/Scope \/Column/gu)).toHaveLength(2);
    expect(raw).toContain('/ListNumbering /Decimal');
    expect(all(await pdfjsStructure(pdf), 'Lbl')).toHaveLength(1);
  });

  it('has alternative text and a box for every picture', async () => {
    await withPicture(async (path) => {
      const html = '<figure><img src="circles.png" alt="Two (circles) & more"></figure>';
      const library = aLibrary({
        articles: [
          anArticle({ sections: [aSection('s0', { html })], figures: [{ name: 'circles.png', path, drawing: null }] }),
        ],
      });
      const pdf = await made(library, {}, aPractice({ logo: await aLogo() }));
      const figures = all(await pdfjsStructure(pdf), 'Figure');
      expect(figures.map(({ alt }) => alt)).toEqual(['Harbour Practice', 'Two (circles) & more']);
      expect(pdf.toString('latin1').match(/\/BBox \[/gu)!.length).toBeGreaterThanOrEqual(2);
    });
  });

  it('keeps a paragraph that runs over the page one paragraph', async () => {
    const pdf = await made(withSections(`<p>${'word '.repeat(900)}end.</p>`));
    expect(pageCount(pdf)).toBeGreaterThan(1);
    const raw = pdf.toString('latin1');
    expect(raw).toContain('/Type /MCR');
    const read = lines(pdf);
    const section = read.slice(read.indexOf('"Title of s0"'), read.indexOf('"Help right now"'));
    expect(section.filter((line) => line === 'P')).toHaveLength(1);
  });

  it('has an annotation with words for every line of a link', async () => {
    const library = aLibrary({
      articles: [anArticle({ sources: [aSource('one')], sections: [aSection('s0', { sources: ['one'] })] })],
    });
    const raw = (await made(library)).toString('latin1');
    const annotations = [...raw.matchAll(/<<\n\/Type \/Annot\n[\s\S]*?\nendobj/gu)].map(([all]) => all);
    expect(annotations.length).toBeGreaterThan(0);
    for (const annotation of annotations) {
      expect(annotation).toMatch(/\/Contents \S/u);
      expect(annotation).toContain('/URI (https://www.example.org/one)');
      expect(annotation).toMatch(/\/StructParent \d+/u);
    }
    expect(raw.match(/\/Type \/OBJR/gu)).toHaveLength(annotations.length);
  });
});
