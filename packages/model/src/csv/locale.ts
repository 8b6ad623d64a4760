import type { Quality } from '../quality.ts';

/** Languages that spreadsheets are written for; `en` has decimal points and commas between cells. */
export type CsvLocale = 'nb' | 'sv' | 'da' | 'fi' | 'en';

/** Columns of a table of series, by their plain names, in order: the names of the model's fields. */
export const COLUMNS = [
  'meteringPoint',
  'register',
  'quantity',
  'direction',
  'basis',
  'resolution',
  'zone',
  'start',
  'end',
  'localStart',
  'localEnd',
  'value',
  'unit',
  'quality',
  'codeScheme',
  'code',
  'revision',
] as const;

export type Column = (typeof COLUMNS)[number];

/** What plain columns were called at first; still read. */
export const FORMER_COLUMNS: Readonly<Partial<Record<Column, string>>> = {
  meteringPoint: 'metering_point',
  localStart: 'local_start',
  localEnd: 'local_end',
  codeScheme: 'code_scheme',
};

interface LocaleRow {
  readonly separator: string;
  readonly decimal: string;
  readonly columns: readonly string[];
  readonly qualities: Readonly<Record<Quality, string>>;
}

/** One row a language: how numbers are written there, and what things are called, in the order of {@link COLUMNS}. */
export const LOCALES: Readonly<Record<CsvLocale, LocaleRow>> = {
  en: {
    separator: ',',
    decimal: '.',
    columns: [
      'Metering point',
      'Register',
      'Quantity',
      'Direction',
      'Basis',
      'Resolution',
      'Time zone',
      'From (UTC)',
      'To (UTC)',
      'From',
      'To',
      'Value',
      'Unit',
      'Quality',
      'Code list',
      'Code',
      'Revision',
    ],
    qualities: {
      measured: 'measured',
      interpolated: 'interpolated',
      missing: 'missing',
      incomplete: 'incomplete',
      estimated: 'estimated',
      calculated: 'calculated',
      adjusted: 'adjusted',
      unknown: 'unknown',
    },
  },
  nb: {
    separator: ';',
    decimal: ',',
    columns: [
      'Målepunkt',
      'Register',
      'Størrelse',
      'Retning',
      'Grunnlag',
      'Oppløsning',
      'Tidssone',
      'Fra (UTC)',
      'Til (UTC)',
      'Fra',
      'Til',
      'Verdi',
      'Enhet',
      'Kvalitet',
      'Kodeliste',
      'Kode',
      'Revisjon',
    ],
    qualities: {
      measured: 'målt',
      interpolated: 'interpolert',
      missing: 'mangler',
      incomplete: 'ufullstendig',
      estimated: 'estimert',
      calculated: 'beregnet',
      adjusted: 'korrigert',
      unknown: 'ukjent',
    },
  },
  sv: {
    separator: ';',
    decimal: ',',
    columns: [
      'Mätpunkt',
      'Register',
      'Storhet',
      'Riktning',
      'Grund',
      'Upplösning',
      'Tidszon',
      'Från (UTC)',
      'Till (UTC)',
      'Från',
      'Till',
      'Värde',
      'Enhet',
      'Kvalitet',
      'Kodlista',
      'Kod',
      'Revision',
    ],
    qualities: {
      measured: 'mätt',
      interpolated: 'interpolerat',
      missing: 'saknas',
      incomplete: 'ofullständigt',
      estimated: 'uppskattat',
      calculated: 'beräknat',
      adjusted: 'korrigerat',
      unknown: 'okänt',
    },
  },
  da: {
    separator: ';',
    decimal: ',',
    columns: [
      'Målepunkt',
      'Register',
      'Størrelse',
      'Retning',
      'Grundlag',
      'Opløsning',
      'Tidszone',
      'Fra (UTC)',
      'Til (UTC)',
      'Fra',
      'Til',
      'Værdi',
      'Enhed',
      'Kvalitet',
      'Kodeliste',
      'Kode',
      'Revision',
    ],
    qualities: {
      measured: 'målt',
      interpolated: 'interpoleret',
      missing: 'mangler',
      incomplete: 'ufuldstændig',
      estimated: 'estimeret',
      calculated: 'beregnet',
      adjusted: 'korrigeret',
      unknown: 'ukendt',
    },
  },
  fi: {
    separator: ';',
    decimal: ',',
    columns: [
      'Mittauspiste',
      'Rekisteri',
      'Suure',
      'Suunta',
      'Peruste',
      'Tarkkuus',
      'Aikavyöhyke',
      'Alku (UTC)',
      'Loppu (UTC)',
      'Alku',
      'Loppu',
      'Arvo',
      'Yksikkö',
      'Laatu',
      'Koodisto',
      'Koodi',
      'Versio',
    ],
    qualities: {
      measured: 'mitattu',
      interpolated: 'interpoloitu',
      missing: 'puuttuu',
      incomplete: 'vajaa',
      estimated: 'arvioitu',
      calculated: 'laskettu',
      adjusted: 'korjattu',
      unknown: 'tuntematon',
    },
  },
};

/** The language whose header (or the plain names) a first row is; null when it is none. */
export function localeOfHeader(cells: readonly string[]): CsvLocale | 'plain' | null {
  const names = new Set(cells.map((cell) => cell.trim()));
  if (names.has('start') && names.has('end') && names.has('value')) return 'plain';
  for (const [locale, { columns }] of Object.entries(LOCALES)) {
    const wanted = ['start', 'end', 'value', 'quality'].map(
      (name) => columns[COLUMNS.indexOf(name as Column)],
    );
    if (wanted.every((name) => name !== undefined && names.has(name))) return locale as CsvLocale;
  }
  return null;
}
