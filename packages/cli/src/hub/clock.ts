import { type Clock, type FetchLike, systemClock } from '@metergram/datahub';

/** How far a hub's clock may be off before it is worth a word: Maskinporten refuses more than ten seconds. */
const WORTH_A_WORD = 10_000;

/**
 * Sees in every answer how the hub's clock stands to this machine's: the `Date` header (RFC 9110 §6.6.1), which counts
 * in whole seconds.
 */
export class HubTime {
  #ahead: number | null = null;

  /** `fetch` that looks at the clock in passing. */
  watch(fetch: FetchLike): FetchLike {
    return async (url, init) => {
      const before = Date.now();
      const answer = await fetch(url, init);
      const stands = Date.parse(answer.headers.get('date') ?? '');
      // The half of the second that the header leaves out, at half of the way.
      if (!Number.isNaN(stands)) this.#ahead = stands + 500 - (before + Date.now()) / 2;
      return answer;
    };
  }

  /** By how much the hub's clock is ahead, in milliseconds; null where that is not known. */
  get ahead(): number | null {
    return this.#ahead;
  }

  /** What to say of clocks that differ; null where they do not. */
  get warning(): string | null {
    if (this.#ahead === null || Math.abs(this.#ahead) <= WORTH_A_WORD) return null;
    const own = Date.now();
    return `The hub's clock stands at ${secondOf(own + this.#ahead)}, this machine's at ${secondOf(own)}.`;
  }
}

/** `2026-03-03T11:00:00Z`. */
export function secondOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The hub's clock, asked for once: `fetch` must be one that `time` watches. The machine's where the hub does not tell. */
export async function hubClock(time: HubTime, fetch: FetchLike, origin: string): Promise<Clock> {
  try {
    const answer = await fetch(`${origin}/`, {
      method: 'GET',
      headers: { accept: '*/*' },
      signal: AbortSignal.timeout(10_000),
      redirect: 'manual',
    });
    await answer.arrayBuffer();
  } catch {
    // What does not work now is told when the hub is asked for something.
  }
  const ahead = time.ahead ?? 0;
  return { now: () => Math.round(systemClock.now() + ahead), sleep: systemClock.sleep };
}
