// A PNG that our own reader wrote in, pixels ready to stand in any document out.
import { deflateSync } from 'node:zlib';
import type PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { newRef, type Ref } from './structure.ts';

/** Decoded and deflated once; embedded once per document, however often it is drawn. */
export interface Picture {
  width: number;
  height: number;
  rgb: Buffer;
}

export async function openPicture(png: Buffer): Promise<Picture> {
  const image = sharp(png, { limitInputPixels: 25_000_000, failOn: 'error' }).flatten({ background: 'white' });
  const { data, info } = await image
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: deflateSync(data, { level: 9 }) };
}

const WIDEST_ON_SCREEN = 1200;

/** A picture as it stands in a web page: written anew, so that nothing of the file goes along but what is seen. */
export async function pictureAddress(image: Buffer): Promise<string> {
  const small = sharp(image, { limitInputPixels: 25_000_000, failOn: 'error' })
    .resize({ width: WIDEST_ON_SCREEN, withoutEnlargement: true })
    .flatten({ background: 'white' })
    .toColourspace('srgb');
  return `data:image/png;base64,${(await small.png({ compressionLevel: 9 }).toBuffer()).toString('base64')}`;
}

export function embedPicture(doc: InstanceType<typeof PDFDocument>, { width, height, rgb }: Picture): Ref {
  const image = newRef(doc, {
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    ColorSpace: 'DeviceRGB',
    BitsPerComponent: 8,
    Filter: 'FlateDecode',
  });
  image.end(rgb);
  return image;
}
