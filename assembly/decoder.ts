// The decoder module's whole interface. No imports, no callbacks, no exceptions: bad input is a status in its row.
import { clearArena, setArena } from './batch/arena';
import {
  cleanRows,
  clearRows,
  issues,
  records,
  setCapacity,
  telegrams,
  telegramsTouched,
} from './batch/row';
import { clearTelegrams } from './batch/telegram';
import { age, clearFragments } from './afl/fragments';
import { clearFormats, formatCount, formatsAt, setFormatCount } from './tpl/formats';
import { wipeDerivedKeys } from './tpl/mode7';
import { initAes, keyed, wipeBlocks, wipeRoundKeys } from './crypto/aes';
import { wipeCcm } from './crypto/ccm';
import { wipeDesKey } from './crypto/des';
import { wipeGcm } from './crypto/gcm';
import { PAD } from './cursor';
import { setDate } from './security/des';
import { setExperimental } from './security/experimental';
import {
  COLUMNS,
  ISSUES_ROW,
  LAYOUT,
  RECORDS_ROW,
  TELEGRAMS_ROW,
  bindColumns,
} from './generated/columns';
import { DERIVATION, takeDerivation, wipeDerived } from './keys/derivation';
import { takeShape } from './keys/shape';
import {
  ANY_ID,
  ANY_MANUFACTURER,
  clearCallKey,
  moveSlots,
  putKey,
  setCallKey,
  slotBytes,
  slotCapacity,
  slotCount,
  wipeSlots,
} from './keys/slot';
import { initCrc } from './link/crc';
import { decodeTelegram } from './pipeline';

initCrc();
initAes();

/**
 * Flags of {@link decode}. Bits 8, 9 and 10 ask for the experimental security modes of these numbers; bits 31–16 are the
 * meters' date in type G, for security mode 3, or 0.
 */
const RECORDS_ONLY: u32 = 1;
const CALL_KEY: u32 = 2;

/** Address of the input, of its offsets, numbers of rows: what {@link descriptor} points at, before the columns. */
const SHARED: usize = memory.data(32);
/**
 * Where the host puts a key before it calls {@link addKey}, {@link addPattern}, or {@link decode} with a key for one call;
 * behind it, how keys are derived from it, see keys/derivation.ts.
 */
const KEY: usize = memory.data(96, 8);

/** Room in the arena for one message of fragments, or one rebuilt full frame, beside the batch's own bytes. */
const PUT_TOGETHER: usize = 4096;

/** Bytes of input, or of one table's rows, at most: so that their sum is counted without a carry. */
const MOST_ROOM: u32 = 0x1000_0000;

/** Keys at most: their slots fill 1.5 GB. */
const MOST_KEYS: u32 = 0x0200_0000;

/** End of the memory in use; what stands before it never moves. */
let top: usize = 0;
/** The batch region: moved to the end when keys need room behind which it stood. */
let region: usize = 0;
let regionSize: usize = 0;
let keyRegionEnd: usize = 0;

function memoryFor(bytes: usize): bool {
  const pages = <i32>((bytes + 0xffff) >> 16) - memory.size();
  return pages <= 0 || memory.grow(pages) >= 0;
}

/** Hash of the memory layout; a host with another one must not go on. */
export function layout(): u32 {
  return LAYOUT;
}

/** Eight words: input, offsets, COLUMNS, KEY, telegrams, records, issues done, slots used. */
export function descriptor(): usize {
  store<u32>(SHARED, <u32>COLUMNS, 8);
  store<u32>(SHARED, <u32>KEY, 12);
  return SHARED;
}

/**
 * Makes room for a batch: `bytes` of input, and so many rows. Views on memory are void afterwards. False when the
 * engine gives no more memory.
 */
export function reserve(bytes: u32, ofTelegrams: u32, ofRecords: u32, ofIssues: u32): bool {
  const input = <usize>((bytes + <u32>PAD + 15) & ~15);
  const offsets = (<usize>ofTelegrams * 4 + 4 + 15) & ~15;
  const rows =
    <usize>ofTelegrams * TELEGRAMS_ROW +
    <usize>ofRecords * RECORDS_ROW +
    <usize>ofIssues * ISSUES_ROW +
    64;
  const size = input * 2 + PUT_TOGETHER + offsets + rows;
  // Numbers that wrap around 32 bits ask for more than there is.
  if (
    bytes > MOST_ROOM ||
    ofTelegrams > MOST_ROOM / TELEGRAMS_ROW ||
    ofRecords > MOST_ROOM / RECORDS_ROW ||
    ofIssues > MOST_ROOM / ISSUES_ROW
  )
    return false;
  if (region == 0 || size > regionSize || region < keyRegionEnd) {
    region = (keyRegionEnd != 0 ? keyRegionEnd : __heap_base + 15) & ~15;
    if (!memoryFor(region + size)) {
      region = 0;
      return false;
    }
    regionSize = size;
    top = region + size;
  }
  store<u32>(SHARED, <u32>region);
  store<u32>(SHARED, <u32>(region + input), 4);
  const arena = region + input + offsets;
  setArena(arena, arena + input + PUT_TOGETHER - PAD);
  bindColumns((arena + input + PUT_TOGETHER + 7) & ~7, ofTelegrams, ofRecords, ofIssues);
  setCapacity(ofTelegrams, ofRecords, ofIssues);
  cleanRows(ofRecords);
  clearTelegrams(ofTelegrams);
  return true;
}

/**
 * Decodes telegrams 0 … `count` − 1 of the input: telegram i is the bytes from offset i up to offset i + 1. Returns how
 * many were decoded; fewer than `count` means that rows or arena are used up.
 */
export function decode(count: u32, flags: u32): u32 {
  const input = <usize>load<u32>(SHARED);
  let offset = <usize>load<u32>(SHARED, 4);
  if (flags & CALL_KEY) setCallKey(KEY);
  setDate(flags >> 16);
  setExperimental(flags);
  clearTelegrams(telegramsTouched());
  clearRows();
  clearArena();
  let from = input + <usize>load<u32>(offset);
  let done: u32 = 0;
  while (done < count) {
    offset += 4;
    const to = input + <usize>load<u32>(offset);
    if (!decodeTelegram(from, to, (flags & RECORDS_ONLY) != 0)) break;
    from = to;
    done++;
  }
  store<u32>(SHARED, telegrams, 16);
  store<u32>(SHARED, records, 20);
  store<u32>(SHARED, issues, 24);
  if (flags & CALL_KEY) {
    clearCallKey();
    memory.fill(KEY, 0, 16);
  }
  if (keyed) {
    wipeRoundKeys();
    wipeBlocks();
    wipeDerivedKeys();
    wipeDerived();
    wipeGcm();
    wipeCcm();
  }
  wipeDesKey();
  return done;
}

/** Makes room for `count` keys in all; false when the engine gives no more memory. Views on memory are void afterwards. */
export function reserveKeys(count: u32): bool {
  if (count > MOST_KEYS) return false;
  let slots: u32 = 16;
  // At most two of three slots are used: probes stay short.
  while (slots * 2 < count * 3) slots <<= 1;
  if (slots <= slotCapacity()) return true;
  const at = ((region == 0 ? (keyRegionEnd != 0 ? keyRegionEnd : __heap_base) : top) + 15) & ~15;
  const size = slotBytes(slots);
  if (!memoryFor(at + size)) return false;
  memory.fill(at, 0, size);
  moveSlots(at, slots);
  keyRegionEnd = at + size;
  top = keyRegionEnd;
  return true;
}

/**
 * Keeps the key at KEY for a meter, and wipes KEY. Manufacturer FFFF and id FFFFFFFF stand for any. False when
 * {@link reserveKeys} has not made room for it.
 */
export function addKey(manufacturer: u32, id: u32): bool {
  return addPattern(
    manufacturer,
    manufacturer == ANY_MANUFACTURER ? 0 : 0xffff,
    id,
    id == ANY_ID ? 0 : 0xffffffff,
    0,
    0,
    false,
  );
}

/**
 * {@link addKey} for all meters that agree with an address in the bits of a mask each. `rest` is a version and, in the next
 * byte, a type. `derived`: the key is a master key, and how those of meters come from it stands behind it. False when there is
 * no room, when there would be more than 31 shapes of masks or 7 derivations, or the derivation is none.
 */
export function addPattern(
  manufacturer: u32,
  manufacturerMask: u32,
  id: u32,
  idMask: u32,
  rest: u32,
  restMask: u32,
  derived: bool,
): bool {
  const room = (slotCount() + 1) * 3 <= slotCapacity() * 2;
  // The bit above three letters belongs to them.
  const shape = takeShape(manufacturerMask == 0x7fff ? 0xffff : manufacturerMask, idMask, restMask);
  const derivation = derived ? takeDerivation(KEY + 16) : 0;
  const kept = room && shape != 0 && derived == (derivation != 0);
  if (kept) putKey(shape, manufacturer, id, rest, derivation, KEY);
  memory.fill(KEY, 0, 16 + DERIVATION);
  return kept;
}

/** Overwrites every key. */
export function wipeKeys(): void {
  wipeSlots();
  wipeRoundKeys();
  wipeBlocks();
  memory.fill(KEY, 0, 16 + DERIVATION);
}

/**
 * What a decoder keeps between telegrams. 0: address of the cache of compact frames' formats; 1: number of formats in
 * it; 2: take `value` formats as valid, after the host has written them; 3: forget formats and fragments; 4: one step of
 * the caller's time: fragments that two steps have found untouched are forgotten.
 */
export function memoryOf(what: u32, value: u32): u32 {
  if (what == 0) return <u32>formatsAt();
  if (what == 2) setFormatCount(value);
  if (what == 3) {
    clearFormats();
    clearFragments();
  }
  if (what == 4) age();
  return formatCount();
}
