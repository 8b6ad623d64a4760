// The order of layers for one telegram. Only this file and transport.ts know more than one of them.
import {
  clearAfl,
  counterAt,
  fragment,
  hasCounter,
  messageLength,
  moreFragments,
  readAfl,
} from './afl/afl';
import {
  FRAGMENT_COMPLETES,
  FRAGMENT_LOST,
  FRAGMENT_WAITS,
  addFragment,
  recallAfl,
  messageAt,
  messageBytes,
} from './afl/fragments';
import { room } from './batch/arena';
import { beginTelegram, endTelegram, issue, issueInInput, pinOffsets, setFull } from './batch/row';
import {
  CRC_OK,
  CRC_REMOVED,
  CRC_WRONG,
  LAYER_ELL,
  setCi,
  setControl,
  setCounter,
  setFrameColumns,
  setLink,
  setMeter,
  setSecurity,
  withoutLink,
} from './batch/telegram';
import {
  cryptPayload,
  decryptEll,
  ellSize,
  encryption,
  hasPartner,
  hasSession,
  partnerAt,
  payloadCrcAt,
} from './ell/ell';
import { begin, end, first, own, shorten } from './frame';
import {
  ISSUE_AFL_LENGTH,
  ISSUE_AFL_TRUNCATED,
  ISSUE_ELL_CRC,
  ISSUE_ELL_KEY_MISSING,
  ISSUE_ELL_KEY_WRONG,
  ISSUE_ELL_TRUNCATED,
  ISSUE_ELL_UNSUPPORTED,
  ISSUE_INPUT_EMPTY,
  ISSUE_INPUT_TOO_LONG,
  ISSUE_LINK_CHECKSUM,
  ISSUE_LINK_CRC,
  ISSUE_LINK_LEADING_BYTES,
  ISSUE_LINK_STOP,
  ISSUE_LINK_TRAILING_BYTES,
  ISSUE_LINK_TRUNCATED,
  ISSUE_LINK_UNRECOGNISED,
  ISSUE_TRANSPORT_FRAGMENT_LOST,
  ISSUE_TRANSPORT_INCOMPLETE,
  LINK_WIRED_ACK,
  LINK_WIRED_SHORT,
  LINK_WIRELESS,
  SECURITY_DECRYPTED,
  SECURITY_KEY_MISSING,
  SECURITY_KEY_WRONG,
  SECURITY_PLAIN,
  SECURITY_UNSUPPORTED,
} from './generated/codes';
import { meterKey } from './owner';
import { crc16 } from './link/crc';
import {
  checksumOk,
  cut,
  dataEnd,
  findWired,
  kind as wiredKind,
  readWired,
  start as wiredStart,
  stopOk,
  frameEnd as wiredEnd,
} from './link/wired';
import {
  FORMAT_NONE,
  format,
  frameEnd as wirelessEnd,
  looksWireless,
  missing,
  readWireless,
  strip,
  trusted,
  wrongCrc,
} from './link/wireless';
import { meterId, meterManufacturer } from './batch/telegram';
import { FROM_FRAGMENTS, setOrigin } from './records/emit';
import { putVendorBytes, walk } from './records/record';
import { setVendor } from './records/vib';
import { HEADER_UNKNOWN } from './generated/ci';
import { headerIn, layoutOf } from './tpl/header';
import { application } from './transport';

const MOST_BYTES: usize = 0xffff;
/** CI field of the authentication and fragmentation layer. */
const AFL: u32 = 0x90;
/** CI field of the extended link layer V, of variable length: its layout is in no public source. */
const ELL_V: u32 = 0x86;
/** L C M(2) A(6). */
const BLOCK_1: usize = 10;
/** 68 L L 68 C A. */
const WIRED_CI: usize = 6;

/** Decodes the telegram in `[at, to)` into the next row; false when rows or arena are used up, and nothing was kept. */
export function decodeTelegram(at: usize, to: usize, recordsOnly: bool): bool {
  if (!beginTelegram()) return false;
  clearAfl();
  setOrigin(0);
  setVendor(0);
  begin(at, to, false);
  if (at == to) {
    issueInInput(ISSUE_INPUT_EMPTY, 0, 0);
    withoutLink(at, 0);
  } else if (to - at > MOST_BYTES) {
    issueInInput(ISSUE_INPUT_TOO_LONG, 0, 0);
    shorten(at);
    withoutLink(at, 0);
  } else if (recordsOnly) {
    walk(at, to, false, false);
    withoutLink(first, end - first);
  } else if (readWired(at, to) && !isWirelessInstead(at, to)) {
    wired(at, to);
  } else if (isWireless(at, to)) {
    wireless(at, to);
  } else if (findWired(at, to)) {
    wired(at, to);
  } else if (looksWireless(at, to)) {
    wireless(at, to);
  } else {
    issueInInput(ISSUE_LINK_UNRECOGNISED, 0, load<u8>(at));
    withoutLink(at, to - at);
  }
  return endTelegram();
}

/** Whether what begins as a wired frame, 68 L L 68, but does not end as one, is a radio frame of that length and maker. */
function isWirelessInstead(at: usize, to: usize): bool {
  if (checksumOk && stopOk) return false;
  // A damaged wired frame may have as many bytes as its 68 would count by radio: then a CRC has to tell.
  return isWireless(at, to) && (format != FORMAT_NONE || (wiredEnd < to && !stopOk));
}

/** Whether a CRC or the exact length says so; otherwise a wired frame may stand behind noise. */
function isWireless(at: usize, to: usize): bool {
  if (!looksWireless(at, to)) return false;
  readWireless(at, to);
  return format != FORMAT_NONE || (missing == 0 && wirelessEnd == to);
}

function wired(at: usize, to: usize): void {
  setLink(wiredKind, 0, checksumOk ? CRC_OK : CRC_WRONG);
  begin(wiredStart, wiredEnd, false);
  if (wiredStart > at) issueInInput(ISSUE_LINK_LEADING_BYTES, 0, <u32>(wiredStart - at));
  if (wiredEnd < to)
    issueInInput(ISSUE_LINK_TRAILING_BYTES, <u32>(wiredEnd - at), <u32>(to - wiredEnd));
  if (cut) issue(ISSUE_LINK_TRUNCATED, to, 0);
  else if (!checksumOk) issue(ISSUE_LINK_CHECKSUM, dataEnd, 0);
  else if (!stopOk) issue(ISSUE_LINK_STOP, dataEnd + 1, 0);
  if (wiredKind == LINK_WIRED_SHORT) {
    setControl(load<u8>(first, 1), load<u8>(first, 2));
  } else if (wiredKind != LINK_WIRED_ACK && first + WIRED_CI < dataEnd) {
    setControl(load<u8>(first, 4), load<u8>(first, 5));
    shorten(dataEnd);
    // One sum guards the whole frame: where it is wrong, no value can be trusted.
    if (checksumOk || cut) application(first + WIRED_CI, true, false, 0);
  }
  setFrameColumns(first, end - first, wiredStart - at);
}

/** What {@link readWireless} has found. */
function wireless(at: usize, to: usize): void {
  setLink(
    LINK_WIRELESS,
    format,
    format == FORMAT_NONE ? CRC_REMOVED : wrongCrc != 0 ? CRC_WRONG : CRC_OK,
  );
  if (wirelessEnd < to)
    issueInInput(ISSUE_LINK_TRAILING_BYTES, <u32>(wirelessEnd - at), <u32>(to - wirelessEnd));
  if (wrongCrc != 0) issueInInput(ISSUE_LINK_CRC, <u32>(wrongCrc - at), 0);
  if (missing != 0) issueInInput(ISSUE_LINK_TRUNCATED, <u32>(to - at), missing);
  if (format == FORMAT_NONE) {
    begin(at, wirelessEnd, false);
  } else {
    const copy = room(wirelessEnd - at);
    if (copy == 0) {
      setFull();
      return;
    }
    const length = strip(at, wirelessEnd, copy);
    const good = wrongCrc == 0 ? length : trusted(at, wrongCrc);
    begin(copy, copy + (good < length ? good : length), true);
  }
  if (end - first >= BLOCK_1) {
    setControl(load<u8>(first, 1), 0);
    setMeter(
      load<u16>(first, 2),
      load<u32>(first, 4),
      load<u8>(first, 8),
      load<u8>(first, 9),
      false,
    );
    layers(first + BLOCK_1);
  }
  setFrameColumns(first, end - first, 0);
}

/** Extended link layer, authentication and fragmentation layer, then the application. */
function layers(at: usize): void {
  let extended: bool = false;
  let partner: usize = 0;
  while (at < end) {
    const ci: u32 = load<u8>(at);
    if (ci == AFL) {
      at = authenticated(at);
      if (at == 0) return;
      continue;
    }
    const size = ellSize(ci);
    if (ci == ELL_V) {
      setCi(ci);
      issue(ISSUE_ELL_UNSUPPORTED, at, ci);
      putVendorBytes(at + 1, end);
      return;
    }
    if (size == 0) {
      application(at, false, extended, partner);
      return;
    }
    if (at + size > end) {
      issue(ISSUE_ELL_TRUNCATED, at, <u32>(at + size - end));
      return;
    }
    if (hasPartner(ci)) partner = partnerAt(at);
    if (hasSession(ci)) {
      at = session(at, ci);
      if (at == 0) return;
    }
    extended = true;
    at += size;
  }
}

/** Reads the layer at `at`; returns where the message starts, or 0 where it is not complete. */
function authenticated(at: usize): usize {
  // What the first fragment said of counter and MAC holds for all.
  if (at + 4 <= end && load<u8>(at, 2) > 1) recallAfl(meterManufacturer(), meterId());
  const to = readAfl(at, end);
  if (to == 0) {
    issue(ISSUE_AFL_TRUNCATED, at, 0);
    return 0;
  }
  if (hasCounter) setCounter(load<u32>(counterAt()));
  if (fragment == 0) return checkLength(to);
  const state = addFragment(meterManufacturer(), meterId(), fragment, moreFragments, to, end);
  if (state == FRAGMENT_WAITS) issue(ISSUE_TRANSPORT_INCOMPLETE, to, fragment);
  if (state == FRAGMENT_LOST) issue(ISSUE_TRANSPORT_FRAGMENT_LOST, to, fragment);
  if (state != FRAGMENT_COMPLETES) return 0;
  const copy = room(messageBytes);
  if (copy == 0) {
    setFull();
    return 0;
  }
  memory.copy(copy, messageAt, messageBytes);
  pinOffsets(to);
  begin(copy, copy + messageBytes, true);
  setOrigin(FROM_FRAGMENTS);
  return checkLength(copy);
}

function checkLength(at: usize): usize {
  if (messageLength != 0 && <usize>messageLength != end - at)
    issue(ISSUE_AFL_LENGTH, at, messageLength);
  return at;
}

/** Checks the payload CRC, decrypting where that is needed; returns the CI field's address, or 0 to go no further. */
function session(at: usize, ci: u32): usize {
  const kind = encryption(at, ci);
  const key = kind == 1 ? meterKey() : 0;
  const fits = payloadFits(at, ci);
  if (fits) {
    if (kind == 0) return at;
    // One ciphertext in 65 536 has a CRC that fits by chance: hardly one also has a CI field behind it that is known.
    const likely = isKnown(load<u8>(payloadCrcAt(at, ci), 2));
    if (key == 0 ? likely || kind != 1 : !opens(at, ci, key, likely)) {
      setSecurity(0, SECURITY_PLAIN, LAYER_ELL);
      return at;
    }
  }
  if (kind == 0) {
    issue(ISSUE_ELL_CRC, payloadCrcAt(at, ci), 0);
    return 0;
  }
  if (kind != 1) {
    setSecurity(0, SECURITY_UNSUPPORTED, LAYER_ELL);
    issue(ISSUE_ELL_UNSUPPORTED, at, kind);
    return 0;
  }
  if (key == 0) {
    setSecurity(0, SECURITY_KEY_MISSING, LAYER_ELL);
    issue(ISSUE_ELL_KEY_MISSING, payloadCrcAt(at, ci), 0);
    return 0;
  }
  const moved = own(at);
  if (moved == 0) return 0;
  decryptEll(moved, ci, end, first + 2, key);
  if (payloadFits(moved, ci)) {
    setSecurity(0, SECURITY_DECRYPTED, LAYER_ELL);
    return moved;
  }
  setSecurity(0, SECURITY_KEY_WRONG, LAYER_ELL);
  issue(ISSUE_ELL_KEY_WRONG, payloadCrcAt(moved, ci), 0);
  return 0;
}

/** Whether `key` makes a payload whose CRC fits too, and whose CI field is known, or no worse than the one that is there. */
function opens(at: usize, ci: u32, key: usize, likely: bool): bool {
  const from = payloadCrcAt(at, ci);
  const copy = room(end - from);
  // Where the arena is full the telegram is decoded again in the next batch.
  if (copy == 0) {
    setFull();
    return false;
  }
  memory.copy(copy, from, end - from);
  cryptPayload(at, ci, copy, end - from, first + 2, key);
  return (
    <u32>load<u16>(copy) == crc16(copy + 2, copy + (end - from)) &&
    (!likely || isKnown(load<u8>(copy, 2)))
  );
}

/** Whether a layer is known that begins with this CI field. */
function isKnown(ci: u32): bool {
  return (
    ci == AFL ||
    ellSize(ci) != 0 ||
    (ci >= 0xa0 && ci <= 0xb7) ||
    headerIn(layoutOf(ci)) != HEADER_UNKNOWN
  );
}

/** The payload CRC is the link layer's, sent low byte first. */
function payloadFits(at: usize, ci: u32): bool {
  const crc = payloadCrcAt(at, ci);
  return <u32>load<u16>(crc) == crc16(crc + 2, end);
}
