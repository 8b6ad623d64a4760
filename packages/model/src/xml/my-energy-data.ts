import type { CimOptions, MarketDocument, RawSeries } from '../cim/document.ts';
import { BY_LOCAL_DAY, encodeSeries, periodOfAll } from '../cim/encode.ts';
import { DANISH, readDocument } from '../cim/my-energy-data.ts';
import { type Converted, Report } from '../conversion.ts';
import { formatInstant } from '../instant.ts';
import { all, type Element, first, parseXml, textAt } from './parse.ts';
import { element, field, type Written, writeXml } from './write.ts';

const EMPTY: MarketDocument = {
  id: '',
  created: formatInstant(0),
  sender: { id: null, scheme: null },
  period: null,
  series: [],
};

function rawSeries(series: Element): RawSeries {
  const point = first(series, 'MarketEvaluationPoint', 'mRID');
  const id = textAt(series, 'mRID');
  return {
    id,
    businessType: textAt(series, 'businessType'),
    direction: null,
    unit: textAt(series, 'measurement_Unit.name') ?? '',
    meteringPoint: textAt(point, 'name') ?? (point.text === '' ? id : point.text),
    commodity: null,
    periods: all(series, 'Period').map((period) => ({
      resolution: textAt(period, 'resolution') ?? '',
      start: textAt(period, 'timeInterval', 'start') ?? '',
      end: textAt(period, 'timeInterval', 'end') ?? '',
      points: all(period, 'Point').map((at) => ({
        position: textAt(at, 'position') ?? '',
        quantity: textAt(at, 'out_Quantity.quantity'),
        quality: textAt(at, 'out_Quantity.quality'),
      })),
    })),
  };
}

/**
 * Reads `MyEnergyData_MarketDocument` as XML: the names of the JSON form as elements, identifiers as text with the
 * attribute `codingScheme` (as in ESMP) or as child elements `codingScheme` and `name`. No schema of it is published; in
 * what it says it is the JSON form, see `fromMyEnergyData`.
 */
export function fromMyEnergyDataXml(
  text: string,
  options: CimOptions = {},
): Converted<MarketDocument> {
  const report = new Report();
  const parsed = parseXml(text, report);
  if (parsed === null) return { value: EMPTY, issues: report.issues };
  if (parsed.name !== 'MyEnergyData_MarketDocument') {
    report.error(
      'cim/wrong-document',
      '',
      `is no MyEnergyData_MarketDocument but ${parsed.name.slice(0, 60)}`,
    );
    return { value: EMPTY, issues: report.issues };
  }
  const { root } = parsed;
  const sender = first(root, 'sender_MarketParticipant.mRID');
  const name = all(root, 'sender_MarketParticipant.name')[0];
  const id = textAt(sender, 'name') ?? sender.text;
  const scheme = textAt(sender, 'codingScheme') ?? sender.attributes.get('codingScheme') ?? '';
  const value = readDocument(
    {
      id: textAt(root, 'mRID'),
      created: textAt(root, 'createdDateTime'),
      start: textAt(root, 'period.timeInterval', 'start'),
      end: textAt(root, 'period.timeInterval', 'end'),
      sender: {
        id: id === '' ? null : id,
        scheme: scheme === '' ? null : scheme,
        ...(name === undefined ? {} : { name: name.text }),
      },
    },
    all(root, 'TimeSeries').map(rawSeries),
    options.zone ?? DANISH,
    report,
  );
  return { value, issues: report.issues };
}

function identified(name: string, id: string | null, scheme: string | null): Written {
  return element(name, id ?? '', scheme === null ? {} : { codingScheme: scheme });
}

/** Writes `MyEnergyData_MarketDocument` as XML; losses as of `toMyEnergyData`. */
export function toMyEnergyDataXml(
  document: MarketDocument,
  options: CimOptions = {},
): Converted<string> {
  const report = new Report();
  if (document.receiver !== undefined) {
    report.loss('loss/receiver', '/receiver', 'no place for the receiver');
  }
  const span = document.period ?? periodOfAll(document.series);
  const series: (Written | null)[] = document.series.map((one, i) => {
    const zone = one.zone ?? options.zone ?? DANISH;
    const raw = encodeSeries(one, BY_LOCAL_DAY, zone, report, `/series/${i}`);
    if (raw === null) return null;
    return element('TimeSeries', [
      field('mRID', raw.id),
      field('businessType', raw.businessType),
      element('curveType', 'A01'),
      element('measurement_Unit.name', raw.unit),
      element('MarketEvaluationPoint', [identified('mRID', raw.meteringPoint, 'A10')]),
      ...raw.periods.map((period) =>
        element('Period', [
          element('resolution', period.resolution),
          element('timeInterval', [element('start', period.start), element('end', period.end)]),
          ...period.points.map((point) =>
            element('Point', [
              element('position', point.position),
              field('out_Quantity.quantity', point.quantity),
              field('out_Quantity.quality', point.quality),
            ]),
          ),
        ]),
      ),
    ]);
  });
  const { sender } = document;
  const root = element('MyEnergyData_MarketDocument', [
    element('mRID', document.id),
    element('createdDateTime', document.created),
    field('sender_MarketParticipant.name', sender.name),
    identified('sender_MarketParticipant.mRID', sender.id, sender.scheme),
    span === null
      ? null
      : element('period.timeInterval', [element('start', span.start), element('end', span.end)]),
    ...series,
  ]);
  return { value: writeXml(root), issues: report.issues };
}
