// Which font files the house has and in which order they are asked: text in, the faces that may print it out.
import type { FaceName } from '../layout/page.ts';
import { type Face, openFace } from './face.ts';

const FOLDER = new URL('../../fonts/', import.meta.url);

const TEXT_FACES: readonly { name: FaceName; resource: string; file: string }[] = [
  { name: 'regular', resource: 'R', file: 'AtkinsonHyperlegibleNext-Regular.ttf' },
  { name: 'bold', resource: 'B', file: 'AtkinsonHyperlegibleNext-Bold.ttf' },
  { name: 'italic', resource: 'I', file: 'AtkinsonHyperlegibleNext-Italic.ttf' },
  { name: 'boldItalic', resource: 'BI', file: 'AtkinsonHyperlegibleNext-BoldItalic.ttf' },
];

interface Fallback {
  resource: string;
  family: string;
  hasBold: boolean;
  /** Opened only for text that this matches: the Chinese font alone has ten megabytes. */
  writes: RegExp;
}

const FALLBACKS: readonly Fallback[] = [
  { resource: 'N', family: 'NotoSans', hasBold: true, writes: /./su },
  {
    resource: 'A',
    family: 'NotoSansArabic',
    hasBold: true,
    writes: /[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc]/u,
  },
  { resource: 'H', family: 'NotoSansHebrew', hasBold: true, writes: /[\u0590-\u05ff\ufb1d-\ufb4f]/u },
  {
    resource: 'E',
    family: 'NotoEmoji',
    hasBold: false,
    writes: /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u,
  },
  { resource: 'K', family: 'NotoSansKR', hasBold: false, writes: /\p{Script=Hangul}/u },
  {
    resource: 'C',
    family: 'NotoSansSC',
    hasBold: false,
    // Also arrows, boxes and other symbols, and the punctuation and wide letters of East Asia.
    writes:
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u2100-\u2bff\u3000-\u303f\u30fb\u30fc\uff00-\uffef]/u,
  },
];

export interface Fonts {
  text(name: FaceName): Face;
  /** The text face, then the fallbacks that may write `text`, each opened when it is asked for. */
  candidates(text: string, name: FaceName): Iterable<Face>;
  /** The face with this resource name, if a text needed it so far. */
  opened(resource: string): Face | undefined;
}

export function openFonts(): Fonts {
  const faces = new Map<string, Face>();

  function face(resource: string, file: string, whole: boolean): Face {
    const known = faces.get(resource);
    if (known !== undefined) return known;
    const opened = openFace(resource, new URL(file, FOLDER), whole);
    faces.set(resource, opened);
    return opened;
  }

  function fallback({ resource, family, hasBold }: Fallback, name: FaceName): Face {
    const isBold = hasBold && (name === 'bold' || name === 'boldItalic');
    return isBold ? face(`${resource}B`, `${family}-Bold.ttf`, false) : face(resource, `${family}-Regular.ttf`, false);
  }

  const textFaces = new Map(TEXT_FACES.map(({ name, resource, file }) => [name, face(resource, file, true)]));

  return {
    text: (name) => textFaces.get(name)!,
    opened: (resource) => faces.get(resource),
    *candidates(text, name) {
      yield textFaces.get(name)!;
      for (const entry of FALLBACKS) if (entry.writes.test(text)) yield fallback(entry, name);
    },
  };
}
