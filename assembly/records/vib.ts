// Value information block: VIF, extension tables, plain text, combinable VIFEs (EN 13757-3 clauses 6.4 and 6.5).
import {
  EFFECT_ADD,
  EFFECT_BITS,
  EFFECT_DURATION,
  EFFECT_ERROR,
  EFFECT_PROFILE,
  EFFECT_SCALE,
  EFFECT_TIME,
  EFFECT_UNSIGNED,
  EFFECT_VENDOR,
  MEANING_DURATION,
  TYPE_BITS,
  TYPE_NUMBER,
  TYPE_TEXT_UNIT,
  TYPE_TIME,
  TYPE_UNSIGNED,
  VIFE_FC,
  VIFE_MAIN,
  VIF_FB,
  VIF_FD,
  VIF_FDFD,
  VIF_MAIN,
} from '../generated/tables';
import { VENDOR_FIRST, VENDOR_VIFS } from '../generated/vendor-vif';

/** Manufacturer whose own VIFs are read, 0 for none; and the first of its VIFs, or of some that its code's low bits share. */
let vendorCode: u32 = 0;
let vendorFirst: usize = 0;

export function setVendor(manufacturer: u32): void {
  vendorCode = manufacturer;
  vendorFirst = load<u8>(VENDOR_FIRST + (manufacturer & 63));
}

/** What VIF FF with these VIFEs means for the manufacturer in hand, the first in the lowest byte of `codes`; 0: nothing known. */
export function vendorEntry(codes: u32, count: u32): u32 {
  if (vendorFirst == 0) return 0;
  const wanted = vendorCode | (count << 24);
  let at = VENDOR_VIFS + (vendorFirst - 1) * 12;
  for (; ((load<u32>(at) ^ wanted) & 63) == 0; at += 12)
    if (load<u32>(at) == wanted && load<u32>(at, 4) == codes) return load<u32>(at, 8);
  return 0;
}

/** Results of {@link readVib}. */
export let meaning: u32 = 0;
export let type: u32 = 0;
export let vibScale: i32 = 0;
export let modifiers: u32 = 0;
/** Sum of the additive constants, in thousandths of the unit. */
export let addend: i64 = 0;
export let recordError: bool = false;
export let profile: bool = false;
/** `modifiers` tells every VIFE: there are four at most, and each has a number. */
export let allNumbered: bool = false;

/** What {@link readVib} returns beside an address. */
export const CUT_SHORT: usize = 0;
export const TOO_MANY: usize = 1;

/** At most so many VIFEs (EN 13757-3 6.4.1). */
const MOST: u32 = 10;

function entry(table: usize, code: u32): void {
  setEntry(load<u32>(table + (code << 2)));
}

function setEntry(bits: u32): void {
  meaning = bits & 0xffff;
  vibScale = <i32>(<i8>(bits >> 16));
  type = bits >> 24;
}

/** Whether LEN and text stand right behind the VIF: what meters do, and what the 1997 text says. */
export function textFollows(at: usize, end: usize): bool {
  const length: usize = load<u8>(at);
  if (length == 0 || length >= 0x20 || at + 1 + length > end) return false;
  for (let i: usize = 1; i <= length; i++) {
    const character: u32 = load<u8>(at + i);
    if (character < 0x20 || character == 0x7f) return false;
  }
  return true;
}

/** Reads the block at `at`; returns the address behind it, CUT_SHORT or TOO_MANY. */
export function readVib(at: usize, end: usize, toMeter: bool): usize {
  modifiers = 0;
  addend = 0;
  recordError = false;
  profile = false;
  allNumbered = true;
  if (at >= end) return CUT_SHORT;
  let byte: u32 = load<u8>(at++);
  const first = byte;
  let vendor: bool = false;
  let textIsDue: bool = false;
  let codes: u32 = 0;
  let count: u32 = 0;
  if ((byte & 0x7f) < 0x7b) {
    entry(VIF_MAIN, byte & 0x7f);
    // EF announces a third extension table, of which nothing is published: its code is skipped.
    if (byte == 0xef) {
      if (at >= end) return CUT_SHORT;
      byte = load<u8>(at++);
    }
  } else if (byte == 0xfb || byte == 0xfd) {
    let table = byte == 0xfb ? VIF_FB : VIF_FD;
    if (at >= end) return CUT_SHORT;
    byte = load<u8>(at++);
    if (byte == 0xfd && table == VIF_FD) {
      if (at >= end) return CUT_SHORT;
      byte = load<u8>(at++);
      table = VIF_FDFD;
    }
    entry(table, byte & 0x7f);
  } else {
    entry(VIF_MAIN, byte & 0x7f);
    if (type == TYPE_TEXT_UNIT) {
      if (at < end && textFollows(at, end)) at += 1 + <usize>load<u8>(at);
      else textIsDue = true;
    }
    // FF: the VIFEs that follow are the manufacturer's own (EN 13757-3 table 10, VIF 7F).
    vendor = byte == 0xff;
  }
  for (; byte & 0x80; count++) {
    if (at >= end) return CUT_SHORT;
    if (count == MOST) return TOO_MANY;
    byte = load<u8>(at++);
    if (vendor) {
      codes |= (byte & 0x7f) << (count << 3);
      allNumbered = false;
      continue;
    }
    let table = VIFE_MAIN;
    if (byte == 0xfc) {
      if (at >= end) return CUT_SHORT;
      byte = load<u8>(at++);
      table = VIFE_FC;
    }
    const bits = load<u32>(table + ((byte & 0x7f) << 2));
    if (count < 4) modifiers |= (bits & 0xff) << (count << 3);
    if (count > 3 || bits == 0) allNumbered = false;
    vendor = apply(bits, toMeter);
  }
  if (first == 0xff) {
    const bits = vendorEntry(codes, count);
    if (bits != 0) setEntry(bits);
  }
  if (textIsDue) {
    if (at >= end) return CUT_SHORT;
    at += 1 + <usize>load<u8>(at);
    if (at > end) return CUT_SHORT;
  }
  return at;
}

/** Applies a combinable VIFE to the results; true when what follows is the manufacturer's own. */
function apply(bits: u32, toMeter: bool): bool {
  const number = <i32>(<i8>(bits >> 16));
  switch (bits >> 24) {
    case EFFECT_SCALE:
      vibScale += number;
      break;
    case EFFECT_ADD: {
      // 10^-3 … 10^0 of the unit are 1 … 1000 thousandths.
      let thousandths: i64 = 1;
      for (let i = -3; i < number; i++) thousandths *= 10;
      addend += thousandths;
      break;
    }
    case EFFECT_TIME:
      type = TYPE_TIME;
      break;
    case EFFECT_DURATION:
      meaning = MEANING_DURATION + number;
      type = TYPE_NUMBER;
      vibScale = 0;
      break;
    case EFFECT_ERROR:
      // To a meter the same codes are object actions.
      if (!toMeter) recordError = true;
      break;
    case EFFECT_PROFILE:
      profile = true;
      break;
    case EFFECT_UNSIGNED:
      type = TYPE_UNSIGNED;
      break;
    case EFFECT_BITS:
      type = TYPE_BITS;
      break;
    case EFFECT_VENDOR:
      return true;
    default:
  }
  return false;
}
