/** Spreads the bits of a number over 32. */
function mixed(number: number): number {
  let hash = Math.imul(number ^ (number >>> 16), 0x45d9f3b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * A number of 32 bits that is the same for all telegrams that name the same meter: by the link layer's address by radio; on
 * a wire by the secondary address where the header holds it, otherwise by the primary one. What names none has 0.
 */
export function meterHash(bytes: Uint8Array, start: number, end: number): number {
  const at = (offset: number): number => bytes[start + offset] as number;
  const four = (offset: number): number =>
    at(offset) | (at(offset + 1) << 8) | (at(offset + 2) << 16) | (at(offset + 3) << 24);
  const length = end - start;
  if (length >= 7 && at(0) === 0x68 && at(3) === 0x68 && at(1) === at(2)) {
    const ci = at(6);
    const long = (ci === 0x72 || ci === 0x76) && length >= 15;
    return mixed(long ? mixed(four(7)) ^ four(11) : at(5));
  }
  // L C M(2) A(6): the same place in format A, in format B, and without CRCs.
  return length >= 10 ? mixed(mixed(four(2)) ^ four(6)) : 0;
}
