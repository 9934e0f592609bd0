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
