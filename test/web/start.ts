// A real application on a free port, with the real library, fonts and a data folder of its own; everything it logged.
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openMail } from '../../src/cli/mail.ts';
import type { Library } from '../../src/content/article.ts';
import { EMPTY_SHELF, openShelves, standingOf } from '../../src/content/shelf.ts';
import { openBatches } from '../../src/deliver/batches.ts';
import { ownBell } from '../../src/deliver/bell.ts';
import { checkRows } from '../../src/deliver/check-rows.ts';
import { openCrew } from '../../src/deliver/crew.ts';
import { makeDraft } from '../../src/deliver/make-draft.ts';
import { makeClinicianCopy } from '../../src/make/clinician-copy.ts';
import { countSheets } from '../../src/make/count-sheets.ts';
import { makeHandout } from '../../src/make/handout.ts';
import { makeMessage } from '../../src/make/message.ts';
import { makePrintFile } from '../../src/make/print-file.ts';
import { readRequest } from '../../src/make/request.ts';
import { makeWebPage } from '../../src/make/web-page.ts';
import type { Practice } from '../../src/merge/practice.ts';
import { openPress, type Press } from '../../src/pdf/press.ts';
import { openStore } from '../../src/store/store.ts';
import { createApp } from '../../src/web/app.ts';
import { listen } from '../../src/web/listen.ts';
import type { Services } from '../../src/web/services.ts';
import { ourLibrary } from '../support/house.ts';

export interface Web {
  /** `http://127.0.0.1:12345` */
  base: string;
  folder: string;
  log: string[];
  services: Services;
  stop(): Promise<void>;
}

let library: Promise<Library> | undefined;
let press: Press | undefined;

export const PRACTICE: Practice = {
  name: 'Harbour Street Practice',
  contact: ['12 Harbour Street, Portland', '555 0100'],
  crisisLine: '',
  country: 'US',
  countryIsGuess: false,
  paper: 'letter',
  clinician: 'Dr Maria Reyes',
  credentials: 'LCSW',
  colour: '',
  logo: null,
};

const OWN = {
  host: 'localhost',
  tls: 'starttls',
  login: 'practice',
  from: { name: null, address: 'desk@practice.example' },
  replyTo: null,
  perMinute: 6000,
} as const;

/** A mail server to sign in to as `practice`. */
export interface MailPlace {
  port: number;
  ca: string;
  password: string;
  holdMs: number;
}

/** Without a practice it is the first run; without a built `thread` batches wait to be made; without `mail` none goes out. */
export async function startWeb(
  practice: Practice | null = PRACTICE,
  other: Partial<Services> = {},
  thread?: URL,
  mail?: MailPlace,
): Promise<Web> {
  library ??= ourLibrary();
  press ??= openPress();
  const [articles, fonts] = [await library, press];
  const folder = mkdtempSync(join(tmpdir(), 'keepsake-web-'));
  const place = { folder, key: { file: join(folder, 'key') } };
  const store = await openStore(place, 'en-US');
  if (practice !== null) await store.practices.save(practice);
  const shelves = openShelves(articles);
  let shelf = EMPTY_SHELF;
  let shelved = articles;
  const log: string[] = [];
  const logger: Services['log'] = {
    info: (fields, message) => void log.push(JSON.stringify({ ...fields, message })),
    error: (fields, message) => void log.push(JSON.stringify({ ...fields, message })),
  };
  const crew = openCrew({
    store,
    place,
    library: articles,
    threads: thread === undefined ? 0 : 2,
    log: logger,
    ...(thread === undefined ? {} : { file: thread }),
  });
  const works = await openMail(mail === undefined ? null : { ...OWN, ...mail }, store, articles, logger);
  const bell = ownBell();
  await bell.listen(crew.look);
  const services: Services = {
    library: () => shelved,
    all: articles,
    shelf: store.shelf,
    refresh: async () => {
      shelf = await store.shelf.read();
      shelved = shelves(shelf);
    },
    standing: (article) => standingOf(article, shelf, '2026-11-23'),
    practices: store.practices,
    presets: store.presets,
    batches: openBatches({ store: store.batches, crew, bell, keepHours: 24 }),
    outbox: works.outbox,
    sending: works.sending,
    mailSettings: works.setup,
    makeMessage: (letter, letterhead) => makeMessage(letter.packet, shelved, letterhead, fonts, letter),
    makeDraft: (letter, letterhead) => makeDraft(letter, shelved, letterhead, fonts),
    read: async (input, before) => readRequest(input, shelved, fonts, before),
    make: (choice, letterhead) => makeHandout(choice, shelved, letterhead, fonts),
    makeToRead: (choice, letterhead) => makeHandout(choice, articles, letterhead, fonts),
    makeCopy: (choice, letterhead) => makeClinicianCopy(choice, shelved, letterhead, fonts),
    makePage: (choice, letterhead) => makeWebPage(choice, shelved, letterhead, fonts),
    check: (asked) => checkRows({ ...asked, library: shelved, press: fonts }),
    printFile: async (packets, job, letterhead) => {
      const chunks: Buffer[] = [];
      await makePrintFile(packets, job, shelved, letterhead, fonts, (chunk) => void chunks.push(chunk));
      return Buffer.concat(chunks);
    },
    countSheets: (packets, printing, letterhead) => countSheets(packets, printing, shelved, letterhead, fonts),
    today: () => '2026-11-23',
    version: '0.4.0',
    log: logger,
    ...other,
  };
  const server = await listen(createApp(services), { host: '127.0.0.1', port: 0 });
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}`,
    folder,
    log,
    services,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await crew.close();
      await works.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Sends a form as a browser does. */
export function send(base: string, path: string, fields: Readonly<Record<string, string | readonly string[]>>) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
  return fetch(base + path, { method: 'POST', body, redirect: 'manual', headers: { accept: 'text/html' } });
}

/** A form filled in rightly. */
export const FILLED = {
  form: '0f0e0d0c-1111-4222-8333-444455556666',
  client: 'Ann',
  article: 'why-relationships-matter',
  language: 'en',
  sections: [] as readonly string[],
  note: 'You said the walk on Sunday helped.',
  noteLanguage: '',
  clinician: 'Dr Maria Reyes',
  date: '2026-11-23',
  paper: 'letter',
};
