import { type TestHubData, withCheckDigit } from '@metergram/datahub/testing';
import {
  formatInstant,
  isQuality,
  type MeteringPointId,
  parseDecimal,
  parseEpochMs,
  type Resolution,
  type SeriesPoint,
  type TimeSeries,
  type ZoneId,
} from '@metergram/model';
import { UsageError } from '../usage.ts';

const HOUR = 3_600_000;

/** Longest interval that still is of the resolution: days of 25 hours, months of 31 days and an hour, leap years. */
const LONGEST: readonly (readonly [Resolution, number])[] = [
  ['PT15M', HOUR / 4],
  ['PT1H', HOUR],
  ['P1D', 25 * HOUR],
  ['P1M', 745 * HOUR],
  ['P1Y', 8_785 * HOUR],
];

interface Row {
  readonly meter: string;
  readonly unit: string;
  readonly point: SeriesPoint;
  readonly resolution: Resolution;
}

/**
 * A hub of what `metergram aggregate` prints (`meter,start,end,value,unit,quality,revision`). A meter that is no 18 digits
 * gets a metering point of its own, which names it. Wh become kWh, because hubs count in those.
 */
export function hubOfSeries(text: string, file: string, now: number): TestHubData {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = header.split(',');
  for (const name of ['meter', 'start', 'end', 'value', 'unit', 'quality'])
    if (!names.includes(name))
      throw new UsageError(
        `${file} has no column ${name}: it is not what metergram aggregate prints`,
        'nor JSON, as metergram simulate --format testhub writes it',
      );
  const groups = new Map<string, { first: Row; points: SeriesPoint[] }>();
  for (const [at, line] of lines.entries()) {
    if (line === '') continue;
    const row = readRow(line.split(','), names, `${file} line ${at + 2}`);
    const key = `${row.meter}\n${row.unit}\n${row.resolution}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: row, points: [row.point] });
    else group.points.push(row.point);
  }
  if (groups.size === 0)
    throw new UsageError(`${file} has no rows`, 'metergram simulate --format testhub writes a hub');
  const ids = new Map<string, MeteringPointId>();
  for (const { first } of groups.values())
    if (!ids.has(first.meter)) ids.set(first.meter, pointOf(first.meter, groups));
  const series = Array.from(groups.values(), ({ first, points }): TimeSeries => ({
    meteringPoint: ids.get(first.meter) as MeteringPointId,
    quantity: first.unit === 'kWh' ? 'energy' : 'unknown',
    unit: first.unit,
    direction: 'consumption',
    basis: 'metered',
    resolution: first.resolution,
    zone: 'Europe/Copenhagen' as ZoneId,
    points: points.toSorted((a, b) => (a.start < b.start ? -1 : 1)),
  }));
  const last = Math.max(now, ...series.map(({ points }) => Date.parse(points.at(-1)?.end ?? '')));
  return {
    schema: 'metergram.testhub/1',
    now: formatInstant(last),
    meteringPoints: Array.from(ids, ([meter, id]) => ({
      id,
      kind: 'consumption',
      medium: 'electricity',
      source: meter === id ? {} : { meterNumber: meter },
    })),
    series,
  };
}

/** The meter's own number where it is one of a metering point; else one made of its name, the same in every run. */
function pointOf(meter: string, taken: ReadonlyMap<string, unknown>): MeteringPointId {
  if (/^\d{18}$/.test(meter)) return meter as MeteringPointId;
  let hash = 0;
  for (const character of meter)
    hash = (hash * 131 + (character.codePointAt(0) ?? 0)) % 9_999_999_967;
  for (;;) {
    const made = withCheckDigit(`5713139${String(hash).padStart(10, '0')}`);
    if (![...taken.keys()].some((key) => key.startsWith(`${made}\n`)))
      return made as MeteringPointId;
    hash = (hash + 1) % 9_999_999_967;
  }
}

function readRow(cells: readonly string[], names: readonly string[], place: string): Row {
  const cell = (name: string): string => cells[names.indexOf(name)] ?? '';
  const start = parseEpochMs(cell('start'));
  const end = parseEpochMs(cell('end'));
  if (start === null || end === null || end <= start)
    throw new UsageError(`${place}: start and end are no interval`);
  const resolution = LONGEST.find(([, longest]) => end - start <= longest)?.[0];
  if (resolution === undefined) throw new UsageError(`${place}: longer than a year`);
  const shift = cell('unit') === 'Wh' ? 'e-3' : '';
  const value = cell('value') === '' ? null : parseDecimal(cell('value') + shift);
  if (value === null && cell('value') !== '') throw new UsageError(`${place}: value is no number`);
  const quality = cell('quality');
  return {
    meter: cell('meter'),
    unit: shift === '' ? cell('unit') : 'kWh',
    resolution,
    point: {
      start: formatInstant(start),
      end: formatInstant(end),
      value,
      quality: value === null ? 'missing' : isQuality(quality) ? quality : 'unknown',
    },
  };
}
