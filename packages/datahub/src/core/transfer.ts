import type { Issue, MeteringPointId } from '@metergram/model';
import { faultOf, HubError, type HubFault, type HubFaultCode, type HubId } from './fault.ts';
import type { Traffic } from './http.ts';

/** Where a transfer stands. Counts of units and points go over the whole transfer, those of traffic over this run. */
export interface Progress {
  /** Requests as planned: bundles of points times parts of the period. */
  readonly unitsDone: number;
  readonly unitsTotal: number;
  readonly pointsDone: number;
  readonly pointsTotal: number;
  /** Really sent, tokens and repetitions included. */
  readonly requests: number;
  readonly retries: number;
  readonly bytes: number;
}

/**
 * What came of one metering point. `complete`: the hub answered for the whole period; `no-data`: it has nothing for any of
 * it; `partial`: some parts came, some failed; `failed`: none came. Missing values inside an answer are points of the
 * series, not faults.
 */
export interface Outcome {
  readonly meteringPoint: MeteringPointId;
  readonly state: 'complete' | 'partial' | 'no-data' | 'failed';
  readonly faults: readonly HubFault[];
}

/** Opaque text; hand it to the same call with the same request to go on after the chunk that it came with. */
export type ResumeToken = string;

/**
 * One step of a transfer. Store `items` and `resume` together and a transfer that is cut anywhere goes on without a gap and
 * without a duplicate.
 */
export interface Chunk<T> {
  /** In order of metering points as asked for, then of time. */
  readonly items: readonly T[];
  /** Of the metering points that ended with this chunk. */
  readonly outcomes: readonly Outcome[];
  /** What was odd in the answers, although all is there: codes that we do not know, values twice. */
  readonly issues: readonly Issue[];
  readonly progress: Progress;
  readonly resume: ResumeToken;
}

/** Chunks as they come; breaking off the loop stops the requests under way. Throws {@link HubError} and nothing else. */
export type Transfer<T> = AsyncIterable<Chunk<T>>;

/** What one request gave. A metering point without a fault was answered. */
export interface UnitAnswer<T> {
  readonly items: readonly T[];
  readonly faults?: ReadonlyMap<MeteringPointId, HubFault>;
  readonly issues?: readonly Issue[];
}

/** How a hub's client states a transfer. `U` is one request's worth of work. */
export interface TransferPlan<U, T> {
  readonly hub: HubId;
  /** In order; those of one metering point in order of time. */
  readonly units: readonly U[];
  /** What makes the plan the same for a resume: the request and the sizes. No secrets. */
  readonly fingerprint: unknown;
  /** What the plan took from the clock, kept in the resume token; read it with {@link frozenOf} when resuming. */
  readonly frozen?: unknown;
  readonly pointsOf: (unit: U) => readonly MeteringPointId[];
  readonly run: (unit: U, signal: AbortSignal) => Promise<UnitAnswer<T>>;
  /** Two smaller units in order, or null where the fault would not go away by that or it is as small as can be. */
  readonly halve?: (unit: U, fault: HubFault) => readonly [U, U] | null;
  /** Joins what the halves of one unit gave. */
  readonly join?: (items: readonly T[]) => readonly T[];
  /** Requests under way at a time; 2 unless told. */
  readonly concurrency?: number;
  /** Smallest units in a row that may fail for want of a working hub before all is given up; 3 unless told. */
  readonly giveUpAfter?: number;
  readonly traffic?: Traffic;
}

interface Tally {
  answered: number;
  faults: HubFault[];
}

interface ResumeState {
  readonly v: 1;
  readonly plan: string;
  readonly next: number;
  readonly open: Record<string, Tally>;
  readonly frozen?: unknown;
}

const fatal: ReadonlySet<HubFaultCode> = new Set<HubFaultCode>([
  'hub/aborted',
  'hub/credential-refused',
  'hub/token-refused',
  'hub/not-supported',
  'hub/resume-mismatch',
]);
const outage: ReadonlySet<HubFaultCode> = new Set<HubFaultCode>([
  'hub/unavailable',
  'hub/network',
  'hub/timeout',
  'hub/rate-limited',
  'hub/cut-answer',
]);

/** Carries a plan out: several units at a time, handed on in order, halved where they fail, resumable after each. */
export async function* transfer<U, T>(
  plan: TransferPlan<U, T>,
  options: { readonly signal?: AbortSignal; readonly resume?: ResumeToken } = {},
): AsyncGenerator<Chunk<T>, void, undefined> {
  const { units, hub } = plan;
  const print = fingerprint(plan.fingerprint);
  const from = options.resume === undefined ? null : readResume(options.resume, print, hub);
  const first = from?.next ?? 0;
  const tallies = new Map<MeteringPointId, Tally>(
    Object.entries(from?.open ?? {}) as [MeteringPointId, Tally][],
  );
  const left = new Map<MeteringPointId, number>();
  let pointsTotal = 0;
  let pointsDone = 0;
  for (const [at, unit] of units.entries())
    for (const point of plan.pointsOf(unit)) {
      if (!left.has(point)) {
        left.set(point, 0);
        pointsTotal++;
      }
      if (at >= first) left.set(point, (left.get(point) as number) + 1);
    }
  for (const count of left.values()) if (count === 0) pointsDone++;

  const stop = new AbortController();
  const signal =
    options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const before = { ...(plan.traffic ?? { requests: 0, retries: 0, bytes: 0 }) };
  const failing = { inRow: 0 };
  const flights: Promise<UnitAnswer<T>>[] = [];
  const width = Math.max(1, plan.concurrency ?? 2);
  try {
    let started = first;
    let anything = first > 0;
    for (let at = first; at < units.length; at++) {
      // What came while the caller stopped is not handed over: the last chunk it has is the one to resume from.
      signal.throwIfAborted();
      for (; started < units.length && started < at + width; started++) {
        const flight = runUnit(plan, units[started] as U, signal, failing);
        flight.catch(() => {});
        flights.push(flight);
      }
      const answer = await (flights.shift() as Promise<UnitAnswer<T>>);
      const points = plan.pointsOf(units[at] as U);
      const out = points.map((point) => answer.faults?.get(point));
      if (
        points.length === 0 ||
        out.some((fault) => fault === undefined || !outage.has(fault.code))
      )
        anything = true;
      // Nothing came at all, for want of a working hub: that is no answer about these metering points.
      if (!anything && at === units.length - 1) throw new HubError(out.at(-1) as HubFault);
      const outcomes: Outcome[] = [];
      for (const point of points) {
        const tally = tallies.get(point) ?? { answered: 0, faults: [] };
        const fault = answer.faults?.get(point);
        if (fault === undefined) tally.answered++;
        else tally.faults.push(fault);
        const rest = (left.get(point) as number) - 1;
        left.set(point, rest);
        if (rest > 0) tallies.set(point, tally);
        else {
          tallies.delete(point);
          pointsDone++;
          outcomes.push(outcomeOf(point, tally));
        }
      }
      const now = plan.traffic ?? before;
      yield {
        items: answer.items,
        outcomes,
        issues: answer.issues ?? [],
        progress: {
          unitsDone: at + 1,
          unitsTotal: units.length,
          pointsDone,
          pointsTotal,
          requests: now.requests - before.requests,
          retries: now.retries - before.retries,
          bytes: now.bytes - before.bytes,
        },
        resume: JSON.stringify({
          v: 1,
          plan: print,
          next: at + 1,
          open: Object.fromEntries(tallies),
          ...(plan.frozen === undefined ? {} : { frozen: plan.frozen }),
        } satisfies ResumeState),
      };
    }
  } catch (error) {
    throw error instanceof HubError ? error : new HubError(faultOf(error, hub, signal));
  } finally {
    stop.abort(new DOMException('the transfer was ended', 'AbortError'));
  }
}

async function runUnit<U, T>(
  plan: TransferPlan<U, T>,
  unit: U,
  signal: AbortSignal,
  failing: { inRow: number },
): Promise<UnitAnswer<T>> {
  try {
    const answer = await plan.run(unit, signal);
    failing.inRow = 0;
    return answer;
  } catch (error) {
    const fault = faultOf(error, plan.hub, signal);
    // Without a token there is nothing to be had in smaller parts either.
    if (fatal.has(fault.code) || fault.operation === 'token') throw new HubError(fault);
    const halves = plan.halve?.(unit, fault) ?? null;
    if (halves === null) {
      // Without a metering point no outcome can carry the fault: it ends the transfer, or it would be lost.
      if (plan.pointsOf(unit).length === 0) throw new HubError(fault);
      if (outage.has(fault.code) && ++failing.inRow >= (plan.giveUpAfter ?? 3))
        throw new HubError(fault);
      return { items: [], faults: new Map(plan.pointsOf(unit).map((point) => [point, fault])) };
    }
    const first = await runUnit(plan, halves[0], signal, failing);
    const second = await runUnit(plan, halves[1], signal, failing);
    const items = [...first.items, ...second.items];
    return {
      items: plan.join?.(items) ?? items,
      // A fault of either half is the whole's: the point is not complete then.
      faults: new Map([...(first.faults ?? []), ...(second.faults ?? [])]),
      issues: [...(first.issues ?? []), ...(second.issues ?? [])],
    };
  }
}

function outcomeOf(meteringPoint: MeteringPointId, tally: Tally): Outcome {
  const bad = tally.faults.filter((fault) => fault.code !== 'hub/no-data');
  let state: Outcome['state'] = 'complete';
  if (bad.length > 0) state = tally.answered > 0 ? 'partial' : 'failed';
  else if (tally.answered === 0) state = 'no-data';
  return { meteringPoint, state, faults: tally.faults };
}

function readResume(token: ResumeToken, plan: string, hub: HubId): ResumeState {
  let state: Partial<ResumeState> | null = null;
  try {
    state = JSON.parse(token) as Partial<ResumeState> | null;
  } catch {
    // Told below.
  }
  if (state?.v !== 1 || state.plan !== plan || !Number.isSafeInteger(state.next))
    throw new HubError({
      code: 'hub/resume-mismatch',
      hub,
      message: 'the resume token was made for another request',
      retry: 'never',
    });
  return state as ResumeState;
}

/** What a plan had frozen into a resume token; undefined without a token, and for one that is none. */
export function frozenOf(token: ResumeToken | undefined): unknown {
  try {
    return token === undefined ? undefined : (JSON.parse(token) as Partial<ResumeState>).frozen;
  } catch {
    return undefined;
  }
}

/** FNV-1a over the JSON text, twice 32 bits: tells requests apart, protects nothing. */
function fingerprint(value: unknown): string {
  const text = JSON.stringify(value);
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let at = 0; at < text.length; at++) {
    a = Math.imul(a ^ text.charCodeAt(at), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - at), 0x01000193);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}

/** Only the items, one by one. */
export async function* itemsOf<T>(from: Transfer<T>): AsyncGenerator<T, void, undefined> {
  for await (const chunk of from) yield* chunk.items;
}

/** All of a transfer at once; for what is known to be small. */
export async function collect<T>(from: Transfer<T>): Promise<{
  readonly items: T[];
  readonly outcomes: Outcome[];
  readonly issues: Issue[];
  readonly progress: Progress | null;
}> {
  const items: T[] = [];
  const outcomes: Outcome[] = [];
  const issues: Issue[] = [];
  let progress: Progress | null = null;
  for await (const chunk of from) {
    for (const item of chunk.items) items.push(item);
    outcomes.push(...chunk.outcomes);
    issues.push(...chunk.issues);
    progress = chunk.progress;
  }
  return { items, outcomes, issues, progress };
}
