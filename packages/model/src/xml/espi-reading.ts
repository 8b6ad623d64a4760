import type { Report } from '../conversion.ts';
import { type Decimal, fromScaled, parseDecimal, toScaled } from '../decimal.ts';
import type { ZoneId } from '../identifier.ts';
import { formatInstant, MAX_EPOCH_MS, MIN_EPOCH_MS } from '../instant.ts';
import { QUALITIES } from '../quality.ts';
import { type Resolution, resolutionMs } from '../resolution.ts';
import type { FlowDirection, SeriesPoint } from '../series.ts';
import { addIntervals } from '../zone.ts';
import { ESPI_QUALITY, qualityOfEspi, unitOfUom } from './espi-codes.ts';
import { all, type Element, first, textAt } from './parse.ts';

/** From `start` to before `end`, in epoch milliseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One interval as it stands in a block. */
export interface Read extends Span {
  readonly point: SeriesPoint;
  readonly resolution: Resolution;
}

/** What a ReadingType says of all readings of a MeterReading. */
export interface ReadingKind {
  readonly unit: string;
  readonly quantity: string;
  readonly direction: FlowDirection;
  /** A reading's number is counted in `10^scale` of `unit`. */
  readonly scale: number;
  /** Seconds of a reading that names no time period of its own; null where the type does not say. */
  readonly seconds: number | null;
  /** QualityOfReading of a reading that names none; null where the type does not say. */
  readonly quality: string | null;
}

const HOUR = 3_600_000;
const UTC = 'UTC' as ZoneId;

/** Codes under which readings are amounts of their intervals: deltaData, or nothing said. */
const AMOUNTS: readonly (string | null)[] = ['4', '0', null];
/** Momentary quantities may also be indicating and instantaneous. */
const MOMENTARY: readonly (string | null)[] = [...AMOUNTS, '6', '12'];
/** DataQualifierKind under which a reading is that of its whole interval: none, normal, sum; average if momentary. */
const PLAIN: readonly (string | null)[] = ['0', '12', '26', null];
const AVERAGE: readonly (string | null)[] = [...PLAIN, '2'];

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

/** What a ReadingType says, or null (and an issue) where its readings are no intervals in a unit of ours. */
export function readingKind(type: Element, report: Report, pointer: string): ReadingKind | null {
  const uom = unitOfUom(textAt(type, 'uom') ?? '');
  const power = textAt(type, 'powerOfTenMultiplier') ?? '0';
  if (uom === null || !/^-?[0-9]{1,3}$/.test(power)) {
    const code = textAt(type, 'uom');
    report.error('espi/unknown-unit', pointer, `no unit of ours: uom ${code}, 10^${power}`);
    return null;
  }
  const accumulation = textAt(type, 'accumulationBehaviour');
  const qualifier = textAt(type, 'dataQualifier');
  if (
    !(uom.momentary ? MOMENTARY : AMOUNTS).includes(accumulation) ||
    !(uom.momentary ? AVERAGE : PLAIN).includes(qualifier)
  ) {
    report.error(
      'espi/not-intervals',
      pointer,
      `accumulation ${accumulation}, qualifier ${qualifier}: not the amounts of intervals`,
    );
    return null;
  }
  for (const name of ['consumptionTier', 'tou', 'cpp', 'phase']) {
    const code = textAt(type, name);
    if (code !== null && code !== '0')
      report.loss('loss/reading-type', pointer, `no place for ${name} ${code}`);
  }
  const seconds = textAt(type, 'intervalLength') ?? '';
  return {
    unit: uom.unit,
    quantity: uom.quantity,
    direction: directionOf(textAt(type, 'flowDirection'), report, pointer),
    scale: Number(power) - uom.prefix,
    seconds: /^[1-9][0-9]{0,9}$/.test(seconds) ? Number(seconds) : null,
    quality: textAt(type, 'defaultQuality'),
  };
}

/** The instants of a DateTimeInterval; null where it has none that the model can hold. */
export function spanOf(period: Element): Span | null {
  const start = textAt(period, 'start') ?? '';
  const duration = textAt(period, 'duration') ?? '';
  if (!/^-?[0-9]{1,12}$/.test(start) || !/^[0-9]{1,10}$/.test(duration)) return null;
  const from = Number(start) * 1000;
  const end = from + Number(duration) * 1000;
  return from < MIN_EPOCH_MS || end > MAX_EPOCH_MS ? null : { start: from, end };
}

function resolutionOf(length: number): Resolution | null {
  if (length === 900_000) return 'PT15M';
  if (length === HOUR) return 'PT1H';
  if (length >= 22 * HOUR && length <= 26 * HOUR) return 'P1D';
  const days = length / (24 * HOUR);
  if (days > 27.9 && days < 31.1) return 'P1M';
  return days > 364.9 && days < 366.1 ? 'P1Y' : null;
}

/** What comes after `from` where a reading names no time period: one interval of the type's length. */
function following(kind: ReadingKind, from: number | null, zone: ZoneId): Span | null {
  if (from === null || kind.seconds === null) return null;
  const resolution = resolutionOf(kind.seconds * 1000);
  const end =
    resolution === null || resolutionMs(resolution) !== null
      ? from + kind.seconds * 1000
      : addIntervals(zone, from, resolution, 1);
  return end > MAX_EPOCH_MS ? null : { start: from, end };
}

/**
 * The quality that a reading states; that of its type where it states none; valid where neither does (ReadingQuality:
 * "assumed to be Good unless stated otherwise"). Of several, the one that says least of the value.
 */
function qualityOf(
  reading: Element,
  kind: ReadingKind,
  report: Report,
  pointer: string,
): Pick<SeriesPoint, 'quality' | 'source'> {
  const codes = all(reading, 'ReadingQuality').flatMap((one) => textAt(one, 'quality') ?? []);
  if (codes.length > 1) {
    report.loss('loss/quality', pointer, `one quality is kept of ${codes.slice(0, 9).join(', ')}`);
  }
  const [code = kind.quality] = codes.toSorted(
    (a, b) => QUALITIES.indexOf(qualityOfEspi(b)) - QUALITIES.indexOf(qualityOfEspi(a)),
  );
  return code === null
    ? { quality: 'measured' }
    : { quality: qualityOfEspi(code), source: { scheme: ESPI_QUALITY, code } };
}

/** Value of a reading: null where it has none, `not-a-number` where its text is no number. */
function valueOf(reading: Element, scale: number): Decimal | null | 'not-a-number' {
  const text = textAt(reading, 'value');
  if (text === null) return null;
  const raw = parseDecimal(text);
  if (raw === null) return 'not-a-number';
  const { mantissa, scale: own } = toScaled(raw);
  try {
    return fromScaled(mantissa, own + scale);
  } catch {
    return 'not-a-number';
  }
}

/**
 * The readings of an IntervalBlock, in its order. One without a time period follows on the one before, the first on the
 * start of the block; one without a value is missing.
 */
export function readingsOf(
  block: Element,
  kind: ReadingKind,
  zone: ZoneId | undefined,
  report: Report,
  pointer: string,
): readonly Read[] {
  const found: Read[] = [];
  let last = spanOf(first(block, 'interval'))?.start ?? null;
  for (const [n, reading] of all(block, 'IntervalReading').entries()) {
    const at = `${pointer}/IntervalReading/${n}`;
    const time = reading.children.has('timePeriod')
      ? spanOf(first(reading, 'timePeriod'))
      : following(kind, last, zone ?? UTC);
    last = time?.end ?? null;
    const resolution = time === null ? null : resolutionOf(time.end - time.start);
    if (time === null || resolution === null) {
      report.error('espi/reading-times', at, 'its time period is none of our resolutions');
      continue;
    }
    const value = valueOf(reading, kind.scale);
    if (value === 'not-a-number') {
      report.error('espi/not-a-number', at, 'its value is no number');
      continue;
    }
    if (textAt(reading, 'cost') !== null) report.loss('loss/cost', at, 'cost is not read');
    for (const name of ['consumptionTier', 'tou', 'cpp'])
      if ((textAt(reading, name) ?? '0') !== '0')
        report.loss('loss/reading-type', at, `no place for ${name} of a reading`);
    const { source, quality } = qualityOf(reading, kind, report, at);
    const point: SeriesPoint = {
      start: formatInstant(time.start),
      end: formatInstant(time.end),
      value,
      quality: value === null ? 'missing' : quality,
      ...(source === undefined ? {} : { source }),
    };
    found.push({ ...time, point, resolution });
  }
  return found;
}
