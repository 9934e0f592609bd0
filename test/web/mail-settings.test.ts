// The page on which the mail server is named, through HTTP: tried out in plain words, kept sealed, its secrets never shown.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HandoutError } from '../../src/errors.ts';
import { type MailServer, PASSWORD, startMailServer } from '../deliver/mail/mail-server.ts';
import { send, startWeb, type Web } from './start.ts';

let server: MailServer;
let web: Web;
beforeAll(async () => {
  server = await startMailServer({ inClear: true });
});
afterAll(() => server.close());
beforeEach(async () => {
  web = await startWeb();
});
afterEach(() => web.stop());

const right = (fields: Readonly<Record<string, string>> = {}) => ({
  typed: 'yes',
  smtpHost: 'localhost',
  smtpPort: String(server.port),
  smtpTls: 'none',
  smtpUser: 'practice',
  smtpPassword: PASSWORD,
  smtpFrom: 'The practice <desk@practice.example>',
  act: 'save',
  ...fields,
});
const post = async (fields: Readonly<Record<string, string>>, { base } = web) => {
  const answer = await send(base, '/mail-settings', fields);
  return { status: answer.status, page: await answer.text() };
};
const get = async ({ base } = web) => (await fetch(`${base}/mail-settings`)).text();

describe('the mail settings', () => {
  it('are found from the outbox, and empty at first', async () => {
    expect(await (await fetch(`${web.base}/outbox`)).text()).toContain('<a class="inline" href="/mail-settings">');
    const page = await get();
    expect(page).toContain('name="smtpHost" value=""');
    expect(page).toContain('value="starttls" checked');
    expect(page).not.toContain('There is one, kept encrypted.');
  });

  it('are kept and tried, count from then on, and never show what is secret', async () => {
    expect(web.services.sending()).toBeNull();
    const { status, page } = await post(right({ smtpHoldSeconds: '7' }));
    expect(status).toBe(200);
    expect(page).toContain('Saved. The mail server answers and takes the sign-in.');
    expect(web.services.sending()).toMatchObject({ from: { address: 'desk@practice.example' }, holdMs: 7000 });
    for (const shown of [page, await get()]) {
      expect(shown).not.toContain(PASSWORD);
      expect(shown).toContain('There is one, kept encrypted.');
      expect(shown).toContain('value="The practice &lt;desk@practice.example&gt;"');
    }
    expect((await post(right({ smtpPassword: '' }))).page).toContain('takes the sign-in');
    const files = readdirSync(web.folder);
    expect(files.filter((name) => readFileSync(join(web.folder, name)).includes(PASSWORD))).toEqual([]);
    expect(web.log.filter((line) => line.includes(PASSWORD))).toEqual([]);
  });

  it('are tried without being kept', async () => {
    const { page } = await post(right({ act: 'test' }));
    expect(page).toContain('Not saved yet. Type the password or key once more to save it');
    expect(page).not.toContain(PASSWORD);
    expect(web.services.sending()).toBeNull();
  });

  it.each([
    [{ smtpPassword: 'wrong' }, 'smtpPassword', 'The mail server refused the name and password.'],
    [{ smtpPort: '1' }, 'smtpPort', 'Nothing answers at this port of the mail server.'],
    [{ smtpTls: 'tls' }, 'smtpTls', 'The mail server does not speak TLS in this way.'],
    [{ smtpTls: 'starttls' }, 'smtpHost', 'The mail server’s certificate can’t be trusted'],
  ])('say in plain words what is wrong with %j, at its field', async (fields, field, sentence) => {
    const { page } = await post(right({ act: 'test', ...fields }));
    expect(page).toMatch(new RegExp(`<a href="#${field}">${sentence}`, 'u'));
    expect(page).not.toContain('KEEPSAKE_');
    expect(page).not.toContain('class="saved"');
  });

  it('are refused where they can’t be used, all at once and each at its field', async () => {
    const { status, page } = await post(
      right({ smtpPort: '0', smtpFrom: 'nobody', smtpReplyTo: 'a@b.example, c@d.example' }),
    );
    expect(status).toBe(422);
    for (const id of ['smtpPort', 'smtpFrom', 'smtpReplyTo']) expect(page).toContain(`id="${id}-wrong"`);
    expect(page).not.toContain(PASSWORD);
    expect(web.services.sending()).toBeNull();
  });

  it('of the environment are shown and can’t be changed here', async () => {
    const { port, ca } = server;
    const given = await startWeb(undefined, {}, undefined, { port, ca, password: PASSWORD, holdMs: 1000 });
    const page = await get(given);
    expect(page).toContain('<dt>Mail server</dt><dd>localhost</dd>');
    expect(page).not.toContain('name="smtpHost"');
    expect(page).toContain('the settings that begin with KEEPSAKE_SMTP');
    expect(page).not.toContain(PASSWORD);
    expect((await post({ act: 'test' }, given)).page).toContain('The mail server answers and takes the sign-in.');
    expect((await post(right({ smtpHost: 'elsewhere.example' }), given)).status).toBe(422);
    await given.stop();
  });

  it('that were sealed with another key are said to be so, and can be typed in anew', async () => {
    const problem = { code: 'key-wrong', message: 'They were sealed with another key.' } as const;
    const locked = await startWeb(undefined, {
      mailSettings: {
        ...web.services.mailSettings,
        read: async () => {
          throw new HandoutError([problem]);
        },
      },
    });
    const page = await get(locked);
    expect(page).toContain('They were sealed with another key.');
    expect(page).toContain('name="smtpHost"');
    await locked.stop();
  });
});
