// The words a handout does without, by language: what to look for in, what to write instead out.
import { isEnglish, isSpanish } from './reading.ts';

export interface Avoided {
  /** Finds it as a whole word, whatever its case. */
  pattern: RegExp;
  /** What to write instead; may be several, parted by a comma. */
  instead: string;
}

export interface WordList {
  /** May stand where the article says what it means. */
  jargon: readonly Avoided[];
  /** Blames or labels the person; may stand only between quotation marks, as a thought the text answers. */
  blame: readonly Avoided[];
  /** Tells that a sentence says what a word means. */
  explains: RegExp;
  /** A passive verb. */
  passive: RegExp;
  /** A number that has to come from somewhere. */
  claim: RegExp;
}

/** One a line: words (a regular expression), `=`, what to write instead. */
const list = (text: string): Avoided[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [words = '', instead = ''] = line.split('=').map((part) => part.trim());
      return { pattern: new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'iu'), instead };
    });

/** After the Everyday Words for Public Health Communication (CDC 2016), and what therapists say among themselves. */
const ENGLISH_JARGON = list(`
  additional = more, extra
  adverse = bad, harmful
  affect regulation|emotion(al)? regulation = handling strong feelings
  anhedonia = no joy in things
  approximately = about
  assist(s|ed|ance)? = help
  autonomic = automatic
  avoidance behaviou?rs? = staying away from things
  chronic = lasting
  cognitions? = thoughts
  cognitive distortions? = unhelpful thoughts
  cognitive(?! behaviou?r) = of thinking
  commence(s|d)? = start
  comorbid(ity)? = at the same time
  contraindicat\\w+ = not safe
  coping (mechanisms?|strateg(y|ies)) = ways to cope
  cortisol|adrenaline|oxytocin|serotonin|dopamine = say what it does in the body
  amygdala|hippocampus|prefrontal|limbic = part of the brain
  demonstrate[sd]? = show
  (dys|self-)regulat\\w+ = out of balance, calming yourself
  dissociat\\w+ = feeling far away, feeling unreal
  efficacy = how well it works
  etiology = cause
  exacerbate[sd]? = make worse
  exposure = facing it step by step
  facilitate[sd]? = help
  hyper-?arousal = on high alert
  hypo-?arousal = shut down
  hypervigilan\\w+ = always on guard
  implement(s|ed|ing)? = do, start
  individuals = people
  in order to = to
  insomnia = trouble sleeping
  interventions? = help, treatment
  maladaptive|dysfunctional = unhelpful
  modalit(y|ies) = kind of therapy
  neuro\\w+ = of the nerves, of the brain
  numerous = many
  obtain(s|ed)? = get
  optimal = best
  (para)?sympathetic = of the body’s alarm, of the body’s brake
  pathology = illness
  prevalence = how common it is
  prior to = before
  prognosis = what to expect
  psychoeducation(al)? = facts, learning
  psychosocial|biopsychosocial = of life and other people
  ruminat\\w+ = going over and over it
  schemas? = deep beliefs
  somatic = of the body
  stimul(us|i) = what sets it off
  subsequent(ly)? = later, then
  sufficient = enough
  symptomatology = signs
  utili[sz](e|es|ed|ing|ation) = use
`);

/** After the APA style on bias-free language (7th edition, 5.4–5.6) and NIDA, Words Matter (2021). */
const ENGLISH_BLAME = list(`
  suffer(s|ed|ing)? from = has, lives with
  victims? (of|to) = a person who went through
  afflicted|stricken = who has
  non-?complian(t|ce)|non-?adheren(t|ce) = does not take it, and why
  complian(t|ce) = follows the plan
  (fail(s|ed)?|failure) to = did not, could not
  refus(e|es|ed|ing) (treatment|help|medicine|medication) = did not want
  addicts?|junk(y|ies)|drug abusers?|substance abusers?|abusers? = people who use drugs
  alcoholics?(?! Anonymous) = people who drink too much
  (drug|substance|alcohol) abuse = drug use, harmful drinking
  clean and sober|(is|are|am|get|stay|stayed) clean = not using
  relapsed again = used again
  the mentally ill|the disabled|the depressed|the anxious = people with …
  (mentally ill|crazy|insane|psycho|lunatic)( (people|persons?))? = say what the person goes through
  schizophrenics?|borderlines?|bipolars|psychotics?|neurotics?|depressives? = people with …
  commit(s|ted|ting)? suicide = die by suicide, end one’s life
  (failed|successful) suicide( attempts?)? = tried to end one’s life
  attention[- ]seeking|manipulative|needy|lazy|weak-willed|hysterical|difficult (person|client) = say what happens
  over-?react(s|ed|ing)?|too sensitive|making a fuss = say what the person feels
  (?<!\\b(?:not|never|none|nothing|nobody)\\b[^.]{0,30}|n.t )your (own )?fault = say what can be done
  you should have|you ought to have = say what can be done now
  just (relax|stop|get over|calm down|snap out|be positive|think positive)|cheer up|get over it = give a step that helps
  normal people = most people
`);

const SPANISH_JARGON = list(`
  adicional(es)? = más
  adverso[sa]? = malo
  cr[óo]nic[oa]s? = que dura mucho
  cortisol|adrenalina|oxitocina|serotonina|dopamina = di qué hace en el cuerpo
  am[íi]gdala|hipocampo|prefrontal|l[íi]mbic[oa] = parte del cerebro
  cognici[óo]n(es)?|cognitiv[oa]s? = del pensamiento
  comorbilidad = a la vez
  disociaci[óo]n|disociativ[oa]s? = sentirse lejos, irreal
  distorsion(es)? cognitivas? = pensamientos que no ayudan
  desadaptativ[oa]s?|disfuncional(es)? = que no ayuda
  (des|auto)regulaci[óo]n = calmarse
  facilitar = ayudar
  hiper(activaci[óo]n|vigilancia) = estar muy alerta
  hipoactivaci[óo]n = apagarse
  individuos = personas
  insomnio = dormir mal
  intervenci[óo]n(es)? = ayuda, tratamiento
  modalidad(es)? = tipo de terapia
  (para)?simp[áa]tico = de la alarma del cuerpo, del freno del cuerpo
  patolog[íi]a = enfermedad
  prevalencia = cuánta gente lo tiene
  pron[óo]stico = qué esperar
  psicoeducaci[óo]n = información
  rumia(ci[óo]n|r)? = dar vueltas y vueltas
  sintomatolog[íi]a = señales
  som[áa]tic[oa]s? = del cuerpo
  est[íi]mulos? = lo que lo provoca
  utilizar|utiliza[sn]? = usar
`);

const SPANISH_BLAME = list(`
  padece(n|s)? (de )?|sufre(n|s)? de|aquejad[oa]s? = tiene, vive con
  v[íi]ctimas? de = persona que pasó por
  incumpl\\w+|no cumple con el tratamiento = no lo toma, y por qué
  adict[oa]s?|drogadict[oa]s?|toxic[óo]man[oa]s? = persona que consume
  alcoh[óo]lic[oa]s?(?! An[óo]nim) = persona que bebe demasiado
  (abuso|abusador(es)?) de (drogas|alcohol|sustancias) = consumo
  enferm[oa]s? mental(es)?|loc[oa]s?|demente[s]? = di por qué pasa la persona
  esquizofr[ée]nic[oa]s?|depresiv[oa]s?|neur[óo]tic[oa]s?|bipolares = persona con …
  cometer suicidio|cometi[óo] suicidio = morir por suicidio
  llamar la atenci[óo]n|manipulador(a|es)?|hist[ée]ric[oa]s?|vag[oa]s?|d[ée]bil de car[áa]cter = di qué pasa
  (?<!(?<!\\p{L})(?:no|ni|nada|nadie|nunca|ning[úu]n\\w*)(?!\\p{L})[^.]{0,30})(?:por )?(?:culpa tuya|tu culpa) = di qué se puede hacer
  solo rel[áa]jate|an[íi]mate|sup[ée]ralo = da un paso que ayude
  personas normales|gente normal = la mayoría de la gente
`);

const IRREGULAR =
  'made|done|given|taken|seen|known|shown|told|said|found|held|kept|put|sent|built|bought|brought|caught|felt|led|meant|paid|written|spoken|broken|chosen|driven|eaten|forgotten|hidden|worn|thought|taught|understood|drawn|thrown|blamed';
/** They say how somebody is, not what is done to anybody. */
const STATES =
  'tired|scared|worried|stressed|used|supposed|allowed|interested|excited|bored|confused|relaxed|ashamed|overwhelmed|frightened|exhausted|depressed|annoyed|embarrassed|concerned|married|divorced|separated|surprised|prepared|wired|need|indeed|afraid|pleased|disappointed|stuffed|rushed|tempted|isolated|connected|cornered|involved|based|numbed|crowded|closed|spaced|shocked|hurried|detached|rested';

const ENGLISH: WordList = {
  jargon: ENGLISH_JARGON,
  blame: ENGLISH_BLAME,
  explains:
    /\b(means?|meaning|called|call|is when|that is|short for|name for|known as|is (a|the|your|one)|are (a|the|your))\b|\(|—|:/iu,
  passive: new RegExp(
    `\\b(?:am|is|are|was|were|be|been|being|isn.t|aren.t|wasn.t|weren.t)(?:\\s+(?:not|never|often|always|also|still|just|all|\\p{L}+ly))*\\s+(?!(?:${STATES})\\b)(?:\\p{L}{2,}ed|${IRREGULAR})\\b`,
    'iu',
  ),
  claim:
    /(?:\b\d[\d,.]*|\b(?:one|two|three|half)) (?:in|of|out of) (?:every )?(?:\d|ten\b|hundred\b|three\b|four\b|five\b)|\d ?%|\bper ?cent\b|\b\d[\d,.]* (?:studies|trials|countries|people|adults|students)\b/iu,
};

const SPANISH: WordList = {
  jargon: SPANISH_JARGON,
  blame: SPANISH_BLAME,
  explains:
    /\b(significa|quiere decir|se llaman?|llamamos|es decir|es cuando|es (un|una|el|la)|son (el|la|los|las))\b|\(|—|:/iu,
  passive:
    /(?<!\p{L})(?:es|son|fue|fueron|era|eran|ser|sido|será|serán)\s+(?:\p{L}+mente\s+)?\p{L}{2,}(?:ado|ada|ados|adas|ido|ida|idos|idas)(?!\p{L})/iu,
  claim:
    /(?:\d[\d.,]*|\b(?:una?|dos|tres)) de cada (?:\d|diez\b|cien\b|tres\b|cuatro\b|cinco\b)|\d ?%|\bpor ciento\b|\b\d[\d.,]* (?:estudios|ensayos|países|personas|adultos|estudiantes)\b/iu,
};

/** Null in a language for which we have none. */
export function wordListOf(lang: string): WordList | null {
  if (isEnglish(lang)) return ENGLISH;
  return isSpanish(lang) ? SPANISH : null;
}
