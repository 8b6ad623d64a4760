// Where frames go that differ from their input: CRCs removed, decrypted, put together.

let start: usize = 0;
let next: usize = 0;
let limit: usize = 0;

/** The arena is `[from, to)`; PAD bytes behind `to` belong to it. */
export function setArena(from: usize, to: usize): void {
  start = from;
  next = from;
  limit = to;
}

/** Frees everything: a new batch begins. */
export function clearArena(): void {
  next = start;
}

/** `length` bytes, or 0 when there is no room. */
export function room(length: usize): usize {
  const at = next;
  if (at + length > limit) return 0;
  next = at + length;
  return at;
}
