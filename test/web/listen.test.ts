import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { HandoutError } from '../../src/errors.ts';
import { listen } from '../../src/web/listen.ts';

const app = () => undefined;

describe('listen', () => {
  it.each(['127.0.0.1', 'localhost', '127.0.0.53'])('listens on %s', async (host) => {
    const server = await listen(app, { host, port: 0 });
    expect((server.address() as AddressInfo).port).toBeGreaterThan(0);
    await new Promise((closed) => server.close(closed));
  });

  it.each(['0.0.0.0', '::', '192.168.1.20', '10.0.0.1', '::ffff:10.0.0.1', 'example.org', '', '127.0.0.1.example.org'])(
    'refuses to listen on %p',
    async (host) => {
      await expect(listen(app, { host, port: 0 })).rejects.toMatchObject({ problems: [{ code: 'address-refused' }] });
    },
  );

  it('says so when the port is taken', async () => {
    const first = await listen(app, { host: '127.0.0.1', port: 0 });
    const { port } = first.address() as AddressInfo;
    const second = await listen(app, { host: '127.0.0.1', port }).catch((error: unknown) => error);
    await new Promise((closed) => first.close(closed));
    expect(second).toBeInstanceOf(HandoutError);
    expect((second as HandoutError).problems[0]?.message).toContain(`port ${port}`);
  });
});
