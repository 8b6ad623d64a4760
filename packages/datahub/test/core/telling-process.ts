// Reads from three hubs in a process that is told by its environment to say all that it does; its last line of standard
// output says what must not have been said.
import { randomBytes } from 'node:crypto';
import type { MeteringPointId } from '@metergram/model';
import type { FetchLike } from '../../src/core/http.ts';
import { tlsFetch } from '../../src/core/node-fetch.ts';
import { collect } from '../../src/core/transfer.ts';
import { localInterval } from '../../src/core/zone.ts';
import { createElhub } from '../../src/elhub.ts';
import { EloverblikCustomer } from '../../src/eloverblik.ts';
import { danishZone } from '../../src/eloverblik/timeseries.ts';
import { createFingrid } from '../../src/fingrid.ts';
import { generatedIds, type GeneratedPoints, startTestHub } from '../../src/testing.ts';

export interface Told {
  readonly secrets: readonly string[];
  readonly results: Readonly<Record<string, unknown>>;
}

const now = '2026-06-01T08:00:00Z';
const generate: GeneratedPoints = { first: '57131310000000000', count: 1, resolution: 'PT1H' };
const [point] = generatedIds(generate) as [MeteringPointId];
const interval = localInterval('2026-05-01', '2026-05-03', danishZone);
const request = { meteringPoints: [point], interval };
// Made up here: Node tells the text of the programs that it loads as well.
const identification = randomBytes(9).toString('hex');
const customers = [{ identification, meteringPoints: [point] }];
const data = { now, generate: [generate], hub: { fingrid: { customers } } };
const start = (hub: string): ReturnType<typeof startTestHub> => startTestHub({ hub, data });
const [eloverblik, elhub, fingrid] = await Promise.all(
  ['eloverblik', 'elhub', 'fingrid'].map(start),
);
if (eloverblik === undefined || elhub === undefined || fingrid === undefined)
  throw new Error('none');

const secrets: string[] = [];
/** Notes the tokens that a hub gives out. */
const noting =
  (fetch: FetchLike): FetchLike =>
  async (url, init) => {
    const answer = await fetch(url, init);
    if (!new URL(url).pathname.endsWith('/token')) return answer;
    const text = new TextDecoder().decode(await answer.arrayBuffer());
    secrets.push(...(/"(?:result|access_token)":"([^"]+)"/.exec(text)?.slice(1) ?? []));
    return answer;
  };

const refreshToken = eloverblik.credentials['customerRefreshToken'] ?? '';
const customer = new EloverblikCustomer({
  refreshToken,
  origin: eloverblik.origin,
  clock: eloverblik.clock,
  fetch: noting(eloverblik.fetch),
});
const danish = await collect(customer.series(request));

const privateKey = elhub.credentials['privateKey'] ?? '';
const norwegian = createElhub({
  origin: elhub.origin,
  userAgent: 'test/1.0',
  gln: elhub.credentials['gln'] ?? '',
  credential: {
    clientId: elhub.credentials['clientId'] ?? '',
    scopes: ['elhub:balancesupplier'],
    key: privateKey,
    keyId: elhub.credentials['keyId'] ?? '',
  },
  maskinporten: { issuer: `${elhub.origin}/`, tokenEndpoint: `${elhub.origin}/token` },
  clock: elhub.clock,
  fetch: noting(elhub.fetch),
});
const consents = await collect(norwegian.consents());

const { cert, key } = fingrid.certificates.clients.good;
const tls = tlsFetch({ ca: fingrid.certificates.ca, cert, key });
const finnish = createFingrid({
  origin: fingrid.origin,
  organisationUser: fingrid.credentials['organisationUser'] ?? '',
  fetch: (url, init) => fingrid.clock.during(tls(url, init)),
  customers: [identification],
  clock: fingrid.clock,
});
const finns = await collect(finnish.series(request));
await tls.close();
for (const hub of [eloverblik, elhub, fingrid]) await hub.stop();

const lines = (pem: string): string[] => pem.split('\n').filter((line) => line.length > 40);
secrets.push(refreshToken, identification, ...lines(privateKey), ...lines(key));
const told: Told = {
  secrets,
  results: {
    eloverblik: danish.outcomes[0]?.state,
    elhub: consents.progress?.unitsDone,
    fingrid: finns.outcomes[0]?.state,
  },
};
process.stdout.write(`${JSON.stringify(told)}\n`);
