import { describe, expect, test } from 'vitest';
import type { PartyId } from '@metergram/model';
import {
  type AuthorizationGrant,
  type AuthorizationRequest,
  type AuthorizationScope,
  elhubGrant,
  elhubRequest,
  energyDataSeries,
  pageOf,
  parseEnergyData,
  parseErrors,
  parseThirdPartyReturn,
  resourceOf,
  thirdPartyAccessUrl,
  thirdPartyGrant,
} from '../../src/elhub-browser.ts';
import { between } from '../interval.ts';

const NOW = Date.UTC(2026, 5, 1);

function grant(over: Partial<AuthorizationGrant['attributes']> = {}): AuthorizationGrant {
  return {
    id: 'grant-1',
    type: 'AuthorizationGrant',
    attributes: {
      status: 'Active',
      createdAt: '2026-01-02T10:00:00+01:00',
      updatedAt: '2026-01-02T10:00:00+01:00',
      validFrom: '2026-01-02T10:00:00+01:00',
      validTo: '2027-01-02T00:00:00+01:00',
      ...over,
    },
    relationships: {
      grantedFor: { data: { type: 'Person', id: 'person-1' } },
      grantedBy: { data: { type: 'Person', id: 'guardian-1' } },
      grantedTo: { data: { type: 'OrganizationEntity', id: 'supplier-1' } },
      source: { data: { type: 'AuthorizationRequest', id: 'request-1' } },
    },
  };
}

const scope: AuthorizationScope = {
  id: 'scope-1',
  type: 'AuthorizationScope',
  attributes: { permissionType: 'ChangeOfBalanceSupplierForPerson' },
  relationships: {
    authorizedResources: {
      data: [
        { type: 'MeteringPoint', id: '707057500000000001' },
        { type: 'Organization', id: 'x' },
      ],
    },
  },
};

const request = (status: string, validTo = '2026-06-20T00:00:00+02:00'): AuthorizationRequest => ({
  id: 'request-1',
  type: 'AuthorizationRequest',
  attributes: {
    requestType: 'ChangeOfBalanceSupplierForPerson',
    status,
    createdAt: '2026-05-23T00:00:00+02:00',
    updatedAt: '2026-05-23T00:00:00+02:00',
    validTo,
  },
  relationships: { requestedFrom: { data: { type: 'Person', id: 'person-1' } } },
  meta: { requestedForMeteringPointId: '707057500000000001' },
});

describe('grants', () => {
  test('an active grant keeps the name of its request, and allows to see nothing by itself', () => {
    expect(elhubGrant(grant(), [scope], NOW)).toEqual({
      id: 'request-1',
      from: 'person-1',
      to: 'supplier-1',
      by: 'guardian-1',
      what: [],
      purposes: ['ChangeOfBalanceSupplierForPerson'],
      finest: 'P1Y',
      meteringPoints: ['707057500000000001'],
      span: { start: Date.UTC(2026, 0, 2, 9), end: Date.UTC(2027, 0, 1, 23) },
      valid: { start: Date.UTC(2026, 0, 2, 9), end: Date.UTC(2027, 0, 1, 23) },
      state: 'active',
      external: {
        system: 'elhub',
        id: 'grant-1',
        state: { scheme: 'elhub-grant', code: 'Active' },
      },
    });
  });

  test.each([
    ['Exhausted', 'exhausted'],
    ['Revoked', 'withdrawn'],
    ['Expired', 'expired'],
    ['Suspended', 'draft'],
    ['constructor', 'draft'],
  ])('%s is %s', (status, state) => {
    expect(elhubGrant(grant({ status }), [], NOW).state).toBe(state);
  });

  test('a date that has passed ends an active grant whatever its status says', () => {
    const over = grant({ validTo: '2026-06-01T02:00:00+02:00' });
    expect(elhubGrant(over, [], NOW).state).toBe('expired');
    expect(elhubGrant(over, [], NOW - 1).state).toBe('active');
  });

  test('a request waits, lapses, is refused; an accepted one is its grant', () => {
    expect(elhubRequest(request('Pending'), NOW)).toMatchObject({
      state: 'requested',
      meteringPoints: ['707057500000000001'],
    });
    expect(elhubRequest(request('Pending', '2026-05-31T00:00:00Z'), NOW)?.state).toBe(
      'lapsed-request',
    );
    expect(elhubRequest(request('Rejected'), NOW)?.state).toBe('refused');
    expect(elhubRequest(request('Expired'), NOW)?.state).toBe('lapsed-request');
    expect(elhubRequest(request('Accepted'), NOW)).toBeNull();
  });
});

describe('JSON:API', () => {
  test('errors are read wherever their meta stands, with or without code', () => {
    const inside = {
      errors: [{ status: '400', title: 'Bad', detail: 'why', meta: { createdAt: 'a' } }],
    };
    const beside = {
      errors: [{ status: 400, code: 'x', title: 'Bad', detail: 'why' }],
      meta: { createdAt: 'b' },
    };
    expect(parseErrors(inside)[0]).toMatchObject({ status: '400', code: null, createdAt: 'a' });
    expect(parseErrors(beside)[0]).toMatchObject({ status: '400', code: 'x', createdAt: 'b' });
    expect(parseErrors('gateway')).toEqual([]);
    expect(parseErrors({ errors: [null, 'x', {}] })).toHaveLength(1);
  });

  test('a resource of another type, or without attributes, is none', () => {
    expect(resourceOf({ data: grant() }, 'AuthorizationGrant')).not.toBeNull();
    expect(resourceOf({ data: grant() }, 'AuthorizationRequest')).toBeNull();
    expect(
      resourceOf({ data: { id: 'a', type: 'AuthorizationGrant' } }, 'AuthorizationGrant'),
    ).toBeNull();
    expect(resourceOf({ data: null }, 'AuthorizationGrant')).toBeNull();
  });

  test('a page that holds one thing of another type is refused whole, not read in part', () => {
    const page = {
      data: [grant(), { id: 'x', type: 'Cat', attributes: {} }],
      meta: { totalItems: 2 },
    };
    expect(pageOf(page, 'AuthorizationGrant', 0)).toBeNull();
    expect(
      pageOf({ data: [grant()], meta: { totalItems: 1, totalPages: 1 } }, 'AuthorizationGrant', 0),
    ).toMatchObject({ totalItems: 1, totalPages: 1, page: 0 });
  });
});

describe('third-party access', () => {
  const requestId = '3f2b8f0e-4f1d-4a57-9d6e-0a1b2c3d4e5f';

  test('the address asks for a scope with a GLN and a UUID', () => {
    const url = thirdPartyAccessUrl({ gln: '7080005010000', requestId, scope: 'Limited' });
    expect(url.href).toBe(
      `https://minside.elhub.no/third-party-access/authorize?client_id=7080005010000&request_id=${requestId}&scope=Limited`,
    );
    expect(() => thirdPartyAccessUrl({ gln: '708', requestId, scope: 'Full' })).toThrow(TypeError);
    expect(() =>
      thirdPartyAccessUrl({ gln: '7080005010000', requestId: '1', scope: 'Full' }),
    ).toThrow(TypeError);
  });

  test.each([
    'contracts=707057500000000001,707057500000000002',
    'contracts=707057500000000001&contracts=707057500000000002',
    'Contracts=%5B%22707057500000000001%22%2C%22707057500000000002%22%5D',
  ])('metering points are found however they are listed: %s', (contracts) => {
    const back = parseThirdPartyReturn(
      `https://me.example/back?Request_id=${requestId}&${contracts}&start=2025-03-01`,
    );
    expect(back).toMatchObject({
      outcome: 'granted',
      requestId,
      meteringPoints: ['707057500000000001', '707057500000000002'],
      start: '2025-03-01',
      end: null,
    });
  });

  test('a refusal keeps its code; anything else is unreadable, and no ground', () => {
    const context = { from: 'u' as PartyId, to: 'me' as PartyId, now: NOW };
    const refused = parseThirdPartyReturn(`/back?request_id=${requestId}&error=EH088`);
    expect(refused).toMatchObject({ outcome: 'refused', errorCode: 'EH088' });
    expect(thirdPartyGrant(refused, context)?.state).toBe('refused');
    const odd = parseThirdPartyReturn(`/back?request_id=${requestId}&foo=1`);
    expect(odd.outcome).toBe('unreadable');
    expect(odd.parameters).toEqual({ requestid: [requestId], foo: ['1'] });
    expect(thirdPartyGrant(odd, context)).toBeNull();
  });

  test.each(['constructor', '__proto__', 'toString'])(
    'anyone can write an address: a parameter named %s is one like any other',
    (name) => {
      const odd = parseThirdPartyReturn(`/back?${name}=1&${name}=2`);
      expect(odd.outcome).toBe('unreadable');
      expect(Object.entries(odd.parameters)).toEqual([
        [name.toLowerCase().replaceAll('_', ''), ['1', '2']],
      ]);
    },
  );

  test('plain dates are Norwegian days; an end that cannot be read gives no grant at all', () => {
    const context = { from: 'u' as PartyId, to: 'me' as PartyId, now: NOW, what: ['hourly'] };
    const back = (end: string): ReturnType<typeof thirdPartyGrant> =>
      thirdPartyGrant(
        parseThirdPartyReturn(
          `/back?request_id=${requestId}&contracts=707057500000000001&start=2025-07-01&end=${end}`,
        ),
        context,
      );
    expect(back('2026-12-31')).toMatchObject({
      state: 'active',
      what: ['hourly'],
      span: { start: Date.UTC(2025, 5, 30, 22), end: Date.UTC(2026, 11, 30, 23) },
    });
    expect(back('2026-01-01')?.state).toBe('expired');
    expect(back('someday')).toBeNull();
  });
});

const answer = (rows: string): string =>
  `{"data":[{"type":"price-areas","id":"NO1","attributes":{"country":"NO","consumptionPerGroupMbaHour":[${rows}]}}]}`;

const row = (start: string, quantity: string, updated = '2025-03-30T11:40:40+02:00'): string =>
  `{"consumptionGroup":"household","startTime":"${start}","endTime":"x","lastUpdatedTime":"${updated}","meteringPointCount":1091302,"priceArea":"NO1","quantityKwh":${quantity}}`;

describe('open energy data', () => {
  test('quantities are exact, holes and null are missing, the inclusive end is cut', () => {
    const sets = parseEnergyData(
      answer(
        [
          row('2023-09-01T00:00:00+02:00', '1000215.70'),
          row('2023-09-01T02:00:00+02:00', 'null'),
          row('2023-09-01T03:00:00+02:00', '0'),
          row('2023-09-01T04:00:00+02:00', '5'),
        ].join(','),
      ),
    );
    const { series, issues } = energyDataSeries(
      sets ?? [],
      between('2023-08-31T22:00:00Z', '2023-09-01T02:00:00Z'),
    );
    expect(issues).toEqual([]);
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({
      id: 'NO1',
      labels: { consumptionGroup: 'household', priceArea: 'NO1' },
      lastUpdated: Date.UTC(2025, 2, 30, 9, 40, 40),
    });
    expect(series[0]?.series.points.map((point) => [point.value, point.quality])).toEqual([
      ['1000215.70', 'calculated'],
      [null, 'missing'],
      [null, 'missing'],
      ['0', 'calculated'],
    ]);
  });

  test('of two values for an hour the one changed last holds, and it is told', () => {
    const sets = parseEnergyData(
      answer(
        [
          row('2023-09-01T00:00:00+02:00', '2', '2025-05-01T00:00:00Z'),
          row('2023-09-01T00:00:00+02:00', '1', '2025-04-01T00:00:00Z'),
        ].join(','),
      ),
    );
    const { series, issues } = energyDataSeries(
      sets ?? [],
      between('2023-08-31T22:00:00Z', '2023-08-31T23:00:00Z'),
    );
    expect(series[0]?.series.points[0]?.value).toBe('2');
    expect(issues[0]?.code).toBe('elhub/conflicting-row');
  });

  test('a body that is cut is no data', () => {
    expect(parseEnergyData(answer(row('2023-09-01T00:00:00+02:00', '1')).slice(0, -9))).toBeNull();
  });
});
