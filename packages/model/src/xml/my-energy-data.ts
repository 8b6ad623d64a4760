import type { CimOptions, MarketDocument, MarketParticipant, RawSeries } from '../cim/document.ts';
import { encodeSeries, type Style } from '../cim/encode.ts';
import { DANISH, readDocument } from '../cim/my-energy-data.ts';
import { type Converted, Report } from '../conversion.ts';
import { parseEic } from '../eic.ts';
import { parseGln } from '../gs1.ts';
import { formatInstant } from '../instant.ts';
import { checkId, checkParty, fits, periodOf, schemeOfPoint, span, wholeSeconds } from './esmp.ts';
import { all, type Element, first, parseXml, textAt } from './parse.ts';
import { element, field, type Written, writeXml } from './write.ts';

const EMPTY: MarketDocument = {
  id: '',
  created: formatInstant(0),
  sender: { id: null, scheme: null },
  period: null,
  series: [],
};

const NAMESPACE = 'urn:entsoe.eu:wgedi:MyEnergyData:10:1';
const LISTED: Style = { grouping: 'local-day', listedCodesOnly: true };

function participant(root: Element, side: string): MarketParticipant {
  const mrid = first(root, `${side}_MarketParticipant.mRID`);
  const id = textAt(mrid, 'name') ?? mrid.text;
  const scheme = textAt(mrid, 'codingScheme') ?? mrid.attributes.get('codingScheme') ?? '';
  const name = all(root, `${side}_MarketParticipant.name`)[0];
  const role = textAt(root, `${side}_MarketParticipant.marketRole.type`);
  return {
    id: id === '' ? null : id,
    scheme: scheme === '' ? null : scheme,
    ...(name === undefined ? {} : { name: name.text }),
    ...(role === null ? {} : { role }),
  };
}

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
 * Reads `MyEnergyData_MarketDocument` as XML: identifiers as text with the attribute `codingScheme` (as in ESMP) or as child
 * elements `codingScheme` and `name` (as in the JSON form). In what it says it is the JSON form, see `fromMyEnergyData`;
 * the receiver is read too. Amounts into an area (`in_Quantity`) are not, and are told (`loss/in-quantity`).
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
  const series = all(root, 'TimeSeries');
  const points = series.flatMap((one) => all(one, 'Period').flatMap((at) => all(at, 'Point')));
  if (points.some(({ children }) => children.has('in_Quantity.quantity'))) {
    report.loss('loss/in-quantity', '/TimeSeries', 'in_Quantity is not read');
  }
  const document = readDocument(
    {
      id: textAt(root, 'mRID'),
      created: textAt(root, 'createdDateTime'),
      start: textAt(root, 'period.timeInterval', 'start'),
      end: textAt(root, 'period.timeInterval', 'end'),
      sender: participant(root, 'sender'),
    },
    series.map(rawSeries),
    options.zone ?? DANISH,
    report,
  );
  const receiver = participant(root, 'receiver');
  const named = receiver.id !== null || receiver.name !== undefined || receiver.role !== undefined;
  const value = named ? { ...document, receiver } : document;
  return { value, issues: report.issues };
}

/** The elements of a participant, in the order of the schema. */
function written(side: string, who: MarketParticipant, report: Report): (Written | null)[] {
  const pointer = `/${side}`;
  checkParty(who, report, pointer);
  const scheme =
    who.scheme ??
    (parseGln(who.id ?? '') !== null ? 'A10' : parseEic(who.id ?? '') !== null ? 'A01' : null);
  const id = who.id !== null && scheme !== null ? who.id : null;
  if (who.id !== null && id === null)
    report.error('cim/id-form', pointer, 'has no coding scheme, which the document needs');
  const name = (of: string): string => `${side}_MarketParticipant.${of}`;
  return [
    field(name('name'), who.name),
    field(name('marketRole.type'), who.role),
    id === null || scheme === null ? null : element(name('mRID'), id, { codingScheme: scheme }),
  ];
}

/**
 * Writes `MyEnergyData_MarketDocument` as XML, in the order and with the types of ENTSO-E's schema (namespace
 * `urn:entsoe.eu:wgedi:MyEnergyData:10:1`). Losses as of `toMyEnergyData`, but for the receiver, which has its place,
 * `loss/milliseconds` (created time) and `loss/metering-point` (a series needs an mRID). Codes that are Eloverblik's own are lost
 * (`loss/source-code`) or, for units, refused. Series off whole minutes and identifiers that the schema has no room for
 * (`cim/id-form`) are errors.
 */
export function toMyEnergyDataXml(
  document: MarketDocument,
  options: CimOptions = {},
): Converted<string> {
  const report = new Report();
  checkId(document.id, report, '/id');
  const series: (Written | null)[] = document.series.map((one, i) => {
    const pointer = `/series/${i}`;
    const zone = one.zone ?? options.zone ?? DANISH;
    if (!fits(one, report, pointer)) return null;
    const raw = encodeSeries(one, LISTED, zone, report, pointer);
    if (raw === null) return null;
    if (raw.meteringPoint === null)
      report.loss('loss/metering-point', pointer, 'an mRID is made up for it');
    const codingScheme = schemeOfPoint(raw.meteringPoint);
    return element('TimeSeries', [
      element('mRID', raw.id ?? `series-${i}`),
      field('businessType', raw.businessType),
      element('curveType', 'A01'),
      element('measurement_Unit.name', raw.unit),
      raw.meteringPoint === null
        ? null
        : element('MarketEvaluationPoint', [element('mRID', raw.meteringPoint, { codingScheme })]),
      ...raw.periods.map((period) =>
        element('Period', [
          element('resolution', period.resolution),
          span('timeInterval', period.start, period.end),
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
  const period = periodOf(document, report);
  const root = element(
    'MyEnergyData_MarketDocument',
    [
      element('mRID', document.id),
      element('createdDateTime', wholeSeconds(document.created, report, '/created')),
      ...written('sender', document.sender, report),
      ...(document.receiver === undefined ? [] : written('receiver', document.receiver, report)),
      period === null ? null : span('period.timeInterval', period.start, period.end),
      ...series,
    ],
    { xmlns: NAMESPACE },
  );
  return { value: writeXml(root), issues: report.issues };
}
