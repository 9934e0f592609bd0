import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { FILLED, PRACTICE, send, startWeb, type Web } from './start.ts';

const TYPED = {
  practiceName: 'Lake Practice',
  contact1: '1 Lake Road',
  contact2: '',
  contact3: 'lake.example',
  crisisLine: 'Call our night line: 555 0199.',
  country: 'GB',
  clinician: 'Dr Ola Nordmann',
  credentials: 'PhD',
  colour: '#7A1F3D',
  paper: 'a4',
};

const logo = () =>
  sharp({ create: { width: 200, height: 80, channels: 3, background: '#1f5c5a' } })
    .png()
    .toBuffer();

function upload(base: string, fields: Record<string, string>, file?: Buffer, name = 'logo.png') {
  const body = new FormData();
  for (const [field, value] of Object.entries(fields)) body.append(field, value);
  if (file !== undefined) body.append('logo', new Blob([new Uint8Array(file)]), name);
  return fetch(`${base}/practice`, { method: 'POST', body, redirect: 'manual' });
}

describe('the first run', () => {
  let web: Web;
  beforeEach(async () => {
    web = await startWeb(null);
  });
  afterEach(() => web.stop());

  it('comes before the form and offers the guessed country', async () => {
    const answer = await fetch(web.base);
    expect(answer.url).toBe(`${web.base}/welcome`);
    const html = await answer.text();
    expect(html).toMatch(/<option value="US"[^>]* selected>United States<\/option>/u);
    expect(html).toContain('Guessed from this computer.');
  });

  it('saves country, practice, crisis line and paper, and is not asked again', async () => {
    const { practiceName, crisisLine, country, paper } = TYPED;
    const answer = await send(web.base, '/welcome', { act: 'save', practiceName, crisisLine, country, paper });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(await web.services.practices.read()).toMatchObject({
      name: practiceName,
      crisisLine,
      country: 'GB',
      countryIsGuess: false,
      paper: 'a4',
    });
    const form = await fetch(web.base);
    expect(form.url).toBe(`${web.base}/`);
    expect(await form.text()).not.toContain('guessed from this computer');
  });

  it('can be put off, and then the form says which country was guessed and why that matters', async () => {
    await send(web.base, '/welcome', { act: 'later' });
    const html = await (await fetch(web.base)).text();
    expect(html).toContain('crisis line for <strong>United States</strong>, guessed from this computer');
    expect((await send(web.base, '/print', FILLED)).status).toBe(200);
  });

  it('keeps what was typed when it is put off, and a guess stays a guess', async () => {
    const { practiceName } = TYPED;
    await send(web.base, '/welcome', { act: 'later', practiceName, country: 'US', paper: 'letter' });
    expect(await web.services.practices.read()).toMatchObject({ name: practiceName, countryIsGuess: true });
    await send(web.base, '/welcome', { act: 'later', practiceName, country: 'GB', paper: 'a4' });
    expect(await web.services.practices.read()).toMatchObject({ country: 'GB', paper: 'a4', countryIsGuess: false });
  });

  it('shows the line that each country prints', async () => {
    const html = await (await fetch(`${web.base}/welcome`)).text();
    const { number, text } = web.services.library().crisisLines.find(({ country }) => country === 'US')!;
    expect(html).toContain(`It prints: <strong>${number} – ${text.en}</strong>`);
    expect(html).toMatch(/<option value="GB" data-line="[^"]+"/u);
    expect(html).toMatch(/<option value="AF">/u);
  });

  it('asks for a crisis line where the country has none', async () => {
    const answer = await send(web.base, '/welcome', {
      act: 'save',
      practiceName: 'Far',
      crisisLine: '',
      country: 'AF',
      paper: 'a4',
    });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('<a href="#crisisLine">Keepsake knows no crisis line for this country.');
    expect(html).toContain('<option value="AF" selected>');
    expect(html).toContain('value="Far"');
    expect(await web.services.practices.isNew()).toBe(true);
  });
});

describe('the letterhead', () => {
  let web: Web;
  beforeEach(async () => {
    web = await startWeb();
  });
  afterEach(() => web.stop());

  it('shows what is saved, saves what is typed, and says so', async () => {
    expect(await (await fetch(`${web.base}/practice`)).text()).toContain('value="Harbour Street Practice"');
    const answer = await upload(web.base, TYPED);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/practice?saved']);
    expect(await web.services.practices.read()).toEqual({
      name: 'Lake Practice',
      contact: ['1 Lake Road', 'lake.example'],
      crisisLine: TYPED.crisisLine,
      country: 'GB',
      countryIsGuess: false,
      paper: 'a4',
      clinician: 'Dr Ola Nordmann',
      credentials: 'PhD',
      colour: '#7a1f3d',
      logo: null,
    });
    expect(await (await fetch(`${web.base}/practice?saved`)).text()).toContain('Saved.');
  });

  it('says every problem at once and keeps what was typed', async () => {
    const wrong = { ...TYPED, practiceName: 'x'.repeat(81), country: 'XX', paper: 'a3' };
    const answer = await upload(web.base, wrong, Buffer.from('not an image'));
    const html = await answer.text();
    expect(answer.status).toBe(422);
    for (const field of ['practiceName', 'country', 'paper', 'logo']) expect(html).toContain(`<a href="#${field}">`);
    expect(html).toContain('x'.repeat(81));
    expect(await web.services.practices.read()).toEqual(PRACTICE);
  });

  it('takes a colour from the field or from the picker, whichever was changed', async () => {
    const colour = async (fields: Record<string, string>) => {
      await upload(web.base, { ...TYPED, ...fields });
      return (await web.services.practices.read()).colour;
    };
    expect(await colour({ colour: ' 7A1F3D', colourPicked: '#1c5757', colourShown: '' })).toBe('#7a1f3d');
    expect(await colour({ colour: '#7a1f3d', colourPicked: '#004060', colourShown: '#7a1f3d' })).toBe('#004060');
    expect(await colour({ colour: '', colourPicked: '#004060', colourShown: '#004060' })).toBe('');
    expect(await colour({ colour: '', colourPicked: '#1c5757', colourShown: '' })).toBe('');
  });

  it('refuses a colour that can’t be read, and names the nearest that can', async () => {
    const answer = await upload(web.base, { ...TYPED, colour: '#ff0', colourPicked: '#1c5757', colourShown: '' });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('The nearest that can is #717100.');
    expect(html).toContain('<a href="#colour">');
    expect(html).toContain('name="colour" value="#ff0"');
    const odd = await (await upload(web.base, { ...TYPED, colour: 'teal' })).text();
    expect(odd).toContain('The colour must be like #1c5757, or empty.');
  });

  it('keeps a logo as a picture of our own making, shows it, prints with it, and takes it away again', async () => {
    const sent = await logo();
    await upload(web.base, TYPED, sent, 'weird name.exe');
    const shown = Buffer.from(await (await fetch(`${web.base}/practice/logo.png`)).arrayBuffer());
    expect(await sharp(shown).metadata()).toMatchObject({ format: 'png', width: 200, height: 80, hasAlpha: false });
    expect(shown.equals(sent)).toBe(false);
    expect((await send(web.base, '/print', FILLED)).status).toBe(200);
    await upload(web.base, TYPED);
    expect((await web.services.practices.read()).logo).not.toBeNull();
    await upload(web.base, { ...TYPED, removeLogo: 'yes' });
    expect((await web.services.practices.read()).logo).toBeNull();
    expect((await fetch(`${web.base}/practice/logo.png`)).status).toBe(404);
  });

  it('survives a corrupt logo and says what to do', async () => {
    const cut = (await logo()).subarray(0, 120);
    const answer = await upload(web.base, TYPED, cut);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('Save the logo as a PNG and upload that.');
    expect((await fetch(`${web.base}/livez`)).status).toBe(200);
  });

  it('refuses more than 5 MB and keeps what was typed', async () => {
    const answer = await upload(web.base, TYPED, Buffer.alloc(5_000_001));
    const html = await answer.text();
    expect(answer.status).toBe(413);
    expect(html).toContain('a logo can have at most 5 MB');
    expect(html).toContain('value="Lake Practice"');
  });

  it('refuses a second file and a body that is none', async () => {
    const body = new FormData();
    body.append('other', new Blob(['a']), 'a.png');
    expect((await fetch(`${web.base}/practice`, { method: 'POST', body })).status).toBe(413);
    const broken = await fetch(`${web.base}/practice`, {
      method: 'POST',
      body: '--x\r\nnonsense',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });
    expect(broken.status).toBe(400);
  });
});
