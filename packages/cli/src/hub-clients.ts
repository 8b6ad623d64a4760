import type { Clock, FetchLike, Hook, HubClient, PriceSource } from '@metergram/datahub';
import { type Credential, credentialOf, field, fields, readPublic } from './hub-credentials.ts';
import type { ZoneId } from '@metergram/model';
import type { Io } from './io.ts';
import { UsageError } from './usage.ts';

export const HUBS = ['eloverblik', 'eloverblik-thirdparty', 'elhub', 'fingrid', 'file'] as const;
export const PRICE_HUBS = ['entsoe', 'energidataservice'] as const;

/** What the options say about how to reach a hub. */
export interface Reach {
  readonly credentials: string | undefined;
  readonly origin: string | undefined;
  readonly ca: string | undefined;
  /** Files in the place of a hub, and the zone of their market. */
  readonly files?: readonly string[];
  readonly zone?: string;
  readonly hook: Hook;
  /** The machine's unless told: tests move it. */
  readonly clock?: Clock;
  /** Connections of one's own unless told. */
  readonly fetch?: FetchLike;
}

/** A client, and what has to be closed after it. */
export interface Opened<C> {
  readonly client: C;
  readonly close: () => Promise<void>;
}

/** Files as a source, for where there is no hub: CIM, Green Button and CSV are told apart by their content. */
async function openFiles({ files = [], zone }: Reach): Promise<HubClient> {
  if (files.length === 0) throw new UsageError('--hub file needs --file FILE', 'one or more');
  const { createFileSource } = await import('@metergram/datahub/files');
  return createFileSource({
    files: await Promise.all(files.map(async (name) => ({ name, text: await readPublic(name) }))),
    ...(zone === undefined ? {} : { zone: zone as ZoneId }),
  });
}

/** The client of a hub with the credential of file or environment. */
export async function openHub(
  hub: (typeof HUBS)[number],
  reach: Reach,
  io: Io,
): Promise<Opened<HubClient>> {
  if (hub === 'file') return { client: await openFiles(reach), close: () => Promise.resolve() };
  const credential = await credentialOf(hub, reach.credentials, io);
  const { options, close } = await common(reach, hub === 'fingrid' ? credential : {});
  switch (hub) {
    case 'eloverblik':
    case 'eloverblik-thirdparty': {
      const { EloverblikCustomer, EloverblikThirdParty } =
        await import('@metergram/datahub/eloverblik');
      const refreshToken = field(credential, 'refreshToken', hub);
      const client =
        hub === 'eloverblik'
          ? new EloverblikCustomer({ ...options, refreshToken })
          : new EloverblikThirdParty({ ...options, refreshToken });
      return { client, close };
    }
    case 'elhub': {
      const { createElhub, MASKINPORTEN, MASKINPORTEN_TEST } =
        await import('@metergram/datahub/elhub');
      const client = createElhub({
        ...options,
        userAgent: 'metergram',
        gln: field(credential, 'gln', hub),
        credential: {
          clientId: field(credential, 'clientId', hub),
          scopes: fields(credential, 'scopes'),
          key: field(credential, 'key', hub),
          ...(credential['keyId'] === undefined ? {} : { keyId: field(credential, 'keyId', hub) }),
        },
        maskinporten:
          credential['tokenEndpoint'] === undefined
            ? credential['test'] === true
              ? MASKINPORTEN_TEST
              : MASKINPORTEN
            : {
                issuer: field(credential, 'issuer', hub),
                tokenEndpoint: field(credential, 'tokenEndpoint', hub),
              },
      });
      return { client, close };
    }
    case 'fingrid': {
      const { createFingrid } = await import('@metergram/datahub/fingrid');
      const { fetch, hook, clock } = options;
      const client = createFingrid({
        hook,
        ...(clock === undefined ? {} : { clock }),
        fetch: fetch as FetchLike,
        origin: reach.origin ?? field(credential, 'origin', hub),
        organisationUser: field(credential, 'organisationUser', hub),
        customers: fields(credential, 'customers'),
      });
      return { client, close };
    }
  }
}

/** A source of prices. Energi Data Service needs no credential. */
export async function openPrices(
  hub: (typeof PRICE_HUBS)[number],
  reach: Reach,
  io: Io,
): Promise<Opened<PriceSource>> {
  const { createEntsoe, createEnergiDataService } = await import('@metergram/datahub/prices');
  const { options, close } = await common(reach, {});
  if (hub === 'energidataservice') return { client: createEnergiDataService(options), close };
  const credential = await credentialOf(hub, reach.credentials, io);
  const client = createEntsoe({ ...options, token: field(credential, 'token', hub) });
  return { client, close };
}

async function common(
  reach: Reach,
  tls: Credential,
): Promise<{
  readonly options: {
    readonly hook: Hook;
    readonly origin?: string;
    readonly fetch?: FetchLike;
    readonly clock?: Clock;
  };
  readonly close: () => Promise<void>;
}> {
  const { tlsFetch } = await import('@metergram/datahub/node');
  const pem = (name: string): object =>
    typeof tls[name] === 'string' ? { [name]: tls[name] } : {};
  const fetch = tlsFetch({
    ...pem('ca'),
    ...pem('cert'),
    ...pem('key'),
    ...(reach.ca === undefined ? {} : { ca: await readPublic(reach.ca) }),
  });
  return {
    options: {
      hook: reach.hook,
      fetch: reach.fetch ?? fetch,
      ...(reach.clock === undefined ? {} : { clock: reach.clock }),
      ...(reach.origin === undefined ? {} : { origin: reach.origin }),
    },
    close: () => fetch.close(),
  };
}
