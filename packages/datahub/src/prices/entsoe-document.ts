import { XMLParser } from 'fast-xml-parser';
import type { Decimal, EpochMs, Issue, Resolution } from '@metergram/model';
import { parseDecimal, parseEpochMs } from '@metergram/model';
import { lookup } from '../core/lookup.ts';

/** One point as sent: a position, counted from 1, and the text of its amount. */
export interface DocumentPoint {
  readonly position: number;
  readonly amount: Decimal | null;
}

/** One period of a series, half-open; its points stand at `start + (position − 1) × resolution`. */
export interface DocumentPeriod {
  readonly start: EpochMs;
  readonly end: EpochMs;
  /** `PT60M` is read as `PT1H`. */
  readonly resolution: Resolution;
  readonly points: readonly DocumentPoint[];
}

/** One TimeSeries of an ENTSO-E publication document, every code as sent. */
export interface DocumentSeries {
  readonly mRID: string;
  readonly businessType: string | null;
  readonly inDomain: string | null;
  readonly outDomain: string | null;
  /** `A01` day-ahead, `A07` intraday: some areas send both in one answer. */
  readonly contractType: string | null;
  readonly auctionType: string | null;
  /** `A01`: every position is sent. `A03`: a position left out repeats the one before. */
  readonly curveType: string | null;
  /** Position of the auction where an area has several; null where the document says none. */
  readonly sequence: number | null;
  readonly currency: string | null;
  /** Unit that the price is for, as sent: `MWH`. */
  readonly unit: string | null;
  readonly periods: readonly DocumentPeriod[];
}

/** A price document (type A44, IEC 62325-451-3). */
export interface PublicationDocument {
  readonly kind: 'publication';
  readonly mRID: string;
  readonly revision: string | null;
  readonly type: string | null;
  readonly created: string | null;
  readonly series: readonly DocumentSeries[];
  readonly issues: readonly Issue[];
}

/** An answer without data (IEC 62325-451-1). ENTSO-E sends reason 999 for everything: only the text tells what it is. */
export interface AcknowledgementDocument {
  readonly kind: 'acknowledgement';
  readonly reasons: readonly { readonly code: string; readonly text: string }[];
  /** True when a reason says that there is no data, which is no fault of the request. */
  readonly noData: boolean;
}

/** What is no document of either kind. */
export interface UnreadableDocument {
  readonly kind: 'unreadable';
  readonly issue: Issue;
}

export type EntsoeDocument = PublicationDocument | AcknowledgementDocument | UnreadableDocument;

const LISTS = new Set(['TimeSeries', 'Period', 'Point', 'Reason']);

/** Values stay text; entities are not expanded, and a document type declaration is refused before parsing. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  processEntities: false,
  removeNSPrefix: true,
  isArray: (name) => LISTS.has(name),
});

type Node = Readonly<Record<string, unknown>>;

function nodeOf(value: unknown): Node {
  return typeof value === 'object' && value !== null ? (value as Node) : {};
}

function listOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.map(nodeOf) : [];
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  const inner = nodeOf(value)['#text'];
  return typeof inner === 'string' && inner !== '' ? inner : null;
}

const RESOLUTIONS: Readonly<Record<string, Resolution>> = {
  PT15M: 'PT15M',
  PT60M: 'PT1H',
  PT1H: 'PT1H',
};

function warn(issues: Issue[], code: string, message: string, pointer: string): void {
  issues.push({ code, severity: 'warning', message, pointer });
}

function readPeriod(node: Node, pointer: string, issues: Issue[]): DocumentPeriod | null {
  const interval = nodeOf(node['timeInterval']);
  const start = parseEpochMs(textOf(interval['start']) ?? '');
  const end = parseEpochMs(textOf(interval['end']) ?? '');
  const raw = textOf(node['resolution']) ?? '';
  const resolution = lookup(RESOLUTIONS, raw);
  if (start === null || end === null || end <= start) {
    warn(
      issues,
      'entsoe/bad-interval',
      'a period without a readable interval was left out',
      pointer,
    );
    return null;
  }
  if (resolution === undefined) {
    warn(
      issues,
      'entsoe/unknown-resolution',
      `a period of resolution ${raw || '(none)'} was left out`,
      pointer,
    );
    return null;
  }
  const points: DocumentPoint[] = [];
  for (const [at, point] of listOf(node['Point']).entries()) {
    const position = Number(textOf(point['position']) ?? Number.NaN);
    if (!Number.isInteger(position) || position < 1) {
      warn(
        issues,
        'entsoe/bad-position',
        'a point without a position was left out',
        `${pointer}/Point/${at}`,
      );
      continue;
    }
    points.push({ position, amount: parseDecimal(textOf(point['price.amount']) ?? '') });
  }
  return { start, end, resolution, points };
}

function readSeries(node: Node, pointer: string, issues: Issue[]): DocumentSeries {
  const sequence = textOf(node['classificationSequence_AttributeInstanceComponent.position']);
  const periods: DocumentPeriod[] = [];
  for (const [at, period] of listOf(node['Period']).entries()) {
    const read = readPeriod(period, `${pointer}/Period/${at}`, issues);
    if (read !== null) periods.push(read);
  }
  return {
    mRID: textOf(node['mRID']) ?? '',
    businessType: textOf(node['businessType']),
    inDomain: textOf(node['in_Domain.mRID']),
    outDomain: textOf(node['out_Domain.mRID']),
    contractType: textOf(node['contract_MarketAgreement.type']),
    auctionType: textOf(node['auction.type']),
    curveType: textOf(node['curveType']),
    sequence: sequence === null ? null : Number(sequence),
    currency: textOf(node['currency_Unit.name']),
    unit: textOf(node['price_Measure_Unit.name']),
    periods,
  };
}

function unreadable(code: string, message: string): UnreadableDocument {
  return { kind: 'unreadable', issue: { code, severity: 'error', message } };
}

/**
 * Reads what `web-api.tp.entsoe.eu` answers to `documentType=A44`: a publication, an acknowledgement, or neither (an HTML
 * page of a gateway, a body that was cut off). Never throws on data.
 */
export function parseEntsoeDocument(xml: string): EntsoeDocument {
  if (/<!DOCTYPE/iu.test(xml)) {
    return unreadable('entsoe/doctype', 'the document declares a document type; that is refused');
  }
  let root: Node;
  try {
    root = nodeOf(parser.parse(xml, true));
  } catch {
    return unreadable('entsoe/bad-xml', 'the answer is no well-formed XML');
  }
  const acknowledgement = root['Acknowledgement_MarketDocument'];
  if (acknowledgement !== undefined) {
    const reasons = listOf(nodeOf(acknowledgement)['Reason']).map((reason) => ({
      code: textOf(reason['code']) ?? '',
      text: textOf(reason['text']) ?? '',
    }));
    const noData = reasons.some((reason) => /no matching data/iu.test(reason.text));
    return { kind: 'acknowledgement', reasons, noData };
  }
  const publication = root['Publication_MarketDocument'];
  if (publication === undefined) {
    return unreadable(
      'entsoe/unknown-document',
      'the answer is no publication and no acknowledgement',
    );
  }
  const node = nodeOf(publication);
  const issues: Issue[] = [];
  const series = listOf(node['TimeSeries']).map((entry, at) =>
    readSeries(entry, `/TimeSeries/${at}`, issues),
  );
  return {
    kind: 'publication',
    mRID: textOf(node['mRID']) ?? '',
    revision: textOf(node['revisionNumber']),
    type: textOf(node['type']),
    created: textOf(node['createdDateTime']),
    series,
    issues,
  };
}
