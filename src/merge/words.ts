// The words a handout says by itself, one table per language, with the language's direction.

export interface HandoutWords {
  dir: 'ltr' | 'rtl';
  /** The title of a discreet copy. */
  untitled: string;
  /** `{client}` is the name. */
  for: string;
  from: string;
  noteFrom: string;
  note: string;
  /** Headings of the slots. */
  words: string;
  agreed: string;
  plan: string;
  obstacle: string;
  appointment: string;
  /** Headings of the clinician's copy. `{title}`. */
  forClinician: string;
  whyGive: string;
  introduce: string;
  notWhen: string;
  teachBack: string;
  /** Over what the clinician says because a discreet page only hints at it. */
  sayAloud: string;
  inHandout: string;
  helpNow: string;
  sources: string;
  /** Instead of `sources` where there are none. */
  about: string;
  /** `{updated}`; the version stands in the foot. */
  edition: string;
  notReviewed: string;
  /** `{by}`, `{on}`. */
  reviewed: string;
  /** `{title}`. */
  next: string;
  moreFromUs: string;
  /** `{address}`. */
  code: string;
  /** `{page}`, `{pages}`. */
  page: string;
  /** The heading of the client's own plan, and what it asks besides the obstacle. */
  thisWeek: string;
  what: string;
  when: string;
  /** Over the contents of several handouts. */
  packet: string;
  /** `{title}`, `{page}`. */
  onPage: string;
  /** `{place}`, `{places}`: of this client in a pile. */
  place: string;
  /** What anybody may read who looks at a list of messages: neutral. */
  mailSubject: string;
  mailSender: string;
  mailAttached: string;
  mailAttachedMany: string;
  /** `{client}`; and without a name. */
  mailHelloTo: string;
  mailHello: string;
  mailLocked: string;
  /** For a mailbox that others may look into: neither handouts nor a practice. */
  mailPlainSubject: string;
  mailPlainSender: string;
  mailPlainAttached: string;
  mailPlainFile: string;
  mailMistake: string;
  /** ASCII: some mail programs still break other names. */
  mailFile: string;
}

const TABLE: Readonly<Record<string, HandoutWords>> = {
  en: {
    dir: 'ltr',
    untitled: 'Your handout',
    for: 'For {client}',
    from: 'from {clinician}',
    noteFrom: 'A note from {clinician}',
    note: 'A note for you',
    words: 'In your words',
    agreed: 'What we agreed',
    plan: 'What I will try, and when',
    obstacle: 'What may get in the way',
    appointment: 'Next appointment',
    forClinician: 'For the clinician: {title}',
    whyGive: 'Why give it',
    introduce: 'Introducing it',
    notWhen: 'When not to',
    teachBack: 'Ask, to teach back',
    sayAloud: 'Say this aloud',
    inHandout: 'In the handout',
    helpNow: 'Help right now',
    sources: 'Sources',
    about: 'About this page',
    edition: 'Updated {updated}.',
    notReviewed: 'Not clinically reviewed.',
    reviewed: 'Reviewed by {by}, {on}.',
    next: 'Read next: {title}.',
    moreFromUs: 'More from us:',
    code: 'QR code: {address}',
    page: 'page {page} of {pages}',
    thisWeek: 'This week I will …',
    what: 'What',
    when: 'When',
    packet: 'Your handouts',
    onPage: '{title}, page {page}',
    place: '{place} of {places}',
    mailSubject: 'Your handout from the practice',
    mailSender: 'The practice',
    mailAttached: 'Your handout is attached as a PDF.',
    mailAttachedMany: 'Your handouts are attached as one PDF.',
    mailHelloTo: 'Hello {client},',
    mailHello: 'Hello,',
    mailPlainSubject: 'Your document',
    mailPlainSender: 'The office',
    mailPlainAttached: 'Your document is attached as a PDF.',
    mailPlainFile: 'document.pdf',
    mailLocked: 'It opens with the password that you are given by phone or in person.',
    mailMistake: 'If this is not for you, please delete it and tell us by replying.',
    mailFile: 'handout.pdf',
  },
  es: {
    dir: 'ltr',
    untitled: 'Su hoja',
    for: 'Para {client}',
    from: 'de {clinician}',
    noteFrom: 'Una nota de {clinician}',
    note: 'Una nota para usted',
    words: 'En sus propias palabras',
    agreed: 'Lo que acordamos',
    plan: 'Lo que voy a intentar, y cuándo',
    obstacle: 'Lo que podría dificultarlo',
    appointment: 'Próxima cita',
    forClinician: 'Para profesionales: {title}',
    whyGive: 'Por qué darla',
    introduce: 'Cómo presentarla',
    notWhen: 'Cuándo no darla',
    teachBack: 'Para comprobar que quedó claro',
    sayAloud: 'Dígalo de viva voz',
    inHandout: 'En la hoja',
    helpNow: 'Ayuda ahora mismo',
    sources: 'Fuentes',
    about: 'Sobre esta hoja',
    edition: 'Edición: {updated}.',
    notReviewed: 'Sin revisión clínica.',
    reviewed: 'Revisado por {by}, {on}.',
    next: 'Siga con: {title}.',
    moreFromUs: 'Más información nuestra:',
    code: 'Código QR: {address}',
    page: 'página {page} de {pages}',
    thisWeek: 'Esta semana voy a…',
    what: 'Qué',
    when: 'Cuándo',
    packet: 'Sus hojas',
    onPage: '{title}, página {page}',
    place: '{place} de {places}',
    mailSubject: 'Su hoja de la consulta',
    mailSender: 'La consulta',
    mailAttached: 'Le enviamos su hoja adjunta en PDF.',
    mailAttachedMany: 'Le enviamos sus hojas adjuntas en un solo PDF.',
    mailHelloTo: 'Hola, {client}:',
    mailHello: 'Hola:',
    mailPlainSubject: 'Su documento',
    mailPlainSender: 'La oficina',
    mailPlainAttached: 'Le enviamos su documento adjunto en PDF.',
    mailPlainFile: 'documento.pdf',
    mailLocked: 'Se abre con la contraseña que se le da por teléfono o en persona.',
    mailMistake: 'Si este mensaje no es para usted, bórrelo y avísenos respondiendo a él.',
    mailFile: 'hoja.pdf',
  },
  ar: {
    dir: 'rtl',
    untitled: 'ورقتك',
    for: 'إلى {client}',
    from: 'من {clinician}',
    noteFrom: 'ملاحظة من {clinician}',
    note: 'ملاحظة لك',
    words: 'بكلماتك',
    agreed: 'ما اتفقنا عليه',
    plan: 'ما سأجرّبه ومتى',
    obstacle: 'ما قد يعترض الطريق',
    appointment: 'الموعد القادم',
    forClinician: 'للمعالج: {title}',
    whyGive: 'لماذا تُعطى',
    introduce: 'كيف تُقدَّم',
    notWhen: 'متى لا تُعطى',
    teachBack: 'سؤال للتحقق من الفهم',
    sayAloud: 'قل هذا شفهيًّا',
    inHandout: 'في هذه النشرة',
    helpNow: 'المساعدة الآن',
    sources: 'المصادر',
    about: 'عن هذه الصفحة',
    edition: 'آخر تحديث {updated}.',
    notReviewed: 'لم تتم مراجعته سريريًا بعد.',
    reviewed: 'راجعه {by}، {on}.',
    next: 'اقرأ بعد ذلك: {title}.',
    moreFromUs: 'المزيد منا:',
    code: 'رمز QR: {address}',
    page: 'صفحة {page} من {pages}',
    thisWeek: 'هذا الأسبوع سوف …',
    what: 'ماذا',
    when: 'متى',
    packet: 'أوراقك',
    onPage: '{title}، صفحة {page}',
    place: '{place} من {places}',
    mailSubject: 'ورقتك من العيادة',
    mailSender: 'العيادة',
    mailAttached: 'تجد ورقتك مرفقة بصيغة PDF.',
    mailAttachedMany: 'تجد أوراقك مرفقة في ملف PDF واحد.',
    mailHelloTo: 'مرحبًا {client}،',
    mailHello: 'مرحبًا،',
    mailPlainSubject: 'مستندك',
    mailPlainSender: 'المكتب',
    mailPlainAttached: 'تجد مستندك مرفقًا بصيغة PDF.',
    mailPlainFile: 'document.pdf',
    mailLocked: 'يُفتح الملف بكلمة المرور التي تُعطى لك هاتفيًا أو شخصيًا.',
    mailMistake: 'إذا لم تكن هذه الرسالة لك فاحذفها من فضلك وأخبرنا بالرد عليها.',
    mailFile: 'handout.pdf',
  },
};

/** Languages the page can set. */
export const LANGUAGES: readonly string[] = Object.keys(TABLE);

/** The words of a language; a regional form falls back to its language, an unknown one to English. */
export function wordsOf(lang: string): HandoutWords {
  return TABLE[lang] ?? TABLE[lang.split('-')[0]!] ?? TABLE.en!;
}

/** `{name}` in a text replaced by its value. */
export function say(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole);
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** Days as they were said: every handout says four, and mostly the same ones. */
const days = new Map<string, string>();
const MOST_DAYS = 1000;

/** A day as the language writes it in full, with non-breaking spaces: `23 November 2026`. */
export function sayDate(iso: string, lang: string, country: string): string {
  const key = `${iso} ${lang} ${country}`;
  const said = days.get(key) ?? writeDate(iso, lang, country);
  if (days.size >= MOST_DAYS) days.clear();
  days.set(key, said);
  return said;
}

function writeDate(iso: string, lang: string, country: string): string {
  const tag = lang.includes('-') ? lang : `${lang}-${country}`;
  const format =
    formats.get(tag) ?? new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone: 'UTC', calendar: 'gregory' });
  formats.set(tag, format);
  const day = format.format(new Date(`${iso}T00:00:00Z`));
  return day.replace(/\s/gu, '\u00a0').replace(/[\u200e\u200f]/gu, '');
}
