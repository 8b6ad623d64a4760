// Security modes 8, 9 and 10 (EN 13757-7 clause 9), tried only where the caller asks: their layout is not public as a whole,
// and no telegram or vector is. docs/security.md lists what is assumed here.
//
//   8, AES-CTR   CF: 7–0 encrypted bytes   CFE(1) [counter(4)] [key version(1)] ciphertext
//   9, AES-GCM   CF: 0 tag                 encrypted bytes(1) 00 counter(4) ciphertext [tag(12)]
//   10, AES-CCM  CF: 7–0 encrypted bytes   CFE(1) [counter(4)] [key version(1)] ciphertext tag(8)
//
// CF bit 13 and CFE are those of mode 7, and so are the derived keys of modes 8 and 10.
import { counterAt, hasCounter, macLength } from '../afl/afl';
import { room } from '../batch/arena';
import { issue, setFull } from '../batch/row';
import {
  LAYER_TPL,
  meterId,
  meterMedium,
  meterVersion,
  setCounter,
  setMac,
  setSecurity,
  transmittedManufacturer,
} from '../batch/telegram';
import { cryptCtr, setEncryptionKey } from '../crypto/aes';
import { openCcm } from '../crypto/ccm';
import { openGcm } from '../crypto/gcm';
import { end, own, shorten } from '../frame';
import {
  ISSUE_SECURITY_MAC,
  ISSUE_SECURITY_UNSUPPORTED,
  ISSUE_TPL_TRUNCATED,
  SECURITY_DECRYPTED,
  SECURITY_NONE,
  SECURITY_UNSUPPORTED,
} from '../generated/codes';
import { meterKey } from '../owner';
import { walk } from '../records/record';
import { checkMac, failed, isPlain, noBlock, plain } from '../security';
import { BODY_RECORDS } from '../generated/ci';
import { deriveKeys, encryptionKey } from '../tpl/mode7';
import { carry, message } from '../transport';

const GCM_TAG: usize = 12;
const CCM_TAG: usize = 8;
/** M(2) ID(4) Ver Type counter(4) 00, and what CTR counts from: zeros. */
const NONCE: usize = memory.data(16);
const ZERO: usize = memory.data(16);

/** Bit n: mode n is asked for. */
let asked: u32 = 0;

export function setExperimental(modes: u32): void {
  asked = modes & 0x700;
}

/** Whether a mode is one of these, and asked for. The firmware build has none. */
export function isAsked(mode: u32): bool {
  return ASC_LOW_MEMORY_LIMIT == 0 && ((asked >> mode) & 1) != 0;
}

export function securedExperimental(
  at: usize,
  mode: u32,
  configuration: u32,
  wired: bool,
  body: u32,
  msb: bool,
  toMeter: bool,
): void {
  let counted: usize = configuration & 0xff;
  let counter = hasCounter ? counterAt() : 0;
  let payload = at + 1;
  let tagLength: usize = mode == 10 ? CCM_TAG : 0;
  if (mode == 9) {
    counted = at < end ? load<u8>(at) : 0;
    counter = at + 2;
    payload = at + 6;
    if (configuration & 1) tagLength = GCM_TAG;
  } else {
    const extension: u32 = at < end ? load<u8>(at) : 0;
    if (configuration & 0x2000) {
      counter = payload;
      payload += 4;
    }
    if (extension & 0x40) payload += 1;
    if (((extension >> 4) & 3) != 1) counter = 0;
  }
  if (payload > end) {
    issue(ISSUE_TPL_TRUNCATED, at, <u32>(payload - end));
    return;
  }
  if (counter != 0) setCounter(load<u32>(counter));
  else {
    setSecurity(mode, SECURITY_UNSUPPORTED, LAYER_TPL);
    issue(ISSUE_SECURITY_UNSUPPORTED, at - 2, mode);
    return;
  }
  if (counted + tagLength > end - payload) {
    noBlock(payload, mode, counted);
    return;
  }
  const key = meterKey();
  if (key == 0 && counted == 0) {
    setSecurity(mode, SECURITY_NONE, LAYER_TPL);
  } else if (key == 0 || !opened(payload, mode, counted, tagLength, counter, key, msb)) {
    if (isPlain(payload, msb)) {
      plain(payload, mode, wired, body, msb, toMeter);
    } else {
      failed(mode, payload, <u32>counted);
      if (body == BODY_RECORDS) walk(payload + counted + tagLength, end, msb, toMeter);
    }
    return;
  }
  payload = own(payload);
  if (payload == 0) return;
  memory.copy(payload, plaintext, counted);
  // The tag is no record: idle fillers stand for it, or nothing where nothing follows.
  memory.fill(payload + counted, 0x2f, tagLength);
  if (body != BODY_RECORDS) shorten(payload + counted);
  carry(payload, body, msb, toMeter);
}

/** Where {@link opened} has put the plaintext. */
let plaintext: usize = 0;

/** Deciphers a copy. Where the MAC decides it decides; otherwise what reads well is right, and a wrong MAC is told. */
function opened(
  at: usize,
  mode: u32,
  counted: usize,
  tagLength: usize,
  counter: usize,
  key: usize,
  msb: bool,
): bool {
  plaintext = room(counted);
  if (plaintext == 0) {
    setFull();
    return false;
  }
  if (mode != 9) {
    deriveKeys(key, counter, meterId());
    key = encryptionKey();
  }
  let fits: bool = false;
  if (mode == 8) {
    memory.copy(plaintext, at, counted);
    setEncryptionKey(key);
    cryptCtr(plaintext, counted, ZERO);
    if (macLength != 0) fits = checkMac();
    if (!fits && !readable(counted, msb)) return false;
  } else {
    // Which byte of the counter comes first in the nonce is not known: the tag shows it.
    fits =
      sealed(at, mode, counted, tagLength, counter, key, true) ||
      sealed(at, mode, counted, tagLength, counter, key, false);
    if (!fits) {
      // No tag fits: whether the fault is the tag's only.
      if (!readable(counted, msb)) {
        sealed(at, mode, counted, tagLength, counter, key, true);
        if (!readable(counted, msb)) return false;
      }
      if (tagLength != 0) issue(ISSUE_SECURITY_MAC, message(), 0);
    }
    if (tagLength != 0) setMac(fits ? 1 : 2);
  }
  setSecurity(mode, SECURITY_DECRYPTED, LAYER_TPL);
  return true;
}

/** Whether the plaintext alone reads as records. */
function readable(counted: usize, msb: bool): bool {
  const behind = end;
  shorten(plaintext + counted);
  const reads = isPlain(plaintext, msb);
  shorten(behind);
  return reads;
}

/** Deciphers with the counter's most significant byte first in the nonce, or as sent; whether there is a tag and it fits. */
function sealed(
  at: usize,
  mode: u32,
  counted: usize,
  tagLength: usize,
  counter: usize,
  key: usize,
  turned: bool,
): bool {
  store<u16>(NONCE, <u16>transmittedManufacturer());
  store<u32>(NONCE, meterId(), 2);
  store<u8>(NONCE, <u8>meterVersion(), 6);
  store<u8>(NONCE, <u8>meterMedium(), 7);
  store<u32>(NONCE, turned ? bswap<u32>(load<u32>(counter)) : load<u32>(counter), 8);
  memory.copy(plaintext, at, counted);
  const tag = at + counted;
  const fits =
    mode == 9
      ? openGcm(key, NONCE, 0, 0, plaintext, counted, tag, tagLength)
      : openCcm(key, NONCE, 13, 0, 0, plaintext, counted, tag, tagLength);
  return fits && tagLength != 0;
}
