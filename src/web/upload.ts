// A form with a spreadsheet in it in, its fields and the file's bytes out: in memory, and never on disk.
import type { RequestHandler } from 'express';
import multer from 'multer';
import { MOST_BYTES } from '../deliver/read-table.ts';

const read = multer({
  storage: multer.memoryStorage(),
  defParamCharset: 'utf8',
  limits: { fileSize: MOST_BYTES, files: 1, fields: 200, fieldSize: 100_000, headerPairs: 50 },
}).single('file');

/** Whatever stops the reading is the sender's doing, not a bug of ours. */
export const readSpreadsheet: RequestHandler = (request, response, next) =>
  read(request, response, (error: unknown) => {
    const isTooLarge = error instanceof multer.MulterError && error.code !== 'LIMIT_UNEXPECTED_FILE';
    if (error instanceof Error) Object.assign(error, { status: isTooLarge ? 413 : 400 });
    next(error);
  });

export interface Upload {
  bytes: Buffer;
  /** Only tells apart what looks the same inside; kept nowhere. */
  name: string;
}

/** Browsers send an empty file when none was picked. */
export function uploadOf(file: Express.Multer.File | undefined): Upload | null {
  return file === undefined || file.size === 0 ? null : { bytes: file.buffer, name: file.originalname };
}
