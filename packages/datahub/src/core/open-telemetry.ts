import type { AnswerSeen, Hook } from './hook.ts';

/** The part of OpenTelemetry's tracer that is used; one from `@opentelemetry/api` 1.9 or newer fits. */
export interface TracerLike {
  startSpan(
    name: string,
    options?: {
      kind?: number;
      startTime?: number;
      attributes?: Record<string, string | number | boolean>;
    },
  ): {
    setAttributes(attributes: Record<string, string | number | boolean>): unknown;
    setStatus(status: { code: number; message?: string }): unknown;
    end(endTime?: number): void;
  };
}

/**
 * A hook that makes a client span of every sending, by OpenTelemetry's names for HTTP. Spans hold what a {@link Hook} sees:
 * no secret, no metering point.
 */
export function openTelemetryHook(tracer: TracerLike): Hook {
  const spans = new Map<string, ReturnType<TracerLike['startSpan']>>();
  return {
    request(seen) {
      const span = tracer.startSpan(`${seen.method} ${seen.route}`, {
        kind: 2,
        startTime: seen.at,
        attributes: {
          'http.request.method': seen.method,
          'url.template': seen.route,
          'server.address': new URL(seen.origin).hostname,
          'http.request.resend_count': seen.attempt - 1,
          'metergram.hub': seen.hub,
          'metergram.operation': seen.operation,
        },
      });
      spans.set(`${seen.hub} ${seen.id}`, span);
    },
    answer(seen) {
      const key = `${seen.hub} ${seen.id}`;
      const span = spans.get(key);
      spans.delete(key);
      if (span === undefined) return;
      span.setAttributes(attributes(seen));
      if (seen.code !== undefined) span.setStatus({ code: 2, message: seen.code });
      span.end(seen.at + seen.milliseconds);
    },
  };
}

function attributes(seen: AnswerSeen): Record<string, string | number> {
  return {
    'http.response.body.size': seen.bytes,
    ...(seen.status === null ? {} : { 'http.response.status_code': seen.status }),
    ...(seen.code === undefined ? {} : { 'error.type': seen.code }),
    ...(seen.hubCode === undefined ? {} : { 'metergram.hub_code': seen.hubCode.code }),
    ...(seen.correlationId === undefined ? {} : { 'metergram.correlation_id': seen.correlationId }),
  };
}
