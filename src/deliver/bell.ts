// Work that has come in, a ring to whoever can do it out: within a process, or to any number of machines.

/** Only wakes. What there is to do, and who does it, stands in the store: a ring that gets lost costs a second. */
export interface Bell {
  /** There are new parts of a batch, or mails of a mailing, to be taken up after that time. Holds ids only. */
  ring(of: string, count: number, inMs?: number): Promise<void>;
  /** Called once for each of them, on one of the machines that listen. */
  listen(look: () => void): Promise<void>;
  close(): Promise<void>;
}

/** For one process: the threads are told by a call. */
export function ownBell(): Bell {
  const listeners: (() => void)[] = [];
  return {
    ring: async (_of, _count, inMs = 0) => {
      const all = () => {
        for (const look of listeners) look();
      };
      if (inMs === 0) all();
      else setTimeout(all, inMs).unref();
    },
    listen: async (look) => void listeners.push(look),
    close: async () => undefined,
  };
}
