import {
  type Converted,
  type Decimal,
  type Issue,
  subtractDecimal,
  sumDecimal,
  type TimeSeries,
} from '@metergram/model';
import { type CostOptions, type CostPart, type CostReport, costOf } from './cost.ts';
import { fault } from './sum.ts';

/** A contract as the parts that one pays under it. */
export interface Offer {
  readonly name: string;
  readonly parts: readonly CostPart[];
}

/** What the same load costs under several contracts. */
export interface OfferComparison {
  /** Intervals in which every offer has a cost: only these are compared. */
  readonly compared: number;
  /** Intervals that could not be compared. */
  readonly left: number;
  readonly offers: readonly {
    readonly name: string;
    readonly report: CostReport;
    /** Inclusive of VAT, over the compared intervals; null when there are none. */
    readonly cost: Decimal | null;
    /** Above the cheapest one. */
    readonly above: Decimal | null;
  }[];
  /** Name of the cheapest; of equal ones the first. Null when nothing could be compared. */
  readonly cheapest: string | null;
}

/**
 * A spot contract beside a fixed one (or any others) on one's own load. Compared are the intervals that all of them have a
 * cost for, so that a price that is not published yet does not make a contract look cheap.
 *
 * Null with the codes of `costOf` and `energy/currency-mismatch`.
 */
export function compareOffers(
  load: TimeSeries,
  offers: readonly Offer[],
  options: CostOptions,
): Converted<OfferComparison | null> {
  const issues: Issue[] = [];
  const reports: { readonly name: string; readonly report: CostReport }[] = [];
  for (const [i, { name, parts }] of offers.entries()) {
    const { value, issues: found } = costOf(load, parts, options);
    issues.push(...found.map((one) => ({ ...one, pointer: `/offers/${i}${one.pointer ?? ''}` })));
    if (value !== null) reports.push({ name, report: value });
  }
  const currencies = new Set(reports.map(({ report }) => report.currency));
  if (currencies.size > 1) {
    issues.push(fault('energy/currency-mismatch', [...currencies].join(' beside '), '/offers'));
  }
  if (issues.length > 0) return { value: null, issues };
  const common = Array.from(load.points.keys()).filter((i) =>
    reports.every(({ report }) => report.total.inclusive.points[i]?.value !== null),
  );
  const costs = reports.map(({ report }) =>
    common.length === 0
      ? null
      : sumDecimal(common.flatMap((i) => report.total.inclusive.points[i]?.value ?? [])),
  );
  let best: { readonly name: string; readonly cost: Decimal } | null = null;
  for (const [i, { name }] of reports.entries()) {
    const cost = costs[i] ?? null;
    if (cost === null) continue;
    if (best === null || subtractDecimal(cost, best.cost).startsWith('-')) best = { name, cost };
  }
  return {
    value: {
      compared: common.length,
      left: load.points.length - common.length,
      offers: reports.map(({ name, report }, i) => {
        const cost = costs[i] ?? null;
        return {
          name,
          report,
          cost,
          above: cost === null || best === null ? null : subtractDecimal(cost, best.cost),
        };
      }),
      cheapest: best?.name ?? null,
    },
    issues,
  };
}
