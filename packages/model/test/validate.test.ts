import { describe, expect, it } from 'vitest';
import type { TimeSeries } from '@metergram/model';
import {
  contract,
  decimal,
  issue,
  list,
  meter,
  meteringPoint,
  priceSeries,
  processingActivity,
  reading,
  register,
  tenancy,
  timeSeries,
  validate,
  validateText,
} from '@metergram/model/schema';

const series = {
  meteringPoint: '571313179100066516',
  quantity: 'energy',
  unit: 'kWh',
  direction: 'consumption',
  basis: 'metered',
  resolution: 'PT1H',
  points: [
    {
      start: '2026-01-31T22:00:00Z',
      end: '2026-01-31T23:00:00Z',
      value: '1.250',
      quality: 'measured',
      source: { scheme: 'eloverblik', code: 'A04' },
      revision: 0,
    },
    {
      start: '2026-01-31T23:00:00Z',
      end: '2026-02-01T00:00:00Z',
      value: null,
      quality: 'missing',
    },
  ],
};

function codes(result: {
  readonly issues: readonly { code: string; pointer?: string }[];
}): string[] {
  return result.issues.map(({ code, pointer }) => `${code} ${pointer}`);
}

describe('a good value', () => {
  it('comes back as a frozen copy', () => {
    const input = structuredClone(series);
    const result = validate(timeSeries, input);
    expect(result.ok && result.value).toEqual(series);
    const value = (result as { value: TimeSeries }).value;
    expect(value).not.toBe(input);
    for (const part of [value, value.points, value.points[0], value.points[0]?.source]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
    expect(() => Object.assign(value.points[0]!, { value: '0' })).toThrow(TypeError);
  });

  it('may be text', () => {
    expect(validateText(timeSeries, JSON.stringify(series)).ok).toBe(true);
    expect(codes(validateText(timeSeries, '{'))).toEqual(['schema/not-json ']);
    expect(validateText(timeSeries, '['.repeat(100_000)).ok).toBe(false);
  });

  it('may hold what a source said, unchanged', () => {
    const point = {
      id: 'a',
      kind: 'consumption',
      medium: 'heat',
      source: { rows: [1, 'x', null, { deep: true }] },
    };
    const result = validate(meteringPoint, point);
    expect(result.ok && result.value).toEqual(point);
  });
});

describe('every fault is told with its place', () => {
  it('many at once', () => {
    const result = validate(timeSeries, {
      quantity: 'Energy!',
      unit: 7,
      direction: 'up',
      basis: 'metered',
      resolution: 'PT30M',
      'odd/key~': 1,
      points: [
        { start: '2026-01-31T22:00:00', end: '2026-01-31T23:00:00Z', quality: 'measured' },
        { start: '2026-01-31T23:00:00Z', end: '2026-02-01T00:00:00Z', value: 1.5, quality: 'good' },
        'x',
      ],
    });
    expect(codes(result)).toEqual([
      'schema/unknown-property /odd~1key~0',
      'schema/wrong-form /quantity',
      'schema/wrong-type /unit',
      'schema/not-in-list /direction',
      'schema/not-in-list /resolution',
      'schema/missing-property /points/0/value',
      'schema/wrong-form /points/0/start',
      'schema/wrong-type /points/1/value',
      'schema/not-in-list /points/1/quality',
      'schema/wrong-type /points/2',
    ]);
    for (const found of result.issues) expect(validate(issue, found).ok).toBe(true);
  });

  it('rules between fields, too', () => {
    const [first, second] = series.points;
    const broken = {
      ...series,
      resolution: 'P1D',
      points: [{ ...first, value: null }, second, first, { ...second, end: second!.start }],
    };
    expect(codes(validate(timeSeries, broken))).toEqual([
      'schema/null-mismatch /points/0/value',
      'model/empty-interval /points/3/end',
    ]);
    const order = { ...series, resolution: 'P1D', points: [second, first] };
    expect(codes(validate(timeSeries, order))).toEqual([
      'model/out-of-order /points/1/start',
      'model/zone-missing /zone',
    ]);
    const length = { ...series, resolution: 'PT15M', points: [second] };
    expect(codes(validate(timeSeries, length))).toEqual(['model/wrong-length /points/0']);
  });

  it('intervals that overlap, end before they start, or go on for ever before the last', () => {
    const point = {
      id: 'a',
      kind: 'consumption',
      medium: 'water',
      meters: [
        { meter: 'old', installed: { start: 0, end: 20 } },
        { meter: 'new', installed: { start: 10, end: null } },
        { meter: 'odd', installed: { start: 5, end: 5 } },
      ],
    };
    expect(codes(validate(meteringPoint, point))).toEqual([
      'model/empty-interval /meters/2/installed/end',
    ]);
    expect(codes(validate(meteringPoint, { ...point, meters: point.meters.slice(0, 2) }))).toEqual([
      'model/overlap /meters/1/installed',
    ]);
    const price = {
      name: 'fixed',
      currency: 'NOK',
      per: 'kWh',
      vat: 'exclusive',
      points: [
        { start: '2026-01-01T00:00:00Z', end: null, value: '0.9' },
        { start: '2026-02-01T00:00:00Z', end: null, value: null },
      ],
    };
    expect(codes(validate(priceSeries, price))).toEqual(['model/out-of-order /points/1/start']);
    expect(validate(priceSeries, { ...price, points: price.points.slice(0, 1) }).ok).toBe(true);
  });

  it('lists that are too short, where a shape asks for a number', () => {
    const pair = list(decimal, { minItems: 2, maxItems: 2 });
    expect(codes(validate(pair, ['1', '2']))).toEqual([]);
    expect(codes(validate(pair, ['1']))[0]).toContain('schema/too-few');
  });

  it('numbers and flags, and lists and records that are too long', () => {
    const value = { id: 'm', medium: 'heat', version: 0 };
    const version = (one: unknown): string[] => codes(validate(meter, { ...value, version: one }));
    expect([0, 255].map(version)).toEqual([[], []]);
    expect([-1, 256, 1.5, '1', Number.NaN].map((one) => version(one)[0])).toEqual([
      'schema/too-small /version',
      'schema/too-large /version',
      'schema/wrong-type /version',
      'schema/wrong-type /version',
      'schema/wrong-type /version',
    ]);
    const label = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`l${i}`, 'x']));
    const found = codes(validate(processingActivity, { label, special: 'no', status: null }));
    expect(found).toContain('schema/too-many /label');
    expect(found).toContain('schema/wrong-type /special');
    expect(found).toContain('schema/not-in-list /status');
    expect(found).toHaveLength(13);
  });

  it('of a choice between two forms, the faults of the nearer one', () => {
    const held = { meteringPoint: 'm', party: 'p' };
    expect(validate(tenancy, { ...held, interval: { start: null, end: 5 } }).ok).toBe(true);
    const texts = { start: '2026-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' };
    expect(validate(tenancy, { ...held, interval: texts }).ok).toBe(true);
    const mixed = { ...held, interval: { start: '2026-01-01T00:00:00Z', end: 'soon' } };
    expect(codes(validate(tenancy, mixed))).toEqual(['schema/wrong-form /interval/end']);
  });

  it('a capacity that no register of that scale can have', () => {
    const value = { id: 'r', meter: 'm', quantity: 'energy', unit: 'kWh', scale: -3 };
    expect(validate(register, { ...value, capacity: '100000.000' }).ok).toBe(true);
    for (const capacity of ['0', '-1', '0.0001']) {
      expect(codes(validate(register, { ...value, capacity }))).toEqual([
        'model/capacity-range /capacity',
      ]);
    }
  });
});

describe('hostile input', () => {
  const point = { id: 'a', kind: 'consumption', medium: 'water' };

  it('cyclic', () => {
    const source: Record<string, unknown> = { list: [] };
    source['self'] = source;
    (source['list'] as unknown[]).push(source['list']);
    expect(codes(validate(meteringPoint, { ...point, source }))).toEqual([
      'schema/cyclic /source/list/0',
      'schema/cyclic /source/self/list/0',
      'schema/cyclic /source/self/self',
    ]);
    const cyclic: Record<string, unknown> = { ...point };
    cyclic['parent'] = cyclic;
    expect(codes(validate(meteringPoint, cyclic))).toEqual(['schema/wrong-type /parent']);
  });

  it('deep', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 200_000; i++) deep = [deep];
    const result = validate(meteringPoint, { ...point, source: { deep } });
    expect(result.issues.map(({ code }) => code)).toEqual(['schema/too-deep']);
  });

  it('keys of the prototype', () => {
    const text = '{"id":"a","kind":"consumption","medium":"water","__proto__":{"polluted":1}}';
    expect(codes(validateText(meteringPoint, text))).toEqual([
      'schema/unknown-property /__proto__',
    ]);
    const inner = '{"id":"a","kind":"consumption","medium":"water","source":{"__proto__":{"x":1}}}';
    expect(codes(validateText(meteringPoint, inner))).toEqual([
      'schema/forbidden-key /source/__proto__',
    ]);
    const inherited: unknown = Object.create(point);
    expect(codes(validate(meteringPoint, inherited))).toEqual([
      'schema/missing-property /id',
      'schema/missing-property /kind',
      'schema/missing-property /medium',
    ]);
    expect(codes(validate(meteringPoint, { ...point, constructor: 1 }))).toEqual([
      'schema/unknown-property /constructor',
    ]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('huge', () => {
    const sparse: unknown[] = [];
    sparse.length = 4_000_000_000;
    expect(codes(validate(timeSeries, { ...series, points: sparse }))).toEqual([
      'schema/too-many /points',
    ]);
    expect(codes(validate(meteringPoint, { ...point, source: { sparse } }))).toEqual([
      'schema/too-big /source/sparse',
    ]);
    const text = (length: number): unknown => ({ ...point, source: { text: 'x'.repeat(length) } });
    expect(validate(meteringPoint, text(100_000)).ok).toBe(true);
    expect(codes(validate(meteringPoint, text(100_001)))).toEqual(['schema/too-long /source/text']);
    const long = 'x'.repeat(20_000_000);
    expect(codes(validate(meteringPoint, { ...point, id: long }))).toEqual(['schema/too-long /id']);
    const wrong = Array.from({ length: 500_000 }, () => 1);
    const result = validate(timeSeries, { ...series, points: wrong });
    expect(result.issues).toHaveLength(1001);
    expect(result.issues.at(-1)?.code).toBe('schema/more-faults');
    expect(validate(decimal, '1', { maxValues: 1 }).ok).toBe(true);
    expect(validate(decimal, '1', { maxValues: 0 }).ok).toBe(false);
    const limited = validate(timeSeries, series, { maxValues: 10 });
    expect(limited.issues.map(({ code }) => code)).toEqual(['schema/too-big']);
  });

  it('things that only look like data', () => {
    const trap = Object.defineProperty({ ...point }, 'parent', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    expect(codes(validate(meteringPoint, trap))).toEqual(['schema/unreadable /parent']);
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    expect(codes(validate(meteringPoint, revoked.proxy))).toEqual(['schema/unreadable ']);
    for (const value of [
      undefined,
      null,
      1n,
      Symbol('x'),
      () => 1,
      new Date(0),
      new Map(),
      [],
      'x',
    ]) {
      expect(codes(validate(meteringPoint, value))).toEqual(['schema/wrong-type ']);
      if (value !== null && typeof value !== 'string' && !Array.isArray(value)) {
        expect(codes(validate(meteringPoint, { ...point, source: { value } }))).toEqual([
          'schema/wrong-type /source/value',
        ]);
      }
    }
  });

  it('a value that changes while it is read is read once', () => {
    let reads = 0;
    const shifty = Object.defineProperty({ ...point }, 'parent', {
      enumerable: true,
      get: () => (reads++ === 0 ? 'good' : 42),
    });
    const result = validate(meteringPoint, shifty);
    expect(result.ok && result.value.parent).toBe('good');
    expect(reads).toBe(1);
  });
});

describe('the other types', () => {
  it('take what they should', () => {
    expect(
      validate(reading, {
        meter: 'KAM-12345678-1b-07',
        register: 'volume',
        time: '2026-01-31T23:00:00Z',
        value: '123.456',
        unit: 'm3',
        quantity: 'volume',
        kind: 'cumulative',
        status: ['permanent_error'],
      }).ok,
    ).toBe(true);
    expect(
      validate(contract, {
        id: 'c1',
        kind: 'supply',
        customer: 'p1',
        provider: 'p2',
        meteringPoints: ['571313179100066516'],
        valid: { start: 0, end: null },
        pricing: 'spot',
      }).ok,
    ).toBe(true);
    expect(
      validate(processingActivity, {
        id: 'no-kraft.metering.1',
        label: { nb: 'Avregning', en: 'Settlement' },
        status: 'proposed',
        controllers: [{ name: 'Kraftselskapet', role: 'controller' }],
        purposes: ['billing'],
        legalBases: [{ basis: 'contract', reference: 'GDPR Art. 6(1)(b)' }],
        dataSubjects: ['customer'],
        dataCategories: ['meter-values'],
        special: false,
        recipients: [],
        transfers: [],
        retention: 'ten years after the end of the contract',
        measures: ['access log'],
      }).ok,
    ).toBe(true);
  });
});
