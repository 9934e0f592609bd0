// An app and an address in, a listening server out; only this machine can reach it.
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { HandoutError } from '../errors.ts';

/** Without sign-in nobody but this machine may ask: RFC 1122 3.2.1.3 (127/8), RFC 4291 2.5.3 (::1). */
const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

export async function listen(app: RequestListener, at: { host: string; port: number }): Promise<Server> {
  if (!isLoopback(at.host)) throw refused(at.host);
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  }).catch((error: unknown) => {
    throw isInUse(error) ? inUse(at.port) : error;
  });
  return server;
}

function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const family = isIP(host);
  return family !== 0 && LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6');
}

const isInUse = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

const refused = (host: string) =>
  new HandoutError([
    {
      code: 'address-refused',
      message: `Keepsake does not listen on ${host}: there is no sign-in, so anybody on the network could use it.`,
      hint: 'Use 127.0.0.1, ::1 or localhost.',
      place: { field: 'host' },
    },
  ]);

const inUse = (port: number) =>
  new HandoutError([
    {
      code: 'setting-invalid',
      message: `Another program already listens on port ${port}. It may be Keepsake itself.`,
      hint: 'Open its address in a browser, or choose another port.',
      place: { field: 'port' },
    },
  ]);
