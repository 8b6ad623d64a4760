import type { Limit, Outcome, Question, Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import { Answer, type FindNearest } from './answer.ts';
import { type Context, newContext } from './context.ts';
import { type Examiner, makeExaminer } from './examine.ts';
import { covers } from './grant-index.ts';
import type { Known } from './known.ts';
import { DELETED, DETAILS } from './lattice.ts';
import { live } from './moment.ts';
import { readQuestion } from './question.ts';
import { box, EMPTY, FULL, holds, join, meet, normalize, type Region, toLimit } from './region.ts';
import { type RuleBook, saying } from './rules.ts';

const NONE: readonly never[] = [];

/** Answers questions by one rule book. */
export interface Decider {
  readonly book: RuleBook;
  readonly remedy: Examiner['remedy'];
  readonly findNearest: FindNearest;
  /** The context set to a question; null where it cannot be read. */
  readonly load: (question: Question, known: Known) => Context | null;
  /** What a delegation from the principal lets the actor have. */
  readonly power: () => Region;
  readonly decide: (question: Question, known?: Known) => Answer;
}

/** A decider; `nobody` is what is known when nothing is given. */
export function makeDecider(
  book: RuleBook,
  nobody: Known,
  findNearest: FindNearest = () => NONE,
): Decider {
  const { terms, within } = book;
  const { examine, remedy } = makeExaminer(book);
  const c = newContext(nobody);

  const power = (): Region => {
    const { actor, object, onBehalfOf } = c.question;
    const party = onBehalfOf!.id;
    let region = EMPTY;
    for (const entry of c.known.grants.near(party, object)) {
      const { id: grant } = entry.grant;
      if (
        entry.to !== actor.id ||
        entry.kind !== 'delegation' ||
        !live(c, entry.start, entry.end) ||
        !c.kinds.every((data) => covers(entry, data, c.purpose, object, terms))
      )
        continue;
      region = join(region, entry.region);
      c.because.push({ key: 'permit.delegation', params: { grant, party }, grant });
    }
    return region;
  };

  /** All kinds of data asked for, as the actor, or as the party it acts for within its power. */
  const look = (): Region => {
    const { actor, onBehalfOf } = c.question;
    c.because = [];
    c.obligations = [];
    c.failed.length = c.baseless.length = 0;
    c.noTenancy = c.tenancy = c.order = false;
    let left = examine(c, false);
    if (onBehalfOf !== undefined && left.length > 0) {
      const reach = power();
      if (reach.length === 0)
        c.because.push({ key: 'deny.no-delegation', params: { party: onBehalfOf.id } });
      const { roles } = c;
      c.actor = actor;
      c.roles = actor.roles.map((role) => terms.who.index.get(role)!);
      left = meet(meet(left, reach, within), examine(c, true), within);
      c.actor = onBehalfOf;
      c.roles = roles;
    }
    return left;
  };

  const answer = (
    outcome: Outcome,
    said: readonly Reason[],
    obligations: readonly Obligation[] = NONE,
    limits: readonly Limit[] = NONE,
  ): Answer => new Answer(outcome, limits, obligations, said, c.next, decider, c.question, c.known);
  const deny = (said: readonly Reason[]): Answer => answer('deny', said);

  const decide = (question: Question, known: Known = nobody): Answer => {
    const unread = readQuestion(c, question, known, book);
    if (unread !== null) return deny([unread]);
    const { detail, from, to, deidentified, fields = null } = c;
    const { restrictedTo, subject, object } = question;
    const wanted = box(detail, from, to, fields, deidentified);
    let left = look();
    if (book.usesDetail) {
      // What a rule says of fine data need not hold for coarser ones: offer the finest that may be had.
      const { because } = c;
      while (left.length === 0 && c.detail < DELETED - 1) {
        c.detail += 1;
        left = look();
      }
      if (left.length === 0) c.because = because;
    }
    // What only a floor keeps may be read for the floor's purpose and by the person itself (GDPR Art. 15, 18(2)).
    if (restrictedTo !== undefined && (subject === undefined || c.actor.id !== subject)) {
      const up = terms.for.up[c.purpose];
      if (!restrictedTo.some((purpose) => up?.has(terms.for.index.get(purpose) ?? -1)))
        return deny([{ key: 'deny.restricted', params: { purpose: restrictedTo } }]);
    }
    const { because, obligations } = c;
    // Only with several kinds of data, or parties, the same is said twice.
    const several = c.kinds.length > 1 || question.onBehalfOf !== undefined;
    if (left.length === 0) {
      const reasons = because.filter(({ key }) => key.startsWith('deny.'));
      for (const rule of c.baseless) reasons.push(saying('deny.no-basis', rule));
      if (c.noTenancy) reasons.push({ key: 'deny.no-tenancy', params: { object } });
      if (reasons.length === 0)
        for (const rule of c.failed) reasons.push(saying('deny.condition', rule));
      const { do: action, what, for: purpose } = question;
      if (reasons.length === 0)
        reasons.push({ key: 'deny.no-permit', params: { do: action, what, for: purpose } });
      return deny(several ? [...new Set(reasons)] : reasons);
    }
    // Duties that every access calls up (a log, say).
    for (const { dated, who, if: when, unless, obligation } of book.onAccess)
      if (
        live(c, dated.from, dated.to) &&
        (who === null || c.roles.some((role) => who.has(role))) &&
        when.test(c).length > 0 &&
        unless.test(c).length === 0 &&
        !obligations.includes(obligation)
      )
        obligations.push(obligation);
    if (obligations.length > 1)
      obligations.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const said = several ? [...new Set(because)] : because;
    const asked = c.detail === detail ? wanted : { ...wanted, finest: c.detail };
    if (left === FULL && asked === wanted) return answer('permit', said, obligations);
    const limits = normalize(meet(left, [asked], within), within);
    if (limits.length === 0) return deny([...said, { key: 'deny.out-of-scope' }]);
    if (limits.some((each) => holds(each, wanted, within)))
      return answer('permit', said, obligations);
    const told = limits.map(toLimit);
    for (const [i, limit] of limits.entries()) {
      const { span, fields: shown } = told[i]!;
      if (limit.finest > detail) said.push(LIMITED[limit.finest]!);
      if (limit.from > from || limit.to < to)
        said.push({
          key: c.order ? 'limit.order' : c.tenancy ? 'limit.tenancy' : 'limit.period',
          params: { from: span.start ?? undefined, to: span.end ?? undefined },
        });
      if (shown && limit.fields !== fields)
        said.push({ key: 'limit.fields', params: { fields: shown } });
      if (limit.deidentified && !deidentified) said.push({ key: 'limit.deidentified' });
    }
    const grounds = limits.length > 1 ? [...new Set(said)] : said;
    return answer('permit-with', grounds, obligations, told);
  };

  const decider: Decider = {
    book,
    remedy,
    findNearest,
    load: (question, known) => (readQuestion(c, question, known, book) === null ? c : null),
    power,
    decide,
  };
  return decider;
}

const LIMITED: readonly Reason[] = DETAILS.map((detail) => ({
  key: 'limit.detail',
  params: { detail },
}));
