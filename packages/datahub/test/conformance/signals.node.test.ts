// Every call of every client takes a signal: with one that was aborted before, nothing is sent and the fault says so.
import { generateKeyPairSync } from 'node:crypto';
import type { Instant, MeteringPointId } from '@metergram/model';
import { describe, expect, it } from 'vitest';
import { createElhub } from '../../src/elhub.ts';
import { EloverblikCustomer, EloverblikThirdParty } from '../../src/eloverblik.ts';
import { createFileSource } from '../../src/files.ts';
import { createFingrid } from '../../src/fingrid.ts';
import { type FetchLike, itemsOf } from '../../src/index.ts';
import {
  createEnergiDataService,
  createEntsoe,
  NORDIC_AREAS,
  type PriceArea,
} from '../../src/prices.ts';
import { TestClock } from '../../src/testing/clock.ts';
import { documentSubmission, submission } from '../elhub/setup.ts';
import { faultOf } from '../fault.ts';
import { between } from '../interval.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const signal = AbortSignal.abort(new Error('a reason of the caller’s own'));
const options = { signal };
let sent = 0;
const fetch: FetchLike = async () => {
  sent++;
  throw new TypeError('a request was sent');
};
const clock = new TestClock({ start: Date.UTC(2026, 0, 15) });
const world = { clock, fetch };
const meteringPoints = ['571313100000000015' as MeteringPointId];
const interval = between('2026-01-01T00:00:00Z', '2026-01-03T00:00:00Z');
const request = { meteringPoints, interval };
const [point] = meteringPoints as [MeteringPointId];
const pdf = new TextEncoder().encode('%PDF-1.7');

const eloverblik = { refreshToken: 'r', ...world };
const customer = new EloverblikCustomer(eloverblik);
const thirdParty = new EloverblikThirdParty(eloverblik);
const elhub = createElhub({
  userAgent: 'test/1.0',
  gln: '7080005050000',
  credential: { clientId: 'c', scopes: ['s'], key, keyId: 'k' },
  meteringValues: { dataset: 'x' },
  ...world,
});
const { access, energyData, experimental } = elhub;
const fingrid = createFingrid({
  origin: 'https://fingrid.example',
  organisationUser: 'o',
  customers: ['c'],
  ...world,
});
const entsoe = createEntsoe({ token: 'token', ...world });
const energinet = createEnergiDataService(world);
const files = createFileSource({
  files: [{ name: 'a.csv', text: () => Promise.reject(new Error('a file was opened')) }],
});
const entity = { entity: 'price-areas', id: 'NO1', dataset: 'X', interval } as const;
const area = NORDIC_AREAS[0] as PriceArea;
const day = '2026-01-01' as Instant;

type Calls = Readonly<Record<string, () => AsyncIterable<unknown> | Promise<unknown>>>;
const shared = (of: typeof customer | typeof thirdParty): Calls => ({
  points: () => of.points(options),
  details: () => of.details(meteringPoints, options),
  series: () => of.series(request, options),
  charges: () => of.charges(request, options),
  isAlive: () => of.isAlive(signal),
});
const clients: Readonly<Record<string, readonly [client: object, calls: Calls]>> = {
  'Eloverblik, customer': [
    customer,
    {
      ...shared(customer),
      addRelations: () => customer.addRelations(meteringPoints, signal),
      addRelationByCode: () => customer.addRelationByCode(point, 'wac-1234', signal),
      deleteRelation: () => customer.deleteRelation(point, signal),
      exportSeries: () => customer.exportSeries(request, options),
      exportMasterData: () => customer.exportMasterData(meteringPoints, options),
      exportCharges: () => customer.exportCharges(meteringPoints, options),
    },
  ],
  'Eloverblik, third party': [
    thirdParty,
    {
      ...shared(thirdParty),
      consents: () => thirdParty.consents(options),
      authorizations: () => thirdParty.authorizations(signal),
      pointsOf: () => thirdParty.pointsOf('authorizationId', 'a', signal),
      idsOf: () => thirdParty.idsOf('authorizationId', 'a', signal),
    },
  ],
  Elhub: [
    elhub,
    {
      points: () => elhub.points(options),
      series: () => elhub.series(request, options),
      consents: () => elhub.consents(options),
    },
  ],
  'Elhub, Access API': [
    access,
    {
      requests: () => access.requests({}, options),
      request: () => access.request('x', signal),
      createRequest: () => access.createRequest(submission(), signal),
      documents: () => access.documents(options),
      document: () => access.document('x', signal),
      createDocument: () => access.createDocument(documentSubmission, signal),
      documentPdf: () => access.documentPdf('x', signal),
      submitPdf: () => access.submitPdf('x', pdf, signal),
      grants: () => access.grants(options),
      grant: () => access.grant('x', signal),
      scopes: () => access.scopes('x', signal),
      page: () => access.page('grants', 'AuthorizationGrant', { number: 0, size: 1 }, {}, signal),
    },
  ],
  'Elhub, open data': [
    energyData,
    {
      rows: () => energyData.rows(entity, options),
      series: () => energyData.series(entity, options),
    },
  ],
  'Elhub, experimental': [
    experimental,
    {
      createRequestV1: () => experimental.createRequestV1({} as never, signal),
      meteringPoint: () => experimental.meteringPoint(point, signal),
      series: () => experimental.series(request, { dataset: 'x' }, options),
    },
  ],
  Fingrid: [
    fingrid,
    {
      points: () => fingrid.points(options),
      series: () => fingrid.series(request, options),
      customer: () => fingrid.customer('c', signal),
      accountingPoint: () => fingrid.accountingPoint(point, 'c', day, signal),
      timeSeries: () =>
        fingrid.timeSeries({ meteringPoint: point, customer: 'c', interval }, signal),
    },
  ],
  'ENTSO-E': [
    entsoe,
    {
      prices: () => entsoe.prices({ areas: ['NO1'], interval }, options),
      document: () => entsoe.document(area, interval, signal),
    },
  ],
  'Energi Data Service': [
    energinet,
    {
      prices: () => energinet.prices({ areas: ['DK1'], interval }, options),
      tariffs: () => energinet.tariffs({}, interval, signal),
      dataset: () => energinet.dataset('X', {}, signal),
    },
  ],
  files: [
    files,
    { points: () => files.points(options), series: () => files.series(request, options) },
  ],
};

/** Methods that send nothing: they are refused whatever the signal, or say what the client is. */
const silent = new Set(['constructor', 'toJSON', 'consents', 'charges']);

function methodsOf(client: object): string[] {
  const names: string[] = [];
  for (let of = client; of !== Object.prototype; of = Object.getPrototypeOf(of) as object)
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(of)))
      if (typeof value === 'function') names.push(name);
  return [...new Set(names)];
}

describe.each(Object.entries(clients))('%s', (_, [client, calls]) => {
  it('has no other call than those that are tried here', () => {
    const untried = methodsOf(client).filter((name) => !silent.has(name) && !(name in calls));
    expect(untried).toEqual([]);
  });

  it.each(Object.entries(calls))('%s stops before anything is sent', async (_name, call) => {
    sent = 0;
    const given = call();
    const work = given instanceof Promise ? given : drain(given);
    expect(await faultOf(work)).toMatchObject({ code: 'hub/aborted', retry: 'never' });
    expect(sent).toBe(0);
  });
});

async function drain(given: AsyncIterable<unknown>): Promise<void> {
  for await (const one of given) void one;
}

it('also where items are taken one by one', async () => {
  expect(await faultOf(drain(itemsOf(customer.points(options))))).toMatchObject({
    code: 'hub/aborted',
  });
});
