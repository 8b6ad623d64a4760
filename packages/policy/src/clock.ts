import type { Item } from './types/plan.ts';
import type { Clock, EventExpression, StateExpression } from './types/rule.ts';
import type { TermsByDimension } from './context.ts';
import { covers } from './grant-index.ts';
import { type Known, merge, type Stretch } from './known.ts';
import { live, type Moment, touch } from './moment.ts';

/** Where a clock stands: counting since an instant, or not counting. */
export type Reading = number | null;

/**
 * When a retention clock started for an item, seen from `moment.at`; null while it has not. Everything that may change
 * this later is noted in `moment`.
 */
export function readClock(
  clock: Clock,
  item: Item,
  known: Known,
  moment: Moment,
  terms: TermsByDimension,
): Reading {
  if (clock.base === 'while') {
    let ended: number | null = null;
    // While it holds nothing counts; what was counted before starts anew at its next end.
    for (const { from, to } of stretchesOf(clock.state, item, known, terms))
      if (live(moment, from, to)) ended = null;
      else if (to <= moment.at) ended = to;
    return ended;
  }
  if (clock.base === 'age') {
    touch(moment, item.end);
    return item.end;
  }
  const at = eventAt(clock.event, item, known, moment);
  return at !== null && live(moment, at, Infinity) ? at : null;
}

/** The last time an event happened up to the moment, else the first time it is going to. */
function eventAt(event: EventExpression, item: Item, known: Known, moment: Moment): Reading {
  if (typeof event === 'string') {
    let last: Reading = null;
    for (const at of known.eventTimes(event, item))
      if (live(moment, at, Infinity) || last === null) last = at;
    return last;
  }
  const all = 'latest' in event;
  const times = (all ? event.latest : event.earliest).map((part) =>
    eventAt(part, item, known, moment),
  );
  const happened = times.filter((at) => at !== null);
  if (happened.length < (all ? times.length : 1)) return null;
  return happened.sort((a, b) => a - b).at(all ? -1 : 0)!;
}

/** When consents of an item's subject held for it; all that cover everything where no purpose is named. */
function granted(
  { to, for: purpose, what }: Extract<StateExpression, object & { grant: unknown }>['grant'],
  item: Item,
  { grants }: Known,
  terms: TermsByDimension,
): Stretch[] {
  const { object, subject = '' } = item;
  const data = terms.what.index.get(what ?? item.what) ?? -1;
  const place = terms.for.index.get(purpose ?? '') ?? -1;
  return grants
    .from(subject)
    .filter(
      (entry) =>
        entry.kind === 'consent' &&
        (to === undefined || entry.to === to) &&
        (purpose === undefined
          ? entry.objects === null || entry.objects.has(object ?? '')
          : covers(entry, data, place, object, terms)),
    )
    .map(({ start, end }) => ({ from: start, to: end }));
}

/** When a state, or several taken together, held for an item. */
export function stretchesOf(
  state: StateExpression,
  item: Item,
  known: Known,
  terms: TermsByDimension,
): readonly Stretch[] {
  if (typeof state === 'string') {
    const recorded = known.stretches('state', state, item);
    return state === 'purpose-live' && recorded.length === 0 && item.purposes !== undefined
      ? merge(item.purposes.flatMap((term) => purposeStretches(term, item, known, terms)))
      : recorded;
  }
  if ('grant' in state) return merge(granted(state.grant, item, known, terms));
  const parts = ('any' in state ? state.any : state.all).map((part) =>
    stretchesOf(part, item, known, terms),
  );
  if ('any' in state) return merge(parts.flat());
  return parts.reduce((common, next) =>
    merge(
      common.flatMap((a) =>
        next.map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) })),
      ),
    ),
  );
}

/** When an item was needed for a purpose: a recorded state `purpose:TERM`, or a live grant of its subject for it. */
export function purposeStretches(
  purpose: string,
  item: Item,
  known: Known,
  terms: TermsByDimension,
): readonly Stretch[] {
  return merge([
    ...known.stretches('state', `purpose:${purpose}`, item),
    ...granted({ for: purpose }, item, known, terms),
  ]);
}
