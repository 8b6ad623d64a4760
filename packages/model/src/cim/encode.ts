import type { Report } from '../conversion.ts';
import type { ZoneId } from '../identifier.ts';
import { type Interval, toEpochMs } from '../instant.ts';
import { resolutionMs } from '../resolution.ts';
import type { SeriesPoint, TimeSeries } from '../series.ts';
import { civilDate } from '../zone.ts';
import { codeOfQuality, codeOfUnit, commodityOf, QUALITY_SCHEME, qualityOfCode } from './codes.ts';
import type { RawPeriod, RawPoint, RawSeries } from './document.ts';

/** How a kind of document writes series. */
export interface Style {
  /** Where one period ends and the next begins. */
  readonly grouping: 'local-day' | 'contiguous';
  /** True when a schema allows the codes of its lists only: other qualities are lost, other units refused. */
  readonly listedCodesOnly: boolean;
}

function rawPoint(
  point: SeriesPoint,
  n: number,
  style: Style,
  report: Report,
  pointer: string,
): RawPoint {
  let code: string | null;
  const given = point.source?.scheme === QUALITY_SCHEME ? point.source.code : null;
  if (given !== null && (!style.listedCodesOnly || qualityOfCode(given) !== 'unknown')) {
    code = given;
  } else {
    const found = codeOfQuality(point.quality);
    ({ code } = found);
    if (!found.exact) {
      report.loss('loss/quality', pointer, `${point.quality} is written as ${code ?? 'nothing'}`);
    }
    if (point.source !== undefined) {
      report.loss(
        'loss/source-code',
        pointer,
        `no place for the code ${point.source.code.slice(0, 40)}`,
      );
    }
  }
  if (point.revision !== undefined) report.loss('loss/revision', pointer, 'no place for revisions');
  return { position: String(n), quantity: point.value, quality: code };
}

function sameGroup(
  last: SeriesPoint,
  next: SeriesPoint,
  series: TimeSeries,
  style: Style,
  zone: ZoneId | undefined,
): boolean {
  if (resolutionMs(series.resolution) === null || last.end !== next.start) return false;
  if (style.grouping === 'contiguous' || zone === undefined) return true;
  return civilDate(zone, toEpochMs(last.start)) === civilDate(zone, toEpochMs(next.start));
}

/** The periods of a series: fixed intervals in groups, civil ones each by itself, so that no reader needs the zone. */
function periodsOf(
  series: TimeSeries,
  style: Style,
  zone: ZoneId | undefined,
  report: Report,
  pointer: string,
): readonly RawPeriod[] {
  const periods: RawPeriod[] = [];
  let group: SeriesPoint[] = [];
  const close = (): void => {
    const [first] = group;
    const last = group.at(-1);
    if (first === undefined || last === undefined) return;
    periods.push({
      resolution: series.resolution,
      start: first.start,
      end: last.end,
      points: group.map((point, i) => rawPoint(point, i + 1, style, report, pointer)),
    });
    group = [];
  };
  for (const point of series.points) {
    const last = group.at(-1);
    if (last !== undefined && !sameGroup(last, point, series, style, zone)) close();
    group.push(point);
  }
  close();
  return periods;
}

/** As Eloverblik writes: a period for each local day, any code. */
export const BY_LOCAL_DAY: Style = { grouping: 'local-day', listedCodesOnly: false };

/** A series as the texts of a CIM document, or null (and an error) when the document cannot hold it. */
export function encodeSeries(
  series: TimeSeries,
  style: Style,
  zone: ZoneId | undefined,
  report: Report,
  pointer: string,
): RawSeries | null {
  const unit = codeOfUnit(series.unit, style.listedCodesOnly);
  if (unit === null) {
    report.error('cim/no-unit-code', pointer, `there is no ESMP code for the unit ${series.unit}`);
    return null;
  }
  if (series.direction === 'net') {
    report.loss('loss/direction', pointer, 'net is written as consumption');
  }
  if (series.basis === 'netted' || series.basis === 'calculated') {
    report.loss('loss/basis', pointer, `no place for: ${series.basis}`);
  }
  if (series.register !== undefined) {
    report.loss('loss/register', pointer, 'no place for the register');
  }
  const production = series.direction === 'production';
  return {
    id: series.meteringPoint ?? null,
    businessType: production ? 'A01' : series.basis === 'profiled' ? 'A64' : 'A04',
    direction: production ? 'A01' : 'A02',
    unit,
    meteringPoint: series.meteringPoint ?? null,
    commodity: commodityOf(series.quantity),
    periods: periodsOf(series, style, zone, report, pointer),
  };
}

/** From the first start to the last end of all series; null when there is no point. */
export function periodOfAll(series: readonly TimeSeries[]): Interval | null {
  const points = series.flatMap(({ points: all }) => all);
  const [first, ...rest] = points;
  if (first === undefined) return null;
  let { start, end } = first;
  for (const point of rest) {
    if (toEpochMs(point.start) < toEpochMs(start)) ({ start } = point);
    if (toEpochMs(point.end) > toEpochMs(end)) ({ end } = point);
  }
  return { start, end };
}
