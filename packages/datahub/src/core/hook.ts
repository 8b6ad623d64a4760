import type { EpochMs, SourceCode } from '@metergram/model';
import type { HubFaultCode, HubId } from './fault.ts';
import type { Limit } from './limiter.ts';

/**
 * What an observer may see of a request: nothing secret and nothing personal. The address is the route's template
 * (`/meterdata/gettimeseries/{dateFrom}/{dateTo}/{aggregation}`), because real paths hold metering points, identifiers and
 * web access codes; of the headers only those without secrets.
 */
export interface RequestSeen {
  readonly id: number;
  readonly hub: HubId;
  readonly operation: string;
  readonly method: string;
  readonly origin: string;
  readonly route: string;
  /** 1 for the first sending. */
  readonly attempt: number;
  readonly at: EpochMs;
}

/** What came of one sending. */
export interface AnswerSeen extends RequestSeen {
  /** Null where no answer came. */
  readonly status: number | null;
  readonly milliseconds: number;
  readonly bytes: number;
  readonly correlationId?: string;
  readonly code?: HubFaultCode;
  readonly hubCode?: SourceCode;
  /** Milliseconds until it is sent again; absent when it is not. */
  readonly again?: number;
}

/** Sees every sending and what came of it. What a hook throws is dropped: watching must not break the work. */
export interface Hook {
  request?(seen: RequestSeen): void;
  answer?(seen: AnswerSeen): void;
  /**
   * A request begins to wait for its place, for so long as it looks now; told once for each request. `limit` is what keeps
   * it; null where the hub asked for a pause.
   */
  waiting?(seen: {
    readonly hub: HubId;
    readonly operation: string;
    readonly milliseconds: number;
    readonly limit: Limit | null;
  }): void;
  /** A request had to wait for its place within the hub's limits. */
  wait?(seen: {
    readonly hub: HubId;
    readonly operation: string;
    readonly milliseconds: number;
  }): void;
}

/** One hook of many; each sees everything. */
export function hooks(...all: readonly Hook[]): Hook {
  const each = <K extends keyof Hook>(name: K, seen: never): void => {
    for (const hook of all)
      quietly(() => (hook[name] as ((seen: never) => void) | undefined)?.call(hook, seen));
  };
  return {
    request: (seen) => each('request', seen as never),
    answer: (seen) => each('answer', seen as never),
    waiting: (seen) => each('waiting', seen as never),
    wait: (seen) => each('wait', seen as never),
  };
}

/** Runs an observer; what it throws is nobody's business here. */
export function quietly(run: () => void): void {
  try {
    run();
  } catch {
    // An observer's fault.
  }
}
