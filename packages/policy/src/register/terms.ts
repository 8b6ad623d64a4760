import type { Language, PartialText, Text } from '../lang/language.ts';
import { inLanguage } from '../lang/language.ts';
import { textRows } from './text-rows.ts';

/** What a term of the register is a name of. */
export type TermKind = 'purpose' | 'subject' | 'data' | 'recipient' | 'measure' | 'safeguard';

/** Namespaces of the Data Privacy Vocabulary (DPV 2), under whose prefixes terms are written. */
export const NAMESPACES: Readonly<Record<string, string>> = {
  dpv: 'https://w3id.org/dpv#',
  pd: 'https://w3id.org/dpv/pd#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
};

// One line a term: id | nb | sv | da | fi | en. DPV terms keep their IRI's local name.
const PURPOSES = `
dpv:CommunicationForCustomerCare | kundebehandling og varsling | kundkontakt och avisering | kundekontakt og varsling | asiakasviestintä ja ilmoitukset | customer care and notices
dpv:CommunicationManagement | håndtere henvendelser | hantera inkommande meddelanden | håndtere henvendelser | yhteydenottojen hallinta | handling of communication
dpv:CustomerClaimsManagement | behandle krav | hantera krav | behandle krav | vaatimusten ja saatavien käsittely | handling of claims
dpv:CustomerManagement | kundeadministrasjon | kundadministration | kundeadministration | asiakkuuksien hallinta | customer administration
dpv:CustomerOrderManagement | behandle bestillinger | hantera beställningar | behandle bestillinger | tilausten käsittely | handling of orders
dpv:DirectMarketing | direkte markedsføring | direktmarknadsföring | direkte markedsføring | suoramarkkinointi | direct marketing
dpv:EnforceAccessControl | tilgangsstyring | åtkomststyrning | adgangsstyring | pääsynhallinta | access control
dpv:EnforceSecurity | sikkerhet | säkerhet | sikkerhed | turvallisuus | security
dpv:EstablishContractualAgreement | inngå avtale | ingå avtal | indgå aftale | sopimuksen tekeminen | entering into a contract
dpv:FulfilmentOfContractualObligation | oppfylle avtale | fullgöra avtal | opfylde aftale | sopimuksen täyttäminen | performing a contract
dpv:FulfilmentOfObligation | oppfylle plikt | fullgöra skyldighet | opfylde pligt | velvoitteen täyttäminen | fulfilling a duty
dpv:IdentityAuthentication | bekrefte brukerens identitet | bekräfta användarens identitet | bekræfte brugerens identitet | käyttäjän tunnistaminen | authenticating users
dpv:IncreaseServiceRobustness | driftssikkerhet | driftsäkerhet | driftssikkerhed | toimintavarmuus | robustness of service
dpv:InternalResourceOptimisation | effektiv bruk av egne ressurser | effektiv användning av egna resurser | effektiv brug af egne ressourcer | omien resurssien tehokas käyttö | efficient use of own resources
dpv:LegalCompliance | etterleve lov | efterleva lag | overholde lovgivning | lain noudattaminen | compliance with law
dpv:PaymentManagement | fakturering og betaling | fakturering och betalning | fakturering og betaling | laskutus ja maksut | invoicing and payment
dpv:PersonnelHiring | ansettelse | anställning | ansættelse | työhönotto | hiring
dpv:PersonnelManagement | personaladministrasjon | personaladministration | personaleadministration | henkilöstöhallinto | personnel administration
dpv:PersonnelPayment | lønn | lön | løn | palkanmaksu | pay
dpv:PublicRelations | informasjon og omdømme | information och anseende | information og omdømme | tiedotus ja julkisuuskuva | public relations
dpv:RepairImpairments | feilretting | felavhjälpning | fejlretning | vikojen korjaus | repair of faults
dpv:RequestedServiceProvision | levere bestilt tjeneste | leverera beställd tjänst | levere bestilt tjeneste | tilatun palvelun toimitus | providing a requested service
dpv:SellProducts | salg | försäljning | salg | myynti | selling
dpv:ServiceProvision | levere tjeneste | leverera tjänst | levere tjeneste | palvelun tuottaminen | providing a service
dpv:ServiceRegistration | registrere til tjeneste | registrera till tjänst | registrere til tjeneste | palveluun rekisteröinti | registering for a service
dpv:SocialMediaMarketing | markedsføring i sosiale medier | marknadsföring i sociala medier | markedsføring på sociale medier | markkinointi sosiaalisessa mediassa | marketing in social media
dpv:TechnicalServiceProvision | teknisk tjeneste | teknisk tjänst | teknisk tjeneste | tekninen palvelu | technical service
dpv:VendorManagement | leverandøroppfølging | leverantörsuppföljning | leverandøropfølgning | toimittajahallinta | management of suppliers
dpv:VendorSelectionAssessment | valg av leverandør | val av leverantör | valg af leverandør | toimittajan valinta | choice of supplier`;

const SUBJECTS = `
dpv:Applicant | søkere | sökande | ansøgere | hakijat | applicants
dpv:Client | tjenestemottakere | tjänstemottagare | tjenestemodtagere | palvelunsaajat | recipients of services
dpv:Consumer | forbrukere | konsumenter | forbrugere | kuluttajat | consumers
dpv:Customer | kunder | kunder | kunder | asiakkaat | customers
dpv:DataSubject | andre berørte personer | andra berörda personer | andre berørte personer | muut asianosaiset henkilöt | other persons concerned
dpv:Employee | ansatte | anställda | ansatte | työntekijät | employees
dpv:JobApplicant | jobbsøkere | arbetssökande | jobansøgere | työnhakijat | job applicants
dpv:Subscriber | abonnenter | abonnenter | abonnenter | tilaajat | subscribers
dpv:User | brukere | användare | brugere | käyttäjät | users
dpv:Visitor | besøkende | besökare | besøgende | vierailijat | visitors`;

const DATA = `
pd:AccountIdentifier | kundenummer | kundnummer | kundenummer | asiakasnumero | customer number
pd:AuthenticationHistory | påloggings- og adgangslogg | inloggnings- och passagelogg | login- og adgangslog | kirjautumis- ja kulkuloki | log of logins and entries
pd:BankAccount | kontonummer | kontonummer | kontonummer | tilinumero | bank account
pd:CallLog | samtalelogg | samtalslogg | opkaldslog | puheluloki | call log
pd:Communication | korrespondanse | korrespondens | korrespondance | kirjeenvaihto | correspondence
pd:CommunicationsMetadata | trafikkdata | trafikdata | trafikdata | liikennetiedot | traffic data
pd:Contact | kontaktopplysninger | kontaktuppgifter | kontaktoplysninger | yhteystiedot | contact details
pd:Credit | kreditt- og betalingsopplysninger | kredit- och betalningsuppgifter | kredit- og betalingsoplysninger | luotto- ja maksutiedot | credit and payment record
pd:CurrentEmployment | stilling | anställning | stilling | työsuhde | present employment
pd:DeviceApplications | installerte apper | installerade appar | installerede apps | asennetut sovellukset | installed applications
pd:DeviceBased | opplysninger om enheten | uppgifter om enheten | oplysninger om enheden | laitetiedot | device data
pd:Education | utdanning | utbildning | uddannelse | koulutus | education
pd:EmailAddress | e-postadresse | e-postadress | e-mailadresse | sähköpostiosoite | e-mail address
pd:EmailContent | innhold i e-post | innehåll i e-post | indhold i e-mail | sähköpostin sisältö | e-mail content
pd:EmploymentHistory | arbeidserfaring | arbetslivserfarenhet | erhvervserfaring | työhistoria | employment history
pd:FamilyStructure | familieforhold | familjeförhållanden | familieforhold | perhesuhteet | family situation
pd:GPSCoordinate | GPS-posisjon | GPS-position | GPS-position | GPS-sijainti | GPS position
pd:Health | helseopplysninger | hälsouppgifter | helbredsoplysninger | terveystiedot | health data
pd:IPAddress | IP-adresse | IP-adress | IP-adresse | IP-osoite | IP address
pd:Identifier | målernummer | mätarnummer | målernummer | mittarin numero | meter number
pd:Job | rolle | roll | rolle | tehtävä | role at work
pd:Location | sted | plats | sted | sijainti | location
pd:MACAddress | MAC-adresse | MAC-adress | MAC-adresse | MAC-osoite | MAC address
pd:Name | navn | namn | navn | nimi | name
pd:OfficialID | fødselsnummer | personnummer | CPR-nummer | henkilötunnus | national identity number
pd:Ownership | eierforhold | ägarförhållanden | ejerforhold | omistus | ownership
pd:PerformanceAtWork | vurdering av arbeidet | bedömning av arbetet | vurdering af arbejdet | työsuoritus | performance at work
pd:PhysicalAddress | adresse | adress | adresse | osoite | address
pd:Picture | bilde | bild | billede | kuva | picture
pd:ProfessionalCertification | fagbrev og godkjenninger | yrkesbevis och behörigheter | faglige godkendelser | ammattipätevyydet | professional certificates
pd:ProfessionalInterview | notater fra intervju | anteckningar från intervju | noter fra samtale | haastattelumuistiinpanot | interview notes
pd:Purchase | kjøp og avtaler | köp och avtal | køb og aftaler | ostot ja sopimukset | purchases and agreements
pd:Reference | referanser | referenser | referencer | suosittelijat | references
pd:Residency | bosted og flytting | bostad och flytt | bopæl og flytning | asuminen ja muutot | residence and moves
pd:Salary | lønn | lön | løn | palkka | salary
pd:ServiceConsumptionBehavior | forbruksverdier | förbrukningsvärden | forbrugsværdier | kulutustiedot | consumption values
pd:SocialMediaCommunication | innlegg og meldinger i sosiale medier | inlägg och meddelanden i sociala medier | opslag og beskeder på sociale medier | viestit sosiaalisessa mediassa | social media posts and messages
pd:Tax | skatteopplysninger | skatteuppgifter | skatteoplysninger | verotiedot | tax data
pd:TelephoneNumber | telefonnummer | telefonnummer | telefonnummer | puhelinnumero | telephone number
pd:Transaction | fakturaer og betalinger | fakturor och betalningar | fakturaer og betalinger | laskut ja maksut | invoices and payments
pd:UID | målepunkt-ID | anläggnings-id | målepunkts-id | käyttöpaikan tunnus | metering point id
pd:Username | brukernavn | användarnamn | brugernavn | käyttäjätunnus | user name
pd:VehicalLicenseNumber | bilens registreringsnummer | bilens registreringsnummer | bilens registreringsnummer | auton rekisteritunnus | vehicle registration number
pd:VehicleUsage | bruk av bil | användning av bil | brug af bil | auton käyttö | use of vehicle
pd:VoiceCommunicationRecording | lydopptak | ljudinspelning | lydoptagelse | puhetallenne | voice recording`;

const RECIPIENTS = `
accounting-processor | regnskapsfører (databehandler) | redovisningsbyrå (personuppgiftsbiträde) | regnskabsfører (databehandler) | tilitoimisto (käsittelijä) | accounting processor
archive-processor | arkivleverandør (databehandler) | arkivleverantör (personuppgiftsbiträde) | arkivleverandør (databehandler) | arkistopalvelu (käsittelijä) | archive processor
bank | bank | bank | bank | pankki | bank
contractor | entreprenør | entreprenör | entreprenør | urakoitsija | contractor
control-centre | driftssentral | driftcentral | kontrolrum | valvomo | control centre
courts-enforcement | domstol og namsmann | domstol och kronofogde | domstol og fogedret | tuomioistuin ja ulosotto | courts and enforcement
crm-processor | kundesystem (databehandler) | kundsystem (personuppgiftsbiträde) | kundesystem (databehandler) | asiakasjärjestelmä (käsittelijä) | customer system processor
customer-service-processor | kundeservice (databehandler) | kundtjänst (personuppgiftsbiträde) | kundeservice (databehandler) | asiakaspalvelu (käsittelijä) | customer service processor
debt-collector | inkassoforetak | inkassobolag | inkassofirma | perintätoimisto | debt collector
elhub | Elhub | Elhub | Elhub | Elhub | Elhub
estate-administrator | bobestyrer | dödsbo- eller konkursförvaltare | bobestyrer | pesänhoitaja | administrator of the estate
field-crew | montører | montörer | montører | asentajat | field crew
fleet-system-processor | flåtesystem (databehandler) | flottsystem (personuppgiftsbiträde) | flådesystem (databehandler) | kalustojärjestelmä (käsittelijä) | fleet system processor
installer | installatør | installatör | installatør | sähköurakoitsija | installer
insurer | forsikringsselskap | försäkringsbolag | forsikringsselskab | vakuutusyhtiö | insurer
invoice-distributor | fakturadistributør | fakturadistributör | fakturadistributør | laskujen välittäjä | invoice distributor
it-operations-processor | IT-drift (databehandler) | it-drift (personuppgiftsbiträde) | it-drift (databehandler) | IT-palvelu (käsittelijä) | IT operations processor
land-registry | grunnbok og matrikkel | fastighetsregister | tingbog og matrikel | kiinteistörekisteri | land registry
marketing-processor | markedsføringsleverandør (databehandler) | marknadsföringsleverantör (personuppgiftsbiträde) | markedsføringsleverandør (databehandler) | markkinointipalvelu (käsittelijä) | marketing processor
mdm-processor | system for mobilstyring (databehandler) | system för mobilstyrning (personuppgiftsbiträde) | system til mobilstyring (databehandler) | mobiilihallinta (käsittelijä) | device management processor
meter-installation-contractor | målermontør | mätarmontör | målermontør | mittariasentaja | meter installation contractor
network-processor | nettleverandør (databehandler) | nätleverantör (personuppgiftsbiträde) | netleverandør (databehandler) | verkkotoimittaja (käsittelijä) | network processor
new-owner | ny eier | ny ägare | ny ejer | uusi omistaja | new owner
payroll-processor | lønnssystem (databehandler) | lönesystem (personuppgiftsbiträde) | lønsystem (databehandler) | palkanlaskenta (käsittelijä) | payroll processor
pension-provider | pensjonsleverandør | pensionsbolag | pensionsselskab | eläkevakuuttaja | pension provider
police | politiet (etter lov eller rettens beslutning) | polisen (enligt lag eller domstolsbeslut) | politiet (efter lov eller retskendelse) | poliisi (lain tai tuomioistuimen päätöksen nojalla) | police (by law or court order)
population-register | folkeregisteret | folkbokföringen | folkeregisteret | väestötietojärjestelmä | population register
power-exchange | kraftbørs | elbörs | elbørs | sähköpörssi | power exchange
power-supplier | kraftleverandør | elleverantör | elleverandør | sähkönmyyjä | power supplier
public | allmennheten | allmänheten | offentligheden | yleisö | the public
recruitment-system-processor | rekrutteringssystem (databehandler) | rekryteringssystem (personuppgiftsbiträde) | rekrutteringssystem (databehandler) | rekrytointijärjestelmä (käsittelijä) | recruitment system processor
regulator | regulator (NVE/RME) | tillsynsmyndighet för energi | energiregulator | energia-alan viranomainen | regulator (NVE/RME)
safety-authority | sikkerhetsmyndighet (DSB) | elsäkerhetsmyndighet | sikkerhedsmyndighed | sähköturvallisuusviranomainen | safety authority (DSB)
sms-alert-processor | varslingstjeneste (databehandler) | aviseringstjänst (personuppgiftsbiträde) | varslingstjeneste (databehandler) | hälytyspalvelu (käsittelijä) | alert service processor
social-insurance-authority | trygdemyndighet (NAV) | socialförsäkringsmyndighet | socialforsikringsmyndighed | sosiaaliturvaviranomainen | social insurance authority (NAV)
social-media-platform | plattform for sosiale medier (mulig felles ansvar) | plattform för sociala medier (möjligt gemensamt ansvar) | social medieplatform (muligt fælles ansvar) | sosiaalisen median alusta (mahdollinen yhteisvastuu) | social media platform (possible joint controller)
social-services | sosialtjenesten (ved fare for liv eller helse) | socialtjänsten (vid fara för liv eller hälsa) | socialforvaltningen (ved fare for liv eller helbred) | sosiaalitoimi (hengen tai terveyden vaarassa) | social services (danger to life or health)
tax-authority | skattemyndighet | skattemyndighet | skattemyndighed | veroviranomainen | tax authority
telecom-operator | teleoperatør | teleoperatör | teleoperatør | teleoperaattori | telecom operator
telephony-processor | telefonisystem (databehandler) | telefonisystem (personuppgiftsbiträde) | telefonisystem (databehandler) | puhelinjärjestelmä (käsittelijä) | telephony processor
tender-portal-processor | anbudsportal (databehandler) | upphandlingsportal (personuppgiftsbiträde) | udbudsportal (databehandler) | kilpailutusportaali (käsittelijä) | tender portal processor
third-party-with-grant | tredjepart med kundens samtykke | tredje part med kundens samtycke | tredjepart med kundens samtykke | kolmas osapuoli asiakkaan suostumuksella | third party with the customer's consent`;

const MEASURES = `
access-by-duty-need | rollestyrt tilgang etter tjenstlig behov | rollstyrd åtkomst efter behov i tjänsten | rollestyret adgang efter tjenstligt behov | roolipohjaiset oikeudet työtehtävän mukaan | role-based access by duty need
access-log | logg over oppslag | logg över åtkomst | log over opslag | käyttöloki | log of access
encryption | kryptering under overføring og i ro | kryptering vid överföring och i vila | kryptering under overførsel og i hvile | salaus siirrossa ja levossa | encryption in transit and at rest
processor-agreement | databehandleravtale med hver leverandør | biträdesavtal med varje leverantör | databehandleraftale med hver leverandør | käsittelysopimus jokaisen toimittajan kanssa | processor agreement with each supplier`;

const SAFEGUARDS = `
adequacy | adekvansbeslutning (art. 45) | beslut om adekvat skyddsnivå (art. 45) | tilstrækkelighedsafgørelse (art. 45) | tietosuojan riittävyyspäätös (45 art.) | adequacy decision (Art. 45)
scc | standard personvernbestemmelser (art. 46) | standardavtalsklausuler (art. 46) | standardkontraktbestemmelser (art. 46) | vakiosopimuslausekkeet (46 art.) | standard contractual clauses (Art. 46)
bcr | bindende virksomhetsregler (art. 47) | bindande företagsbestämmelser (art. 47) | bindende virksomhedsregler (art. 47) | yritystä koskevat sitovat säännöt (47 art.) | binding corporate rules (Art. 47)
derogation | unntak (art. 49) | undantag (art. 49) | undtagelse (art. 49) | poikkeus (49 art.) | derogation (Art. 49)`;

/** Every built-in term by kind, with its name in every language. */
export const TERMS: Readonly<Record<TermKind, ReadonlyMap<string, Text>>> = {
  purpose: textRows(PURPOSES),
  subject: textRows(SUBJECTS),
  data: textRows(DATA),
  recipient: textRows(RECIPIENTS),
  measure: textRows(MEASURES),
  safeguard: textRows(SAFEGUARDS),
};

/** Name of a term in `language`; own terms win, an unknown one is given as it stands. */
export function termName(
  kind: TermKind,
  term: string,
  language: Language,
  own?: Readonly<Record<string, PartialText>>,
): string {
  const text = own !== undefined && Object.hasOwn(own, term) ? own[term] : TERMS[kind].get(term);
  return text === undefined ? term : inLanguage(text, language);
}

/** The IRI of a DPV term, `dpv:Customer` → `https://w3id.org/dpv#Customer`; undefined for other terms. */
export function termIri(term: string): string | undefined {
  const colon = term.indexOf(':');
  const prefix = term.slice(0, Math.max(colon, 0));
  return Object.hasOwn(NAMESPACES, prefix)
    ? `${NAMESPACES[prefix]}${term.slice(colon + 1)}`
    : undefined;
}
