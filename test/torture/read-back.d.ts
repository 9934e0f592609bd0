// The types of `read-back.js`, which the long runs use without a compiler.

export function tokenOf(number: number): string;
export function tokensIn(text: string): string[];
/** `pages` as whoever made it tells; more than that is an error. */
export function wordsOf(files: readonly { pdf: Uint8Array; pages: number }[]): Promise<string[]>;
