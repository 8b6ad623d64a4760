// Formats of compact frames (EN 13757-3:2018 annex G): the record headers of a full frame, DIF to VIFE, LVAR bytes left
// out, kept under their signature, the CRC over them. The cache is bounded; the format that came first gives way first.

/** signature(2) length(1) unused(1) headers. */
const SLOT: usize = 128;
const SLOTS: u32 = ASC_LOW_MEMORY_LIMIT == 0 ? 64 : 8;
const MOST: usize = SLOT - 4;
const TABLE: usize = memory.data(ASC_LOW_MEMORY_LIMIT == 0 ? 8192 : 1024);

let count: u32 = 0;
let oldest: u32 = 0;

/** Address and bytes of the cache, for a host that saves it and puts it back. */
export function formatsAt(): usize {
  return TABLE;
}

export function formatCount(): u32 {
  return count;
}

export function setFormatCount(to: u32): void {
  count = to < SLOTS ? to : SLOTS;
  oldest = 0;
}

export function clearFormats(): void {
  count = 0;
  oldest = 0;
}

/** Address of the headers kept under a signature, or 0. */
export function findFormat(signature: u32): usize {
  for (let i: u32 = 0; i < count; i++) {
    const slot = TABLE + <usize>i * SLOT;
    if (<u32>load<u16>(slot) == signature) return slot + 4;
  }
  return 0;
}

/** Bytes of the headers at an address that {@link findFormat} gave. */
export function formatLength(headers: usize): usize {
  return <usize>load<u8>(headers - 2);
}

/** A new slot for `length` bytes under a signature, or 0 when there are too many or the signature is known. */
export function newFormat(signature: u32, length: usize): usize {
  if (length == 0 || length > MOST || findFormat(signature) != 0) return 0;
  let i = count;
  if (count < SLOTS) {
    count++;
  } else {
    i = oldest;
    oldest = (oldest + 1) % SLOTS;
  }
  const slot = TABLE + <usize>i * SLOT;
  store<u16>(slot, <u16>signature);
  store<u8>(slot, <u8>length, 2);
  return slot + 4;
}
