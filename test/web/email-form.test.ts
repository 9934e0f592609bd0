// From the form to the outbox, through HTTP: what must be answered first, what is looked at, and what is never sent.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { type MailServer, PASSWORD, startMailServer } from '../deliver/mail/mail-server.ts';
import { until } from '../deliver/mail/sending.ts';
import { popplerText } from '../support/poppler.ts';
import { FILLED, send, startWeb, type Web } from './start.ts';

let web: Web;
let drafts: Web;
let held: Web;
let server: MailServer;
beforeAll(async () => {
  server = await startMailServer();
  const { port, ca } = server;
  web = await startWeb(undefined, {}, undefined, { port, ca, password: PASSWORD, holdMs: 300 });
  held = await startWeb(undefined, {}, undefined, { port, ca, password: PASSWORD, holdMs: 600_000 });
  drafts = await startWeb();
});
afterAll(async () => {
  await web.stop();
  await drafts.stop();
  await held.stop();
  await server.close();
});

let mails = 0;
/** Each test has an address and a mail of its own. */
const ready = (fields: Readonly<Record<string, string>> = {}) => {
  mails += 1;
  const id = `4222-8333-${String(mails).padStart(12, '0')}`;
  return {
    ...FILLED,
    form: `0f0e0d0c-1111-${id}`,
    mail: `0f0e0d0c-2222-${id}`,
    email: `ann.${mails}@example.org`,
    mailbox: 'private',
    consent: 'after-warning',
    warned: '2026-11-20',
    kept: '',
    act: 'look',
    ...fields,
  };
};
const post = async (fields: Readonly<Record<string, string | readonly string[]>>, { base } = web) => {
  const answer = await send(base, '/email', fields);
  return { status: answer.status, location: answer.headers.get('location'), page: await answer.text() };
};
const errorsOf = (page: string) =>
  [...(/id="errors"[\s\S]*?<\/div>/u.exec(page)?.[0] ?? '').matchAll(/<a href="[^"]*">([^<]+)<\/a>/gu)].map(
    ([, text]) => text,
  );
const fieldOf = (page: string, name: string) => new RegExp(`name="${name}"[^>]* value="([^"]*)"`, 'u').exec(page)?.[1];
const stateOf = async (location: string) => (await (await fetch(web.base + location)).text()).replace(/\s+/gu, ' ');

describe('the page that asks', () => {
  it('comes from the form, has a password made and nothing answered', async () => {
    const { status, page } = await post({ ...FILLED, act: '' });
    expect(status).toBe(200);
    expect(errorsOf(page)).toEqual([]);
    expect(page).toContain('Other people may be able to read e-mail');
    expect(fieldOf(page, 'password')).toMatch(/^\d{4}(-\d{4}){3}$/u);
    expect(fieldOf(page, 'note')).toBe(FILLED.note);
    expect(page).not.toContain(' checked');
    expect((await fetch(`${web.base}/email`)).status).toBe(405);
  });

  it('wants every answer, and says all that is missing at once', async () => {
    const { status, page } = await post(ready({ email: 'ann', mailbox: '', consent: '' }));
    expect(status).toBe(422);
    expect(errorsOf(page)).toEqual([
      'This is not one e-mail address. Write one like ann@example.org.',
      'Say what the client answered. Without an answer nothing is sent.',
      'Say whether this mailbox is private. Ask the client who else reads it.',
    ]);
  });

  it.each([
    [{ consent: 'none' }, 'The client has not agreed to e-mail.'],
    [{ mailbox: 'shared' }, 'Others read this mailbox.'],
    [{ warned: '2026-11-24' }, 'The day on which the client was warned must be today or before.'],
    [{ warned: 'yesterday' }, 'The day on which the client was warned must be today or before.'],
    [{ consent: 'password', password: 'short' }, 'The PDF has no password that will do.'],
    [{ email: 'ann@example.org, bo@example.org' }, 'This is not one e-mail address.'],
    [{ email: 'ann@example.org\r\nBcc: bo@example.org' }, 'This is not one e-mail address.'],
  ])('refuses %j with a sentence, whatever the button', async (fields, sentence) => {
    for (const act of ['look', 'send', 'draft']) {
      const { status, page } = await post({ ...ready(fields), act });
      expect([status, errorsOf(page)]).toEqual([422, [expect.stringContaining(sentence)]]);
    }
  });

  it('asks about a slip of the fingers: it is changed, or kept', async () => {
    const slip = ready({ email: ' Ann@homtail.com ', act: 'send' });
    const asked = await post(slip);
    expect(asked.status).toBe(409);
    expect(asked.page).toContain('Did you mean hotmail.com?');
    const changed = await post({ ...slip, act: 'mend' });
    expect(fieldOf(changed.page, 'email')).toBe('Ann@hotmail.com');
    expect(changed.page).not.toContain('Did you mean');
    const kept = await post({ ...slip, act: 'keep' });
    expect(kept.page).toContain('<strong>Ann@homtail.com</strong>');
    expect(fieldOf(kept.page, 'kept')).toBe('homtail.com');
  });

  it('says that a discreet client gets the discreet copy, and never offers it as the message', async () => {
    const { page } = await post({ ...ready({ discreet: 'yes', client: '', note: '' }), act: '' });
    expect(page).toContain('The discreet copy goes out');
    expect(page).not.toContain('name="asPage"');
  });

  it('is not reached with the words that were written to somebody else', async () => {
    const before = ready({ act: 'send' });
    expect((await post(before)).status).toBe(303);
    const { status, page } = await post({ ...before, client: 'Bo' });
    expect(status).toBe(409);
    expect(page).toContain('New client?');
    expect(page).not.toContain(before.email);
  });
});

describe('the message', () => {
  it('is shown as it goes out: to whom, from whom, its words, its file and its pages', async () => {
    const { status, page } = await post(ready());
    expect(status).toBe(200);
    const text = page.replace(/<[^>]*>/gu, ' ').replace(/\s+/gu, ' ');
    for (const words of [
      /To ann\.\d+@example\.org/u,
      'From The practice &lt;desk@practice.example&gt;',
      'Subject Your handout from the practice',
      /Attached handout\.pdf, \d pages?/u,
      'Hello Ann,',
    ])
      expect(text).toMatch(words);
    expect(text).not.toContain('The password is');
  });

  it('is shown from the practice’s name as it is set, and from the neutral one to a discreet client', async () => {
    const from = { name: 'Couples & Trauma Centre', address: 'desk@practice.example' };
    const named = await startWeb(undefined, { sending: () => ({ from, replyTo: null, holdMs: 1000 }) });
    const fromOf = async (fields: Readonly<Record<string, string>>) =>
      /<dt>From<\/dt><dd>([^<]*)<\/dd>/u.exec((await post(ready(fields), named)).page)?.[1];
    expect(await fromOf({})).toBe('Couples &amp; Trauma Centre &lt;desk@practice.example&gt;');
    expect(await fromOf({ discreet: 'yes', client: '', note: '' })).toBe('The office &lt;desk@practice.example&gt;');
    await named.stop();
  });

  it('shows the password once, to be given by phone', async () => {
    const { page } = await post(ready({ consent: 'password', password: '1234-5678-9012-3456' }));
    expect(page).toContain('The password is <span class="password">1234-5678-9012-3456</span>');
    expect(page).toContain(', locked');
    expect(page).not.toContain('asPage');
  });
});

describe('sending', () => {
  it('is held, sent once however often the button is pressed, and holds that client’s words alone', async () => {
    const mail = ready({ act: 'send', client: 'Zoë Łukasiewicz' });
    const [first, second] = await Promise.all([post(mail), post(mail)]);
    expect(first.location).toMatch(/^\/outbox\/[0-9a-f-]{36}$/u);
    expect([first.status, second.location]).toEqual([303, first.location]);
    expect((await post(mail)).location).toBe(first.location);
    await until(
      () => stateOf(first.location!),
      (page) => page.includes('Handed to the mail server.'),
    );
    const got = server.received.filter(({ envelope }) => envelope.to[0] === mail.email);
    expect(got).toHaveLength(1);
    expect(popplerText(got[0]!.mail.attachments[0]!.content)).toContain('Zoë Łukasiewicz');
    expect(got[0]!.mail.subject).toBe('Your handout from the practice');
    expect((await post(mail)).location).toBe(first.location);
    expect(await stateOf(first.location!)).not.toContain('example.org');
  });

  it('carries the handout itself as the message by choice, and for who agreed to that alone', async () => {
    const topic = 'Feeling seen, heard, and supported';
    for (const [consent, isThere] of [
      ['after-warning', true],
      ['password', false],
    ] as const) {
      const mail = ready({ act: 'send', consent, asPage: 'yes', password: '1234-5678-9012-3456' });
      expect((await post(mail)).status).toBe(303);
      const got = await until(
        async () => server.received.find(({ envelope }) => envelope.to[0] === mail.email),
        (received) => received !== undefined,
      );
      expect(String(got!.mail.html).includes(topic)).toBe(isThere);
      expect(got!.mail.text).not.toContain(topic);
      expect(got!.raw).not.toContain('1234-5678');
    }
  });

  it('the same to the same address on a day needs a reason', async () => {
    const mail = ready({ act: 'send' });
    await post(mail);
    const again = { ...mail, mail: ready().mail };
    const refused = await post(again);
    expect(refused.status).toBe(409);
    expect(errorsOf(refused.page)).toEqual([
      'This very handout went to this address today already. Say why it is to go once more.',
    ]);
    expect((await post({ ...again, reason: 'It was deleted.' })).status).toBe(303);
  });

  it('what was taken back can be sent anew from the same page', async () => {
    const mail = ready({ act: 'send' });
    const { location } = await post(mail);
    await send(web.base, `/outbox/mails/${mail.mail}`, { act: 'cancel' });
    const again = await post(mail);
    expect(again.status).toBe(303);
    expect(again.location).not.toBe(location);
  });

  it('what was taken back goes anew once however often the button is pressed, each time it is taken back', async () => {
    const mail = ready({ act: 'send', reason: 'It was deleted.' });
    const places = new Set([(await post(mail, held)).location]);
    for (const round of [1, 2]) {
      const { outbox } = held.services;
      const before = (await outbox.list()).filter(({ state }) => state === 'held');
      expect(before).toHaveLength(1);
      await outbox.cancel(before[0]!.id);
      const pressed = await Promise.all([post(mail, held), post(mail, held)]);
      for (const { location } of [...pressed, await post(mail, held)]) places.add(location);
      expect(places.size).toBe(1 + round);
    }
    expect((await held.services.outbox.list()).filter(({ state }) => state === 'held')).toHaveLength(1);
  });
});

describe('a draft', () => {
  it('opens in the clinician’s own mail program when no mail server is named', async () => {
    const mail = ready();
    const look = await post(mail, drafts);
    expect(look.page).toContain('Save as an e-mail draft (.eml)');
    expect(look.page).not.toContain('value="send"');
    const answer = await send(drafts.base, '/email', { ...mail, act: 'draft' });
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="e-mail-\d{4}\.eml"$/u);
    const draft = await simpleParser(Buffer.from(await answer.arrayBuffer()));
    expect(draft.headers.get('x-unsent')).toBe('1');
    expect(draft.to).toMatchObject({ text: mail.email });
    expect(popplerText(draft.attachments[0]!.content)).toContain('Ann');
    expect((await post({ ...mail, act: 'send' }, drafts)).page).toContain('Save as an e-mail draft');
    expect(await drafts.services.outbox.list()).toEqual([]);
  });
});
