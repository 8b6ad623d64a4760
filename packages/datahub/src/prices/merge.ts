import type { PriceSeries } from '@metergram/model';
import type { HubFault } from '../core/fault.ts';
import { halvePeriod, type Period } from '../core/period.ts';

function keyOf(series: PriceSeries): string {
  const { name, currency, per, vat, area, resolution, source } = series;
  return JSON.stringify([name, currency, per, vat, area, resolution, source]);
}

/**
 * Joins parts of the same price series, in order of first appearance; points in order of time, each start once. Where two
 * parts have a price for the same start, the later part wins unless it has none.
 */
export function mergePrices(parts: readonly PriceSeries[]): readonly PriceSeries[] {
  const groups = new Map<string, PriceSeries[]>();
  for (const part of parts) {
    const key = keyOf(part);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [part]);
    else group.push(part);
  }
  return Array.from(groups.values(), (group) => {
    const [first] = group as [PriceSeries];
    if (group.length === 1) return first;
    const points = new Map<string, PriceSeries['points'][number]>();
    for (const point of group.flatMap((part) => part.points)) {
      const known = points.get(point.start);
      if (known === undefined || known.value === null || point.value !== null) {
        points.set(point.start, point);
      }
    }
    const ordered = [...points.values()].sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
    return { ...first, points: ordered };
  });
}

/** The same question for each half of its period, where the hub wants it smaller and that can be; what they give is joined again. */
export function halved<U extends { readonly part: Period }>(
  unit: U,
  fault: HubFault,
): readonly [U, U] | null {
  const halves = fault.retry === 'smaller' ? halvePeriod(unit.part) : null;
  return halves === null
    ? null
    : [
        { ...unit, part: halves[0] },
        { ...unit, part: halves[1] },
      ];
}
