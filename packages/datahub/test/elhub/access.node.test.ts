import { inspect } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { collect } from '../../src/index.ts';
import type { FetchLike } from '../../src/core/http.ts';
import {
  client,
  documentSubmission,
  faultOf,
  PERSON,
  startElhub,
  stopHubs,
  submission,
} from './setup.ts';

afterEach(stopHubs);

describe('Maskinporten', () => {
  test('many calls at once fetch one token, by key id and by certificate', async () => {
    const hub = await startElhub();
    const elhub = client(hub);
    await Promise.all(
      Array.from({ length: 8 }, () =>
        elhub.access.page('grants', 'AuthorizationGrant', { number: 0, size: 5 }),
      ),
    );
    const { keyId: _, ...rest } = {
      clientId: hub.credentials['clientId'] ?? '',
      scopes: ['elhub:balancesupplier'],
      key: hub.credentials['privateKey'] ?? '',
      keyId: '',
    };
    const other = client(hub, {
      credential: {
        ...rest,
        certificates: [hub.credentials['certificate'] ?? ''],
        algorithm: 'RS512',
      },
    });
    await other.access.page('grants', 'AuthorizationGrant', { number: 0, size: 5 });
    const { exchanges } = await hub.report();
    expect(exchanges.filter(({ path }) => path === '/token').map(({ status }) => status)).toEqual([
      200, 200,
    ]);
  });

  test('a token is renewed before it expires, in the middle of a listing', async () => {
    const hub = await startElhub();
    const elhub = client(hub);
    for (let made = 0; made < 3; made += 1) await elhub.access.createRequest(submission());
    const ids: string[] = [];
    for await (const request of elhub.access.requests({}, { pageSize: 1 })) {
      ids.push(request.id);
      await hub.clock.advance(90_000);
    }
    expect(new Set(ids).size).toBe(3);
    const { exchanges } = await hub.report();
    expect(exchanges.filter(({ status }) => status === 401)).toEqual([]);
    expect(exchanges.filter(({ path }) => path === '/token').length).toBeGreaterThanOrEqual(3);
  });

  test('a token that is refused is fetched once more; a fresh one that is refused too is told', async () => {
    const hub = await startElhub();
    const elhub = client(hub);
    await elhub.access.createRequest(submission());
    await hub.act('refuse-access-tokens');
    expect((await collect(elhub.consents())).items).toHaveLength(1);
    await hub.faults([{ path: '/access', times: null, fault: { kind: 'status', status: 401 } }]);
    const fault = await faultOf(collect(elhub.consents()));
    expect(fault).toMatchObject({ code: 'hub/token-refused', status: 401, retry: 'never' });
  });

  test.each([
    [
      'a wrong audience',
      { maskinporten: { issuer: 'https://elsewhere.example/' } },
      'invalid_grant',
    ],
    ['a key that is not registered', { keyId: 'key-2' }, 'invalid_grant'],
    ['a scope that is not the client’s', { scopes: ['elhub:everything'] }, 'invalid_scope'],
    ['another client’s name', { clientId: 'someone' }, 'invalid_grant'],
  ])('%s is refused, and told as the credential’s fault', async (_, wrong, code) => {
    const hub = await startElhub();
    const { maskinporten, ...credential } = wrong as {
      maskinporten?: { issuer: string };
      keyId?: string;
    };
    const elhub = client(hub, {
      credential: {
        clientId: hub.credentials['clientId'] ?? '',
        scopes: ['elhub:balancesupplier'],
        key: hub.credentials['privateKey'] ?? '',
        keyId: 'key-1',
        ...credential,
      },
      maskinporten: {
        issuer: maskinporten?.issuer ?? `${hub.origin}/`,
        tokenEndpoint: `${hub.origin}/token`,
      },
    });
    expect(await faultOf(collect(elhub.consents()))).toMatchObject({
      code: 'hub/credential-refused',
      hubCode: { scheme: 'maskinporten', code },
      retry: 'never',
    });
  });

  test('each attempt signs an assertion of its own, since one is good once', async () => {
    const hub = await startElhub();
    await hub.faults([
      { path: '/token', fault: { kind: 'reset', after: true } },
      { path: '/token', skip: 0, fault: { kind: 'status', status: 503 } },
    ]);
    const elhub = client(hub);
    expect((await collect(elhub.consents())).items).toEqual([]);
    const { exchanges } = await hub.report();
    expect(exchanges.filter(({ path }) => path === '/token').map(({ status }) => status)).toEqual([
      200, 503, 200,
    ]);
  });
});

describe('Access API', () => {
  test('a request is asked, answered, granted, withdrawn, and keeps one name all the while', async () => {
    const hub = await startElhub();
    const elhub = client(hub, { terms: { what: ['hourly'], finest: 'PT1H' } });
    const states = async (): Promise<string[]> =>
      (await collect(elhub.consents())).items.map((grant) => `${grant.id} ${grant.state}`);
    const { id } = await elhub.access.createRequest({
      ...submission(),
      meta: { ...submission().meta, redirectURI: 'https://me.example/back' },
    });
    expect(await states()).toEqual([`${id} requested`]);
    const grant = (await hub.act('answer', { id })) as string;
    expect(await states()).toEqual([`${id} active`]);
    const [consent] = (await collect(elhub.consents())).items;
    expect(consent).toMatchObject({
      what: ['hourly'],
      meteringPoints: ['707057500000000001'],
      external: { id: grant, state: { code: 'Active' } },
    });
    expect(JSON.stringify(consent)).not.toContain(PERSON);
    const request = await elhub.access.request(id);
    expect(request.relationships.authorizationGrant?.data?.id).toBe(grant);
    const { items: points } = await collect(elhub.points());
    expect(points.map((point) => point.id)).toEqual(['707057500000000001']);
    await hub.act('withdraw', { grant });
    expect(await states()).toEqual([`${id} withdrawn`]);
    expect((await collect(elhub.points())).items).toEqual([]);
  });

  test('a request that nobody answers lapses after 28 days; a grant ends after a year', async () => {
    const hub = await startElhub();
    const elhub = client(hub);
    const lapses = await elhub.access.createRequest(submission());
    const accepted = await elhub.access.createRequest(submission());
    await hub.act('answer', { id: accepted.id });
    await hub.clock.advance(28 * 86_400_000);
    const after = new Map(
      (await collect(elhub.consents())).items.map((one) => [one.id, one.state]),
    );
    expect(after.get(lapses.id)).toBe('lapsed-request');
    expect(after.get(accepted.id)).toBe('active');
    await hub.clock.advance(338 * 86_400_000);
    const later = new Map(
      (await collect(elhub.consents())).items.map((one) => [one.id, one.state]),
    );
    expect(later.get(accepted.id)).toBe('expired');
  });

  test('a document is made, fetched, signed, handed in, and becomes a grant with scopes', async () => {
    const hub = await startElhub();
    const elhub = client(hub);
    const made = await elhub.access.createDocument(documentSubmission);
    const pdf = await elhub.access.documentPdf(made.id);
    const unsigned = await faultOf(elhub.access.submitPdf(made.id, pdf));
    expect(unsigned).toMatchObject({ code: 'hub/invalid-request', status: 422 });
    const signed = new TextEncoder().encode(
      `${new TextDecoder().decode(pdf)}<< /Type /Sig /SubFilter /ETSI.CAdES.detached >>`,
    );
    await elhub.access.submitPdf(made.id, signed);
    const document = await elhub.access.document(made.id);
    expect(document.attributes.status).toBe('Signed');
    const grant = document.relationships.authorizationGrant?.data?.id ?? '';
    expect((await elhub.access.grant(grant)).attributes.status).toBe('Active');
    const [scope] = await elhub.access.scopes(grant);
    expect(scope?.relationships.authorizedResources?.data).toEqual([
      { type: 'MeteringPoint', id: '707057500000000001' },
    ]);
    expect((await faultOf(elhub.access.submitPdf(made.id, signed))).status).toBe(400);
  });

  test('what is too large or no PDF is not sent at all', async () => {
    const hub = await startElhub();
    const elhub = client(hub);
    const large = new Uint8Array(1_048_577);
    large.set(new TextEncoder().encode('%PDF-'));
    expect((await faultOf(elhub.access.submitPdf('x', large))).code).toBe('hub/too-much');
    expect((await faultOf(elhub.access.submitPdf('x', new Uint8Array(5)))).code).toBe(
      'hub/invalid-request',
    );
    expect((await hub.report()).exchanges).toEqual([]);
  });

  test('all pages are read, each item once, also when something newer pushes the rest on', async () => {
    const hub = await startElhub();
    const elhub = client(hub);
    for (let made = 0; made < 5; made += 1) await elhub.access.createRequest(submission());
    const ids: string[] = [];
    for await (const request of elhub.access.requests({}, { pageSize: 2 })) {
      ids.push(request.id);
      if (ids.length === 1) await elhub.access.createRequest(submission());
    }
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
    const all: string[] = [];
    for await (const request of elhub.access.requests({ status: ['Rejected', 'Expired'] }))
      all.push(request.id);
    expect(all).toEqual([]);
    expect(
      (await hub.report()).exchanges.some(({ query }) =>
        query.includes('filter%5Bstatus%5D=Rejected%2CExpired'),
      ),
    ).toBe(true);
  });

  test('the published examples’ dialect reads the same', async () => {
    const hub = await startElhub({ options: { dialect: 'examples' } });
    const elhub = client(hub);
    const { id } = await elhub.access.createRequest(submission());
    await hub.act('answer', { id });
    expect((await collect(elhub.consents())).items.map((one) => one.state)).toEqual(['active']);
    const fault = await faultOf(elhub.access.request('nothing'));
    expect(fault).toMatchObject({
      code: 'hub/no-data',
      status: 404,
      message: 'The requested resource could not be found.',
    });
    expect(fault.correlationId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('statuses and fields that are new pass through, and give no ground', async () => {
    const hub = await startElhub();
    const elhub = client(hub);
    const { id } = await elhub.access.createRequest(submission());
    await hub.faults([{ path: id, fault: { kind: 'unknown-enum' } }]);
    expect((await elhub.access.request(id)).attributes.status).toBe('Suspended');
    await hub.faults([{ path: id, fault: { kind: 'unknown-field' } }]);
    expect(await elhub.access.request(id)).toHaveProperty('brandNew', { a: [1] });
  });

  test('a request whose answer was lost is not made twice; a read is tried again', async () => {
    const hub = await startElhub();
    const elhub = client(hub);
    await hub.faults([{ path: '/authorization-requests', fault: { kind: 'reset', after: true } }]);
    expect(await faultOf(elhub.access.createRequest(submission()))).toMatchObject({
      code: 'hub/network',
    });
    expect((await collect(elhub.consents())).items).toHaveLength(1);
    await hub.faults([
      { path: '/authorization-requests', fault: { kind: 'cut', keep: 0.5 } },
      { path: '/authorization-requests', fault: { kind: 'body', body: '<html>' } },
      { path: '/authorization-requests', fault: { kind: 'status', status: 503, retryAfter: 5 } },
    ]);
    expect((await collect(elhub.consents())).items).toHaveLength(1);
  });

  test('a credential for another party is not permitted; a service provider names whom it acts for', async () => {
    const hub = await startElhub();
    const stranger = client(hub, { gln: '7080005060009' });
    expect(await faultOf(collect(stranger.consents()))).toMatchObject({
      code: 'hub/not-permitted',
      status: 403,
    });
    const provider = client(hub, {
      gln: '7080005060009',
      onBehalfOfGln: '7080005050000',
      credential: {
        clientId: hub.credentials['clientId'] ?? '',
        scopes: ['elhub:serviceprovider'],
        key: hub.credentials['privateKey'] ?? '',
        keyId: 'key-1',
      },
    });
    await provider.access.createRequest(submission());
    expect((await collect(client(hub).consents())).items).toHaveLength(1);
  });

  test('a caller’s signal ends a call at once', async () => {
    const hub = await startElhub();
    const elhub = client(hub);
    await elhub.access.page('grants', 'AuthorizationGrant', { number: 0, size: 1 });
    await hub.faults([{ times: null, fault: { kind: 'slow', milliseconds: 600_000 } }]);
    const stop = new AbortController();
    const pending = faultOf(elhub.access.grant('x', stop.signal));
    setTimeout(() => stop.abort(), 50);
    expect((await pending).code).toBe('hub/aborted');
  });
});

describe('secrets', () => {
  test('no key, token, assertion or identity number is in any error, hook or inspection', async () => {
    const hub = await startElhub();
    const seen: string[] = [];
    const sent: string[] = [];
    const spy: FetchLike = async (url, init) => {
      sent.push(
        init.headers['authorization'] ?? '',
        typeof init.body === 'string' ? init.body : '',
      );
      const answer = await hub.fetch(url, init);
      if (url.endsWith('/token')) sent.push(new TextDecoder().decode(await answer.arrayBuffer()));
      return answer;
    };
    const elhub = client(hub, {
      fetch: spy,
      hook: {
        request: (one) => seen.push(JSON.stringify(one)),
        answer: (one) => seen.push(JSON.stringify(one)),
      },
    });
    await elhub.access.createRequest(submission());
    const bad = await elhub.access
      .createRequest({
        ...submission(),
        meta: {
          ...submission().meta,
          requestedFrom: { idType: 'NationalIdentityNumber', idValue: '1309724802' },
        },
      })
      .catch((error: unknown) => error);
    await hub.faults([{ times: null, fault: { kind: 'status', status: 401 } }]);
    const refused = await collect(elhub.consents()).catch((error: unknown) => error);
    for (const thing of [elhub, bad, refused]) {
      seen.push(inspect(thing, { depth: 12, showHidden: true }), JSON.stringify(thing) ?? '');
      if (thing instanceof Error) seen.push(thing.stack ?? '', thing.message);
    }
    const text = seen.join('\n');
    const tokens = sent.join('\n').match(/stub\.[0-9a-f-]{36}|eyJ[\w-]{20,}/g) ?? [];
    expect(tokens.length).toBeGreaterThan(2);
    for (const secret of new Set([...tokens, PERSON, '1309724802']))
      expect(text).not.toContain(secret);
    const key = (hub.credentials['privateKey'] ?? '').split('\n')[3] ?? 'none';
    expect(text).not.toContain(key);
  });
});
