import type { EpochMs } from '@metergram/model';
import type {
  Basis,
  Deadline,
  Item,
  ItemAnswer,
  PlanReason,
  Right,
  RightFact,
} from '../types/index.ts';
import { checkItem, checkTime, refuse } from '../check.ts';
import { isObject } from '../fault.ts';
import type { Engine } from '../engine.ts';
import type { Level, Levels } from '../keep.ts';
import type { Known } from '../known.ts';
import { DELETED, DETAILS, rank } from '../lattice.ts';
import type { Planner } from '../plan.ts';
import { purposeStretches } from '../clock.ts';
import { dutiesFor } from './duties.ts';

/** A person's demand, and when it is answered. */
export interface RightQuestion {
  readonly right: Right;
  readonly subject: string;
  /** When it came in. */
  readonly at: EpochMs;
  readonly now: EpochMs;
  /** Erasure: the person takes back consent, or objects to what rests on legitimate interest or a public task. */
  readonly withdraws?: boolean;
  readonly objects?: boolean;
  /** Rectification: the data are wrong; what cannot be corrected is erased (GDPR Art. 16, 5(1)(d)). */
  readonly claim?: 'incorrect' | 'incomplete';
}

const RIGHTS: readonly string[] = ['access', 'erasure', 'rectification', 'portability'];

/** Changes that are looked through for the end of a floor. */
const MOST_STEPS = 256;

/** Purposes that keep an item from being erased, by the basis that they rest on. */
interface Need {
  readonly purpose: string;
  readonly basis: Basis | null;
}

/** An erasure that is granted where nothing stands against it: the plan tells what is left then. */
const asErased = (question: RightQuestion): RightFact => ({
  type: 'right',
  id: 'the demand',
  at: question.now,
  seen: question.now,
  right: 'erasure',
  subject: question.subject,
  accepted: true,
});

/**
 * Answer a demand item by item; lazily, in the items' order, without holding them. Items of others are `withhold`.
 *
 * GDPR Art. 15 (access: everything, restricted data too), 16 (rectification), 17 (erasure, with the exceptions of
 * paragraph 3), 18 (restriction of what has to be kept), 20 (portability: what rests on consent or contract).
 *
 * Throws `PolicyError` `item/bad-shape` when it comes to what is no item, and `question/bad-shape` for a demand that is none,
 * with a pointer into it.
 */
export function* answerRight(
  engine: Engine,
  known: Known,
  items: Iterable<Item>,
  question: RightQuestion,
): Generator<ItemAnswer, void> {
  checkQuestion(question);
  checkTime(question.now, '/now');
  if (typeof question.subject !== 'string') refuse('question/bad-shape', '/subject', 'text');
  const planner = engine.planner(known, { now: question.now });
  const demand = asErased(question);
  for (const item of items) {
    checkItem(item, question.now);
    if (item.subject !== question.subject) {
      yield { item: item.id, answer: 'withhold', because: [{ key: 'right.withhold' }] };
      continue;
    }
    const levels = planner.levels(item, question.now);
    const needs = needsOf(engine, known, item, question);
    switch (question.right) {
      case 'access':
        yield access(item, levels);
        break;
      case 'portability':
        yield portability(item, needs);
        break;
      case 'rectification':
        yield {
          item: item.id,
          answer: 'correct',
          because: [{ key: 'right.correct', params: { article: '16' } }],
        };
        break;
      default:
        yield erasure(item, levels, needs, question, demand, planner);
    }
  }
}

/** Only a demand for erasure erases: what is no demand is refused. */
function checkQuestion(question: Pick<RightQuestion, 'right' | 'at'>): void {
  if (!isObject(question)) refuse('question/bad-shape', '', 'a demand');
  if (!RIGHTS.includes(question.right)) refuse('question/bad-shape', '/right', RIGHTS.join(' or '));
  checkTime(question.at, '/at');
}

/** Live purposes of an item with the basis of the activity that they belong to. */
function needsOf(
  engine: Engine,
  known: Known,
  item: Item,
  question: RightQuestion,
): readonly Need[] {
  const { terms, activities } = engine.rules;
  const needs: Need[] = [];
  for (const purpose of item.purposes ?? []) {
    const live = purposeStretches(purpose, item, known, terms).some(
      ({ from, to }) => from <= question.now && question.now < to,
    );
    if (!live) continue;
    const place = terms.for.index.get(purpose);
    const what = terms.what.index.get(item.what);
    const activity = (place === undefined ? [] : activities[place]!).find(
      (each) => each.what === null || (what !== undefined && each.what.has(what)),
    );
    needs.push({ purpose, basis: activity?.reference.basis[0] ?? null });
  }
  return needs;
}

function access(item: Item, levels: Levels): ItemAnswer {
  const restricted = levels.floor < levels.allowed;
  return {
    item: item.id,
    answer: 'give',
    because: [
      { key: restricted ? 'right.give-restricted' : 'right.give', params: { article: '15' } },
    ],
  };
}

function portability(item: Item, needs: readonly Need[]): ItemAnswer {
  const need = needs.find(({ basis }) => basis === 'consent' || basis === 'contract');
  return need === undefined
    ? {
        item: item.id,
        answer: 'withhold',
        because: [{ key: 'right.not-portable', params: { article: '20(1)(a)' } }],
      }
    : {
        item: item.id,
        answer: 'give',
        because: [
          {
            key: 'right.portable',
            params: { purpose: need.purpose, basis: need.basis!, article: '20(1)' },
          },
        ],
      };
}

function erasure(
  item: Item,
  levels: Levels,
  needs: readonly Need[],
  question: RightQuestion,
  demand: RightFact,
  planner: Planner,
): ItemAnswer {
  const standing = levels.floors.filter((level) => level.rank < DELETED);
  if (standing.length > 0)
    return { ...kept(item, standing, levels), until: endOfFloors(planner, item, question.now) };
  // Consent ends with the demand; legitimate interest and public tasks with an objection (Art. 17(1)(b), (c)).
  const holding = needs.find(({ basis }) => {
    if (question.claim === 'incorrect') return false;
    if (basis === 'consent') return question.withdraws === false;
    if (basis === 'legitimate-interest' || basis === 'public-task')
      return question.objects !== true;
    return basis !== null;
  });
  if (holding !== undefined && levels.allowed < DELETED)
    return {
      item: item.id,
      answer: 'refuse',
      until: null,
      dpv: 'eu-gdpr:A17-1-a',
      because: [
        {
          key: 'right.refuse-needed',
          params: { purpose: holding.purpose, basis: holding.basis!, article: '17(1)(a)' },
        },
      ],
    };
  return {
    item: item.id,
    answer: 'erase',
    because: [{ key: 'right.erase', params: { article: '17(1)', at: demand.at } }],
  };
}

/** What a law or a hold keeps is refused until then, made coarser where only coarser data are demanded, and restricted. */
function kept(item: Item, standing: readonly Level[], levels: Levels): ItemAnswer {
  const hold = standing.find(({ key }) => key === 'plan.hold');
  const rules = standing.flatMap(({ rule }) => (rule === null ? [] : [rule]));
  const finest = standing.reduce((least, level) => Math.min(least, level.rank), DELETED);
  const approximate = rules.some(({ rule }) => rule.approximate === true);
  const restrictedTo = [
    ...new Set([
      ...rules.flatMap(({ rule }) => rule.for ?? []),
      ...(hold?.purpose === undefined ? [] : [hold.purpose]),
    ]),
  ].sort();
  const because: PlanReason[] = [];
  for (const { rule, policy } of rules)
    because.push({
      key: 'right.refuse-law',
      params: { rule: rule.id, article: '17(3)(b)' },
      policy: policy.id,
      rule: rule.id,
      ...(rule.cite === undefined ? null : { cite: rule.cite }),
    });
  if (hold !== undefined)
    because.push({
      key: 'right.refuse-hold',
      params: { hold: hold.params!['hold'], article: '17(3)(e)' },
    });
  if (approximate) because.push({ key: 'right.approximate' });
  because.push({ key: 'right.restrict', params: { purpose: restrictedTo, article: '18' } });
  const reduced = finest > rank(item.detail) && levels.allowed >= finest;
  return {
    item: item.id,
    answer: reduced ? 'reduce' : 'refuse',
    ...(reduced ? { to: DETAILS[finest]! } : null),
    restrictedTo,
    dpv: rules.length > 0 ? 'eu-gdpr:A17-3-b' : 'eu-gdpr:A17-3-e',
    ...(approximate ? { approximate } : null),
    because,
  };
}

/** When the last floor under an item ends; null where that is not known yet. */
function endOfFloors(planner: Planner, item: Item, now: EpochMs): EpochMs | null {
  let at = now;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { floor } = planner.levels(item, at);
    if (floor === DELETED) return at;
    at = planner.horizon;
    if (!Number.isFinite(at)) return null;
  }
  return null;
}

/**
 * By when a demand has to be answered: one month from its receipt on the civil calendar (GDPR Art. 12(3)), or earlier
 * where a policy's own duty says so. Duties are looked for on `access-request`, `erasure-request`,
 * `rectification-request`, `portability-request`, `rectification-or-erasure-request` and `right-request`.
 *
 * Throws `PolicyError` `question/bad-shape` for a demand that is none, with a pointer.
 */
export function deadlineOf(
  engine: Engine,
  question: Pick<RightQuestion, 'right' | 'at'>,
): Deadline {
  checkQuestion(question);
  const { zone } = engine.retention;
  const month = { months: 1, days: 0, ms: 0 };
  let due = zone.add(question.at, month);
  const because: PlanReason[] = [
    { key: 'right.deadline', params: { at: due, article: '12(3)' }, cite: ['gdpr:A12-3'] },
  ];
  const names = new Set([`${question.right}-request`, 'right-request']);
  if (question.right === 'rectification' || question.right === 'erasure')
    names.add('rectification-or-erasure-request');
  for (const duty of dutiesFor(engine, question.at)) {
    if (!names.has(duty.rule.on) || duty.within === null) continue;
    const own = duty.zone.add(question.at, duty.within);
    due = Math.min(due, own);
    because.push({
      key: 'right.deadline',
      params: { at: own, rule: duty.rule.id },
      policy: duty.policy.id,
      rule: duty.rule.id,
      ...(duty.rule.cite === undefined ? null : { cite: duty.rule.cite }),
    });
  }
  const extended = zone.add(question.at, { ...month, months: 3 });
  because.push({ key: 'right.deadline-extended', params: { at: extended, article: '12(3)' } });
  return { due, extended, because };
}
