import type { Resolution } from '@metergram/model';
import { next, stamp } from '../european-time.ts';
import { type StoredPoint, type StoredSeries, sum } from '../store.ts';

export interface DocumentOptions {
  /** How a day is spelled; the live hub sends PT1D and PT1Y where its description says P1D and P1Y. */
  readonly spelling: 'live' | 'described';
  readonly created: number;
  readonly deviation: string | null;
}

const order: readonly Resolution[] = ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'];
const asked: Readonly<Record<string, Resolution>> = {
  Quarter: 'PT15M',
  Hour: 'PT1H',
  Day: 'P1D',
  Month: 'P1M',
  Year: 'P1Y',
};
const units: Readonly<Record<string, string>> = { kWh: 'KWH', MWh: 'MWH', kvarh: 'K3', kW: 'KWT' };

/** Whether a series can be given at the asked aggregation: never finer than it is stored. */
export function available(series: StoredSeries, aggregation: string): boolean {
  const wanted = asked[aggregation];
  return wanted === undefined || order.indexOf(wanted) >= order.indexOf(series.resolution);
}

/** The document of one metering point, as JSON text: `{"MyEnergyData_MarketDocument":{…}}` without the braces. */
export function marketDocument(
  id: string,
  all: readonly StoredSeries[],
  from: number,
  to: number,
  aggregation: string,
  options: DocumentOptions,
): string {
  const series = all.map((one) => timeSeries(id, one, from, to, aggregation, options));
  return (
    `"MyEnergyData_MarketDocument":{"mRID":"80024a18-0001-ef00-b63f-84710c7967bb",` +
    `"createdDateTime":"${stamp(options.created)}","sender_MarketParticipant.name":"",` +
    `"sender_MarketParticipant.mRID":{"codingScheme":null,"name":null},` +
    `"period.timeInterval":{"start":"${stamp(from)}","end":"${stamp(to)}"},` +
    `"TimeSeries":[${series.filter((text) => text !== '').join(',')}]}`
  );
}

/** The points of a series at what was asked for. */
export function atAggregation(
  series: StoredSeries,
  from: number,
  to: number,
  aggregation: string,
): readonly StoredPoint[] {
  const resolution = asked[aggregation] ?? series.resolution;
  const points = series.between(from, to);
  return resolution === series.resolution ? points : aggregate(points, resolution);
}

/** The hub's code for a series' unit. */
export function unitOf(series: StoredSeries): string {
  return units[series.unit] ?? series.unit;
}

function timeSeries(
  id: string,
  series: StoredSeries,
  from: number,
  to: number,
  aggregation: string,
  options: DocumentOptions,
): string {
  const resolution = asked[aggregation] ?? series.resolution;
  const points = atAggregation(series, from, to, aggregation);
  const periods = group(points, resolution).map((period) =>
    periodText(period, resolution, options),
  );
  if (periods.length === 0) return '';
  if (options.deviation === 'unsorted') periods.reverse();
  if (options.deviation === 'duplicates') periods.push(periods[0] as string);
  const business =
    series.basis === 'profiled' ? 'A64' : series.direction === 'production' ? 'A01' : 'A04';
  return (
    `{"mRID":"${id}","businessType":"${options.deviation === 'unknown-enum' ? 'A99' : business}",` +
    `"curveType":"A01","measurement_Unit.name":"${unitOf(series)}",` +
    (options.deviation === 'unknown-field' ? `"brandNew":{"a":[1]},` : '') +
    `"MarketEvaluationPoint":{"mRID":{"codingScheme":"A10","name":"${id}"}},` +
    `"Period":[${periods.join(',')}]}`
  );
}

/** Periods as the hub cuts them: one a civil day up to days, else one a month or year. */
function group(points: readonly StoredPoint[], resolution: Resolution): StoredPoint[][] {
  const step = resolution === 'P1M' || resolution === 'P1Y' ? resolution : 'P1D';
  const groups: StoredPoint[][] = [];
  let end = -Infinity;
  for (const point of points) {
    if (point.start >= end) {
      groups.push([]);
      end = next(point.start, step, 1);
    }
    (groups.at(-1) as StoredPoint[]).push(point);
  }
  return groups;
}

function periodText(
  points: readonly StoredPoint[],
  resolution: Resolution,
  options: DocumentOptions,
): string {
  const live = options.spelling === 'live';
  const spelled = live && (resolution === 'P1D' || resolution === 'P1Y');
  const name = spelled ? `PT${resolution.slice(1)}` : resolution;
  const first = points[0] as StoredPoint;
  const last = points.at(-1) as StoredPoint;
  const length = first.end - first.start;
  let text = '';
  for (const point of points) {
    // The position counts from the period's start, so that a hole in the data leaves a hole in the positions.
    const position = Math.round((point.start - first.start) / length) + 1;
    const code = options.deviation === 'unknown-enum' ? 'A77' : codeOf(point);
    const quantity = point.value === null ? '' : `"out_Quantity.quantity":"${point.value}",`;
    text +=
      (text === '' ? '' : ',') +
      `{"position":"${position}",${quantity}"out_Quantity.quality":"${code}"}`;
  }
  return (
    `{"resolution":"${name}","timeInterval":{"start":"${stamp(first.start)}",` +
    `"end":"${stamp(last.end)}"},"Point":[${text}]}`
  );
}

function codeOf(point: StoredPoint): string {
  if (point.code !== undefined) return point.code;
  if (point.value === null) return 'A02';
  if (point.quality === 'estimated') return 'A03';
  if (point.quality === 'incomplete') return 'A05';
  return point.quality === 'adjusted' ? 'A01' : 'A04';
}

function aggregate(points: readonly StoredPoint[], resolution: Resolution): StoredPoint[] {
  const out: StoredPoint[] = [];
  let open: StoredPoint[] = [];
  let start = 0;
  let end = -Infinity;
  const close = (): void => {
    if (open.length === 0) return;
    const values = open.flatMap(({ value }) => (value === null ? [] : [value]));
    const whole = values.length === open.length;
    const estimated = open.some((point) => point.quality === 'estimated' || point.code === 'A03');
    out.push({
      start,
      end,
      value: values.length === 0 ? null : sum(values),
      quality: values.length === 0 ? 'missing' : whole ? 'measured' : 'incomplete',
      ...(whole && estimated ? { code: 'A03' } : {}),
    });
    open = [];
  };
  for (const point of points) {
    if (point.start >= end) {
      close();
      start = resolution === 'PT1H' ? Math.floor(point.start / 3_600_000) * 3_600_000 : point.start;
      end = resolution === 'PT1H' ? start + 3_600_000 : next(point.start, resolution as 'P1D', 1);
    }
    open.push(point);
  }
  close();
  return out;
}
