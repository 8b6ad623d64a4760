import type { CimOptions, MarketParticipant, RawPeriod, RawSeries } from '../cim/document.ts';
import { readDocument } from '../cim/my-energy-data.ts';
import { type Converted, Report } from '../conversion.ts';
import type { HistoricalDocument, HistoricalHeader, HistoricalVersion } from './historical.ts';
import { all, type Element, first, parseXml, textAt } from './parse.ts';

/** The wrapper of a version: 0.82 puts lists in elements of their own, and identifiers in children. */
interface Dialect {
  readonly envelope: string;
  readonly document: readonly string[];
  readonly list: (parent: Element, name: string) => readonly Element[];
  readonly id: (parent: Element, name: string) => MarketParticipant;
}

const DIALECTS: Readonly<Record<HistoricalVersion, Dialect>> = {
  '1.04': {
    envelope: 'VHD_Envelope',
    document: ['MarketDocument'],
    list: all,
    id: (parent, name) => {
      const found = first(parent, name);
      const { text } = found;
      return {
        id: text === '' ? null : text,
        scheme: found.attributes.get('codingScheme') ?? null,
      };
    },
  },
  '0.82': {
    envelope: 'ValidatedHistoricalData_Envelope',
    document: ['ValidatedHistoricalData_MarketDocument'],
    list: (parent, name) => all(first(parent, `${name}List`), name),
    id: (parent, name) => ({
      id: textAt(parent, name, 'value'),
      scheme: textAt(parent, name, 'codingScheme'),
    }),
  },
};

function rawSeries(series: Element, version: HistoricalVersion): RawSeries {
  const dialect = DIALECTS[version];
  const old = version === '0.82';
  return {
    id: textAt(series, 'mRID'),
    businessType: textAt(series, 'businessType'),
    direction: textAt(series, 'flowDirection.direction'),
    unit: textAt(series, 'energy_Measurement_Unit.name') ?? '',
    meteringPoint: dialect.id(series, 'marketEvaluationPoint.mRID').id,
    commodity: null,
    periods: dialect.list(series, old ? 'Series_Period' : 'Period').map((period): RawPeriod => ({
      resolution: textAt(period, 'resolution') ?? '',
      start: textAt(period, 'timeInterval', 'start') ?? '',
      end: textAt(period, 'timeInterval', 'end') ?? '',
      points: dialect.list(period, 'Point').map((point) => ({
        position: textAt(point, 'position') ?? '',
        quantity: textAt(point, 'energy_Quantity.quantity'),
        quality: textAt(point, 'energy_Quantity.quality'),
      })),
    })),
  };
}

function headerOf(envelope: Element, version: HistoricalVersion): HistoricalHeader {
  const meta =
    version === '0.82'
      ? first(envelope, 'MessageDocumentHeader', 'MessageDocumentHeader_MetaInformation')
      : envelope;
  const prefix = version === '0.82' ? '' : 'messageDocumentHeader.metaInformation.';
  const region = version === '0.82' ? first(meta, 'MessageDocumentHeader_Region') : meta;
  const place = version === '0.82' ? '' : `${prefix}region.`;
  const entries = [
    ['connectionId', textAt(meta, version === '0.82' ? 'connectionid' : `${prefix}connectionId`)],
    ['permissionId', textAt(meta, version === '0.82' ? 'permissionid' : `${prefix}permissionId`)],
    ['dataNeedId', textAt(meta, version === '0.82' ? 'dataNeedid' : `${prefix}dataNeedId`)],
    ['connector', textAt(region, `${place}connector`)],
    ['country', textAt(region, `${place}country`)],
  ] as const;
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as HistoricalHeader;
}

function participant(document: Element, side: string, dialect: Dialect): MarketParticipant {
  const role = textAt(document, `${side}_MarketParticipant.marketRole.type`);
  return {
    ...dialect.id(document, `${side}_MarketParticipant.mRID`),
    ...(role === null ? {} : { role }),
  };
}

/**
 * Reads a validated-historical-data document of EDDIE, version 1.04 (`VHD_Envelope`) or 0.82; with several envelopes in
 * one file (0.82), each is a document. Points without quantity or with A02 are missing, never zero.
 *
 * Days and longer need `options.zone` where a period holds more than one of them: the document does not say the zone.
 */
export function fromHistoricalXml(
  text: string,
  options: CimOptions = {},
): Converted<readonly HistoricalDocument[]> {
  const report = new Report();
  const parsed = parseXml(text, report);
  if (parsed === null) return { value: [], issues: report.issues };
  const { name, root } = parsed;
  const envelopes: (readonly [HistoricalVersion, Element])[] =
    name === DIALECTS['1.04'].envelope
      ? [['1.04', root]]
      : name === DIALECTS['0.82'].envelope
        ? [['0.82', root]]
        : all(root, DIALECTS['0.82'].envelope).map((envelope) => ['0.82', envelope] as const);
  if (envelopes.length === 0) {
    report.error('cim/wrong-document', '', 'is no document of validated historical data');
  }
  const value = envelopes.map(([version, envelope]): HistoricalDocument => {
    const dialect = DIALECTS[version];
    const document = first(envelope, ...dialect.document);
    const head = {
      id: textAt(document, 'mRID'),
      created: textAt(document, 'createdDateTime'),
      start: textAt(document, 'period.timeInterval', 'start'),
      end: textAt(document, 'period.timeInterval', 'end'),
      sender: participant(document, 'sender', dialect),
      receiver: participant(document, 'receiver', dialect),
    };
    const series = dialect.list(document, 'TimeSeries').map((one) => rawSeries(one, version));
    return {
      ...readDocument(head, series, options.zone, report),
      version,
      header: headerOf(envelope, version),
    };
  });
  return { value, issues: report.issues };
}
