// The outbox in, its mails sent one by one out: each at the time it is due, each in one hand, and what failed tried again.
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { HandoutError } from '../errors.ts';
import type { MadeMessage } from '../make/message.ts';
import { GoneError } from '../store/kept.ts';
import type { Errand, Outcome, Why } from '../store/mail.ts';
import type { OutboxStore } from '../store/outbox.ts';
import type { Post } from '../store/post.ts';
import { type Letter, letterOf } from './letter.ts';
import { type From, outgoingOf } from './outgoing.ts';
import { CrossedError } from './part.ts';
import type { Smtp } from './smtp.ts';
import type { SmtpAnswer } from './smtp-answer.ts';

export interface DispatchPlan {
  post: Post;
  outbox: Pick<OutboxStore, 'expire' | 'sweep'>;
  smtp: Smtp;
  from: From;
  replyTo: string | null;
  /** Throws a HandoutError where the handout can't be made. */
  make(letter: Letter): Promise<MadeMessage>;
  /** Whether these are still the settings that count: asked before all is paused because of them. */
  isCurrent(): Promise<boolean>;
  /** How many are under way at once. */
  connections: number;
  /** By all who share the outbox. */
  perMinute: number;
  log: { error(fields: object, message: string): void };
}

export interface Dispatch {
  /** Somebody says that there is something to send. Without a call it is seen within a second. */
  look(): void;
  /** What is under way is given some seconds; then it waits for whoever comes next. */
  close(): Promise<void>;
}

const LOOK_MS = 1000;
/** A third of what a lease lasts. */
const SIGN_MS = 2000;
const EXPIRE_MS = 60_000;
const SWEEP_MS = 10_000;
const PATIENCE_MS = 5000;
/** A store that can't be written to for a moment: what came of a mail is worth more than one try. */
const WRITES_AGAIN_MS = [100, 400, 1500];
/** The fewer wait for their last answer at the same time, the fewer a crash leaves to a person. */
const BETWEEN_MS = 40;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** After the first try, the second and so on; then hourly, for a day. */
const RETRIES_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS];
const LONGEST_MS = 24 * HOUR_MS;

export function openDispatch(plan: DispatchPlan): Dispatch {
  const { post, outbox, smtp, make, connections, perMinute, log } = plan;
  const holder = randomUUID();
  /** With the id of the mail. */
  const running = new Map<Promise<void>, string>();
  let looking: Promise<void> | null = null;
  let again = false;
  let closed = false;
  // Whoever sent before may have died before the wiping.
  let unswept = true;

  function look(): void {
    again = true;
    looking ??= lookOn().finally(() => {
      looking = null;
    });
  }

  async function lookOn(): Promise<void> {
    try {
      while (again && !closed) {
        again = false;
        await post.recover();
        while (running.size < connections && !closed) {
          const errand = await post.claim(holder, perMinute);
          if (errand === null) break;
          begin(errand);
          await wait(BETWEEN_MS);
        }
      }
    } catch (error) {
      log.error(nameOf(error), 'The outbox could not be asked for mails.');
    }
  }

  function begin(errand: Errand): void {
    const one = run(errand)
      .catch((error) => log.error(nameOf(error), 'What came of a mail could not be kept.'))
      .finally(() => {
        running.delete(one);
        unswept = true;
        look();
      });
    running.set(one, errand.id);
  }

  async function run(errand: Errand): Promise<void> {
    let letter: Letter;
    let made: MadeMessage;
    try {
      letter = letterOf(errand);
      made = await make(letter);
      if (made.id !== errand.id) throw new CrossedError();
    } catch (error) {
      if (error instanceof CrossedError) return stop(errand, 'crossed');
      if (!isForGood(error)) log.error(nameOf(error), 'A mail could not be made.');
      await surely(() => post.settle(errand, unmade(error, errand)));
      return;
    }
    let answer: SmtpAnswer;
    try {
      answer = await smtp.send(outgoingOf(letter, made, plan), () => post.commit(errand));
    } catch (error) {
      // Its last byte did not leave. Another has taken it up, or the store can't be written to.
      if (!(error instanceof GoneError)) {
        log.error(nameOf(error), 'A mail was not sent.');
        await surely(() => post.giveBack(errand));
      }
      return;
    }
    if (answer.is === 'blocked') return turnedDown(errand, answer.by);
    await surely(() => post.settle(errand, outcomeOf(answer, errand)));
  }

  /** What was put right on another machine must not be stopped by us; whoever comes with the new settings goes on. */
  async function turnedDown(errand: Errand, by: string): Promise<void> {
    if (await plan.isCurrent()) return stop(errand, by);
    closed = true;
    await surely(() => post.giveBack(errand));
  }

  async function stop(errand: Errand, why: string): Promise<void> {
    await surely(() => post.pause(why));
    await surely(() => post.giveBack(errand));
  }

  /** Only for what is in our hands: a mail whose outcome could not be kept is given up like that of the dead. */
  const sign = () => post.alive(holder, [...running.values()]);

  async function every(what: () => Promise<void>, message: string): Promise<void> {
    try {
      await what();
    } catch (error) {
      log.error(nameOf(error), message);
    }
  }

  async function sweep(): Promise<void> {
    if (!unswept) return;
    unswept = false;
    await outbox.sweep();
  }

  const timers = [
    setInterval(look, LOOK_MS),
    setInterval(() => void every(sign, 'The outbox could not be told that we live.'), SIGN_MS),
    setInterval(() => void every(outbox.expire, 'What is over could not be deleted.'), EXPIRE_MS),
    setInterval(() => void every(sweep, 'What is over could not be wiped.'), SWEEP_MS),
  ];
  for (const timer of timers) timer.unref();
  void every(outbox.expire, 'What is over could not be deleted.');
  look();

  return {
    look,
    async close() {
      closed = true;
      await looking;
      await Promise.race([Promise.all(running.keys()), wait(PATIENCE_MS, undefined, { ref: false })]);
      smtp.close();
      for (const timer of timers) clearInterval(timer);
      await every(sweep, 'What is over could not be wiped.');
    },
  };
}

async function surely(write: () => Promise<unknown>): Promise<void> {
  for (const ms of WRITES_AGAIN_MS) {
    try {
      await write();
      return;
    } catch {
      await wait(ms);
    }
  }
  await write();
}

function outcomeOf(answer: Exclude<SmtpAnswer, { is: 'blocked' }>, errand: Errand): Outcome {
  switch (answer.is) {
    case 'taken':
      return { state: 'sent' };
    case 'refused':
      return { state: 'refused', why: 'server', reply: answer.reply };
    case 'unknown':
      return { state: 'parked', why: 'lost' };
    case 'later':
      return later(errand, answer.unreached === null ? 'server' : 'unreachable', 'late', answer.reply);
  }
}

/** A store that is away for a moment, or a full disk, must not cost the client their handout. */
const unmade = (error: unknown, errand: Errand): Outcome =>
  isForGood(error) ? { state: 'refused', why: 'unmade', reply: null } : later(errand, 'unmade', 'unmade', null);

const isForGood = (error: unknown) =>
  error instanceof HandoutError && error.problems.every(({ code }) => code !== 'disk-full');

/** Tried again after a while, or refused at last. */
function later({ tries, ageMs }: Errand, why: Why, last: Why, reply: string | null): Outcome {
  const inMs = RETRIES_MS[tries - 1] ?? HOUR_MS;
  if (ageMs + inMs > LONGEST_MS) return { state: 'refused', why: last, reply };
  return { state: 'queued', inMs, why, reply };
}

/** The message may quote a client, and the code does not. */
const nameOf = (error: unknown) => ({
  error: error instanceof Error ? error.name : typeof error,
  code: (error as { code?: unknown } | null)?.code,
});
