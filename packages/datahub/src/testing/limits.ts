/** A limit as a hub counts it, by its own clock. */
export interface CountedLimit {
  readonly scope: string;
  readonly max: number;
  /** Milliseconds. */
  readonly per: number;
  /** Milliseconds during which everything of the same key is refused after a breach. */
  readonly ban?: number;
}

/** What the counting showed. */
export interface LimitReport {
  readonly scope: string;
  readonly key: string;
  readonly max: number;
  /** The most within any stretch of the limit's length, refused ones included. */
  readonly busiest: number;
  readonly counted: number;
  readonly refused: number;
}

interface Count {
  readonly limit: CountedLimit;
  readonly key: string;
  times: number[];
  bannedUntil: number;
  busiest: number;
  counted: number;
  refused: number;
}

/** Counts requests in sliding windows: the strictest way in which a hub can count. */
export class LimitCounter {
  readonly #limits: readonly CountedLimit[];
  readonly #counts: Map<string, Count> = new Map();

  constructor(limits: readonly CountedLimit[]) {
    this.#limits = limits;
  }

  /** Counts one request; milliseconds until it would be allowed, or 0 when it is. */
  count(scope: string, key: string, now: number): number {
    let wait = 0;
    for (const [at, limit] of this.#limits.entries()) {
      if (limit.scope !== scope) continue;
      const id = `${at} ${key}`;
      let count = this.#counts.get(id);
      if (count === undefined)
        this.#counts.set(
          id,
          (count = { limit, key, times: [], bannedUntil: 0, busiest: 0, counted: 0, refused: 0 }),
        );
      count.times = count.times.filter((time) => time > now - limit.per);
      count.times.push(now);
      count.counted++;
      count.busiest = Math.max(count.busiest, count.times.length);
      const over = count.times.length > limit.max;
      if (over && limit.ban !== undefined) count.bannedUntil = now + limit.ban;
      if (over || now < count.bannedUntil) {
        count.refused++;
        wait = Math.max(
          wait,
          count.bannedUntil - now,
          (count.times[0] as number) + limit.per - now,
        );
      }
    }
    return wait;
  }

  report(): LimitReport[] {
    return Array.from(this.#counts.values(), ({ limit, key, busiest, counted, refused }) => ({
      scope: limit.scope,
      key,
      max: limit.max,
      busiest,
      counted,
      refused,
    }));
  }
}
