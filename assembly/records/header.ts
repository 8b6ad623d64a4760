// Where a record's header ends and how long its data are, without decoding it: for compact frames and their formats.
import { lvarSize } from './value';
import { readVib } from './vib';

const LENGTHS: usize = memory.data<u8>([0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6, 0]);

/** Bytes of the header at `at`, DIF to the last VIFE, or 0 where none can stand there. A filler or special DIF is one. */
export function headerLength(at: usize, end: usize): usize {
  const first = at;
  let byte: u32 = load<u8>(at++);
  if ((byte & 15) == 15) return 1;
  for (let count = 0; byte & 0x80; count++) {
    if (at >= end || count == 10) return 0;
    byte = load<u8>(at++);
  }
  const to = readVib(at, end, false);
  return to <= 1 ? 0 : to - first;
}

/** Bytes of the data of a record with this DIF whose data start at `data`, LVAR included; -1 where they are cut short. */
export function dataLength(dif: u32, data: usize, end: usize): i32 {
  let n: u32 = 0;
  if ((dif & 15) == 15) {
    n = dif == 0x0f || dif == 0x1f ? <u32>(end - data) : 0;
  } else if ((dif & 15) == 13) {
    if (data >= end) return -1;
    n = lvarSize(load<u8>(data));
    if (n == 0xffff) return -1;
    n++;
  } else {
    n = load<u8>(LENGTHS + (dif & 15));
  }
  return data + n > end ? -1 : <i32>n;
}
