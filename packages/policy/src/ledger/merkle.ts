import { sha256 } from './sha256.ts';

/**
 * Merkle trees as in RFC 6962, 2.1: leaves and nodes are told apart by their first byte, and a tree of any size has one
 * shape, so that what was proved of it once stays proved when it grows.
 */

function join(prefix: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 1));
  all[0] = prefix;
  let place = 1;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}

/** Hash of a leaf's bytes. */
export const leafHash = (bytes: Uint8Array): Uint8Array => sha256(join(0, bytes));

const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(join(1, left, right));

/** Leaves that a tree can have: sizes are counted in 32 bits. */
const MOST_LEAVES = 2 ** 31;

/** Largest power of two that is not above `n`, as its exponent; n is at least 1. */
const log2 = (n: number): number => 31 - Math.clz32(n);

/** Leaves on the left of a tree of `n`: the largest power of two below n, which is at least 2. */
const leftOf = (n: number): number => 2 ** log2(n - 1);

/**
 * A tree that grows leaf by leaf. Each whole subtree is hashed once, when its last leaf comes, and kept (as many hashes again
 * as there are leaves); a root or a path of any earlier size then takes a few dozen hashes, however many leaves there are.
 */
export class MerkleTree {
  /** `levels[k][i]`: root over the 2^k leaves from i · 2^k. */
  private readonly levels: Uint8Array[][] = [[]];

  get size(): number {
    return this.levels[0]!.length;
  }

  /** Add the hash of a leaf. */
  push(leaf: Uint8Array): void {
    let hash = leaf;
    for (let k = 0; ; k++) {
      const level = (this.levels[k] ??= []);
      level.push(hash);
      if (level.length % 2 === 1) return;
      hash = nodeHash(level.at(-2)!, hash);
    }
  }

  /** Root over the first `size` leaves; of the empty tree, the hash of nothing. */
  root(size: number = this.size): Uint8Array {
    return size === 0 ? sha256(new Uint8Array(0)) : this.over(0, size);
  }

  /** Hashes beside the way from leaf `index` to the root over the first `size` leaves, nearest first. */
  path(index: number, size: number = this.size): readonly Uint8Array[] {
    const beside: Uint8Array[] = [];
    let start = 0;
    let end = size;
    while (end - start > 1) {
      const middle = start + leftOf(end - start);
      beside.push(index < middle ? this.over(middle, end) : this.over(start, middle));
      if (index < middle) end = middle;
      else start = middle;
    }
    return beside.reverse();
  }

  /** Root over the leaves from `start` to `end`; `start` is where a subtree begins that holds as many. */
  private over(start: number, end: number): Uint8Array {
    const size = end - start;
    if ((size & (size - 1)) === 0) return this.levels[log2(size)]![start / size]!;
    const middle = start + leftOf(size);
    return nodeHash(this.over(start, middle), this.over(middle, end));
  }
}

/** Root that a leaf and its path lead to; null where the path does not fit a tree of this size. */
export function climb(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | null {
  if (!(index >= 0 && index < size && size <= MOST_LEAVES)) return null;
  const walk = (at: number, of: number, depth: number): Uint8Array | null => {
    if (of === 1) return depth === 0 ? leaf : null;
    const beside = path[depth - 1];
    if (beside === undefined) return null;
    const k = leftOf(of);
    const under = at < k ? walk(at, k, depth - 1) : walk(at - k, of - k, depth - 1);
    if (under === null) return null;
    return at < k ? nodeHash(under, beside) : nodeHash(beside, under);
  };
  return walk(index, size, path.length);
}
