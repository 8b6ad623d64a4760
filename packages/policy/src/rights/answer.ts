import type { EpochMs } from '@metergram/model';
import type { Basis, Deadline, Item, ItemAnswer, PlanReason, Right } from '../types/index.ts';
import { checkItem, checkTime } from '../check.ts';
import { isObject, refuse } from '../fault.ts';
import type { Engine } from '../engine.ts';
import { covers } from '../grant-index.ts';
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
  /**
   * Rectification: the data are wrong, or lack something (GDPR Art. 16). Erasure: `incorrect` where they are wrong and cannot be
   * corrected (Art. 5(1)(d)).
   */
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

const CLAIMS: ReadonlySet<unknown> = new Set(['incorrect', 'incomplete', undefined]);

/**
 * Why data that are still needed are not erased, by the basis of the need: the paragraph of GDPR Article 17, and the term of
 * the Data Privacy Vocabulary 2.2 (`justifications:`, `eu-gdpr:`).
 */
const NEEDED: Readonly<Record<Basis, readonly [article: string, dpv: string]>> = {
  consent: ['17(1)(b)', 'justifications:ConsentProvided'],
  contract: ['17(1)(a)', 'justifications:ContractPerformanceNecessity'],
  'legal-obligation': ['17(3)(b)', 'eu-gdpr:JustificationA17LegallyRequired'],
  'vital-interests': ['17(1)(a)', 'justifications:DataSubjectProtectionImpaired'],
  'public-task': ['17(3)(b)', 'eu-gdpr:JustificationA17PublicInterest'],
  'legitimate-interest': ['17(1)(c)', 'justifications:LegitimateInterestOverride'],
};

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
        yield rectification(item, levels, question);
        break;
      default:
        yield erasure(item, levels, needs, question, planner);
    }
  }
}

/** Only a demand for erasure erases: what is no demand is refused. */
function checkQuestion(question: Pick<RightQuestion, 'right' | 'at' | 'claim'>): void {
  if (!isObject(question)) refuse('question/bad-shape', '', 'a demand');
  if (!CLAIMS.has(question.claim))
    refuse('question/bad-shape', '/claim', 'incorrect or incomplete');
  if (!RIGHTS.includes(question.right)) refuse('question/bad-shape', '/right', RIGHTS.join(' or '));
  checkTime(question.at, '/at');
}

/** Live purposes of an item with each basis that they rest on: of activities that name them, and of grants for them. */
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
    const place = terms.for.index.get(purpose) ?? -1;
    const what = terms.what.index.get(item.what) ?? -1;
    const bases = [
      ...(activities[place] ?? [])
        .filter((each) => each.what === null || each.what.has(what))
        .flatMap(({ reference }) => reference.basis),
      ...known.grants
        .from(item.subject ?? '')
        .filter(
          (entry) =>
            entry.kind === 'consent' &&
            entry.start <= question.now &&
            question.now < entry.end &&
            covers(entry, what, place, item.object, terms),
        )
        .map(({ grant }) => grant.basis ?? 'consent'),
    ];
    for (const basis of bases.length > 0 ? bases : [null]) needs.push({ purpose, basis });
  }
  return needs;
}

const held = ({ floors }: Levels): Level | undefined =>
  floors.find(({ key, rank: level }) => key === 'plan.hold' && level < DELETED);

/** Purposes of what stands against erasure. */
const purposesOf = (standing: readonly Level[]): readonly string[] =>
  [...new Set(standing.flatMap(({ purpose, rule }) => purpose ?? rule?.rule.for ?? []))].sort();

function access(item: Item, { floors, floor, allowed }: Levels): ItemAnswer {
  const purpose = purposesOf(floors.filter((level) => level.rank < allowed));
  const reason: PlanReason =
    floor < allowed && purpose.length > 0
      ? { key: 'right.give-restricted', params: { purpose, article: '15' } }
      : { key: 'right.give', params: { article: '15' } };
  return { item: item.id, answer: 'give', because: [reason] };
}

/** What is on hold is evidence: the correction stands beside it. */
function rectification(item: Item, levels: Levels, { claim }: RightQuestion): ItemAnswer {
  const because: PlanReason[] = [
    {
      key: claim === 'incomplete' ? 'right.complete' : 'right.correct',
      params: { article: '16' },
    },
  ];
  const hold = held(levels);
  if (hold !== undefined)
    because.push({
      key: 'right.correct-beside',
      params: { hold: hold.params!['hold'], article: '17(3)(e)' },
      ...(hold.cite === undefined ? null : { cite: hold.cite }),
    });
  return { item: item.id, answer: 'correct', because };
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
  planner: Planner,
): ItemAnswer {
  // Consent ends with the demand; what rests on two bases ends with both; legitimate interest and public tasks with an objection (Art. 17(1)(b), (c)).
  const holding = needs.find(({ basis }) => {
    if (question.claim === 'incorrect') return false;
    if (basis === 'consent') return question.withdraws === false;
    if (basis === 'legitimate-interest' || basis === 'public-task')
      return question.objects !== true;
    return basis !== null;
  });
  const need = levels.allowed < DELETED && holding !== undefined ? reasonOf(holding) : null;
  const standing = levels.floors.filter((level) => level.rank < DELETED);
  if (standing.length > 0) {
    const until = endOfFloors(planner, item, question.now);
    return kept(item, standing, levels, until, need);
  }
  if (need !== null)
    return {
      item: item.id,
      answer: 'refuse',
      until: null,
      dpv: NEEDED[holding!.basis!][1],
      because: [need],
    };
  return {
    item: item.id,
    answer: 'erase',
    because: [{ key: 'right.erase', params: { article: '17(1)', at: question.now } }],
  };
}

const reasonOf = ({ purpose, basis }: Need): PlanReason => ({
  key: 'right.refuse-needed',
  params: { purpose, basis: basis!, article: NEEDED[basis!][0] },
});

/**
 * What a law or a hold keeps is refused until then, made coarser where only coarser data are demanded, and restricted to its
 * purposes unless the data are needed as they are for something else too.
 */
function kept(
  item: Item,
  standing: readonly Level[],
  levels: Levels,
  end: EpochMs | null,
  need: PlanReason | null,
): ItemAnswer {
  const hold = held(levels);
  const rules = standing.flatMap(({ rule }) => (rule === null ? [] : [rule]));
  const finest = standing.reduce((least, level) => Math.min(least, level.rank), DELETED);
  const approximate = rules.some(({ rule }) => rule.approximate === true);
  const reduced = finest > rank(item.detail) && (need === null || levels.allowed >= finest);
  const purpose = need === null || levels.floor < levels.allowed ? purposesOf(standing) : [];
  const until = end === null ? null : { at: end };
  const because: PlanReason[] = [];
  if (reduced)
    because.push({ key: 'right.reduce', params: { detail: DETAILS[finest]!, article: '17(1)' } });
  for (const { rule, policy } of rules)
    because.push({
      key: 'right.refuse-law',
      params: { rule: rule.id, article: '17(3)(b)', ...until },
      policy: policy.id,
      rule: rule.id,
      ...(rule.cite === undefined ? null : { cite: rule.cite }),
    });
  if (hold !== undefined)
    because.push({
      key: 'right.refuse-hold',
      params: { hold: hold.params!['hold'], article: '17(3)(e)', ...until },
      ...(hold.cite === undefined ? null : { cite: hold.cite }),
    });
  if (need !== null) because.push(need);
  if (approximate) because.push({ key: 'right.approximate' });
  if (purpose.length > 0)
    because.push({ key: 'right.restrict', params: { purpose, article: '18' } });
  return {
    item: item.id,
    answer: reduced ? 'reduce' : 'refuse',
    ...(reduced ? { to: DETAILS[finest]! } : null),
    ...(purpose.length > 0 ? { restrictedTo: purpose } : null),
    dpv:
      rules.length > 0
        ? 'eu-gdpr:JustificationA17LegallyRequired'
        : 'eu-gdpr:JustificationA17LegalClaims',
    ...(approximate ? { approximate } : null),
    because,
    until: need === null ? end : null,
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
