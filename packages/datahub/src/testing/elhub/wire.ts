import type { HubReply } from '../app.ts';
import {
  type AccessRegistry,
  type Asking,
  type Granted,
  type PartyId,
  written,
} from './registry.ts';

/**
 * How answers are written. `described`: as the schemas ask, with absolute links. `examples`: as the published examples
 * show it where they differ: links relative, only `self` on a single resource, `meta` inside of each error.
 */
export type Dialect = 'described' | 'examples';

const base = '/access/v0';

export interface Writer {
  readonly origin: () => string;
  readonly now: () => number;
  readonly dialect: Dialect;
  readonly registry: AccessRegistry;
}

export function jsonApi(status: number, value: unknown): HubReply {
  return {
    status,
    headers: { 'content-type': 'application/vnd.api+json' },
    body: JSON.stringify(value),
  };
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  406: 'Not Acceptable',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
};

export function errorReply(
  writer: Writer,
  status: number,
  detail: string,
  code?: string,
): HubReply {
  const meta = { createdAt: written(writer.now()) };
  const error = {
    status: String(status),
    ...(code === undefined ? {} : { code }),
    title: titles[status] ?? 'Error',
    detail,
  };
  return writer.dialect === 'examples'
    ? jsonApi(status, { errors: [{ ...error, meta }] })
    : jsonApi(status, { errors: [error], meta });
}

function link(writer: Writer, path: string): string {
  return writer.dialect === 'examples' ? path : writer.origin() + path;
}

function links(writer: Writer, path: string): Record<string, string> {
  const self = link(writer, path);
  return writer.dialect === 'examples' ? { self } : { self, first: self, last: self };
}

function related(writer: Writer, party: unknown): { data: { type: string; id: string } } {
  return { data: writer.registry.party(party as PartyId) };
}

/** The part of the meta that goes back out: never an identity number. */
function shown(
  meta: Readonly<Record<string, unknown>>,
  more: readonly string[],
): Record<string, unknown> {
  const names = [
    'requestedFromName',
    'requestedForMeteringPointId',
    'requestedForMeteringPointAddress',
    'balanceSupplierName',
    'balanceSupplierContractName',
    ...more,
  ];
  return Object.fromEntries(names.filter((name) => name in meta).map((name) => [name, meta[name]]));
}

export function askingData(writer: Writer, asking: Asking): Record<string, unknown> {
  const request = asking.kind === 'AuthorizationRequest';
  const path = `${base}/authorization-${request ? 'requests' : 'documents'}/${asking.id}`;
  const answered =
    asking.answeredBy === null
      ? {}
      : { [request ? 'approvedBy' : 'signedBy']: related(writer, asking.answeredBy) };
  return {
    id: asking.id,
    type: asking.kind,
    attributes: {
      [request ? 'requestType' : 'documentType']: asking.type,
      status: asking.status,
      createdAt: written(asking.created),
      updatedAt: written(asking.updated),
      validTo: written(asking.validTo),
    },
    relationships: {
      requestedBy: related(writer, asking.meta['requestedBy']),
      requestedFrom: related(writer, asking.meta['requestedFrom']),
      requestedTo: related(writer, asking.meta['requestedTo']),
      ...(asking.grant === null ? {} : answered),
      ...(asking.grant === null
        ? {}
        : {
            authorizationGrant: {
              data: { type: 'AuthorizationGrant', id: asking.grant },
              links: { self: link(writer, `${base}/authorization-grants/${asking.grant}`) },
            },
          }),
    },
    meta: shown(asking.meta, request ? ['redirectURI'] : []),
    links: request
      ? links(writer, path)
      : { self: link(writer, path), file: link(writer, `${path}.pdf`) },
  };
}

export function grantData(writer: Writer, grant: Granted): Record<string, unknown> {
  const { source } = grant;
  const from = source.kind === 'AuthorizationRequest' ? 'requests' : 'documents';
  return {
    id: grant.id,
    type: 'AuthorizationGrant',
    attributes: {
      status: grant.status,
      createdAt: written(grant.validFrom),
      updatedAt: written(grant.updated),
      grantedAt: written(grant.validFrom),
      validFrom: written(grant.validFrom),
      validTo: written(grant.validTo),
    },
    relationships: {
      grantedFor: related(writer, source.meta['requestedFrom']),
      grantedBy: related(writer, source.meta['requestedTo']),
      grantedTo: related(writer, source.meta['requestedBy']),
      source: {
        data: { id: source.id, type: source.kind },
        links: { self: link(writer, `${base}/authorization-${from}/${source.id}`) },
      },
      scopes: { data: [{ id: grant.scope, type: 'AuthorizationScope' }] },
    },
    meta: 'moveInDate' in source.meta ? { moveInDate: source.meta['moveInDate'] } : {},
    links: { self: link(writer, `${base}/authorization-grants/${grant.id}`) },
  };
}

export function scopeData(grant: Granted): Record<string, unknown> {
  return {
    id: grant.scope,
    type: 'AuthorizationScope',
    attributes: { permissionType: grant.source.type, createdAt: written(grant.validFrom) },
    relationships: {
      authorizedResources: {
        data: grant.meteringPoints.map((id) => ({ type: 'MeteringPoint', id })),
      },
    },
  };
}

export function single(writer: Writer, status: number, path: string, data: unknown): HubReply {
  return jsonApi(status, {
    data,
    links: links(writer, path),
    meta: { createdAt: written(writer.now()) },
  });
}

/** A page of a list; `query` is kept in its links. */
export function collection(
  writer: Writer,
  path: string,
  all: readonly unknown[],
  page: { readonly number: number; readonly size: number },
): HubReply {
  const totalPages = Math.ceil(all.length / page.size);
  const at = (number: number): string =>
    link(writer, `${path}?page%5Bnumber%5D=${number}&page%5Bsize%5D=${page.size}`);
  return jsonApi(200, {
    data: all.slice(page.number * page.size, (page.number + 1) * page.size),
    links: {
      self: at(page.number),
      first: at(0),
      last: at(Math.max(0, totalPages - 1)),
      ...(page.number > 0 ? { prev: at(page.number - 1) } : {}),
      ...(page.number + 1 < totalPages ? { next: at(page.number + 1) } : {}),
    },
    meta: {
      createdAt: written(writer.now()),
      totalItems: all.length,
      totalPages,
      page: page.number,
      pageSize: page.size,
    },
  });
}
