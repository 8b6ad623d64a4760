import type { PartyId } from '@metergram/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HubError } from '../../src/core/fault.ts';
import type { FetchLike } from '../../src/core/http.ts';
import { Limiter } from '../../src/core/limiter.ts';
import { collect } from '../../src/core/transfer.ts';
import { localInterval } from '../../src/core/zone.ts';
import { EloverblikCustomer } from '../../src/eloverblik/customer.ts';
import { EloverblikThirdParty } from '../../src/eloverblik/third-party.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import { TestClock } from '../../src/testing/clock.ts';
import { point } from './data.ts';

const start = Date.UTC(2026, 10, 20);
const names = [
  'result',
  'success',
  'errorCode',
  'id',
  'MyEnergyData_MarketDocument',
  'TimeSeries',
  'Period',
  'Point',
  'timeInterval',
  'resolution',
  'start',
  'end',
  'position',
  'out_Quantity.quantity',
  'out_Quantity.quality',
  'businessType',
  'measurement_Unit.name',
  'tariffs',
  'prices',
  'price',
  'subscriptions',
  'childMeteringPoints',
  'meteringPointId',
  'validFrom',
  'timeStamp',
];
const leaf = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1e300, '', 'A04', 'PT1H', 'P1D', 'KWH', '1', '0.5', point(1)),
  fc.constantFrom('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', '9999-12-31', '[20010] no'),
  fc.string(),
);
/** JSON that is nearly what the hub sends: its names, in any place, with anything under them. */
const nearly = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'medium', withCrossShrink: true }, leaf, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  object: fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 5 }),
})).value;
/** The way to the document is right, what hangs on it is anything. */
const answers = fc.oneof(
  nearly,
  nearly.map((result) => ({ result })),
  nearly.map((inner) => ({
    result: [{ success: true, errorCode: 10000, id: point(1), result: inner }],
  })),
  nearly.map((document) => ({
    result: [
      { success: true, errorCode: 10000, id: point(1), MyEnergyData_MarketDocument: document },
    ],
  })),
  nearly.map((Period) => ({
    result: [
      {
        id: point(1),
        MyEnergyData_MarketDocument: { TimeSeries: [{ businessType: 'A04', Period }] },
      },
    ],
  })),
);

describe('answers that nobody foresaw', () => {
  it('are faults or outcomes, never a crash, and never a value that was not sent', async () => {
    await fc.assert(
      fc.asyncProperty(answers, fc.constantFrom(200, 200, 200, 400, 404), async (body, status) => {
        const clock = new TestClock({ start });
        const text = JSON.stringify(body);
        const fetch: FetchLike = async (url) => ({
          status: url.endsWith('/token') ? 200 : status,
          headers: { get: () => null },
          arrayBuffer: async () =>
            new TextEncoder().encode(url.endsWith('/token') ? '{"result":"a-token"}' : text)
              .buffer as ArrayBuffer,
        });
        const options = {
          refreshToken: 'seeded-refresh',
          clock,
          fetch,
          limiter: new Limiter({ clock, limits: [] }),
          retry: { attempts: 2 },
        };
        const customer = new EloverblikCustomer(options);
        const third = new EloverblikThirdParty({ ...options, terms: { to: 'us' as PartyId } });
        const interval = localInterval('2026-10-24', '2026-10-27', danishZone);
        const ids = { meteringPoints: [point(1)] };
        const works: (() => Promise<unknown>)[] = [
          () => collect(customer.points()),
          () => collect(customer.details([point(1)])),
          () => collect(customer.charges(ids)),
          () => customer.addRelations([point(1)]),
          () => customer.deleteRelation(point(1)),
          () => collect(third.consents()),
          () => collect(third.points()),
        ];
        for (const work of works) {
          const error = await work().then(
            () => null,
            (thrown: unknown) => thrown,
          );
          if (error !== null) expect(error).toBeInstanceOf(HubError);
        }
        const series = await collect(customer.series({ ...ids, interval })).catch(
          (thrown: unknown) => {
            expect(thrown).toBeInstanceOf(HubError);
            return null;
          },
        );
        for (const { points } of series?.items ?? [])
          for (const { value, start: from, end } of points) {
            expect(from < end).toBe(true);
            if (value !== null) expect(text).toContain(value);
          }
      }),
      { numRuns: 400 },
    );
  });
});
