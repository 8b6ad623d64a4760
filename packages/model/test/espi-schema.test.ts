import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromScaled, instant } from '@metergram/model';
import { toEspi } from '@metergram/model/xml';
import { faults, MANY, type Node, oneOf, parse, type Range, type Row } from './element-rows.ts';
import { seriesOf } from './series-values.ts';

// What the published schemas say of the elements that we write, in our own words: NAESB REQ.21 ESPI, espi.xsd
// 4.0.20231213 (Apache-2.0), and RFC 4287 for the Atom around it. In ESPI all content models are sequences, so each row
// is: name, how often at least, how often at most, what it holds. Elements that we never write are not listed: one that
// appeared would fail here. Code lists are open in the schema (a union with UInt16 or Int16); here they are closed to
// the codes that it names, the multiplier aside, which counts the decimals of a series.

const UINT32: Range = { least: 0n, most: 2n ** 32n - 1n };
const INT16: Range = { least: -(2n ** 15n), most: 2n ** 15n - 1n };
/** The schema writes its bounds out: both are ±2^47. */
const INT48: Range = { least: -140_737_488_355_328n, most: 140_737_488_355_328n };
const TIME: Range = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

const PERIOD: readonly Row[] = [
  ['duration', 1, 1, UINT32],
  ['start', 1, 1, TIME],
];

const RESOURCES: Readonly<Record<string, readonly Row[] | 'empty'>> = {
  // ServiceKind: electricity, gas, water, time, heat, refuse, sewerage, rates, television, internet
  UsagePoint: [['ServiceCategory', 0, 1, [['kind', 1, 1, oneOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)]]]],
  MeterReading: 'empty',
  ReadingType: [
    // AccumulationKind: … deltaData 4, indicating 6 …
    ['accumulationBehaviour', 0, 1, oneOf(0, 1, 2, 3, 4, 6, 9, 10, 12, 13, 14)],
    // CommodityKind: none, electricity 1 and 2, natural gas 7, potable water 9, heating fluid 12 …
    ['commodity', 0, 1, oneOf(...Array.from({ length: 27 }, (_, code) => code))],
    // DataQualifierKind: none, average 2, normal 12 …
    ['dataQualifier', 0, 1, oneOf(0, 2, 4, 5, 7, 8, 9, 11, 12, 16, 17, 23, 24, 25, 26)],
    // FlowDirectionKind: forward 1, net 4, reverse 19; of the others no 6
    [
      'flowDirection',
      0,
      1,
      oneOf(0, 1, 2, 3, 4, 5, ...Array.from({ length: 15 }, (_, n) => n + 7)),
    ],
    ['intervalLength', 0, 1, UINT32],
    // MeasurementKind: demand, energy, power, temperature, volume; of a list of more than a hundred
    ['kind', 0, 1, oneOf(8, 12, 37, 46, 58)],
    ['powerOfTenMultiplier', 0, 1, INT16],
    // TimePeriodOfInterest: none, billing period, daily, monthly, seasonal, weekly, specified period
    ['timeAttribute', 0, 1, oneOf(0, 8, 11, 13, 22, 24, 32)],
    // UnitSymbolKind: degC, J, W, m3, VAh, Wh, VArh, litre; of a list of more than a hundred
    ['uom', 0, 1, oneOf(23, 31, 38, 42, 71, 72, 73, 134)],
  ],
  IntervalBlock: [
    ['interval', 0, 1, PERIOD],
    [
      'IntervalReading',
      0,
      MANY,
      [
        // QualityOfReading: valid 0, manually edited 7 … revenue quality 19
        [
          'ReadingQuality',
          0,
          MANY,
          [['quality', 1, 1, oneOf(0, ...Array.from({ length: 13 }, (_, n) => n + 7))]],
        ],
        ['timePeriod', 0, 1, PERIOD],
        ['value', 0, 1, INT48],
      ],
    ],
  ],
};

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const UUID = /^urn:uuid:[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/;

/** RFC 4287, sections 4.1.1 and 4.1.2: what a feed and an entry must have exactly once; the order is free. */
function atomFaults(feed: Node): string[] {
  const found: string[] = [];
  if (feed.attributes['xmlns'] !== 'http://www.w3.org/2005/Atom') found.push('feed: namespace');
  const once = (node: Node, name: string, form?: RegExp): void => {
    const all = node.children.filter((child) => child.name === name);
    if (all.length !== 1 || (form && !form.test(all[0]!.text)))
      found.push(`${node.name}: ${name} ${all.length} times`);
  };
  const entries = feed.children.filter(({ name }) => name === 'entry');
  const ids = [feed, ...entries].map(
    ({ children }) => children.find(({ name }) => name === 'id')?.text,
  );
  if (new Set(ids).size !== ids.length) found.push('an id stands twice');
  for (const node of [feed, ...entries]) {
    once(node, 'id', UUID);
    once(node, 'title');
    once(node, 'updated', INSTANT);
    for (const link of node.children.filter(({ name }) => name === 'link'))
      if (!link.attributes['href']) found.push('link: no href');
  }
  for (const node of entries) {
    once(node, 'content');
    const around = node.children.find(({ name }) => name === 'content')!;
    // Section 4.1.3.3: children only where the type is one of XML; without a type, content is text.
    if (!/[+/]xml$/.test(around.attributes['type'] ?? '')) found.push('content: type');
    const inside = around.children;
    const [resource] = inside;
    const rows = resource && RESOURCES[resource.name];
    if (inside.length !== 1 || rows === undefined) found.push(`content: ${resource?.name}`);
    else {
      if (resource!.attributes['xmlns'] !== 'http://naesb.org/espi') found.push('namespace');
      found.push(...faults(resource!, rows, ''));
    }
  }
  return found;
}

const updated = instant('2026-02-15T10:10:07Z');
const SERVICES = ['electricity', 'gas', 'water', 'heat'] as const;
/** Every unit that there is a code for, and what is measured in it. */
const UNITS: Readonly<Record<string, string>> = {
  kWh: 'energy',
  Wh: 'energy',
  MWh: 'energy',
  J: 'energy',
  GJ: 'energy',
  kW: 'power',
  W: 'power',
  kvarh: 'reactive_energy',
  varh: 'reactive_energy',
  kVAh: 'apparent_energy',
  VAh: 'apparent_energy',
  m3: 'volume',
  l: 'volume',
  '°C': 'temperature',
};
const any = seriesOf({
  resolutions: ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'],
  qualities: ['measured', 'estimated', 'adjusted', 'calculated', 'interpolated', 'unknown'],
  values: fc.bigInt({ min: -(2n ** 47n), max: 2n ** 47n - 1n }).map((m) => fromScaled(m, -3)),
});

describe('a Green Button feed that we write', () => {
  it('is as the published schemas have it', () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 3 }), (series) => {
        expect(atomFaults(parse(toEspi(series, { updated }).value))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('is so in each unit and for each service, and says which', () => {
    const [series] = fc.sample(any, 1);
    for (const [unit, quantity] of Object.entries(UNITS)) {
      for (const service of SERVICES) {
        const { value, issues } = toEspi([{ ...series!, unit, quantity }], {
          updated,
          service: () => service,
        });
        expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(atomFaults(parse(value))).toEqual([]);
        const code = (name: string): string =>
          new RegExp(`<${name}>(\\d+)<`).exec(value)?.[1] ?? '';
        expect([code('kind'), code('commodity')]).toEqual(
          { electricity: ['0', '1'], gas: ['1', '7'], water: ['2', '9'], heat: ['4', '12'] }[
            service
          ],
        );
        const mean = quantity === 'power' || quantity === 'temperature';
        expect([code('accumulationBehaviour'), code('dataQualifier')]).toEqual(
          mean ? ['6', '2'] : ['4', '12'],
        );
      }
    }
  });

  it('would not pass with an element missing, out of its place or of another type', () => {
    const [series] = fc.sample(
      any.filter(({ points }) => points.some(({ value }) => value !== null)),
      1,
    );
    const text = toEspi([series!], { updated }).value;
    const changed = (from: RegExp, to: string): string[] => {
      const other = text.replace(from, to);
      expect(other).not.toBe(text);
      return atomFaults(parse(other));
    };
    expect(atomFaults(parse(text))).toEqual([]);
    expect(changed(/<duration>\d+<\/duration>/, '')).not.toEqual([]);
    expect(
      changed(/(<duration>\d+<\/duration>)(\s*)(<start>-?\d+<\/start>)/, '$3$2$1'),
    ).not.toEqual([]);
    expect(changed(/<value>-?\d+/, '<value>1.5')).not.toEqual([]);
    expect(changed(/<value>-?\d+/, '<value>140737488355329')).not.toEqual([]);
    expect(changed(/<duration>\d+/, '<duration>4294967296')).not.toEqual([]);
    expect(changed(/<uom>\d+/, '<uom>5')).not.toEqual([]);
    expect(changed(/<flowDirection>\d+/, '<flowDirection>6')).not.toEqual([]);
    expect(changed(/ type="application\/xml"/, '')).not.toEqual([]);
    expect(changed(/<updated>[^<]+<\/updated>/, '')).not.toEqual([]);
    expect(changed(/<MeterReading [^>]*\/>/, '<MeterReading>x</MeterReading>')).not.toEqual([]);
  });
});
