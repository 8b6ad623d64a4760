import type { SeriesPoint } from '@metergram/model';

/**
 * Points computed anew, with revisions that go on from those computed before: a point that says what it said keeps its
 * revision, one that says something else gets the next. For recomputing a register from a store, which is how readings
 * that came later than any `lateness` get in: an aggregator with `lateness: 'unbounded'` gets all of them, and what it says
 * is revised against what was published.
 */
export function revise(
  before: readonly SeriesPoint[],
  now: readonly SeriesPoint[],
): readonly SeriesPoint[] {
  const known = new Map(before.map((point) => [point.start, point]));
  return now.map((point) => {
    const old = known.get(point.start);
    if (old === undefined) return { ...point, revision: 0 };
    const same =
      old.value === point.value && old.quality === point.quality && old.end === point.end;
    return { ...point, revision: (old.revision ?? 0) + (same ? 0 : 1) };
  });
}
