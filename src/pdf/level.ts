// Heights on the page that follow what stands above them in; PDF numbers of eight characters out, whatever they are.

/** Where what is drawn in one go begins, from the top of the page. */
export interface Ground {
  readonly down: number;
}

/** What does not move: the page itself. */
export const PAGE: Ground = { down: 0 };

/** Left, bottom, right, top; the heights as they would be if the ground were the top of the page. */
export interface Area {
  rect: readonly [number, number, number, number];
  ground: Ground;
}

/** From the page's bottom, as PDF has it. All are of one length, so that one can be written over another. */
export class Level {
  readonly height: number;
  readonly ground: Ground;
  constructor(height: number, ground: Ground) {
    this.height = height;
    this.ground = ground;
  }
  /** pdfkit writes whatever calls itself something else than an object by its `toString`. */
  get [Symbol.toStringTag](): string {
    return 'Level';
  }
  toString(): string {
    return levelText(this.height - this.ground.down);
  }
}

export const LEVEL = /\d{4}\.\d{3}/gu;

/** Nothing stands below a page, and no page is a thousand sheets high. */
export function levelText(height: number): string {
  return Math.max(0, height).toFixed(3).padStart(8, '0');
}

/** A rectangle as an object of the file has it. */
export function levelled({ rect: [left, bottom, right, top], ground }: Area): readonly (number | Level)[] {
  return [left, new Level(bottom, ground), right, new Level(top, ground)];
}
