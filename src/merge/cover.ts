// The handouts of a packet and where they begin in, the sheet of blocks that stands before them out.
import type { Block, Inline, Sheet } from './block.ts';
import type { Choice } from './choice.ts';
import { logoName } from './letterhead.ts';
import type { Practice } from './practice.ts';
import { say, sayDate, wordsOf } from './words.ts';

/** One handout of the contents; `page` is counted over the packet. */
export interface Content {
  title: string;
  lang: string;
  page: number;
}

/** In the language of the first handout; titles in their own. Every block is the client's, for none is kept. */
export function coverSheet({ client, date }: Choice, contents: readonly Content[], practice: Practice): Sheet {
  const lang = contents[0]?.lang ?? 'en';
  const words = wordsOf(lang);
  const day = sayDate(date, lang, practice.country);
  const whom: Inline[] =
    client === '' ? [] : [{ text: fenced(say(words.for, { client })), bold: true }, { text: ' · ' }];
  const blocks: Block[] = [
    ...masthead(practice),
    { kind: 'heading', level: 1, inlines: [{ text: words.packet }], personal: true },
    { kind: 'paragraph', style: 'for', inlines: [...whom, { text: fenced(day) }], personal: true },
    { kind: 'list', marker: 'number', items: contents.map((one) => [item(one, words.onPage, lang)]), personal: true },
  ];
  return {
    lang,
    dir: words.dir,
    title: words.packet,
    blocks,
    foot: [],
    pageWords: '',
    discreet: false,
    fillable: false,
  };
}

function masthead({ name, contact, logo }: Practice): Block[] {
  if (name === '' && contact.length === 0 && logo === null) return [];
  const text = (words: string): Inline[] => (words === '' ? [] : [{ text: fenced(words) }]);
  return [
    {
      kind: 'masthead',
      logo: logo === null ? null : { image: logoName(logo), alt: name === '' ? 'Logo' : name },
      name: text(name),
      contact: text(contact.join(' · ')),
      personal: true,
    },
  ];
}

function item({ title, lang, page }: Content, onPage: string, ours: string): Block {
  const [before = '', after = ''] = say(onPage, { page: String(page) }).split('{title}');
  const named: Inline = { text: fenced(title), bold: true, ...(lang === ours ? {} : { lang }) };
  const inlines = [{ text: before }, named, { text: after }].filter(({ text }) => text !== '');
  return { kind: 'paragraph', style: 'body', inlines, personal: true };
}

/** A name of another direction does not turn what stands around it (UAX 9, first strong isolate). */
function fenced(text: string): string {
  return `\u2068${text}\u2069`;
}
