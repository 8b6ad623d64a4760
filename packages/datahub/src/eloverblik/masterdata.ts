import type {
  Decimal,
  Instant,
  MeterId,
  MeteringPoint,
  MeteringPointId,
  Resolution,
} from '@metergram/model';
import type { Charge } from '../core/client.ts';
import { decimalOf, epochOf, instantOf } from '../core/json.ts';
import { lookup } from '../core/lookup.ts';
import { startOfDay } from '../core/zone.ts';
import { danishZone } from './timeseries.ts';
import type { ChildPoint, WireCharge, WireCharges, WirePointData, WireTariff } from './wire.ts';

/** The hub's types of metering points (swagger, `typeOfMP`) that have a direction. */
export const pointKinds: Readonly<Record<string, MeteringPoint['kind']>> = {
  E17: 'consumption',
  E18: 'production',
  E20: 'exchange',
  D01: 'production',
  D04: 'production',
  D05: 'production',
  D06: 'production',
  D07: 'consumption',
  D09: 'production',
  D10: 'consumption',
  D11: 'production',
  D12: 'consumption',
  D14: 'consumption',
  D15: 'consumption',
  D17: 'consumption',
  D18: 'production',
};

const occurrences: Readonly<Record<string, Resolution>> = {
  PT15M: 'PT15M',
  PT1H: 'PT1H',
  P1M: 'P1M',
};

/** A metering point of a list or of the details, and its children after it. Null where it has no identifier. */
export function readPoints(wire: WirePointData): MeteringPoint[] {
  const own = readPoint(wire, wire.parentMeteringPointId ?? '');
  if (own === null) return [];
  const children = (wire.childMeteringPoints ?? []).flatMap((child) => {
    const point = readPoint(child, own.id);
    return point === null ? [] : [point];
  });
  return [own, ...children];
}

function readPoint(wire: ChildPoint & WirePointData, parent: string): MeteringPoint | null {
  const id = (wire.meteringPointId ?? '').trim();
  if (id === '') return null;
  const resolution = lookup(occurrences, wire.meterReadingOccurrence ?? '');
  const gridArea = wire.meteringGridAreaIdentification ?? '';
  const meter = wire.meterNumber ?? '';
  const { childMeteringPoints: _, ...source } = wire;
  return {
    id: id as MeteringPointId,
    kind: lookup(pointKinds, wire.typeOfMP ?? '') ?? 'unknown',
    medium: 'electricity',
    ...(parent === '' ? {} : { parent: parent as MeteringPointId }),
    ...(resolution === undefined ? {} : { resolution }),
    ...(gridArea === '' ? {} : { gridArea }),
    zone: danishZone,
    ...(meter === ''
      ? {}
      : { meters: [{ meter: meter as MeterId, installed: { start: null, end: null } }] }),
    source,
  };
}

/**
 * The charges of one metering point. The hub names neither unit nor VAT: tariffs are per kWh and subscriptions per month,
 * without VAT, in kroner, as its price lists are; see the README for what that rests on.
 */
export function readCharges(wire: WireCharges, meteringPoint: MeteringPointId): Charge[] {
  return [
    ...(wire.tariffs ?? []).map((tariff) => readTariff(tariff, meteringPoint)),
    ...(wire.subscriptions ?? []).map((one) => readFlat(one, 'subscription', meteringPoint)),
    ...(wire.fees ?? []).map((one) => readFlat(one, 'fee', meteringPoint)),
  ];
}

function readTariff(wire: WireTariff, meteringPoint: MeteringPointId): Charge {
  const rates = (wire.prices ?? []).map(({ position, price }, at) => ({
    position: /^\d+$/.test(position ?? '') ? Number(position) : at + 1,
    value: priceOf(price),
  }));
  const hourly = wire.periodType === 'HOUR' || rates.length > 1;
  return {
    ...head(wire, 'tariff', meteringPoint),
    per: 'kWh',
    resolution: hourly ? 'PT1H' : 'P1D',
    rates,
  };
}

function readFlat(
  wire: WireCharge,
  kind: 'subscription' | 'fee',
  meteringPoint: MeteringPointId,
): Charge {
  const quantity = decimalOf(String(wire.quantity ?? ''));
  return {
    ...head(wire, kind, meteringPoint),
    per: kind === 'fee' ? 'piece' : 'month',
    ...(quantity === null ? {} : { quantity }),
    resolution: 'P1D',
    rates: [{ position: 1, value: priceOf(wire.price) }],
  };
}

function head(
  wire: WireCharge | WireTariff,
  kind: Charge['kind'],
  meteringPoint: MeteringPointId,
): Omit<Charge, 'per' | 'resolution' | 'rates'> {
  return {
    meteringPoint,
    kind,
    name: wire.name ?? '',
    ...(wire.description ? { description: wire.description } : {}),
    ...(wire.owner ? { owner: wire.owner } : {}),
    currency: 'DKK',
    vat: 'exclusive',
    start: danishInstant(wire.validFromDate),
    end: danishInstant(wire.validToDate),
    source: { scheme: 'eloverblik', code: `${kind} ${wire.periodType ?? ''}`.trim() },
  };
}

function priceOf(price: string | null | undefined): Decimal | null {
  return price === null || price === undefined ? null : decimalOf(String(price));
}

/** Instants with a zone as they are; bare dates, and times without a zone, are Danish. Null for nothing and nonsense. */
export function danishInstant(text: string | null | undefined): Instant | null {
  const sent = (text ?? '').trim();
  const ms = epochOf(sent);
  if (ms !== null) return instantOf(ms);
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/.exec(sent);
  if (match === null) return null;
  try {
    const [, date = '', hours = '0', minutes = '0', seconds = '0'] = match;
    const time = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
    return instantOf(startOfDay(date, danishZone) + time * 1000);
  } catch {
    return null;
  }
}
