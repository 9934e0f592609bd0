// `keepsake serve`: the settings in, the form being served on this machine out.
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { makeHandout } from '../make/handout.ts';
import { warmUp } from '../make/warm-up.ts';
import { openPress } from '../pdf/press.ts';
import { createApp } from '../web/app.ts';
import { listen } from '../web/listen.ts';
import type { Settings } from './settings.ts';
import { openData, openLibrary, today } from './wire.ts';

/** Serves until the process is told to stop. `say` gets the address, and every article that could not be read. */
export async function serve(
  settings: Settings,
  say: (line: string) => void,
  complain: (line: string) => void,
): Promise<void> {
  const library = await openLibrary(settings, complain);
  const store = openData(settings);
  const press = openPress();
  const app = createApp({
    library: () => library,
    practices: store.practices,
    make: (choice, practice) => makeHandout(choice, library, practice, press),
    today,
    log: pino({ level: settings.logLevel }),
  });
  const server = await listen(app, settings);
  // Before anybody can know that it runs. Told more than once it must still end well: a terminal tells the whole
  // group, and npm tells it again.
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    server.close(() => store.close());
    server.closeAllConnections();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  const { address, family, port } = server.address() as AddressInfo;
  say(`Keepsake is ready: http://${family === 'IPv6' ? `[${address}]` : address}:${port}`);
  await warmUp(library, store.practices.read(), press, today());
}
