import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromScaled, instant, type TimeSeries, type ZoneId } from '@metergram/model';
import { timeSeries, validate } from '@metergram/model/schema';
import { fromEspi, toEspi } from '@metergram/model/xml';
import { seriesOf, withoutCodes } from './series-values.ts';

const updated = instant('2026-02-15T10:10:07Z');
const held = seriesOf({
  resolutions: ['PT15M', 'PT1H', 'P1D', 'P1M', 'P1Y'],
  qualities: ['measured', 'estimated', 'adjusted', 'calculated', 'interpolated', 'unknown'],
  values: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map((m) => fromScaled(m, -3)),
}).filter(({ points }) => points.some(({ value }) => value !== null));

const codesOf = (result: { issues: readonly { code: string }[] }): string[] =>
  result.issues.map(({ code }) => code);

const entry = (self: string, up: string, related: string, content: string): string =>
  `<entry><link rel="self" href="https://x.example/${self}"/><link rel="up" href="https://x.example/${up}"/>
    <link rel="related" href="https://x.example/${related}"/><content>${content}</content></entry>`;

function feed(type: string, readings: string): string {
  return `<feed xmlns="http://www.w3.org/2005/Atom">
    ${entry('UsagePoint/1', 'UsagePoint', 'UsagePoint/1/MeterReading', '<UsagePoint/>')}
    ${entry('UsagePoint/1/MeterReading/2', 'UsagePoint/1/MeterReading', 'ReadingType/3', '<MeterReading/>')}
    ${entry('ReadingType/3', 'ReadingType', '', `<ReadingType>${type}</ReadingType>`)}
    ${entry('UsagePoint/1/MeterReading/2/IntervalBlock/4', 'UsagePoint/1/MeterReading/2/IntervalBlock', '', `<IntervalBlock>${readings}</IntervalBlock>`)}
  </feed>`;
}

function reading(start: number, duration: number, value: string): string {
  return `<IntervalReading><timePeriod><duration>${duration}</duration><start>${start}</start></timePeriod><value>${value}</value></IntervalReading>`;
}

const BARE = '<IntervalReading><value>1</value></IntervalReading>';
const WH =
  '<flowDirection>1</flowDirection><powerOfTenMultiplier>0</powerOfTenMultiplier><uom>72</uom>';

const read = (power: string, value: string): unknown =>
  fromEspi(feed(WH.replace('>0<', `>${power}<`), reading(1_769_900_400, 900, value))).value[0]
    ?.points[0]?.value;

describe('Green Button', () => {
  it('gives back every series that it can hold', () => {
    fc.assert(
      fc.property(held, (series) => {
        const written = toEspi([series], { updated });
        expect(codesOf(written)).toEqual(['loss/zone']);
        const back = fromEspi(written.value, { zone: series.zone! });
        expect(back.issues).toEqual([]);
        expect(back.value.map(withoutCodes)).toEqual([series]);
        expect(validate(timeSeries, back.value[0]).issues).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('reads Wh with any power of ten as exact kWh', () => {
    expect(read('0', '282')).toBe('0.282');
    expect(read('-3', '282')).toBe('0.000282');
    expect(read('3', '282')).toBe('282');
    expect(read('6', '-2')).toBe('-2000');
  });

  it('fills the hole between two readings with what is missing, not with zero', () => {
    const text = feed(WH, reading(1_769_900_400, 900, '1') + reading(1_769_903_100, 900, '2'));
    const [series] = fromEspi(text).value;
    expect(series?.points.map(({ value, quality }) => [value, quality])).toEqual([
      ['0.001', 'measured'],
      [null, 'missing'],
      [null, 'missing'],
      ['0.002', 'measured'],
    ]);
    const years = feed(WH, reading(0, 900, '1') + reading(1_769_903_100, 900, '2'));
    expect(codesOf(fromEspi(years))).toEqual(['espi/long-hole']);
  });

  it('reads a quality that is not said as that of the type, and as valid where neither says one', () => {
    const one = reading(1_769_900_400, 900, '1');
    const qualities = (...codes: readonly number[]): string =>
      codes.map((c) => `<ReadingQuality><quality>${c}</quality></ReadingQuality>`).join('');
    const first = (type: string, readings: string): unknown =>
      fromEspi(feed(type, readings)).value[0]?.points[0];
    const estimated = `<defaultQuality>8</defaultQuality>${WH}`;
    expect(first(WH, one)).toMatchObject({ quality: 'measured' });
    expect(first(WH, one)).not.toHaveProperty('source');
    expect(first(estimated, one)).toMatchObject({ quality: 'estimated', source: { code: '8' } });
    const said = (...codes: readonly number[]): string =>
      one.replace('<IntervalReading>', `<IntervalReading>${qualities(...codes)}`);
    expect(first(estimated, said(17))).toMatchObject({
      quality: 'measured',
      source: { code: '17' },
    });
    expect(first(WH, said(17, 9))).toMatchObject({
      quality: 'interpolated',
      source: { code: '9' },
    });
    expect(codesOf(fromEspi(feed(WH, said(17, 9))))).toEqual(['loss/quality']);
    expect(codesOf(fromEspi(feed(WH, said(17))))).toEqual([]);
  });

  it('lays readings without a time period one after the other, from the start of their block', () => {
    const type = (seconds: number): string =>
      WH.replace('<power', `<intervalLength>${seconds}</intervalLength><power`);
    const block = (start: number, ...values: readonly string[]): string =>
      `<interval><duration>0</duration><start>${start}</start></interval>${values
        .map((value) => `<IntervalReading>${value}</IntervalReading>`)
        .join('')}`;
    const quarters = block(1_769_900_400, '<value>1</value>', '', '<value>3</value>');
    expect(fromEspi(feed(type(900), quarters)).value[0]?.points).toEqual([
      {
        start: '2026-01-31T23:00:00Z',
        end: '2026-01-31T23:15:00Z',
        value: '0.001',
        quality: 'measured',
      },
      {
        start: '2026-01-31T23:15:00Z',
        end: '2026-01-31T23:30:00Z',
        value: null,
        quality: 'missing',
      },
      {
        start: '2026-01-31T23:30:00Z',
        end: '2026-01-31T23:45:00Z',
        value: '0.003',
        quality: 'measured',
      },
    ]);
    // Days of Oslo over the change of clocks on 29 March: the second has 23 hours.
    const days = block(1_774_652_400, '<value>1</value>', '<value>2</value>', '<value>3</value>');
    const zone = 'Europe/Oslo' as ZoneId;
    const [local] = fromEspi(feed(type(86_400), days), { zone }).value;
    expect(local?.points.map(({ start }) => start)).toEqual([
      '2026-03-27T23:00:00Z',
      '2026-03-28T23:00:00Z',
      '2026-03-29T22:00:00Z',
    ]);
  });

  it('reads a mean power, but no maximum as one', () => {
    const kw = (more: string): string =>
      feed(`${more}<flowDirection>1</flowDirection><uom>38</uom>`, reading(0, 900, '1500'));
    for (const code of [0, 4, 6, 12]) {
      const [series] = fromEspi(
        kw(
          `<accumulationBehaviour>${code}</accumulationBehaviour><dataQualifier>2</dataQualifier>`,
        ),
      ).value;
      expect(series).toMatchObject({ quantity: 'power', unit: 'kW', points: [{ value: '1.500' }] });
    }
    expect(codesOf(fromEspi(kw('<dataQualifier>8</dataQualifier>')))).toEqual([
      'espi/not-intervals',
    ]);
  });

  it.each([
    ['espi/unknown-unit', feed('<flowDirection>1</flowDirection><uom>9999</uom>', '')],
    [
      'espi/not-intervals',
      feed(`${WH}<accumulationBehaviour>3</accumulationBehaviour>`, reading(0, 900, '1')),
    ],
    ['espi/unknown-direction', feed(WH.replace('>1<', '>7<'), reading(0, 900, '1'))],
    ['espi/reading-times', feed(WH, reading(0, 17, '1'))],
    ['espi/reading-times', feed(WH, reading(0, 7200, '1'))],
    ['espi/reading-times', feed(WH, reading(-62_167_219_201, 900, '1'))],
    ['espi/reading-times', feed(WH, BARE)],
    [
      'espi/reading-times',
      feed(
        `<flowDirection>1</flowDirection><intervalLength>900</intervalLength><uom>72</uom>`,
        BARE,
      ),
    ],
    ['espi/not-intervals', feed(`<dataQualifier>8</dataQualifier>${WH}`, reading(0, 900, '1'))],
    [
      'espi/not-intervals',
      feed(`<accumulationBehaviour>6</accumulationBehaviour>${WH}`, reading(0, 900, '1')),
    ],
    [
      'espi/not-a-number',
      feed(WH.replace('>0<', '>-999<'), reading(0, 900, `0.${'0'.repeat(140)}1`)),
    ],
    [
      'espi/no-meter-reading',
      feed(WH, reading(0, 900, '1')).replaceAll('<MeterReading/>', '<Other/>'),
    ],
    ['espi/reading-times', feed(WH, reading(253_402_300_000, 3600, '1'))],
    ['espi/not-a-number', feed(WH, reading(0, 900, 'x'))],
    ['espi/zone-needed', feed(WH, reading(0, 86_400, '1'))],
    ['espi/not-civil', feed(WH, reading(1_769_904_000, 86_400, '1')), 'Europe/Oslo'],
    ['espi/not-civil', feed(WH, reading(1_774_738_800, 86_400, '1')), 'Europe/Oslo'],
    ['espi/overlap', feed(WH, reading(0, 900, '1') + reading(0, 900, '1'))],
    [
      'espi/no-reading-type',
      feed(WH, '').replace('ReadingType/3"/><content><Meter', 'ReadingType/9"/><content><Meter'),
    ],
    ['espi/wrong-document', '<x/>'],
    ['xml/not-well-formed', '<feed>'],
  ])('tells %s', (code, text, zone?: string) => {
    const options = zone === undefined ? {} : { zone: zone as ZoneId };
    expect(codesOf(fromEspi(text, options))[0]).toBe(code);
  });

  it('states what it does not read: costs, summaries, rules of local time', () => {
    const one = reading(1_769_900_400, 900, '1');
    const costly = one.replace('<value>', '<cost>4200</cost><value>');
    expect(codesOf(fromEspi(feed(WH, one)))).toEqual([]);
    expect(codesOf(fromEspi(feed(WH, costly)))).toEqual(['loss/cost']);
    const tiered = one.replace('</IntervalReading>', '<tou>3</tou></IntervalReading>');
    expect(codesOf(fromEspi(feed(WH, tiered)))).toEqual(['loss/reading-type']);
    expect(codesOf(fromEspi(feed(WH, tiered.replace('>3<', '>0<'))))).toEqual([]);
    const phase = WH.replace('<power', '<phase>128</phase><power');
    expect(codesOf(fromEspi(feed(phase, one)))).toEqual(['loss/reading-type']);
    const more = (content: string): string =>
      feed(WH, one).replace('</feed>', `${entry('X/1', 'X', '', content)}</feed>`);
    const local = '<LocalTimeParameters><tzOffset>3600</tzOffset></LocalTimeParameters>';
    expect(codesOf(fromEspi(more(local)))).toEqual(['loss/local-time']);
    for (const summary of ['UsageSummary', 'ElectricPowerUsageSummary'])
      expect(codesOf(fromEspi(more(`<${summary}/>`)))).toEqual(['loss/summary']);
  });

  it('states what it loses, and refuses what ESPI cannot say', () => {
    const [sample] = fc.sample(held, { numRuns: 1, seed: 3 });
    const point = sample!.points.find(({ value }) => value !== null)!;
    const { zone: _, meteringPoint: __, ...bare } = sample!;
    const odd = {
      ...bare,
      unit: 'Wh',
      register: 'r',
      basis: 'netted',
      points: [
        { ...point, value: '1.5', quality: 'incomplete', revision: 1 },
        { ...point, value: '2', source: { scheme: 'other', code: 'x' } },
      ],
    } as unknown as TimeSeries;
    expect(codesOf(toEspi([odd], { updated }))).toEqual([
      'loss/register',
      'loss/basis',
      'loss/metering-point',
      'loss/unit',
      'loss/decimals',
      'loss/quality',
      'loss/revision',
      'loss/source-code',
    ]);
    const huge = { ...sample!, points: [{ ...point, value: fromScaled(2n ** 47n, 0) }] };
    expect(codesOf(toEspi([huge], { updated }))).toContain('espi/value-range');
    expect(codesOf(toEspi([{ ...sample!, unit: 'cubit' }], { updated }))).toEqual([
      'espi/no-unit-code',
    ]);
    expect(codesOf(toEspi([{ ...sample!, points: [] }], { updated }))).toEqual(['espi/no-points']);
    const years = { ...point, end: instant('2526-01-01T00:00Z') };
    expect(codesOf(toEspi([{ ...sample!, points: [years] }], { updated }))).toEqual([
      'espi/too-long',
    ]);
    const warm = { ...sample!, quantity: 'flow_temperature', unit: '°C' };
    expect(codesOf(toEspi([warm], { updated }))).toContain('loss/quantity');
    const start = instant('2026-01-01T00:00:00.5Z');
    const late = { ...sample!, points: [{ ...point, start }] };
    expect(codesOf(toEspi([late], { updated }))).toEqual(['espi/not-whole-seconds']);
  });

  it('writes elements in the order of the published types', () => {
    const series = fc.sample(held, { numRuns: 2, seed: 5 });
    const { value } = toEspi(series, { updated });
    // Sequences of ReadingType and IntervalReading in ESPI 1.1, as far as they are written.
    const orders: Readonly<Record<string, readonly string[]>> = {
      ReadingType:
        'accumulationBehaviour commodity dataQualifier flowDirection intervalLength kind powerOfTenMultiplier timeAttribute uom'.split(
          ' ',
        ),
      IntervalReading: ['ReadingQuality', 'timePeriod', 'value'],
      IntervalBlock: ['interval', 'IntervalReading'],
    };
    for (const [name, order] of Object.entries(orders)) {
      const found = [
        ...value.matchAll(new RegExp(`( +)<${name}[^>]*>\n([^]*?)\n\\1</${name}>`, 'g')),
      ];
      expect(found.length).toBeGreaterThan(0);
      for (const [, indent = '', body = ''] of found) {
        const children = [...body.matchAll(new RegExp(`^${indent}  <([A-Za-z]+)`, 'gm'))].map(
          ([, child = '']) => order.indexOf(child),
        );
        expect(children).not.toContain(-1);
        expect(children).toEqual(children.toSorted((a, b) => a - b));
      }
    }
  });

  it('gives each entry an id of its own, the same each time', () => {
    const series = fc.sample(held, { numRuns: 3, seed: 5 });
    const { value } = toEspi(series, { updated });
    expect(toEspi(series, { updated }).value).toBe(value);
    const ids = [...value.matchAll(/urn:uuid:([0-9a-f-]{36})</g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(1 + 1 + 3 * 3);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});
