import { HubError, type HubFaultCode } from '../core/fault.ts';
import type { HubAnswer, HubHttp } from '../core/http.ts';
import { Secret } from '../core/secret.ts';
import type { TokenCache } from '../core/token.ts';
import { type ElhubCredentialOptions, elhubHttp, maskinportenTokens } from './connection.ts';
import { JSON_API, pageOf, resourceOf } from './json-api.ts';
import type {
  AuthorizationDocument,
  AuthorizationGrant,
  AuthorizationRequest,
  AuthorizationScope,
  DocumentSubmission,
  ElhubRequestStatus,
  Page,
  RequestSubmission,
  SubmissionMeta,
} from './wire.ts';

/** Largest signed document that Elhub takes. */
export const MAX_PDF_BYTES = 1_048_576;

export interface ListOptions {
  readonly signal?: AbortSignal;
  /** 1 to 100; 100 unless told. */
  readonly pageSize?: number;
}

interface CallShape {
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly route: string;
  readonly path: string;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** A part of a path; an id that Elhub gave is a UUID, whatever else it holds is encoded. */
function segment(id: string): string {
  return encodeURIComponent(id);
}

function fail(
  code: Extract<HubFaultCode, 'hub/protocol' | 'hub/too-much' | 'hub/invalid-request'>,
  message: string,
): never {
  throw new HubError({ code, hub: 'elhub', message, retry: 'never' });
}

/** A body that is cut off or is not JSON may be whole the next time. */
export function elhubJson(answer: HubAnswer): unknown {
  try {
    return JSON.parse(answer.text());
  } catch {
    throw new HubError({
      code: 'hub/cut-answer',
      hub: 'elhub',
      message: 'the answer is no complete JSON',
      retry: 'later',
    });
  }
}

/**
 * Elhub's Access API v0 (auth-grant-manager): requests that a person answers on Min side, documents that a person signs,
 * the grants that come of both, and their scopes. A grant lets a balance supplier change a contract; it is no consent to
 * read metering values.
 *
 * Every call throws {@link HubError} and nothing else.
 */
export class ElhubAccess {
  readonly #http: HubHttp;
  readonly #token: TokenCache;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #base: string;

  constructor(options: ElhubCredentialOptions, shared?: { http: HubHttp; token: TokenCache }) {
    this.#http = shared?.http ?? elhubHttp(options);
    this.#token = shared?.token ?? maskinportenTokens(options);
    this.#headers = {
      'user-agent': options.userAgent,
      sendergln: options.gln,
      ...(options.onBehalfOfGln === undefined ? {} : { onbehalfofgln: options.onBehalfOfGln }),
    };
    this.#base = '/access/v0';
  }

  /** Requests, newest first, of all pages; of some statuses only where told. */
  requests(
    filter: { readonly status?: readonly ElhubRequestStatus[] } = {},
    options: ListOptions = {},
  ): AsyncGenerator<AuthorizationRequest, void, undefined> {
    const status = filter.status ?? [];
    const query = status.length === 0 ? {} : { 'filter[status]': status.join(',') };
    return this.#list<AuthorizationRequest>('requests', 'AuthorizationRequest', query, options);
  }

  /** A request by its id; its grant stands in `relationships.authorizationGrant` once it is accepted. */
  request(id: string, signal?: AbortSignal): Promise<AuthorizationRequest> {
    return this.#get<AuthorizationRequest>('requests', 'AuthorizationRequest', id, signal);
  }

  /**
   * Asks a person on Min side. Send the user to {@link requestUrl} of the answer's id; they come back to `redirectURI`.
   * A lost answer is not asked again by itself: the request may exist.
   */
  createRequest(
    submission: RequestSubmission,
    signal?: AbortSignal,
  ): Promise<AuthorizationRequest> {
    const { requestType, meta } = submission;
    return this.#create('requests', 'AuthorizationRequest', meta, { requestType }, signal);
  }

  documents(options: ListOptions = {}): AsyncGenerator<AuthorizationDocument, void, undefined> {
    return this.#list<AuthorizationDocument>('documents', 'AuthorizationDocument', {}, options);
  }

  document(id: string, signal?: AbortSignal): Promise<AuthorizationDocument> {
    return this.#get<AuthorizationDocument>('documents', 'AuthorizationDocument', id, signal);
  }

  /** Makes a document for signing; fetch it with {@link documentPdf}, have it signed, hand it in with {@link submitPdf}. */
  createDocument(
    submission: DocumentSubmission,
    signal?: AbortSignal,
  ): Promise<AuthorizationDocument> {
    const { documentType, meta } = submission;
    return this.#create('documents', 'AuthorizationDocument', meta, { documentType }, signal);
  }

  /** The document as PDF, signed by Elhub, in its state of now. */
  documentPdf(id: string, signal?: AbortSignal): Promise<Uint8Array> {
    return this.#call(
      {
        operation: 'document-pdf',
        method: 'GET',
        route: '/access/v0/authorization-documents/{id}.pdf',
        path: `${this.#base}/authorization-documents/${segment(id)}.pdf`,
        accept: `application/pdf, ${JSON_API}`,
      },
      (answer) => {
        if (!isPdf(answer.bytes)) fail('hub/protocol', 'the document is no PDF');
        return answer.bytes;
      },
      signal,
    );
  }

  /**
   * Hands in the signed PDF (PAdES, at most 1 MB). Elhub checks the signatures and makes the grant; read the document
   * again for its id. Not sent again by itself when the answer is lost.
   */
  async submitPdf(id: string, pdf: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (pdf.length > MAX_PDF_BYTES) fail('hub/too-much', 'a signed document has at most 1 MB');
    if (!isPdf(pdf)) fail('hub/invalid-request', 'the signed document is no PDF');
    await this.#call(
      {
        operation: 'submit-pdf',
        method: 'PUT',
        route: '/access/v0/authorization-documents/{id}.pdf',
        path: `${this.#base}/authorization-documents/${segment(id)}.pdf`,
        contentType: 'application/pdf',
        body: new Uint8Array(pdf),
      },
      () => undefined,
      signal,
    );
  }

  grants(options: ListOptions = {}): AsyncGenerator<AuthorizationGrant, void, undefined> {
    return this.#list<AuthorizationGrant>('grants', 'AuthorizationGrant', {}, options);
  }

  grant(id: string, signal?: AbortSignal): Promise<AuthorizationGrant> {
    return this.#get<AuthorizationGrant>('grants', 'AuthorizationGrant', id, signal);
  }

  /** What a grant reaches: permission types with the metering points they are for. */
  scopes(grantId: string, signal?: AbortSignal): Promise<readonly AuthorizationScope[]> {
    return this.#call(
      {
        operation: 'scopes',
        method: 'GET',
        route: '/access/v0/authorization-grants/{id}/scopes',
        path: `${this.#base}/authorization-grants/${segment(grantId)}/scopes`,
      },
      (answer) => {
        const page = pageOf<AuthorizationScope>(elhubJson(answer), 'AuthorizationScope', 0);
        return page === null ? fail('hub/protocol', 'the answer is no list of scopes') : page.items;
      },
      signal,
    );
  }

  /** One page of a collection, for hosts that page themselves. */
  page<Resource extends { readonly type: string }>(
    collection: 'requests' | 'documents' | 'grants',
    type: Resource['type'],
    at: { readonly number: number; readonly size: number },
    query: Readonly<Record<string, string>> = {},
    signal?: AbortSignal,
  ): Promise<Page<Resource>> {
    const search = new URLSearchParams({
      ...query,
      'page[number]': String(at.number),
      'page[size]': String(at.size),
    });
    return this.#call(
      {
        operation: collection,
        method: 'GET',
        route: `/access/v0/authorization-${collection}`,
        path: `${this.#base}/authorization-${collection}?${search}`,
      },
      (answer) =>
        pageOf<Resource>(elhubJson(answer), type, at.number) ??
        fail('hub/protocol', `the answer is no list of ${collection}`),
      signal,
    );
  }

  /** All pages. What moves to the next page while we read, because something newer came, is given once. */
  async *#list<Resource extends { readonly type: string; readonly id: string }>(
    collection: 'requests' | 'documents' | 'grants',
    type: Resource['type'],
    query: Readonly<Record<string, string>>,
    options: ListOptions,
  ): AsyncGenerator<Resource, void, undefined> {
    const size = options.pageSize ?? 100;
    if (!Number.isInteger(size) || size < 1 || size > 100) {
      fail('hub/invalid-request', 'a page holds 1 to 100 items');
    }
    const seen = new Set<string>();
    for (let number = 0; ; number += 1) {
      const page = await this.page<Resource>(
        collection,
        type,
        { number, size },
        query,
        options.signal,
      );
      for (const item of page.items) {
        if (seen.has(item.id)) continue;
        seen.add(item.id);
        yield item;
      }
      const last =
        page.totalPages === null ? page.items.length < size : number + 1 >= page.totalPages;
      if (last || page.items.length === 0) return;
    }
  }

  #get<Resource extends { readonly type: string }>(
    collection: 'requests' | 'documents' | 'grants',
    type: Resource['type'],
    id: string,
    signal: AbortSignal | undefined,
  ): Promise<Resource> {
    return this.#call(
      {
        operation: collection.slice(0, -1),
        method: 'GET',
        route: `/access/v0/authorization-${collection}/{id}`,
        path: `${this.#base}/authorization-${collection}/${segment(id)}`,
      },
      (answer) => readResource<Resource>(answer, type),
      signal,
    );
  }

  #create<Resource extends { readonly type: string }>(
    collection: 'requests' | 'documents',
    type: Resource['type'],
    meta: SubmissionMeta,
    attributes: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<Resource> {
    // Elhub repeats what it was sent in its errors; who is meant stays between us and Elhub.
    for (const party of [meta.requestedBy, meta.requestedFrom, meta.requestedTo]) {
      if (party.idType === 'NationalIdentityNumber') {
        this.#http.redactor.learn(new Secret(party.idValue));
      }
    }
    return this.#call(
      {
        operation: `create-${collection.slice(0, -1)}`,
        method: 'POST',
        route: `/access/v0/authorization-${collection}`,
        path: `${this.#base}/authorization-${collection}`,
        contentType: JSON_API,
        body: JSON.stringify({ data: { type, attributes, meta } }),
      },
      (answer) => readResource<Resource>(answer, type),
      signal,
    );
  }

  #call<T>(
    shape: CallShape,
    decode: (answer: HubAnswer) => T,
    signal: AbortSignal | undefined,
  ): Promise<T> {
    return this.#http.send(
      {
        operation: shape.operation,
        method: shape.method,
        route: shape.route,
        path: shape.path,
        headers: {
          ...this.#headers,
          accept: shape.accept ?? JSON_API,
          ...(shape.contentType === undefined ? {} : { 'content-type': shape.contentType }),
        },
        token: this.#token,
        limits: [{ scope: 'address' }],
        repeatable: shape.method === 'GET',
        ...(shape.body === undefined ? {} : { body: shape.body }),
      },
      decode,
      signal,
    );
  }
}

function readResource<Resource extends { readonly type: string }>(
  answer: HubAnswer,
  type: Resource['type'],
): Resource {
  return (
    resourceOf<Resource>(elhubJson(answer), type) ??
    fail('hub/protocol', `the answer is no ${type}`)
  );
}

function isPdf(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 5)) === '%PDF-';
}

/** Where a person answers a request: Min side of production, or of the environment given. */
export function requestUrl(requestId: string, baseUrl = 'https://mypage.elhub.no'): URL {
  return new URL(`/authorization-requests/${encodeURIComponent(requestId)}`, baseUrl);
}
