import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Interval, MeteringPointId, PartyId } from '@metergram/model';
import {
  authorizationUrl,
  FINGRID_QUALITY,
  fingridGrant,
  fingridPoints,
  fingridSeries,
  parseAnswer,
  parseAuthorizationReturn,
} from '../../src/fingrid-browser.ts';
import { between } from '../interval.ts';

interface Observed {
  readonly time: string;
  readonly quantity?: string;
  readonly quality?: string;
}

function transaction(
  observed: readonly Observed[],
  resolution = 'PT1H',
  reading = 'BN01',
): Record<string, unknown> {
  return {
    TimeSeries: [
      {
        MeteringPointEAN: '643007600000000001',
        ResolutionDuration: resolution,
        ProductType: '8716867000030',
        UnitType: 'kWh',
        ReadingType: reading,
        Observations: observed.map(({ time, quantity, quality }) => ({
          PeriodStartTime: time,
          ...(quantity === undefined ? {} : { Quantity: quantity }),
          ...(quality === undefined ? {} : { Quality: quality }),
        })),
      },
    ],
  };
}

function points(
  observed: readonly Observed[],
  interval: Interval,
  resolution = 'PT1H',
): readonly (readonly [string | null, string, string | undefined])[] {
  const { series } = fingridSeries(transaction(observed, resolution), { interval });
  return (series[0]?.series.points ?? []).map((point) => [
    point.value,
    point.quality,
    point.source?.code,
  ]);
}

const reasons = (EventReason: unknown): unknown => ({
  RetrieveTimeSeriesData: { Header: {}, Transaction: { EventReasons: { EventReason } } },
});

describe('answers', () => {
  test('reasons, nothing, data and nonsense are told apart', () => {
    const reason = { EventReasonCode: 'RC-MDM-RMV-100', EventReasonText: 'No data found' };
    expect(parseAnswer(reasons([reason]))).toMatchObject({
      kind: 'reasons',
      reasons: [{ code: 'RC-MDM-RMV-100' }],
    });
    expect(parseAnswer(reasons(reason)).kind).toBe('reasons');
    expect(parseAnswer({ X: { Transaction: { ReasonCode: 'RC-1' } } })).toMatchObject({
      reasons: [{ code: 'RC-1' }],
    });
    expect(parseAnswer({}).kind).toBe('empty');
    expect(parseAnswer({ X: { Header: {}, Transaction: {} } }).kind).toBe('empty');
    expect(parseAnswer({ X: { Header: {} } }).kind).toBe('empty');
    expect(parseAnswer({ X: { Transaction: { TimeSeries: [] } } }).kind).toBe('data');
    for (const odd of [
      null,
      'x',
      [],
      { X: 1 },
      { X: { Transaction: 5 } },
      { error: { message: 'x' } },
    ]) {
      expect(parseAnswer(odd).kind).toBe('unreadable');
    }
  });
});

describe('series', () => {
  const hours = between('2026-01-01T22:00:00Z', '2026-01-02T02:00:00Z');

  test('each value stands at its own time; what is not there is missing, and zero is zero', () => {
    const observed = [
      { time: '2026-01-02T01:00:00Z', quantity: '0.000000', quality: 'OK' },
      { time: '2026-01-01T22:00:00Z', quantity: '1.509000', quality: 'OK' },
    ];
    expect(points(observed, hours)).toEqual([
      ['1.509000', 'measured', 'OK'],
      [null, 'missing', undefined],
      [null, 'missing', undefined],
      ['0.000000', 'measured', 'OK'],
    ]);
  });

  test('every quality code keeps its own name beside ours, also one that is new', () => {
    const codes = [...Object.keys(FINGRID_QUALITY), 'E99'];
    for (const code of codes) {
      const [first] = points(
        [{ time: '2026-01-01T22:00:00Z', quantity: '1', quality: code }],
        hours,
      );
      const word = FINGRID_QUALITY[code] ?? 'unknown';
      expect(first).toEqual([word === 'missing' ? null : '1', word, code]);
    }
  });

  test('a value is null exactly when its quality is missing, whatever was sent', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            hour: fc.integer({ min: 0, max: 3 }),
            quantity: fc.option(fc.constantFrom('0', '1.5', '', 'x', '-2.000000'), {
              nil: undefined,
            }),
            quality: fc.option(fc.constantFrom('OK', 'MISSING', 'NONE', 'REVISED', 'E21', '??'), {
              nil: undefined,
            }),
          }),
        ),
        (observed) => {
          const list = observed.map(({ hour, quantity, quality }) => ({
            time: new Date(Date.UTC(2026, 0, 1, 22 + hour)).toISOString(),
            ...(quantity === undefined ? {} : { quantity }),
            ...(quality === undefined ? {} : { quality }),
          }));
          const found = points(list, hours);
          if (list.length > 0) expect(found).toHaveLength(4);
          for (const [value, quality] of found) expect(value === null).toBe(quality === 'missing');
        },
      ),
    );
  });

  test('of two values for a time the revised one holds, whichever came last', () => {
    const old = { time: '2026-01-01T22:00:00Z', quantity: '1', quality: 'OK' };
    const revised = { ...old, quantity: '2', quality: 'REVISED' };
    expect(points([old, revised], hours)[0]).toEqual(['2', 'adjusted', 'REVISED']);
    expect(points([revised, old], hours)[0]).toEqual(['2', 'adjusted', 'REVISED']);
    const { issues } = fingridSeries(transaction([old, revised]), { interval: hours });
    expect(issues.map((issue) => issue.code)).toEqual(['fingrid/duplicate-time']);
  });

  test.each([
    ['2026-03-28T22:00:00Z', '2026-03-29T21:00:00Z', 23, 92],
    ['2026-10-24T21:00:00Z', '2026-10-25T22:00:00Z', 25, 100],
    ['2026-06-30T21:00:00Z', '2026-07-01T21:00:00Z', 24, 96],
  ])(
    'a Finnish day from %s has %s as its end: %i hours, %i quarters',
    (start, end, count, quarters) => {
      const observed = [{ time: start, quantity: '1', quality: 'OK' }];
      expect(points(observed, between(start, end))).toHaveLength(count);
      expect(points(observed, between(start, end), 'PT15M')).toHaveLength(quarters);
      const { series } = fingridSeries(transaction(observed, 'P1D'), {
        interval: between(start, end),
      });
      expect(series[0]?.series.points).toEqual([
        { start, end, value: '1', quality: 'measured', source: { scheme: 'fingrid', code: 'OK' } },
      ]);
    },
  );

  test('months and years are Finnish ones', () => {
    const observed = [
      { time: '2026-02-28T22:00:00Z', quantity: '3', quality: 'OK' },
      { time: '2026-03-31T21:00:00Z', quantity: '4', quality: 'OK' },
    ];
    const { series } = fingridSeries(transaction(observed, 'P1M'), {
      interval: between('2026-02-28T22:00:00Z', '2026-04-30T21:00:00Z'),
    });
    expect(series[0]?.series.points.map((point) => [point.start, point.end, point.value])).toEqual([
      ['2026-02-28T22:00:00Z', '2026-03-31T21:00:00Z', '3'],
      ['2026-03-31T21:00:00Z', '2026-04-30T21:00:00Z', '4'],
    ]);
  });

  test('a value on no boundary, outside, or of a missing quality is told', () => {
    const observed = [
      { time: '2026-01-01T22:10:00Z', quantity: '1', quality: 'OK' },
      { time: '2025-01-01T22:00:00Z', quantity: '1', quality: 'OK' },
      { time: '2026-01-01T23:00:00Z', quantity: '0.000000', quality: 'MISSING' },
    ];
    const { issues } = fingridSeries(transaction(observed), { interval: hours });
    expect(issues.map((issue) => issue.code)).toEqual([
      'fingrid/value-of-missing',
      'fingrid/outside-period',
      'fingrid/off-boundary',
    ]);
  });

  test('netted and reactive series say what they are', () => {
    const wire = transaction([], 'PT1H', 'BN02');
    (wire['TimeSeries'] as Record<string, unknown>[])[0]!['ProductType'] = '8716867000047';
    const { series } = fingridSeries(wire, { interval: hours });
    expect(series[0]).toMatchObject({
      productType: '8716867000047',
      readingType: 'BN02',
      series: { quantity: 'reactive_energy', basis: 'netted', direction: 'net' },
    });
  });
});

const agreement = (AgreementStartDate: string): unknown => ({
  AgreementType: 'AP01',
  AgreementStatus: 'CFD',
  AgreementStartDate,
  MeteringPoint: {
    MeteringPointEAN: '643007600000000001',
    MeteringPointAddress: { PostOffice: 'ROVANIEMI' },
  },
});

describe('customers', () => {
  test('a point that two agreements name comes once, with its address kept', () => {
    const found = fingridPoints({
      Agreements: [agreement('2025-07-02T21:00:00Z'), agreement('x'), {}],
    });
    expect(found.points).toHaveLength(1);
    expect(found.points[0]).toMatchObject({
      kind: 'unknown',
      source: { MeteringPointAddress: { PostOffice: 'ROVANIEMI' } },
    });
    expect(found.agreements.map((one) => one.valid)).toEqual([
      { start: Date.UTC(2025, 6, 2, 21), end: null },
      { start: null, end: null },
    ]);
  });
});

describe('authorization', () => {
  const requestId = '550e8400-e29b-41d4-a716-446655440000';
  const returnUrl = 'https://me.example/callback';

  test('the redirect is built as documented', () => {
    const url = authorizationUrl({
      language: 'FI',
      requestId,
      returnUrl,
      relay: 'c29tZV9zdGF0ZQ==',
    });
    expect(url.href).toBe(
      `https://dhvp.fingrid.fi/FI/${requestId}?returnUrl=https%3A%2F%2Fme.example%2Fcallback&relay=c29tZV9zdGF0ZQ%3D%3D`,
    );
  });

  test.each([
    [{ requestId: '550e8400-e29b-11d4-a716-446655440000' }],
    [{ returnUrl: 'http://me.example/callback' }],
    [{ returnUrl: 'https://me.example/callback?x=1' }],
    [{ returnUrl: 'https://me.example/callback?' }],
    [{ returnUrl: 'https://me.example/callback#r' }],
    [{ relay: 'a'.repeat(64) }],
    [{ relay: 'not base64!' }],
    [{ language: 'NO' as never }],
  ])('what the service would refuse is refused here: %o', (wrong) => {
    expect(() => authorizationUrl({ language: 'EN', requestId, returnUrl, ...wrong })).toThrow(
      TypeError,
    );
  });

  test('a return keeps every parameter, and claims nothing about the decision', () => {
    expect(
      parseAuthorizationReturn('https://me.example/callback?relay=abc&Status=ok&x=1&x=2'),
    ).toEqual({
      relay: 'abc',
      status: 'ok',
      requestId: null,
      parameters: { relay: ['abc'], status: ['ok'], x: ['1', '2'] },
    });
  });

  test.each(['constructor', '__proto__', 'hasOwnProperty'])(
    'anyone can write an address: a parameter named %s is one like any other',
    (name) => {
      const { parameters, relay } = parseAuthorizationReturn(`/callback?${name}=1&relay=abc`);
      expect(relay).toBe('abc');
      expect(Object.entries(parameters)).toEqual([
        [name.toLowerCase(), ['1']],
        ['relay', ['abc']],
      ]);
    },
  );

  test.each([
    ['Open', 'requested'],
    ['Approved', 'active'],
    ['Rejected', 'refused'],
    ['Expired', 'lapsed-request'],
    ['Cancelled', 'terminated'],
    ['TerminatedByCustomer', 'withdrawn'],
    ['TerminatedByParty', 'terminated'],
    ['Paused', 'draft'],
    ['constructor', 'draft'],
  ])('%s is %s', (status, state) => {
    const authorization = {
      requestId,
      status,
      from: 'c' as PartyId,
      to: 'me' as PartyId,
      meteringPoints: ['643007600000000001' as MeteringPointId],
      valid: { start: 0, end: 1000 },
      what: ['hourly'],
      purposes: ['advice'],
      finest: 'PT1H' as const,
    };
    expect(fingridGrant(authorization, 500)).toMatchObject({
      state,
      external: { system: 'fingrid', state: { code: status } },
    });
    if (status === 'Approved') expect(fingridGrant(authorization, 1000).state).toBe('expired');
  });
});
