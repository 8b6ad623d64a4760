// AES-128 without tables, in plain 64-bit integers: what the firmware build uses. Eight bytes go at once, one in each byte
// of a word. The S-box is computed, x^254 in GF(2^8) and an affine map (FIPS 197 5.1.1), so neither addresses nor branches
// depend on key or data. It costs about 1700 instructions a round; tables would cost 150.

const ONES: u64 = 0x0101010101010101;

/** Bytes of 1 become FF, bytes of 0 stay. Without a multiplication: some small processors take longer for some factors. */
function spread(bits: u64): u64 {
  return (bits << 8) - bits;
}

/** FF in each byte of `x` that has bit `n`. */
function bytesWith(x: u64, n: u64): u64 {
  return spread((x >> n) & ONES);
}

function times2(x: u64): u64 {
  return ((x & 0x7f7f7f7f7f7f7f7f) << 1) ^ (bytesWith(x, 7) & 0x1b1b1b1b1b1b1b1b);
}

function product(a: u64, b: u64): u64 {
  let sum: u64 = a & bytesWith(b, 0);
  for (let n: u64 = 1; n < 8; n++) {
    a = times2(a);
    sum ^= a & bytesWith(b, n);
  }
  return sum;
}

/** Squaring is linear: the sum of the squares of the bits, 2^(2n). */
function square(x: u64): u64 {
  return (
    (bytesWith(x, 0) & ONES) ^
    (bytesWith(x, 1) & 0x0404040404040404) ^
    (bytesWith(x, 2) & 0x1010101010101010) ^
    (bytesWith(x, 3) & 0x4040404040404040) ^
    (bytesWith(x, 4) & 0x1b1b1b1b1b1b1b1b) ^
    (bytesWith(x, 5) & 0x6c6c6c6c6c6c6c6c) ^
    (bytesWith(x, 6) & 0xabababababababab) ^
    (bytesWith(x, 7) & 0x9a9a9a9a9a9a9a9a)
  );
}

/** x^254: the inverse, and 0 for 0. */
function inverse(x: u64): u64 {
  const x2 = square(x);
  const x3 = product(x2, x);
  const x12 = square(square(x3));
  const x15 = product(x12, x3);
  const x240 = square(square(square(square(x15))));
  return product(product(x240, x12), x2);
}

/** Every byte rotated to the left; `low` has the `n` lowest bits of each byte. */
function turned(x: u64, n: u64, low: u64): u64 {
  return ((x << n) & ~low) | ((x >> (8 - n)) & low);
}

function substitute(x: u64): u64 {
  const y = inverse(x);
  return (
    y ^
    turned(y, 1, ONES) ^
    turned(y, 2, 0x0303030303030303) ^
    turned(y, 3, 0x0707070707070707) ^
    turned(y, 4, 0x0f0f0f0f0f0f0f0f) ^
    0x6363636363636363
  );
}

function unsubstitute(x: u64): u64 {
  return inverse(
    turned(x, 1, ONES) ^
      turned(x, 3, 0x0707070707070707) ^
      turned(x, 6, 0x3f3f3f3f3f3f3f3f) ^
      0x0505050505050505,
  );
}

function doubledWord(w: u32): u32 {
  const carry = (w >> 7) & 0x01010101;
  return ((w & 0x7f7f7f7f) << 1) ^ (((carry << 8) - carry) & 0x1b1b1b1b);
}

function turnedWord(w: u32, n: u32): u32 {
  return (w << n) | (w >> (32 - n));
}

function mixedWord(w: u32): u32 {
  const next = turnedWord(w, 24);
  return doubledWord(w ^ next) ^ next ^ turnedWord(w, 16) ^ turnedWord(w, 8);
}

/** InvMixColumns of a column: MixColumns after adding 4·(x + opposite) to each byte. */
export function unmixedWord(w: u32): u32 {
  return mixedWord(w ^ doubledWord(doubledWord(w ^ turnedWord(w, 16))));
}

export function substitutedBytes(w: u32): u32 {
  return <u32>substitute(w);
}

/** Rows 0 to 3 of four columns. */
function rows(a: u64, b: u64, c: u64, d: u64): u32 {
  return <u32>((a & 0xff) | (b & 0xff00) | (c & 0xff0000) | (d & 0xff000000));
}

/** One block with the eleven round keys at `keys`. */
export function encryptPortable(from: usize, to: usize, keys: usize): void {
  let ab = load<u64>(from) ^ load<u64>(keys);
  let cd = load<u64>(from, 8) ^ load<u64>(keys, 8);
  for (let round: usize = 16; ; round += 16) {
    ab = substitute(ab);
    cd = substitute(cd);
    const a = rows(ab, ab >> 32, cd, cd >> 32);
    const b = rows(ab >> 32, cd, cd >> 32, ab);
    const c = rows(cd, cd >> 32, ab, ab >> 32);
    const d = rows(cd >> 32, ab, ab >> 32, cd);
    const last = round == 160;
    ab = <u64>(last ? a : mixedWord(a)) | ((<u64>(last ? b : mixedWord(b))) << 32);
    cd = <u64>(last ? c : mixedWord(c)) | ((<u64>(last ? d : mixedWord(d))) << 32);
    ab ^= load<u64>(keys + round);
    cd ^= load<u64>(keys + round, 8);
    if (last) break;
  }
  store<u64>(to, ab);
  store<u64>(to, cd, 8);
}

/** One block with the round keys of the equivalent inverse cipher (FIPS 197 5.3.5) at `keys`. */
export function decryptPortable(from: usize, to: usize, keys: usize): void {
  let ab = load<u64>(from) ^ load<u64>(keys, 160);
  let cd = load<u64>(from, 8) ^ load<u64>(keys, 168);
  for (let round: usize = 144; ; round -= 16) {
    ab = unsubstitute(ab);
    cd = unsubstitute(cd);
    const a = rows(ab, cd >> 32, cd, ab >> 32);
    const b = rows(ab >> 32, ab, cd >> 32, cd);
    const c = rows(cd, ab >> 32, ab, cd >> 32);
    const d = rows(cd >> 32, cd, ab >> 32, ab);
    const last = round == 0;
    ab = <u64>(last ? a : unmixedWord(a)) | ((<u64>(last ? b : unmixedWord(b))) << 32);
    cd = <u64>(last ? c : unmixedWord(c)) | ((<u64>(last ? d : unmixedWord(d))) << 32);
    ab ^= load<u64>(keys + round);
    cd ^= load<u64>(keys + round, 8);
    if (last) break;
  }
  store<u64>(to, ab);
  store<u64>(to, cd, 8);
}
