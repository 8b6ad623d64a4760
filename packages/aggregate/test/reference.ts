// The slow twin: the rules of docs/aggregation.md written down plainly, over all readings of one register at once, in
// whole numbers of any size. It judges the fast code on random input.

export interface Given {
  readonly t: number;
  readonly v: bigint;
}

export interface Exchange {
  readonly t: number;
  readonly last: bigint;
  readonly first: bigint;
}

export interface Rules {
  /** Ascending boundaries that reach beyond all readings. */
  readonly grid: readonly number[];
  readonly maxGap: number;
  /** 0n unknown, −1n none. */
  readonly capacity: bigint;
}

export interface Expected {
  readonly start: number;
  readonly value: bigint | null;
  readonly quality: 'measured' | 'interpolated' | 'missing';
}

export interface ExpectedGap {
  readonly start: number;
  readonly end: number;
  readonly value: bigint | null;
  readonly open: boolean;
}

/** a / b rounded half to even, b > 0. */
export function halfEven(a: bigint, b: bigint): bigint {
  let q = a / b;
  let r = a % b;
  if (r < 0n) {
    q -= 1n;
    r += b;
  }
  if (2n * r > b || (2n * r === b && q % 2n !== 0n)) q += 1n;
  return q;
}

function rollOver(from: bigint, to: bigint, known: bigint): bigint {
  if (known < 0n || from < 0n || to < 0n || to >= from) return 0n;
  let capacity = known;
  if (capacity === 0n) {
    const digits = from.toString().length;
    if (digits < 4) return 0n;
    capacity = 10n ** BigInt(digits);
  }
  if (from >= capacity) return 0n;
  return to + capacity - from <= capacity / 10n ? capacity : 0n;
}

interface Point {
  readonly t: number;
  /** Value before and after this instant: they differ at an exchange. */
  readonly before: bigint;
  readonly after: bigint;
  /** Accepted though it cannot be judged: nothing is known of what was used since the point before. */
  readonly exchange: boolean;
  readonly conflict: boolean;
}

/** One point for each instant. */
function points(readings: readonly Given[], exchanges: readonly Exchange[]): Point[] {
  const at = new Map<number, { values: Set<bigint>; last: Set<bigint>; first: Set<bigint> }>();
  const of = (t: number) => {
    let found = at.get(t);
    if (!found) at.set(t, (found = { values: new Set(), last: new Set(), first: new Set() }));
    return found;
  };
  for (const { t, v } of readings) of(t).values.add(v);
  for (const { t, last, first } of exchanges) {
    of(t).last.add(last);
    of(t).first.add(first);
  }
  return [...at]
    .sort((a, b) => a[0] - b[0])
    .map(([t, { values, last, first }]) => {
      if (last.size > 0)
        return {
          t,
          before: [...last][0]!,
          after: [...first][0]!,
          exchange: true,
          conflict: last.size > 1 || first.size > 1,
        };
      const [value] = values;
      return { t, before: value!, after: value!, exchange: false, conflict: values.size > 1 };
    });
}

interface Step {
  readonly p: Point;
  readonly n: Point;
  /** Energy from p to n; null: not known. */
  readonly energy: bigint | null;
}

/** The accepted points, joined by steps. */
function judge(all: readonly Point[], capacity: bigint): { accepted: Point[]; steps: Step[] } {
  const good = all.filter((point) => !point.conflict);
  const goesOn = (from: bigint, to: bigint) => to >= from || rollOver(from, to, capacity) > 0n;
  const accepted: Point[] = [];
  const steps: Step[] = [];
  good.forEach((x, index) => {
    const a = accepted.at(-1);
    if (a === undefined) {
      accepted.push(x);
      return;
    }
    const from = a.after;
    // an exchange of which two different stories are told lies between
    if (all.some((c) => c.exchange && c.conflict && c.t > a.t && c.t < x.t)) {
      steps.push({ p: a, n: x, energy: null });
      accepted.push(x);
      return;
    }
    const plain = !x.exchange;
    const y = plain ? good[index + 1] : undefined;
    const z = y && !y.exchange ? good[index + 2] : undefined;
    const falls = !goesOn(from, x.before);
    if (falls && y && goesOn(from, y.before)) return;
    if (
      !falls &&
      plain &&
      y &&
      !goesOn(x.before, y.before) &&
      goesOn(from, y.before) &&
      !(z && goesOn(x.before, z.before))
    )
      return;
    steps.push({
      p: a,
      n: x,
      energy: falls ? null : x.before - from + rollOver(from, x.before, capacity),
    });
    accepted.push(x);
  });
  return { accepted, steps };
}

/** What a counter's intervals are, given all its readings. */
export function countSlowly(
  readings: readonly Given[],
  rules: Rules,
  exchanges: readonly Exchange[] = [],
): { intervals: Expected[]; gaps: ExpectedGap[] } {
  const all = points(readings, exchanges);
  if (all.length === 0) return { intervals: [], gaps: [] };
  const { accepted, steps } = judge(all, rules.capacity);
  const first = all[0]!.t;
  const last = all.at(-1)!.t;
  // energy since the first accepted point, and how often what came before is not known
  const sums = new Map<Point, { energy: bigint; breaks: number }>();
  let sum = { energy: 0n, breaks: 0 };
  if (accepted[0]) sums.set(accepted[0], sum);
  for (const { n, energy } of steps) {
    sum =
      energy === null
        ? { energy: sum.energy, breaks: sum.breaks + 1 }
        : { energy: sum.energy + energy, breaks: sum.breaks };
    sums.set(n, sum);
  }
  const valueAt = (b: number) => {
    const on = accepted.find((point) => point.t === b);
    if (on) return { ...sums.get(on)!, read: true };
    const step = steps.find(({ p, n }) => p.t < b && b < n.t);
    if (!step || step.energy === null || step.n.t - step.p.t > rules.maxGap) return null;
    const { p, n, energy } = step;
    const exact =
      halfEven(p.after * BigInt(n.t - p.t) + energy * BigInt(b - p.t), BigInt(n.t - p.t)) - p.after;
    const from = sums.get(p)!;
    return { energy: from.energy + exact, breaks: from.breaks, read: false };
  };
  const inside = rules.grid.filter((b) => b >= first && b <= last);
  const values = inside.map((b) => ({ b, value: valueAt(b) }));
  const intervals: Expected[] = [];
  for (let at = 0; at + 1 < values.length; at++) {
    const from = values[at]!.value;
    const to = values[at + 1]!.value;
    const start = values[at]!.b;
    if (from && to && from.breaks === to.breaks)
      intervals.push({
        start,
        value: to.energy - from.energy,
        quality: from.read && to.read ? 'measured' : 'interpolated',
      });
    else intervals.push({ start, value: null, quality: 'missing' });
  }
  return { intervals, gaps: gapsOf(values, accepted, sums, intervals, [first, last]) };
}

type Sum = { energy: bigint; breaks: number };

/** Stretches between boundaries with a value that no interval with a value covers; at the ends, up to the readings. */
function gapsOf(
  values: { b: number; value: (Sum & { read: boolean }) | null }[],
  accepted: Point[],
  sums: Map<Point, Sum>,
  intervals: Expected[],
  [first, last]: [number, number],
): ExpectedGap[] {
  const start = accepted[0];
  const end = accepted.at(-1);
  const missing = new Set(intervals.filter(({ value }) => value === null).map((i) => i.start));
  const known = values.filter(({ value }) => value !== null);
  const marks: { t: number; sum: Sum | null; edge: boolean }[] = known.map(({ b, value }) => ({
    t: b,
    sum: value!,
    edge: false,
  }));
  if (marks[0]?.t !== first)
    marks.unshift({ t: first, sum: start?.t === first ? sums.get(start)! : null, edge: true });
  if (marks.at(-1)!.t !== last)
    marks.push({ t: last, sum: end?.t === last ? sums.get(end)! : null, edge: true });
  const gaps: ExpectedGap[] = [];
  for (let at = 0; at + 1 < marks.length; at++) {
    const a = marks[at]!;
    const b = marks[at + 1]!;
    // a missing interval that lies wholly between the two
    const within = values.some(
      ({ b: from }, index) =>
        missing.has(from) &&
        from >= a.t &&
        values[index + 1] !== undefined &&
        values[index + 1]!.b <= b.t,
    );
    if (!within) continue;
    gaps.push({
      start: a.t,
      end: b.t,
      value: a.sum && b.sum && a.sum.breaks === b.sum.breaks ? b.sum.energy - a.sum.energy : null,
      open: b.edge,
    });
  }
  return gaps;
}

export interface ExpectedMoment extends Expected {
  readonly min: bigint | null;
  readonly minTime: number | null;
  readonly max: bigint | null;
  readonly maxTime: number | null;
}

/** What a momentary quantity's intervals are, given all its readings. */
export function averageSlowly(readings: readonly Given[], rules: Rules): ExpectedMoment[] {
  const all = points(readings, []);
  if (all.length === 0) return [];
  const good = all.filter((point) => !point.conflict);
  const inside = rules.grid.filter((b) => b >= all[0]!.t && b <= all.at(-1)!.t);
  const found: ExpectedMoment[] = [];
  for (let at = 0; at + 1 < inside.length; at++) {
    const [a, b] = [inside[at]!, inside[at + 1]!] as const;
    found.push(momentSlowly(good, a, b, rules.maxGap));
  }
  return found;
}

function momentSlowly(good: readonly Point[], a: number, b: number, maxGap: number) {
  const missing = {
    start: a,
    value: null,
    quality: 'missing' as const,
    min: null,
    minTime: null,
    max: null,
    maxTime: null,
  };
  const line: { t: number; v: bigint }[] = [];
  for (const t of [a, ...good.map((p) => p.t).filter((x) => x > a && x < b), b]) {
    const on = good.find((p) => p.t === t);
    if (on) {
      line.push({ t, v: on.before });
      continue;
    }
    const n = good.findIndex((p) => p.t > t);
    const [p, q] = [good[n - 1], good[n]];
    if (!p || !q || q.t - p.t > maxGap) return missing;
    const span = BigInt(q.t - p.t);
    line.push({ t, v: halfEven(p.before * span + (q.before - p.before) * BigInt(t - p.t), span) });
  }
  let area = 0n;
  for (let i = 0; i + 1 < line.length; i++) {
    const [p, q] = [line[i]!, line[i + 1]!];
    if (q.t - p.t > maxGap) return missing;
    area += (p.v + q.v) * BigInt(q.t - p.t);
  }
  const lowest = line.reduce((x, y) => (y.v < x.v ? y : x));
  const highest = line.reduce((x, y) => (y.v > x.v ? y : x));
  const read = good.some((p) => p.t === a) && good.some((p) => p.t === b);
  return {
    start: a,
    value: halfEven(area, 2n * BigInt(b - a)),
    quality: read ? ('measured' as const) : ('interpolated' as const),
    min: lowest.v,
    minTime: lowest.t,
    max: highest.v,
    maxTime: highest.t,
  };
}
