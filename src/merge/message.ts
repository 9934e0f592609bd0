// For whom, from whom and in which language in, the words of an e-mail out: nothing of its topic, the name in the greeting alone.
import type { Practice } from './practice.ts';
import { compileFile, ready, type Template } from './templates.ts';
import { type HandoutWords, say, wordsOf } from './words.ts';

export interface Writing {
  lang: string;
  /** Empty = a greeting without a name. */
  client: string;
  practice: Practice;
  /** Neither the name nor the practice, nor that it is a handout. */
  discreet: boolean;
  /** How many handouts are in the file. */
  handouts: number;
  /** The file opens with a password that comes another way. */
  locked: boolean;
}

export interface Message {
  /** Then no other sender may be named either. */
  discreet: boolean;
  subject: string;
  /** Shown as the sender beside the address, as neutral as the subject. */
  sender: string;
  text: string;
  html: string;
  /** The name of the attachment. */
  file: string;
}

let template: Template | null = null;

/** Mail programs show the beginning of a message in a list: after ours comes nothing that could be read there. */
const PADDING = '&#847;&zwnj;&nbsp;'.repeat(60);

export function writeMessage({ lang, client, practice, discreet, handouts, locked }: Writing): Message {
  template ??= compileFile('email.hbs');
  const words = wordsOf(lang);
  const name = discreet ? '' : client;
  const { subject, sender, file, attached } = (discreet ? plain : usual)(words, handouts);
  const paragraphs = [
    name === '' ? words.mailHello : say(words.mailHelloTo, { client: name }),
    attached,
    ...(locked ? [words.mailLocked] : []),
    words.mailMistake,
  ];
  const signature = discreet ? [] : [practice.name, ...practice.contact].filter((line) => line !== '');
  const { dir } = words;
  const html = template({ lang, dir, subject, preview: attached, padding: ready(PADDING), paragraphs, signature });
  const parts = [attached, ...paragraphs.filter((one) => one !== attached), signature.join('\n')];
  return { discreet, subject, sender, file, html, text: `${parts.filter((part) => part !== '').join('\n\n')}\n` };
}

const usual = (words: HandoutWords, handouts: number) => ({
  subject: words.mailSubject,
  sender: words.mailSender,
  file: words.mailFile,
  attached: handouts > 1 ? words.mailAttachedMany : words.mailAttached,
});

const plain = (words: HandoutWords) => ({
  subject: words.mailPlainSubject,
  sender: words.mailPlainSender,
  file: words.mailPlainFile,
  attached: words.mailPlainAttached,
});
