// AES-128 (FIPS 197), encryption direction, with CBC and CTR (NIST SP 800-38A). Building telegrams needs no other
// direction. Table look-ups depend on the key, so the time does too: this is for making telegrams, not for guarding keys
// against somebody who measures. The decoder's own AES lives in the WebAssembly module.

/** Round keys: 11 times 4 words, most significant byte first. */
export type AesKey = Uint32Array;

interface Tables {
  readonly sbox: Uint8Array;
  /** SubBytes, ShiftRows and MixColumns of one byte as one column, for the first row. */
  readonly columns: Uint32Array;
}

let tables: Tables | null = null;

function double(x: number): number {
  return ((x << 1) ^ ((x >>> 7) * 0x11b)) & 0xff;
}

function aesTables(): Tables {
  if (tables !== null) return tables;
  const sbox = new Uint8Array(256);
  const columns = new Uint32Array(256);
  // Walk the field's 255 units: p by the generator 3, q by its inverse, so that q is always 1 / p.
  let p = 1;
  let q = 1;
  do {
    p ^= double(p);
    q ^= q << 1;
    q ^= q << 2;
    q ^= q << 4;
    q &= 0xff;
    if ((q & 0x80) !== 0) q ^= 0x09;
    const spread = q ^ rotate8(q, 1) ^ rotate8(q, 2) ^ rotate8(q, 3) ^ rotate8(q, 4);
    sbox[p] = spread ^ 0x63;
  } while (p !== 1);
  sbox[0] = 0x63;
  for (let i = 0; i < 256; i++) {
    const s = sbox[i]!;
    const d = double(s);
    columns[i] = ((d << 24) | (s << 16) | (s << 8) | (d ^ s)) >>> 0;
  }
  tables = { sbox, columns };
  return tables;
}

function rotate8(x: number, by: number): number {
  return ((x << by) | (x >>> (8 - by))) & 0xff;
}

/** Expand a key of 16 bytes. A key that is used often is worth expanding once. */
export function aesKey(key: Uint8Array): AesKey {
  if (key.length !== 16) throw new RangeError('an AES-128 key has 16 bytes');
  const { sbox } = aesTables();
  const words = new Uint32Array(44);
  for (let i = 0; i < 4; i++) words[i] = word(key, 4 * i);
  let constant = 1;
  for (let i = 4; i < 44; i++) {
    let t = words[i - 1]!;
    if (i % 4 === 0) {
      t = (t << 8) | (t >>> 24);
      t =
        (sbox[t >>> 24]! << 24) |
        (sbox[(t >>> 16) & 0xff]! << 16) |
        (sbox[(t >>> 8) & 0xff]! << 8) |
        sbox[t & 0xff]!;
      t ^= constant << 24;
      constant = double(constant);
    }
    words[i] = words[i - 4]! ^ t;
  }
  return words;
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}

function rotate24(x: number): number {
  return (x >>> 8) | (x << 24);
}

/** Encrypt the block of 16 bytes at `at`, in place. */
export function encryptBlock(key: AesKey, bytes: Uint8Array, at: number = 0): void {
  const { sbox, columns } = aesTables();
  let a = word(bytes, at) ^ key[0]!;
  let b = word(bytes, at + 4) ^ key[1]!;
  let c = word(bytes, at + 8) ^ key[2]!;
  let d = word(bytes, at + 12) ^ key[3]!;
  const round = (w: number, x: number, y: number, z: number, k: number): number => {
    let t = columns[z & 0xff]!;
    t = rotate24(t) ^ columns[(y >>> 8) & 0xff]!;
    t = rotate24(t) ^ columns[(x >>> 16) & 0xff]!;
    t = rotate24(t) ^ columns[w >>> 24]!;
    return t ^ k;
  };
  for (let r = 4; r < 40; r += 4) {
    const e = round(a, b, c, d, key[r]!);
    const f = round(b, c, d, a, key[r + 1]!);
    const g = round(c, d, a, b, key[r + 2]!);
    d = round(d, a, b, c, key[r + 3]!);
    a = e;
    b = f;
    c = g;
  }
  const last = (w: number, x: number, y: number, z: number, k: number, to: number): void => {
    const t =
      ((sbox[w >>> 24]! << 24) |
        (sbox[(x >>> 16) & 0xff]! << 16) |
        (sbox[(y >>> 8) & 0xff]! << 8) |
        sbox[z & 0xff]!) ^
      k;
    bytes[to] = t >>> 24;
    bytes[to + 1] = t >>> 16;
    bytes[to + 2] = t >>> 8;
    bytes[to + 3] = t;
  };
  last(a, b, c, d, key[40]!, at);
  last(b, c, d, a, key[41]!, at + 4);
  last(c, d, a, b, key[42]!, at + 8);
  last(d, a, b, c, key[43]!, at + 12);
}

/** Encrypt `bytes[start .. end)` in place with CBC; the length is a multiple of 16. */
export function encryptCbc(
  key: AesKey,
  iv: Uint8Array,
  bytes: Uint8Array,
  start: number = 0,
  end: number = bytes.length,
): void {
  let previous = iv;
  let from = 0;
  for (let at = start; at < end; at += 16) {
    for (let i = 0; i < 16; i++) bytes[at + i]! ^= previous[from + i]!;
    encryptBlock(key, bytes, at);
    previous = bytes;
    from = at;
  }
}

/** Encrypt or decrypt `bytes[start ..]` in place with CTR; `counter` is the first block, counted up as one big number. */
export function applyCtr(
  key: AesKey,
  counter: Uint8Array,
  bytes: Uint8Array,
  start: number = 0,
): void {
  const next = counter.slice();
  const stream = new Uint8Array(16);
  for (let at = start; at < bytes.length; at += 16) {
    stream.set(next);
    encryptBlock(key, stream);
    const end = Math.min(16, bytes.length - at);
    for (let i = 0; i < end; i++) bytes[at + i]! ^= stream[i]!;
    for (let i = 15; i >= 0; i--) {
      next[i] = (next[i]! + 1) & 0xff;
      if (next[i] !== 0) break;
    }
  }
}
