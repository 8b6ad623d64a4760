// From a CI field to records: header, security, body (EN 13757-7).
import { counterAt, hasCounter, macFits, macLength } from './afl/afl';
import { full, issue, issues, records, rollBack } from './batch/row';
import {
  LAYER_NONE,
  LAYER_TPL,
  addFlag,
  hasMeter,
  meterBecomesSender,
  meterId,
  meterManufacturer,
  meterMedium,
  meterVersion,
  setCi,
  setHeader,
  setMac,
  setMeter,
  setSecurity,
} from './batch/telegram';
import { compactSeen, decodeCompact, learn, takeFormat } from './compact';
import { end, first, own, shorten } from './frame';
import {
  FLAG_MSB_FIRST,
  FLAG_TO_METER,
  ISSUE_SECURITY_KEY_MISSING,
  ISSUE_SECURITY_KEY_WRONG,
  ISSUE_SECURITY_LENGTH,
  ISSUE_SECURITY_MAC,
  ISSUE_SECURITY_PLAIN,
  ISSUE_SECURITY_UNSUPPORTED,
  ISSUE_TPL_ALARM,
  ISSUE_TPL_APPLICATION_ERROR,
  ISSUE_TPL_CI_UNKNOWN,
  ISSUE_TPL_TRUNCATED,
  SECURITY_DECRYPTED,
  SECURITY_KEY_MISSING,
  SECURITY_KEY_WRONG,
  SECURITY_NONE,
  SECURITY_PLAIN,
  SECURITY_UNSUPPORTED,
} from './generated/codes';
import { keyFor } from './keys/slot';
import { manufacturerAddress, manufacturerApplication, manufacturerParts } from './manufacturer';
import { isOrdinary } from './records/emit';
import { putFixed, putVendorBytes, walk } from './records/record';
import {
  FIXED_BODY,
  fixedBinary,
  fixedCounter,
  fixedMedium,
  fixedMsb,
  fixedStorage,
  fixedUnit,
} from './tpl/fixed';
import {
  BODY_ALARM,
  BODY_APPLICATION_ERROR,
  BODY_COMPACT,
  BODY_FIXED,
  BODY_FORMAT,
  BODY_NONE,
  BODY_RECORDS,
  HEADER_FIXED,
  HEADER_LONG,
  HEADER_NONE,
  goesToMeter,
  headerSize,
  layoutOf,
} from './tpl/header';
import { setVendor } from './records/vib';
import { decryptMode5, setIv } from './tpl/mode5';
import { authenticationKey, decryptMode7, deriveKeys } from './tpl/mode7';

import { rfmUncover } from './vendor/bmeters';
import { diehlIsPlain, diehlUnscramble } from './vendor/diehl';
import { BMT, hasBody, isDiehl, vendorBody } from './vendor/format';

const BLOCK: usize = 16;

/** Whether the full frame in hand is one whose format compact frames may need. */
let teaches: bool = false;

/** Where the message starts that a MAC covers: its CI field. */
let message: usize = 0;

/** Decodes the application layer whose CI field stands at `at`; `extended`: it came behind an extended link layer. */
export function application(at: usize, wired: bool, extended: bool): void {
  const ci: u32 = load<u8>(at);
  message = at;
  teaches = !wired && (extended || ci == 0x78 || compactSeen);
  setCi(ci);
  let layout = layoutOf(ci);
  // By radio CI 73 is a compact frame with a long header, wired it is the old fixed structure (EN 13757-7 table 2).
  if (ci == 0x73 && !wired) layout = HEADER_LONG | (BODY_COMPACT << 4);
  const header = layout & 15;
  const body = layout >> 4;
  const msb = ci == 0x76 || ci == 0x77;
  const toMeter = goesToMeter(ci);
  if (msb) addFlag(FLAG_MSB_FIRST);
  if (toMeter) addFlag(FLAG_TO_METER);
  const from = at + 1;
  const size = headerSize(header);
  if (from + size > end) {
    issue(ISSUE_TPL_TRUNCATED, from, <u32>(from + size - end));
    return;
  }
  if (body == BODY_FIXED) {
    if (wired) fixedStructure(from, ci);
    else unknown(at, ci);
    return;
  }
  if (!wired) manufacturerAddress(ci, from);
  if (header == HEADER_LONG) longAddress(from, msb);
  if (header == HEADER_NONE) {
    if (!carry(from, body, msb, toMeter)) unknown(at, ci);
    return;
  }
  if (size == 0) {
    unknown(at, ci);
    return;
  }
  const fields = from + size - 4;
  const access: u32 = load<u8>(fields);
  setHeader(access, load<u8>(fields, 1));
  const configuration: u32 = msb ? bswap<u16>(load<u16>(fields, 2)) : load<u16>(fields, 2);
  if (body == BODY_NONE) {
    setSecurity((configuration >> 8) & 31, SECURITY_NONE, LAYER_NONE);
    return;
  }
  secured(from + size, configuration, access, wired, body, msb, toMeter);
}

/** A CI field without a known layout: its bytes are kept as one. */
function unknown(at: usize, ci: u32): void {
  if (ci >= 0xa0 && ci <= 0xb7 && manufacturerApplication(ci, at + 1)) return;
  issue(ISSUE_TPL_CI_UNKNOWN, at, ci);
  putVendorBytes(at + 1, end);
}

/** ID(4) M(2) Ver Type names the meter; what the link layer named is then its adapter, where they differ. */
function longAddress(at: usize, msb: bool): void {
  const id = msb ? bswap<u32>(load<u32>(at)) : load<u32>(at);
  const manufacturer: u32 = msb ? <u32>bswap<u16>(load<u16>(at, 4)) : <u32>load<u16>(at, 4);
  const version: u32 = load<u8>(at, 6);
  const medium: u32 = load<u8>(at, 7);
  if (hasMeter() && (meterId() != id || meterManufacturer() != manufacturer)) meterBecomesSender();
  setMeter(manufacturer, id, version, medium, false);
}

/** Decodes a plain body; false where its kind has no rule. */
function carry(at: usize, body: u32, msb: bool, toMeter: bool): bool {
  setVendor(meterManufacturer());
  if (body == BODY_RECORDS) {
    if (
      hasBody(meterManufacturer()) &&
      vendorBody(at, end, meterManufacturer(), meterVersion(), meterMedium())
    )
      return true;
    const before = records;
    walk(at, end, msb, toMeter);
    if (teaches && !full) learn(at, end);
    manufacturerParts(before);
  } else if (body == BODY_COMPACT) {
    decodeCompact(at, end);
  } else if (body == BODY_FORMAT) {
    takeFormat(at, end);
  } else if (body == BODY_APPLICATION_ERROR) {
    // An error report without a body is an unspecified error (EN 13757-3 clause 10.2).
    issue(ISSUE_TPL_APPLICATION_ERROR, at < end ? at : at - 1, at < end ? load<u8>(at) : 0);
    putVendorBytes(at + 1, end);
  } else if (body == BODY_ALARM) {
    issue(ISSUE_TPL_ALARM, at, at < end ? load<u8>(at) : 0);
    putVendorBytes(at, end);
  } else {
    return body == BODY_NONE;
  }
  return true;
}

function fixedStructure(at: usize, ci: u32): void {
  const msb = fixedMsb(at, ci);
  const id = ci == 0x77 ? bswap<u32>(load<u32>(at)) : load<u32>(at);
  setMeter(0, id, 0, fixedMedium(at), true);
  setHeader(load<u8>(at, 4), load<u8>(at, 5));
  if (at + FIXED_BODY > end) {
    issue(ISSUE_TPL_TRUNCATED, at, <u32>(at + FIXED_BODY - end));
    return;
  }
  for (let counter: u32 = 0; counter < 2; counter++) {
    const unit = fixedUnit(at, counter);
    const value = fixedCounter(at, counter, msb);
    putFixed(
      at + 8 + ((<usize>counter) << 2),
      unit & 0xffff,
      <i32>(<i8>(unit >> 16)),
      value,
      fixedBinary(at),
      fixedStorage(at, counter),
    );
  }
}

/** Whether `[at, end)` reads as plain records without a flaw; ciphertext hardly ever does. Leaves no rows behind. */
function isPlain(at: usize, msb: bool): bool {
  if (at + 2 <= end && load<u16>(at) == 0x2f2f) return true;
  const recordsBefore = records;
  const issuesBefore = issues;
  walk(at, end, msb, false);
  let ordinary: bool = records > recordsBefore && issues == issuesBefore;
  for (let row = recordsBefore; ordinary && row < records; row++) ordinary = isOrdinary(row);
  rollBack(recordsBefore, issuesBefore);
  return ordinary;
}

function secured(
  at: usize,
  configuration: u32,
  access: u32,
  wired: bool,
  body: u32,
  msb: bool,
  toMeter: bool,
): void {
  const mode = (configuration >> 8) & 31;
  // Mode 0 leaves what the extended link layer said.
  if (mode == 0) {
    carry(at, body, msb, toMeter);
    return;
  }
  // Old wired meters leave a signature, or junk, where the configuration field came to be (EN 1434-3).
  if (wired && mode != 5 && mode != 7) {
    // Modes 2 and 3, DES, count encrypted bytes in the low one: what does not read as records is taken for ciphertext.
    const des = (configuration >> 8 == 2 || configuration >> 8 == 3) && (configuration & 7) == 0;
    const bytes: usize = configuration & 0xff;
    if (des && bytes > 0 && bytes <= end - at && !isPlain(at, msb)) {
      setSecurity(mode, SECURITY_UNSUPPORTED, LAYER_TPL);
      issue(ISSUE_SECURITY_UNSUPPORTED, at - 2, mode);
      if (body == BODY_RECORDS) walk(at + bytes, end, msb, toMeter);
      return;
    }
    setSecurity(0, SECURITY_NONE, LAYER_NONE);
    carry(at, body, msb, toMeter);
    return;
  }
  if (mode >= 16) {
    at = uncovered(at, mode, configuration, access, body, msb, toMeter);
    if (at == 0) return;
  }
  const counted: usize = <usize>((configuration >> 4) & 15) * BLOCK;
  const available = (end - at) & ~(BLOCK - 1);
  const length = counted < available ? counted : available;
  if (mode == 5 && length == 0 && counted > 0 && !marked(at)) {
    noBlock(at, mode, counted);
    return;
  }
  if (mode == 5 && length > 0) {
    const key = keyFor(meterManufacturer(), meterId());
    if (key != 0 && load<u16>(at) != 0x2f2f) {
      // The MAC is over the message as sent: checked before anything is moved or decrypted.
      if (macLength != 0 && hasCounter) {
        deriveKeys(key, counterAt(), meterId());
        checkMac();
      }
      const payload = own(at);
      if (payload == 0) return;
      setIv(meterManufacturer(), meterId(), meterVersion(), meterMedium(), access);
      if (decryptMode5(payload, length, key)) {
        setSecurity(mode, SECURITY_DECRYPTED, LAYER_TPL);
        if (length < counted) cutShort(payload, length, counted);
        carry(payload, body, msb, toMeter);
        return;
      }
      at = payload;
    }
    if (isPlain(at, msb)) {
      plain(at, mode, wired, body, msb, toMeter);
      return;
    }
    setSecurity(mode, key == 0 ? SECURITY_KEY_MISSING : SECURITY_KEY_WRONG, LAYER_TPL);
    issue(key == 0 ? ISSUE_SECURITY_KEY_MISSING : ISSUE_SECURITY_KEY_WRONG, at, <u32>length);
    // What stands behind the counted blocks is plain, whatever the key.
    if (body == BODY_RECORDS) walk(at + counted, end, msb, toMeter);
    return;
  }
  if (mode == 7) {
    mode7(at, configuration, wired, body, msb, toMeter);
    return;
  }
  if (length == 0 || isPlain(at, msb)) {
    plain(at, mode, wired, body, msb, toMeter);
    return;
  }
  setSecurity(mode, SECURITY_UNSUPPORTED, LAYER_TPL);
  issue(ISSUE_SECURITY_UNSUPPORTED, at - 2, mode);
}

/**
 * "Modes" 16 to 31 of Diehl and B Meters are no encryption of the standard's: records that a known rule has covered. Returns
 * where the bytes stand from now on that no rule uncovers, or 0 where there is nothing left to do.
 */
function uncovered(
  at: usize,
  mode: u32,
  configuration: u32,
  access: u32,
  body: u32,
  msb: bool,
  toMeter: bool,
): usize {
  const manufacturer = meterManufacturer();
  const ofRfm = manufacturer == BMT && meterVersion() == 0x05 && meterMedium() == 0x07;
  if (!ofRfm && !isDiehl(manufacturer)) return at;
  if (isDiehl(manufacturer) && diehlIsPlain(at, end, configuration >> 8)) return at;
  const payload = own(at);
  if (payload == 0) return 0;
  if (
    !(ofRfm
      ? rfmUncover(payload, end, access)
      : diehlUnscramble(payload, end, first, configuration >> 8))
  )
    return payload;
  setSecurity(mode, SECURITY_DECRYPTED, LAYER_TPL);
  carry(payload, body, msb, toMeter);
  return 0;
}

function plain(at: usize, mode: u32, wired: bool, body: u32, msb: bool, toMeter: bool): void {
  if (wired) {
    setSecurity(0, SECURITY_NONE, LAYER_NONE);
  } else {
    setSecurity(mode, SECURITY_PLAIN, LAYER_TPL);
    issue(ISSUE_SECURITY_PLAIN, at, mode);
  }
  carry(at, body, msb, toMeter);
}

/** Whether the two idle fillers stand at `at` by which decrypted records begin. */
function marked(at: usize): bool {
  return at + 2 <= end && load<u16>(at) == 0x2f2f;
}

/** Not one whole block of what is counted as encrypted is there: ciphertext that no key opens. */
function noBlock(at: usize, mode: u32, counted: usize): void {
  const key = keyFor(meterManufacturer(), meterId());
  setSecurity(mode, key == 0 ? SECURITY_KEY_MISSING : SECURITY_KEY_WRONG, LAYER_TPL);
  issue(ISSUE_SECURITY_LENGTH, at, <u32>counted);
}

/** Fewer bytes than are counted as encrypted: what stands behind the last whole block is ciphertext still, no record. */
function cutShort(payload: usize, length: usize, counted: usize): void {
  issue(ISSUE_SECURITY_LENGTH, payload, <u32>(counted - length));
  shorten(payload + length);
}

/** Checks the MAC of the message in hand with the key just derived. */
function checkMac(): bool {
  const fits = macFits(message, end, authenticationKey());
  setMac(fits ? 1 : 2);
  if (!fits) issue(ISSUE_SECURITY_MAC, message, 0);
  return fits;
}

/** CF: 13 counter in the header, 7–4 blocks. One more byte: 6 key version follows, 5–4 key derivation, 3–0 key number. */
function mode7(
  at: usize,
  configuration: u32,
  wired: bool,
  body: u32,
  msb: bool,
  toMeter: bool,
): void {
  const counted: usize = <usize>((configuration >> 4) & 15) * BLOCK;
  const extension: u32 = at < end ? load<u8>(at) : 0;
  let payload = at + 1;
  let counter = hasCounter ? counterAt() : 0;
  if (configuration & 0x2000) {
    counter = payload;
    payload += 4;
  }
  if (extension & 0x40) payload += 1;
  if (payload > end) {
    issue(ISSUE_TPL_TRUNCATED, at, <u32>(payload - end));
    return;
  }
  const available = (end - payload) & ~(BLOCK - 1);
  const length = counted < available ? counted : available;
  if (length == 0 && counted > 0 && !marked(payload)) {
    noBlock(payload, 7, counted);
    return;
  }
  if (length == 0 || load<u16>(payload) == 0x2f2f) {
    plain(payload, 7, wired, body, msb, toMeter);
    return;
  }
  if (((extension >> 4) & 3) != 1 || counter == 0) {
    setSecurity(7, SECURITY_UNSUPPORTED, LAYER_TPL);
    issue(ISSUE_SECURITY_UNSUPPORTED, at, 7);
    return;
  }
  const key = keyFor(meterManufacturer(), meterId());
  if (key == 0) {
    setSecurity(7, SECURITY_KEY_MISSING, LAYER_TPL);
    issue(ISSUE_SECURITY_KEY_MISSING, payload, <u32>length);
    if (body == BODY_RECORDS) walk(payload + counted, end, msb, toMeter);
    return;
  }
  deriveKeys(key, counter, meterId());
  if (macLength != 0) checkMac();
  payload = own(payload);
  if (payload == 0) return;
  if (decryptMode7(payload, length)) {
    setSecurity(7, SECURITY_DECRYPTED, LAYER_TPL);
    if (length < counted) cutShort(payload, length, counted);
    carry(payload, body, msb, toMeter);
  } else {
    setSecurity(7, SECURITY_KEY_WRONG, LAYER_TPL);
    issue(ISSUE_SECURITY_KEY_WRONG, payload, <u32>length);
    if (body == BODY_RECORDS) walk(payload + counted, end, msb, toMeter);
  }
}
