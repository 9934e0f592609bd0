// What staff write above their columns, in four languages: data, read by headings.ts, which gives a field out.
import type { Field } from './headings.ts';

/**
 * Words for each, in English, Spanish, German and French. Left out on purpose: “Notes”, “Comments” and “Plan”, which are
 * often not meant for the client, “Appointment”, which is often today’s, and “Date”, which is often a birthday; staff can
 * still take a column for them.
 */
export const WORDS: Readonly<Record<Field, string>> = {
  client:
    'client, client name, client full name, patient, patient name, name, full name, recipient, recipient name, participant, member, cliente, paciente, nombre, nombre completo, nombre del cliente, nombre del paciente, klient, klientin, klient/in, patientin, patient/in, nom, nom complet, client(e), patient(e), nom du client, nom du patient',
  lastFirst:
    'last first, last name first name, surname first name, name last first, apellidos nombre, nachname vorname, nom prenom',
  first:
    'first, first name, firstname, given name, forename, client first name, patient first name, vorname, prenom, nombre de pila, primer nombre',
  last: 'last, last name, surname, family name, client last name, patient last name, nachname, familienname, zuname, apellido, apellidos, nom de famille',
  handouts:
    'handout, handouts, article, articles, topic, topics, leaflet, leaflets, worksheet, materials, articulo, articulos, tema, temas, hoja, folleto, folletos, artikel, thema, themen, merkblatt, merkblaetter, merkblätter, sujet, sujets, fiche, fiches, brochure',
  preset: 'preset, presets, preajuste, vorlage, modele',
  sections: 'section, sections, parts, secciones, abschnitte, rubriques',
  language: 'language, lang, preferred language, client language, idioma, lengua, sprache, langue',
  note: 'note, note to client, note to the client, note for client, note for the client, personal note, message, message to client, nota, nota para el cliente, mensaje, notiz, notiz an klient, nachricht, mitteilung, message au client, mot',
  noteLanguage:
    'note language, language of the note, language of note, idioma de la nota, sprache der notiz, langue de la note',
  clinician:
    'clinician, clinician name, therapist, therapist name, provider, provider name, counselor, counsellor, psychologist, terapeuta, psicologo, psicologa, clinico, therapeut, therapeutin, behandler, behandlerin, therapeute, psychologue, clinicien, praticien',
  words: 'client words, clients own words, in the clients words, their words',
  agreed: 'agreed, what we agreed',
  plan: 'plan for the week',
  obstacle: 'what may get in the way',
  appointment: 'next appointment, proxima cita, naechster termin, nächster termin, prochain rendez-vous',
  date: 'handout date, date to print, day to print, print date',
  paper: 'paper, paper size, papel, papier',
  largePrint:
    'large print, large type, big print, letra grande, grossdruck, großdruck, grosse schrift, große schrift, gros caracteres',
  inkSaving: 'ink saving, save ink, toner saving',
  binder: 'binder, hole punch, punched, binder margin',
  discreet: 'discreet, discrete, discreto, diskret, discret',
  maySend:
    'may send, may send by, send by, send, delivery, delivery method, how to send, contact method, envio, enviar por, versand, versandart, senden, envoi, mode d’envoi',
  email:
    'email, e-mail, email address, e-mail address, mail address, client email, patient email, correo, correo electronico, direccion de correo, e-mail-adresse, mailadresse, courriel, adresse e-mail, adresse email, adresse courriel',
  privateMailbox:
    'private mailbox, mailbox private, private email, private e-mail, own mailbox, buzon privado, correo privado, privates postfach, boite privee',
  consent:
    'consent, email consent, e-mail consent, consent email, consent to email, mail consent, consentimiento, consentimiento de correo, einwilligung, einwilligung e-mail, consentement, consentement e-mail',
  consentDate:
    'consent date, date of consent, consented on, email consent date, e-mail consent date, warned on, fecha de consentimiento, fecha del consentimiento, datum der einwilligung, date du consentement',
  address:
    'address, mailing address, postal address, home address, address line, direccion, direccion postal, domicilio, adresse, anschrift, postanschrift, adresse postale',
  street: 'street, street address, street and number, calle, strasse, straße, strasse und hausnummer, rue',
  city: 'city, town, ciudad, ort, stadt, wohnort, ville',
  state: 'state, province, county, region, estado, provincia, bundesland',
  postcode:
    'postcode, post code, postal code, zip, zip code, zipcode, codigo postal, cp, plz, postleitzahl, code postal',
  country: 'country, pais, land, pays',
  reference:
    'reference, ref, reference number, mrn, medical record number, id, client id, patient id, chart, chart number, record number, case number, referencia, expediente, aktenzeichen, kundennummer, patientennummer, dossier, numero de dossier',
  copies: 'copies, number of copies, copias, kopien, exemplare, copies imprimees, exemplaires',
};
