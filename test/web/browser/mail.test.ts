// Handouts by e-mail in a real browser and back from a real mail server: sent, taken back, paused, parked and released.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Letter } from '../../../src/deliver/letter.ts';
import { recipientOf } from '../../deliver/floor.ts';
import { type MailServer, PASSWORD, type Received, startMailServer } from '../../deliver/mail/mail-server.ts';
import { until } from '../../deliver/mail/sending.ts';
import { popplerText } from '../../support/poppler.ts';
import { wordsOf } from '../../torture/read-back.js';
import { startWeb, type Web } from '../start.ts';
import { faults, openChromium, openPage, type Seen } from './chromium.ts';

jest.setTimeout(90_000);

let server: MailServer;
/** Everything is held for two and a half seconds. */
let web: Web;
/** Everything is held for a minute. */
let held: Web;
let browser: Browser;
beforeAll(async () => {
  server = await startMailServer();
  const place = { port: server.port, ca: server.ca, password: PASSWORD };
  web = await startWeb(undefined, {}, undefined, { ...place, holdMs: 2500 });
  held = await startWeb(undefined, {}, undefined, { ...place, holdMs: 60_000 });
  browser = await openChromium();
});
afterAll(async () => {
  await browser.close();
  await web.stop();
  await held.stop();
  await server.close();
});

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name, level: 1 }).waitFor();

/** On a phone by day and on a desk by night. */
const fits = async (page: Page) =>
  expect(
    await faults(page, [
      [320, 'light'],
      [1280, 'dark'],
    ]),
  ).toEqual([]);

async function fill(page: Page, { base }: Web, client: string): Promise<void> {
  await page.goto(base);
  await page.getByLabel('Who is it for?').fill(client);
  await page.getByLabel('What is it about?').fill('lonely');
  if (await button(page, 'Find').isVisible()) await button(page, 'Find').click();
  await button(page, /Why relationships matter/u).click();
  await button(page, 'One page').click();
  await page.getByText(/^1 page · about/u).waitFor();
}

async function toMessage(page: Page, client: string, address: string, at = web): Promise<void> {
  await fill(page, at, client);
  await button(page, 'E-mail this').click();
  await page.getByLabel('Where to?').fill(address);
  await page.getByLabel('Yes, only the client reads it').check();
  await page.getByLabel('Agreed to plain e-mail').check();
  await button(page, 'Look at the message').click();
  await heading(page, 'Look at it, then send it');
}

async function sendOne(page: Page, name: string, at = web): Promise<void> {
  await toMessage(page, `Client ${name}`, `${name}@example.org`, at);
  await button(page, 'Send').click();
}

const mailTo = (name: string) => server.received.find(({ envelope }) => envelope.to[0] === `${name}@example.org`);
const arrived = (name: string): Promise<Received | undefined> =>
  until(
    async () => mailTo(name),
    (mail) => mail !== undefined,
  );
/** Neither the address nor the title holds anything of a client. */
const quiet = async (page: Page, name: string) => expect(`${page.url()} ${await page.title()}`).not.toContain(name);

async function open(javaScriptEnabled = true): Promise<Seen> {
  const seen = await openPage(browser, { javaScriptEnabled, acceptDownloads: true });
  seen.page.setDefaultTimeout(20_000);
  return seen;
}

describe.each([
  ['with scripts', true],
  ['with JavaScript off', false],
] as const)('a handout, %s', (how, javaScriptEnabled) => {
  const name = `walk-${javaScriptEnabled}`;

  it('is addressed, looked at, held, sent and read back', async () => {
    const { page, complaints, close } = await open(javaScriptEnabled);
    await fill(page, web, 'Zoë Łukasiewicz');
    await button(page, 'E-mail this').click();
    await button(page, 'Look at the message').click();
    expect(await page.locator('#errors li').count()).toBe(3);
    await page.getByLabel('Where to?').fill(`${name}@homtail.com`);
    await page.getByLabel('Yes, only the client reads it').check();
    await page.getByLabel('Agreed to plain e-mail').check();
    await button(page, 'Look at the message').click();
    await button(page, 'Change it to hotmail.com').click();
    expect(await page.getByLabel('Where to?').inputValue()).toBe(`${name}@hotmail.com`);
    await page.getByLabel('Where to?').fill(`${name}@example.org`);
    await button(page, 'Look at the message').click();
    expect(await page.locator('.letter').textContent()).toContain('Hello Zoë Łukasiewicz,');
    await button(page, 'Send').click();
    await heading(page, 'Not sent yet');
    expect(await page.locator('.held').textContent()).toMatch(/Held until \d\d:\d\d:\d\d/u);
    if (javaScriptEnabled)
      await page
        .locator('.held .left')
        .getByText(/^[1-3] s left$/u)
        .waitFor();
    expect(mailTo(name)).toBeUndefined();
    await quiet(page, name);
    await heading(page, /^Sent at \d\d:\d\d$/u);
    expect(await page.locator('main').textContent()).not.toContain(name);
    const { mail } = (await arrived(name))!;
    expect(mail.attachments.map(({ filename }) => filename)).toEqual(['handout.pdf']);
    expect(popplerText(mail.attachments[0]!.content)).toContain('Zoë Łukasiewicz');
    expect(complaints).toEqual([]);
    await close();
  });

  it('is taken back while it is held', async () => {
    const { page, close } = await open(javaScriptEnabled);
    await sendOne(page, `back-${how}`.replaceAll(' ', '-'), held);
    await button(page, 'Cancel').click();
    await heading(page, 'Not sent');
    expect(await page.locator('#told').textContent()).toBe('Cancelled.');
    expect(await held.services.outbox.counts()).toMatchObject({ held: 0, sent: 0 });
    await close();
  });
});

describe('without a mouse', () => {
  it('a handout is sent and taken back', async () => {
    const { page, close } = await open();
    await toMessage(page, 'Una', 'keys@example.org', held);
    await page.locator('#send').focus();
    await page.keyboard.press('Enter');
    await heading(page, 'Not sent yet');
    await page.locator('.held button').focus();
    await page.keyboard.press('Space');
    await heading(page, 'Not sent');
    await close();
  });
});

describe('a changed name', () => {
  it('finds no address and no answer of the client before', async () => {
    const { page, close } = await open();
    await toMessage(page, 'Ann', 'ann.before@example.org');
    await button(page, 'Back to the handout').click();
    await page.getByLabel('Who is it for?').fill('Ben');
    await button(page, 'E-mail this').click();
    expect(await page.getByLabel('Where to?').inputValue()).toBe('');
    expect(await page.locator('input[type=radio]:checked').count()).toBe(0);
    expect(await page.content()).not.toContain('ann.before');
    await close();
  });
});

describe('50 clients', () => {
  it('go to oneself first, then to one, then to the others; each PDF holds its own name alone', async () => {
    const names = Array.from({ length: 50 }, (_, at) => `Token${String.fromCharCode(65 + (at % 26))}${at}x`);
    const rows = names.map((name) => `${name},${name.toLowerCase()}@example.org,email,yes,after warning 2026-11-20`);
    const file = ['Client,E-mail,May send,Private mailbox,Consent', ...rows].join('\n');
    const { page, complaints, close } = await open();
    await page.goto(`${web.base}/batches`);
    const upload = { name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from(file) };
    await page.getByLabel('Your spreadsheet').setInputFiles(upload);
    await page.getByLabel('Why relationships matter').check();
    await page.getByLabel('Which parts?').selectOption('one-page');
    await button(page, 'Check the file').click();
    await page.getByLabel('All agreed to plain e-mail').check();
    await fits(page);
    await page.getByLabel('Each row says it').check();
    await button(page, 'Go on to 50 e-mails').click();
    await heading(page, '50 e-mails');
    await fits(page);
    await page.getByLabel('Send it to yourself').fill('desk@practice.example');
    await button(page, 'Send to me first').click();
    await page.getByText('To you: 1 sent').waitFor();
    await button(page, 'E-mail row 2').click();
    await button(page, 'E-mail the other 49').click();
    await heading(page, '49 e-mails');
    expect(await page.locator('.held p').textContent()).toContain('49 held until');
    await page.getByText('49 sent: rows 3 to 51').waitFor();
    await quiet(page, 'Token');
    const pdfs: Buffer[] = [];
    for (const name of names) pdfs.push((await arrived(name.toLowerCase()))!.mail.attachments[0]!.content);
    const read = await wordsOf(pdfs.map((pdf) => ({ pdf, pages: 1 })));
    expect(read.map((text) => text.match(/Token\w+/gu))).toEqual(names.map((name) => [name]));
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('the outbox', () => {
  it('lets one row of many be taken back, and the rows stay unfolded', async () => {
    const consent = { kind: 'after-warning', date: '2026-11-20' } as const;
    const letters = Array.from({ length: 8 }, (_, at): Letter => {
      const packet = recipientOf(at, { id: randomUUID(), row: at + 2 });
      return { to: `row-${at}@example.org`, packet, asPage: false, consent, password: null };
    });
    const mailing = await held.services.outbox.send(letters);
    const { page, close } = await open();
    await page.goto(`${held.base}/outbox/${mailing}`);
    await page.getByText('8 waiting, row by row').click();
    await held.services.outbox.cancel(letters[7]!.packet.id);
    await page.getByText('1 cancelled: row 9').waitFor();
    await button(page, 'Cancel: Row 5').click();
    await page.getByText('2 cancelled: rows 5, 9').waitFor();
    await fits(page);
    await button(page, 'Cancel all 6').click();
    await page.getByText('8 cancelled: rows 2 to 9').waitFor();
    await close();
  });

  it('is paused by a wrong password after one try, says so, and goes on when told to', async () => {
    const { page, close } = await open();
    server.refuse.push({ at: 'auth', code: 535 });
    await sendOne(page, 'paused');
    await page.getByText('Nothing is sent at the moment.').waitFor();
    expect(await page.locator('#paused').textContent()).toContain('The mail server refused the name and password.');
    await fits(page);
    expect(server.refuse).toEqual([]);
    expect(mailTo('paused')).toBeUndefined();
    await button(page, 'Go on').click();
    await heading(page, /^Sent at/u);
    expect(await page.locator('#paused').count()).toBe(0);
    await close();
  });

  it('is set up, paused by a wrong password, and goes on when that is put right', async () => {
    const clear = await startMailServer({ inClear: true });
    const fresh = await startWeb();
    const { page, complaints, close } = await open();
    await page.goto(fresh.base);
    await page.getByRole('link', { name: 'E-mail', exact: true }).click();
    await page.getByRole('link', { name: 'Mail settings' }).click();
    await fits(page);
    await page.getByLabel('Mail server', { exact: true }).fill('localhost');
    await page.getByLabel('Port', { exact: true }).fill(String(clear.port));
    await page.getByLabel('None').check();
    await page.getByLabel('Name to sign in with').fill('practice');
    await page.getByLabel('Password', { exact: true }).fill('not this one');
    await page.getByLabel('Sender').fill('The practice <desk@practice.example>');
    await page.getByLabel('Seconds to cancel').fill('1');
    await button(page, 'Save and test').click();
    await page.getByText('Saved.').waitFor();
    expect(await page.locator('#errors').textContent()).toContain('The mail server refused the name and password.');
    await fits(page);
    await sendOne(page, 'settings', fresh);
    await page.getByText('Nothing is sent at the moment.').waitFor();
    await page.goto(`${fresh.base}/mail-settings`);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await button(page, 'Save and test').click();
    await page.getByText('The mail server answers and takes the sign-in.').waitFor();
    expect(await page.content()).not.toContain(PASSWORD);
    await until(
      async () => clear.received,
      (mails) => mails.length === 1,
    );
    expect(clear.received[0]!.envelope.to).toEqual(['settings@example.org']);
    await page.goto(`${fresh.base}/outbox`);
    expect(await page.locator('#paused').count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
    await fresh.stop();
    await clear.close();
  });

  it('parks what may have been sent, and a person sends it again or leaves it', async () => {
    const { page, close } = await open();
    for (const [name, choice, end] of [
      ['parked', 'Send again', /^Sent at/u],
      ['left', 'Leave it', 'Left as it is'],
    ] as const) {
      server.refuse.push({ at: 'dot', code: 0 });
      await sendOne(page, name);
      await heading(page, 'This needs you');
      const address = page.url();
      expect(await page.locator('#told').textContent()).toContain('It may have been sent');
      if (name === 'parked') {
        await fits(page);
        await page.goto(`${web.base}/outbox`);
        expect(await page.locator('#told').textContent()).toContain('1 to be looked at');
        await fits(page);
        await button(page, /^Send again/u).click();
        await page.goto(address);
      } else await button(page, new RegExp(`^${choice}`, 'u')).click();
      await heading(page, end);
      if (name === 'parked') await arrived(name);
      else expect(mailTo(name)).toBeUndefined();
    }
    await close();
  });
});

describe('the pages of e-mail', () => {
  it('have no violation, nothing wider than the window and no small target in any state', async () => {
    const { page, close } = await open();
    await page.goto(`${held.base}/outbox`);
    await fits(page);
    await fill(page, held, 'Una');
    await button(page, 'E-mail this').click();
    await fits(page);
    await page.getByLabel('Agreed to plain e-mail').check();
    await fits(page);
    await page.getByLabel('Where to?').fill('una@homtail.com');
    await page.getByLabel('Wants the PDF locked').check();
    await button(page, 'Look at the message').click();
    await page.locator('#slip').waitFor();
    await fits(page);
    await page.getByLabel('Yes, only the client reads it').check();
    await button(page, 'homtail.com is right').click();
    await page.locator('#password-once').waitFor();
    await fits(page);
    await button(page, 'Send').click();
    await heading(page, 'Not sent yet');
    await fits(page);
    await close();
  });
});
