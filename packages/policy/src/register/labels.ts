import type { Language, Text } from '../lang/language.ts';
import { textRows } from './text-rows.ts';

/** What a column of an export can hold. */
export type ColumnKey =
  | 'id'
  | 'category'
  | 'name'
  | 'summary'
  | 'controller'
  | 'jointControllers'
  | 'representative'
  | 'dpo'
  | 'purposes'
  | 'bases'
  | 'subjects'
  | 'data'
  | 'special'
  | 'recipients'
  | 'transfers'
  | 'erasure'
  | 'measures'
  | 'rules'
  | 'note'
  | 'status'
  | 'updated';

// key | nb | sv | da | fi | en
const COLUMNS = textRows(`
id | ID | ID | ID | Tunnus | ID
category | Område | Område | Område | Alue | Area
name | Behandlingsaktivitet | Behandling | Behandlingsaktivitet | Käsittelytoimi | Processing activity
summary | Beskrivelse | Beskrivning | Beskrivelse | Kuvaus | Description
controller | Behandlingsansvarlig, navn og kontakt | Personuppgiftsansvarig, namn och kontakt | Dataansvarlig, navn og kontakt | Rekisterinpitäjä, nimi ja yhteystiedot | Controller, name and contact
jointControllers | Felles behandlingsansvarlig | Gemensamt personuppgiftsansvarig | Fælles dataansvarlig | Yhteisrekisterinpitäjä | Joint controller
representative | Representant | Företrädare | Repræsentant | Edustaja | Representative
dpo | Personvernombud | Dataskyddsombud | Databeskyttelsesrådgiver | Tietosuojavastaava | Data protection officer
purposes | Formål | Ändamål | Formål | Käsittelyn tarkoitukset | Purposes
bases | Behandlingsgrunnlag | Rättslig grund | Behandlingsgrundlag | Käsittelyn oikeusperuste | Legal basis
subjects | Kategorier av registrerte | Kategorier av registrerade | Kategorier af registrerede | Rekisteröityjen ryhmät | Categories of data subjects
data | Kategorier av personopplysninger | Kategorier av personuppgifter | Kategorier af personoplysninger | Henkilötietoryhmät | Categories of personal data
special | Særlige kategorier (art. 9) | Känsliga uppgifter (art. 9) | Følsomme oplysninger (art. 9) | Erityiset henkilötietoryhmät (9 art.) | Special categories (Art. 9)
recipients | Kategorier av mottakere | Kategorier av mottagare | Kategorier af modtagere | Vastaanottajaryhmät | Categories of recipients
transfers | Overføring til tredjeland og garantier | Överföring till tredjeland och skyddsåtgärder | Overførsel til tredjelande og garantier | Siirrot kolmansiin maihin ja suojatoimet | Transfers to third countries and safeguards
erasure | Tidsfrist for sletting | Tidsfrist för radering | Tidsfrist for sletning | Tietojen poistamisen määräaika | Time limit for erasure
measures | Sikkerhetstiltak | Säkerhetsåtgärder | Sikkerhedsforanstaltninger | Turvatoimet | Security measures
rules | Regler | Regler | Regler | Säännöt | Rules
note | Merknad | Anmärkning | Bemærkning | Huomautus | Note
status | Status | Status | Status | Tila | Status
updated | Sist endret | Senast ändrad | Senest ændret | Viimeksi muutettu | Last updated`);

const BASES = textRows(`
consent | samtykke, art. 6(1)(a) | samtycke, art. 6.1 a | samtykke, art. 6, stk. 1, litra a | suostumus, 6 art. 1 a | consent, Art. 6(1)(a)
contract | avtale, art. 6(1)(b) | avtal, art. 6.1 b | kontrakt, art. 6, stk. 1, litra b | sopimus, 6 art. 1 b | contract, Art. 6(1)(b)
legal-obligation | rettslig forpliktelse, art. 6(1)(c) | rättslig förpliktelse, art. 6.1 c | retlig forpligtelse, art. 6, stk. 1, litra c | lakisääteinen velvoite, 6 art. 1 c | legal obligation, Art. 6(1)(c)
vital-interests | vitale interesser, art. 6(1)(d) | grundläggande intressen, art. 6.1 d | vitale interesser, art. 6, stk. 1, litra d | elintärkeä etu, 6 art. 1 d | vital interests, Art. 6(1)(d)
public-task | oppgave i allmennhetens interesse, art. 6(1)(e) | uppgift av allmänt intresse, art. 6.1 e | opgave i samfundets interesse, art. 6, stk. 1, litra e | yleisen edun tehtävä, 6 art. 1 e | public task, Art. 6(1)(e)
legitimate-interest | berettiget interesse, art. 6(1)(f) | berättigat intresse, art. 6.1 f | legitim interesse, art. 6, stk. 1, litra f | oikeutettu etu, 6 art. 1 f | legitimate interest, Art. 6(1)(f)`);

const WORDS = textRows(`
yes | ja | ja | ja | kyllä | yes
no | nei | nej | nej | ei | no
none-declared | ingen oppgitt | ingen uppgiven | ingen angivet | ei ilmoitettu | none declared
not-filled | ikke fylt ut | inte ifyllt | ikke udfyldt | täyttämättä | not filled in
proposed | forslag | förslag | forslag | ehdotus | proposed
confirmed | bekreftet | bekräftat | bekræftet | vahvistettu | confirmed
unverified | rekkefølgen er ikke kontrollert mot tilsynets egen mal | ordningen är inte kontrollerad mot myndighetens egen mall | rækkefølgen er ikke kontrolleret mod tilsynets egen skabelon | järjestystä ei ole verrattu viranomaisen omaan malliin | order not checked against the authority's own template
notice | Det som er merket «forslag», står ikke i kilden og må kontrolleres av virksomhetens jurist eller personvernombud. Ikke juridisk rådgivning. | Det som är märkt «förslag» står inte i källan och måste kontrolleras av verksamhetens jurist eller dataskyddsombud. Inte juridisk rådgivning. | Det, der er mærket «forslag», står ikke i kilden og skal kontrolleres af virksomhedens jurist eller databeskyttelsesrådgiver. Ikke juridisk rådgivning. | Merkintä «ehdotus» tarkoittaa, ettei tieto ole lähteessä; organisaation juristin tai tietosuojavastaavan on tarkistettava se. Ei oikeudellista neuvontaa. | What is marked “proposed” does not stand in the source and must be checked by the company's lawyer or data protection officer. Not legal advice.
activities | behandlingsaktiviteter | behandlingar | behandlingsaktiviteter | käsittelytointa | processing activities
contents | Innhold | Innehåll | Indhold | Sisällys | Contents
article-30 | GDPR artikkel 30(1) | GDPR artikel 30.1 | GDPR artikel 30, stk. 1 | GDPR 30 artiklan 1 kohta | GDPR Article 30(1)
source | Kilde | Källa | Kilde | Lähde | Source
line | linje | rad | linje | rivi | line
register | Protokoll | Register | Fortegnelse | Seloste | Record
about | Om | Om | Om | Tietoja | About`);

export type WordKey =
  | 'yes'
  | 'no'
  | 'none-declared'
  | 'not-filled'
  | 'proposed'
  | 'confirmed'
  | 'unverified'
  | 'notice'
  | 'activities'
  | 'contents'
  | 'article-30'
  | 'source'
  | 'line'
  | 'register'
  | 'about';

function look(rows: ReadonlyMap<string, Text>, key: string, language: Language): string {
  return rows.get(key)?.[language] ?? key;
}

/** Heading of a column. */
export function columnLabel(key: ColumnKey, language: Language): string {
  return look(COLUMNS, key, language);
}

/** A legal basis with its point of Article 6, as the country writes it. */
export function basisName(basis: string, language: Language): string {
  return look(BASES, basis, language);
}

/** A word of the exports themselves. */
export function word(key: WordKey, language: Language): string {
  return look(WORDS, key, language);
}
