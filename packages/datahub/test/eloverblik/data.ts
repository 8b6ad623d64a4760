import type { Decimal, Instant, MeteringPointId, Resolution, TimeSeries } from '@metergram/model';
import { instantOf } from '../../src/core/json.ts';
import { intervalEnd, startOfDay } from '../../src/core/zone.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import { type TestHubData, withCheckDigit } from '../../src/testing/data.ts';

/** Metering points of the tests, with check digits. */
export const point = (number: number): MeteringPointId =>
  withCheckDigit(`5713131${String(number).padStart(10, '0')}`) as MeteringPointId;

export const at = (text: string): Instant => text as Instant;

/** A series with a value for every interval of the days, thousandths counted up; `null` where `hole` says so. */
export function counted(
  meteringPoint: MeteringPointId,
  from: string,
  to: string,
  resolution: Resolution,
  hole: (index: number) => boolean = () => false,
): TimeSeries {
  const end = startOfDay(to, danishZone);
  const points = [];
  for (let ms = startOfDay(from, danishZone), index = 0; ms < end; index++) {
    const next = intervalEnd(ms, resolution, danishZone);
    const missing = hole(index);
    points.push({
      start: instantOf(ms),
      end: instantOf(next),
      value: missing
        ? null
        : (`${Math.floor(index / 1000)}.${String(index % 1000).padStart(3, '0')}` as Decimal),
      quality: missing ? ('missing' as const) : ('measured' as const),
    });
    ms = next;
  }
  return {
    meteringPoint,
    quantity: 'energy',
    unit: 'kWh',
    direction: 'consumption',
    basis: 'metered',
    resolution,
    zone: danishZone,
    points,
  };
}

/** A small hub: a spring and an autumn with their odd days, a profiled point, one of production, a child. */
export const small: TestHubData = {
  schema: 'metergram.testhub/1',
  now: '2026-11-20T10:00:00Z',
  meteringPoints: [
    {
      id: point(1),
      kind: 'consumption',
      medium: 'electricity',
      resolution: 'PT15M',
      gridArea: '791',
      source: { meterNumber: '21012379', streetName: 'Vejen', firstConsumerPartyName: 'Kim Kunde' },
    },
    {
      id: point(2),
      kind: 'consumption',
      medium: 'electricity',
      resolution: 'PT1H',
      source: { settlementMethod: 'E01' },
    },
    { id: point(3), kind: 'production', medium: 'electricity', resolution: 'PT1H' },
    { id: point(4), kind: 'production', medium: 'electricity', parent: point(3) },
    { id: point(5), kind: 'consumption', medium: 'electricity', resolution: 'PT1H' },
  ],
  series: [
    counted(point(1), '2026-03-28', '2026-03-31', 'PT15M', (index) => index % 50 === 7),
    counted(point(1), '2026-10-24', '2026-10-27', 'PT15M'),
    counted(point(2), '2026-10-24', '2026-10-27', 'PT1H'),
    { ...counted(point(2), '2026-10-24', '2026-10-27', 'P1D'), basis: 'profiled' },
    { ...counted(point(3), '2026-10-24', '2026-10-27', 'PT1H'), direction: 'production' },
  ],
  charges: [
    {
      meteringPoint: point(1),
      kind: 'tariff',
      name: 'Nettarif C time',
      description: 'Nettarif',
      owner: '5790000705689',
      currency: 'DKK',
      per: 'kWh',
      vat: 'exclusive',
      start: at('2026-09-30T22:00:00Z'),
      end: null,
      resolution: 'PT1H',
      rates: Array.from({ length: 24 }, (_, hour) => ({
        position: hour + 1,
        value: (hour >= 17 && hour < 21 ? '0.50050' : '0.10') as Decimal,
      })),
      source: { scheme: 'eloverblik', code: 'tariff HOUR' },
    },
    {
      meteringPoint: point(1),
      kind: 'subscription',
      name: 'Abonnement',
      currency: 'DKK',
      per: 'month',
      vat: 'exclusive',
      start: at('2026-01-01T00:00:00Z'),
      end: at('2026-12-31T23:00:00Z'),
      quantity: '1' as Decimal,
      resolution: 'P1D',
      rates: [{ position: 1, value: '21.000000' as Decimal }],
      source: { scheme: 'eloverblik', code: 'subscription DAY' },
    },
  ],
  hub: {
    eloverblik: {
      unrelated: [point(5)],
      webAccessCodes: { [point(5)]: 'wac-7k2p' },
    },
  },
};
