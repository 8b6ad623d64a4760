// The little of ASN.1's distinguished encoding (ITU-T X.690) that a certificate needs.

function tagged(tag: number, content: Uint8Array): Buffer {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}

export function list(...items: readonly Uint8Array[]): Buffer {
  return tagged(0x30, Buffer.concat(items));
}

export function set(...items: readonly Uint8Array[]): Buffer {
  return tagged(0x31, Buffer.concat(items));
}

export function boolean(value: boolean): Buffer {
  return tagged(0x01, Buffer.of(value ? 0xff : 0));
}

/** A non-negative whole number given as its bytes, the highest bit of the first clear. */
export function integer(bytes: Uint8Array): Buffer {
  return tagged(0x02, bytes);
}

export function bits(bytes: Uint8Array, unused: number): Buffer {
  return tagged(0x03, Buffer.concat([Buffer.of(unused), bytes]));
}

export function octets(bytes: Uint8Array): Buffer {
  return tagged(0x04, bytes);
}

export function text(value: string): Buffer {
  return tagged(0x0c, Buffer.from(value, 'utf8'));
}

/** UTCTime, good until 2049 (RFC 5280 §4.1.2.5.1). */
export function time(ms: number): Buffer {
  const stamp = new Date(ms).toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${stamp}Z`, 'latin1'));
}

export function context(number: number, content: Uint8Array, constructed = false): Buffer {
  return tagged(0x80 | (constructed ? 0x20 : 0) | number, content);
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let high = Math.floor(part / 128); high > 0; high = Math.floor(high / 128))
      groups.unshift((high & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}
