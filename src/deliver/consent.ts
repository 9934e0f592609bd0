// What a client said to e-mail in, a checked answer out; and the warning that is read out to them before they answer.
import { z } from 'zod';

/** By this machine's calendar. Nobody has agreed yet on a day to come. */
function isPast(day: string): boolean {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(year!, month! - 1, date!) <= new Date();
}

export const consentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** They heard the warning on that day, and agreed. */
  z.strictObject({ kind: z.literal('after-warning'), date: z.iso.date().refine(isPast) }),
  /** They get the PDF locked, and its password in another way. */
  z.strictObject({ kind: z.literal('password') }),
]);

export type Consent = z.output<typeof consentSchema>;

/** Without it nothing is sent. */
export type Agreed = Exclude<Consent, { kind: 'none' }>;

/** To be read out, in the language of the article: a paragraph each. */
const WARNINGS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'I can send your handout by e-mail. Other people may be able to read e-mail: whoever shares your mailbox, phone or computer, and at work your employer. It can also reach the wrong person.',
    'You can say no. That changes nothing about your care, and I will give you the handout on paper.',
    'If you say yes, you can change your mind at any time. Just tell me.',
    'Is this a mailbox that only you read? Shall I send it there?',
  ],
  es: [
    'Puedo enviarle su hoja por correo electrónico. Otras personas podrían leer el correo: quien comparta con usted el buzón, el teléfono o el ordenador y, en el trabajo, su empresa. También puede llegarle a otra persona por error.',
    'Puede decir que no. Eso no cambia nada en su atención, y le daré la hoja en papel.',
    'Si dice que sí, puede cambiar de opinión cuando quiera. Solo tiene que decírmelo.',
    '¿Este buzón lo lee solo usted? ¿Se la envío ahí?',
  ],
};

/** In English where the warning is not written in that language: somebody has to put it into the client’s own words. */
export function warningIn(lang: string): { lang: string; paragraphs: readonly string[] } {
  const known = WARNINGS[lang];
  return known === undefined ? { lang: 'en', paragraphs: WARNINGS.en! } : { lang, paragraphs: known };
}
