import { type Converted, Report } from '../conversion.ts';
import { parseMeteringPointId, type ZoneId } from '../identifier.ts';
import { formatInstant } from '../instant.ts';
import { type Resolution, resolutionMs } from '../resolution.ts';
import type { SeriesPoint, TimeSeries } from '../series.ts';
import { addIntervals, startOfInterval } from '../zone.ts';
import {
  type Read,
  readingKind,
  type ReadingKind,
  readingsOf,
  type Span,
  spanOf,
} from './espi-reading.ts';
import { all, type Element, first, parseXml } from './parse.ts';

/** How to read a Green Button feed. */
export interface EspiOptions {
  /** Zone whose days, months and years civil intervals are; without it, such series are left out (`espi/zone-needed`). */
  readonly zone?: ZoneId;
}

interface Entry {
  readonly self: string;
  readonly up: string;
  readonly related: readonly string[];
  readonly content: Element;
}

const UTC = 'UTC' as ZoneId;

/** The path of a link, so that a feed with full addresses and one with paths only are read alike. */
function pathOf(href: string): string {
  return href.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/\/+$/, '');
}

function entryOf(entry: Element): Entry {
  const links = all(entry, 'link').map((link) => ({
    rel: link.attributes.get('rel') ?? '',
    href: pathOf(link.attributes.get('href') ?? ''),
  }));
  return {
    self: links.find(({ rel }) => rel === 'self')?.href ?? '',
    up: links.find(({ rel }) => rel === 'up')?.href ?? '',
    related: links.filter(({ rel }) => rel === 'related').map(({ href }) => href),
    content: first(entry, 'content'),
  };
}

/** What is under an entry: an entry's `up` is the collection, whose path begins with that of the owner. */
function belongs(entry: Entry, owner: Entry, collection: string): boolean {
  return (
    owner.related.includes(entry.up) ||
    owner.related.includes(entry.self) ||
    entry.up === `${owner.self}/${collection}` ||
    entry.self.startsWith(`${owner.self}/${collection}/`)
  );
}

/** Sum of what is read into one series: missing points where readings leave a hole of whole intervals. */
function filled(
  readings: readonly Read[],
  blocks: readonly Span[],
  next: (edge: number) => number,
  report: Report,
  pointer: string,
): readonly SeriesPoint[] {
  const points: SeriesPoint[] = [];
  const most = 100 + 100 * readings.length;
  let last = blocks.reduce((least, { start }) => Math.min(least, start), Infinity);
  const fill = (to: number): void => {
    const edges = [last];
    while (edges.length < most && (edges.at(-1) ?? to) < to) edges.push(next(edges.at(-1) ?? to));
    if (edges.at(-1) !== to || edges.length + points.length > most) {
      if (points.length > 0 && last < to) {
        report.warning(
          'espi/long-hole',
          pointer,
          `the hole before ${formatInstant(to)} is not filled`,
        );
      }
      return;
    }
    for (const [n, edge] of edges.slice(1).entries()) {
      const [start, end] = [formatInstant(edges[n] as number), formatInstant(edge)];
      points.push({ start, end, value: null, quality: 'missing' });
    }
  };
  for (const { start, end, point } of readings.toSorted((a, b) => a.start - b.start)) {
    if (points.length > 0 && start < last) {
      report.error('espi/overlap', pointer, `an interval at ${point.start} overlaps another`);
      continue;
    }
    fill(start);
    points.push(point);
    last = end;
  }
  if (points.length > 0) fill(blocks.reduce((most_, { end }) => Math.max(most_, end), last));
  return points;
}

/**
 * Reads a Green Button (NAESB ESPI) Atom feed: one series for each MeterReading and length of interval.
 *
 * Values are exact: raw · 10^powerOfTenMultiplier in the unit of `uom`, energy in kWh (so 282 Wh is `0.282`). A hole in an
 * IntervalBlock becomes missing points, and so does a reading without a value. A reading without a time period follows on
 * the one before it. ReadingQuality is kept beside our word; a reading without one has the quality of its ReadingType, and
 * is `measured` where that names none either, as ESPI has it.
 *
 * Not taken over, and told: cost of readings (`loss/cost`), tiers, times of use and phases (`loss/reading-type`), all but
 * one of several qualities (`loss/quality`), zone rules (`loss/local-time`), usage summaries (`loss/summary`).
 */
export function fromEspi(
  text: string,
  options: EspiOptions = {},
): Converted<readonly TimeSeries[]> {
  const report = new Report();
  const parsed = parseXml(text, report);
  if (parsed === null) return { value: [], issues: report.issues };
  const entries =
    parsed.name === 'feed'
      ? all(parsed.root, 'entry').map(entryOf)
      : parsed.name === 'entry'
        ? [entryOf(parsed.root)]
        : null;
  if (entries === null) {
    report.error('espi/wrong-document', '', `is no Atom feed but ${parsed.name.slice(0, 60)}`);
    return { value: [], issues: report.issues };
  }
  const having = (name: string): readonly Entry[] =>
    entries.filter(({ content }) => content.children.has(name));
  if (having('LocalTimeParameters').length > 0) {
    report.loss(
      'loss/local-time',
      '/LocalTimeParameters',
      'rules of local time are not read: give the zone',
    );
  }
  if (
    entries.some(({ content }) =>
      [...content.children.keys()].some((name) => name.endsWith('Summary')),
    )
  ) {
    report.loss('loss/summary', '/UsageSummary', 'summaries are not read');
  }
  const usagePoints = having('UsagePoint');
  const types = having('ReadingType');
  const blocks = having('IntervalBlock');
  const series: TimeSeries[] = [];
  const told = new Set<Entry>();
  for (const [i, meterReading] of having('MeterReading').entries()) {
    const pointer = `/MeterReading/${i}`;
    const owned = blocks.filter((block) => belongs(block, meterReading, 'IntervalBlock'));
    for (const block of owned) told.add(block);
    const type = types.find(({ self }) => meterReading.related.includes(self));
    if (type === undefined) {
      report.error('espi/no-reading-type', pointer, 'its ReadingType is not in the feed');
      continue;
    }
    const kind = readingKind(first(type.content, 'ReadingType'), report, pointer);
    if (kind === null) continue;
    const usagePoint = usagePoints.find((point) => belongs(meterReading, point, 'MeterReading'));
    series.push(...seriesOf(kind, usagePoint, owned, options, report, pointer));
  }
  for (const [i, block] of blocks.entries()) {
    if (!told.has(block))
      report.error(
        'espi/no-meter-reading',
        `/IntervalBlock/${i}`,
        'its MeterReading is not in the feed',
      );
  }
  return { value: series, issues: report.issues };
}

function seriesOf(
  kind: ReadingKind,
  usagePoint: Entry | undefined,
  owned: readonly Entry[],
  options: EspiOptions,
  report: Report,
  pointer: string,
): readonly TimeSeries[] {
  const found = new Map<Resolution, Read[]>();
  const spans: Span[] = [];
  for (const block of owned.flatMap(({ content }) => all(content, 'IntervalBlock'))) {
    const bounds = spanOf(first(block, 'interval'));
    if (bounds !== null) spans.push(bounds);
    for (const read of readingsOf(block, kind, options.zone, report, pointer)) {
      const group = found.get(read.resolution) ?? [];
      group.push(read);
      found.set(read.resolution, group);
    }
  }
  const id = parseMeteringPointId(decodeId(usagePoint?.self.split('/').at(-1) ?? ''));
  const result: TimeSeries[] = [];
  for (const [resolution, readings] of found) {
    const zone = options.zone ?? UTC;
    if (resolutionMs(resolution) === null && options.zone === undefined) {
      report.error(
        'espi/zone-needed',
        pointer,
        'days and longer need the zone whose days they are',
      );
      continue;
    }
    const odd = readings.filter(({ start, end }) => {
      const opening = startOfInterval(zone, start, resolution);
      return start !== opening || end !== addIntervals(zone, opening, resolution, 1);
    });
    if (resolutionMs(resolution) === null && odd.length > 0) {
      report.warning(
        'espi/not-civil',
        pointer,
        `${odd.length} of ${readings.length} are no whole ${resolution} of ${zone}, the first at ${odd[0]?.point.start}`,
      );
    }
    result.push({
      ...(id === null ? {} : { meteringPoint: id }),
      quantity: kind.quantity,
      unit: kind.unit,
      direction: kind.direction,
      basis: 'metered',
      resolution,
      ...(options.zone === undefined ? {} : { zone: options.zone }),
      points: filled(
        readings,
        found.size === 1 ? spans : [],
        (edge) => addIntervals(zone, edge, resolution, 1),
        report,
        pointer,
      ),
    });
  }
  return result;
}

function decodeId(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
