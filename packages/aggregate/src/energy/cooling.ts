import {
  type Converted,
  type Decimal,
  type Issue,
  type Quality,
  type TimeSeries,
  worseQuality,
} from '@metergram/model';
import {
  addFraction,
  compareFraction,
  divideFraction,
  type Fraction,
  fraction,
  fractionOf,
  fractionToDecimal,
  multiplyFraction,
} from './fraction.ts';
import { fault } from './sum.ts';

/** How well a district-heating customer cools the water, over a time. Temperatures to a hundredth of a degree. */
export interface Cooling {
  /** Mean of supply minus return, weighted by volume, K; null when no water flowed or nothing is known. */
  readonly cooling: Decimal | null;
  readonly flow: Decimal | null;
  readonly return: Decimal | null;
  /** Volume that is counted, in the unit of its series. */
  readonly volume: Decimal;
  /** Intervals of the volume series that a temperature or the volume is missing for; they do not count. */
  readonly missing: number;
  readonly quality: Quality;
}

const ZERO: Fraction = { n: 0n, d: 1n };

/**
 * Cooling weighted by volume: an hour in which no water flows has a return temperature, but says nothing.
 *
 * `volume` holds amounts, the temperatures means of the same intervals (°C). Intervals are matched by their start. Null
 * with `energy/unit-mismatch` (not °C) or `energy/resolution-mismatch`.
 */
export function coolingOf(
  volume: TimeSeries,
  flow: TimeSeries,
  back: TimeSeries,
): Converted<Cooling | null> {
  const issues: Issue[] = [];
  for (const { unit, resolution } of [flow, back]) {
    if (unit !== '°C') issues.push(fault('energy/unit-mismatch', `${unit} is not °C`));
    if (resolution !== volume.resolution) {
      issues.push(fault('energy/resolution-mismatch', `${resolution} beside ${volume.resolution}`));
    }
  }
  if (issues.length > 0) return { value: null, issues };
  const [flows, backs] = [flow, back].map(
    (series) => new Map(series.points.map((point) => [point.start, point])),
  );
  let [supplied, returned, sum] = [ZERO, ZERO, ZERO];
  let missing = 0;
  let quality: Quality = 'calculated';
  for (const point of volume.points) {
    const [f, r] = [flows?.get(point.start), backs?.get(point.start)];
    if (
      point.value === null ||
      f === undefined ||
      f.value === null ||
      r === undefined ||
      r.value === null
    ) {
      missing++;
      continue;
    }
    const v = fractionOf(point.value);
    sum = addFraction(sum, v);
    supplied = addFraction(supplied, multiplyFraction(v, fractionOf(f.value)));
    returned = addFraction(returned, multiplyFraction(v, fractionOf(r.value)));
    for (const one of [point, f, r]) quality = worseQuality(quality, one.quality);
  }
  const means = meansOf(supplied, returned, sum);
  const value: Cooling = {
    ...means,
    volume: fractionToDecimal(sum, -3),
    missing,
    quality: means.cooling === null ? 'missing' : missing > 0 ? 'incomplete' : quality,
  };
  return { value, issues };
}

function meansOf(
  supplied: Fraction,
  returned: Fraction,
  volume: Fraction,
): Pick<Cooling, 'cooling' | 'flow' | 'return'> {
  const flow = divideFraction(supplied, volume);
  const back = divideFraction(returned, volume);
  if (flow === null || back === null) return { cooling: null, flow: null, return: null };
  return {
    cooling: fractionToDecimal(addFraction(flow, { n: -back.n, d: back.d }), -2),
    flow: fractionToDecimal(flow, -2),
    return: fractionToDecimal(back, -2),
  };
}

/**
 * Means from the registers that heat meters keep for this: volume (m³) and volume times temperature (m³·°C) of supply and
 * return, each as the difference between two readings. Nulls when no water flowed.
 */
export function coolingFromRegisters(registers: {
  readonly volume: Decimal;
  readonly volumeTimesFlow: Decimal;
  readonly volumeTimesReturn: Decimal;
}): Pick<Cooling, 'cooling' | 'flow' | 'return'> {
  return meansOf(
    fractionOf(registers.volumeTimesFlow),
    fractionOf(registers.volumeTimesReturn),
    fractionOf(registers.volume),
  );
}

/** A side of a return-temperature tariff. */
export interface ReturnSide {
  /** Percent of the energy cost for each degree. */
  readonly percentPerDegree: Decimal;
  /** Degrees off that cost nothing. Default 0. */
  readonly free?: Decimal;
  /** Beyond `free`, do `all` degrees count, or only those `beyond` it? Default `beyond`. */
  readonly counts?: 'all' | 'beyond';
}

/** A tariff that rewards a cold return (motivationstarif, incitamentstarif), as data. */
export interface ReturnTariff {
  readonly name: string;
  /** What return temperature is expected at which mean flow temperature, °C; in order of flow. */
  readonly expected: readonly { readonly flow: Decimal; readonly return: Decimal }[];
  /** Between two rows: the row `below`, or on the line between them. Default `linear`. */
  readonly between?: 'below' | 'linear';
  /** A warmer return costs; absent: nothing. */
  readonly above?: ReturnSide;
  /** A colder return pays back; absent: nothing. */
  readonly below?: ReturnSide;
}

/** Actual beside expected return temperature, and what it costs (negative: what it saves). */
export interface ReturnResult {
  readonly expected: Decimal;
  /** Actual minus expected, K. */
  readonly deviation: Decimal;
  /** Percent of the energy cost; negative is a discount. */
  readonly percent: Decimal;
  /** Surcharge in the currency of the price, rounded half up to a hundredth; negative is a discount. */
  readonly surcharge: Decimal;
}

function expectedAt(tariff: ReturnTariff, flow: Fraction): Fraction | null {
  const rows = tariff.expected.map((row) => ({
    flow: fractionOf(row.flow),
    back: fractionOf(row.return),
  }));
  const [first] = rows;
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return null;
  if (compareFraction(flow, first.flow) <= 0) return first.back;
  if (compareFraction(flow, last.flow) >= 0) return last.back;
  const n = rows.findLastIndex((row) => compareFraction(row.flow, flow) <= 0);
  const [low, high] = [rows[n] ?? first, rows[n + 1] ?? last];
  if (tariff.between === 'below') return low.back;
  const along = divideFraction(
    addFraction(flow, { n: -low.flow.n, d: low.flow.d }),
    addFraction(high.flow, { n: -low.flow.n, d: low.flow.d }),
  );
  const rise = addFraction(high.back, { n: -low.back.n, d: low.back.d });
  return along === null ? low.back : addFraction(low.back, multiplyFraction(rise, along));
}

function percentOf(off: Fraction, side: ReturnSide | undefined): Fraction {
  if (side === undefined) return ZERO;
  const free = fractionOf(side.free ?? ('0' as Decimal));
  if (compareFraction(off, free) <= 0) return ZERO;
  const counted = side.counts === 'all' ? off : addFraction(off, { n: -free.n, d: free.d });
  return multiplyFraction(counted, fractionOf(side.percentPerDegree));
}

/**
 * The expected return temperature at a customer's own mean flow temperature, and the surcharge or discount that the actual
 * one gives. Outside the table its first or last row holds. Null when the table is empty.
 *
 * @param heat mean temperatures (°C), energy, and its price in the same unit.
 */
export function returnCharge(
  tariff: ReturnTariff,
  heat: {
    readonly flow: Decimal;
    readonly return: Decimal;
    readonly energy: Decimal;
    readonly price: Decimal;
  },
): ReturnResult | null {
  const expected = expectedAt(tariff, fractionOf(heat.flow));
  if (expected === null) return null;
  const deviation = addFraction(fractionOf(heat.return), { n: -expected.n, d: expected.d });
  const percent =
    deviation.n >= 0n
      ? percentOf(deviation, tariff.above)
      : multiplyFraction(
          percentOf({ n: -deviation.n, d: deviation.d }, tariff.below),
          fraction(-1n, 1n),
        );
  const cost = multiplyFraction(fractionOf(heat.energy), fractionOf(heat.price));
  const surcharge = multiplyFraction(multiplyFraction(cost, percent), fraction(1n, 100n));
  return {
    expected: fractionToDecimal(expected, -2),
    deviation: fractionToDecimal(deviation, -2),
    percent: fractionToDecimal(percent, -4),
    surcharge: fractionToDecimal(surcharge, -2, 'half-up'),
  };
}
