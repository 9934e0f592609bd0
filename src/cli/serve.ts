// `keepsake serve`: the settings in, the form being served on this machine out.
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { sentence } from '../errors.ts';
import { makeHandout } from '../make/handout.ts';
import { warmUp } from '../make/warm-up.ts';
import { openPress } from '../pdf/press.ts';
import { openStore } from '../store/practice.ts';
import { createApp } from '../web/app.ts';
import { listen } from '../web/listen.ts';
import type { Settings } from './settings.ts';
import { openLibrary, today } from './wire.ts';

/** Serves until the process is told to stop. `say` gets the address, and every article that could not be read. */
export async function serve(
  settings: Settings,
  say: (line: string) => void,
  complain: (line: string) => void,
): Promise<void> {
  const library = await openLibrary(settings);
  for (const problem of library.problems) complain(sentence(problem));
  const store = openStore(settings.data);
  const press = openPress();
  const app = createApp({
    library: () => library,
    practices: store.practices,
    make: (choice, practice) => makeHandout(choice, library, practice, press),
    today,
    log: pino({ level: settings.logLevel }),
  });
  const server = await listen(app, settings);
  const { address, family, port } = server.address() as AddressInfo;
  say(`Keepsake is ready: http://${family === 'IPv6' ? `[${address}]` : address}:${port}`);
  const stop = () => {
    server.close(() => store.close());
    server.closeAllConnections();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await warmUp(library, store.practices.read(), press, today());
}
