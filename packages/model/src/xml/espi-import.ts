import { type Converted, Report } from '../conversion.ts';
import { fromScaled, parseDecimal, toScaled, type Decimal } from '../decimal.ts';
import { parseMeteringPointId, type ZoneId } from '../identifier.ts';
import { formatInstant, MAX_EPOCH_MS } from '../instant.ts';
import { type Resolution, resolutionMs } from '../resolution.ts';
import type { FlowDirection, SeriesPoint, TimeSeries } from '../series.ts';
import { addIntervals } from '../zone.ts';
import { ESPI_QUALITY, qualityOfEspi, unitOfUom } from './espi-codes.ts';
import { all, type Element, first, parseXml, textAt } from './parse.ts';

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

interface Span {
  readonly start: number;
  readonly end: number;
}

const HOUR = 3_600_000;
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

function secondsOf(element: Element): Span | null {
  const start = textAt(element, 'start') ?? '';
  const duration = textAt(element, 'duration') ?? '';
  if (!/^-?[0-9]{1,12}$/.test(start) || !/^[0-9]{1,10}$/.test(duration)) return null;
  const from = Number(start) * 1000;
  const end = from + Number(duration) * 1000;
  return from < 0 || end > MAX_EPOCH_MS ? null : { start: from, end };
}

function resolutionOf(length: number): Resolution | null {
  if (length === 900_000) return 'PT15M';
  if (length === HOUR) return 'PT1H';
  if (length >= 22 * HOUR && length <= 26 * HOUR) return 'P1D';
  const days = length / (24 * HOUR);
  if (days > 27.9 && days < 31.1) return 'P1M';
  return days > 364.9 && days < 366.1 ? 'P1Y' : null;
}

/** Sum of what is read into one series: missing points where readings leave a hole of whole intervals. */
function filled(
  readings: readonly (Span & { readonly point: SeriesPoint })[],
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

function scaledValue(text: string, multiplier: number, prefix: number): Decimal | null {
  const raw = parseDecimal(text);
  if (raw === null) return null;
  const { mantissa, scale } = toScaled(raw);
  return fromScaled(mantissa, scale + multiplier - prefix);
}

function directionOf(code: string | null, report: Report, pointer: string): FlowDirection {
  if (code === '19') return 'production';
  if (code === '4') return 'net';
  if (code !== '1') {
    report.warning(
      'espi/unknown-direction',
      pointer,
      `flow direction ${code}: taken as consumption`,
    );
  }
  return 'consumption';
}

interface Kind {
  readonly unit: string;
  readonly quantity: string;
  readonly direction: FlowDirection;
  readonly multiplier: number;
  readonly prefix: number;
}

function kindOf(type: Element, report: Report, pointer: string): Kind | null {
  const uom = unitOfUom(textAt(type, 'uom') ?? '');
  const power = textAt(type, 'powerOfTenMultiplier') ?? '0';
  if (uom === null || !/^-?[0-9]{1,2}$/.test(power)) {
    report.error(
      'espi/unknown-unit',
      pointer,
      `no unit of ours: uom ${textAt(type, 'uom')}, 10^${power}`,
    );
    return null;
  }
  const kind = textAt(type, 'accumulationBehaviour');
  if (kind !== null && kind !== '4' && kind !== '0') {
    report.error(
      'espi/not-intervals',
      pointer,
      `accumulation ${kind}: no amounts of intervals (4)`,
    );
    return null;
  }
  return {
    unit: uom.unit,
    quantity: uom.quantity,
    direction: directionOf(textAt(type, 'flowDirection'), report, pointer),
    multiplier: Number(power),
    prefix: uom.prefix,
  };
}

/**
 * Reads a Green Button (NAESB ESPI) Atom feed: one series for each MeterReading and length of interval.
 *
 * Values are exact: raw · 10^powerOfTenMultiplier in the unit of `uom`, energy in kWh (so 282 Wh is `0.282`). A hole in an
 * IntervalBlock becomes missing points. ReadingQuality is kept beside our word; without one, quality is `unknown`.
 *
 * Not taken over, and told: cost of readings (`loss/cost`), zone rules (`loss/local-time`), usage summaries
 * (`loss/summary`).
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
  for (const [i, meterReading] of having('MeterReading').entries()) {
    const pointer = `/MeterReading/${i}`;
    const type = types.find(({ self }) => meterReading.related.includes(self));
    if (type === undefined) {
      report.error('espi/no-reading-type', pointer, 'its ReadingType is not in the feed');
      continue;
    }
    const kind = kindOf(first(type.content, 'ReadingType'), report, pointer);
    if (kind === null) continue;
    const usagePoint = usagePoints.find((point) => belongs(meterReading, point, 'MeterReading'));
    const owned = blocks.filter((block) => belongs(block, meterReading, 'IntervalBlock'));
    series.push(...seriesOf(kind, usagePoint, owned, options, report, pointer));
  }
  return { value: series, issues: report.issues };
}

function seriesOf(
  kind: Kind,
  usagePoint: Entry | undefined,
  owned: readonly Entry[],
  options: EspiOptions,
  report: Report,
  pointer: string,
): readonly TimeSeries[] {
  const found = new Map<Resolution, (Span & { readonly point: SeriesPoint })[]>();
  const spans: Span[] = [];
  for (const block of owned.flatMap(({ content }) => all(content, 'IntervalBlock'))) {
    const bounds = secondsOf(first(block, 'interval'));
    if (bounds !== null) spans.push(bounds);
    for (const [n, reading] of all(block, 'IntervalReading').entries()) {
      const at = `${pointer}/IntervalReading/${n}`;
      const time = secondsOf(first(reading, 'timePeriod'));
      const resolution = time === null ? null : resolutionOf(time.end - time.start);
      if (time === null || resolution === null) {
        report.error('espi/reading-times', at, 'its time period is none of our resolutions');
        continue;
      }
      const value = scaledValue(textAt(reading, 'value') ?? '', kind.multiplier, kind.prefix);
      if (value === null) {
        report.error('espi/not-a-number', at, 'its value is no number');
        continue;
      }
      if (textAt(reading, 'cost') !== null) report.loss('loss/cost', at, 'cost is not read');
      const code = textAt(reading, 'ReadingQuality', 'quality');
      const point: SeriesPoint = {
        start: formatInstant(time.start),
        end: formatInstant(time.end),
        value,
        quality: code === null ? 'unknown' : qualityOfEspi(code),
        ...(code === null ? {} : { source: { scheme: ESPI_QUALITY, code } }),
      };
      const group = found.get(resolution) ?? [];
      group.push({ ...time, point });
      found.set(resolution, group);
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
