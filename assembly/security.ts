// Security of the transport layer (EN 13757-7 clause 9): which key, whether it fits, and what is plain all the same.
import { counterAt, hasCounter, macFits, macLength } from './afl/afl';
import { issue, issues, records, rollBack } from './batch/row';
import {
  LAYER_NONE,
  LAYER_TPL,
  meterId,
  meterManufacturer,
  meterMedium,
  meterVersion,
  setCounter,
  setMac,
  setSecurity,
} from './batch/telegram';
import { securedDes } from './security/des';
import { isAsked, securedExperimental } from './security/experimental';
import { end, first, own, shorten } from './frame';
import {
  ISSUE_SECURITY_KEY_MISSING,
  ISSUE_SECURITY_KEY_WRONG,
  ISSUE_SECURITY_LENGTH,
  ISSUE_SECURITY_MAC,
  ISSUE_SECURITY_PLAIN,
  ISSUE_SECURITY_UNSUPPORTED,
  ISSUE_TPL_TRUNCATED,
  SECURITY_DECRYPTED,
  SECURITY_KEY_MISSING,
  SECURITY_KEY_WRONG,
  SECURITY_NONE,
  SECURITY_PLAIN,
  SECURITY_UNSUPPORTED,
} from './generated/codes';
import { R_PLACE } from './generated/columns';
import { meterKey } from './owner';
import { isOrdinary } from './records/emit';
import { walk } from './records/record';
import { BODY_RECORDS } from './generated/ci';
import { anyKey, deriveFitting, openMode5 } from './opening';
import { authenticationKey, decryptMode7, deriveKeys, setDirection } from './tpl/mode7';
import { rfmUncover } from './vendor/bmeters';
import { diehlIsPlain, diehlUnscramble } from './vendor/diehl';
import { BMT, isDiehl } from './vendor/format';
import { carry, message } from './transport';

const BLOCK: usize = 16;

/** Whether `[at, end)` reads as plain records without a flaw; ciphertext hardly ever does. Leaves no rows behind. */
export function isPlain(at: usize, msb: bool): bool {
  return (at + 2 <= end && load<u16>(at) == 0x2f2f) || readsWell(at, 0, msb);
}

/**
 * Whether `[at, end)` reads as records without a flaw, none of which plain telegrams would not have; where `from` is
 * not 0, whether one of them begins there. Leaves no rows behind.
 */
export function readsWell(at: usize, from: usize, msb: bool): bool {
  const recordsBefore = records;
  const issuesBefore = issues;
  walk(at, end, msb, false);
  let ordinary: bool = records > recordsBefore && issues == issuesBefore;
  let begins: bool = from == 0;
  for (let row = recordsBefore; ordinary && row < records; row++) {
    ordinary = isOrdinary(row);
    if ((load<u32>(R_PLACE + ((<usize>row) << 2)) & 0xffff) == <u32>(from - first)) begins = true;
  }
  rollBack(recordsBefore, issuesBefore);
  return ordinary && begins;
}

export function secured(
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
    checkPlainMac(toMeter);
    carry(at, body, msb, toMeter);
    return;
  }
  setDirection(toMeter);
  const des = mode == 2 || mode == 3;
  // Old wired meters leave a signature, or junk, where the configuration field came to be (EN 1434-3): theirs is believed
  // where it counts whole blocks that are there.
  if (wired && mode != 5 && mode != 7 && !isAsked(mode)) {
    const bytes: usize = configuration & 0xff;
    if (!des || configuration >> 8 != mode || (bytes & 7) != 0 || bytes > end - at) {
      setSecurity(0, SECURITY_NONE, LAYER_NONE);
      carry(at, body, msb, toMeter);
      return;
    }
  }
  if (des) {
    securedDes(at, mode, configuration & 0xff, wired, body, msb, toMeter);
    return;
  }
  if (isAsked(mode)) {
    securedExperimental(at, mode, configuration, wired, body, msb, toMeter);
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
    const key = anyKey();
    if (key != 0 && load<u16>(at) != 0x2f2f) {
      // The MAC is over the message as sent: checked before anything is moved or decrypted.
      if (macLength != 0 && hasCounter) {
        deriveKeys(key, counterAt(), meterId());
        checkMac();
      }
      const payload = own(at);
      if (payload == 0) return;
      if (openMode5(payload, length, access, key)) {
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
    failed(mode, at, <u32>length);
    // What stands behind the counted blocks is plain, whatever the key.
    if (body == BODY_RECORDS) walk(at + counted, end, msb, toMeter);
    return;
  }
  if (mode == 7) {
    mode7(at, configuration, wired, body, msb, toMeter);
    return;
  }
  // Modes 8 to 13 have more of a header, and count their encrypted bytes elsewhere.
  if ((mode < 8 || mode > 13) && (length == 0 || isPlain(at, msb))) {
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

export function plain(
  at: usize,
  mode: u32,
  wired: bool,
  body: u32,
  msb: bool,
  toMeter: bool,
): void {
  if (wired) {
    setSecurity(0, SECURITY_NONE, LAYER_NONE);
  } else {
    setSecurity(mode, SECURITY_PLAIN, LAYER_TPL);
    issue(ISSUE_SECURITY_PLAIN, at, mode);
  }
  carry(at, body, msb, toMeter);
}

/** Whether the two idle fillers stand at `at` by which decrypted records begin. */
export function marked(at: usize): bool {
  return at + 2 <= end && load<u16>(at) == 0x2f2f;
}

/** Not one whole block of what is counted as encrypted is there: ciphertext that no key opens. */
export function noBlock(at: usize, mode: u32, counted: usize): void {
  const key = meterKey();
  setSecurity(mode, key == 0 ? SECURITY_KEY_MISSING : SECURITY_KEY_WRONG, LAYER_TPL);
  issue(ISSUE_SECURITY_LENGTH, at, <u32>counted);
}

/** Nothing opens `length` bytes: whether there is a key for the meter says why. A sender's that does not fit is none. */
export function failed(mode: u32, at: usize, length: u32): void {
  const missing = meterKey() == 0;
  setSecurity(mode, missing ? SECURITY_KEY_MISSING : SECURITY_KEY_WRONG, LAYER_TPL);
  issue(missing ? ISSUE_SECURITY_KEY_MISSING : ISSUE_SECURITY_KEY_WRONG, at, length);
}

/** Fewer bytes than are counted as encrypted: what stands behind the last whole block is ciphertext still, no record. */
export function cutShort(payload: usize, length: usize, counted: usize): void {
  issue(ISSUE_SECURITY_LENGTH, payload, <u32>(counted - length));
  shorten(payload + length);
}

/** Checks the MAC of the message in hand with the key just derived. */
export function checkMac(): bool {
  const fits = macFits(message(), end, authenticationKey());
  setMac(fits ? 1 : 2);
  if (!fits) issue(ISSUE_SECURITY_MAC, message(), 0);
  return fits;
}

/** Checks the MAC of a message that is not encrypted, where there is one, and a key for it. */
export function checkPlainMac(toMeter: bool): void {
  if (macLength == 0 || !hasCounter) return;
  const key = anyKey();
  if (key == 0) return;
  setDirection(toMeter);
  deriveKeys(key, counterAt(), meterId());
  checkMac();
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
    if (payload <= end) setCounter(load<u32>(counter));
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
  if (anyKey() == 0) {
    failed(7, payload, <u32>length);
    if (body == BODY_RECORDS) walk(payload + counted, end, msb, toMeter);
    return;
  }
  deriveFitting(payload, counter);
  if (macLength != 0) checkMac();
  payload = own(payload);
  if (payload == 0) return;
  if (decryptMode7(payload, length)) {
    setSecurity(7, SECURITY_DECRYPTED, LAYER_TPL);
    if (length < counted) cutShort(payload, length, counted);
    carry(payload, body, msb, toMeter);
  } else {
    failed(7, payload, <u32>length);
    if (body == BODY_RECORDS) walk(payload + counted, end, msb, toMeter);
  }
}
