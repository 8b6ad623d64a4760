// The frame in hand: the telegram's bytes without CRCs, in the input itself as long as nothing about them changes, in
// the arena as soon as something does. Offsets of records and issues count from its start.
import { room } from './batch/arena';
import { setFrame, setFull } from './batch/row';

/** First byte, and the address behind the last byte that layers may read. */
export let first: usize = 0;
export let end: usize = 0;
let owned: bool = false;

export function begin(at: usize, to: usize, inArena: bool): void {
  first = at;
  end = to;
  owned = inArena;
  setFrame(at);
}

export function shorten(to: usize): void {
  end = to;
}

/**
 * Makes the bytes writable, in the arena. Returns where `at`, an address in the frame, lies now; 0 when the arena is
 * used up.
 */
export function own(at: usize): usize {
  if (owned) return at;
  const length = end - first;
  const to = room(length);
  if (to == 0) {
    setFull();
    return 0;
  }
  memory.copy(to, first, length);
  const moved = to + (at - first);
  begin(to, to + length, true);
  return moved;
}
