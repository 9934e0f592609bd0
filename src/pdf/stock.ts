// What pages are drawn with in, written into a file once however many clients need it; references out.
import { createHash } from 'node:crypto';
import type PDFDocument from 'pdfkit';
import { imageResource } from './content.ts';
import { type Draft, writeStream } from './draft.ts';
import { addUsed, fontResources, type UsedGlyphs } from './embed.ts';
import type { Typefaces } from './glyphs.ts';
import { embedPicture, type Picture } from './picture.ts';
import { newRef, type Ref } from './structure.ts';

/** One client's own streams: kept for the copies, and no longer. */
export type OwnStreams = Map<string, Ref>;

export interface Stock {
  /** The content streams of each page, one a segment; null where it is not drawn. */
  streamsOf(drafts: readonly Draft[], own: OwnStreams): (Ref | null)[][];
  /** The resources of each page. */
  resourcesOf(drafts: readonly Draft[], pictures: ReadonlyMap<string, Picture>): object[];
  /** Writes the fonts, for now all their glyphs are known. */
  end(): void;
}

export function openStock(doc: InstanceType<typeof PDFDocument>, typefaces: Typefaces): Stock {
  const used: UsedGlyphs = new Map();
  const fonts = new Map<string, Ref>();
  const images = new Map<Picture, Ref>();
  const shared = new Map<string, Ref>();

  function streamOf(operators: string, key: string, known: Map<string, Ref>): Ref {
    const there = known.get(key);
    if (there !== undefined) return there;
    const stream = writeStream(doc, operators, known !== shared);
    known.set(key, stream);
    return stream;
  }

  /** Its number now, the font itself at the end. */
  function fontOf(name: string): Ref {
    const font = fonts.get(name) ?? newRef(doc, {});
    fonts.set(name, font);
    return font;
  }

  function imageOf(picture: Picture): Ref {
    const image = images.get(picture) ?? embedPicture(doc, picture);
    images.set(picture, image);
    return image;
  }

  return {
    streamsOf(drafts, own) {
      for (const { notes } of drafts) addUsed(used, notes.glyphs);
      return drafts.map(({ segments }) =>
        segments.map(({ personal, operators }) => {
          if (operators === null) return null;
          return personal ? streamOf(operators, operators, own) : streamOf(operators, digest(operators), shared);
        }),
      );
    },
    resourcesOf: (drafts, pictures) =>
      drafts.map(({ notes }) => ({
        Font: Object.fromEntries([...notes.glyphs.keys()].sort().map((name) => [name, fontOf(name)])),
        XObject: Object.fromEntries(
          [...notes.images].sort().map((name) => [imageResource(name), imageOf(pictures.get(name)!)]),
        ),
      })),
    end: () => void fontResources(doc, typefaces, used, fonts),
  };
}

function digest(operators: string): string {
  return createHash('sha256').update(operators).digest('base64');
}
