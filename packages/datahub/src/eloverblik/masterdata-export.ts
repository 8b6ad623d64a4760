import type { Instant, Issue, MeterId, MeteringPoint, MeteringPointId } from '@metergram/model';
import { CivilTimes } from '../core/civil-times.ts';
import type { Charge } from '../core/client.ts';
import { decimalOf, instantOf } from '../core/json.ts';
import { lookup } from '../core/lookup.ts';
import { type ExportRow, instantsOf, openExport, wallTime } from './export-table.ts';
import { danishInstant, pointKinds } from './masterdata.ts';
import { danishZone } from './timeseries.ts';

/** Columns of the charges' export, as the hub sent them in October 2026. */
export const chargeColumns: readonly string[] = [
  'MålepunktsID',
  'Pristype',
  'Pris_ID',
  'Navn',
  'Beskrivelse',
  'Ejer',
  'Gyldig_fra',
  'Gyldig_til',
  'Position',
  'Pris (Ekskl. Moms)',
  'Mængde',
];

/** Columns of the master data's export that mean something to the model; all others are kept as they are. */
const pointColumns: readonly string[] = [
  'MålepunktsID',
  'MålepunktsID_hovedmåler',
  'Målepunktstype_Kode',
  'Netområde',
  'Målernummer',
];

/**
 * Reads the CSV of master data: a metering point for each row, with every column that says something under its own heading in
 * `source`, so that none is unknown. Never throws on data.
 */
export function readMasterDataExport(text: string): {
  readonly points: readonly MeteringPoint[];
  readonly issues: readonly Issue[];
} {
  const table = openExport(text, pointColumns, ['MålepunktsID']);
  const points: MeteringPoint[] = [];
  for (const row of table.rows()) {
    const id = row.cell('MålepunktsID');
    const parent = row.cell('MålepunktsID_hovedmåler');
    const gridArea = row.cell('Netområde');
    const meter = row.cell('Målernummer');
    const said = table.columns.map((name) => [name, row.cell(name)] as const);
    if (id === '') continue;
    points.push({
      id: id as MeteringPointId,
      kind: lookup(pointKinds, row.cell('Målepunktstype_Kode')) ?? 'unknown',
      medium: 'electricity',
      ...(parent === '' ? {} : { parent: parent as MeteringPointId }),
      ...(gridArea === '' ? {} : { gridArea }),
      zone: danishZone,
      ...(meter === ''
        ? {}
        : { meters: [{ meter: meter as MeterId, installed: { start: null, end: null } }] }),
      source: Object.fromEntries(said.filter(([, cell]) => cell !== '')),
    });
  }
  // Whatever else a column is, it is kept: there is nothing to tell of it.
  return { points, issues: table.issues.filter(({ severity }) => severity === 'error') };
}

const kinds: Readonly<Record<string, readonly [kind: Charge['kind'], per: string]>> = {
  tarif: ['tariff', 'kWh'],
  abonnement: ['subscription', 'month'],
  gebyr: ['fee', 'piece'],
};

/**
 * Reads the CSV of charges: one charge for all rows that differ in position and price only. What a price is for is assumed as
 * in the JSON of charges; columns, types and dates that cannot be read are told. Never throws on data.
 */
export function readChargesExport(text: string): {
  readonly charges: readonly Charge[];
  readonly issues: readonly Issue[];
} {
  const table = openExport(text, chargeColumns, [
    'MålepunktsID',
    'Pristype',
    'Position',
    'Pris (Ekskl. Moms)',
  ]);
  const times = new CivilTimes(danishZone);
  const same = new Map<string, ExportRow[]>();
  for (const row of table.rows()) {
    const key = JSON.stringify(
      chargeColumns.filter((name) => !/^Po|^Pris \(/.test(name)).map((name) => row.cell(name)),
    );
    const rows = same.get(key);
    if (rows === undefined) same.set(key, [row]);
    else rows.push(row);
  }
  const charges: Charge[] = [];
  for (const rows of same.values()) {
    const read = readCharge(rows, times);
    if ('meteringPoint' in read) charges.push(read);
    else table.issues.push(read);
    const type = (rows[0] as ExportRow).cell('Pristype');
    if (lookup(kinds, type.toLowerCase()) === undefined)
      table.issues.push({
        code: 'eloverblik/unknown-code',
        severity: 'warning',
        message: `unknown type of charge ${JSON.stringify(type.slice(0, 40))}; kept as sent`,
        line: (rows[0] as ExportRow).line,
      });
  }
  return { charges, issues: table.issues };
}

function readCharge(rows: readonly ExportRow[], times: CivilTimes): Charge | Issue {
  const [first] = rows as [ExportRow];
  const refused = (message: string): Issue => ({
    code: 'eloverblik/export-row',
    severity: 'warning',
    message,
    line: first.line,
  });
  const type = first.cell('Pristype');
  const start = instantAt(first.cell('Gyldig_fra'), times);
  const end = instantAt(first.cell('Gyldig_til'), times);
  if (start === undefined || end === undefined) return refused('a date that cannot be read');
  const rates: { position: number; value: Charge['rates'][number]['value'] }[] = [];
  for (const [at, row] of rows.entries()) {
    const price = row.cell('Pris (Ekskl. Moms)');
    const value = decimalOf(price.replace(',', '.'));
    if (value === null && price !== '') return refused('a price that is no number');
    const position = row.cell('Position');
    rates.push({ position: /^\d+$/.test(position) ? Number(position) : at + 1, value });
  }
  const [kind, per] = lookup(kinds, type.toLowerCase()) ?? ['unknown', 'unknown'];
  const quantity = decimalOf(first.cell('Mængde').replace(',', '.'));
  const [description, owner] = [first.cell('Beskrivelse'), first.cell('Ejer')];
  return {
    meteringPoint: first.cell('MålepunktsID') as MeteringPointId,
    kind,
    name: first.cell('Navn'),
    ...(description === '' ? {} : { description }),
    ...(owner === '' ? {} : { owner }),
    currency: 'DKK',
    per,
    vat: 'exclusive',
    start,
    end,
    ...(quantity === null ? {} : { quantity }),
    resolution: rates.length > 1 ? 'PT1H' : 'P1D',
    rates,
    source: { scheme: 'eloverblik-export', code: `${type} ${first.cell('Pris_ID')}`.trim() },
  };
}

/** Null for an empty cell, undefined for one that cannot be read. */
function instantAt(cell: string, times: CivilTimes): Instant | null | undefined {
  if (cell === '') return null;
  const wall = wallTime(cell);
  const local = wall === null ? undefined : instantsOf(wall, times)[0];
  return local === undefined ? (danishInstant(cell) ?? undefined) : instantOf(local);
}
