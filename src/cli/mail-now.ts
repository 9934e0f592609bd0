// The settings in, the mail server that counts out: that of the environment, else the one typed into the page.
import type { MailSettings } from '../deliver/mail-settings.ts';
import { savedSettings } from '../deliver/mail-setup.ts';
import { mailIn } from './mail.ts';
import type { Settings } from './settings.ts';
import { openData } from './wire.ts';

/** Throws where no mail server is named. */
export async function mailNow(settings: Settings): Promise<MailSettings> {
  if (settings.mail !== null) return settings.mail;
  const store = await openData(settings);
  try {
    return mailIn(await savedSettings(store.mailSettings));
  } finally {
    await store.close();
  }
}
