// Counting: from a register's readings in order to the energy of each interval.
//
// The walk goes from accepted reading p to accepted reading n. Every boundary in between has a value where n stands on
// it or where p and n are at most maxGap apart; `acc` is the exact energy since the last boundary B that has one. What
// is said of interval k − 1 when boundary k gets a value is therefore a difference of boundary values, and all that is
// said, gaps included, adds up to the register's difference.
import { interpolate } from './exact';
import { boundary, boundaryAtOrBefore } from './grid';
import {
  COUNTER_ENTRY,
  FAULT,
  INTERPOLATED,
  MEASURED,
  MISSING,
  begin,
  end,
  sayCounter,
  sayGapTo,
} from './issued';
import { rollOver } from './judge';
import {
  CLASS_ASIDE,
  CLASS_BREAK,
  CLASS_MASK,
  CLASS_ROLL,
  KIND_OPEN,
  NEVER,
  MARK_CONFLICT,
  NOT_PLAIN,
  READING,
  TIME_SHIFT,
  coldOf,
  kindOf,
  timeOf,
  valueOf,
} from './register';
import { sayGap } from './tables';

export const STATE_STARTED: u32 = 1;
/** B has a value. */
export const STATE_VALUED: u32 = 2;
/** B was read. */
export const STATE_READ: u32 = 4;
/** The energy since B is not known. */
export const STATE_BROKEN: u32 = 8;
/** A fault took values since B. */
const STATE_FAULT: u32 = 16;

export const GAP_UNKNOWN: u32 = 1;
export const GAP_FAULT: u32 = 2;
export const GAP_OPEN: u32 = 4;

let maxGap: i64 = 10_800_000;

let E: i64 = 0; // next interval to be said
let B: i64 = 0; // last boundary that has a value
let acc: i64 = 0;
let state: u32 = 0;
let first: i64 = 0; // instant of the first reading

export function setMaxGap(milliseconds: i64): void {
  maxGap = milliseconds;
}

export function longestGap(): i64 {
  return maxGap;
}

/** Says that the intervals before boundary `k` that were not said yet are missing. */
function missingTo(k: i64): void {
  const quality = (state & STATE_FAULT) != 0 ? FAULT : MISSING;
  for (; E < k; E++) sayCounter(E, 0, quality, 0);
}

/** Boundary `k` has a value, `acc` is the energy since B. */
function close(k: i64, read: bool): void {
  if (E < k) {
    if (B == k - 1 && E == B && (state & (STATE_VALUED | STATE_BROKEN)) == STATE_VALUED) {
      sayCounter(E, acc, read && (state & STATE_READ) != 0 ? MEASURED : INTERPOLATED, 0);
    } else {
      missingTo(k - 1);
      const valued = (state & STATE_VALUED) != 0;
      // tells one beginning from another: its length, or the low digits of its first instant
      const length = valued ? <u32>(k - B) : 0x2000_0000 | (<u32>first & 0x1fff_ffff);
      const unknown = (state & STATE_BROKEN) != 0;
      const fault = (state & STATE_FAULT) != 0;
      const marks = (unknown ? GAP_UNKNOWN : 0) | (fault ? GAP_FAULT : 0);
      const trace = (length << 2) | marks;
      const energy = unknown ? 0 : acc;
      sayGapTo(k, valued ? boundary(B) : first, energy, marks, trace);
      sayCounter(E, energy, fault ? FAULT : MISSING, trace);
    }
    E = k;
  }
  B = k;
  acc = 0;
  state = STATE_STARTED | STATE_VALUED | (read ? STATE_READ : 0);
}

/** The step from p to n crosses or meets boundaries, of which `k` at `b` is the first; returns the first one after n. */
function cross(
  pt: i64,
  pv: i64,
  t: i64,
  delta: i64,
  k: i64,
  b: i64,
  broken: bool,
  aside: bool,
): i64 {
  const apart = t - pt;
  if (!broken && apart <= maxGap) {
    let given: i64 = 0;
    while (b < t) {
      const here = interpolate(pv, delta, b - pt, apart);
      acc += here - given;
      given = here;
      close(k, false);
      b = boundary(++k);
    }
    acc += delta - given;
    if (b == t) {
      close(k, true);
      k++;
    }
    return k;
  }
  if (broken) state |= STATE_BROKEN | STATE_FAULT;
  else {
    acc += delta;
    if (aside) state |= STATE_FAULT;
  }
  k = boundaryAtOrBefore(t);
  if (boundary(k) == t) close(k, true);
  else missingTo(k);
  return k + 1;
}

/**
 * Counting begins with the reading at `t`, the first accepted one; the first of all is at `base`. What was used between
 * the two, where they differ, is not known.
 */
function startAt(t: i64, firstOfAll: i64): void {
  first = firstOfAll;
  E = firstInterval(first);
  acc = 0;
  state = STATE_STARTED | (t != first ? STATE_BROKEN | STATE_FAULT : 0);
  const k = boundaryAtOrBefore(t);
  if (boundary(k) == t) close(k, true);
  else missingTo(k);
}

function isAside(key: i64): bool {
  return (key & MARK_CONFLICT) != 0 || (key & CLASS_MASK) == CLASS_ASIDE;
}

/** First interval that can be said of readings that begin at `t`. */
export function firstInterval(t: i64): i64 {
  const k = boundaryAtOrBefore(t);
  return boundary(k) < t ? k + 1 : k;
}

/** Loads where a register stands. */
function resume(cold: usize): void {
  E = load<i64>(cold);
  B = load<i64>(cold, 8);
  acc = load<i64>(cold, 16);
  first = load<i64>(cold, 24);
  state = load<u32>(cold, 52);
}

function keepState(cold: usize): void {
  store<i64>(cold, E);
  store<i64>(cold, B, 8);
  store<i64>(cold, acc, 16);
  store<i64>(cold, first, 24);
  store<u32>(cold, state, 52);
}

/** Counting of a register begins with a plain reading at `t`, which is the first of all. */
export function startPlain(cold: usize, t: i64): void {
  startAt(t, t);
  keepState(cold);
}

/** For who walks over plain readings and keeps the register's state in its cold part: the step from p to n, by `cross`. */
export function crossPlain(cold: usize, pt: i64, pv: i64, t: i64, delta: i64, k: i64, b: i64): i64 {
  resume(cold);
  const after = cross(pt, pv, t, delta, k, b, false, false);
  keepState(cold);
  return after;
}

/** The open part of a register ended at its plain reading at `t`. */
export function endPlain(register: u32, cold: usize, t: i64): void {
  resume(cold);
  openGap(register, cold, t, t);
}

/**
 * Walks over the readings [base, to). Not `open`: what is said is final, and the state stays where the last of them left
 * it. `open`: what is said is compared with what was said, and the state is left alone.
 */
export function count(register: u32, base: usize, to: usize, open: bool): void {
  const cold = coldOf(register);
  resume(cold);
  const capacity = load<i64>(cold, 32);
  begin(
    register,
    COUNTER_ENTRY,
    open,
    (state & STATE_STARTED) != 0 ? E : firstInterval(timeOf(base)),
  );
  let p = base;
  let aside = false;
  if ((state & STATE_STARTED) == 0) {
    while (p < to && isAside(load<i64>(p))) p += READING;
    if (p == to) {
      // nothing but conflicts: their intervals are missing
      first = timeOf(base);
      E = firstInterval(first);
      state = STATE_FAULT | STATE_BROKEN;
      missingTo(boundaryAtOrBefore(timeOf(to - READING)));
      openGap(register, cold, NEVER, timeOf(to - READING));
      return;
    }
    startAt(timeOf(p), timeOf(base));
  }
  let pt = timeOf(p);
  let pv = valueOf(p);
  let k = boundaryAtOrBefore(pt) + 1;
  let next = boundary(k);
  for (p += READING; p < to; p += READING) {
    const key = load<i64>(p);
    const t = key >> TIME_SHIFT;
    const value = load<i64>(p, 8);
    let delta = value - pv;
    let broken = false;
    if ((key & NOT_PLAIN) != 0) {
      if (isAside(key)) {
        aside = true;
        continue;
      }
      const verdict = key & CLASS_MASK;
      if (verdict == CLASS_ROLL) delta += rollOver(pv, value, capacity);
      else if (verdict == CLASS_BREAK) broken = true;
      else if (kindOf(p) == KIND_OPEN) {
        // the new meter goes on where the old one ended, at the same instant
        pv = value;
        if (pt == t) continue;
        broken = true;
      }
    }
    if (t < next) {
      if (broken) state |= STATE_BROKEN | STATE_FAULT;
      else acc += delta;
    } else {
      k = cross(pt, pv, t, delta, k, next, broken, aside);
      next = boundary(k);
    }
    pt = t;
    pv = value;
    aside = false;
  }
  if (!open) {
    keepState(cold);
    end(E);
    return;
  }
  // what a fault set aside at the end still bounds what is said
  const last = boundaryAtOrBefore(timeOf(to - READING));
  if (E < last) {
    state |= STATE_FAULT;
    missingTo(last);
  }
  openGap(register, cold, pt, timeOf(to - READING));
}

/**
 * Tells of a gap that has no end yet: it reaches to the last reading, and its energy is known where that one, at `counted`,
 * is accepted.
 */
function openGap(register: u32, cold: usize, counted: i64, until: i64): void {
  const valued = (state & STATE_VALUED) != 0;
  const from = valued ? boundary(B) : first;
  if (valued ? E <= B : E <= firstInterval(from)) {
    store<i64>(cold, NEVER, 64);
    return;
  }
  const unknown = (state & STATE_BROKEN) != 0 || counted != until;
  const energy = unknown ? 0 : acc;
  const marks =
    GAP_OPEN | (unknown ? GAP_UNKNOWN : 0) | ((state & STATE_FAULT) != 0 ? GAP_FAULT : 0);
  if (
    load<i64>(cold, 64) == until &&
    load<i64>(cold, 72) == energy &&
    load<i64>(cold, 80) == from &&
    load<i64>(cold, 88) == <i64>marks
  )
    return;
  store<i64>(cold, until, 64);
  store<i64>(cold, energy, 72);
  store<i64>(cold, from, 80);
  store<i64>(cold, <i64>marks, 88);
  sayGap(register, from, until, energy, marks);
}
