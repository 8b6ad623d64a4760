/**
 * SHA-256 (FIPS 180-4), synchronous and without dependencies, so that a gateway or a television can keep a ledger:
 * WebCrypto is asynchronous and absent on insecure origins. It hashes public ledger bytes, never keys or passwords, so
 * constant time is no concern.
 */

const fraction = (root: number): number => (root - Math.floor(root)) * 2 ** 32;

/** FIPS 180-4, 4.2.2 and 5.3.3: first 32 bits of the fractional parts of roots of the first primes. */
function constants(): { readonly k: Int32Array; readonly start: Int32Array } {
  // With a sign, as bitwise operators make numbers of 32 bits: so they stay out of the heap.
  const k = new Int32Array(64);
  const start = new Int32Array(8);
  let found = 0;
  for (let n = 2; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
    if (!prime) continue;
    k[found] = fraction(Math.cbrt(n));
    if (found < 8) start[found] = fraction(Math.sqrt(n));
    found += 1;
  }
  return { k, start };
}

let tables: ReturnType<typeof constants> | null = null;

const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

/** Digest of bytes: 32 bytes. */
export function sha256(message: Uint8Array): Uint8Array {
  tables ??= constants();
  const { k, start } = tables;
  const h = start.slice();
  const w = new Int32Array(64);
  // 5.1.1: a one bit, zeros, and the length in bits as 64 bits.
  const blocks = Math.ceil((message.length + 9) / 64);
  const padded = new Uint8Array(blocks * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(padded.length - 4, message.length << 3);
  for (let block = 0; block < blocks; block++) {
    for (let t = 0; t < 16; t++) w[t] = view.getInt32(block * 64 + t * 4);
    for (let t = 16; t < 64; t++) {
      const a = w[t - 15]!;
      const b = w[t - 2]!;
      const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
      const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
      w[t] = (w[t - 16]! + s0 + w[t - 7]! + s1) | 0;
    }
    let a = h[0]!;
    let b = h[1]!;
    let c = h[2]!;
    let d = h[3]!;
    let e = h[4]!;
    let f = h[5]!;
    let g = h[6]!;
    let last = h[7]!;
    for (let t = 0; t < 64; t++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const choice = (e & f) ^ (~e & g);
      const t1 = (last + s1 + choice + k[t]! + w[t]!) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const majority = (a & b) ^ (a & c) ^ (b & c);
      last = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + s0 + majority) | 0;
    }
    h[0]! += a;
    h[1]! += b;
    h[2]! += c;
    h[3]! += d;
    h[4]! += e;
    h[5]! += f;
    h[6]! += g;
    h[7]! += last;
  }
  const digest = new Uint8Array(32);
  const out = new DataView(digest.buffer);
  for (let i = 0; i < 8; i++) out.setInt32(i * 4, h[i]!);
  return digest;
}

/** Bytes as lower-case hexadecimal digits. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (byte < 16 ? '0' : '') + byte.toString(16);
  return text;
}

/** Hexadecimal digits as bytes; null where the text is none. */
export function fromHex(text: string): Uint8Array | null {
  if (!/^([0-9a-f]{2})*$/.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i++)
    bytes[i] = Number.parseInt(text.slice(i * 2, i * 2 + 2), 16);
  return bytes;
}
