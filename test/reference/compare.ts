// Two pictures of pages in; how far they differ beyond what another rasteriser would do, and a picture of that, out.
import sharp from 'sharp';

interface Grey {
  pixels: Buffer;
  width: number;
  height: number;
}

/**
 * Versions of a rasteriser smooth the edges of letters in their own ways: single pixels change, but hardly the ink that a
 * small square holds; a word that moves takes its ink with it. So the mean grey of squares is compared (sides in pixels,
 * limits in levels of 255): small ones for words and rules, large ones for tints. Even Cairo in the place of Splash, which
 * shares no drawing code with it, stays at 43 and 19.
 */
const SQUARES = [
  { side: 6, most: 48 },
  { side: 12, most: 20 },
] as const;

export interface Difference {
  /** Above 1 the pages differ: a square by more than its limit. */
  worst: number;
  /** What is new in red and what is gone in blue. */
  picture(): Promise<Buffer>;
}

export async function compare(now: Buffer, before: Buffer): Promise<Difference> {
  const [one, other] = [await read(now), await read(before)];
  if (one.width !== other.width || one.height !== other.height) {
    return { worst: Number.POSITIVE_INFINITY, picture: async () => now };
  }
  return {
    worst: Math.max(...SQUARES.map((squares) => worstOf(one, other, squares))),
    picture: () => paint(one, other),
  };
}

async function read(png: Buffer): Promise<Grey> {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}

function worstOf(now: Grey, before: Grey, { side, most }: (typeof SQUARES)[number]): number {
  const theirs = means(before, side);
  return means(now, side).reduce((worst, mean, index) => Math.max(worst, Math.abs(mean - theirs[index]!) / most), 0);
}

function means({ pixels, width, height }: Grey, side: number): Float64Array {
  const across = Math.ceil(width / side);
  const sums = new Float64Array(across * Math.ceil(height / side));
  // Nothing is called for each pixel: a million calls are quick elsewhere, but not in the world a test runs in.
  for (let y = 0; y < height; y++) {
    const line = y * width;
    let square = Math.floor(y / side) * across;
    for (let left = 0; left < width; left += side, square++) {
      const right = left + side < width ? left + side : width;
      let ink = 0;
      for (let x = left; x < right; x++) ink += pixels[line + x]!;
      sums[square]! += ink;
    }
  }
  return sums.map((ink) => ink / side ** 2);
}

async function paint(now: Grey, before: Grey): Promise<Buffer> {
  const { width, height } = now;
  const out = Buffer.alloc(width * height * 3);
  now.pixels.forEach((level, at) => {
    const was = before.pixels[at]!;
    out.set([was, Math.min(level, was), level], at * 3);
  });
  return sharp(out, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
