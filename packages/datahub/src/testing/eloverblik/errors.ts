import type { HubReply } from '../app.ts';

/** The hub's errors in the shapes that it sends them in. */

/** RFC 7807 with a trace id: what the framework makes. */
export function problem(status: number, title: string): HubReply {
  return {
    status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    body: JSON.stringify({
      type: `https://tools.ietf.org/html/rfc7231#section-6.5.${status % 10}`,
      title,
      status,
      traceId: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00',
    }),
  };
}

/** A bare JSON string: `"[20010] Relation not found"`. */
export function bracketed(status: number, code: number, text: string): HubReply {
  return json(status, `[${code}] ${text}`);
}

/** A bare JSON string: `"#30002: To-date cannot be equal to from-date"`. */
export function hashed(code: number, text: string): HubReply {
  return json(400, `#${code}: ${text}`);
}

/** One item of a list, failed by itself in an answer of 200. */
export function failedItem(id: string, code: number, text: string): string {
  return (
    `{"success":false,"errorCode":${code},"errorText":${JSON.stringify(text)},` +
    `"id":"${id}","stackTrace":null}`
  );
}

export function json(status: number, value: unknown): HubReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: typeof value === 'string' && status === 200 ? value : JSON.stringify(value),
  };
}
