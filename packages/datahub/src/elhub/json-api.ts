import { asList, asRecord, asText } from '../core/exact-json.ts';
import type { Page } from './wire.ts';

/** The media type of JSON:API 1.1, for `Accept` and `Content-Type`. */
export const JSON_API = 'application/vnd.api+json';

/** One error of a JSON:API answer; anything may be missing. */
export interface JsonApiError {
  readonly status: string | null;
  readonly code: string | null;
  readonly title: string | null;
  readonly detail: string | null;
  readonly createdAt: string | null;
}

/**
 * The errors of an answer, read leniently: the published examples put `meta` inside of each error where the schema has it
 * beside them, `code` is seldom sent, and a gateway answers with no JSON at all. Empty where there are none.
 */
export function parseErrors(body: unknown): readonly JsonApiError[] {
  const document = asRecord(body);
  if (document === null) return [];
  const created = asText(asRecord(document['meta'])?.['createdAt']);
  const errors: JsonApiError[] = [];
  for (const entry of asList(document['errors'])) {
    const error = asRecord(entry);
    if (error === null) continue;
    const status = error['status'];
    errors.push({
      status: typeof status === 'number' ? String(status) : asText(status),
      code: asText(error['code']),
      title: asText(error['title']),
      detail: asText(error['detail']),
      createdAt: asText(asRecord(error['meta'])?.['createdAt']) ?? created,
    });
  }
  return errors;
}

/** The single resource of an answer of one type, or null: `data` must name the type and an id, and have attributes. */
export function resourceOf<Resource extends { readonly type: string }>(
  body: unknown,
  type: Resource['type'],
): Resource | null {
  return asResource<Resource>(asRecord(body)?.['data'], type);
}

function asResource<Resource>(value: unknown, type: string): Resource | null {
  const data = asRecord(value);
  if (data === null || data['type'] !== type || asText(data['id']) === null) return null;
  if (asRecord(data['attributes']) === null) return null;
  return { ...data, relationships: asRecord(data['relationships']) ?? {} } as Resource;
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null;
}

/** A page of a collection; null where the answer is no collection, or holds what is none of this type. */
export function pageOf<Resource extends { readonly type: string }>(
  body: unknown,
  type: Resource['type'],
  page: number,
): Page<Resource> | null {
  const document = asRecord(body);
  if (document === null || !Array.isArray(document['data'])) return null;
  const items: Resource[] = [];
  for (const entry of asList(document['data'])) {
    const resource = asResource<Resource>(entry, type);
    if (resource === null) return null;
    items.push(resource);
  }
  const meta = asRecord(document['meta']);
  return {
    items,
    totalItems: count(meta?.['totalItems']),
    totalPages: count(meta?.['totalPages']),
    page: count(meta?.['page']) ?? page,
    next: asText(asRecord(document['links'])?.['next']),
  };
}
