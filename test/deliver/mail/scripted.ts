// A mail server that answers as a script has it: at one stage with a fault, and rightly everywhere else.

import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';

export type Stage = 'connect' | 'ehlo' | 'auth' | 'mail' | 'rcpt' | 'data' | 'dot';
export const STAGES: readonly Stage[] = ['connect', 'ehlo', 'auth', 'mail', 'rcpt', 'data', 'dot'];
/** A number is answered; `late` answers rightly, but later than anybody waits. */
export type Fault = number | 'drop' | 'silence' | 'drip' | 'garbage' | 'late' | 'slow';

export interface Scripted {
  port: number;
  /** Messages that were taken or may have been: what came before each final dot. */
  messages: string[];
  /** RCPT commands, as they came. */
  recipients: string[];
  close(): Promise<void>;
}

const RIGHT: Readonly<Record<Stage, string>> = {
  connect: '220 mail.example ESMTP',
  ehlo: '250-mail.example\r\n250 AUTH PLAIN LOGIN',
  auth: '235 2.7.0 welcome',
  mail: '250 2.1.0 ok',
  rcpt: '250 2.1.5 ok',
  data: '354 go on',
  dot: '250 2.0.0 queued',
};
const WORDS: Readonly<Record<number, string>> = { 550: '5.1.1 <zoe.canary@example.org> is unknown here' };

/** Every `dripMs` one byte. `lateMs`: how late a late answer comes. `until` counts connections that meet the fault. */
export async function scripted(at: Stage, fault: Fault, until = Number.POSITIVE_INFINITY): Promise<Scripted> {
  const [messages, recipients]: [string[], string[]] = [[], []];
  const sockets = new Set<Socket>();
  let met = 0;

  const answer = (socket: Socket, stage: Stage) => {
    if (stage !== at || met >= until) return void socket.write(`${RIGHT[stage]}\r\n`);
    met++;
    if (typeof fault === 'number') socket.write(`${fault} ${WORDS[fault] ?? 'no'}\r\n`);
    if (fault === 'drop') socket.destroy();
    if (fault === 'garbage') socket.write('\u0000\u00ff%%% what?\r\n');
    if (fault === 'late') later(socket, 800, `${RIGHT[stage]}\r\n`);
    if (fault === 'slow') later(socket, 150, `${RIGHT[stage]}\r\n`);
    if (fault === 'drip') drip(socket);
  };

  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let inData = false;
    let buffer = '';
    answer(socket, 'connect');
    socket.on('data', (chunk) => {
      buffer += chunk.toString('latin1');
      for (;;) {
        const end = inData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n');
        if (end < 0) return;
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + (inData ? 5 : 2));
        if (inData) {
          inData = false;
          messages.push(line);
          answer(socket, 'dot');
        } else if (/^(?:EHLO|HELO)/u.test(line)) answer(socket, 'ehlo');
        else if (/^AUTH/u.test(line)) answer(socket, 'auth');
        else if (/^MAIL/u.test(line)) answer(socket, 'mail');
        else if (/^RCPT/u.test(line)) {
          recipients.push(line);
          answer(socket, 'rcpt');
        } else if (/^DATA/u.test(line)) {
          inData = at !== 'data' || met >= until;
          answer(socket, 'data');
        } else if (/^QUIT/u.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    messages,
    recipients,
    close: () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => closed());
      }),
  };
}

function later(socket: Socket, ms: number, text: string): void {
  setTimeout(() => socket.writable && socket.write(text), ms).unref();
}

/** Never silent for as long as anybody waits for a sign, and never done. */
function drip(socket: Socket): void {
  const timer = setInterval(() => {
    if (socket.writable) socket.write('2');
    else clearInterval(timer);
  }, 100);
  timer.unref();
}
