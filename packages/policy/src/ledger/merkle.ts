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

/** Largest power of two below `n`; n is at least 2. */
const split = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));

/** Root over the leaf hashes from `start` to `end`. */
export function rootOf(
  leaves: readonly Uint8Array[],
  start = 0,
  end: number = leaves.length,
): Uint8Array {
  const size = end - start;
  if (size === 0) return sha256(new Uint8Array(0));
  if (size === 1) return leaves[start]!;
  const k = split(size);
  return nodeHash(rootOf(leaves, start, start + k), rootOf(leaves, start + k, end));
}

/** Hashes beside the way from leaf `index` to the root, nearest first. */
export function pathOf(
  leaves: readonly Uint8Array[],
  index: number,
  start = 0,
  end: number = leaves.length,
): readonly Uint8Array[] {
  const size = end - start;
  if (size === 1) return [];
  const k = split(size);
  return index < k
    ? [...pathOf(leaves, index, start, start + k), rootOf(leaves, start + k, end)]
    : [...pathOf(leaves, index - k, start + k, end), rootOf(leaves, start, start + k)];
}

/** Root that a leaf and its path lead to; null where the path does not fit a tree of this size. */
export function climb(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | null {
  if (index < 0 || index >= size) return null;
  const walk = (at: number, of: number, depth: number): Uint8Array | null => {
    if (of === 1) return depth === 0 ? leaf : null;
    const beside = path[depth - 1];
    if (beside === undefined) return null;
    const k = split(of);
    const below = at < k ? walk(at, k, depth - 1) : walk(at - k, of - k, depth - 1);
    if (below === null) return null;
    return at < k ? nodeHash(below, beside) : nodeHash(beside, below);
  };
  return walk(index, size, path.length);
}
