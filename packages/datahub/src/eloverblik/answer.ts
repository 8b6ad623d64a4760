import type { MeteringPointId } from '@metergram/model';
import { type HubFault, HubError, type HubFaultCode, type RetryAdvice } from '../core/fault.ts';
import { type HubAnswer, retryAt } from '../core/http.ts';
import { parseExactJson } from '../core/exact-json.ts';
import { meaningOf, retryAfter, type StatusMeaning } from '../core/retry.ts';
import { codeRow } from './codes.ts';
import type { Item } from './wire.ts';

type Clean = (text: string) => string;

/**
 * The fault of an answer that is no success. Eloverblik has four shapes of errors: RFC 7807 with `traceId`; a bare string
 * `"[20010] …"`; a bare string `"#30002: …"`; and items with `success: false` in an answer of 200 (see {@link itemFault}).
 */
export function answerFault(answer: HubAnswer, clean: Clean): HubFault {
  const { status } = answer;
  const text = answer.text().slice(0, 4_000).trim();
  const read = readError(text);
  const row = read.code === undefined ? undefined : codeRow(read.code);
  const { code, retry } = meaning(status, row?.[2], row?.[3]);
  const said = read.message ?? row?.[1] ?? `answered with status ${status}`;
  return {
    code,
    hub: 'eloverblik',
    message: clean(said),
    retry,
    status,
    ...retryAt(retryAfter(answer.header('retry-after'), answer.at)),
    ...(read.code === undefined
      ? {}
      : { hubCode: { scheme: 'eloverblik', code: String(read.code) } }),
    ...(read.traceId === undefined ? {} : { correlationId: clean(read.traceId) }),
  } as HubFault;
}

/** What one item of an answer says went wrong, or null for success. */
export function itemFault(
  item: Item,
  meteringPoint: MeteringPointId,
  clean: Clean,
): HubFault | null {
  const code = Number(item.errorCode ?? (item.success === false ? 20011 : 10000));
  if (item.success !== false && code === 10000) return null;
  const row = codeRow(code);
  return {
    code: row?.[2] ?? 'hub/protocol',
    hub: 'eloverblik',
    message: clean(item.errorText ?? row?.[1] ?? 'the hub reports an error of its own'),
    retry: row?.[3] ?? 'never',
    hubCode: { scheme: 'eloverblik', code: String(code) },
    meteringPoint,
  } as HubFault;
}

/** The `result` of an answer of 200. Throws where the body is no such JSON. With `exact`, numbers are their text. */
export function resultOf(answer: HubAnswer, exact = false): unknown {
  let body: unknown;
  try {
    body = exact ? parseExactJson(answer.text()) : (JSON.parse(answer.text()) as unknown);
  } catch {
    throw wrongAnswer('the answer is no JSON, or was cut', 'smaller');
  }
  if (typeof body !== 'object' || body === null || !('result' in body))
    throw wrongAnswer('the answer has no result', 'later');
  return body.result;
}

/** The list that `result` has to be. */
export function listOf<T>(result: unknown): readonly T[] {
  if (result === null) return [];
  if (!Array.isArray(result)) throw wrongAnswer('the result is no list', 'later');
  return result as readonly T[];
}

export function wrongAnswer(message: string, retry: RetryAdvice): HubError {
  return new HubError({
    code: retry === 'smaller' ? 'hub/cut-answer' : 'hub/protocol',
    hub: 'eloverblik',
    message,
    retry,
  });
}

interface ReadError {
  readonly code?: number;
  readonly message?: string;
  readonly traceId?: string;
}

function readError(text: string): ReadError {
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch {
    // Plain text, or markup of something in front of the hub.
  }
  if (typeof value === 'string') {
    const match = /^\s*(?:\[(\d{5})\]|#(\d{5}):)\s*(.*)/s.exec(value);
    if (match !== null) return { code: Number(match[1] ?? match[2]), message: match[3] ?? '' };
    return value === '' || value.startsWith('<') ? {} : { message: value };
  }
  if (typeof value !== 'object' || value === null) return {};
  const { title, detail, traceId, errorCode, errorText } = value as Record<string, unknown>;
  const message = [title, detail, errorText].filter((part) => typeof part === 'string').join(': ');
  return {
    ...(message === '' ? {} : { message }),
    ...(typeof traceId === 'string' ? { traceId } : {}),
    ...(/^\d{5}$/.test(String(errorCode)) ? { code: Number(errorCode) } : {}),
  };
}

/** A status of the hub under load or out of order wins over its code; otherwise the code says it better. */
function meaning(
  status: number,
  code: HubFaultCode | undefined,
  retry: RetryAdvice | undefined,
): StatusMeaning {
  if (status === 429) return { code: 'hub/rate-limited', retry: 'later' };
  if (status === 503) return { code: 'hub/unavailable', retry: 'smaller' };
  if (code !== undefined) return { code, retry: retry ?? 'never' };
  if (status === 401) return { code: 'hub/token-refused', retry: 'never' };
  if (status === 403) return { code: 'hub/not-permitted', retry: 'never' };
  return meaningOf(status) ?? { code: 'hub/invalid-request', retry: 'never' };
}
