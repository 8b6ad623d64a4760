import type { TermDeclaration } from '../types/index.ts';

/** One item that the datahub holds: a row of the statement's tables. */
export interface ElhubItem {
  /** `elhub.name`: the item's id and its term. */
  readonly id: string;
  readonly table: 'general' | 'market' | 'web';
  readonly nb: string;
  readonly en: string;
  /** Who gives it. */
  readonly from: readonly string[];
  readonly purposes: readonly string[];
  /** Retention rule; null where the document states none. */
  readonly retention: string | null;
  /** `stated`: the cell has its own text. `inferred`: read as a merged cell that shares the nearest text above. */
  readonly status: 'stated' | 'inferred';
  readonly identifier?: 'direct' | 'indirect';
  readonly dpv?: string;
  readonly line: number;
}

// id | table | nb | en | from | purposes | retention | status | identifier | dpv | line
const TABLE = `
name | general | for- og etternavn | first and last name | power-supplier grid-company | identity-linking | general | stated | direct | pd:Name | 52
billing-address | general | fakturaadresse | billing address | power-supplier grid-company | billing | general | inferred | direct | pd:PhysicalAddress | 53
national-id | general | fødselsnummer | national identity number | power-supplier grid-company | secure-identification | general | inferred | direct | pd:OfficialID | 54
phone | general | telefonnummer | telephone number | power-supplier grid-company | contact-exchange | general | inferred | direct | pd:TelephoneNumber | 55
email | general | e-postadresse | e-mail address | power-supplier grid-company | contact-exchange | general | inferred | direct | pd:EmailAddress | 56
metering-point-id | market | målepunkt-ID | metering point id | grid-company | identity-linking | metering-point | stated | indirect | pd:UID | 62
meter-number | market | målernummer | meter number | grid-company | consumer-verification | metering-point | inferred | indirect | pd:Identifier | 63
metering-point-address | market | målepunktets adresse | address of the metering point | grid-company | verification outage-information | metering-point | inferred | indirect | pd:PhysicalAddress | 64
gps | market | målepunktets GPS-koordinater | GPS coordinates of the metering point | grid-company | verification outage-information | metering-point | inferred | indirect | pd:GPSCoordinate | 65
reading-mode | market | manuell eller fjernavlest måler | read by hand or remotely | grid-company | settlement supplier-switch meter-reading | metering-point | inferred | - | - | 66
grid-company | market | nettselskap | grid company | grid-company | access-control | metering-point | inferred | - | - | 67
supplier | market | kraftleverandør | power supplier | power-supplier | access-control | metering-point | inferred | - | - | 68
third-party | market | tredjepart | third party | third-party | access-control | third-party | stated | - | - | 69
nickname | market | kallenavn på målepunktet | nickname of the metering point | data-subject | self-service-display | while-responsible | stated | - | pd:Preference | 70
delegated-responsibility | market | ansvar for andres målepunkt | responsibility for other metering points | data-subject | delegated-access | delegated-responsibility | stated | - | pd:Relationship | 71
prosumer | market | egenproduksjon (plusskunde) | own production (prosumer) | grid-company | prosumer-sale | three-or-ten | stated | - | pd:ServiceConsumptionBehavior | 72
hourly-consumption | market | forbruk per time | hourly consumption | grid-company | settlement billing | three-or-ten | inferred | - | pd:ServiceConsumptionBehavior | 73
estimated-annual-volume | market | beregnet årsforbruk | estimated annual consumption | elhub | settlement billing | while-responsible | stated | - | pd:ServiceConsumptionBehavior | 74
resolution | market | måleverdienes oppløsning | resolution of the meter values | grid-company | settlement supplier-switch meter-reading | while-responsible | stated | - | - | 75
switch-history | market | leverandørbytter | history of supplier switches | elhub | correction-settlement | three-years | stated | - | pd:Transactional | 76
move-history | market | flyttinger mellom målepunkt | history of moves between metering points | elhub | correction-settlement | three-years | stated | - | pd:Residency | 77
web.page | web | side som er vist | page viewed | browser | web-statistics security | - | stated | - | pd:BrowsingBehavior | 111
web.time | web | dato og tid | date and time | browser | web-statistics security | - | stated | - | pd:BrowsingBehavior | 112
web.browser | web | nettleser og versjon | browser and version | browser | web-statistics security | - | stated | - | pd:UserAgent | 113
web.ip | web | IP-adresse | IP address | browser | web-statistics security | - | stated | indirect | pd:IPAddress | 114`;

const given = (cell: string | undefined): string | undefined => (cell === '-' ? undefined : cell);

/** The 21 items of the two tables and the 4 traces that the portal leaves, in the order of the document. */
export const ELHUB_ITEMS: readonly ElhubItem[] = TABLE.trim()
  .split('\n')
  .map((row) => {
    const [
      id,
      table,
      nb = '',
      en = '',
      from = '',
      purposes = '',
      retention,
      status,
      identifier,
      dpv,
      line,
    ] = row.split(' | ');
    const rule = given(retention);
    const direct = given(identifier);
    const term = given(dpv);
    return {
      id: `elhub.${id}`,
      table: table as ElhubItem['table'],
      nb,
      en,
      from: from.split(' '),
      purposes: purposes.split(' '),
      retention: rule === undefined ? null : `elhub.ret.${rule}`,
      status: status as ElhubItem['status'],
      ...(direct === undefined ? null : { identifier: direct as 'direct' | 'indirect' }),
      ...(term === undefined ? null : { dpv: term }),
      line: Number(line),
    };
  });

/** Items that are meter values: what a third party may be granted. */
const METER_DATA = new Set([
  'elhub.hourly-consumption',
  'elhub.prosumer',
  'elhub.estimated-annual-volume',
]);

/** Each item as a kind of data, under the broader kinds that the rules speak of. */
export const ELHUB_DATA: Readonly<Record<string, TermDeclaration>> = {
  'personal-data': {},
  'direct-identifier': { is: ['personal-data'], identifier: 'direct' },
  'meter-data': { is: ['personal-data'], dpv: 'pd:ServiceConsumptionBehavior' },
  'web-trace': { is: ['personal-data'] },
  ...Object.fromEntries(
    ELHUB_ITEMS.map(({ id, table, nb, en, identifier, dpv }) => {
      const broader =
        table === 'web'
          ? 'web-trace'
          : identifier === 'direct'
            ? 'direct-identifier'
            : METER_DATA.has(id)
              ? 'meter-data'
              : 'personal-data';
      return [
        id,
        {
          is: [broader],
          label: { nb, en },
          ...(identifier === undefined ? null : { identifier }),
          ...(dpv === undefined ? null : { dpv }),
        },
      ];
    }),
  ),
};
