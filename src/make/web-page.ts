// One handout for a screen: the same choice as for the PDF in, one HTML file that needs no other out.
import type { Library } from '../content/article.ts';
import type { Problem } from '../errors.ts';
import type { Choice } from '../merge/choice.ts';
import { fill, footParts, type Saying } from '../merge/fill.ts';
import type { Practice } from '../merge/practice.ts';
import { writeWebPage } from '../merge/web-page.ts';
import { wordsOf } from '../merge/words.ts';
import type { Press } from '../pdf/press.ts';
import { imagesOf } from './compose-handout.ts';
import { sayingOf } from './saying.ts';

export interface MadePage {
  html: string;
  title: string;
  /** Ids of the sections in it, in order. */
  sections: readonly string[];
  warnings: readonly Problem[];
}

/** Refuses what the PDF would refuse, so that neither goes out where the other can't. */
export async function makeWebPage(
  choice: Choice,
  library: Library,
  practice: Practice,
  press: Press,
): Promise<MadePage> {
  const { saying, title, warnings } = sayingOf(choice, library, practice, press);
  const { article, sections } = saying;
  const { dir } = wordsOf(article.lang);
  const html = writeWebPage(fill(saying), {
    lang: article.lang,
    dir,
    title: article.title,
    foot: footParts(saying).join(' · '),
    largePrint: choice.largePrint,
    inkSaving: choice.inkSaving,
    accent: saying.practice.colour,
    fillable: choice.fillable,
    pictures: new Map([...(await press.forScreen(imagesOf(article, saying.practice))), ...drawingsOf(saying)]),
  });
  return { html, title, sections: sections.map(({ id }) => id), warnings };
}

/** An SVG holds nothing but what was checked when the article was read. */
function drawingsOf({ article, link }: Saying): [name: string, svg: string][] {
  const own = article.figures.flatMap(({ name, drawing }): [string, string][] =>
    drawing === null ? [] : [[name, drawing.svg]],
  );
  return link === null ? own : [...own, [link.href, link.code.svg]];
}
