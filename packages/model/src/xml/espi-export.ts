import { type Converted, Report } from '../conversion.ts';
import { toScaled } from '../decimal.ts';
import { type Instant, toEpochMs } from '../instant.ts';
import type { Resolution } from '../resolution.ts';
import type { SeriesPoint, TimeSeries } from '../series.ts';
import {
  codesOfService,
  ESPI_QUALITY,
  type EspiService,
  espiOfQuality,
  measurementKind,
  uomOfUnit,
  usualService,
} from './espi-codes.ts';
import { element, type Written, writeXml } from './write.ts';

/** How to write a Green Button feed. */
export interface EspiExport {
  /** Time of the feed, `updated` and `published`. */
  readonly updated: Instant;
  /** Path in front of all links. Default `/espi/1_1/resource`. */
  readonly base?: string;
  /**
   * A UUID for a name that is unique in the feed; the same name must give the same UUID. By default a UUID of version 8
   * made from the name (RFC 9562, section 5.8).
   */
  readonly uuid?: (name: string) => string;
  /**
   * What is delivered at the series' usage point: a series itself does not tell district heat in kWh from electricity,
   * or gas from water. By default volumes are water and everything else is electricity.
   */
  readonly service?: (series: TimeSeries) => EspiService;
}

const ATOM = 'http://www.w3.org/2005/Atom';
const ESPI = 'http://naesb.org/espi';
/** IntervalReading.value is an Int48. */
const LARGEST = 2n ** 47n;
/** Durations are UInt32. */
const LONGEST_SECONDS = 2 ** 32 - 1;
const NOMINAL_SECONDS: Readonly<Record<Resolution, string>> = {
  PT15M: '900',
  PT1H: '3600',
  P1D: '86400',
  P1M: '2592000',
  P1Y: '31536000',
};

/** ESPI's TimePeriodOfInterest: daily, monthly; there is none for years. */
const TIME_ATTRIBUTE: Partial<Record<Resolution, string>> = { P1D: '11', P1M: '13' };

/** FNV-1a over the UTF-16 units, started at four different values: spreads names, proves nothing. */
function uuidOf(name: string): string {
  const words = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map((seed) => {
    let hash = seed;
    for (let i = 0; i < name.length; i++) {
      hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
    }
    return (hash >>> 0).toString(16).padStart(8, '0');
  });
  const hex = words.join('');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

interface Feed {
  readonly updated: Instant;
  readonly base: string;
  readonly uuid: (name: string) => string;
  readonly service: (series: TimeSeries) => EspiService;
}

function entry(
  feed: Feed,
  self: string,
  up: string,
  related: readonly string[],
  title: string,
  content: Written,
): Written {
  const link = (rel: string, path: string): Written =>
    element('link', [], { rel, href: feed.base + path });
  return element('entry', [
    element('id', `urn:uuid:${feed.uuid(feed.base + self)}`),
    link('self', self),
    link('up', up),
    ...related.map((path) => link('related', path)),
    element('title', title),
    // RFC 4287, section 4.1.3.1: without a type, content is text and may have no child elements.
    element('content', [{ ...content, attributes: { xmlns: ESPI } }], { type: 'application/xml' }),
    element('published', feed.updated),
    element('updated', feed.updated),
  ]);
}

function seconds(start: Instant, end: Instant): readonly Written[] {
  const from = toEpochMs(start) / 1000;
  return [
    element('duration', String(toEpochMs(end) / 1000 - from)),
    element('start', String(from)),
  ];
}

/** Value as whole number of `10^multiplier` base units. */
function reading(
  point: SeriesPoint,
  scale: number,
  report: Report,
  pointer: string,
): Written | null {
  if (point.value === null) return null;
  const { mantissa, scale: own } = toScaled(point.value);
  const value = mantissa * 10n ** BigInt(own - scale);
  if (value >= LARGEST || value < -LARGEST) {
    report.error(
      'espi/value-range',
      pointer,
      `the value at ${point.start} does not fit in 48 bits`,
    );
    return null;
  }
  let code: string | null;
  if (point.source?.scheme === ESPI_QUALITY) {
    ({ code } = point.source);
  } else {
    const found = espiOfQuality(point.quality);
    ({ code } = found);
    if (!found.exact)
      report.loss('loss/quality', pointer, `${point.quality} is written as mixed (13)`);
    if (point.source !== undefined) {
      report.loss('loss/source-code', pointer, `no place for a code of ${point.source.scheme}`);
    }
  }
  if (point.revision !== undefined) report.loss('loss/revision', pointer, 'no place for revisions');
  return element('IntervalReading', [
    code === null ? null : element('ReadingQuality', [element('quality', code)]),
    element('timePeriod', seconds(point.start, point.end)),
    element('value', value.toString()),
  ]);
}

function lossesOf(
  series: TimeSeries,
  uom: { readonly exact: boolean; readonly quantity: string },
  report: Report,
  pointer: string,
): void {
  if (series.register !== undefined)
    report.loss('loss/register', pointer, 'no place for the register');
  if (series.zone !== undefined) report.loss('loss/zone', pointer, 'no place for the zone');
  if (series.basis !== 'metered')
    report.loss('loss/basis', pointer, `no place for: ${series.basis}`);
  if (series.meteringPoint === undefined) {
    report.loss('loss/metering-point', pointer, 'a usage point is made up for it');
  }
  if (series.quantity !== uom.quantity)
    report.loss('loss/quantity', pointer, `${series.quantity} is read again as ${uom.quantity}`);
  if (!uom.exact)
    report.loss('loss/unit', pointer, `${series.unit} is read again with another prefix`);
  const places = new Set(
    series.points.map(({ value }) => (value === null ? null : toScaled(value).scale)),
  );
  places.delete(null);
  if (places.size > 1) {
    report.loss('loss/decimals', pointer, 'all values get the decimals of the one that has most');
  }
}

function entriesOf(
  series: TimeSeries,
  n: number,
  feed: Feed,
  seen: Set<string>,
  report: Report,
): readonly Written[] {
  const pointer = `/series/${n}`;
  const uom = uomOfUnit(series.unit);
  const [head] = series.points;
  const tail = series.points.at(-1);
  if (uom === null) {
    report.error('espi/no-unit-code', pointer, `there is no ESPI code for the unit ${series.unit}`);
    return [];
  }
  if (head === undefined || tail === undefined) {
    report.error('espi/no-points', pointer, 'a series without points cannot be written');
    return [];
  }
  if (series.points.some((p) => toEpochMs(p.start) % 1000 !== 0 || toEpochMs(p.end) % 1000 !== 0)) {
    report.error('espi/not-whole-seconds', pointer, 'ESPI has whole seconds only');
    return [];
  }
  if ((toEpochMs(tail.end) - toEpochMs(head.start)) / 1000 > LONGEST_SECONDS) {
    report.error('espi/too-long', pointer, 'ESPI durations end at 4 294 967 295 s, 136 years');
    return [];
  }
  lossesOf(series, uom, report, pointer);
  const scales = series.points.map(({ value }) => (value === null ? 0 : toScaled(value).scale));
  const scale = scales.reduce((least, one) => Math.min(least, one), 0);
  const name = encodeURIComponent(series.meteringPoint ?? `series-${n}`);
  const usagePoint = `/UsagePoint/${name}`;
  const meterReading = `${usagePoint}/MeterReading/${n}`;
  const type = `/ReadingType/${n}`;
  const service = codesOfService(feed.service(series));
  const flow = { consumption: '1', production: '19', net: '4' }[series.direction];
  const readings = series.points.map((point) => reading(point, scale, report, pointer));
  const first = !seen.has(usagePoint);
  seen.add(usagePoint);
  const place = entry(
    feed,
    usagePoint,
    '/UsagePoint',
    [`${usagePoint}/MeterReading`],
    'Usage point',
    element('UsagePoint', [element('ServiceCategory', [element('kind', service.kind)])]),
  );
  return [
    ...(first ? [place] : []),
    entry(
      feed,
      meterReading,
      `${usagePoint}/MeterReading`,
      [`${meterReading}/IntervalBlock`, type],
      'Meter reading',
      element('MeterReading', []),
    ),
    entry(
      feed,
      type,
      '/ReadingType',
      [],
      'Reading type',
      element('ReadingType', [
        // Amounts are differences (4), normal (12); momentary values are indicating (6), averages (2).
        element('accumulationBehaviour', uom.momentary ? '6' : '4'),
        element('commodity', service.commodity),
        element('dataQualifier', uom.momentary ? '2' : '12'),
        element('flowDirection', flow),
        element('intervalLength', NOMINAL_SECONDS[series.resolution]),
        element('kind', measurementKind(uom)),
        element('powerOfTenMultiplier', String(scale + uom.prefix)),
        element('timeAttribute', TIME_ATTRIBUTE[series.resolution] ?? '0'),
        element('uom', uom.code),
      ]),
    ),
    entry(
      feed,
      `${meterReading}/IntervalBlock/0`,
      `${meterReading}/IntervalBlock`,
      [],
      'Interval block',
      element('IntervalBlock', [element('interval', seconds(head.start, tail.end)), ...readings]),
    ),
  ];
}

/**
 * Writes a Green Button (NAESB ESPI) Atom feed.
 *
 * Values are whole numbers with a power of ten, exact. A missing interval is left out of its block, whose bounds tell that
 * it was asked for; civil days have their own lengths (82 800, 86 400, 90 000 s).
 *
 * Losses, told as issues: `loss/zone`, `loss/register`, `loss/basis`, `loss/revision`, `loss/source-code`, `loss/quality`
 * (incomplete), `loss/quantity` (a flow temperature is read again as a temperature), `loss/unit` (Wh, MWh are read again
 * as kWh), `loss/decimals` (where points differ), `loss/metering-point`. A unit without code, times off whole seconds,
 * values beyond 48 bits and series of more than 136 years are errors.
 *
 * What is written validates against `espi.xsd` 4.0 (namespace `http://naesb.org/espi`, version 4.0.20231213).
 */
export function toEspi(series: readonly TimeSeries[], options: EspiExport): Converted<string> {
  const report = new Report();
  const feed: Feed = {
    updated: options.updated,
    base: options.base ?? '/espi/1_1/resource',
    uuid: options.uuid ?? uuidOf,
    service: options.service ?? (({ quantity }) => usualService(quantity)),
  };
  const seen = new Set<string>();
  const root = element(
    'feed',
    [
      element('id', `urn:uuid:${feed.uuid(`${feed.base}/feed/${feed.updated}`)}`),
      element('title', 'Green Button Usage Feed'),
      element('updated', feed.updated),
      element('link', [], { rel: 'self', href: `${feed.base}/UsagePoint` }),
      ...series.flatMap((one, n) => entriesOf(one, n, feed, seen, report)),
    ],
    { xmlns: ATOM },
  );
  return { value: writeXml(root), issues: report.issues };
}
