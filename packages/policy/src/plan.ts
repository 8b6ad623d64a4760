import type { Item, Operation, OperationKind, PlanReason, PlanSummary } from './types/plan.ts';
import type { Parameters } from './types/policy.ts';
import { type Context, newContext } from './context.ts';
import { type Level, type Levels, levelsOf, type ParameterOf, parameterReader } from './keep.ts';
import type { Known } from './known.ts';
import { bucketOf, DELETED, DETAILS, rank } from './lattice.ts';
import { touch } from './moment.ts';
import type { RetentionBook } from './retention.ts';

/** What a run is asked. */
export interface PlanOptions {
  /** The instant at which the plan is made. */
  readonly now: number;
  /** Parameters of the service that these items belong to: two services, two plans from one policy. */
  readonly parameters?: Parameters;
}

/** Changes of one item that are looked through on the way to the next one that matters. */
const MOST_STEPS = 256;

const finite = (at: number): number | null => (Number.isFinite(at) ? at : null);

/** Plans items one by one; keeps nothing of them but counts. */
export class Planner {
  private readonly book: RetentionBook;
  private readonly now: number;
  private readonly context: Context;
  private readonly parameterOf: ParameterOf;
  private readonly question: {
    at: number;
    actor: { id: string; roles: string[] };
    do: string;
    what: string;
    subject?: string;
    object?: string;
    in?: string;
  };
  private items = 0;
  private nextDue = Infinity;
  private readonly counts: Record<OperationKind, number> = {
    keep: 0,
    rollup: 0,
    restrict: 0,
    hold: 0,
    delete: 0,
  };

  constructor(book: RetentionBook, known: Known, options: PlanOptions) {
    this.book = book;
    this.now = options.now;
    this.parameterOf = parameterReader(book, known, options.parameters ?? {});
    this.question = { at: options.now, actor: { id: '', roles: [] }, do: '', what: '' };
    this.context = newContext(known);
    this.context.question = this.question;
  }

  /** What is said of an item at an instant. */
  levels(item: Item, at: number): Levels {
    const c = this.context;
    c.at = at;
    c.next = Infinity;
    c.what = this.book.terms.what.index.get(item.what) ?? 0;
    c.detail = Math.max(0, rank(item.detail));
    const { question } = this;
    question.at = at;
    question.what = item.what;
    delete question.subject;
    delete question.object;
    delete question.in;
    if (item.subject !== undefined) question.subject = item.subject;
    if (item.object !== undefined) question.object = item.object;
    if (item.in !== undefined) question.in = item.in;
    return levelsOf(this.book, item, c, this.parameterOf);
  }

  /** First later instant at which something that `levels` looked at changes. */
  get horizon(): number {
    return this.context.next;
  }

  /** The operation for one item. */
  operation(item: Item): Operation {
    const { now } = this;
    const levels = this.levels(item, now);
    const step = this.step(item, levels, now);
    let next = this.context.next;
    // Not every change of what is said changes what is to be done.
    for (let i = 0; Number.isFinite(next) && i < MOST_STEPS; i++) {
      const later = this.step(item, this.levels(item, next), next);
      if (later.op !== step.op || later.to !== step.to || later.deidentify !== step.deidentify)
        break;
      next = this.context.next;
    }
    const operation: Operation = { ...step, next: finite(next) };
    this.items += 1;
    this.counts[operation.op] += 1;
    if (operation.next !== null) this.nextDue = Math.min(this.nextDue, operation.next);
    return operation;
  }

  /** Operations for items as they come; the summary is what the generator returns at its end. */
  *run(items: Iterable<Item>): Generator<Operation, PlanSummary> {
    for (const item of items) yield this.operation(item);
    return this.summary();
  }

  /** The same for items that come asynchronously, from a cursor or a file. */
  async *stream(items: AsyncIterable<Item>): AsyncGenerator<Operation, PlanSummary> {
    for await (const item of items) yield this.operation(item);
    return this.summary();
  }

  /** What all operations so far came to. */
  summary(): PlanSummary {
    return { items: this.items, counts: { ...this.counts }, nextDue: finite(this.nextDue) };
  }

  private step(item: Item, levels: Levels, at: number): Omit<Operation, 'next'> {
    const { floors, caps, floor, allowed, keep } = levels;
    const has = rank(item.detail);
    const because: PlanReason[] = [];
    const about = { item: item.id, because };
    if (floors.length === 0 && caps.length === 0) because.push({ key: 'plan.no-rule' });
    for (const level of caps)
      if (level.rank >= keep || level.source.kind !== 'rule')
        because.push(...reasons(level, false));
    for (const level of floors)
      if (level.rank <= keep || level.source.kind !== 'rule') because.push(...reasons(level, true));
    if (keep === DELETED) return { ...about, op: 'delete', due: finite(dueOf(levels, DELETED)) };
    const kept = restriction(levels, item);
    const restricted = kept === null ? null : { restrictedTo: kept };
    const unlinked =
      kept === null && item.deidentified !== true && caps.some((level) => level.deidentified)
        ? { deidentify: true }
        : null;
    if (keep > has && has >= 0) {
      const place = item.start ?? item.end - 1;
      const zone = ruleZone(caps, keep) ?? this.book.zone;
      const bucket = bucketOf(place, has, keep, zone);
      if (bucket.end <= at)
        return {
          ...about,
          op: 'rollup',
          to: DETAILS[keep]!,
          bucket,
          due: finite(Math.max(bucket.end, dueOf(levels, keep))),
          ...restricted,
          ...unlinked,
        };
      touch(this.context, bucket.end);
      because.push({ key: 'plan.waits', params: { at: bucket.end, detail: DETAILS[keep]! } });
    }
    const held = floors.some((level) => level.source.kind === 'hold' && level.rank < allowed);
    if (held) return { ...about, op: 'hold', due: finite(dueOf(levels, allowed)), ...restricted };
    if (kept !== null && item.restricted !== true)
      return { ...about, op: 'restrict', due: finite(capsSince(caps, floor + 1)), ...restricted };
    return { ...about, op: 'keep', due: null, ...restricted, ...unlinked };
  }
}

/** Purposes of the floors that alone keep an item as fine as it is; null where caps and purposes allow it. */
function restriction({ floors, floor, allowed }: Levels, item: Item): readonly string[] | null {
  if (floor >= allowed || rank(item.detail) >= allowed) return null;
  const purposes = new Set<string>();
  for (const { rank: finest, source, rule } of floors) {
    if (finest >= allowed) continue;
    if (source.kind === 'hold' && source.purpose !== undefined) purposes.add(source.purpose);
    for (const purpose of rule?.rule.for ?? []) purposes.add(purpose);
  }
  return [...purposes].sort();
}

/** Since when the caps and purposes have demanded at least this. */
const capsSince = (caps: readonly Level[], least: number): number =>
  caps.reduce(
    (first, level) => (level.rank >= least ? Math.min(first, level.since) : first),
    Infinity,
  );

/** Since when nothing finer than `level` was to be kept: caps demand it, and no floor stands against it. */
function dueOf({ floors, caps }: Levels, level: number): number {
  let due = capsSince(caps, level);
  for (const floor of floors) if (floor.rank >= level) due = Math.max(due, floor.since);
  return due;
}

const ruleZone = (caps: readonly Level[], keep: number) =>
  caps.find((level) => level.rank === keep && level.rule !== null)?.rule?.zone ?? null;

function reasons(level: Level, floor: boolean): PlanReason[] {
  const { source, rule } = level;
  const about = {
    ...(rule === null ? null : { policy: rule.policy.id, rule: rule.rule.id }),
    ...(rule?.rule.cite === undefined ? null : { cite: rule.rule.cite }),
  };
  const detail = DETAILS[level.rank]!;
  const params = {
    ...(rule === null ? null : { rule: rule.rule.id }),
    detail,
    ...(Number.isFinite(level.since) ? { at: level.since } : null),
  };
  switch (source.kind) {
    case 'hold':
      return [{ key: 'plan.hold', params: { ...params, hold: source.id }, cite: source.cite }];
    case 'purpose':
      return [{ key: 'plan.purpose', params: { ...params, purpose: source.purpose } }];
    case 'no-purpose':
      return [{ key: 'plan.no-purpose', params }];
    case 'erasure':
      return [{ key: 'plan.erasure', params: { ...params, request: source.request } }];
    case 'not-started':
      return [{ key: 'plan.not-started', params, ...about }];
    case 'no-parameter':
      return [
        { key: 'plan.no-parameter', params: { ...params, parameter: source.parameter }, ...about },
      ];
    default: {
      const list: PlanReason[] = [{ key: floor ? 'plan.floor' : 'plan.cap', params, ...about }];
      if (rule?.rule.approximate === true) list.push({ key: 'plan.approximate', params, ...about });
      if (rule?.rule.ambiguous !== undefined)
        list.push({ key: 'plan.ambiguous', params, ...about });
      if (rule?.rule.status === 'proposed' || rule?.rule.clock.unstated === true)
        list.push({ key: 'plan.proposed', params, ...about });
      return list;
    }
  }
}
