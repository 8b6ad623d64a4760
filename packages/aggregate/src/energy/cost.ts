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
import { indexRate, piecesOver, type Rate, type RateIndex, type RatePiece } from './rate.ts';
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

/** What is paid for a time in which neither the price nor the VAT rate changes. */
interface Paid {
  readonly amount: Fraction;
  readonly vat: Fraction;
}

const NOTHING: Fraction = { n: 0n, d: 1n };

/**
 * Splits what is paid into what is exclusive of VAT and the VAT; the two add up to it. Rounded once, after all pieces are
 * added up: where price and VAT rate both change within an interval, each price has the rate of its own time.
 */
function withVat(
  paid: readonly Paid[],
  inclusive: boolean,
  round: (value: Fraction) => Decimal,
): Amounts | null {
  let [whole, net, tax] = [NOTHING, NOTHING, NOTHING];
  for (const { amount, vat } of paid) {
    whole = addFraction(whole, amount);
    if (inclusive) {
      const bare = divideFraction(amount, addFraction(ONE, vat));
      if (bare === null) return null;
      net = addFraction(net, bare);
    } else {
      tax = addFraction(tax, multiplyFraction(amount, vat));
    }
  }
  if (!inclusive) return { exclusive: round(whole), vat: round(tax) };
  const exclusive = round(net);
  return { exclusive, vat: subtractDecimal(round(whole), exclusive) };
}

/**
 * What of an amount for a civil period falls on a time in which it does not change. Rounded as a running total from the
 * period's start, so that the intervals of a period with one price add up to it exactly. Only the price of the time itself
 * counts: a later change within the month does not reach back.
 */
function shareOf(
  piece: RatePiece,
  resolution: Resolution,
  zone: ZoneId,
  split: (paid: readonly Paid[]) => Amounts | null,
): Amounts | null {
  const [amount, vat] = piece.rates as readonly [Fraction, Fraction];
  const found: Amounts[] = [];
  for (let at = piece.start; at < piece.end;) {
    const start = startOfInterval(zone, at, resolution);
    const end = addIntervals(zone, start, resolution, 1);
    const until = Math.min(piece.end, end);
    const upTo = (time: EpochMs): Amounts | null => {
      const share = fraction(BigInt(time - start), BigInt(end - start));
      return split([{ amount: multiplyFraction(amount, share), vat }]);
    };
    const [before, after] = [upTo(at), upTo(until)];
    if (before === null || after === null) return null;
    found.push({
      exclusive: subtractDecimal(after.exclusive, before.exclusive),
      vat: subtractDecimal(after.vat, before.vat),
    });
    at = until;
  }
  return totalOf(found);
}

function totalOf(all: readonly Amounts[]): Amounts {
  return {
    exclusive: sumDecimal(all.map(({ exclusive }) => exclusive)),
    vat: sumDecimal(all.map(({ vat }) => vat)),
  };
}

const UNKNOWN: Row = { amounts: null, quality: 'missing' };

function rowsOf(
  load: TimeSeries,
  part: CostPart,
  vat: RateIndex,
  options: CostOptions,
): Row[] | null {
  const { scale = -6, rounding = 'half-even', zone } = options;
  const round = (value: Fraction): Decimal => fractionToDecimal(value, scale, rounding);
  const inclusive = part.price.vat === 'inclusive';
  const split = (paid: readonly Paid[]): Amounts | null => withVat(paid, inclusive, round);
  const rates = [indexRate(part.price), vat];
  const period = Object.hasOwn(PERIODS, part.price.per) ? PERIODS[part.price.per] : undefined;
  const ratio = period === undefined ? unitRatio(load.unit, part.price.per) : ONE;
  if (ratio === null) return null;
  return load.points.map((point): Row => {
    const [start, end] = [toEpochMs(point.start), toEpochMs(point.end)];
    const pieces = piecesOver(rates, start, end);
    if (pieces === null) return UNKNOWN;
    if (period !== undefined) {
      const shares = pieces.map((piece) => shareOf(piece, period, zone, split));
      return shares.includes(null)
        ? UNKNOWN
        : { amounts: totalOf(shares as readonly Amounts[]), quality: 'calculated' };
    }
    if (point.value === null) return UNKNOWN;
    const energy = multiplyFraction(fractionOf(point.value), ratio);
    const paid = pieces.map((piece): Paid => {
      const [price, rate] = piece.rates as readonly [Fraction, Fraction];
      const amount = multiplyFraction(energy, price);
      const share = fraction(BigInt(piece.end - piece.start), BigInt(end - start));
      return { amount: pieces.length === 1 ? amount : multiplyFraction(amount, share), vat: rate };
    });
    const amounts = split(paid);
    return amounts === null
      ? UNKNOWN
      : { amounts, quality: worseQuality(point.quality, 'calculated') };
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
 * Amount times price, exact, rounded once for each part and interval (`scale`). Where a price or a VAT rate changes within an
 * interval, the amount counts as spread evenly over it, and each moment has the price and the rate of its own time. Unit of
 * the result: the currency. A price, VAT rate or load that is missing makes the cost of that part and interval missing, and
 * the total's too: never zero. Quality is the load's, at best `calculated`.
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
