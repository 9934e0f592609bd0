// The stretches of a file in, the file as a whole out.

/** A run of bytes of a file. A `common` one is the very same Buffer in files of other clients, and holds nothing of them. */
export interface Stretch {
  bytes: Buffer;
  common: boolean;
}

export interface PdfFile {
  pdf: Buffer;
  /** Together they are `pdf`: whoever keeps many files can keep what is common once. */
  stretches: readonly Stretch[];
}

export const pdfOf = (stretches: readonly Stretch[]): PdfFile => ({
  pdf: Buffer.concat(stretches.map(({ bytes }) => bytes)),
  stretches,
});

/** A file that has nothing in common with another. */
export const ownPdf = (pdf: Buffer): PdfFile => ({ pdf, stretches: [{ bytes: pdf, common: false }] });
