// Rows that are dealt out (deal.ts), sorted by register: a hand. Each row is put straight to where the counts of gather.ts say
// that it belongs, in the order that they came. Several hands wait, to be played out together.
import { mantissaColumn, registerColumn, timeColumn } from './columns';
import { integerOf } from './exact';
import { anyBad, anyLarge, earliest, isGood, latest, waitFrom, waitTo } from './gather';
import { LINE, regrow } from './memory';
import { countOf, registers } from './register';

/** Hands at most. */
const MOST: usize = 8;
/** Milliseconds that 32 bits span. */
const SPAN: f64 = 4_294_967_294;

// a hand, 16 bytes: 0 ends u32: where its rows begin, and then where those of each register end · 4 registers u32 · 8 rows u32
export const HAND: usize = 16;
export const hands: usize = memory.data(128);
const rooms: usize = memory.data(64); // bytes of each hand's ends and rows, u32
/** Past the last hand. */
export let handsEnd: usize = hands;
/** Rows in hands. */
export let held: usize = 0;
/** Where their times begin and end. */
export let heldFrom: f64 = 0;
export let heldTo: f64 = 0;
/** 1: rows are two i64, time and value; else both are in one, 32 bits each. */
export let large: u32 = 0;
/** What times of all hands count from. */
export let origin: i64 = 0;

/** A hand has no more rows than this: 16 of each register; four such hands are played out. */
export function handful(): usize {
  return (<usize>max(registers(), 1)) << 4;
}

/** No hand more should wait. */
export function areFull(): bool {
  return handsEnd == hands + MOST * HAND || held >= handful() << 2;
}

/** Nothing is in hands. */
export function dropHands(): void {
  handsEnd = hands;
  held = 0;
}

/** Bytes of readings in hands. */
export function bytesInHands(): usize {
  return held << (3 + <usize>large);
}

/** A block of a hand, the first or the second, with room for `bytes`. */
function roomFor(hand: usize, second: usize, bytes: u32): usize {
  const field = hand + (second << 3);
  const room = rooms + ((hand - hands) >> 1) + (second << 2);
  const before = load<u32>(room);
  if (bytes > before) {
    store<u32>(field, <u32>regrow(load<u32>(field), before, 0, bytes));
    store<u32>(room, bytes);
  }
  return <usize>load<u32>(field);
}

function areLarge(): u32 {
  return anyLarge || latest - earliest > SPAN ? 1 : 0;
}

/** The waiting rows can be one more hand beside those that there are. */
export function isAlike(): bool {
  if (handsEnd == hands) return true;
  return areLarge() == large && earliest >= <f64>origin && latest <= <f64>origin + SPAN;
}

/** Sorts the waiting rows by register: a new hand, alike the others. */
export function pickUp(): void {
  if (handsEnd == hands) {
    heldFrom = Infinity;
    heldTo = -Infinity;
    large = areLarge();
    // room for what comes later, and for what comes late
    origin = <i64>min(earliest, max(latest - SPAN, earliest - SPAN / 4));
  }
  heldFrom = min(heldFrom, earliest);
  heldTo = max(heldTo, latest);
  const hand = handsEnd;
  handsEnd += HAND;
  const total = registers();
  const size: usize = 8 << large;
  let at = roomFor(hand, 1, <u32>((waitTo - waitFrom) * size));
  const ends = roomFor(hand, 0, (total + 1) << 2);
  store<u32>(hand, total, 4);
  store<u32>(ends, <u32>at);
  const counts = countOf(0);
  for (let p: usize = 0; p < (<usize>total) << 2; p += 4) {
    const count = <usize>load<u32>(counts + p);
    store<u32>(counts + p, 0);
    store<u32>(ends + p, <u32>at, 4); // as long as none is there; each goes on from it
    at += count * size;
  }
  held += waitTo - waitFrom;
  if (large != 0 || anyBad) sortSome(ends + 4);
  else sort(ends + 4);
}

/** Puts the waiting rows where they belong. */
function sort(ends: usize): void {
  const since = origin;
  const stop = registerColumn + (waitTo << 2);
  const values = mantissaColumn - timeColumn; // from a row's time to its value
  let time = timeColumn + (waitFrom << 3);
  for (let row = registerColumn + (waitFrom << 2); row < stop; row += 4) {
    const place = ends + ((<usize>load<u32>(row)) << 2);
    const at = <usize>load<u32>(place);
    const distance = integerOf(load<f64>(time)) - since;
    store<i64>(at, (distance << 32) | load<i64>(time + values));
    store<u32>(place, <u32>at + 8);
    time += 8;
  }
}

/** As `sort`, where some rows cannot be used, or are large. */
function sortSome(ends: usize): void {
  for (let i = waitFrom; i < waitTo; i++) {
    if (!isGood(i)) continue;
    const place = ends + ((<usize>load<u32>(registerColumn + (i << 2))) << 2);
    const at = <usize>load<u32>(place);
    const since = <i64>load<f64>(timeColumn + (i << 3)) - origin;
    const value = load<i64>(mantissaColumn + (i << 3));
    store<i64>(at, large != 0 ? since : (since << 32) | value);
    if (large != 0) store<i64>(at, value, 8);
    store<u32>(place, <u32>at + (8 << large));
  }
}

/** Time and value of a row at `p` of a hand. */
export function timeIn(p: usize): i64 {
  return origin + (large != 0 ? load<i64>(p) : <i64>load<u32>(p, 4));
}

export function valueIn(p: usize): i64 {
  return large != 0 ? load<i64>(p, 8) : <i64>load<u32>(p);
}

/** Where the rows of a register begin in a hand, and past them. */
export function startOf(hand: usize, register: u32): usize {
  return <usize>load<u32>(load<u32>(hand) + (min(register, load<u32>(hand, 4)) << 2));
}

export function endOf(hand: usize, register: u32): usize {
  return startOf(hand, register + 1);
}
