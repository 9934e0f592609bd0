// `keepsake serve`: the settings in, the form being served on this machine out.
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { openShelves, standingOf } from '../content/shelf.ts';
import { createApp } from '../web/app.ts';
import { listen } from '../web/listen.ts';
import { openLibrary } from './library.ts';
import type { Settings } from './settings.ts';
import { openData, openWorks, today, VERSION } from './wire.ts';

/** The first page, asked for as soon as the address is out, goes before all that can wait. */
const FIRST_PAGE_MS = 300;

/** Serves until the process is told to stop. `say` gets the address, and every article that could not be read. */
export async function serve(
  settings: Settings,
  say: (line: string) => void,
  complain: (line: string) => void,
): Promise<void> {
  const all = await openLibrary(settings, complain);
  const store = await openData(settings);
  const shelves = openShelves(all);
  let shelf = await store.shelf.read();
  let library = shelves(shelf);
  const log = pino({ level: settings.logLevel });
  const works = await openWorks(settings, store, all, log);
  let opened: ReturnType<typeof openWorkshop> | undefined;
  const workshop = () => {
    opened ??= openWorkshop();
    return opened;
  };
  const app = createApp({
    library: () => library,
    all,
    shelf: store.shelf,
    refresh: async () => {
      shelf = await store.shelf.read();
      library = shelves(shelf);
    },
    standing: (article) => standingOf(article, shelf, today()),
    practices: store.practices,
    presets: store.presets,
    batches: works.batches,
    outbox: works.mail.outbox,
    sending: works.mail.sending,
    mailSettings: works.mail.setup,
    makeMessage: async (letter, practice) => {
      const { makeMessage, press } = await workshop();
      return makeMessage(letter.packet, library, practice, press, letter);
    },
    makeDraft: async (letter, practice) => {
      const { press } = await workshop();
      const { makeDraft } = await import('../deliver/make-draft.ts');
      return makeDraft(letter, library, practice, press);
    },
    read: async (input, before) => {
      const { readRequest, press } = await workshop();
      return readRequest(input, library, press, before);
    },
    make: async (choice, practice) => {
      const { makeHandout, press } = await workshop();
      return makeHandout(choice, library, practice, press);
    },
    makeToRead: async (choice, practice) => {
      const { makeHandout, press } = await workshop();
      return makeHandout(choice, all, practice, press);
    },
    makeCopy: async (choice, practice) => {
      const { makeClinicianCopy, press } = await workshop();
      return makeClinicianCopy(choice, library, practice, press);
    },
    makePage: async (choice, practice) => {
      const { makeWebPage, press } = await workshop();
      return makeWebPage(choice, library, practice, press);
    },
    check: async (asked) => {
      const { checkRows, press } = await workshop();
      return checkRows({ ...asked, library, press });
    },
    printFile: async (packets, job, practice) => {
      const { makePrintFile, press } = await workshop();
      const chunks: Buffer[] = [];
      await makePrintFile(packets, job, library, practice, press, (chunk) => void chunks.push(chunk));
      return Buffer.concat(chunks);
    },
    countSheets: async (packets, printing, practice) => {
      const { countSheets, press } = await workshop();
      return countSheets(packets, printing, library, practice, press);
    },
    today,
    version: VERSION,
    log,
  });
  const server = await listen(app, settings);
  // Before anybody can know that it runs. Told more than once it must still end well: a terminal tells the whole
  // group, and npm tells it again.
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    server.close(() => void works.close().then(store.close));
    server.closeAllConnections();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  const { address, family, port } = server.address() as AddressInfo;
  say(`Keepsake is ready: http://${family === 'IPv6' ? `[${address}]` : address}:${port}`);

  const practice = await store.practices.read();
  await setTimeout(FIRST_PAGE_MS);
  if (stopping) return;
  const { warmUp, press } = await workshop();
  await warmUp(library, practice, press, today());
}

/** All that draws: a quarter of what there is to load, and no page of the form needs it. */
async function openWorkshop() {
  const { checkRows } = await import('../deliver/check-rows.ts');
  const { countSheets } = await import('../make/count-sheets.ts');
  const { makeHandout } = await import('../make/handout.ts');
  const { makeMessage } = await import('../make/message.ts');
  const { makeClinicianCopy } = await import('../make/clinician-copy.ts');
  const { makeWebPage } = await import('../make/web-page.ts');
  const { makePrintFile } = await import('../make/print-file.ts');
  const { readRequest } = await import('../make/request.ts');
  const { warmUp } = await import('../make/warm-up.ts');
  const { openPress } = await import('../pdf/press.ts');
  const made = { makeHandout, makeMessage, makeClinicianCopy, makeWebPage, makePrintFile, countSheets };
  return { ...made, checkRows, readRequest, warmUp, press: openPress() };
}
