import { type Converted, Report } from '../conversion.ts';
import { type ZoneId } from '../identifier.ts';
import { formatInstant, type Interval, parseInstant } from '../instant.ts';
import type { TimeSeries } from '../series.ts';
import { decodeSeries } from './decode.ts';
import type { CimOptions, MarketDocument, RawPeriod, RawPoint, RawSeries } from './document.ts';
import { BY_LOCAL_DAY, encodeSeries, periodOfAll } from './encode.ts';

export const DANISH: ZoneId = 'Europe/Copenhagen' as ZoneId;

/** `MyEnergyData_MarketDocument` as Eloverblik's APIs send it in JSON: names with points, every value a text. */
export interface MyEnergyDataJson {
  readonly mRID: string;
  readonly createdDateTime: string;
  readonly 'sender_MarketParticipant.name': string | null;
  readonly 'sender_MarketParticipant.mRID': {
    readonly codingScheme: string | null;
    readonly name: string | null;
  };
  readonly 'period.timeInterval': { readonly start: string; readonly end: string };
  readonly TimeSeries: readonly {
    readonly mRID: string | null;
    readonly businessType: string | null;
    readonly curveType: string;
    readonly 'measurement_Unit.name': string;
    readonly MarketEvaluationPoint: {
      readonly mRID: { readonly codingScheme: string; readonly name: string | null };
    };
    readonly Period: readonly {
      readonly resolution: string;
      readonly timeInterval: { readonly start: string; readonly end: string };
      readonly Point: readonly {
        readonly position: string;
        readonly 'out_Quantity.quantity'?: string;
        readonly 'out_Quantity.quality'?: string;
      }[];
    }[];
  }[];
}

type Tree = Readonly<Record<string, unknown>>;

function tree(value: unknown): Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Tree)
    : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** Texts as they stand; a number, which no sender should use here, by its fewest digits. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

function rawPoint(value: unknown): RawPoint {
  const point = tree(value);
  return {
    position: textOf(point['position']) ?? '',
    quantity: textOf(point['out_Quantity.quantity']),
    quality: textOf(point['out_Quantity.quality']),
  };
}

function rawPeriod(value: unknown): RawPeriod {
  const period = tree(value);
  const span = tree(period['timeInterval']);
  return {
    resolution: textOf(period['resolution']) ?? '',
    start: textOf(span['start']) ?? '',
    end: textOf(span['end']) ?? '',
    points: listOf(period['Point']).map(rawPoint),
  };
}

function rawSeries(value: unknown): RawSeries {
  const series = tree(value);
  const point = tree(tree(series['MarketEvaluationPoint'])['mRID']);
  const id = textOf(series['mRID']);
  return {
    id,
    businessType: textOf(series['businessType']),
    direction: null,
    unit: textOf(series['measurement_Unit.name']) ?? '',
    meteringPoint: textOf(point['name']) ?? id,
    commodity: null,
    periods: listOf(series['Period']).map(rawPeriod),
  };
}

/** Head and series of a document in whichever syntax; shared with the XML form. */
export function readDocument(
  head: {
    readonly id: string | null;
    readonly created: string | null;
    readonly start: string | null;
    readonly end: string | null;
    readonly sender: MarketDocument['sender'];
    readonly receiver?: MarketDocument['sender'];
  },
  all: readonly RawSeries[],
  zone: ZoneId | undefined,
  report: Report,
): MarketDocument {
  const created = parseInstant(head.created ?? '');
  if (created === null) {
    report.warning(
      'cim/created-time',
      '/createdDateTime',
      'is no date and time: 1970 stands for it',
    );
  }
  const start = parseInstant(head.start ?? '');
  const end = parseInstant(head.end ?? '');
  const period: Interval | null = start === null || end === null ? null : { start, end };
  const series: TimeSeries[] = [];
  for (const [i, raw] of all.entries()) {
    series.push(...decodeSeries(raw, zone, report, `/TimeSeries/${i}`));
  }
  return {
    id: head.id ?? '',
    created: created ?? formatInstant(0),
    sender: head.sender,
    ...(head.receiver === undefined ? {} : { receiver: head.receiver }),
    period,
    series,
  };
}

/**
 * Reads a `MyEnergyData_MarketDocument` of Eloverblik, parsed JSON, the document itself without the envelope around it.
 *
 * A point that is not available (A02) or left out is missing, never zero. A metering point may have several series
 * (metered and profiled): all are given. Never throws on data; what cannot be read is told (`cim/…`) and left out.
 *
 * @example
 * const { value, issues } = fromMyEnergyData(response.result[0].MyEnergyData_MarketDocument);
 */
export function fromMyEnergyData(
  document: unknown,
  options: CimOptions = {},
): Converted<MarketDocument> {
  const report = new Report();
  const root = tree(document);
  if (!Array.isArray(root['TimeSeries'])) {
    report.error('cim/no-series', '/TimeSeries', 'there is no list of series');
  }
  const sender = tree(root['sender_MarketParticipant.mRID']);
  const name = root['sender_MarketParticipant.name'];
  const span = tree(root['period.timeInterval']);
  const value = readDocument(
    {
      id: textOf(root['mRID']),
      created: textOf(root['createdDateTime']),
      start: textOf(span['start']),
      end: textOf(span['end']),
      sender: {
        id: textOf(sender['name']),
        scheme: textOf(sender['codingScheme']),
        ...(typeof name === 'string' ? { name } : {}),
      },
    },
    listOf(root['TimeSeries']).map(rawSeries),
    options.zone ?? DANISH,
    report,
  );
  return { value, issues: report.issues };
}

/**
 * Writes a document as Eloverblik does: one period for each local day, positions from 1, A02 without quantity for what is
 * missing.
 *
 * Losses, told as issues: `loss/revision`, `loss/register`, `loss/source-code` (codes of other schemes), `loss/quality`
 * (interpolated becomes A03), `loss/direction` (net), `loss/basis` (netted, calculated), `loss/receiver`. A unit without an
 * ESMP code is an error, and its series is left out.
 */
export function toMyEnergyData(
  document: MarketDocument,
  options: CimOptions = {},
): Converted<MyEnergyDataJson> {
  const report = new Report();
  if (document.receiver !== undefined) {
    report.loss('loss/receiver', '/receiver', 'no place for the receiver');
  }
  const period = document.period ?? periodOfAll(document.series);
  const all: MyEnergyDataJson['TimeSeries'][number][] = [];
  for (const [i, series] of document.series.entries()) {
    const zone = series.zone ?? options.zone ?? DANISH;
    const raw = encodeSeries(series, BY_LOCAL_DAY, zone, report, `/series/${i}`);
    if (raw === null) continue;
    all.push({
      mRID: raw.id,
      businessType: raw.businessType,
      curveType: 'A01',
      'measurement_Unit.name': raw.unit,
      MarketEvaluationPoint: { mRID: { codingScheme: 'A10', name: raw.meteringPoint } },
      Period: raw.periods.map(({ resolution, start, end, points }) => ({
        resolution,
        timeInterval: { start, end },
        Point: points.map(({ position, quantity, quality }) => ({
          position,
          ...(quantity === null ? {} : { 'out_Quantity.quantity': quantity }),
          ...(quality === null ? {} : { 'out_Quantity.quality': quality }),
        })),
      })),
    });
  }
  return {
    value: {
      mRID: document.id,
      createdDateTime: document.created,
      'sender_MarketParticipant.name': document.sender.name ?? null,
      'sender_MarketParticipant.mRID': {
        codingScheme: document.sender.scheme,
        name: document.sender.id,
      },
      'period.timeInterval': period ?? { start: document.created, end: document.created },
      TimeSeries: all,
    },
    issues: report.issues,
  };
}
