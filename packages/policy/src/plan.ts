import type { Question } from './types/decision.ts';
import type { Item, Operation, OperationKind, PlanReason, PlanSummary } from './types/plan.ts';
import type { Parameters } from './types/policy.ts';
import { type Context, newContext } from './context.ts';
import { type Level, type Levels, levelsOf, parameterReader } from './keep.ts';
import type { Known } from './known.ts';
import { bucketOf, DELETED, DETAILS, rank } from './lattice.ts';
import { touch } from './moment.ts';
import { bound } from './region.ts';
import type { RetentionBook } from './retention.ts';

/** What a run is asked. */
export interface PlanOptions {
  /** The instant at which the plan is made. */
  readonly now: number;
  /** Parameters of the service that these items belong to: two services, two plans from one policy. */
  readonly parameters?: Parameters;
}

/** Plans items one by one; keeps nothing of them but counts. */
export interface Planner {
  /** What is said of an item at an instant. */
  levels(item: Item, at: number): Levels;
  /** First later instant at which something that `levels` looked at changes. */
  readonly horizon: number;
  /** The operation for one item. */
  operation(item: Item): Operation;
  /** Operations for items as they come; the summary is what the generator returns at its end. */
  run(items: Iterable<Item>): Generator<Operation, PlanSummary>;
  /** The same for items that come asynchronously, from a cursor or a file. */
  stream(items: AsyncIterable<Item>): AsyncGenerator<Operation, PlanSummary>;
  /** What all operations so far came to. */
  summary(): PlanSummary;
}

/** Changes of one item that are looked through on the way to the next one that matters. */
const MOST_STEPS = 256;

/** A planner; see the interface. */
export function makePlanner(
  book: RetentionBook,
  known: Known,
  { now, parameters = {} }: PlanOptions,
  checkItem: (item: Item, now: number) => void,
): Planner {
  const c = newContext(known, book.book);
  const parameterOf = parameterReader(book, known, parameters);
  const counts = { keep: 0, rollup: 0, restrict: 0, hold: 0, delete: 0 };
  let items = 0;
  let nextDue = Infinity;
  const levels: Planner['levels'] = (item, at) => {
    c.at = at;
    c.next = Infinity;
    c.what = book.book.terms.what.index.get(item.what) ?? 0;
    c.detail = Math.max(0, rank(item.detail));
    // Conditions read of a question what an item has too: its kind, system, subject and object.
    c.question = item as object as Question;
    return levelsOf(book, item, c, parameterOf);
  };
  const operation: Planner['operation'] = (item) => {
    checkItem(item, now);
    const first = step(c, item, levels(item, now), book);
    let next = c.next;
    // Not every change of what is said changes what is to be done.
    for (let i = 0; next < Infinity && i < MOST_STEPS; i++) {
      const later = step(c, item, levels(item, next), book);
      if (later.op !== first.op || later.to !== first.to || later.deidentify !== first.deidentify)
        break;
      next = c.next;
    }
    items += 1;
    counts[first.op] += 1;
    nextDue = Math.min(nextDue, next);
    return { ...first, next: bound(next) };
  };
  const summary = (): PlanSummary => ({ items, counts: { ...counts }, nextDue: bound(nextDue) });
  return {
    levels,
    get horizon() {
      return c.next;
    },
    operation,
    summary,
    *run(all) {
      for (const item of all) yield operation(item);
      return summary();
    },
    async *stream(all) {
      for await (const item of all) yield operation(item);
      return summary();
    },
  };
}

/** What to do with an item at an instant, by what is said of it then. */
function step(
  c: Context,
  { id, detail, deidentified, restricted, end, start = end - 1 }: Item,
  found: Levels,
  book: RetentionBook,
): Omit<Operation, 'next'> {
  const { floors, caps, floor, allowed, keep } = found;
  const has = rank(detail);
  const because: PlanReason[] = [];
  const operation = (
    op: OperationKind,
    due: number,
    more: Partial<Operation> | null = null,
  ): Omit<Operation, 'next'> => ({ item: id, because, op, due: bound(due), ...more });
  if (floors.length + caps.length === 0) because.push({ key: 'plan.no-rule' });
  for (const level of caps)
    if (level.rank >= keep || level.params !== null) giveReasons(level, because);
  for (const level of floors)
    if (level.rank <= keep || level.params !== null) giveReasons(level, because);
  if (keep === DELETED) return operation('delete', dueOf(found, DELETED));
  const kept = floor >= allowed || has >= allowed ? null : purposesOf(found);
  const restrictedTo = kept && { restrictedTo: kept };
  const unlinked =
    kept === null && deidentified !== true && caps.some((level) => level.deidentified)
      ? { deidentify: true }
      : null;
  if (keep > has && has >= 0) {
    const zone = caps.find((level) => level.rank === keep && level.rule !== null)?.rule?.zone;
    const bucket = bucketOf(start, has, keep, zone ?? book.zone);
    const to = DETAILS[keep]!;
    if (bucket.end <= c.at)
      return operation('rollup', Math.max(bucket.end, dueOf(found, keep)), {
        to,
        bucket,
        ...restrictedTo,
        ...unlinked,
      });
    touch(c, bucket.end);
    because.push({ key: 'plan.waits', params: { at: bucket.end, detail: to } });
  }
  return floors.some(({ key, rank: finest }) => key === 'plan.hold' && finest < allowed)
    ? operation('hold', dueOf(found, allowed), restrictedTo)
    : kept !== null && restricted !== true
      ? operation('restrict', capsSince(caps, floor + 1), restrictedTo)
      : operation('keep', Infinity, { ...restrictedTo, ...unlinked });
}

/** Purposes of the floors that alone keep an item as fine as it is. */
const purposesOf = ({ floors, allowed }: Levels): readonly string[] => {
  const finer = floors.filter((each) => each.rank < allowed);
  return [...new Set(finer.flatMap(({ purpose, rule }) => purpose ?? rule?.rule.for ?? []))].sort();
};

/** Since when the caps and purposes have demanded at least this. */
const capsSince = (caps: readonly Level[], least: number): number =>
  caps.reduce(
    (first, level) => (level.rank >= least ? Math.min(first, level.since) : first),
    Infinity,
  );

/** Since when nothing finer than `level` was to be kept: caps demand it, and no floor stands against it. */
const dueOf = ({ floors, caps }: Levels, least: number): number =>
  floors.reduce(
    (due, level) => (level.rank >= least ? Math.max(due, level.since) : due),
    capsSince(caps, least),
  );

function giveReasons(level: Level, because: PlanReason[]): void {
  const { key, params, rank: finest, since, rule } = level;
  const source = rule?.rule;
  const cite = source?.cite ?? level.cite;
  const reason: PlanReason = {
    key,
    params: {
      ...(source && { rule: source.id }),
      detail: DETAILS[finest]!,
      ...(Number.isFinite(since) && { at: since }),
      ...params,
    },
    ...(source && { policy: rule!.policy.id, rule: source.id }),
    ...(cite && { cite }),
  };
  const also = (so: boolean | undefined, more: PlanReason['key']): void => {
    if (so === true && params === null) because.push({ ...reason, key: more });
  };
  because.push(reason);
  also(source?.approximate, 'plan.approximate');
  also(source && source.ambiguous !== undefined, 'plan.ambiguous');
  also(source && (source.status === 'proposed' || source.clock.unstated === true), 'plan.proposed');
}
