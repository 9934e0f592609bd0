// One message and a fence before its last byte: nothing is taken by the server while the fence says no.
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Outgoing, openSmtp, type Smtp } from '../../../src/deliver/smtp.ts';
import { type Scripted, scripted } from './scripted.ts';

let server: Scripted;
let smtp: Smtp;
afterEach(async () => {
  smtp.close();
  await server.close();
});

const message = (size: number): Outgoing => ({
  from: { name: 'The practice', address: 'practice@example.com' },
  replyTo: null,
  to: 'ann@example.org',
  subject: 'Your handout from the practice',
  text: 'Hello,',
  html: '<p>Hello,</p>',
  attachments: [{ name: 'handout.pdf', type: 'application/pdf', bytes: Buffer.alloc(size, 'x') }],
});
const open = async (waits = { connect: 10_000, reply: 10_000, whole: 20_000 }) => {
  server = await scripted('dot', 'slow');
  smtp = openSmtp({ host: '127.0.0.1', port: server.port, tls: 'none', connections: 1, waits });
};
const pause = (ms: number) => new Promise<void>((later) => setTimeout(later, ms));

describe.each([100, 60_000, 2_000_000])('of a message of %i bytes', (size) => {
  it('the server takes nothing while the fence says no, and what it said is thrown on', async () => {
    await open();
    const no = new Error('not ours');
    await expect(smtp.send(message(size), () => Promise.reject(no))).rejects.toBe(no);
    await pause(300);
    expect(server.messages).toEqual([]);
    expect(await smtp.send(message(size), async () => undefined)).toEqual({ is: 'taken' });
    expect(server.messages).toHaveLength(1);
  });

  it('nothing has arrived whole when the fence is asked', async () => {
    await open();
    let before = -1;
    const fence = async () => {
      await pause(200);
      before = server.messages.length;
    };
    expect(await smtp.send(message(size), fence)).toEqual({ is: 'taken' });
    expect([before, server.messages.length]).toEqual([0, 1]);
  });

  it('nothing leaves any more when it was given up before the fence said yes', async () => {
    await open({ connect: 1000, reply: 300, whole: 500 });
    const answer = await smtp.send(message(size), () => pause(900));
    expect(answer).toMatchObject({ is: 'later' });
    await pause(800);
    expect(server.messages).toEqual([]);
  });
});
