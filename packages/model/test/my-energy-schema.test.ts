import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant, QUALITIES, type TimeSeries } from '@metergram/model';
import { fromMyEnergyDataXml, toMyEnergyDataXml } from '@metergram/model/xml';
import { faults, MANY, type Node, oneOf, parse, type Row } from './element-rows.ts';
import { seriesOf } from './series-values.ts';

// What ENTSO-E's schema of MyEnergyData_MarketDocument (urn:entsoe.eu:wgedi:MyEnergyData:10:1) says of the elements that we
// write: name, how often at least, how often at most, what it holds. Others stand between some of them, and are not
// written. The forms of texts are those of ESMP (IEC 62325-351).

const ID = /^[^]{1,60}$/;
const PARTY = /^[^]{1,16}$/;
/** YMDHM_DateTime and ESMP_DateTime; that the day exists is for the calendar tests. */
const TO_MINUTES = /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/;
const TO_SECONDS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

const INTERVAL: readonly Row[] = [
  ['start', 1, 1, TO_MINUTES],
  ['end', 1, 1, TO_MINUTES],
];

/** Of UnitOfMeasureTypeList, those that the model has units for. Eloverblik's K3 and TNE (kvarh, t) are not among them. */
const UNITS = 'KWH MWH GWH MAH WTT KWT MAW KVR MTQ CEL AMP'.split(' ');

const POINT: readonly Row[] = [
  ['position', 1, 1, { least: 1n, most: 999_999n }],
  ['out_Quantity.quantity', 0, 1, /^-?\d+(?:\.\d+)?$/],
  ['out_Quantity.quality', 0, 1, oneOf('A01', 'A02', 'A03', 'A04', 'A05', 'A06')],
];

const SERIES: readonly Row[] = [
  ['mRID', 1, 1, ID],
  ['businessType', 0, 1, oneOf('A01', 'A04', 'A64')],
  ['curveType', 0, 1, oneOf('A01')],
  ['measurement_Unit.name', 0, 1, oneOf(...UNITS)],
  ['MarketEvaluationPoint', 0, MANY, [['mRID', 1, 1, ID]]],
  [
    'Period',
    0,
    MANY,
    [
      ['resolution', 1, 1, oneOf('PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y')],
      ['timeInterval', 1, 1, INTERVAL],
      ['Point', 1, MANY, POINT],
    ],
  ],
];

const participant = (side: string): readonly Row[] => [
  [`${side}_MarketParticipant.name`, 0, 1, /^/],
  [`${side}_MarketParticipant.marketRole.type`, 0, 1, /^A\d\d$/],
  [`${side}_MarketParticipant.mRID`, 0, 1, PARTY],
];

const DOCUMENT: readonly Row[] = [
  ['mRID', 1, 1, ID],
  ['createdDateTime', 0, 1, TO_SECONDS],
  ...participant('sender'),
  ...participant('receiver'),
  ['period.timeInterval', 0, 1, INTERVAL],
  ['TimeSeries', 0, MANY, SERIES],
];

/** Identifiers of parties, areas and points must have a coding scheme; others have none. */
function schemeFaults(node: Node, path = ''): string[] {
  const here = `${path}/${node.name}`;
  const identified = /MarketParticipant\.mRID$|MarketEvaluationPoint\/mRID$/.test(here);
  const scheme = node.attributes['codingScheme'];
  const good = identified ? /^(?:A01|A02|A10|N[A-Z]{2})$/.test(scheme ?? '') : scheme === undefined;
  return [...(good ? [] : [here]), ...node.children.flatMap((child) => schemeFaults(child, here))];
}

function faultsOf(xml: string): string[] {
  const root = parse(xml);
  const space = root.attributes['xmlns'] === 'urn:entsoe.eu:wgedi:MyEnergyData:10:1';
  return [...(space ? [] : ['namespace']), ...faults(root, DOCUMENT, ''), ...schemeFaults(root)];
}

const any = seriesOf({
  resolutions: ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'],
  qualities: QUALITIES.filter((quality) => quality !== 'missing'),
});
const party = fc.constantFrom(
  { id: null, scheme: null },
  { id: '5790000432752', scheme: 'A10', name: 'Energinet' },
  { id: '5790000432752', scheme: null, role: 'A26' },
  { id: '10X1001A1001A248', scheme: null },
  { id: 'me', scheme: 'NDK', name: '<&"' },
);
const head = { id: 'x', created: instant('2026-02-15T10:10:07Z') };
const codesOf = (result: { issues: readonly { code: string }[] }): string[] =>
  result.issues.map(({ code }) => code);

describe('a MyEnergyData_MarketDocument that we write as XML', () => {
  it('is as the published schema has it', () => {
    const document = fc.record({
      sender: party,
      receiver: fc.option(party, { nil: undefined }),
      series: fc.array(any, { maxLength: 3 }),
      created: fc.constantFrom(head.created, instant('2026-02-15T10:10:07.250Z')),
    });
    fc.assert(
      fc.property(document, ({ receiver, ...given }) => {
        const { value, issues } = toMyEnergyDataXml({
          ...head,
          ...given,
          period: null,
          ...(receiver === undefined ? {} : { receiver }),
        });
        expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(faultsOf(value)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('gives the participants back, with the scheme that their identifiers have', () => {
    fc.assert(
      fc.property(party, party, (sender, receiver) => {
        const { value } = toMyEnergyDataXml({
          ...head,
          sender,
          receiver,
          period: null,
          series: [],
        });
        const back = fromMyEnergyDataXml(value).value;
        const scheme = (one: { id: string | null; scheme: string | null }): string | null =>
          one.scheme ?? (one.id === null ? null : one.id.startsWith('10X') ? 'A01' : 'A10');
        expect(back.sender).toEqual({ ...sender, scheme: scheme(sender) });
        const none = receiver.id === null && Object.keys(receiver).length === 2;
        expect(back.receiver).toEqual(none ? undefined : { ...receiver, scheme: scheme(receiver) });
      }),
    );
  });

  it('has units and qualities of the lists only', () => {
    const [series] = fc.sample(any, 1) as [TimeSeries];
    const sender = { id: null, scheme: null };
    const write = (one: TimeSeries) =>
      toMyEnergyDataXml({ ...head, sender, period: null, series: [one] });
    const units = 'kWh MWh GWh kvarh Mvarh W kW MW kvar m3 t °C A'.split(' ');
    const codes = units.flatMap((unit) => {
      const { value, issues } = write({ ...series, unit });
      expect(faultsOf(value)).toEqual([]);
      const refused = issues.find(({ severity }) => severity === 'error');
      return refused ? refused.code : (/Unit\.name>(\w+)/.exec(value)?.[1] ?? '');
    });
    expect(codes).toEqual(
      'KWH MWH GWH cim/no-unit-code MAH WTT KWT MAW KVR MTQ cim/no-unit-code CEL AMP'.split(' '),
    );
    const source = { scheme: 'esmp-quality', code: 'E01' };
    const own = write({ ...series, points: series.points.map((one) => ({ ...one, source })) });
    expect(codesOf(own)).toContain('loss/source-code');
    expect(faultsOf(own.value)).toEqual([]);
  });

  it('tells what the schema has no room for', () => {
    const [series] = fc.sample(any, 1) as [TimeSeries];
    const sender = { id: null, scheme: null };
    const base = { ...head, sender, period: null, series: [series] };
    const { meteringPoint: _, ...bare } = series;
    const codes = (more: object): string[] => codesOf(toMyEnergyDataXml({ ...base, ...more }));
    expect(codes({ id: '' })).toContain('cim/id-form');
    expect(codes({ sender: { id: 'x', scheme: 'A99' } })).toContain('cim/id-form');
    expect(codes({ sender: { id: 'nobody', scheme: null } })).toContain('cim/id-form');
    expect(codes({ series: [bare] })).toContain('loss/metering-point');
    expect(codes({ series: [{ ...series, meteringPoint: 'x'.repeat(61) }] })).toContain(
      'cim/id-form',
    );
    const [first] = series.points;
    const late = { ...first!, start: first!.start.replace('00Z', '30Z') };
    expect(codes({ series: [{ ...series, points: [late] }] })).toContain('cim/not-whole-minutes');
    const period = { start: instant('2026-01-01T00:00:01Z'), end: instant('2026-01-02T00:00Z') };
    expect(codes({ period })).toContain('cim/not-whole-minutes');
    for (const bad of [{ series: [bare] }, { period }, { sender: { id: 'nobody', scheme: null } }])
      expect(faultsOf(toMyEnergyDataXml({ ...base, ...bad }).value)).toEqual([]);
  });

  it('would not pass with an element missing, out of its place, or of another form', () => {
    const [series] = fc.sample(any, 1) as [TimeSeries];
    const sender = { id: '5790000432752', scheme: 'A10' };
    const text = toMyEnergyDataXml({ ...head, sender, period: null, series: [series] }).value;
    const changed = (from: RegExp, to: string): string[] => {
      const other = text.replace(from, to);
      expect(other).not.toBe(text);
      return faultsOf(other);
    };
    expect(faultsOf(text)).toEqual([]);
    expect(changed(/ xmlns="[^"]*"/, '')).toEqual(['namespace']);
    expect(changed(/(T\d\d:\d\d)(Z<\/start>)/, '$1:00$2')).not.toEqual([]);
    expect(changed(/ codingScheme="A10"/, '')).not.toEqual([]);
    expect(changed(/<position>1</, '<position>0<')).not.toEqual([]);
    expect(
      changed(/(<businessType>.*<\/businessType>)(\s*)(<curveType>.*<\/curveType>)/, '$3$2$1'),
    ).not.toEqual([]);
  });

  it('tells that amounts into an area are not read', () => {
    const [series] = fc.sample(any, 1) as [TimeSeries];
    const sender = { id: null, scheme: null };
    const { value } = toMyEnergyDataXml({ ...head, sender, period: null, series: [series] });
    expect(codesOf(fromMyEnergyDataXml(value.replaceAll('out_Quantity', 'in_Quantity')))).toContain(
      'loss/in-quantity',
    );
  });
});
