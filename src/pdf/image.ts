// An uploaded logo of any kind in, a plain PNG our writer can embed out.
import sharp, { type Sharp } from 'sharp';
import { HandoutError } from '../errors.ts';

type Kind = 'png' | 'jpeg' | 'webp' | 'svg';

const MOST_PIXELS = 25_000_000;
const MOST_SECONDS = 5;
/** A logo stands at most 44 pt high: this is 600 dpi and more. */
const WIDEST = 1600;
const HIGHEST = 400;
const LARGEST_SVG = 1_000_000;

/** Reads PNG, JPEG, WebP or SVG by content, never by name. Throws `image-unusable` for anything else. */
export async function readImage(bytes: Buffer): Promise<Buffer> {
  const kind = kindOf(bytes);
  if (kind === null) throw unusable('This file is not a PNG, JPEG, WebP or SVG image.');
  if (kind === 'svg') refuseReaching(bytes);
  try {
    return await plainPng(kind === 'svg' ? await sharpSvg(bytes) : open(bytes));
  } catch (error) {
    if (error instanceof Error && /pixel limit/iu.test(error.message)) {
      throw unusable('This image has more than 25 million pixels.');
    }
    throw unusable('This image is damaged or can’t be read.');
  }
}

const open = (bytes: Buffer, density = 72) =>
  sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', density }).timeout({ seconds: MOST_SECONDS });

/** A drawing has no pixels of its own: draw it as large as we keep it. 1 to 2400 dpi, of which 72 is one to one. */
async function sharpSvg(bytes: Buffer): Promise<Sharp> {
  const { width, height } = await open(bytes).metadata();
  const scale = Math.min(WIDEST / width, HIGHEST / height);
  return open(bytes, Math.min(Math.max(72 * scale, 1), 2400));
}

/** 8-bit sRGB on white, upright, without alpha, interlacing or metadata: PDF/A-2 and PDFKit take it as it is. */
function plainPng(image: Sharp): Promise<Buffer> {
  return image
    .autoOrient()
    .resize({ width: WIDEST, height: HIGHEST, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .removeAlpha()
    .png({ progressive: false, palette: false, compressionLevel: 9 })
    .toBuffer();
}

function kindOf(bytes: Buffer): Kind | null {
  const starts = (hex: string, at = 0) => bytes.subarray(at, at + hex.length / 2).toString('hex') === hex;
  if (starts('89504e470d0a1a0a')) return 'png';
  if (starts('ffd8ff')) return 'jpeg';
  if (starts('52494646') && starts('57454250', 8)) return 'webp';
  const opening = bytes.subarray(0, 4096).toString('utf8');
  return /^\ufeff?\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE[^[>]*(\[[\s\S]*?\])?\s*>\s*)?(<!--[\s\S]*?-->\s*)*<svg[\s>]/u.test(
    opening,
  )
    ? 'svg'
    : null;
}

/** An SVG is a program: refuse one that declares entities or reaches for anything outside itself. */
function refuseReaching(bytes: Buffer): void {
  const text = bytes.toString('utf8');
  const encoding = /^\ufeff?\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)/u.exec(text)?.[1] ?? 'utf-8';
  const reaches =
    bytes.length > LARGEST_SVG ||
    encoding.toLowerCase() !== 'utf-8' ||
    text.includes('\ufffd') ||
    /<!ENTITY|<!DOCTYPE[^>]*\[|<\?xml-stylesheet|<(\w+:)?include\b|@import/iu.test(text) ||
    [...text.matchAll(/\b(?:href|src|base)\s*=\s*["']([^"']*)/giu)].some(([, target = '']) => !isInside(target)) ||
    [...text.matchAll(/url\(\s*["']?([^"')]*)/giu)].some(([, target = '']) => !isInside(target));
  if (reaches) throw unusable('This SVG uses other files, entities or fonts from elsewhere, or is larger than 1 MB.');
}

const isInside = (target: string) => target.startsWith('#') || /^data:image\/(png|jpeg);base64,/u.test(target);

const unusable = (message: string) =>
  new HandoutError([
    { code: 'image-unusable', message, hint: 'Save the logo as a PNG and upload that.', place: { field: 'logo' } },
  ]);
