import type {
  Decimal,
  EpochMs,
  Interval,
  Issue,
  PricePoint,
  PriceSeries,
  ZoneId,
} from '@metergram/model';
import { formatInstant, parseEpochMs } from '@metergram/model';
import { asText } from '../core/exact-json.ts';
import { addDays, dateAt, hourAt, startOfDay } from '../core/zone.ts';
import { decimalColumn } from './energi-data-rows.ts';
import { lookup } from '../core/lookup.ts';

const COPENHAGEN = 'Europe/Copenhagen' as ZoneId;

/** What a Danish charge is: subscription, fee or tariff; a code that is new stays as sent. */
export type ChargeKind = 'subscription' | 'fee' | 'tariff' | 'unknown';

const KINDS: Readonly<Record<string, ChargeKind>> = {
  D01: 'subscription',
  D02: 'fee',
  D03: 'tariff',
};

/** One row of `DatahubPricelist`: a charge with its price for a time of validity. Nothing of the row is lost. */
export interface Tariff {
  readonly owner: string;
  readonly gln: string | null;
  readonly kind: ChargeKind;
  /** `D01`, `D02`, `D03`, as sent. */
  readonly chargeType: string;
  readonly code: string;
  readonly note: string | null;
  readonly description: string | null;
  /** Danish local days, half-open; `to` null is until further notice. */
  readonly valid: { readonly from: EpochMs; readonly to: EpochMs | null };
  /** `D01` no VAT, `D02` 25 %. Prices are without VAT either way. */
  readonly vatClass: string | null;
  readonly resolution: string | null;
  readonly taxIndicator: string | null;
  readonly transparentInvoicing: string | null;
  /** Whether one price holds for every hour: then only `prices[0]` is given. */
  readonly flat: boolean;
  /** DKK for each local clock hour, `prices[0]` from 00:00. Null: not given. */
  readonly prices: readonly (Decimal | null)[];
  readonly row: Readonly<Record<string, unknown>>;
}

/** Local midnight of a column such as `2026-01-01T00:00:00`, which names no zone and means Danish time. */
function localDay(value: unknown): EpochMs | null {
  const text = asText(value);
  if (text === null || !/^\d{4}-\d\d-\d\d(?:T00:00(?::00(?:\.0+)?)?)?$/u.test(text)) return null;
  try {
    return startOfDay(text.slice(0, 10), COPENHAGEN);
  } catch {
    return null;
  }
}

function flag(value: unknown): string | null {
  return typeof value === 'boolean' ? String(value) : asText(value);
}

/** Reads rows of `DatahubPricelist`; a row that cannot be placed in time is told and left out. */
export function parseTariffs(rows: readonly Readonly<Record<string, unknown>>[]): {
  readonly tariffs: readonly Tariff[];
  readonly issues: readonly Issue[];
} {
  const tariffs: Tariff[] = [];
  const issues: Issue[] = [];
  for (const [at, row] of rows.entries()) {
    const from = localDay(row['ValidFrom']);
    const to = localDay(row['ValidTo']);
    const code = asText(row['ChargeTypeCode']);
    if (from === null || code === null || (to === null && asText(row['ValidTo']) !== null)) {
      issues.push({
        code: 'energidataservice/bad-charge',
        severity: 'warning',
        message: 'a charge without a readable code or validity was left out',
        pointer: `/records/${at}`,
      });
      continue;
    }
    const prices = Array.from({ length: 24 }, (_, hour) => decimalColumn(row[`Price${hour + 1}`]));
    const chargeType = asText(row['ChargeType']) ?? '';
    tariffs.push({
      owner: asText(row['ChargeOwner']) ?? '',
      gln: asText(row['GLN_Number']),
      kind: lookup(KINDS, chargeType) ?? 'unknown',
      chargeType,
      code,
      note: asText(row['Note']),
      description: asText(row['Description']),
      valid: { from, to },
      vatClass: asText(row['VATClass']),
      resolution: asText(row['ResolutionDuration']),
      taxIndicator: flag(row['TaxIndicator']),
      transparentInvoicing: flag(row['TransparentInvoicing']),
      flat: prices.slice(1).every((price) => price === null),
      prices,
      row,
    });
  }
  return { tariffs, issues };
}

const PER: Readonly<Record<ChargeKind, string>> = {
  tariff: 'kWh',
  subscription: 'month',
  fee: 'piece',
  unknown: '',
};

/**
 * Charges as price series within a window: one series for each charge (owner, type and code), its validities in order.
 * A flat price is one point for its validity; a price by clock hour is one point for each hour that the day really has.
 *
 * The hour that comes twice in autumn has the price of its clock hour both times; the hour that spring skips has none.
 */
export function tariffSeries(
  tariffs: readonly Tariff[],
  interval: Interval,
): readonly PriceSeries[] {
  const from = parseEpochMs(interval.start) ?? 0;
  const to = parseEpochMs(interval.end) ?? 0;
  const charges = new Map<string, Tariff[]>();
  for (const tariff of tariffs) {
    if (tariff.valid.from >= to || (tariff.valid.to ?? Infinity) <= from) continue;
    const key = JSON.stringify([tariff.gln ?? tariff.owner, tariff.chargeType, tariff.code]);
    const list = charges.get(key);
    if (list === undefined) charges.set(key, [tariff]);
    else list.push(tariff);
  }
  return [...charges.values()].map((versions) => chargeSeries(versions, from, to));
}

function chargeSeries(versions: readonly Tariff[], from: EpochMs, to: EpochMs): PriceSeries {
  const ordered = [...versions].sort((a, b) => a.valid.from - b.valid.from);
  const first = ordered[0] as Tariff;
  const points: PricePoint[] = [];
  for (const [at, tariff] of ordered.entries()) {
    // A later validity ends an open one: the past is never rewritten, and nothing holds twice.
    const next = ordered[at + 1]?.valid.from ?? Infinity;
    const end = Math.min(tariff.valid.to ?? Infinity, next);
    if (tariff.flat) {
      points.push({
        start: formatInstant(tariff.valid.from),
        end: end === Infinity ? null : formatInstant(end),
        value: tariff.prices[0] ?? null,
      });
    } else {
      points.push(...hourlyPoints(tariff, Math.max(tariff.valid.from, from), Math.min(end, to)));
    }
  }
  const hourly = ordered.every((tariff) => !tariff.flat);
  return {
    name: first.note ?? first.code,
    currency: 'DKK',
    per: PER[first.kind],
    vat: 'exclusive',
    ...(hourly ? { resolution: 'PT1H' as const } : {}),
    source: {
      scheme: 'datahub-pricelist',
      code: `${first.gln ?? first.owner}/${first.chargeType}/${first.code}`,
    },
    points,
  };
}

function hourlyPoints(tariff: Tariff, from: EpochMs, to: EpochMs): readonly PricePoint[] {
  const points: PricePoint[] = [];
  for (
    let date = dateAt(from, COPENHAGEN);
    startOfDay(date, COPENHAGEN) < to;
    date = addDays(date, 1)
  ) {
    const end = startOfDay(addDays(date, 1), COPENHAGEN);
    for (let at = startOfDay(date, COPENHAGEN); at < end; at += 3_600_000) {
      if (at < from || at >= to) continue;
      points.push({
        start: formatInstant(at),
        end: formatInstant(at + 3_600_000),
        value: tariff.prices[hourAt(at, COPENHAGEN)] ?? null,
      });
    }
  }
  return points;
}
