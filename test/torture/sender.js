// One worker of the outbox, to be killed: the built program, a place and a mail server in; mails that hold their row's token out.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { dist, place, server } = JSON.parse(process.argv[2]);
const load = (path) => import(pathToFileURL(join(dist, path)).href);
const { openStore } = await load('store/store.js');
const { openDispatch } = await load('deliver/dispatch.js');
const { openSmtp } = await load('deliver/smtp.js');

const store = await openStore(place);
openDispatch({
  post: store.post,
  outbox: store.outbox,
  smtp: openSmtp({ ...server, connections: 4 }),
  from: { name: null, address: 'practice@example.com' },
  replyTo: null,
  make: async ({ to, packet }) => ({
    id: packet.id,
    pdf: Buffer.alloc(60_000, `${to} `),
    pages: 1,
    discreet: false,
    subject: 'Your handout from the practice',
    sender: 'The practice',
    text: 'Hello,',
    html: '<p>Hello,</p>',
    file: 'handout.pdf',
  }),
  isCurrent: async () => true,
  connections: 4,
  perMinute: 1_000_000,
  log: { error: (fields, message) => console.error(JSON.stringify({ ...fields, message })) },
});
process.stdout.write('ready\n');
setInterval(() => undefined, 60_000);
