// A number in, a reference out to an object that pdfkit did not make.

/** An object of the file by its number alone: nothing of it stays in memory. */
export class Numbered {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
  /** pdfkit writes whatever calls itself something else than an object by its `toString`. */
  get [Symbol.toStringTag](): string {
    return 'Reference';
  }
  toString(): string {
    return `${this.id} 0 R`;
  }
}
