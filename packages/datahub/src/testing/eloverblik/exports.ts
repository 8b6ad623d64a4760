import type { MeteringPoint, Quality } from '@metergram/model';
import type { Charge } from '../../core/client.ts';
import { offset } from '../european-time.ts';
import type { StoredSeries } from '../store.ts';
import { typeOf } from './masterdata.ts';
import { atAggregation, unitOf } from './series.ts';

/** Headings of the exports, as another client's live check of October 2026 found them. */
export const headings: Readonly<Record<'series' | 'masterData' | 'charges', string>> = {
  series:
    'MålepunktsID;Fra_dato;Til_dato;Mængde;Måleenhed;Kvalitet;Type;Målepunktstype_Kode;Målepunktstype',
  masterData:
    'MålepunktsID;MålepunktsID_hovedmåler;Alias;Målepunktstype_Kode;Målepunktstype;Netområde;Vejnavn;' +
    'Kundenavn;Målernummer',
  charges:
    'MålepunktsID;Pristype;Pris_ID;Navn;Beskrivelse;Ejer;Gyldig_fra;Gyldig_til;Position;' +
    'Pris (Ekskl. Moms);Mængde',
};

const names: Readonly<Record<string, string>> = {
  E17: 'Forbrug',
  E18: 'Produktion',
  E20: 'Udveksling',
};
const qualities: Partial<Record<Quality, string>> = {
  measured: 'Målt',
  estimated: 'Estimeret',
  calculated: 'Beregnet',
};

/** Rows of values; local times name no zone, so that autumn writes an hour twice. */
export function seriesRows(
  point: MeteringPoint,
  all: readonly StoredSeries[],
  from: number,
  to: number,
  aggregation: string,
): string {
  const type = typeOf(point);
  return all
    .flatMap((series) =>
      atAggregation(series, from, to, aggregation).map(({ start, end, value, quality }) =>
        row([
          point.id,
          wall(start),
          wall(end),
          decimal(value),
          unitOf(series),
          qualities[quality] ?? '',
          'Tidsserie',
          type,
          names[type] ?? '',
        ]),
      ),
    )
    .join('');
}

export function masterDataRow(point: MeteringPoint): string {
  const source = point.source ?? {};
  const type = typeOf(point);
  return row([
    point.id,
    point.parent ?? '',
    '',
    type,
    names[type] ?? '',
    point.gridArea ?? '791',
    String(source['streetName'] ?? ''),
    String(source['firstConsumerPartyName'] ?? ''),
    String(source['meterNumber'] ?? ''),
  ]);
}

const kinds: Partial<Record<Charge['kind'], string>> = {
  tariff: 'Tarif',
  subscription: 'Abonnement',
  fee: 'Gebyr',
};

/** A row for each price of each charge of one metering point. */
export function chargeRows(id: string, charges: readonly Charge[]): string {
  return charges
    .filter((charge) => charge.meteringPoint === id)
    .flatMap((charge, at) =>
      charge.rates.map(({ position, value }) =>
        row([
          id,
          kinds[charge.kind] ?? '',
          `P-${at + 1}`,
          charge.name,
          charge.description ?? '',
          charge.owner ?? '',
          charge.start === null ? '' : wall(Date.parse(charge.start)),
          charge.end === null ? '' : wall(Date.parse(charge.end)),
          String(position),
          decimal(value),
          decimal(charge.quantity ?? null),
        ]),
      ),
    )
    .join('');
}

/** `31-01-2026 23:00:00`, on a Danish clock. */
function wall(ms: number): string {
  const [date = '', time = ''] = new Date(ms + offset(ms, 1)).toISOString().split('T');
  return `${date.split('-').toReversed().join('-')} ${time.slice(0, 8)}`;
}

function decimal(value: string | null): string {
  return (value ?? '').replace('.', ',');
}

function row(cells: readonly string[]): string {
  const quoted = cells.map((cell) =>
    /[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell,
  );
  return `${quoted.join(';')}\r\n`;
}
