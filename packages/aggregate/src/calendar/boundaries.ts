import type { Resolution } from '@metergram/model';
import { candidates, changeOver } from './civil.ts';
import { utc, zoneOf, type Zone } from './zone.ts';

const DAY = 86_400_000;
const STEP: Partial<Record<Resolution, number>> = { PT15M: 900_000, PT1H: 3_600_000 };

/** Milliseconds of a resolution whose intervals are instants, or 0 for civil ones. */
export function fixedStep(resolution: Resolution): number {
  return STEP[resolution] ?? 0;
}

/**
 * First instant of a civil day: its midnight; the earlier of two; where clocks skip midnight, the instant at which they
 * do. A day that a zone skips altogether begins where the next one begins, and has no length.
 */
export function startOfDay(year: number, month: number, day: number, zone: Zone): number {
  const local = utc(year, month, day);
  return candidates(local, zone)[0] ?? changeOver(local, zone)?.at ?? local - zone.offset(local);
}

function firstOf(resolution: Resolution, year: number, month: number, day: number, n: number) {
  if (resolution === 'P1Y') return [year + n, 1, 1] as const;
  if (resolution === 'P1M') {
    const index = year * 12 + month - 1 + n;
    return [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, 1] as const;
  }
  const date = new Date(utc(year, month, day) + n * DAY);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()] as const;
}

/**
 * The boundaries of a resolution that cover [from, to]: ascending, the first at or before `from`, the last after `to`.
 * Quarters and hours are instants and need no zone; days, months and years are those of `zone`.
 *
 * @throws AggregateError `calendar/unknown-zone`.
 */
export function boundaries(
  resolution: Resolution,
  zone: string,
  from: number,
  to: number,
): Float64Array<ArrayBuffer> {
  const step = fixedStep(resolution);
  const found: number[] = [];
  if (step > 0) {
    for (let at = Math.floor(from / step) * step; ; at += step) {
      found.push(at);
      if (at > to) break;
    }
    return Float64Array.from(found);
  }
  const rules = zoneOf(zone);
  const local = new Date(from + rules.offset(from));
  const [year, month, day] = [
    local.getUTCFullYear(),
    local.getUTCMonth() + 1,
    local.getUTCDate(),
  ] as const;
  // One before, as clocks that go back over midnight show the day before once more.
  for (let n = -1; ; n++) {
    const at = startOfDay(...firstOf(resolution, year, month, day, n), rules);
    if (found.length === 0 || at > found.at(-1)!) found.push(at);
    if (at > to) break;
  }
  while (found.length > 2 && found[1]! <= from) found.shift();
  return Float64Array.from(found);
}

/** The interval of a resolution that holds `time`: [start, end) in epoch milliseconds. */
export function intervalAt(
  resolution: Resolution,
  zone: string,
  time: number,
): { start: number; end: number } {
  const found = boundaries(resolution, zone, time, time);
  return { start: found[0]!, end: found[1]! };
}
