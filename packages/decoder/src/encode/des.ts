// DES (FIPS 46-3) with CBC (FIPS 81), for the security modes 2 and 3 that old meters still send. Written for clearness: a
// bit is an array element. Nobody should protect anything with it.

const INITIAL = `58 50 42 34 26 18 10 2 60 52 44 36 28 20 12 4 62 54 46 38 30 22 14 6 64 56 48 40 32 24 16 8
  57 49 41 33 25 17 9 1 59 51 43 35 27 19 11 3 61 53 45 37 29 21 13 5 63 55 47 39 31 23 15 7`;
const FINAL = `40 8 48 16 56 24 64 32 39 7 47 15 55 23 63 31 38 6 46 14 54 22 62 30 37 5 45 13 53 21 61 29
  36 4 44 12 52 20 60 28 35 3 43 11 51 19 59 27 34 2 42 10 50 18 58 26 33 1 41 9 49 17 57 25`;
const EXPANSION = `32 1 2 3 4 5 4 5 6 7 8 9 8 9 10 11 12 13 12 13 14 15 16 17
  16 17 18 19 20 21 20 21 22 23 24 25 24 25 26 27 28 29 28 29 30 31 32 1`;
const PERMUTATION = `16 7 20 21 29 12 28 17 1 15 23 26 5 18 31 10
  2 8 24 14 32 27 3 9 19 13 30 6 22 11 4 25`;
const CHOICE_1 = `57 49 41 33 25 17 9 1 58 50 42 34 26 18 10 2 59 51 43 35 27 19 11 3 60 52 44 36
  63 55 47 39 31 23 15 7 62 54 46 38 30 22 14 6 61 53 45 37 29 21 13 5 28 20 12 4`;
const CHOICE_2 = `14 17 11 24 1 5 3 28 15 6 21 10 23 19 12 4 26 8 16 7 27 20 13 2
  41 52 31 37 47 55 30 40 51 45 33 48 44 49 39 56 34 53 46 42 50 36 29 32`;
const ROTATIONS = '1 1 2 2 2 2 2 2 1 2 2 2 2 2 2 1';
/** Four rows of sixteen hexadecimal digits each. */
const BOXES = [
  'e4d12fb83a6c5907 0f74e2d1a6cb9538 41e8d62bfc973a50 fc8249175b3ea06d',
  'f18e6b34972dc05a 3d47f28ec01a69b5 0e7ba4d158c6932f d8a13f42b67c05e9',
  'a09e63f51dc7b428 d709346a285ecbf1 d6498f30b12c5ae7 1ad069874fe3b52c',
  '7de3069a1285bc4f d8b56f03472c1ae9 a690cb7df13e5284 3f06a1d8945bc72e',
  '2c417ab6853fd0e9 eb2c47d150fa3986 421bad78f9c5630e b8c71e2d6f09a453',
  'c1af92680d34e75b af427c9561de0b38 9ef528c3704a1db6 432c95fabe17608d',
  '4b2ef08d3c975a61 d0b7491ae35c2f86 14bdc37eaf680592 6bd814a7950fe23c',
  'd2846fb1a93e50c7 1fd8a374c56b0e92 7b419ce206adf358 21e74a8dfc90356b',
];

type Bits = readonly number[];

function positions(text: string): number[] {
  return text.split(/\s+/).map((n) => Number(n) - 1);
}

function pick(bits: Bits, order: readonly number[]): number[] {
  return order.map((i) => bits[i]!);
}

function toBits(bytes: Uint8Array): number[] {
  return [...bytes].flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => (byte >> bit) & 1));
}

function xor(a: Bits, b: Bits): number[] {
  return a.map((bit, i) => bit ^ b[i]!);
}

/** Sixteen round keys of 48 bits. */
export type DesKey = readonly Bits[];

/** Expand a key of 8 bytes; its parity bits are not looked at. */
export function desKey(key: Uint8Array): DesKey {
  if (key.length !== 8) throw new RangeError('a DES key has 8 bytes');
  let halves = pick(toBits(key), positions(CHOICE_1));
  const second = positions(CHOICE_2);
  return ROTATIONS.split(' ').map((n) => {
    const by = Number(n);
    const c = halves.slice(0, 28);
    const d = halves.slice(28);
    halves = [...c.slice(by), ...c.slice(0, by), ...d.slice(by), ...d.slice(0, by)];
    return pick(halves, second);
  });
}

function substitute(bits: Bits): number[] {
  return BOXES.flatMap((box, i) => {
    const six = bits.slice(6 * i, 6 * i + 6);
    const row = six[0]! * 2 + six[5]!;
    const column = six[1]! * 8 + six[2]! * 4 + six[3]! * 2 + six[4]!;
    const out = Number.parseInt(box[17 * row + column]!, 16);
    return [(out >> 3) & 1, (out >> 2) & 1, (out >> 1) & 1, out & 1];
  });
}

/** One block of 8 bytes through the cipher; the round keys backwards decrypt. */
export function desBlock(key: DesKey, block: Uint8Array): Uint8Array {
  const bits = pick(toBits(block), positions(INITIAL));
  const expansion = positions(EXPANSION);
  const permutation = positions(PERMUTATION);
  let left = bits.slice(0, 32);
  let right = bits.slice(32);
  for (const round of key) {
    const mixed = pick(substitute(xor(pick(right, expansion), round)), permutation);
    [left, right] = [right, xor(left, mixed)];
  }
  const out = pick([...right, ...left], positions(FINAL));
  return Uint8Array.from({ length: 8 }, (_, i) =>
    out.slice(8 * i, 8 * i + 8).reduce((byte, bit) => byte * 2 + bit, 0),
  );
}

/** A new array: `bytes`, a multiple of 8, encrypted with CBC. */
export function encryptDesCbc(key: DesKey, iv: Uint8Array, bytes: Uint8Array): Uint8Array {
  const out = bytes.slice();
  let previous = iv;
  for (let at = 0; at < out.length; at += 8) {
    const block = out.subarray(at, at + 8);
    block.forEach((byte, i) => (block[i] = byte ^ previous[i]!));
    block.set(desBlock(key, block));
    previous = block;
  }
  return out;
}
