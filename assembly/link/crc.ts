// CRC-16/EN-13757: polynomial 3D65, initial value 0, no reflection, final complement (EN 13757-4 11.5).
// Eight tables let eight bytes go in one step; they are computed once, when the module starts. The firmware build has
// memory for one table, and goes byte by byte.

const STEP: u32 = ASC_LOW_MEMORY_LIMIT == 0 ? 8 : 1;
const TABLES: usize = memory.data(ASC_LOW_MEMORY_LIMIT == 0 ? 8 * 256 * 2 : 256 * 2);

export function initCrc(): void {
  for (let i: u32 = 0; i < 256; i++) {
    let crc = i << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x3d65 : crc << 1;
    store<u16>(TABLES + (i << 1), <u16>crc);
  }
  for (let t: u32 = 1; t < STEP; t++)
    for (let i: u32 = 0; i < 256; i++) {
      const before: u32 = load<u16>(TABLES + (((t - 1) << 9) + (i << 1)));
      const next = (before << 8) ^ load<u16>(TABLES + ((before >> 8) << 1));
      store<u16>(TABLES + ((t << 9) + (i << 1)), <u16>next);
    }
}

/** CRC of the bytes from `at` up to `end`. */
export function crc16(at: usize, end: usize): u32 {
  let crc: u32 = 0;
  if (STEP == 8)
    while (at + 8 <= end) {
      const bytes = load<u64>(at);
      const low = <u32>bytes ^ <u32>bswap<u16>(<u16>crc);
      const high = <u32>(bytes >> 32);
      crc =
        <u32>load<u16>(TABLES + ((low & 0xff) << 1), 7 << 9) ^
        <u32>load<u16>(TABLES + (((low >> 8) & 0xff) << 1), 6 << 9) ^
        <u32>load<u16>(TABLES + (((low >> 16) & 0xff) << 1), 5 << 9) ^
        <u32>load<u16>(TABLES + ((low >> 24) << 1), 4 << 9) ^
        <u32>load<u16>(TABLES + ((high & 0xff) << 1), 3 << 9) ^
        <u32>load<u16>(TABLES + (((high >> 8) & 0xff) << 1), 2 << 9) ^
        <u32>load<u16>(TABLES + (((high >> 16) & 0xff) << 1), 1 << 9) ^
        <u32>load<u16>(TABLES + ((high >> 24) << 1));
      at += 8;
    }
  while (at < end) {
    crc = ((crc << 8) & 0xffff) ^ <u32>load<u16>(TABLES + (((crc >> 8) ^ <u32>load<u8>(at)) << 1));
    at++;
  }
  return ~crc & 0xffff;
}

/** Whether the two bytes at `end`, most significant first, are the CRC of what stands from `at` up to `end`. */
export function crcFits(at: usize, end: usize): bool {
  return crc16(at, end) == <u32>bswap<u16>(load<u16>(end));
}
