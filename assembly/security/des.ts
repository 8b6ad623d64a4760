// Security modes 2 and 3 (EN 13757-7, deprecated): DES-CBC of so many bytes as the low byte of the configuration field
// counts. Mode 2 has a zero vector, mode 3 the meter's number, maker and current date:
//
//   ID(4) M(2) date(2)                              the date in type G
//
// Decrypted records begin with 2F 2F. The date of mode 3 is the caller's; without one it is the one that the telegram itself
// states, where that is a record of it.
import { issue } from '../batch/row';
import { LAYER_TPL, meterId, setSecurity, transmittedManufacturer } from '../batch/telegram';
import { decipherDesCbc, setDesKey } from '../crypto/des';
import { end, own } from '../frame';
import {
  ISSUE_SECURITY_DATE_MISSING,
  SECURITY_DECRYPTED,
  SECURITY_KEY_MISSING,
} from '../generated/codes';
import { meterKey } from '../owner';
import { walk } from '../records/record';
import { cutShort, failed, isPlain, marked, noBlock, plain, readsWell } from '../security';
import { BODY_RECORDS } from '../generated/ci';
import { carry } from '../transport';

const BLOCK: usize = 8;
const IV: usize = memory.data(8);
/** What was sent: put back where the key is wrong. The configuration field counts 255 bytes at most. */
const SENT: usize = memory.data(256);

/** The meter's date in type G, or 0 where the caller does not know it. */
let date: u32 = 0;

export function setDate(to: u32): void {
  date = to;
}

export function securedDes(
  at: usize,
  mode: u32,
  counted: usize,
  wired: bool,
  body: u32,
  msb: bool,
  toMeter: bool,
): void {
  if (counted == 0 || marked(at)) {
    plain(at, mode, wired, body, msb, toMeter);
    return;
  }
  const available = end - at;
  const length = (counted < available ? counted : available) & ~(BLOCK - 1);
  if (length == 0) {
    noBlock(at, mode, counted);
    return;
  }
  const key = meterKey();
  let undatable: bool = false;
  if (key != 0) {
    const payload = own(at);
    if (payload == 0) return;
    at = payload;
    memory.copy(SENT, at, length);
    store<u64>(IV, 0);
    if (mode == 3) {
      store<u32>(IV, meterId());
      store<u16>(IV, <u16>transmittedManufacturer(), 4);
      store<u16>(IV, <u16>date, 6);
    }
    setDesKey(key);
    decipherDesCbc(at, length, IV);
    // The date is in the last two bytes of the first block: its first two show whether the key fits.
    const fits = marked(at);
    const undated = mode == 3 && date == 0;
    if (fits && (!undated || dateInside(at, msb))) {
      setSecurity(mode, SECURITY_DECRYPTED, LAYER_TPL);
      if (length < counted) cutShort(at, length, counted);
      carry(at, body, msb, toMeter);
      return;
    }
    undatable = fits;
    memory.copy(at, SENT, length);
  }
  if (!undatable && isPlain(at, msb)) {
    plain(at, mode, wired, body, msb, toMeter);
    return;
  }
  if (undatable) {
    setSecurity(mode, SECURITY_KEY_MISSING, LAYER_TPL);
    issue(ISSUE_SECURITY_DATE_MISSING, at, <u32>length);
  } else {
    failed(mode, at, <u32>length);
  }
  if (body == BODY_RECORDS) walk(at + counted, end, msb, toMeter);
}

/**
 * Completes the first block by the date that a record behind it states, a type G or F time point (VIF 6C, 6D) from which
 * all reads well; false, and nothing changed, where none does.
 */
function dateInside(at: usize, msb: bool): bool {
  const open = load<u16>(at, 6);
  for (let from = at + BLOCK; from + 4 <= end; from++) {
    const head: u32 = load<u16>(from);
    const short = head == 0x6c02;
    if (!short && (head != 0x6d04 || from + 6 > end)) continue;
    store<u16>(at, open ^ (short ? load<u16>(from, 2) : load<u16>(from, 4)), 6);
    if (readsWell(at, from, msb)) return true;
  }
  store<u16>(at, open, 6);
  return false;
}
