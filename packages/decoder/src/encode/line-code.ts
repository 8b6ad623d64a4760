// What stands between a frame and the radio: 3-of-6 symbols of mode T, the preamble of mode C.

import { join } from './octets.ts';

/** One symbol of six chips for each half byte, three of them set. EN 13757-4, mode T, meter to other. */
const SYMBOLS = [
  0b010110, 0b001101, 0b001110, 0b001011, 0b011100, 0b011001, 0b011010, 0b010011, 0b101100,
  0b100101, 0b100110, 0b100011, 0b110100, 0b110001, 0b110010, 0b101001,
];

/**
 * Bytes as 3-of-6 symbols, high half first, packed into bytes; an odd number of half symbols is filled up with the
 * postamble's chips 0101.
 *
 * @example threeOfSix(Uint8Array.of(0x0f)) // 0x5a, 0x95
 */
export function threeOfSix(bytes: Uint8Array): Uint8Array {
  const chips = new Uint8Array(Math.ceil((bytes.length * 12) / 8));
  let at = 0;
  let held = 0;
  let count = 0;
  for (const byte of bytes) {
    held = (held << 12) | (SYMBOLS[byte >> 4]! << 6) | SYMBOLS[byte & 15]!;
    for (count += 12; count >= 8; count -= 8) chips[at++] = held >> (count - 8);
    held &= (1 << count) - 1;
  }
  if (count > 0) chips[at] = (held << (8 - count)) | (0b01010101 >> count);
  return chips;
}

/** A frame of format A or B behind the synchronisation word of mode C that tells which: 54 3D 54 CD, 54 3D 54 3D. */
export function modeC(format: 'A' | 'B', frame: Uint8Array): Uint8Array {
  return join(Uint8Array.of(0x54, 0x3d, 0x54, format === 'A' ? 0xcd : 0x3d), frame);
}
