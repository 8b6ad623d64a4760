import {
  addDecimal,
  addIntervals,
  type Converted,
  type Currency,
  type Decimal,
  type EpochMs,
  type Issue,
  type PriceSeries,
  type Quality,
  type Resolution,
  type Rounding,
  type SeriesPoint,
  startOfInterval,
  subtractDecimal,
  sumDecimal,
  type TimeSeries,
  toEpochMs,
  worseQuality,
  type ZoneId,
} from '@metergram/model';
import {
  addFraction,
  divideFraction,
  type Fraction,
  fraction,
  fractionOf,
  fractionToDecimal,
  multiplyFraction,
} from './fraction.ts';
import { indexRate, type Rate, type RateIndex, rateOver } from './rate.ts';
import { fault, type SeriesSum, sumPoints } from './sum.ts';
import { unitRatio } from './unit.ts';

/** One part of what is paid: energy, grid tariff, tax, fee. */
export interface CostPart {
  readonly name: string;
  readonly kind: 'energy' | 'markup' | 'grid' | 'tax' | 'support' | 'subscription';
  /**
   * `per` a unit of energy (or of the load), or `per` `day`, `month`, `year`: an amount for time, which is spread evenly
   * over that civil day, month or year of the zone.
   */
  readonly price: PriceSeries;
}

export interface CostOptions {
  readonly zone: ZoneId;
  /** VAT rate as a share (`0.25`) with its own history; {@link NO_VAT} where there is none. */
  readonly vat: Rate;
  /** Last digit of the cost of an interval, as power of ten. Default −6. */
  readonly scale?: number;
  /** Default `half-even`. */
  readonly rounding?: Rounding;
}

/** No value-added tax, at any time: Norway's three northern counties (on electricity), or a company's view. */
export const NO_VAT: Rate = {
  points: [{ start: '0000-01-01T00:00:00Z' as never, end: null, value: '0' as Decimal }],
};

/** Cost by interval; every interval that the load has. */
export interface CostSeries {
  readonly name: string;
  readonly kind: CostPart['kind'] | 'total';
  readonly exclusive: TimeSeries;
  readonly vat: TimeSeries;
  readonly inclusive: TimeSeries;
}

export interface CostReport {
  readonly currency: Currency;
  readonly parts: readonly CostSeries[];
  readonly total: CostSeries;
  /** Sums of the total over the load; `incomplete` when an interval has no cost. */
  readonly sums: {
    readonly exclusive: SeriesSum;
    readonly vat: SeriesSum;
    readonly inclusive: SeriesSum;
  };
}

interface Amounts {
  readonly exclusive: Decimal;
  readonly vat: Decimal;
}

type Row = { readonly amounts: Amounts | null; readonly quality: Quality };

const PERIODS: Readonly<Record<string, Resolution>> = { day: 'P1D', month: 'P1M', year: 'P1Y' };
const ONE: Fraction = { n: 1n, d: 1n };

/** Splits an amount into what is exclusive of VAT and the VAT; the two add up to what is paid. */
function withVat(
  paid: Fraction,
  rate: Fraction,
  inclusive: boolean,
  round: (value: Fraction) => Decimal,
): Amounts | null {
  if (!inclusive) return { exclusive: round(paid), vat: round(multiplyFraction(paid, rate)) };
  const net = divideFraction(paid, addFraction(ONE, rate));
  if (net === null) return null;
  const exclusive = round(net);
  return { exclusive, vat: subtractDecimal(round(paid), exclusive) };
}

/**
 * What of an amount for a civil period falls on an interval. Rounded as a running total from the period's start, so that
 * the intervals of a period with one price add up to it exactly. Only the price of the interval itself counts: a later
 * change within the month does not reach back.
 */
function shareOf(
  amount: (start: EpochMs, end: EpochMs) => Fraction | null,
  resolution: Resolution,
  point: SeriesPoint,
  zone: ZoneId,
  split: (paid: Fraction) => Amounts | null,
): Amounts | null {
  let at = toEpochMs(point.start);
  const last = toEpochMs(point.end);
  const found: Amounts[] = [];
  while (at < last) {
    const start = startOfInterval(zone, at, resolution);
    const end = addIntervals(zone, start, resolution, 1);
    const until = Math.min(last, end);
    const whole = amount(at, until);
    if (whole === null) return null;
    const upTo = (time: EpochMs): Amounts | null =>
      split(multiplyFraction(whole, fraction(BigInt(time - start), BigInt(end - start))));
    const [before, after] = [upTo(at), upTo(until)];
    if (before === null || after === null) return null;
    found.push({
      exclusive: subtractDecimal(after.exclusive, before.exclusive),
      vat: subtractDecimal(after.vat, before.vat),
    });
    at = until;
  }
  return {
    exclusive: sumDecimal(found.map(({ exclusive }) => exclusive)),
    vat: sumDecimal(found.map(({ vat }) => vat)),
  };
}

function rowsOf(
  load: TimeSeries,
  part: CostPart,
  vat: RateIndex,
  options: CostOptions,
): Row[] | null {
  const { scale = -6, rounding = 'half-even', zone } = options;
  const round = (value: Fraction): Decimal => fractionToDecimal(value, scale, rounding);
  const inclusive = part.price.vat === 'inclusive';
  const price = indexRate(part.price);
  const period = Object.hasOwn(PERIODS, part.price.per) ? PERIODS[part.price.per] : undefined;
  const ratio = period === undefined ? unitRatio(load.unit, part.price.per) : ONE;
  if (ratio === null) return null;
  return load.points.map((point): Row => {
    const [start, end] = [toEpochMs(point.start), toEpochMs(point.end)];
    const rate = rateOver(vat, start, end);
    if (rate === null) return { amounts: null, quality: 'missing' };
    if (period !== undefined) {
      const amounts = shareOf(
        (from, to) => rateOver(price, from, to),
        period,
        point,
        zone,
        (paid) => withVat(paid, rate, inclusive, round),
      );
      return { amounts, quality: amounts === null ? 'missing' : 'calculated' };
    }
    const each = rateOver(price, start, end);
    if (each === null || point.value === null) return { amounts: null, quality: 'missing' };
    const paid = multiplyFraction(multiplyFraction(fractionOf(point.value), ratio), each);
    const amounts = withVat(paid, rate, inclusive, round);
    const quality = amounts === null ? 'missing' : worseQuality(point.quality, 'calculated');
    return { amounts, quality };
  });
}

function seriesOf(
  load: TimeSeries,
  rows: readonly Row[],
  currency: Currency,
  head: Pick<CostSeries, 'name' | 'kind'>,
): CostSeries {
  const { register: _, ...rest } = load;
  const make = (amount: (amounts: Amounts) => Decimal): TimeSeries => ({
    ...rest,
    quantity: 'cost',
    unit: currency,
    basis: 'calculated',
    points: load.points.map(({ start, end, revision }, i): SeriesPoint => {
      const row = rows[i] as Row;
      return {
        start,
        end,
        value: row.amounts === null ? null : amount(row.amounts),
        quality: row.quality,
        ...(revision === undefined ? {} : { revision }),
      };
    }),
  });
  return {
    ...head,
    exclusive: make(({ exclusive }) => exclusive),
    vat: make(({ vat }) => vat),
    inclusive: make(({ exclusive, vat }) => addDecimal(exclusive, vat)),
  };
}

/**
 * What a load costs, interval by interval and part by part.
 *
 * Amount times price, exact, rounded once for each part and interval (`scale`); a price that changes within an interval
 * counts by its time-weighted mean. Unit of the result: the currency. A price, VAT rate or load that is missing makes the
 * cost of that part and interval missing, and the total's too: never zero. Quality is the load's, at best `calculated`.
 *
 * Null with `energy/unit-mismatch` (price per something else than the load), `energy/currency-mismatch` or
 * `energy/no-parts`.
 */
export function costOf(
  load: TimeSeries,
  parts: readonly CostPart[],
  options: CostOptions,
): Converted<CostReport | null> {
  const issues: Issue[] = [];
  const [first] = parts;
  if (first === undefined) {
    return { value: null, issues: [fault('energy/no-parts', 'there is no price')] };
  }
  const { currency } = first.price;
  const vat = indexRate(options.vat);
  const costs: CostSeries[] = [];
  const totals: Row[] = load.points.map(() => ({
    amounts: { exclusive: '0' as Decimal, vat: '0' as Decimal },
    quality: 'calculated',
  }));
  for (const [n, part] of parts.entries()) {
    const pointer = `/parts/${n}`;
    if (part.price.currency !== currency) {
      issues.push(
        fault('energy/currency-mismatch', `${part.price.currency} beside ${currency}`, pointer),
      );
    }
    const rows = rowsOf(load, part, vat, options);
    if (rows === null) {
      const message = `a price per ${part.price.per} for a load in ${load.unit}`;
      issues.push(fault('energy/unit-mismatch', message, pointer));
      continue;
    }
    costs.push(seriesOf(load, rows, currency, { name: part.name, kind: part.kind }));
    for (const [i, row] of rows.entries()) {
      const sum = totals[i] as Row;
      totals[i] =
        sum.amounts === null || row.amounts === null
          ? { amounts: null, quality: 'missing' }
          : {
              amounts: {
                exclusive: addDecimal(sum.amounts.exclusive, row.amounts.exclusive),
                vat: addDecimal(sum.amounts.vat, row.amounts.vat),
              },
              quality: worseQuality(sum.quality, row.quality),
            };
    }
  }
  if (issues.length > 0) return { value: null, issues };
  const total = seriesOf(load, totals, currency, { name: 'total', kind: 'total' });
  const sums = {
    exclusive: sumPoints(total.exclusive.points),
    vat: sumPoints(total.vat.points),
    inclusive: sumPoints(total.inclusive.points),
  };
  return { value: { currency, parts: costs, total, sums }, issues };
}
