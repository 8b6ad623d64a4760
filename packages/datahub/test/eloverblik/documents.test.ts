import type { MeteringPointId } from '@metergram/model';
import { fromMyEnergyData } from '@metergram/model/cim';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HubError } from '../../src/core/fault.ts';
import { instantOf } from '../../src/core/json.ts';
import { addDays, epoch, localInterval } from '../../src/core/zone.ts';
import { answerFault, itemFault } from '../../src/eloverblik/answer.ts';
import { eloverblikCodes } from '../../src/eloverblik/codes.ts';
import {
  authorizationLink,
  consentChanges,
  danishZone,
  readAuthorization,
  readCharges,
  readMarketDocument,
  readPoints,
  type WirePeriod,
  type WirePoint,
} from '../../src/eloverblik-browser.ts';
import { point } from './data.ts';

const wirePoint = (
  position: number,
  quantity: string | null | undefined,
  quality = 'A04',
): WirePoint => ({
  position: String(position),
  ...(quantity === undefined ? {} : { 'out_Quantity.quantity': quantity }),
  'out_Quantity.quality': quality,
});

function documentOf(...periods: readonly WirePeriod[]) {
  return {
    TimeSeries: [
      { businessType: 'A04', curveType: 'A01', 'measurement_Unit.name': 'KWH', Period: periods },
    ],
  };
}

function period(
  from: string,
  to: string,
  resolution: string,
  points: readonly WirePoint[],
): WirePeriod {
  return { resolution, timeInterval: localInterval(from, to, danishZone), Point: points };
}

const read = (...periods: readonly WirePeriod[]) =>
  readMarketDocument(documentOf(...periods), point(1));

const plain = (all: readonly { readonly points: readonly object[] }[]) =>
  all.map(({ points }) => points.map((one) => ({ ...one, source: undefined })));

const answer = (status: number, body: string, headers: Record<string, string> = {}) => ({
  status,
  bytes: new Uint8Array(),
  at: 0,
  header: (name: string) => headers[name] ?? null,
  text: () => body,
});
const clean = (text: string): string => text;

const wire = (id: string, key: string, validTo = '2027-01-01') => ({
  id,
  customerKey: key,
  validFrom: '2025-01-01',
  validTo,
  timeStamp: '2026-05-01T10:00:00Z',
});

describe('market documents', () => {
  it.each([
    ['2026-03-29', 92],
    ['2026-10-25', 100],
    ['2026-06-01', 96],
  ])('places the quarters of %s in absolute time', (date, count) => {
    const points = Array.from({ length: count }, (_, at) => wirePoint(at + 1, `${at}.5`));
    const { series, issues } = read(period(date, addDays(date, 1), 'PT15M', points));
    expect(issues).toEqual([]);
    const [only] = series;
    const { start, end } = localInterval(date, addDays(date, 1), danishZone);
    expect(only?.points).toHaveLength(count);
    expect(only?.points[0]?.start).toBe(start);
    expect(only?.points.at(-1)).toMatchObject({ end, value: `${count - 1}.5` });
    for (const [at, one] of (only?.points ?? []).entries())
      expect(one.start).toBe(instantOf(epoch(start) + at * 900_000));
  });

  it('never makes a zero of what is missing: A02, no quantity, an empty one, a hole', () => {
    const { series } = read(
      period('2026-06-01', '2026-06-02', 'PT1H', [
        wirePoint(1, undefined, 'A02'),
        wirePoint(2, null),
        wirePoint(3, ''),
        wirePoint(4, '0', 'A02'),
        wirePoint(6, '0.000'),
      ]),
    );
    const points = series[0]?.points ?? [];
    expect(points).toHaveLength(24);
    expect(points.slice(0, 5).map(({ value, quality }) => [value, quality])).toEqual(
      Array.from({ length: 5 }, () => [null, 'missing']),
    );
    expect(points[0]?.source).toEqual({ scheme: 'eloverblik', code: 'A02' });
    expect(points[4]?.source).toBeUndefined();
    expect(points[5]).toMatchObject({ value: '0.000', quality: 'measured' });
    expect(points.filter(({ value }) => value !== null)).toHaveLength(1);
  });

  it.each([
    ['A01', 'adjusted'],
    ['A03', 'estimated'],
    ['A04', 'measured'],
    ['A05', 'incomplete'],
    ['A77', 'unknown'],
  ])('keeps the code %s beside %s', (code, quality) => {
    const { series, issues } = read(
      period('2026-06-01', '2026-06-02', 'P1D', [wirePoint(1, '1.230', code)]),
    );
    expect(series[0]?.points[0]).toMatchObject({ value: '1.230', quality, source: { code } });
    expect(issues).toHaveLength(quality === 'unknown' ? 1 : 0);
  });

  it('takes both spellings of days and years for the same', () => {
    for (const [spelled, resolution, to] of [
      ['P1D', 'P1D', '2026-03-30'],
      ['PT1D', 'P1D', '2026-03-30'],
      ['P1M', 'P1M', '2026-04-29'],
      ['PT1Y', 'P1Y', '2027-03-29'],
    ] as const) {
      const end = spelled === 'P1M' ? '2026-04-01' : spelled === 'PT1Y' ? '2027-01-01' : to;
      const { series } = read(period('2026-03-29', end, spelled, [wirePoint(1, '9')]));
      expect(series[0]).toMatchObject({ resolution });
      expect(series[0]?.points).toHaveLength(1);
    }
  });

  it('reads profiled quantities over any number of days as they lie', () => {
    const { series } = readMarketDocument(
      {
        TimeSeries: [
          ...documentOf(period('2026-06-01', '2026-06-02', 'PT1H', [wirePoint(1, '1')])).TimeSeries,
          {
            businessType: 'A64',
            'measurement_Unit.name': 'KWH',
            Period: [period('2026-03-20', '2026-04-18', 'P29D', [wirePoint(1, '210.5', 'A03')])],
          },
        ],
      },
      point(1),
    );
    expect(series.map(({ basis }) => basis)).toEqual(['metered', 'profiled']);
    expect(series[1]).toMatchObject({ resolution: 'P1M', source: { resolution: 'P29D' } });
    expect(series[1]?.points).toEqual([
      {
        ...localInterval('2026-03-20', '2026-04-18', danishZone),
        value: '210.5',
        quality: 'estimated',
        source: { scheme: 'eloverblik', code: 'A03' },
      },
    ]);
  });

  it.each([
    ['a position past the end', period('2026-06-01', '2026-06-02', 'PT1H', [wirePoint(25, '1')])],
    ['position 0', period('2026-06-01', '2026-06-02', 'PT1H', [wirePoint(0, '1')])],
    ['a word for a number', period('2026-06-01', '2026-06-02', 'PT1H', [wirePoint(1, 'nul')])],
    ['a decimal comma', period('2026-06-01', '2026-06-02', 'PT1H', [wirePoint(1, '1,5')])],
    ['no times', { resolution: 'PT1H', Point: [wirePoint(1, '1')] }],
    ['another resolution', period('2026-06-01', '2026-06-02', 'PT5M', [wirePoint(1, '1')])],
    [
      'half an hour',
      {
        resolution: 'PT1H',
        timeInterval: { start: '2026-06-01T00:00:00Z', end: '2026-06-01T02:30:00Z' },
        Point: [],
      },
    ],
  ] as const)('refuses %s instead of guessing', (_, wrong) => {
    expect(() => read(wrong as WirePeriod)).toThrow(HubError);
  });

  it('agrees with the conversion of the model, written apart from it', () => {
    fc.assert(
      fc.property(
        fc.nat(360).map((days) => addDays('2026-01-01', days)),
        fc.constantFrom('PT15M', 'PT1H'),
        fc.array(
          fc.tuple(
            fc.nat(91),
            fc.integer({ min: 0, max: 99_999 }),
            fc.constantFrom('A02', 'A03', 'A04', 'A05'),
          ),
          {
            minLength: 1,
            maxLength: 30,
          },
        ),
        (date, resolution, values) => {
          const most = resolution === 'PT1H' ? 22 : 91;
          const byPosition = new Map(
            values.map(([at, thousandths, code]) => [
              (at % most) + 1,
              wirePoint((at % most) + 1, code === 'A02' ? undefined : `${thousandths}.125`, code),
            ]),
          );
          const document = documentOf(
            period(date, addDays(date, 1), resolution, [...byPosition.values()]),
          );
          const ours = readMarketDocument(document, point(1)).series;
          const theirs = fromMyEnergyData(document).value.series;
          expect(plain(ours)).toEqual(plain(theirs));
        },
      ),
    );
  });
});

describe('errors', () => {
  it.each([
    [400, '"[20010] Relation not found"', 'hub/not-permitted', '20010', 'never'],
    [400, '"#30002: To-date cannot be equal"', 'hub/invalid-request', '30002', 'never'],
    [400, '[20010] not even quoted', 'hub/not-permitted', '20010', 'never'],
    [400, '"#30014: too long"', 'hub/too-much', '30014', 'smaller'],
    [
      400,
      '{"title":"wrong","status":400,"traceId":"00-ab"}',
      'hub/invalid-request',
      undefined,
      'never',
    ],
    [401, '', 'hub/token-refused', undefined, 'never'],
    [401, '"[50001] Token is not valid"', 'hub/token-refused', '50001', 'never'],
    [403, '', 'hub/not-permitted', undefined, 'never'],
    [429, '', 'hub/rate-limited', undefined, 'later'],
    [503, '<html></html>', 'hub/unavailable', undefined, 'smaller'],
    [500, '"[30011] Internal server error"', 'hub/unavailable', '30011', 'smaller'],
    [302, '', 'hub/protocol', undefined, 'never'],
  ])('reads %i %s', (status, body, code, hubCode, retry) => {
    const fault = answerFault(answer(status, body), clean);
    expect(fault).toMatchObject({ code, retry, status });
    expect(fault.hubCode?.code).toBe(hubCode);
  });

  it('keeps the trace id and the time to come back', () => {
    const fault = answerFault(
      answer(429, '{"title":"slow down","traceId":"00-ab"}', { 'retry-after': '30' }),
      clean,
    );
    expect(fault).toMatchObject({ correlationId: '00-ab', retryAt: '1970-01-01T00:00:30Z' });
  });

  it('reads items that failed in an answer of 200', () => {
    expect(itemFault({ success: true, errorCode: 10000 }, point(1), clean)).toBeNull();
    expect(
      itemFault({ success: false, errorCode: 20012, errorText: 'Unauthorized' }, point(1), clean),
    ).toMatchObject({
      code: 'hub/not-permitted',
      meteringPoint: point(1),
      hubCode: { code: '20012' },
    });
    expect(itemFault({ success: false, errorCode: 98765 }, point(1), clean)).toMatchObject({
      code: 'hub/protocol',
      hubCode: { code: '98765' },
    });
  });

  it('knows every code once', () => {
    const codes = eloverblikCodes.map(([code]) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe('consents', () => {
  const terms = { to: 'us' as never, what: ['consumption'], purposes: ['advice'] };
  const now = Date.UTC(2026, 5, 1);
  const grant = (id: string, key: string, validTo?: string) =>
    readAuthorization(wire(id, key, validTo), [point(1)], terms);

  it('come as grants of the model, in Danish days', () => {
    expect(grant('a', 'k1')).toEqual({
      id: 'a',
      from: 'k1',
      to: 'us',
      what: ['consumption'],
      purposes: ['advice'],
      finest: 'PT15M',
      meteringPoints: [point(1)],
      span: { start: Date.UTC(2024, 11, 31, 23), end: Date.UTC(2026, 11, 31, 23) },
      valid: { start: Date.UTC(2026, 4, 1, 10), end: null },
      state: 'active',
      external: { system: 'eloverblik', id: 'a', state: { scheme: 'eloverblik', code: 'listed' } },
    });
  });

  it('are followed by comparing lists: given, withdrawn, expired, asked for, lapsed', () => {
    const asked = { ...grant('ask', 'k3'), state: 'requested' as const, external: undefined };
    const { external: _, ...requested } = asked;
    const stale = {
      ...requested,
      id: 'ask2',
      from: 'k9' as never,
      valid: { start: now - 60 * 86_400_000, end: null },
    };
    const before = [
      grant('a', 'k1'),
      grant('b', 'k2', '2026-05-20'),
      grant('c', 'k4'),
      requested,
      stale,
    ];
    const listed = [grant('c', 'k4'), grant('d', 'k3'), grant('e', 'k5')];
    const changes = consentChanges(before, listed, now);
    expect(
      changes.map(({ before: was, after }) => [was?.id ?? null, after.id, after.state]),
    ).toEqual([
      ['a', 'a', 'withdrawn'],
      ['b', 'b', 'expired'],
      ['ask', 'd', 'active'],
      ['ask2', 'ask2', 'lapsed-request'],
      [null, 'e', 'active'],
    ]);
    expect(changes[0]?.after.valid.end).toBe(now);
    expect(consentChanges(listed, listed, now)).toEqual([]);
  });

  it('are asked for by a link, which takes no national identity number', () => {
    const link = {
      thirdPartyId: 'tp',
      from: '2026-01-01',
      to: '2027-01-01',
      customerKey: 'k 1',
      returnUrl: 'https://example.org/back?x=1',
    };
    const url = new URL(authorizationLink(link));
    expect(url.origin + url.pathname).toBe('https://eloverblik.dk/authorization/authorization');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      thirdPartyId: 'tp',
      fromDate: '2026-01-01',
      toDate: '2027-01-01',
      customerKey: 'k 1',
      returnUrl: 'https://example.org/back?x=1',
    });
    for (const wrong of [
      { customerKey: '010190-1234' },
      { returnUrl: 'http://example.org' },
      { to: '2026-01-01' },
      { from: 'soon' },
    ])
      expect(() => authorizationLink({ ...link, ...wrong })).toThrow(HubError);
  });
});

describe('master data and charges', () => {
  it('leave out what has no identifier and keep unknown types', () => {
    expect(readPoints({ meteringPointId: '' })).toEqual([]);
    expect(
      readPoints({ meteringPointId: 'x', typeOfMP: 'D98', meterReadingOccurrence: 'ANDET' }),
    ).toEqual([
      {
        id: 'x',
        kind: 'unknown',
        medium: 'electricity',
        zone: danishZone,
        source: { meteringPointId: 'x', typeOfMP: 'D98', meterReadingOccurrence: 'ANDET' },
      },
    ]);
  });

  it('take dates in all three forms as Danish', () => {
    const charges = readCharges(
      {
        subscriptions: ['2026-03-29', '2026-03-29T00:00:00', '2026-03-28T23:00:00.000Z'].map(
          (validFromDate) => ({ name: 'x', validFromDate, price: '1.10', quantity: 1 }),
        ),
      },
      'p' as MeteringPointId,
    );
    expect(charges.map(({ start }) => start)).toEqual(
      Array.from({ length: 3 }, () => '2026-03-28T23:00:00Z'),
    );
  });
});
