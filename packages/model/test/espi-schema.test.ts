import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { fromScaled, instant } from '@metergram/model';
import { toEspi } from '@metergram/model/xml';
import { seriesOf } from './series-values.ts';

// What the published schemas say of the elements that we write, in our own words: NAESB REQ.21 ESPI, espi.xsd
// 4.0.20231213 (Apache-2.0), and RFC 4287 for the Atom around it. In ESPI all content models are sequences, so each row
// is: name, how often at least, how often at most, what it holds. Elements that we never write are not listed: one that
// appeared would fail here.

const MANY = Infinity;

type Content = RegExp | 'empty' | readonly Row[];
type Row = readonly [name: string, least: number, most: number, holds: Content];

const UINT16 = /^(?:0|[1-9]\d{0,4})$/;
const UINT32 = /^(?:0|[1-9]\d{0,9})$/;
const INT16 = /^-?(?:0|[1-9]\d{0,4})$/;
const INT48 = /^-?(?:0|[1-9]\d{0,14})$/;
const TIME = /^-?(?:0|[1-9]\d{0,18})$/;
const oneOf = (...codes: readonly number[]): RegExp => new RegExp(`^(?:${codes.join('|')})$`);

const PERIOD: readonly Row[] = [
  ['duration', 1, 1, UINT32],
  ['start', 1, 1, TIME],
];

const RESOURCES: Readonly<Record<string, readonly Row[] | 'empty'>> = {
  UsagePoint: [['ServiceCategory', 0, 1, [['kind', 1, 1, oneOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)]]]],
  MeterReading: 'empty',
  ReadingType: [
    ['accumulationBehaviour', 0, 1, UINT16],
    ['commodity', 0, 1, UINT16],
    ['dataQualifier', 0, 1, UINT16],
    ['flowDirection', 0, 1, UINT16],
    ['intervalLength', 0, 1, UINT32],
    ['kind', 0, 1, UINT16],
    ['powerOfTenMultiplier', 0, 1, INT16],
    // TimePeriodOfInterest: none, daily, monthly
    ['timeAttribute', 0, 1, oneOf(0, 11, 13)],
    // UnitSymbolKind: degC, J, W, m3, VAh, Wh, VArh, litre
    ['uom', 0, 1, oneOf(23, 31, 38, 42, 71, 72, 73, 134)],
  ],
  IntervalBlock: [
    ['interval', 0, 1, PERIOD],
    [
      'IntervalReading',
      0,
      MANY,
      [
        ['ReadingQuality', 0, MANY, [['quality', 1, 1, UINT16]]],
        ['timePeriod', 0, 1, PERIOD],
        ['value', 0, 1, INT48],
      ],
    ],
  ],
};

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Node[];
}

/** The document as it stands, order kept; written here anew, as the package's reader forgets the order. */
function parse(text: string): Node {
  const read = (raw: Readonly<Record<string, unknown>>): Node => {
    const name = Object.keys(raw).find((key) => key !== ':@')!;
    const inside = raw[name] as readonly Readonly<Record<string, unknown>>[];
    return {
      name,
      attributes: (raw[':@'] ?? {}) as Record<string, string>,
      text: inside.map((one) => ('#text' in one ? String(one['#text']) : '')).join(''),
      children: inside.filter((one) => !('#text' in one)).map(read),
    };
  };
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
  });
  const roots = parser.parse(text) as Readonly<Record<string, unknown>>[];
  return read(roots.find((one) => !Object.keys(one)[0]!.startsWith('?'))!);
}

/** What of a node is not as its rows say. */
function faults(node: Node, content: Content, path: string): string[] {
  const here = `${path}/${node.name}`;
  if (content === 'empty') return node.children.length + node.text.length === 0 ? [] : [here];
  if (content instanceof RegExp)
    return node.children.length === 0 && content.test(node.text) ? [] : [`${here}: ${node.text}`];
  const found: string[] = node.text.trim() === '' ? [] : [`${here}: text`];
  let at = 0;
  for (const [name, least, most, holds] of content) {
    let count = 0;
    for (; node.children[at]?.name === name; at++, count++)
      found.push(...faults(node.children[at]!, holds, here));
    if (count < least || count > most) found.push(`${here}: ${name} ${count} times`);
  }
  if (at < node.children.length) found.push(`${here}: ${node.children[at]!.name} in this place`);
  return found;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const UUID = /^urn:uuid:[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/;

/** RFC 4287, sections 4.1.1 and 4.1.2: what a feed and an entry must have exactly once; the order is free. */
function atomFaults(feed: Node): string[] {
  const found: string[] = [];
  if (feed.attributes['xmlns'] !== 'http://www.w3.org/2005/Atom') found.push('feed: namespace');
  const once = (node: Node, name: string, holds?: RegExp): void => {
    const all = node.children.filter((child) => child.name === name);
    if (all.length !== 1 || (holds && !holds.test(all[0]!.text)))
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
    const inside = node.children.find(({ name }) => name === 'content')!.children;
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
    expect(changed(/<uom>\d+/, '<uom>5')).not.toEqual([]);
    expect(changed(/<updated>[^<]+<\/updated>/, '')).not.toEqual([]);
    expect(changed(/<MeterReading [^>]*\/>/, '<MeterReading>x</MeterReading>')).not.toEqual([]);
  });
});
