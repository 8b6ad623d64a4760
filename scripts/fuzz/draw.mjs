// Numbers for the fuzzer: small, quick, and the same for the same seed.

/** Draws from a seed: an integer below a limit, one of a list, a share of the time, bytes. */
export function drawFrom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
  const below = (limit) => Math.floor((next() / 2 ** 32) * limit);
  const of = (list) => list[below(list.length)];
  const sometimes = (oneIn) => below(oneIn) === 0;
  const byte = () => next() & 0xff;
  const bytes = (length) => Uint8Array.from({ length }, byte);
  return { next, below, of, sometimes, byte, bytes };
}
