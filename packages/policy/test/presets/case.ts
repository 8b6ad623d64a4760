import type {
  Basis,
  Detail,
  DutyState,
  Engine,
  Fact,
  FactValue,
  Grant,
  Item,
  Obligation,
  OperationKind,
  Outcome,
  Parameters,
  Policy,
  Question,
} from '@metergram/policy';
import { compile } from '@metergram/policy';
import { duties } from '@metergram/policy/rights';
import { expect } from 'vitest';

/** The instant of every case that does not name its own: a winter noon. */
export const NOW = Date.UTC(2026, 0, 15, 12);
export const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

/** A question as a case writes it: roles instead of an actor, now instead of an instant. */
export type Ask = Partial<Omit<Question, 'actor'>> &
  Pick<Question, 'do' | 'what'> & { readonly as: string | readonly string[]; readonly id?: string };

/** What must be answered, and by which rule. */
export interface Answered {
  readonly ask: Ask;
  readonly known?: readonly Fact[];
  readonly is: Outcome;
  /** Rule that must be among the grounds; null: no rule at all stands behind it (nothing permits). */
  readonly by?: string | null;
  readonly obliges?: readonly Obligation['do'][];
  readonly finest?: Detail;
  readonly span?: { readonly start: number | null; readonly end: number | null };
  /** Fields that the one limit leaves. */
  readonly fields?: readonly string[];
  readonly until?: number;
  readonly basis?: Basis;
  /** Facts recorded after this are not known to the question. */
  readonly seen?: number;
  /** Another policy that holds together with the preset. */
  readonly beside?: Policy;
  /** Changes of the question, each of which must be refused with the same facts known. */
  readonly never?: readonly Partial<Ask>[];
  /** Key of what must be offered as the nearest change. */
  readonly nearest?: string;
}

/** What must be done with a stored item. */
export interface Planned {
  readonly item: Partial<Item> & Pick<Item, 'what'>;
  readonly known?: readonly Fact[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly at?: number;
  readonly op: OperationKind;
  readonly to?: Detail;
  readonly by?: string;
  readonly due?: number | null;
  readonly says?: string;
}

/** Where a duty stands; null: it is not called up at all. */
export interface Obliged {
  readonly known: readonly Fact[];
  readonly facts?: Readonly<Record<string, FactValue>>;
  readonly at?: number;
  readonly state: DutyState | null;
  readonly due?: number | null;
}

/** A statement of a document with everything that is tested of it. */
export interface Statement {
  readonly id: string;
  /** What is tested, in words of ours. */
  readonly says: string;
  readonly answers?: readonly Answered[];
  readonly plans?: readonly Planned[];
  readonly duties?: readonly Obliged[];
  /** The reason that the preset gives for a sentence that no engine can decide. */
  readonly undecided?: RegExp;
}

export function questionOf({ as, id, ...rest }: Ask): Question {
  const roles = typeof as === 'string' ? [as] : as;
  return { at: NOW, ...rest, actor: { id: id ?? 'someone', roles } };
}

export function expectAnswer(preset: Engine, answered: Answered, parameters: Parameters): void {
  const { ask, known = [], is, by, obliges, finest, span, nearest, until, basis } = answered;
  const engine =
    answered.beside === undefined
      ? preset
      : compile([...preset.policies, answered.beside], { parameters });
  const decision = engine.decide(questionOf(ask), engine.know(known, answered.seen));
  const { outcome, because, limits } = decision.toJSON();
  expect({ outcome, because: outcome === is ? [] : because }).toEqual({ outcome: is, because: [] });
  const rules = because.map(({ rule }) => rule).filter((rule) => rule !== undefined);
  if (by === null) expect(rules).toEqual([]);
  else if (by !== undefined) expect(rules).toContain(by);
  if (obliges !== undefined) {
    const words = decision.obligations.map((obligation) => obligation.do);
    expect(words.sort()).toEqual([...obliges].sort());
  }
  if (finest !== undefined) expect(limits.map((limit) => limit.finest)).toEqual([finest]);
  if (span !== undefined) expect(limits.map((limit) => limit.span)).toEqual([span]);
  for (const change of answered.never ?? []) {
    const other = engine.decide(
      questionOf({ ...ask, ...change }),
      engine.know(known, answered.seen),
    );
    expect({ change, outcome: other.outcome }).toEqual({ change, outcome: 'deny' });
  }
  if (answered.fields !== undefined)
    expect(limits.map((limit) => limit.fields)).toEqual([answered.fields]);
  if (until !== undefined) expect(decision.until).toBe(until);
  if (basis !== undefined) expect(because.map((reason) => reason.basis)).toContain(basis);
  if (nearest !== undefined) expect(decision.nearest.map(({ key }) => key)).toContain(nearest);
}

export function expectPlan(engine: Engine, planned: Planned): void {
  const { item, known = [], parameters, at: now = NOW, op, to, by, due, says } = planned;
  const full: Item = { id: 'item', detail: 'raw', end: day('2025-01-01'), ...item };
  const [operation] = engine.plan([full], engine.know(known), {
    now,
    ...(parameters === undefined ? null : { parameters }),
  });
  expect(operation).toMatchObject({ item: 'item', op, ...(to === undefined ? null : { to }) });
  const rules = operation?.because.map(({ rule }) => rule);
  if (by !== undefined) expect(rules).toContain(by);
  if (due !== undefined) expect(operation?.due).toBe(due);
  if (says !== undefined) expect(operation?.because.map(({ key }) => key)).toContain(says);
}

/** A grant that holds since 2025 and has no end, but for what a case says otherwise. */
export function granted(
  grant: Partial<Grant> & Pick<Grant, 'from' | 'to' | 'what' | 'purposes'>,
): Fact {
  const always = { start: null, end: null };
  const at = day('2025-01-01');
  return {
    type: 'grant',
    at,
    seen: at,
    grant: {
      id: `grant-${grant.from}-${grant.to}`,
      finest: 'raw',
      span: always,
      valid: { start: at, end: null },
      state: 'active',
      method: 'active-act-in-portal',
      ...grant,
    },
  };
}

/** Something that happened on a day. */
export function happened(name: string, on: string, about?: string, ref?: string): Fact {
  const at = day(on);
  return {
    type: 'event',
    at,
    seen: at,
    name,
    ...(about === undefined ? null : { about }),
    ...(ref === undefined ? null : { ref }),
  };
}

/** A state that held from a day, and perhaps to another. */
export function held(name: string, from: string, to?: string, about?: string): Fact {
  const at = day(from);
  return {
    type: 'state',
    at,
    seen: at,
    name,
    ...(to === undefined ? null : { to: day(to) }),
    ...(about === undefined ? null : { about }),
  };
}

/** A recorded value, about someone or about everything. */
export function value(name: string, recorded: FactValue, about?: string): Fact {
  const at = day('2025-01-01');
  return {
    type: 'value',
    at,
    seen: at,
    name,
    value: recorded,
    ...(about === undefined ? null : { about }),
  };
}

export function expectDuty(engine: Engine, rule: string, obliged: Obliged): void {
  const { known, facts = {}, at = NOW, state, due } = obliged;
  const values = Object.entries(facts).map(([name, recorded]) => value(name, recorded));
  const found = duties(engine, engine.know([...known, ...values]), at).filter(
    (duty) => duty.rule === rule,
  );
  expect(found.map((duty) => duty.state)).toEqual(state === null ? [] : [state]);
  if (due !== undefined) expect(found[0]?.due).toBe(due);
}
