// DES (FIPS 46-3) with CBC (FIPS 81), deciphering only: what the deprecated security modes 2 and 3 need. Every S-box is
// read whole and the wanted entry is picked out by masks; where bits go is public. So no address, no branch and no shift
// depends on key or data, in every build. It costs about 10 000 instructions a block; nobody should begin to use DES.

/** Where each bit of a result comes from, counted from 1, the most significant (FIPS 46-3). */
const INITIAL: usize = memory.data<u8>([
  58, 50, 42, 34, 26, 18, 10, 2, 60, 52, 44, 36, 28, 20, 12, 4, 62, 54, 46, 38, 30, 22, 14, 6, 64,
  56, 48, 40, 32, 24, 16, 8, 57, 49, 41, 33, 25, 17, 9, 1, 59, 51, 43, 35, 27, 19, 11, 3, 61, 53,
  45, 37, 29, 21, 13, 5, 63, 55, 47, 39, 31, 23, 15, 7,
]);
const PERMUTATION: usize = memory.data<u8>([
  16, 7, 20, 21, 29, 12, 28, 17, 1, 15, 23, 26, 5, 18, 31, 10, 2, 8, 24, 14, 32, 27, 3, 9, 19, 13,
  30, 6, 22, 11, 4, 25,
]);
const CHOICE_1: usize = memory.data<u8>([
  57, 49, 41, 33, 25, 17, 9, 1, 58, 50, 42, 34, 26, 18, 10, 2, 59, 51, 43, 35, 27, 19, 11, 3, 60,
  52, 44, 36, 63, 55, 47, 39, 31, 23, 15, 7, 62, 54, 46, 38, 30, 22, 14, 6, 61, 53, 45, 37, 29, 21,
  13, 5, 28, 20, 12, 4,
]);
const CHOICE_2: usize = memory.data<u8>([
  14, 17, 11, 24, 1, 5, 3, 28, 15, 6, 21, 10, 23, 19, 12, 4, 26, 8, 16, 7, 27, 20, 13, 2, 41, 52,
  31, 37, 47, 55, 30, 40, 51, 45, 33, 48, 44, 49, 39, 56, 34, 53, 46, 42, 50, 36, 29, 32,
]);
/** S1 to S8: four rows each, of sixteen entries of four bits, column 0 the most significant. */
const BOXES: usize = memory.data<u64>([
  0xe4d12fb83a6c5907, 0x0f74e2d1a6cb9538, 0x41e8d62bfc973a50, 0xfc8249175b3ea06d,
  0xf18e6b34972dc05a, 0x3d47f28ec01a69b5, 0x0e7ba4d158c6932f, 0xd8a13f42b67c05e9,
  0xa09e63f51dc7b428, 0xd709346a285ecbf1, 0xd6498f30b12c5ae7, 0x1ad069874fe3b52c,
  0x7de3069a1285bc4f, 0xd8b56f03472c1ae9, 0xa690cb7df13e5284, 0x3f06a1d8945bc72e,
  0x2c417ab6853fd0e9, 0xeb2c47d150fa3986, 0x421bad78f9c5630e, 0xb8c71e2d6f09a453,
  0xc1af92680d34e75b, 0xaf427c9561de0b38, 0x9ef528c3704a1db6, 0x432c95fabe17608d,
  0x4b2ef08d3c975a61, 0xd0b7491ae35c2f86, 0x14bdc37eaf680592, 0x6bd814a7950fe23c,
  0xd2846fb1a93e50c7, 0x1fd8a374c56b0e92, 0x7b419ce206adf358, 0x21e74a8dfc90356b,
]);
/** Rounds before which the halves of the key turn by one place; before the others by two. */
const ONE_PLACE: u32 = 0b1000_0001_0000_0011;

const ROUND_KEYS: usize = memory.data(128);

/** `count` bits of `x`, whose first bit is the most significant of the 64, in the order of a table. */
function permuted(x: u64, table: usize, count: usize): u64 {
  let out: u64 = 0;
  for (let i: usize = 0; i < count; i++) out = (out << 1) | ((x >> (64 - load<u8>(table + i))) & 1);
  return out;
}

/** What {@link permuted} by INITIAL undoes: bit i goes where the table says. */
function restored(x: u64): u64 {
  let out: u64 = 0;
  for (let i: usize = 0; i < 64; i++) out |= ((x >> (63 - i)) & 1) << (64 - load<u8>(INITIAL + i));
  return out;
}

/** All ones where the lowest bit is one, else zero. */
function mask(bit: u32): u64 {
  return 0 - <u64>(bit & 1);
}

/** `b` where the mask has ones, else `a`. */
function chosen(a: u64, b: u64, by: u64): u64 {
  return a ^ ((a ^ b) & by);
}

/** The cipher function f of a round (FIPS 46-3): expansion by turning, S-boxes, permutation P. */
function mixed(half: u32, key: u64): u32 {
  let out: u32 = 0;
  for (let i: u32 = 0; i < 8; i++) {
    const six = rotl<u32>(half, 5 + 4 * i) ^ <u32>(key >> (42 - 6 * i));
    const box = BOXES + ((<usize>i) << 5);
    const low = mask(six);
    // The outer bits choose the row, the four between them the column, half by half.
    let row = chosen(
      chosen(load<u64>(box), load<u64>(box, 8), low),
      chosen(load<u64>(box, 16), load<u64>(box, 24), low),
      mask(six >> 5),
    );
    row = chosen(row >> 32, row, mask(six >> 4));
    row = chosen(row >> 16, row, mask(six >> 3));
    row = chosen(row >> 8, row, mask(six >> 2));
    row = chosen(row >> 4, row, mask(six >> 1));
    out = (out << 4) | (<u32>row & 15);
  }
  return <u32>permuted((<u64>out) << 32, PERMUTATION, 32);
}

let keyed: bool = false;

/** Expands the 8 bytes at `key`; their parity bits are not looked at. */
export function setDesKey(key: usize): void {
  keyed = true;
  const halves = permuted(bswap<u64>(load<u64>(key)), CHOICE_1, 56);
  let c = <u32>(halves >> 28);
  let d = <u32>halves & 0x0fffffff;
  for (let round: usize = 0; round < 16; round++) {
    const by: u32 = 2 - ((ONE_PLACE >> <u32>round) & 1);
    c = ((c << by) | (c >> (28 - by))) & 0x0fffffff;
    d = ((d << by) | (d >> (28 - by))) & 0x0fffffff;
    const both = ((<u64>c) << 36) | ((<u64>d) << 8);
    store<u64>(ROUND_KEYS + (round << 3), permuted(both, CHOICE_2, 48));
  }
}

/** One block: the round keys backwards decipher. */
export function decipherDes(block: u64): u64 {
  const start = permuted(block, INITIAL, 64);
  let left = <u32>(start >> 32);
  let right = <u32>start;
  for (let at: usize = 128; at > 0; at -= 8) {
    const next = left ^ mixed(right, load<u64>(ROUND_KEYS + at - 8));
    left = right;
    right = next;
  }
  return restored(((<u64>right) << 32) | <u64>left);
}

/** CBC over `length` bytes in place, a multiple of 8; `iv` is 8 bytes outside them. */
export function decipherDesCbc(at: usize, length: usize, iv: usize): void {
  let chain = load<u64>(iv);
  for (const end = at + length; at < end; at += 8) {
    const cipher = load<u64>(at);
    store<u64>(at, bswap<u64>(decipherDes(bswap<u64>(cipher))) ^ chain);
    chain = cipher;
  }
}

/** Forgets the expanded key. */
export function wipeDesKey(): void {
  if (keyed) memory.fill(ROUND_KEYS, 0, 128);
  keyed = false;
}
