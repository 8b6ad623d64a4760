import type { Item } from './types/plan.ts';
import type { Clock, EventExpression, StateExpression } from './types/rule.ts';
import type { TermsByDimension } from './context.ts';
import { covers } from './grant-index.ts';
import { type Known, merge, type Stretch } from './known.ts';
import { type Moment, touch } from './moment.ts';

/** Where a clock stands: counting since an instant, or not counting. */
export type Reading = number | null;

const abouts = (item: Item): readonly (string | undefined)[] => [item.object, item.subject];

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
  switch (clock.base) {
    case 'age':
      touch(moment, item.end);
      return item.end;
    case 'after':
    case 'until': {
      const at = eventAt(clock.event, item, known, moment);
      if (at === null) return null;
      touch(moment, at);
      return at <= moment.at ? at : null;
    }
    default: {
      const stretches = stretchesOf(clock.state, item, known, terms);
      let ended: number | null = null;
      for (const { from, to } of stretches) {
        touch(moment, from);
        if (from > moment.at) break;
        touch(moment, to);
        // While it holds nothing counts; what was counted before starts anew at its next end.
        ended = to <= moment.at ? to : null;
      }
      return ended;
    }
  }
}

/** The last time an event happened up to the moment, else the first time it is going to. */
function eventAt(event: EventExpression, item: Item, known: Known, moment: Moment): number | null {
  if (typeof event === 'string') {
    let last: number | null = null;
    for (const at of known.eventTimes(event, abouts(item))) {
      touch(moment, at);
      if (at <= moment.at || last === null) last = at;
    }
    return last;
  }
  const all = 'latest' in event;
  const times = (all ? event.latest : event.earliest).map((part) =>
    eventAt(part, item, known, moment),
  );
  const happened = times.filter((at) => at !== null);
  if (happened.length === 0 || (all && happened.length < times.length)) return null;
  return all ? Math.max(...happened) : Math.min(...happened);
}

/** When a state, or several taken together, held for an item. */
export function stretchesOf(
  state: StateExpression,
  item: Item,
  known: Known,
  terms: TermsByDimension,
): readonly Stretch[] {
  if (typeof state === 'string') {
    const recorded = known.stretches(state, abouts(item));
    if (state === 'purpose-live' && recorded.length === 0 && item.purposes !== undefined)
      return merge(
        item.purposes.flatMap((term) => [...purposeStretches(term, item, known, terms)]),
      );
    return recorded;
  }
  if ('any' in state)
    return merge(state.any.flatMap((part) => [...stretchesOf(part, item, known, terms)]));
  if ('all' in state) {
    let common: readonly Stretch[] = [{ from: -Infinity, to: Infinity }];
    for (const part of state.all) {
      const next = stretchesOf(part, item, known, terms);
      common = merge(
        common.flatMap((a) =>
          next.map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) })),
        ),
      );
    }
    return common;
  }
  const { to, for: purpose, what } = state.grant;
  const purposeTerm = purpose === undefined ? -1 : (terms.for.index.get(purpose) ?? -1);
  const dataTerm = terms.what.index.get(what ?? item.what);
  const found: Stretch[] = [];
  for (const entry of known.grantsFrom(item.subject ?? '')) {
    if (entry.grant.kind === 'delegation' || (to !== undefined && entry.grant.to !== to)) continue;
    const within =
      purpose === undefined
        ? entry.objects === null || (item.object !== undefined && entry.objects.has(item.object))
        : dataTerm !== undefined && covers(entry, dataTerm, purposeTerm, item.object, terms);
    if (within) found.push({ from: entry.start, to: entry.end });
  }
  return merge(found);
}

/** When an item was needed for a purpose: a recorded state `purpose:TERM`, or a live grant of its subject for it. */
export function purposeStretches(
  purpose: string,
  item: Item,
  known: Known,
  terms: TermsByDimension,
): readonly Stretch[] {
  const recorded = known.stretches(`purpose:${purpose}`, abouts(item));
  const term = terms.for.index.get(purpose);
  const data = terms.what.index.get(item.what);
  if (term === undefined || data === undefined || item.subject === undefined) return recorded;
  const granted: Stretch[] = [];
  for (const entry of known.grantsFrom(item.subject))
    if (entry.grant.kind !== 'delegation' && covers(entry, data, term, item.object, terms))
      granted.push({ from: entry.start, to: entry.end });
  return granted.length === 0 ? recorded : merge([...recorded, ...granted]);
}
