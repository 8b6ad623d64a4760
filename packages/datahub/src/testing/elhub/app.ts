import type { ConsentGrant, MeteringPointId } from '@metergram/model';
import { randomUUID } from 'node:crypto';
import type { TestHubData } from '../data.ts';
import type { HubApp, HubCall, HubContext, HubReply } from '../app.ts';
import { SeriesStore } from '../store.ts';
import { makeBusinessKey } from './business-certificate.ts';
import { EnergyDataStub } from './energy-data.ts';
import { type IssuedToken, MaskinportenStub } from './maskinporten.ts';
import { MinSide } from './min-side.ts';
import { AccessRegistry, type Asking } from './registry.ts';
import {
  askingData,
  collection,
  type Dialect,
  errorReply,
  grantData,
  jsonApi,
  scopeData,
  single,
  type Writer,
} from './wire.ts';

/** Settings of Elhub's test hub: `options` of the server. */
export interface ElhubHubOptions {
  /** Life of an access token in seconds; 120 unless told. */
  readonly tokenSeconds?: number;
  readonly dialect?: Dialect;
  /** Requests a minute; Elhub publishes none, 120 unless told. */
  readonly perMinute?: number;
  /** Where third parties' users are sent back to from Min side; `https://third-party.example/back` unless told. */
  readonly returnAddress?: string;
}

const own = '7080005050000';
const types = new Set([
  'ChangeOfBalanceSupplierForPerson',
  'MoveInAndChangeOfBalanceSupplierForPerson',
]);
const statuses = new Set(['Pending', 'Accepted', 'Rejected', 'Expired']);
const idTypes = new Set(['NationalIdentityNumber', 'OrganizationNumber', 'GlobalLocationNumber']);
const documentFields = [
  'requestedFromName',
  'requestedForMeteringPointId',
  'requestedForMeteringPointAddress',
  'balanceSupplierName',
  'balanceSupplierContractName',
];

/** Elhub: Maskinporten, Access API v0 and open data behind one origin, with people who answer on demand. */
export function elhubApp(context: HubContext): HubApp {
  const options = context.options as ElhubHubOptions;
  const registry = new AccessRegistry(context.now);
  const writer: Writer = {
    origin: context.origin,
    now: context.now,
    dialect: options.dialect ?? 'described',
    registry,
  };
  const business = makeBusinessKey('balance supplier');
  const maskinporten = new MaskinportenStub({
    issuer: () => `${context.origin()}/`,
    now: context.now,
    seconds: options.tokenSeconds ?? 120,
    clients: [
      {
        clientId: 'client-of-the-test',
        keyId: 'key-1',
        publicKey: business.publicKey,
        certificate: business.certificate,
        scopes: ['elhub:balancesupplier', 'elhub:serviceprovider'],
      },
    ],
  });
  const store = new SeriesStore(context.data, 1);
  const energyData = new EnergyDataStub(context, store);
  const returnAddress = options.returnAddress ?? 'https://third-party.example/back';
  const minSide = new MinSide(registry, own, returnAddress);
  for (const grant of context.data.grants ?? grantsOver(context.data, store.ids, context.now()))
    registry.remember(grant, own);
  const refuse = (status: number, detail: string): HubReply => errorReply(writer, status, detail);

  /** The GLN that a call acts for, or the refusal. */
  function caller(call: HubCall, token: IssuedToken): string | HubReply {
    const sender = call.header('sendergln');
    const behalf = call.header('onbehalfofgln');
    if (call.header('user-agent') === null) return refuse(400, 'User-Agent is required');
    if (sender === null || !/^\d{13}$/.test(sender)) return refuse(400, 'SenderGln is required');
    if (token.scopes.includes('elhub:serviceprovider'))
      return behalf === null
        ? refuse(403, 'OnBehalfOfGln is required of a service provider')
        : behalf;
    if (behalf !== null) return refuse(403, 'a balance supplier acts for itself');
    return sender === own ? sender : refuse(403, 'SenderGln is not the token’s party');
  }

  function access(call: HubCall): HubReply {
    const token = maskinporten.read(call.header('authorization'));
    if (token === null) return refuse(401, 'Authentication credentials are missing or invalid.');
    const gln = caller(call, token);
    if (typeof gln !== 'string') return gln;
    const accept = call.header('accept') ?? '*/*';
    const match =
      /^\/access\/v0\/authorization-(requests|documents|grants)(?:\/([^/]+?))?(\.pdf|\/scopes)?$/.exec(
        call.path,
      );
    if (match === null) return refuse(404, 'No such resource.');
    const [, what = '', id, part] = match as unknown as [string, string, string?, string?];
    if (part === '.pdf')
      return what === 'documents'
        ? pdf(call, gln, id ?? '', accept)
        : refuse(404, 'No such resource.');
    if (!/application\/vnd\.api\+json|application\/json|\*\/\*/.test(accept))
      return refuse(406, 'The requested media type is not supported.');
    if (call.method === 'GET') return read(call, gln, what, id, part);
    if (call.method === 'POST' && id === undefined && what !== 'grants')
      return create(call, gln, what);
    return refuse(404, 'No such operation.');
  }

  function read(call: HubCall, gln: string, what: string, id?: string, part?: string): HubReply {
    if (what === 'grants') {
      if (id === undefined)
        return page(
          call,
          registry.granted(gln).map((one) => grantData(writer, one)),
        );
      const grant = registry.findGrant(gln, id);
      if (grant === null) return refuse(404, 'The requested resource could not be found.');
      return part === '/scopes'
        ? single(writer, 200, call.path, [scopeData(grant)])
        : single(writer, 200, call.path, grantData(writer, grant));
    }
    const kind: Asking['kind'] =
      what === 'requests' ? 'AuthorizationRequest' : 'AuthorizationDocument';
    if (id !== undefined) {
      const found = registry.find(kind, gln, id);
      return found === null
        ? refuse(404, 'The requested resource could not be found.')
        : single(writer, 200, call.path, strange(call, askingData(writer, found)));
    }
    const filter = call.query.get('filter[status]')?.split(',') ?? null;
    if (filter?.some((status) => !statuses.has(status)) === true)
      return refuse(400, 'Unknown status.');
    const all = registry
      .asked(kind, gln)
      .filter(({ status }) => filter === null || filter.includes(status));
    return page(
      call,
      all.map((one) => askingData(writer, one)),
    );
  }

  function page(call: HubCall, all: readonly unknown[]): HubReply {
    const number = Number(call.query.get('page[number]') ?? 0);
    const size = Number(call.query.get('page[size]') ?? 100);
    if (
      !Number.isInteger(number) ||
      number < 0 ||
      !Number.isInteger(size) ||
      size < 1 ||
      size > 100
    )
      return refuse(400, 'page[number] or page[size] is out of range.');
    const items = call.fault === 'duplicates' && all[0] !== undefined ? [all[0], ...all] : all;
    return collection(writer, call.path, items, { number, size });
  }

  function create(call: HubCall, gln: string, what: string): HubReply {
    if (!(call.header('content-type') ?? '').startsWith('application/vnd.api+json'))
      return refuse(415, 'The submitted content type is not supported.');
    const kind: Asking['kind'] =
      what === 'requests' ? 'AuthorizationRequest' : 'AuthorizationDocument';
    const field = what === 'requests' ? 'requestType' : 'documentType';
    const data = readBody(call.body);
    const meta = data?.['meta'] as Record<string, unknown> | undefined;
    const attributes = data?.['attributes'] as Record<string, unknown> | undefined;
    if (
      data === null ||
      data['type'] !== kind ||
      meta === undefined ||
      !types.has(String(attributes?.[field]))
    )
      return refuse(400, 'A required field is missing or invalid.');
    const needed = what === 'documents' ? documentFields : [];
    for (const name of ['requestedBy', 'requestedFrom', 'requestedTo'])
      if (!isParty(meta[name])) return refuse(400, `${name} is missing or invalid.`);
    for (const name of needed)
      if (typeof meta[name] !== 'string') return refuse(400, `${name} is missing.`);
    const from = meta['requestedFrom'] as { idType: string; idValue: string };
    if (from.idType === 'NationalIdentityNumber' && !/^\d{11}$/.test(from.idValue))
      return refuse(422, `No person with the identity number ${from.idValue}.`);
    const asking = registry.ask(kind, String(attributes?.[field]), gln, meta);
    return single(writer, 201, call.path, strange(call, askingData(writer, asking)));
  }

  function pdf(call: HubCall, gln: string, id: string, accept: string): HubReply {
    const found = registry.find('AuthorizationDocument', gln, id);
    if (found === null) return refuse(404, 'The requested resource could not be found.');
    if (call.method === 'GET') {
      if (!/application\/pdf|\*\/\*/.test(accept)) return refuse(406, 'Only application/pdf.');
      return {
        status: 200,
        headers: { 'content-type': 'application/pdf' },
        body: `%PDF-1.7\n% authorization document ${id}, ${found.status}\n% signed by Elhub\n%%EOF\n`,
      };
    }
    if (call.method !== 'PUT') return refuse(404, 'No such operation.');
    if (!(call.header('content-type') ?? '').startsWith('application/pdf'))
      return refuse(415, 'The submitted content type is not supported.');
    if (call.bytes.length > 1_048_576)
      return refuse(413, 'Signed PDF upload size is limited to 1 MB.');
    if (found.status !== 'Pending') return refuse(400, 'The document is not pending.');
    if (!call.body.startsWith('%PDF-') || !call.body.includes(id))
      return refuse(422, 'The file is not the document that was made.');
    if (!call.body.includes('/SubFilter /ETSI.CAdES.detached'))
      return refuse(422, 'The document has no valid signature.');
    registry.answer(id, true);
    return { status: 204 };
  }

  return {
    limits: [{ scope: 'address', max: options.perMinute ?? 120, per: 60_000 }],
    countFor: (call) => (call.path === '/token' ? [] : [['address', call.address]]),
    tooMany: (wait) => {
      const reply = refuse(429, 'Too many requests.');
      return {
        ...reply,
        headers: { ...reply.headers, 'retry-after': String(Math.ceil(wait / 1000)) },
      };
    },
    handle: (call) => {
      const reply = ((): HubReply => {
        if (call.path === '/token') return maskinporten.handle(call);
        if (call.path.startsWith('/access/v0/')) return access(call);
        const point = /^\/energy-data\/v0\/metering-points\/([^/]+)$/.exec(call.path)?.[1];
        if (point !== undefined) {
          if (maskinporten.read(call.header('authorization')) === null)
            return refuse(401, 'A token is needed.');
          if (call.header('x-elhub-gln') !== own)
            return refuse(403, 'X-Elhub-GLN is not the token’s party.');
          return energyData.meteringPoint(call, point);
        }
        if (call.path.startsWith('/energy-data/v0/')) return energyData.handle(call);
        const none = { errors: [{ title: 'Not Found', detail: 'No such path.' }] };
        return minSide.handle(call) ?? jsonApi(404, none);
      })();
      return { ...reply, headers: { ...reply.headers, 'x-correlation-id': randomUUID() } };
    },
    act: (action, args) => {
      switch (action) {
        // A person answers a request on Min side.
        case 'answer':
          return registry.answer(String(args['id']), args['accept'] !== false);
        // A person answers a third party on Min side.
        case 'choose':
          return minSide.choose(args as never);
        case 'withdraw':
          return registry.setGrant(String(args['grant']), 'Revoked');
        case 'exhaust':
          return registry.setGrant(String(args['grant']), 'Exhausted');
        case 'refuse-access-tokens':
          return maskinporten.refuseAll();
        case 'correct':
          return energyData.correct(
            String(args['area']),
            String(args['group']),
            Date.parse(String(args['start'])),
            String(args['quantity']),
          );
        default:
          throw new Error(`Elhub knows no action ${action}`);
      }
    },
    credentials: () => ({
      clientId: 'client-of-the-test',
      keyId: 'key-1',
      privateKey: business.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      certificate: business.certificate,
      gln: own,
    }),
  };
}

/** One consent over everything, given a month ago for a year, where the data has metering points and names no consent. */
function grantsOver(data: TestHubData, stored: readonly string[], now: number): ConsentGrant[] {
  const given = (data.meteringPoints ?? []).map(({ id }) => id);
  const meteringPoints = [...new Set<string>([...given, ...stored])] as MeteringPointId[];
  if (meteringPoints.length === 0) return [];
  const valid = { start: now - 30 * 86_400_000, end: now + 335 * 86_400_000 };
  return [
    {
      id: 'everything',
      from: 'everybody' as ConsentGrant['from'],
      to: own as ConsentGrant['to'],
      what: [],
      purposes: [],
      finest: 'PT1H',
      meteringPoints,
      span: valid,
      valid,
      state: 'active',
    },
  ];
}

function readBody(body: string): Record<string, unknown> | null {
  try {
    const { data } = JSON.parse(body) as { data?: unknown };
    return typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function isParty(value: unknown): boolean {
  const party = value as { idType?: unknown; idValue?: unknown } | null | undefined;
  return idTypes.has(String(party?.idType)) && typeof party?.idValue === 'string';
}

/** Answers that are wrong in a way that only this hub can make. */
function strange(call: HubCall, data: Record<string, unknown>): Record<string, unknown> {
  if (call.fault === 'unknown-field') return { ...data, brandNew: { a: [1] } };
  if (call.fault !== 'unknown-enum') return data;
  return { ...data, attributes: { ...(data['attributes'] as object), status: 'Suspended' } };
}
