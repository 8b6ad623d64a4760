import type { Language, Text } from '../lang/language.ts';
import { inLanguage } from '../lang/language.ts';
import { textRows } from './text-rows.ts';

// Events and states that erasure periods count from: id | nb | sv | da | fi | en.
const MOMENTS = textRows(`
both-agreements-ended | både kraft- og nettavtalen er opphørt | både el- och nätavtalet har upphört | både el- og netaftalen er ophørt | sekä sähkö- että verkkosopimus on päättynyt | both the power and the grid agreement have ended
broadband-customer | kunden har bredbånd | kunden har bredband | kunden har bredbånd | asiakkaalla on laajakaista | the customer has broadband
case-closed | saken er avsluttet | ärendet är avslutat | sagen er afsluttet | asia on päätetty | the case is closed
claim-settled | kravet er gjort opp | fordran är reglerad | kravet er afgjort | saatava on selvitetty | the claim is settled
consent-withdrawn | samtykket er trukket tilbake | samtycket har återkallats | samtykket er trukket tilbage | suostumus on peruttu | consent is withdrawn
contract-ended | kontrakten er avsluttet | avtalet har upphört | kontrakten er ophørt | sopimus on päättynyt | the contract has ended
customer | kundeforholdet består | kundförhållandet består | kundeforholdet består | asiakkuus jatkuu | the person is a customer
deviation-closed | avviket er lukket | avvikelsen är åtgärdad | afvigelsen er lukket | poikkeama on korjattu | the deviation is closed
employed | ansettelsen varer | anställningen varar | ansættelsen varer | työsuhde jatkuu | the person is employed
employment-ended | ansettelsen er avsluttet | anställningen har upphört | ansættelsen er ophørt | työsuhde on päättynyt | the employment has ended
exemption-active | fritaket gjelder | undantaget gäller | fritagelsen gælder | vapautus on voimassa | the exemption is in force
fault-corrected | feilen er rettet | felet är avhjälpt | fejlen er rettet | vika on korjattu | the fault is corrected
fiscal-year-end | regnskapsåret er slutt | räkenskapsåret är slut | regnskabsåret er slut | tilikausi on päättynyt | the fiscal year has ended
installation-exists | anlegget finnes | anläggningen finns | anlægget findes | laitteisto on olemassa | the installation exists
leave-ended | permisjonen er slutt | ledigheten är slut | orloven er slut | vapaa on päättynyt | the leave has ended
matter-closed | henvendelsen er ferdig behandlet | frågan är färdigbehandlad | henvendelsen er færdigbehandlet | yhteydenotto on käsitelty | the matter is closed
meter-installed | måleren er montert | mätaren är monterad | måleren er monteret | mittari on asennettuna | the meter is installed
objection | den registrerte protesterer | den registrerade invänder | den registrerede gør indsigelse | rekisteröity vastustaa käsittelyä | the person objects
phone-assigned | den ansatte har telefonen | den anställda har telefonen | den ansatte har telefonen | puhelin on työntekijällä | the employee has the telephone
project-closed | prosjektet er avsluttet | projektet är avslutat | projektet er afsluttet | hanke on päättynyt | the project is closed
published | innlegget er publisert | inlägget är publicerat | opslaget er offentliggjort | julkaisu on esillä | the post is published
published-and-employed | den ansatte er ansatt og vist | personen är anställd och visas | den ansatte er ansat og vist | työntekijä on töissä ja esillä | the person is employed and shown
recruitment-closed | tilsettingen er avsluttet | rekryteringen är avslutad | ansættelsessagen er afsluttet | rekrytointi on päättynyt | the recruitment is closed
relationship-ended | kundeforholdet er avsluttet | kundförhållandet har upphört | kundeforholdet er ophørt | asiakkuus on päättynyt | the customer relationship has ended`);

/** Names of every event and state that the built-in register counts erasure from. */
export const MOMENT_NAMES: ReadonlyMap<string, Text> = MOMENTS;

/** An event or state in words; one that is not built in is given as it stands. */
export function momentName(moment: string, language: Language): string {
  const text = MOMENTS.get(moment);
  return text === undefined ? moment : inLanguage(text, language);
}
