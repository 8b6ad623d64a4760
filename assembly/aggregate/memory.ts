// The module's own memory: blocks in four sizes for each power of two, and one cache line, kept in a free list per size. Nothing is
// collected and nothing moves by itself; whoever holds a block gives it back. Growing fails only when the engine has no
// more memory: then, and only then, the module traps.
//
// The extra line is there so that blocks of one size begin in different sets of the processor's caches. Without it, the
// ends of ten thousand registers that fill at the same pace would all fight for the same sixteen sets. A register whose
// room is full puts what its inbox holds there.

const SMALLEST: usize = 6; // 64 bytes
/** A line of the processor's cache. */
export const LINE: usize = 64;

const free: usize = memory.data(512); // heads of lists by class: log2 and two bits more, u32 each
let top: usize = 0;
let held: usize = 0;

/** The least size of a block that holds `bytes`, its extra line left out: 64 · 2^n, from 256 on in quarters of that. */
export function sizeFor(bytes: usize): usize {
  if (bytes <= (<usize>1) << SMALLEST) return (<usize>1) << SMALLEST;
  const step = max<usize>(SMALLEST, 29 - <usize>clz(<u32>(bytes - 1)));
  return (((bytes - 1) >> step) + 1) << step;
}

/** Head of the list of free blocks of `size` bytes and a line. */
function listOf(size: usize): usize {
  const log = 31 - <usize>clz(<u32>size);
  return free + (log << 4) + (((size >> (log - 2)) & 3) << 2);
}

/** A block of `sizeFor(bytes)` bytes and a line, 64-aligned, with whatever was in it. */
export function take(bytes: usize): usize {
  const size = sizeFor(bytes) + LINE;
  const list = listOf(size - LINE);
  held += size;
  const head = <usize>load<u32>(list);
  if (head != 0) {
    store<u32>(list, load<u32>(head));
    return head;
  }
  if (top == 0) top = (__heap_base + 63) & ~(<usize>63);
  const block = top;
  const end = top + size;
  const pages = <i32>memory.size();
  const needed = <i32>((end + 0xffff) >>> 16);
  if (needed > pages) {
    // Doubling, and by 4 MB at least, keeps the number of growths small (each costs the engine about a millisecond; pages
    // that nobody touches cost nothing); the engine may refuse that and still give less.
    const generous = max(needed - pages, max(pages, 64));
    if (memory.grow(generous) < 0 && memory.grow(needed - pages) < 0) unreachable();
  }
  top = end;
  return block;
}

/** Gives back a block of `sizeFor(bytes)` bytes and a line. */
export function give(block: usize, bytes: usize): void {
  if (block == 0) return;
  const size = sizeFor(bytes) + LINE;
  const list = listOf(size - LINE);
  held -= size;
  store<u32>(block, load<u32>(list));
  store<u32>(list, <u32>block);
}

/** A block of `sizeFor(to)` bytes with the first `used` bytes of the old one, which is given back. */
export function regrow(block: usize, from: usize, used: usize, to: usize): usize {
  const bigger = take(to);
  if (block != 0) {
    memory.copy(bigger, block, used);
    give(block, from);
  }
  return bigger;
}

/** Bytes of blocks that are in use now. */
export function bytesHeld(): usize {
  return held;
}
