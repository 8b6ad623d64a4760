import type { ConsentGrant, MeteringPoint, PriceSeries, TimeSeries } from '@metergram/model';
import { type Charge, modelSeries } from '@metergram/datahub';
import { csvField } from '../csv-field.ts';

/** How a kind of item becomes rows of a table. */
export interface Table<T> {
  readonly header: readonly string[];
  readonly rows: (item: T) => Iterable<readonly (string | number | null | undefined)[]>;
  /** The item as JSON shows it; itself unless told. */
  readonly json?: (item: T) => unknown;
}

export const pointTable: Table<MeteringPoint> = {
  header: ['meteringPoint', 'kind', 'medium', 'parent', 'resolution', 'gridArea', 'zone'],
  *rows(point) {
    const { id, kind, medium, parent, resolution, gridArea, zone } = point;
    yield [id, kind, medium, parent, resolution, gridArea, zone];
  },
};

export const seriesTable: Table<TimeSeries> = {
  json: modelSeries,
  header: [
    'meteringPoint',
    'start',
    'end',
    'value',
    'unit',
    'quality',
    'code',
    'direction',
    'basis',
    'resolution',
  ],
  *rows({ meteringPoint, unit, direction, basis, resolution, points }) {
    for (const { start, end, value, quality, source } of points)
      yield [
        meteringPoint,
        start,
        end,
        value,
        unit,
        quality,
        source?.code,
        direction,
        basis,
        resolution,
      ];
  },
};

export const chargeTable: Table<Charge> = {
  header: [
    'meteringPoint',
    'kind',
    'name',
    'owner',
    'start',
    'end',
    'position',
    'value',
    'currency',
    'per',
    'vat',
    'resolution',
  ],
  *rows(charge) {
    const { meteringPoint, kind, name, owner, start, end, currency, per, vat, resolution } = charge;
    for (const { position, value } of charge.rates)
      yield [
        meteringPoint,
        kind,
        name,
        owner,
        start,
        end,
        position,
        value,
        currency,
        per,
        vat,
        resolution,
      ];
  },
};

export const consentTable: Table<ConsentGrant> = {
  header: [
    'id',
    'state',
    'from',
    'to',
    'finest',
    'spanStart',
    'spanEnd',
    'validStart',
    'validEnd',
    'meteringPoints',
  ],
  *rows({ id, state, from, to, finest, span, valid, meteringPoints }) {
    const times = [span.start, span.end, valid.start, valid.end].map((ms) =>
      ms === null ? null : new Date(ms).toISOString().replace('.000Z', 'Z'),
    );
    yield [id, state, from, to, finest, ...times, meteringPoints.join(' ')];
  },
};

export const priceTable: Table<PriceSeries> = {
  header: ['area', 'start', 'end', 'value', 'currency', 'per', 'vat', 'name'],
  *rows({ area, points, currency, per, vat, name }) {
    for (const { start, end, value } of points)
      yield [area, start, end, value, currency, per, vat, name];
  },
};

/** One line of RFC 4180; nothing is an empty field. */
export function csvLine(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map(csvField).join(',')}\n`;
}
