// Recipients in, their mails put into the outbox, followed, cancelled and released out, in plain words.
import { HandoutError, type Problem } from '../errors.ts';
import type { Counts, Mail, Mailing } from '../store/mail.ts';
import type { OutboxStore } from '../store/outbox.ts';
import { type Letter, mailOf, sameAs } from './letter.ts';
import { sayMail, sayPaused } from './mail-words.ts';

export interface Shown extends Mail {
  /** How it stands, as a sentence. */
  words: string;
}

export interface Outbox {
  /**
   * The id of the mailing. Nothing leaves before it was held for a while. Throws where no mail server is named, and a
   * HandoutError where one of `once` went today, for which nobody said why it goes again.
   */
  send(letters: readonly Letter[], once?: readonly Letter[]): Promise<string>;
  /** When the same last went to the same address on that day or later; null when it did not. */
  sentSince(letter: Pick<Letter, 'to' | 'packet'>, day: Date): Promise<Date | null>;
  /** Of many at once those for which that is so. */
  sentAmong<Sent extends Pick<Letter, 'to' | 'packet'>>(letters: readonly Sent[], day: Date): Promise<Sent[]>;
  list(mailing?: string): Promise<Shown[]>;
  find(id: string): Promise<Shown | null>;
  /** The newest first. */
  mailings(): Promise<Mailing[]>;
  counts(mailing?: string): Promise<Counts>;
  /** Why nothing is sent; null when it goes on. */
  paused(): Promise<Problem | null>;
  /** Cancel, retry and release throw a HandoutError where it is too late for that. */
  cancel(id: string): Promise<void>;
  /** Cancels all that waits or may have been sent, of one mailing or of all, and wipes it; how many that were. */
  deleteNow(mailing?: string): Promise<number>;
  /** What waits is tried at once, and what is paused goes on, unless mails got mixed up. */
  retry(id: string): Promise<void>;
  /** What may have been sent is sent, perhaps for the second time. */
  release(id: string): Promise<void>;
  /** A person has put right what kept everything back, whatever it was. */
  resume(): Promise<void>;
}

/** There are so many mails to be taken up after that time. */
export type Look = (mails: number, inMs: number) => void;

export function openOutbox(store: OutboxStore, look: Look, holdMs: () => number): Outbox {
  const shown = (mail: Mail): Shown => ({ ...mail, words: sayMail(mail) });

  async function change(done: Promise<boolean>): Promise<void> {
    if (!(await done)) throw new HandoutError([TOO_LATE]);
    look(1, 0);
  }

  return {
    async send(letters, once = []) {
      const hold = holdMs();
      const sames = once.map(({ to, packet }) => sameAs(to, packet));
      const since = new Date().setHours(0, 0, 0, 0);
      const mailing = await store.add(letters.map(mailOf), hold, { sames, since });
      if (mailing === null) throw new HandoutError([TWICE]);
      look(letters.length, hold);
      return mailing;
    },
    async sentSince({ to, packet }, day) {
      const made = await store.sameSince(sameAs(to, packet), day.getTime());
      return made === null ? null : new Date(made);
    },
    async sentAmong(letters, day) {
      const sames = letters.map(({ to, packet }) => sameAs(to, packet));
      const sent = await store.sameAmong(sames, day.getTime());
      return letters.filter((_, index) => sent.has(sames[index]!));
    },
    list: async (mailing) => (await store.list(mailing)).map(shown),
    async find(id) {
      const mail = await store.find(id);
      return mail === null ? null : shown(mail);
    },
    mailings: store.mailings,
    counts: (mailing) => store.counts(mailing),
    async paused() {
      const why = await store.paused();
      return why === null ? null : sayPaused(why);
    },
    async cancel(id) {
      await change(store.cancel(id));
      await store.sweep();
    },
    deleteNow: store.deleteNow,
    release: (id) => change(store.release(id)),
    async retry(id) {
      await change(store.retry(id));
      await goOn(store);
    },
    async resume() {
      await store.resume();
      look(1, 0);
    },
  };
}

/** What kept everything back was probably just put right; where it was not, the next mail says so again. A mix-up is not. */
export const goOn = (store: Pick<OutboxStore, 'resume'>): Promise<void> => store.resume('crossed');

const TWICE: Problem = {
  code: 'mail-twice',
  message: 'Nothing was sent: the same went to the same address a moment ago, from another page.',
  hint: 'Load the page again to see who is left.',
};

const TOO_LATE: Problem = {
  code: 'mail-late',
  message: 'That can’t be done with this mail any more, or there is no such mail.',
  hint: 'Look how it stands: keepsake outbox.',
};
