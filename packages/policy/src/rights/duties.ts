import type { EpochMs } from '@metergram/model';
import type { DueDuty, DutyRule, DutyState, Item, Parameters } from '../types/index.ts';
import { checkTime } from '../check.ts';
import { compileCondition, type Test } from '../condition.ts';
import { type Context, newContext } from '../context.ts';
import { type CalendarDuration, parseDuration } from '../duration.ts';
import type { Engine } from '../engine.ts';
import { listAt } from '../grant-index.ts';
import { parameterReader } from '../keep.ts';
import type { Known } from '../known.ts';
import { UNKNOWN } from '../region.ts';
import { type Dated, dateRules } from '../rules.ts';

/** A duty that is in force, with its period read. */
export interface ReadyDuty extends Dated<DutyRule> {
  readonly within: CalendarDuration | null;
}

/** A period that is a parameter, as the engine was compiled with it or as its policy declares it; null where nobody has set it. */
function declaredPeriod(engine: Engine, text: string | undefined): CalendarDuration | null {
  const value = text?.[0] === '$' ? engine.rules.parameters.get(text.slice(1)) : text;
  return typeof value === 'string' ? parseDuration(value) : null;
}

/** Duties of all versions of all policies, in the order of their ids. */
const allDuties = (engine: Engine): readonly ReadyDuty[] =>
  dateRules(engine.policies)
    .filter(({ rule }) => rule.effect === 'duty')
    .map((dated) => ({
      ...(dated as Dated<DutyRule>),
      within: declaredPeriod(engine, (dated.rule as DutyRule).within),
    }));

const inForce = ({ from, to }: ReadyDuty, at: EpochMs): boolean => from <= at && at < to;

/** Duties that are in force at an instant, in the order of their ids. */
export const dutiesFor = (engine: Engine, at: EpochMs): readonly ReadyDuty[] =>
  allDuties(engine).filter((duty) => inForce(duty, at));

/**
 * Every duty that recorded events have called up, with its deadline and where it stands at `now`. Breaches, requests,
 * changes of policy and yearly duties alike: an event of the name in `on` calls a duty up; an event of the name in `must` meets
 * it that is about the same, or has a `ref` to the duty's rule id or to what it is about, and is not about something else. What
 * is recorded for after `now` has not happened yet.
 *
 * What an event calls up is judged by the version of the policy that was in force then (an event before the first version: by
 * that); states and yearly duties by the version in force at `now`.
 *
 * A breach is an event `personal-data-breach` at the time when it became known (GDPR Art. 33: 72 hours from then; Art. 34:
 * without undue delay, where the risk is high). Not required where the rule's condition is false; `unknown` where a fact
 * is missing, and then treated as open with its deadline.
 *
 * Throws `PolicyError` `question/bad-shape` where `now` is no instant.
 */
export function duties(
  engine: Engine,
  known: Known,
  now: EpochMs,
  parameters: Parameters = {},
): readonly DueDuty[] {
  checkTime(now, '/now');
  const parameterOf = parameterReader(engine.retention, known, parameters);
  const result: DueDuty[] = [];
  const all = allDuties(engine);
  for (const duty of all) {
    const { rule } = duty;
    if (rule.on === 'access') continue;
    const test = (name: 'if' | 'unless'): Test | null => {
      const condition = rule[name];
      if (condition === undefined) return null;
      return compileCondition(condition, 'none');
    };
    const when = test('if');
    const unless = test('unless');
    const first = all.reduce(
      (from, other) => (other.policy.id === duty.policy.id ? Math.min(from, other.from) : from),
      duty.from,
    );
    const doneOf = doneReader(rule, known, now);
    for (const call of callsOf(duty, known, now)) {
      if (!inForce(duty, call.event ? Math.max(call.at, first) : now)) continue;
      const c = contextAt(engine, known, now, call.about);
      const moment = { at: now, next: Infinity };
      const item: Item = {
        id: '',
        what: '',
        detail: 'raw',
        end: call.at,
        ...(call.about === undefined ? null : { subject: call.about }),
      };
      const period = (text: string | undefined): CalendarDuration | null =>
        text !== undefined && text.startsWith('$')
          ? parameterOf(text.slice(1), item, moment)
          : text === undefined
            ? null
            : parseDuration(text);
      const applies = verdict(when, unless, c);
      const done = doneOf(call);
      const every = period(rule.every);
      const within = period(rule.within);
      const from = every !== null && done !== null ? done : call.at;
      const before = rule.before === undefined ? null : beforeAt(rule.before, known, c, call);
      const due =
        every !== null
          ? duty.zone.add(from, every)
          : within !== null
            ? duty.zone.add(call.at, within)
            : before;
      const state = stateOf(applies, rule, done, due, now, every !== null);
      result.push({
        key:
          rule.within === 'undue-delay' && state === 'open' ? 'duty.undue-delay' : `duty.${state}`,
        params: {
          duty: rule.id,
          event: rule.on,
          must: rule.must,
          to: rule.to ?? [],
          ...(due === null ? null : { at: due }),
        },
        policy: duty.policy.id,
        rule: rule.id,
        must: rule.must,
        who: rule.who ?? [],
        to: rule.to ?? [],
        cite: rule.cite ?? [],
        since: from,
        ...(call.about === undefined ? null : { about: call.about }),
        due,
        done,
        state,
      });
    }
  }
  return result.sort((a, b) => (a.due ?? Infinity) - (b.due ?? Infinity));
}

interface Call {
  readonly at: EpochMs;
  readonly about: string | undefined;
  /** Called up by something that happened once, not by what still holds. */
  readonly event: boolean;
}

/** Called up by time itself. */
const always = (at: EpochMs): Call => ({ at, about: undefined, event: false });

/** What calls a duty up: events of its name, states of its name that hold, or time itself. */
function callsOf({ rule, from: start }: ReadyDuty, known: Known, now: EpochMs): readonly Call[] {
  if (rule.every !== undefined) {
    const last = lastDone(rule, known, now);
    // Never done: counted from when the duty came into force.
    return [always(last ?? start)];
  }
  const calls: Call[] = known
    .named('event', rule.on)
    .filter(({ from }) => from <= now)
    .map(({ from, about }) => ({ at: from, about, event: true }));
  for (const about of new Set(known.named('state', rule.on).map((state) => state.about)))
    for (const { from, to } of known.stretches('state', rule.on, { subject: about }))
      if (from <= now && now < to) calls.push({ at: from, about, event: false });
  if (rule.on === 'always') calls.push(always(start));
  return calls;
}

function contextAt(engine: Engine, known: Known, at: EpochMs, about: string | undefined): Context {
  const c = newContext(known, engine.rules);
  c.at = at;
  c.question = {
    ...c.question,
    at,
    ...(about === undefined ? null : { subject: about, object: about }),
  };
  return c;
}

/** Whether a duty applies: yes, no, or not known because a fact is missing. */
function verdict(when: Test | null, unless: Test | null, c: Context): boolean | null {
  const found = when?.test(c) ?? null;
  if (found !== null && found !== UNKNOWN && found.length === 0) return false;
  const lifted = unless?.test(c) ?? null;
  if (lifted !== null && lifted.length > 0) return false;
  return found === UNKNOWN || lifted === UNKNOWN ? null : true;
}

/** When what a duty demands was last done. */
function lastDone(rule: DutyRule, known: Known, now: EpochMs): number | null {
  let last: number | null = null;
  for (const { from } of known.named('event', rule.must))
    if (from <= now && (last === null || from > last)) last = from;
  return last;
}

/**
 * Tells when what a duty demands was first done after it was called up (before that too, where it is due before something), of
 * what had happened by `now`. Events are put in order once, so that many calls cost no more than finding their own.
 */
function doneReader(rule: DutyRule, known: Known, now: EpochMs): (call: Call) => number | null {
  if (rule.every !== undefined) {
    const last = lastDone(rule, known, now);
    return () => last;
  }
  const times = new Map<string, number[]>();
  for (const { about, value: ref, from } of known.named('event', rule.must)) {
    if (from > now) continue;
    if (about !== undefined) listAt(times, `about ${about}`).push(from);
    if (ref === rule.id) listAt(times, about === undefined ? 'any' : 'any of ours').push(from);
    else if (ref !== undefined) listAt(times, `ref ${String(ref)}`).push(from);
    else if (about === undefined) listAt(times, 'any').push(from);
  }
  for (const list of times.values()) list.sort((a, b) => a - b);
  return ({ at, about }) => {
    const least = rule.before === undefined ? at : -Infinity;
    const keys = about === undefined ? ['any of ours'] : [`about ${about}`, `ref ${about}`];
    const found = ['any', ...keys].flatMap((key) => firstFrom(times.get(key) ?? [], least) ?? []);
    return found.length === 0 ? null : Math.min(...found);
  };
}

/** The first of times in order that is not before another; null where there is none. */
function firstFrom(times: readonly number[], least: number): number | null {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return times[low] ?? null;
}

/** The event or instant before which a duty is due. */
function beforeAt(name: string, known: Known, c: Context, call: Call): number | null {
  const value = known.value(name, call.about, c) ?? known.value(name, undefined, c);
  if (typeof value === 'number') return value;
  return known.eventTimes(name, { subject: call.about }).find((time) => time >= call.at) ?? null;
}

function stateOf(
  applies: boolean | null,
  rule: DutyRule,
  done: number | null,
  due: number | null,
  now: EpochMs,
  recurring: boolean,
): DutyState {
  if (applies === false) return 'not-required';
  if (recurring) return due !== null && now > due ? 'overdue' : done === null ? 'open' : 'met';
  if (done !== null) return due !== null && done > due ? 'met-late' : 'met';
  if (applies === null) return 'unknown';
  return due !== null && now > due ? 'overdue' : 'open';
}
