// AES-128 in the SIMD build: every byte's inverse in GF(2^8) is computed in GF(2^4), sixteen bytes at a time, from tables of
// sixteen entries that `i8x16.swizzle` looks up in a register, so neither addresses nor branches depend on key or data. The
// way is Hamburg's (Accelerating AES with Vector Permute Instructions, CHES 2009); scripts/generate-aes.mjs makes the tables
// from the definitions and says why they do it.
//
// Between rounds a block is split, as each round key is: i in the upper nibble of a byte, k in the lower. The constant of the
// S-box is in the round keys. What is loaded before a loop stays in a register; a constant would be made again for each use.
import {
  box,
  boxDoubled,
  boxSplit,
  columns,
  constant,
  joined,
  low,
  quotients,
  reciprocals,
  rounds,
  rows,
  split,
  turns,
  unbox,
  unbox11,
  unbox13,
  unbox14,
  unbox9,
  unmix11,
  unmix13,
  unmix14,
  unmix9,
  unrows,
  unsplit,
} from './generated/nibbles';

function upper(x: v128, mask: v128): v128 {
  return v128.and(i16x8.shr_u(x, 4), mask);
}

/** The sum of what the two rows of a table have for two indexes. */
function sum(table: usize, first: v128, second: v128): v128 {
  return v128.xor(
    i8x16.swizzle(v128.load(table), first),
    i8x16.swizzle(v128.load(table, 16), second),
  );
}

/** A linear map of every byte. */
function mapped(table: usize, x: v128, mask: v128): v128 {
  return sum(table, v128.and(x, mask), upper(x, mask));
}

/** What p is the reciprocal of, or q with i and j changed round; `quotient` is a/k. */
function denominator(i: v128, j: v128, quotient: v128, reciprocal: v128): v128 {
  const inner = v128.xor(i8x16.swizzle(reciprocal, i), quotient);
  return v128.xor(i8x16.swizzle(reciprocal, inner), j);
}

/** The third byte of each column in the place of the first, the fourth in that of the second, and the other way round. */
function opposite(x: v128): v128 {
  return i16x8.shuffle(x, x, 1, 0, 3, 2, 5, 4, 7, 6);
}

/** Encrypts a block with the round keys at `keys`, which {@link expandKey} made. */
export function encryptBlock(block: v128, keys: usize): v128 {
  const mask = v128.load(low());
  const reciprocal = v128.load(reciprocals());
  const quotient = v128.load(quotients());
  const shifted = v128.load(rows());
  const next = v128.load(turns());
  const last = v128.load(turns(), 16);
  const end = keys + 160;
  let x = v128.xor(mapped(split(), block, mask), v128.load(keys));
  while (true) {
    x = i8x16.swizzle(x, shifted);
    const k = v128.and(x, mask);
    const i = upper(x, mask);
    const j = v128.xor(i, k);
    const by = i8x16.swizzle(quotient, k);
    const p = denominator(i, j, by, reciprocal);
    const q = denominator(j, i, by, reciprocal);
    keys += 16;
    if (keys == end) return v128.xor(sum(box(), p, q), v128.load(keys));
    // MixColumns: 2·x + next, that of the next byte, and the last byte.
    const once = sum(boxSplit(), p, q);
    const mixed = v128.xor(sum(boxDoubled(), p, q), i8x16.swizzle(once, next));
    const others = v128.xor(i8x16.swizzle(mixed, next), i8x16.swizzle(once, last));
    x = v128.xor(v128.xor(mixed, v128.load(keys)), others);
  }
}

/** Decrypts a block with the round keys at `keys`, which {@link reverseKeys} made. */
export function decryptBlock(block: v128, keys: usize): v128 {
  const mask = v128.load(low());
  const reciprocal = v128.load(reciprocals());
  const quotient = v128.load(quotients());
  let at = keys + 160;
  let x = v128.xor(mapped(unsplit(), block, mask), v128.load(at));
  while (true) {
    const k = v128.and(x, mask);
    const i = upper(x, mask);
    const j = v128.xor(i, k);
    const by = i8x16.swizzle(quotient, k);
    const p = denominator(i, j, by, reciprocal);
    const q = denominator(j, i, by, reciprocal);
    at -= 16;
    if (at == keys)
      return v128.xor(i8x16.swizzle(sum(unbox(), p, q), v128.load(unrows())), v128.load(at));
    const first = i8x16.swizzle(sum(unbox14(), p, q), v128.load(unrows()));
    const second = i8x16.swizzle(sum(unbox11(), p, q), v128.load(unrows(), 16));
    const third = i8x16.swizzle(sum(unbox13(), p, q), v128.load(unrows(), 32));
    const fourth = i8x16.swizzle(sum(unbox9(), p, q), v128.load(unrows(), 48));
    x = v128.xor(v128.xor(first, second), v128.xor(v128.xor(third, v128.load(at)), fourth));
  }
}

/** Makes the eleven round keys for {@link encryptBlock}, 176 bytes: the first is without the constant, the last not split. */
export function expandKey(key: usize, keys: usize): void {
  const mask = v128.load(low());
  const reciprocal = v128.load(reciprocals());
  const quotient = v128.load(quotients());
  const turned = v128.load(columns());
  const second = v128.load(columns(), 16);
  const without = v128.load(constant());
  let x = mapped(split(), v128.load(key), mask);
  v128.store(keys, x);
  for (let round: usize = 0; round < 10; round++) {
    const column = i8x16.swizzle(x, turned);
    const k = v128.and(column, mask);
    const i = upper(column, mask);
    const j = v128.xor(i, k);
    const by = i8x16.swizzle(quotient, k);
    const p = denominator(i, j, by, reciprocal);
    const q = denominator(j, i, by, reciprocal);
    // Each column is the sum of those up to it, and of the substituted one.
    x = v128.xor(x, i64x2.shl(x, 32));
    x = v128.xor(x, i8x16.swizzle(x, second));
    x = v128.xor(x, i32x4.splat(load<u8>(rounds() + round)));
    x = v128.xor(x, sum(boxSplit(), p, q));
    keys += 16;
    v128.store(keys, x);
    x = v128.xor(x, without);
  }
  v128.store(keys, mapped(joined(), v128.load(keys), mask));
}

/** Makes of the round keys at `from` those of the equivalent inverse cipher (FIPS 197 5.3.5) for {@link decryptBlock}. */
export function reverseKeys(key: usize, from: usize, to: usize): void {
  const mask = v128.load(low());
  const next = v128.load(turns());
  v128.store(to, v128.load(key));
  for (let at: usize = 16; at < 160; at += 16) {
    const x = v128.load(from + at);
    const k = v128.and(x, mask);
    const i = upper(x, mask);
    const even = v128.xor(sum(unmix14(), k, i), opposite(sum(unmix13(), k, i)));
    const odd = v128.xor(sum(unmix11(), k, i), opposite(sum(unmix9(), k, i)));
    v128.store(to + at, v128.xor(even, i8x16.swizzle(odd, next)));
  }
  v128.store(to, mapped(unsplit(), v128.load(from, 160), mask), 160);
}
