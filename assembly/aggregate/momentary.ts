// Momentary quantities: the time-weighted mean of the line through the readings, its minimum and maximum.
//
// Between two readings at most maxGap apart the quantity runs straight; at a boundary it is interpolated like a counter,
// rounded half to even. Twice the area of each piece, (v1 + v2) · Δt, is a whole number; the mean is their sum divided by
// twice the length, rounded half to even. Minimum and maximum are of the same line over [start, end], so that
// minimum ≤ mean ≤ maximum; of equal ones the earliest instant is given. A longer gap inside makes the interval missing.
import { longestGap } from './counter';
import { interpolate, mean, multiply, upper } from './exact';
import { boundary, boundaryAtOrBefore } from './grid';
import {
  FAULT,
  INTERPOLATED,
  MEASURED,
  MISSING,
  MOMENTARY_ENTRY,
  begin,
  end,
  sayMoment,
} from './issued';
import { MARK_CONFLICT, READING, coldOf, timeOf, valueOf } from './register';

const STATE_STARTED: u32 = 1;
/** The interval's start has a value. */
const STATE_VALUED: u32 = 2;
const STATE_READ: u32 = 4;
/** Part of the interval is in a gap. */
const STATE_HOLE: u32 = 8;
const STATE_FAULT: u32 = 16;
/** The interval begins before the first reading: nothing is said of it. */
const STATE_CUT: u32 = 32;

const figures: usize = memory.data(40); // mean, min, minTime, max, maxTime

let k: i64 = 0; // interval that is being filled
let low: u64 = 0; // twice the area so far, 128 bits signed
let high: i64 = 0;
let state: u32 = 0;

function blank(): void {
  low = 0;
  high = 0;
  store<i64>(figures, i64.MAX_VALUE, 8);
  store<i64>(figures, i64.MIN_VALUE, 24);
}

function note(t: i64, value: i64): void {
  if (value < load<i64>(figures, 8)) {
    store<i64>(figures, value, 8);
    store<i64>(figures, t, 16);
  }
  if (value > load<i64>(figures, 24)) {
    store<i64>(figures, value, 24);
    store<i64>(figures, t, 32);
  }
}

/** Adds the piece from value `a` to value `b` over `duration`. */
function area(a: i64, b: i64, duration: i64): void {
  const sum = a + b;
  const product = multiply(<u64>(sum < 0 ? -sum : sum), <u64>duration);
  const top = <i64>upper();
  if (sum >= 0) {
    low += product;
    high += top + (low < product ? 1 : 0);
  } else {
    const before = low;
    low -= product;
    high -= top + (before < product ? 1 : 0);
  }
}

/** The interval ends: says it. `valued`: its end has a value, which was noted and counted. */
function close(valued: bool, read: bool): void {
  const whole = valued && (state & (STATE_VALUED | STATE_HOLE)) == STATE_VALUED;
  if ((state & STATE_CUT) != 0) {
    // nothing is said
  } else if (whole) {
    store<i64>(figures, mean(high, low, (<u64>(boundary(k + 1) - boundary(k))) << 1));
    sayMoment(k, figures, read && (state & STATE_READ) != 0 ? MEASURED : INTERPOLATED);
  } else {
    memory.fill(figures, 0, 40);
    sayMoment(k, figures, (state & STATE_FAULT) != 0 ? FAULT : MISSING);
  }
  k++;
  state = STATE_STARTED | (valued ? STATE_VALUED : 0) | (read ? STATE_READ : 0);
  blank();
}

/** Walks over the readings [base, to), like `count` of a counter does. */
export function average(register: u32, base: usize, to: usize, open: bool): void {
  const cold = coldOf(register);
  const maxGap = longestGap();
  k = load<i64>(cold);
  low = load<u64>(cold, 16);
  high = load<i64>(cold, 80);
  state = load<u32>(cold, 52);
  memory.copy(figures + 8, cold + 88, 32);
  const started = (state & STATE_STARTED) != 0;
  const t0 = timeOf(base);
  const k0 = boundaryAtOrBefore(t0);
  const begins = boundary(k0) == t0;
  if (!started) {
    k = k0;
    state = STATE_STARTED | (begins ? 0 : STATE_CUT);
    blank();
  }
  begin(register, MOMENTARY_ENTRY, open, (state & STATE_CUT) != 0 ? k + 1 : k);
  let p = base;
  let pt: i64 = 0;
  let pv: i64 = 0;
  let known = started;
  if (started) {
    pt = t0;
    pv = valueOf(p);
    p += READING;
  }
  let aside = false;
  for (; p < to; p += READING) {
    if ((load<i64>(p) & MARK_CONFLICT) != 0) {
      aside = true;
      continue;
    }
    const t = timeOf(p);
    const value = valueOf(p);
    const apart = t - pt;
    const joined = known && apart <= maxGap;
    const delta = value - pv;
    let lt = pt;
    let lv = pv;
    for (let b = boundary(k + 1); b <= t; b = boundary(k + 1)) {
      const read = b == t;
      const here = read ? value : joined ? pv + interpolate(pv, delta, b - pt, apart) : 0;
      if (joined) {
        area(lv, here, b - lt);
        note(b, here);
      } else {
        state |= STATE_HOLE | (aside ? STATE_FAULT : 0);
      }
      close(joined || read, read);
      if (joined || read) note(b, here);
      lt = b;
      lv = here;
    }
    if (joined) area(lv, value, t - lt);
    else if (!known && boundary(k) == t) state |= STATE_VALUED | STATE_READ;
    else if (!known || lt != t) state |= STATE_HOLE | (aside ? STATE_FAULT : 0);
    note(t, value);
    pt = t;
    pv = value;
    known = true;
    aside = false;
  }
  if (!open) {
    store<i64>(cold, k);
    store<u64>(cold, low, 16);
    store<i64>(cold, high, 80);
    store<u32>(cold, state, 52);
    memory.copy(cold + 88, figures + 8, 32);
    end((state & STATE_CUT) != 0 ? k + 1 : k);
    return;
  }
  const last = boundaryAtOrBefore(timeOf(to - READING));
  while (k < last) {
    state |= STATE_FAULT;
    close(false, false);
  }
}
