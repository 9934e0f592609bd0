// The stretches of a file in, the file as a whole out.

/** A run of bytes of a file. A `common` one is the very same Buffer in files of other clients, and holds nothing of them. */
export interface Stretch {
  bytes: Buffer;
  common: boolean;
}

export interface PdfFile {
  /** Put together when somebody asks for it: of thousands of files only the stretches are. */
  readonly pdf: Buffer;
  /** Together they are `pdf`: whoever keeps many files can keep what is common once. */
  readonly stretches: readonly Stretch[];
}

export function pdfOf(stretches: readonly Stretch[]): PdfFile {
  let whole: Buffer | undefined;
  return {
    stretches,
    get pdf() {
      whole ??= Buffer.concat(stretches.map(({ bytes }) => bytes));
      return whole;
    },
  };
}

/** What is told of a file, with the file; its bytes are still not put together. */
export function withFile<T extends object>(about: T, file: PdfFile): T & PdfFile {
  return {
    ...about,
    stretches: file.stretches,
    get pdf() {
      return file.pdf;
    },
  };
}

/** A file that has nothing in common with another. */
export const ownPdf = (pdf: Buffer): PdfFile => ({ pdf, stretches: [{ bytes: pdf, common: false }] });
