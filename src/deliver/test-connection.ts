// A mail server's settings in, what is wrong with the connection in plain words out. Nothing is sent.
import type { Problem } from '../errors.ts';
import type { MailSettings } from './mail-settings.ts';
import { sayAnswer } from './mail-words.ts';

/** Somebody sits before it. */
const WAITS = { connect: 10_000, reply: 10_000, whole: 30_000 };

/** Null when it is right. */
export async function testConnection(mail: MailSettings): Promise<Problem | null> {
  const { openSmtp } = await import('./smtp.ts');
  const smtp = openSmtp({ ...mail, connections: 1, waits: WAITS });
  try {
    return sayAnswer(await smtp.test());
  } finally {
    smtp.close();
  }
}
