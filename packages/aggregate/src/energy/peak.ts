import {
  addIntervals,
  type Converted,
  type Currency,
  type Decimal,
  formatInstant,
  type Interval,
  type Issue,
  type Quality,
  resolutionMs,
  type Rounding,
  type SeriesPoint,
  startOfInterval,
  civilDate,
  type TimeSeries,
  toEpochMs,
  worseQuality,
} from '@metergram/model';
import { type BandContext, inBand, type TimeBand } from './band.ts';
import {
  addFraction,
  compareFraction,
  type Fraction,
  fraction,
  fractionOf,
  fractionToDecimal,
  multiplyFraction,
} from './fraction.ts';
import { fault, sumIntervals } from './sum.ts';
import { powerOf, unitRatio } from './unit.ts';

/** What a level of power costs in a month. */
export type PeakCharge =
  | {
      readonly kind: 'steps';
      /** In order; the first step that the level is `below` (or, with `inclusive`, not above). `below` null: no end. */
      readonly steps: readonly { readonly below: Decimal | null; readonly price: Decimal }[];
      /** A level exactly on the bound belongs to the lower step. Default false. */
      readonly inclusive?: boolean;
    }
  | {
      readonly kind: 'per-kw';
      readonly price: Decimal;
    };

/** A tariff for power, as data: every company's rule is one of these. */
export interface PeakTariff {
  readonly name: string;
  readonly currency: Currency;
  readonly vat: 'exclusive' | 'inclusive';
  /** Interval over which power is the mean. */
  readonly resolution: 'PT15M' | 'PT1H';
  /** How many peaks make the level, which is their mean. */
  readonly peaks: number;
  /** `different`: one peak a day at most; `any`: the highest, even of one day. */
  readonly days: 'different' | 'any';
  /** What counts, and how much: the first band that holds; power outside all bands does not count. */
  readonly weights: readonly { readonly band: TimeBand; readonly weight: Decimal }[];
  /** The first whose band holds at the start of the month. */
  readonly charges: readonly { readonly band: TimeBand; readonly charge: PeakCharge }[];
}

export interface Peak extends Interval {
  /** Mean power of the interval in kW, to the watt (rounded half to even). */
  readonly power: Decimal;
  /** Power times weight, in kW. */
  readonly counted: Decimal;
  readonly quality: Quality;
}

/** One month under a peak tariff. */
export interface PeakMonth extends Interval {
  /** In order of height, the highest first; of equal ones the earlier. */
  readonly peaks: readonly Peak[];
  /** Mean of the peaks in kW, to the watt; null when there is none. */
  readonly level: Decimal | null;
  /** Index of the step, where there are steps. */
  readonly step: number | null;
  /** In the tariff's currency; null when there is no level, or no charge for it. */
  readonly cost: Decimal | null;
  /**
   * Worst of the peaks; `incomplete` when intervals that could have been a peak are missing, or the month has fewer days
   * or intervals that count than the tariff asks for peaks: the level may then not be the true one.
   */
  readonly quality: Quality;
  /** Counting intervals of the month without a value. */
  readonly missing: number;
}

export interface PeakOptions extends BandContext {
  /** Last digit of the cost, as power of ten. Default −2. */
  readonly scale?: number;
  /** Default `half-up`, as on an invoice. */
  readonly rounding?: Rounding;
}

interface Candidate {
  readonly start: number;
  readonly end: number;
  readonly day: string;
  readonly power: Fraction;
  readonly counted: Fraction;
  readonly quality: Quality;
}

function higher(a: Candidate, b: Candidate): number {
  return compareFraction(b.counted, a.counted) || a.start - b.start;
}

function selected(candidates: Candidate[], tariff: PeakTariff): readonly Candidate[] {
  candidates.sort(higher);
  if (tariff.days === 'any') return candidates.slice(0, tariff.peaks);
  const days = new Set<string>();
  const chosen: Candidate[] = [];
  for (const candidate of candidates) {
    if (chosen.length === tariff.peaks) break;
    if (days.has(candidate.day)) continue;
    days.add(candidate.day);
    chosen.push(candidate);
  }
  return chosen;
}

function chargeOf(
  level: Fraction,
  charge: PeakCharge,
): { readonly step: number | null; readonly cost: Fraction | null } {
  if (charge.kind === 'per-kw') {
    return { step: null, cost: multiplyFraction(level, fractionOf(charge.price)) };
  }
  const step = charge.steps.findIndex(({ below }) => {
    if (below === null) return true;
    const order = compareFraction(level, fractionOf(below));
    return order < 0 || (order === 0 && charge.inclusive === true);
  });
  const found = charge.steps[step];
  return {
    step: found === undefined ? null : step,
    cost: found === undefined ? null : fractionOf(found.price),
  };
}

function monthOf(
  start: number,
  series: TimeSeries,
  points: readonly SeriesPoint[],
  tariff: PeakTariff,
  options: PeakOptions,
): PeakMonth {
  const end = addIntervals(options.zone, start, 'P1M', 1);
  const length = resolutionMs(tariff.resolution) as number;
  const weightAt = (at: number): Decimal | null =>
    tariff.weights.find(({ band }) => inBand(band, at, options))?.weight ?? null;
  let counting = 0;
  for (let at = start; at < end; at += length) if (weightAt(at) !== null) counting++;
  const candidates: Candidate[] = [];
  let present = 0;
  for (const point of points) {
    const from = toEpochMs(point.start);
    const weight = weightAt(from);
    const power = point.quality === 'incomplete' ? null : powerOf(series, point);
    if (weight === null || power === null) continue;
    present++;
    const counted = multiplyFraction(power, fractionOf(weight));
    const { quality } = point;
    candidates.push({
      start: from,
      end: toEpochMs(point.end),
      day: civilDate(options.zone, from),
      power,
      counted,
      quality,
    });
  }
  const chosen = selected(candidates, tariff);
  const sum = chosen.reduce<Fraction>((all, { counted }) => addFraction(all, counted), {
    n: 0n,
    d: 1n,
  });
  const level =
    chosen.length === 0 ? null : multiplyFraction(sum, fraction(1n, BigInt(chosen.length)));
  const charge = tariff.charges.find(({ band }) => inBand(band, start, options))?.charge;
  const { step, cost } =
    level === null || charge === undefined ? { step: null, cost: null } : chargeOf(level, charge);
  const missing = counting - present;
  const worst = chosen.reduce<Quality>(
    (all, { quality }) => worseQuality(all, quality),
    'measured',
  );
  const whole = missing === 0 && chosen.length === tariff.peaks;
  return {
    start: formatInstant(start),
    end: formatInstant(end),
    peaks: chosen.map((one) => ({
      start: formatInstant(one.start),
      end: formatInstant(one.end),
      power: fractionToDecimal(one.power, -3),
      counted: fractionToDecimal(one.counted, -3),
      quality: one.quality,
    })),
    level: level === null ? null : fractionToDecimal(level, -3),
    step,
    cost:
      cost === null
        ? null
        : fractionToDecimal(cost, options.scale ?? -2, options.rounding ?? 'half-up'),
    quality: level === null ? 'missing' : whole ? worst : 'incomplete',
    missing,
  };
}

/**
 * The peaks, the level and the cost of every month of a load under a peak tariff.
 *
 * Power is an interval's energy over its length, exact; the level is compared with the bounds of the steps before it is
 * rounded. Months are those of the zone. A finer load is added up to the tariff's interval first; an interval of which a
 * part is missing does not count, and makes the month `incomplete`.
 *
 * Null with `energy/unit-mismatch` (no energy) or `energy/too-coarse` (a load coarser than the tariff's interval).
 */
export function peakMonths(
  load: TimeSeries,
  tariff: PeakTariff,
  options: PeakOptions,
): Converted<readonly PeakMonth[] | null> {
  const issues: Issue[] = [];
  if (unitRatio(load.unit, 'kWh') === null) {
    issues.push(fault('energy/unit-mismatch', `${load.unit} is no energy`));
  }
  const series = sumIntervals(load, tariff.resolution, options.zone);
  if (series === null) {
    issues.push(
      fault('energy/too-coarse', `${load.resolution} cannot show peaks of ${tariff.resolution}`),
    );
  }
  if (series === null || issues.length > 0) return { value: null, issues };
  const months = new Map<number, SeriesPoint[]>();
  for (const point of series.points) {
    const start = startOfInterval(options.zone, toEpochMs(point.start), 'P1M');
    const month = months.get(start) ?? [];
    month.push(point);
    months.set(start, month);
  }
  const value = [...months].map(([start, points]) =>
    monthOf(start, series, points, tariff, options),
  );
  return { value, issues };
}
