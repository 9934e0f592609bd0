import { deflateSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { HandoutError } from '../../src/errors.ts';
import { readImage } from '../../src/pdf/image.ts';

const RED = { r: 200, g: 30, b: 30 };
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { ...RED, alpha: 0.5 } } });
const svg = (inside: string, opening = '') =>
  Buffer.from(
    `${opening}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="80" height="20">${inside}</svg>`,
  );

/** Width, height, bit depth, colour type, compression, filter, interlace: PNG 11.2.2. */
function header(png: Buffer) {
  return {
    width: png.readUInt32BE(16),
    height: png.readUInt32BE(20),
    depth: png[24],
    colour: png[25],
    interlace: png[28],
  };
}

/** A PNG that says it is `size` by `size`, with a few bytes of pixels. */
function claim(size: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(type), data]);
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, crc]);
  };
  const ihdr = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  ihdr.writeUInt32BE(size, 0);
  ihdr.writeUInt32BE(size, 4);
  const pixels = chunk('IDAT', deflateSync(Buffer.alloc(1000)));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', ihdr),
    pixels,
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** zlib.crc32 came with Node 20.15; we promise 20.9. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('readImage', () => {
  it.each([
    ['PNG', () => picture(40, 30).png({ progressive: true }).toBuffer()],
    ['PNG of 16 bits', () => picture(40, 30).toColourspace('rgb16').png().toBuffer()],
    ['PNG with a palette', () => picture(40, 30).png({ palette: true }).toBuffer()],
    ['grey PNG', () => picture(40, 30).toColourspace('b-w').png().toBuffer()],
    ['JPEG', () => picture(40, 30).jpeg().toBuffer()],
    ['CMYK JPEG', () => picture(40, 30).flatten().toColourspace('cmyk').jpeg().toBuffer()],
    ['WebP', () => picture(40, 30).webp().toBuffer()],
  ])('turns a %s into a plain 8-bit RGB PNG', async (_kind, make) => {
    const png = await readImage(await make());
    expect(header(png)).toEqual({ width: 40, height: 30, depth: 8, colour: 2, interlace: 0 });
  });

  it('draws an SVG as large as it keeps it', async () => {
    const png = await readImage(
      svg('<rect width="80" height="20" fill="#206060"/>', '<?xml version="1.0"?>\n<!-- a -->\n'),
    );
    expect(header(png)).toEqual({ width: 1600, height: 400, depth: 8, colour: 2, interlace: 0 });
  });

  it('puts white behind what was see-through', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 };
    const png = await readImage(
      await sharp({ create: { width: 4, height: 4, channels: 4, background: clear } })
        .png()
        .toBuffer(),
    );
    expect([...(await sharp(png).raw().toBuffer()).subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  it('turns a photograph upright and drops everything said about it', async () => {
    const lying = await picture(40, 20)
      .jpeg()
      .withMetadata({ orientation: 6 })
      .withExif({ IFD0: { Artist: 'Somebody' } })
      .toBuffer();
    const png = await readImage(lying);
    expect(header(png)).toMatchObject({ width: 20, height: 40 });
    expect(png.includes('Somebody')).toBe(false);
    expect(await sharp(png).metadata()).not.toHaveProperty('exif');
  });

  it('makes a large picture smaller and keeps its shape', async () => {
    expect(header(await readImage(await picture(3000, 300).png().toBuffer()))).toMatchObject({
      width: 1600,
      height: 160,
    });
  });

  it.each([
    ['nothing', async () => Buffer.alloc(0), 'not a PNG'],
    ['a PDF', async () => Buffer.from('%PDF-1.7'), 'not a PNG'],
    ['a GIF', async () => picture(4, 4).gif().toBuffer(), 'not a PNG'],
    ['a web page with an SVG in it', async () => Buffer.from('<html><svg></svg></html>'), 'not a PNG'],
    ['a PNG signature alone', async () => Buffer.from('89504e470d0a1a0a', 'hex'), 'damaged'],
    ['a PNG cut in the middle', async () => half(await noise().png().toBuffer()), 'damaged'],
    ['a JPEG cut in the middle', async () => half(await noise().jpeg().toBuffer()), 'damaged'],
    ['a WebP cut in the middle', async () => half(await noise().webp().toBuffer()), 'damaged'],
    [
      'a JPEG of garbage',
      async () => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(500, 0x41)]),
      'damaged',
    ],
    ['a PNG that claims 60,000 by 60,000', async () => claim(60_000), '25 million'],
    ['a PNG that claims 4 billion by 4 billion', async () => claim(0xffffffff), 'damaged'],
    ['a PNG with too few pixels', async () => claim(2000), 'damaged'],
    ['an SVG that is not XML', async () => svg('<rect'), 'damaged'],
    ['an SVG with a picture from elsewhere', async () => svg('<image xlink:href="http://example.org/a.png"/>'), 'SVG'],
    ['an SVG with a picture of this disk', async () => svg('<image href="file:///etc/passwd"/>'), 'SVG'],
    ['an SVG with a style sheet', async () => svg('<style>@import "a.css";</style>'), 'SVG'],
    ['an SVG with a fill from elsewhere', async () => svg('<rect fill="url(http://example.org/a.svg#a)"/>'), 'SVG'],
    ['an SVG that includes a file', async () => svg('<xi:include parse="text"/>'), 'SVG'],
    [
      'an SVG with entities in entities',
      async () => svg('&b;', '<!DOCTYPE svg [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'),
      'SVG',
    ],
    ['an SVG in another encoding', async () => svg('', '<?xml version="1.0" encoding="utf-7"?>'), 'SVG'],
  ])('refuses %s', async (_what, make, words) => {
    const read = readImage(await make());
    await expect(read).rejects.toThrow(words);
    await expect(read).rejects.toMatchObject({ problems: [{ code: 'image-unusable', place: { field: 'logo' } }] });
  });

  it.each([
    ['as large as a city', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="90000" height="90000"/>')],
    ['whose parts use each other', svg(nested(20))],
  ])('survives an SVG %s', async (_what, bytes) => {
    expect(isOutcome(await readImage(bytes).catch((error: unknown) => error))).toBe(true);
  });

  it('allows an SVG that refers to its own parts', async () => {
    const own = '<defs><linearGradient id="g"/></defs><rect width="9" height="9" fill="url(#g)"/>';
    expect(header(await readImage(svg(own))).depth).toBe(8);
  });

  it('survives an image changed in any one place', async () => {
    const whole = await noise().png().toBuffer();
    for (let step = 0; step < 60; step++) {
      const changed = Buffer.from(whole);
      const at = Math.floor((step / 60) * changed.length);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      expect(isOutcome(await readImage(changed).catch((error: unknown) => error))).toBe(true);
    }
  });
});

const isOutcome = (outcome: unknown) => outcome instanceof HandoutError || Buffer.isBuffer(outcome);
const half = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2));
const noise = () =>
  sharp({
    create: { width: 120, height: 80, channels: 3, background: RED, noise: { type: 'gaussian', mean: 128, sigma: 40 } },
  });

/** Each group uses the one before twice: 2^depth rectangles. */
function nested(depth: number): string {
  const groups = Array.from({ length: depth }, (_, i) => {
    return `<g id="g${i + 1}"><use xlink:href="#g${i}"/><use xlink:href="#g${i}"/></g>`;
  });
  return `<defs><rect id="g0" width="1" height="1"/>${groups.join('')}</defs><use xlink:href="#g${depth}"/>`;
}
