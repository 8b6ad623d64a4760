import {
  type Clock,
  type FetchLike,
  type Hook,
  hooks,
  type HubClient,
  type Limit,
  Limiter,
  type PriceSource,
  systemClock,
} from '@metergram/datahub';
import type { ZoneId } from '@metergram/model';
import type { Io } from '../io.ts';
import { UsageError } from '../usage.ts';
import { hubClock, HubTime } from './clock.ts';
import { type Credential, credentialOf, field, fields, readPublic } from './credentials.ts';
import { type HubState, stateFor } from './state.ts';

export const HUBS = ['eloverblik', 'eloverblik-thirdparty', 'elhub', 'fingrid', 'file'] as const;
export const PRICE_HUBS = ['entsoe', 'energidataservice'] as const;

/** What the options say about how to reach a hub. */
export interface Reach {
  readonly credentials: string | undefined;
  readonly origin: string | undefined;
  readonly ca: string | undefined;
  /** Whose time counts; the credential's word, else the machine's, unless told. */
  readonly goBy: 'hub' | 'machine' | undefined;
  readonly state: string | undefined;
  /** Elhub's data set of metering points' values: what nobody published. */
  readonly dataset: string | undefined;
  /** Files in the place of a hub, and the zone of their market. */
  readonly files: readonly string[];
  readonly zone: string | undefined;
  readonly hook: Hook;
  /** What a test puts in the place of the machine's. */
  readonly clock?: Clock;
  readonly fetch?: FetchLike;
}

/** A client, by which clock it goes, and what has to be closed after it. */
export interface Opened<C> {
  readonly client: C;
  readonly clock: Clock;
  /** What to say of a clock that differs from the hub's, which the client does not go by; null where there is nothing. */
  readonly warning: () => string | null;
  readonly close: () => Promise<void>;
}

/** Files as a source, for where there is no hub: CIM, Green Button and CSV are told apart by their content. */
async function openFiles({ files, zone, clock = systemClock }: Reach): Promise<Opened<HubClient>> {
  if (files.length === 0) throw new UsageError('--hub file needs --file FILE', 'one or more');
  const { createFileSource } = await import('@metergram/datahub/files');
  const client = createFileSource({
    files: await Promise.all(files.map(async (name) => ({ name, text: await readPublic(name) }))),
    ...(zone === undefined ? {} : { zone: zone as ZoneId }),
  });
  return { client, clock, warning: () => null, close: () => Promise.resolve() };
}

/** The client of a hub with the credential of file or environment. */
export async function openHub(
  hub: (typeof HUBS)[number],
  reach: Reach,
  io: Io,
): Promise<Opened<HubClient>> {
  if (hub === 'file') return openFiles(reach);
  const credential = await credentialOf(hub, reach.credentials, io);
  switch (hub) {
    case 'eloverblik':
    case 'eloverblik-thirdparty': {
      const { eloverblikLimits, eloverblikOrigin, EloverblikCustomer, EloverblikThirdParty } =
        await import('@metergram/datahub/eloverblik');
      const refreshToken = field(credential, 'refreshToken', hub);
      const way = await wayTo(eloverblikOrigin, eloverblikLimits, credential, reach, io);
      const { origin, clock } = way.options;
      const store = way.state?.tokens(origin, hub, refreshToken, clock);
      const options = {
        ...way.options,
        refreshToken,
        ...(store === undefined ? {} : { tokenStore: store }),
      };
      const client =
        hub === 'eloverblik' ? new EloverblikCustomer(options) : new EloverblikThirdParty(options);
      return opened(client, way);
    }
    case 'elhub': {
      const { createElhub, ELHUB_LIMITS, MASKINPORTEN, MASKINPORTEN_TEST } =
        await import('@metergram/datahub/elhub');
      const test = credential['test'] === true;
      const standard = test ? 'https://api-mt1.elhub.no' : 'https://api.elhub.no';
      const gln = field(credential, 'gln', hub);
      const secret = {
        clientId: field(credential, 'clientId', hub),
        scopes: fields(credential, 'scopes'),
        key: field(credential, 'key', hub),
        ...(credential['keyId'] === undefined ? {} : { keyId: field(credential, 'keyId', hub) }),
      };
      const own = credential['tokenEndpoint'] !== undefined && {
        issuer: field(credential, 'issuer', hub),
        tokenEndpoint: field(credential, 'tokenEndpoint', hub),
      };
      const way = await wayTo(standard, ELHUB_LIMITS, credential, reach, io);
      const client = createElhub({
        ...way.options,
        userAgent: 'metergram',
        gln,
        credential: secret,
        maskinporten: own || (test ? MASKINPORTEN_TEST : MASKINPORTEN),
        ...(reach.dataset === undefined ? {} : { meteringValues: { dataset: reach.dataset } }),
      });
      return opened(client, way);
    }
    case 'fingrid': {
      const { createFingrid, FINGRID_LIMITS } = await import('@metergram/datahub/fingrid');
      const standard = reach.origin ?? field(credential, 'origin', hub);
      const organisationUser = field(credential, 'organisationUser', hub);
      const way = await wayTo(standard, FINGRID_LIMITS, credential, reach, io, ['cert', 'key']);
      const customers = fields(credential, 'customers');
      return opened(createFingrid({ ...way.options, organisationUser, customers }), way);
    }
  }
}

/** A source of prices. Energi Data Service needs no credential. */
export async function openPrices(
  hub: (typeof PRICE_HUBS)[number],
  reach: Reach,
  io: Io,
): Promise<Opened<PriceSource>> {
  const { createEntsoe, createEnergiDataService, ENERGI_DATA_LIMITS, ENTSOE_LIMITS } =
    await import('@metergram/datahub/prices');
  if (hub === 'energidataservice') {
    const credential = await credentialOf(hub, reach.credentials, io, 'if-any');
    const standard = 'https://api.energidataservice.dk';
    const way = await wayTo(standard, ENERGI_DATA_LIMITS, credential, reach, io);
    return opened(createEnergiDataService(way.options), way);
  }
  const credential = await credentialOf(hub, reach.credentials, io);
  const token = field(credential, 'token', hub);
  const way = await wayTo('https://web-api.tp.entsoe.eu', ENTSOE_LIMITS, credential, reach, io);
  return opened(createEntsoe({ ...way.options, token }), way);
}

/** How a hub is reached: what all clients take. */
interface Way extends Omit<Opened<unknown>, 'client'> {
  readonly options: {
    readonly origin: string;
    readonly clock: Clock;
    readonly fetch: FetchLike;
    readonly hook: Hook;
    readonly limiter?: Limiter;
  };
  readonly state: HubState | null;
}

function opened<C>(client: C, { clock, warning, close }: Way): Opened<C> {
  return { client, clock, warning, close };
}

async function wayTo(
  standard: string,
  limits: readonly Limit[],
  credential: Credential,
  reach: Reach,
  io: Io,
  client: readonly ('cert' | 'key')[] = [],
): Promise<Way> {
  const origin = originOf(reach.origin ?? credential['origin'] ?? standard);
  const state = stateFor(reach.state ?? textOf(credential['state']), origin, io);
  const { tlsFetch } = await import('@metergram/datahub/node');
  const pems = Object.fromEntries(
    ['ca' as const, ...client].flatMap((name) =>
      typeof credential[name] === 'string' ? [[name, credential[name]]] : [],
    ),
  );
  const tls = tlsFetch({
    ...pems,
    ...(reach.ca === undefined ? {} : { ca: await readPublic(reach.ca) }),
  });
  const time = new HubTime();
  const fetch = time.watch(reach.fetch ?? tls);
  const byHub = (reach.goBy ?? credential['clock']) === 'hub' && reach.clock === undefined;
  const clock = byHub ? await hubClock(time, fetch, origin) : (reach.clock ?? systemClock);
  const before = state?.limits(origin, clock);
  const limiter =
    state === null
      ? null
      : new Limiter({ clock, limits, ...(before === undefined ? {} : { state: before }) });
  const keep = (): void => {
    if (limiter !== null) state?.keepLimits(origin, limiter.state(), clock);
  };
  return {
    options: {
      origin,
      clock,
      fetch,
      hook: hooks(reach.hook, { request: keep, answer: keep }),
      ...(limiter === null ? {} : { limiter }),
    },
    state,
    clock,
    warning: () => (byHub || reach.clock !== undefined ? null : time.warning),
    close: async () => {
      keep();
      await tls.close();
    },
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Secrets go over https only; to this machine itself, anything. */
function originOf(text: unknown): string {
  const url = URL.canParse(String(text)) ? new URL(String(text)) : null;
  const local = url?.hostname === '127.0.0.1' || url?.hostname === 'localhost';
  if (url !== null && (url.protocol === 'https:' || (url.protocol === 'http:' && local)))
    return url.origin;
  throw new UsageError('--origin is no https address', 'such as https://api.eloverblik.dk');
}
