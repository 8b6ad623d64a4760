import type { Output } from './io.ts';

/** A line on a terminal that says how far a long run is. Silent anywhere else. */
export interface Progress {
  /** Cheap enough for every telegram: draws ten times a second at most. */
  update(done: number, what: string): void;
  /** Takes the line away. */
  clear(): void;
}

const EVERY_MS = 100;
/** Short runs show nothing. */
const FIRST_MS = 500;

/**
 * @param total of what `update` counts, where it is known: then a share is shown
 * @param now milliseconds of any clock that goes forward
 */
export function progressOn(
  output: Output,
  show: boolean,
  total: number | undefined,
  now: () => number,
): Progress {
  if (!show || output.isTTY !== true) return { update() {}, clear() {} };
  let next = now() + FIRST_MS;
  let drawn = false;
  return {
    update(done, what) {
      const at = now();
      if (at < next) return;
      next = at + EVERY_MS;
      drawn = true;
      const share = total ? `${Math.min(100, Math.floor((100 * done) / total))} % ` : '';
      void output.write(`\r\u001b[K${share}${what}`);
    },
    clear() {
      if (drawn) void output.write('\r\u001b[K');
      drawn = false;
    },
  };
}
