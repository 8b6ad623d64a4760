import type { MarketParticipant } from '../cim/document.ts';
import { encodeSeries, type Style } from '../cim/encode.ts';
import { type Converted, Report } from '../conversion.ts';
import type { TimeSeries } from '../series.ts';
import { checkId, checkParty, fits, periodOf, schemeOfPoint, span, wholeSeconds } from './esmp.ts';
import type { HistoricalDocument, HistoricalVersion } from './historical.ts';
import { element, field, type Written, writeXml } from './write.ts';

const NAMESPACE_104 = 'https//eddie.energy/CIM/VHD_v1.04';
const NAMESPACE_082 = 'http://www.eddie.energy/VHD/EDD01/20240614';
const KIND = 'validated-historical-data-market-document';
const BY_SCHEMA: Style = { grouping: 'contiguous', listedCodesOnly: true };
const ACTIVE_ENERGY = '8716867000030';
const WATER = '8716867009911';

/** A series in the elements of 1.04, in the order of its schema; null when the document cannot hold it. */
function writtenSeries(
  series: TimeSeries,
  version: HistoricalVersion,
  report: Report,
  pointer: string,
): Written | null {
  if (!fits(series, report, pointer)) return null;
  if (series.zone !== undefined) report.loss('loss/zone', pointer, 'no place for the zone');
  if (series.basis === 'profiled')
    report.info('cim/profiled', pointer, 'written as business type A64');
  const raw = encodeSeries(series, BY_SCHEMA, undefined, report, pointer);
  if (raw === null) return null;
  const old = version === '0.82';
  const listed = (name: string, items: readonly Written[]): readonly Written[] =>
    old ? [element(`${name}List`, items)] : items;
  const periods = raw.periods.map((period) =>
    element(old ? 'Series_Period' : 'Period', [
      ...(old ? [] : [element('resolution', period.resolution)]),
      span('timeInterval', period.start, period.end),
      ...(old ? [element('resolution', period.resolution)] : []),
      ...listed(
        'Point',
        period.points.map((point) =>
          element('Point', [
            element('position', point.position),
            field('energy_Quantity.quantity', point.quantity),
            field('energy_Quantity.quality', point.quality),
          ]),
        ),
      ),
    ]),
  );
  const reading = 'marketEvaluationPoint.meterReadings.readings.';
  const scheme = schemeOfPoint(raw.meteringPoint);
  const place = identified('marketEvaluationPoint.mRID', raw.meteringPoint, scheme, old);
  const aggregate = element(
    `${reading}${old ? 'ReadingType.aggregation' : 'readingType.aggregate'}`,
    '26',
  );
  const commodity = element(
    `${reading}${old ? 'ReadingType' : 'readingType'}.commodity`,
    raw.commodity ?? '0',
  );
  const product = series.quantity === 'volume' ? WATER : ACTIVE_ENERGY;
  const energy = series.quantity === 'energy' || series.quantity === 'volume';
  const common = [
    field('mRID', raw.id ?? `series-${pointer.replaceAll('/', '-')}`),
    field('businessType', raw.businessType),
    energy ? element('product', product) : null,
  ];
  const unit = element('energy_Measurement_Unit.name', raw.unit);
  const flow = field('flowDirection.direction', raw.direction);
  return old
    ? element('TimeSeries', [
        ...common,
        element('version', '1.0'),
        flow,
        place,
        aggregate,
        commodity,
        unit,
        ...listed('Series_Period', periods),
        reasons(),
      ])
    : element('TimeSeries', [
        element('version', '1'),
        ...common,
        unit,
        flow,
        ...periods,
        place,
        aggregate,
        commodity,
      ]);
}

function reasons(): Written {
  return element('ReasonList', [element('Reason', [element('code', '999')])]);
}

function identified(name: string, id: string | null, scheme: string, old: boolean): Written | null {
  if (id === null) return null;
  return old
    ? element(name, [element('codingScheme', scheme), element('value', id)])
    : element(name, id, { codingScheme: scheme });
}

function prefixed(node: Written, prefix: string): Written {
  return {
    name: prefix + node.name,
    attributes: node.attributes,
    content:
      typeof node.content === 'string'
        ? node.content
        : node.content.map((child) => (child === null ? null : prefixed(child, prefix))),
  };
}

function party(side: string, who: MarketParticipant, role: string, old: boolean): Written[] {
  const id = identified(
    `${side}_MarketParticipant.mRID`,
    who.id ?? 'unknown',
    who.scheme ?? 'A02',
    old,
  );
  const kind = element(`${side}_MarketParticipant.marketRole.type`, who.role ?? role);
  return id === null ? [kind] : [id, kind];
}

function header(document: HistoricalDocument, created: string): readonly (Written | null)[] {
  const { header: head, version } = document;
  if (version === '1.04') {
    const meta = 'messageDocumentHeader.metaInformation.';
    return [
      element('messageDocumentHeader.creationDateTime', created),
      field(`${meta}connectionId`, head.connectionId),
      field(`${meta}dataNeedId`, head.dataNeedId),
      element(`${meta}documentType`, KIND),
      field(`${meta}permissionId`, head.permissionId),
      field(`${meta}region.connector`, head.connector),
      field(`${meta}region.country`, head.country),
    ];
  }
  return [
    element('MessageDocumentHeader', [
      element('creationDateTime', created),
      element('MessageDocumentHeader_MetaInformation', [
        field('connectionid', head.connectionId),
        field('permissionid', head.permissionId),
        field('dataNeedid', head.dataNeedId),
        element('dataType', KIND),
        element('MessageDocumentHeader_Region', [
          field('connector', head.connector),
          field('country', head.country),
        ]),
      ]),
    ]),
  ];
}

/**
 * Writes a document of validated historical data, version 1.04 (valid by its published XSD) or 0.82.
 *
 * What is missing is written as A02 without a quantity. Losses, told as issues: those of `toMyEnergyData`, and
 * `loss/zone`, `loss/participant-name`, `loss/milliseconds` (created time). Series that begin or end off a whole minute,
 * or whose unit has no code, are errors and left out. Identifiers that the schema has no room for (`cim/id-form`) and a document
 * without series are errors too: such a document is written, but not valid.
 */
export function toHistoricalXml(document: HistoricalDocument): Converted<string> {
  const report = new Report();
  const old = document.version === '0.82';
  const receiver = document.receiver ?? { id: null, scheme: null };
  if (document.sender.name !== undefined || receiver.name !== undefined) {
    report.loss('loss/participant-name', '/sender', 'no place for names of participants');
  }
  const created = wholeSeconds(document.created, report, '/created');
  checkParty(document.sender, report, '/sender');
  checkParty(receiver, report, '/receiver');
  checkId(document.id, report, '/id');
  const series = document.series
    .map((one, i) => writtenSeries(one, document.version, report, `/series/${i}`))
    .filter((one) => one !== null);
  if (series.length === 0) {
    report.error('cim/no-series', '/series', 'a document must have at least one series');
  }
  const period = periodOf(document, report);
  const sender = party('sender', document.sender, 'A26', old);
  const to = party('receiver', receiver, 'A13', old);
  const process = element('process.processType', 'A16');
  const bounds = period === null ? null : span('period.timeInterval', period.start, period.end);
  const head = [
    element('mRID', document.id),
    element('revisionNumber', old ? '0.82' : '104'),
    element('type', 'A45'),
    element('createdDateTime', created),
  ];
  if (!old) {
    const root = element(
      'VHD_Envelope',
      [
        ...header(document, created),
        element('MarketDocument', [...head, ...sender, ...to, bounds, process, ...series]),
      ],
      { xmlns: NAMESPACE_104 },
    );
    return { value: writeXml(root), issues: report.issues };
  }
  const content = element('ValidatedHistoricalData_MarketDocument', [
    ...head,
    ...sender,
    ...to,
    process,
    bounds,
    element('TimeSeriesList', series),
  ]);
  const envelope = element('ValidatedHistoricalData_Envelope', [
    ...header(document, created),
    content,
  ]);
  const root = element('ValidatedHistoricalDataMarketDocuments', [prefixed(envelope, 'v:')], {
    'xmlns:v': NAMESPACE_082,
  });
  return { value: writeXml(root), issues: report.issues };
}
