/**
 * What goes wrong on demand. `status`, `slow`, `cut`, `body` and `reset` are done to any answer; the others are asked of the
 * hub's own code, which makes an answer that is wrong in that way.
 */
export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Seconds, or `date` for a minute from the machine's now as a date; absent: no header. */
      readonly retryAfter?: number | 'date';
      readonly body?: string;
      readonly contentType?: string;
    }
  /** Half of the body comes, the rest only after so many real milliseconds. */
  | { readonly kind: 'slow'; readonly milliseconds: number }
  /** The body ends early, although its length was announced. */
  | { readonly kind: 'cut'; readonly keep?: number }
  /** 200 with another body. */
  | { readonly kind: 'body'; readonly body: string; readonly contentType?: string }
  /** The connection is reset, before or after the request was carried out. */
  | { readonly kind: 'reset'; readonly after?: boolean }
  | { readonly kind: 'unknown-enum' | 'duplicates' | 'unsorted' | 'unknown-field' };

/** When a fault happens: at the `skip`-th and following matching requests, `times` times. */
export interface FaultRule {
  readonly fault: Fault;
  /** Text that the path must contain; absent: any. */
  readonly path?: string;
  /** Text that the body must contain: a metering point that always fails. */
  readonly body?: string;
  /** Matching requests to let pass first; 0 unless told. */
  readonly skip?: number;
  /** How often; 1 unless told, null for always. */
  readonly times?: number | null;
}

interface Armed {
  readonly rule: FaultRule;
  skip: number;
  times: number;
}

/** Rules in order; at most one acts on a request. */
export class FaultScript {
  #armed: Armed[] = [];

  set(rules: readonly FaultRule[]): void {
    this.#armed = rules.map((rule) => ({
      rule,
      skip: rule.skip ?? 0,
      times: rule.times === null ? Infinity : (rule.times ?? 1),
    }));
  }

  /** The fault for this request, if any; uses it up. */
  next(path: string, body: string): Fault | null {
    for (const armed of this.#armed) {
      const { rule } = armed;
      if (armed.times <= 0) continue;
      if (rule.path !== undefined && !path.includes(rule.path)) continue;
      if (rule.body !== undefined && !body.includes(rule.body)) continue;
      if (armed.skip-- > 0) continue;
      armed.times--;
      return rule.fault;
    }
    return null;
  }
}
