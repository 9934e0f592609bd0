// How much there is to do in, a bar that fills on a terminal out; in a pipe, nothing.
const WIDTH = 30;
/** Drawing it more often would take longer than it tells. */
const EVERY_MS = 80;

export interface Progress {
  step(): void;
  /** Takes the bar away again. */
  end(): void;
}

export function openProgress(
  all: number,
  terminal: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
): Progress {
  let done = 0;
  let drawn = 0;
  return {
    step() {
      done++;
      if (!terminal.isTTY || (Date.now() - drawn < EVERY_MS && done < all)) return;
      drawn = Date.now();
      const full = Math.round((done / all) * WIDTH);
      terminal.write(`\r[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${done} of ${all}`);
    },
    end() {
      if (terminal.isTTY && drawn > 0) terminal.write('\r\u001b[K');
    },
  };
}
