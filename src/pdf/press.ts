// The press: fonts opened once per process in, what layout measures with and what draws pages out.
import { readFile } from 'node:fs/promises';
import type { LaidOut, Measure, Shelf } from '../layout/page.ts';
import { drawDocument } from './document.ts';
import type { Sink } from './flow.ts';
import { openPicture, type Picture, pictureAddress } from './picture.ts';
import { openPile, type Pile, type PileSettings } from './pile.ts';
import { openStencils } from './stencil.ts';
import type { PdfFile } from './stretch.ts';
import { openTypefaces } from './typefaces.ts';

export type Pictures = ReadonlyMap<string, Picture>;

/** A file's path, or the bytes of a PNG of ours. */
interface Image {
  name: string;
  from: string | Buffer;
}

export interface Press {
  /** The graphemes of a text that can't be printed, each once. */
  unprintable(text: string): string[];
  /** Opens the images of one handout. */
  pictures(images: readonly Image[]): Promise<Pictures>;
  /** The same images as addresses that stand in a web page. */
  forScreen(images: readonly Image[]): Promise<ReadonlyMap<string, string>>;
  /** Measures text that is ours (`keep`: words are remembered) or a client's (nothing is). */
  measure(pictures: Pictures, keep: boolean): Measure;
  /** What is set with these fonts and holds nothing of a client, by theme. */
  shelf(theme: string): Shelf;
  /**
   * `whole`: draw all of it, without what is kept of earlier handouts; the bytes are the same. With a `password` it is
   * drawn whole, too, for all of it is encrypted with a key of its own.
   */
  draw(laidOut: LaidOut, date: string, pictures: Pictures, whole?: boolean, password?: string | null): Promise<PdfFile>;
  /** Begins a print file, which comes out at `sink` chunk by chunk. */
  pile(settings: PileSettings, sink: Sink): Pile;
}

const MOST_PICTURES = 40;

/** A practice's looks and the steps to fit a page; each colour it tries has more. */
const MOST_SHELVES = 60;

/** Opens the text fonts; the others when a name first needs them. */
export function openPress(): Press {
  const typefaces = openTypefaces();
  const stencils = openStencils();
  const shelves = new Map<string, Shelf>();
  const opened = new Map<string, Promise<Picture>>();

  function picture(name: string, from: string | Buffer): Promise<Picture> {
    // A logo's name is made of its bytes; a figure's path stands for the file as it was when the library was read.
    const key = typeof from === 'string' ? from : name;
    const known = opened.get(key) ?? load(from);
    opened.set(key, known);
    // A file that could not be read just now may be there next time.
    known.catch(() => opened.delete(key));
    if (opened.size > MOST_PICTURES) opened.delete(opened.keys().next().value!);
    return known;
  }

  return {
    unprintable: (text) => typefaces.unprintable(text),
    async pictures(images) {
      return new Map(
        await Promise.all(images.map(async ({ name, from }) => [name, await picture(name, from)] as const)),
      );
    },
    async forScreen(images) {
      const addresses = images.map(
        async ({ name, from }) => [name, await pictureAddress(await bytesOf(from))] as const,
      );
      return new Map(await Promise.all(addresses));
    },
    measure: (pictures, keep) => ({
      width: (text, face, size) =>
        ((keep ? typefaces.shape(text, face, false, true).width : typefaces.width(text, face)) * size) / 1000,
      ascent: (face) => typefaces.ascent(face),
      descent: (face) => typefaces.descent(face),
      image: (name) => pictures.get(name)!,
    }),
    shelf(theme) {
      const shelf = shelves.get(theme) ?? { galleys: new WeakMap(), feet: new Map(), titles: new Map() };
      shelves.delete(theme);
      shelves.set(theme, shelf);
      if (shelves.size > MOST_SHELVES) shelves.delete(shelves.keys().next().value!);
      return shelf;
    },
    draw: (laidOut, date, pictures, whole = false, password = null) =>
      drawDocument(laidOut, date, typefaces, pictures, whole || password !== null ? null : stencils, password),
    pile: (settings, sink) => openPile(settings, typefaces, sink),
  };
}

async function load(from: string | Buffer): Promise<Picture> {
  return openPicture(await bytesOf(from));
}

async function bytesOf(from: string | Buffer): Promise<Buffer> {
  return typeof from === 'string' ? readFile(from) : from;
}
