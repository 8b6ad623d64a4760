// From a CI field to records: header, body (EN 13757-7); security.ts has what lies between.
import { full, issue, records } from './batch/row';
import {
  LAYER_NONE,
  addFlag,
  hasMeter,
  isSecured,
  meterBecomesSender,
  meterId,
  meterManufacturer,
  meterMedium,
  meterVersion,
  setCi,
  setHeader,
  setMeter,
  setSecurity,
} from './batch/telegram';
import { compactSeen, decodeCompact, learn, takeFormat } from './compact';
import { end, first } from './frame';
import {
  BODY_ALARM,
  BODY_APPLICATION_ERROR,
  BODY_CLOCK,
  BODY_COMPACT,
  BODY_FIXED,
  BODY_FORMAT,
  BODY_NONE,
  BODY_OTHER,
  BODY_RECORDS,
  HEADER_LONG,
  HEADER_NONE,
  HEADER_UNKNOWN,
} from './generated/ci';
import {
  FLAG_MSB_FIRST,
  FLAG_TO_METER,
  ISSUE_TPL_ALARM,
  ISSUE_TPL_APPLICATION_ERROR,
  ISSUE_TPL_CI_UNKNOWN,
  ISSUE_TPL_NOT_RECORDS,
  ISSUE_TPL_TRUNCATED,
  SECURITY_NONE,
} from './generated/codes';
import { M_APPLICATION_DATA } from './generated/meanings';
import { manufacturerAddress, manufacturerApplication, manufacturerParts } from './manufacturer';
import { putBytes, putFixed, putVendorBytes, walk } from './records/record';
import {
  FIXED_BODY,
  fixedBinary,
  fixedCounter,
  fixedMedium,
  fixedMsb,
  fixedStorage,
  fixedUnit,
} from './tpl/fixed';
import { putClock } from './records/clock';
import { bodyIn, headerIn, headerSize, isToMeter, layoutOf } from './tpl/header';
import { setVendor } from './records/vib';
import { hasBody, vendorBody } from './vendor/format';
import { checkPlainMac, marked, secured } from './security';

/** Whether the full frame in hand is one whose format compact frames may need. */
let teaches: bool = false;

/** Where in the frame the message starts that a MAC covers: its CI field. */
let messagePlace: usize = 0;

/** Its address, also where the frame has moved into the arena meanwhile. */
export function message(): usize {
  return first + messagePlace;
}

/**
 * Decodes the application layer whose CI field stands at `at`. `extended`: it came behind an extended link layer; `partner` is
 * the address of the receiver's M2 and A2 in that, or 0.
 */
export function application(at: usize, wired: bool, extended: bool, partner: usize): void {
  const ci: u32 = load<u8>(at);
  messagePlace = at - first;
  teaches = !wired && (extended || ci == 0x78 || compactSeen);
  setCi(ci);
  let layout = layoutOf(ci);
  // CI 73 is a compact frame with a long header (EN 13757-7 table 2); by wire, with as many bytes, the old fixed structure.
  if (ci == 0x73 && !(wired && at + 1 + FIXED_BODY == end))
    layout = HEADER_LONG | (BODY_COMPACT << 4);
  const header = headerIn(layout);
  const body = bodyIn(layout);
  const msb = ci == 0x76 || ci == 0x77;
  const toMeter = isToMeter(layout);
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
  else if (toMeter && partner != 0) partnerAddress(partner);
  if (header == HEADER_UNKNOWN) {
    unknown(at, ci);
    return;
  }
  if (header == HEADER_NONE) {
    checkPlainMac(toMeter);
    carry(from, body, msb, toMeter);
    return;
  }
  const fields = from + size - 4;
  const access: u32 = load<u8>(fields);
  setHeader(access, load<u8>(fields, 1));
  const configuration: u32 = msb ? bswap<u16>(load<u16>(fields, 2)) : load<u16>(fields, 2);
  if (body == BODY_NONE) {
    checkPlainMac(toMeter);
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
  if (hasMeter() && (meterId() != id || meterManufacturer() != (manufacturer & 0x7fff)))
    meterBecomesSender();
  setMeter(manufacturer, id, version, medium, false);
}

/** M2(2) ID(4) Ver Type of the extended link layer names the receiver: of a message to a meter, the meter. */
function partnerAddress(at: usize): void {
  meterBecomesSender();
  setMeter(load<u16>(at), load<u32>(at, 2), load<u8>(at, 6), load<u8>(at, 7), false);
}

/** DLMS without a header, and with OBIS or SML behind one. */
function hasReadings(ci: u32): bool {
  return ci < 0x20 || (ci >= 0x7c && ci <= 0x7f);
}

/** Where the fillers begin that end `[at, to)`. */
function unfilled(at: usize, to: usize): usize {
  while (to > at && load<u8>(to - 1) == 0x2f) to--;
  return to;
}

/** Decodes a body that is plain, or was decrypted. */
export function carry(at: usize, body: u32, msb: bool, toMeter: bool): void {
  setVendor(meterManufacturer());
  if (body == BODY_RECORDS) {
    if (
      hasBody(meterManufacturer()) &&
      vendorBody(at, end, meterManufacturer(), meterVersion(), meterMedium())
    )
      return;
    const before = records;
    walk(at, end, msb, toMeter);
    if (teaches && !full) learn(at, end);
    manufacturerParts(before);
    return;
  }
  // Encrypted bodies begin with two idle fillers, and are filled up to whole blocks.
  let to = end;
  if (isSecured()) {
    if (marked(at)) at += 2;
    // How many fill an application without records is told inside it.
    if (body != BODY_OTHER) to = unfilled(at, to);
  }
  if (body == BODY_COMPACT) {
    decodeCompact(at, end);
  } else if (body == BODY_FORMAT) {
    takeFormat(at, end);
  } else if (body == BODY_APPLICATION_ERROR) {
    // An error report without a body is an unspecified error (EN 13757-3 clause 10.2).
    issue(ISSUE_TPL_APPLICATION_ERROR, at < to ? at : at - 1, at < to ? load<u8>(at) : 0);
    putVendorBytes(at + 1, to);
  } else if (body == BODY_ALARM) {
    issue(ISSUE_TPL_ALARM, at, at < to ? load<u8>(at) : 0);
    putVendorBytes(at, to);
  } else if (body != BODY_NONE) {
    const ci: u32 = load<u8>(message());
    if (body == BODY_CLOCK && putClock(at, to, ci)) return;
    if (hasReadings(ci)) issue(ISSUE_TPL_NOT_RECORDS, message(), ci);
    putBytes(at, to, M_APPLICATION_DATA);
  }
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
  if (at + FIXED_BODY < end) putVendorBytes(at + FIXED_BODY, end);
}
