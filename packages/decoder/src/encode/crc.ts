// CRC-16/EN-13757 (EN 13757-4 clause 10, FT3 of IEC 60870-5-1): polynomial 3D65h, start 0, not reflected, complement at
// the end. The check value over "123456789" is C2B7h.

const POLYNOMIAL = 0x3d65;

let table: Uint16Array | null = null;

function crcTable(): Uint16Array {
  if (table !== null) return table;
  table = new Uint16Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte << 8;
    for (let bit = 0; bit < 8; bit++)
      crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
    table[byte] = crc & 0xffff;
  }
  return table;
}

/**
 * CRC-16/EN-13757 of `bytes[start .. end)`. The link layer sends it high byte first, the extended link layer and the
 * signatures of compact frames low byte first.
 *
 * @example crc16(new TextEncoder().encode('123456789')) // 0xc2b7
 */
export function crc16(bytes: Uint8Array, start: number = 0, end: number = bytes.length): number {
  const rows = crcTable();
  let crc = 0;
  for (let i = start; i < end; i++) {
    crc = ((crc << 8) ^ rows[(crc >>> 8) ^ bytes[i]!]!) & 0xffff;
  }
  return ~crc & 0xffff;
}
