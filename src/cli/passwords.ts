// Recipients in, their letters out; the passwords of locked ones in a file that is theirs to read alone.
import { stat } from 'node:fs/promises';
import { writeCsv } from '../deliver/csv.ts';
import { type Letter, writeLetter } from '../deliver/letter.ts';
import { makePassword } from '../deliver/password.ts';
import type { Recipient } from '../deliver/recipient.ts';
import { HandoutError, type Problem } from '../errors.ts';
import { write } from './files.ts';

/** Throws before anything is made where passwords would be lost, or would take the place of others. */
export async function lettersFor(
  recipients: readonly Recipient[],
  { passwords: out, asPage = false }: { passwords?: string; asPage?: boolean },
): Promise<Letter[]> {
  const isLocked = recipients.some(({ consent }) => consent.kind === 'password');
  if (isLocked && out === undefined) throw new HandoutError([NOWHERE]);
  if (isLocked && (await isThere(out!))) throw new HandoutError([THERE]);
  return recipients.map((packet) => {
    const { email, consent } = packet;
    const password = consent.kind === 'password' ? makePassword() : null;
    const isOpen = asPage && consent.kind === 'after-warning';
    return writeLetter({ to: email, packet, asPage: isOpen, consent, password });
  });
}

/** Before anything is sent: nobody can ask for them again. */
export async function writePasswords(
  letters: readonly Letter[],
  out: string | undefined,
  say: (line: string) => void,
): Promise<void> {
  const locked = letters.filter(({ password }) => password !== null);
  if (locked.length === 0 || out === undefined) return;
  const rows = locked.map(({ packet, password }) => [String(packet.row), password!]);
  await write(out, writeCsv([['Row', 'Password'], ...rows]), 'passwords');
  say(`${locked.length === 1 ? 'A password is' : `${locked.length} passwords are`} in the file of --passwords.`);
  say('Give each by phone or in person, never by e-mail, then delete the file.');
}

const isThere = (path: string) =>
  stat(path).then(
    (there) => there.isFile(),
    () => false,
  );

const NOWHERE: Problem = {
  code: 'password-invalid',
  message: 'There are rows whose PDF is locked, and nothing says where their passwords go.',
  hint: 'Add --passwords and the name of a new file.',
};

const THERE: Problem = {
  code: 'out-unwritable',
  message: 'The file of --passwords is there already, and holds the passwords of others.',
  hint: 'Delete it, or name a new one.',
  place: { field: 'passwords' },
};
