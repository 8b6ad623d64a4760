// Authentication and fragmentation layer (EN 13757-7 clause 6):
//
//   90 AFLL(1) FCL(2) [MCL(1)] [KI(2)] [MCR(4)] [MAC(n)] [ML(2)]        AFLL counts what stands behind it
//
// FCL: 14 more fragments, 13 MCL, 12 ML, 11 MCR, 10 MAC, 9 KI present, 7–0 fragment number.
// MCL: 6 ML, 5 MCR, 4 KI are covered by the MAC; 3–0 authentication type.
import { beginCmac, finishCmac, updateCmac } from '../crypto/cmac';
import { sameTag } from '../crypto/tag';

const MORE: u32 = 0x4000;
const HAS_MCL: u32 = 0x2000;
const HAS_ML: u32 = 0x1000;
const HAS_MCR: u32 = 0x0800;
const HAS_MAC: u32 = 0x0400;
const HAS_KI: u32 = 0x0200;

/** Results of {@link readAfl}. */
export let fragment: u32 = 0;
export let moreFragments: bool = false;
export let hasCounter: bool = false;
/** Length of the whole message, or 0 where it is not told. */
export let messageLength: u32 = 0;
export let macLength: u32 = 0;

/** Bytes of what is kept between fragments: MCL KI MCR ML as the MAC covers them, the MAC, the counter, their lengths. */
export const AFL_STATE: usize = 48;
const STATE: usize = memory.data(48);
const COVERED: usize = STATE;
const MAC: usize = STATE + 16;
const COUNTER: usize = STATE + 32;
let covered: usize = 0;
const COMPUTED: usize = memory.data(16);

/** Bytes of the MAC by authentication type; GMAC (8, 9) is recognised and not checked. */
function macSize(type: u32): u32 {
  switch (type) {
    case 3:
      return 2;
    case 4:
      return 4;
    case 5:
      return 8;
    case 6:
    case 8:
      return 12;
    case 7:
    case 9:
      return 16;
    default:
      return 0;
  }
}

/** Address of the message counter, four bytes as sent. */
export function counterAt(): usize {
  return COUNTER;
}

/** A telegram without the layer: nothing of an earlier one holds. */
export function clearAfl(): void {
  fragment = 0;
  moreFragments = false;
  hasCounter = false;
  messageLength = 0;
  macLength = 0;
  covered = 0;
}

export function saveAfl(to: usize): void {
  store<u16>(STATE, <u16>messageLength, 36);
  store<u8>(STATE, <u8>covered, 38);
  store<u8>(STATE, <u8>macLength, 39);
  store<u8>(STATE, hasCounter ? 1 : 0, 40);
  memory.copy(to, STATE, AFL_STATE);
}

export function restoreAfl(from: usize): void {
  memory.copy(STATE, from, AFL_STATE);
  messageLength = load<u16>(STATE, 36);
  covered = <usize>load<u8>(STATE, 38);
  macLength = load<u8>(STATE, 39);
  hasCounter = load<u8>(STATE, 40) != 0;
}

function cover(at: usize, n: usize): void {
  memory.copy(COVERED + covered, at, n);
  covered += n;
}

/** Reads the layer whose CI field stands at `at`; returns the address behind it, or 0 where it is cut short. */
export function readAfl(at: usize, end: usize): usize {
  if (at + 4 > end) return 0;
  const to = at + 2 + <usize>load<u8>(at, 1);
  if (to > end) return 0;
  const fields: u32 = load<u16>(at, 2);
  at += 4;
  fragment = fields & 0xff;
  moreFragments = (fields & MORE) != 0;
  if (fragment <= 1) {
    covered = 0;
    hasCounter = false;
    messageLength = 0;
    macLength = 0;
  }
  let control: u32 = 0;
  if (fields & HAS_MCL) {
    if (at + 1 > to) return 0;
    control = load<u8>(at);
    cover(at, 1);
    at += 1;
  }
  if (fields & HAS_KI) {
    if (at + 2 > to) return 0;
    if (control & 0x10) cover(at, 2);
    at += 2;
  }
  if (fields & HAS_MCR) {
    if (at + 4 > to) return 0;
    store<u32>(COUNTER, load<u32>(at));
    hasCounter = true;
    if (control & 0x20) cover(at, 4);
    at += 4;
  }
  if (fields & HAS_MAC) {
    const rest = <usize>(fields & HAS_ML ? 2 : 0);
    const size: usize = control & 15 ? macSize(control & 15) : to - at - rest;
    if (size > 16 || at + size > to) return 0;
    macLength = <u32>size;
    memory.copy(MAC, at, size);
    at += size;
  }
  if (fields & HAS_ML) {
    if (at + 2 > to) return 0;
    messageLength = load<u16>(at);
    if (control & 0x40) cover(at, 2);
  }
  return to;
}

/** Whether the MAC over the message `[at, end)`, its ciphertext as sent, is the one that came with it. */
export function macFits(at: usize, end: usize, key: usize): bool {
  beginCmac(key);
  updateCmac(COVERED, covered);
  updateCmac(at, end - at);
  finishCmac(COMPUTED);
  return macLength != 0 && sameTag(MAC, COMPUTED, macLength);
}
