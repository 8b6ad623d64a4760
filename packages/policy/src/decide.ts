import type { Question, Reason } from './types/decision.ts';
import { Answer } from './answer.ts';
import { type Context, give, newContext } from './context.ts';
import { type Examiner, makeExaminer } from './examine.ts';
import { covers } from './grant-index.ts';
import type { Known } from './known.ts';
import { DETAILS, rank } from './lattice.ts';
import { touch } from './moment.ts';
import { readQuestion } from './question.ts';
import {
  type Box,
  EMPTY,
  FULL,
  holds,
  join,
  meet,
  meetBoxes,
  normalize,
  type Region,
  toLimit,
} from './region.ts';
import type { RuleBook } from './rules.ts';

const NOTHING: readonly never[] = [];
const DETAIL_REASONS: readonly Reason[] = DETAILS.map((detail) => ({
  key: 'limit.detail',
  params: { detail },
}));

/** Answers questions by one rule book. */
export interface Decider {
  readonly book: RuleBook;
  readonly remedy: Examiner['remedy'];
  /** The context set to a question; null where it cannot be read. */
  readonly load: (question: Question, known: Known) => Context | null;
  /** What a delegation from the principal lets the actor have. */
  readonly power: (c: Context) => Region;
  readonly decide: (question: Question, known?: Known) => Answer;
}

/** A decider; `nobody` is what is known when nothing is given. */
export function makeDecider(book: RuleBook, nobody: Known): Decider {
  const { terms, within } = book;
  const { examine, remedy } = makeExaminer(book);
  const c = newContext(nobody);

  const power = (): Region => {
    const { actor, object, onBehalfOf } = c.question;
    let region = EMPTY;
    for (const entry of c.known.grantsBetween(actor.id, onBehalfOf!.id)) {
      if (entry.grant.kind !== 'delegation') continue;
      touch(c, entry.start);
      if (entry.start > c.at) continue;
      touch(c, entry.end);
      if (entry.end <= c.at) continue;
      if (!c.kinds.every((kind) => covers(entry, kind, c.purpose, object, terms))) continue;
      const { finest, from, to, grant } = entry;
      region = join(region, [{ ...FULL[0]!, finest, from, to }]);
      c.because.push({
        key: 'permit.delegation',
        params: { grant: grant.id, party: onBehalfOf!.id },
        grant: grant.id,
      });
    }
    return region;
  };

  /** All kinds of data asked for, as the actor, or as the party it acts for within its power. */
  const look = (): Region => {
    const { actor, onBehalfOf } = c.question;
    c.because = [];
    c.obligations = [];
    c.fired.length = c.failed.length = c.baseless.length = 0;
    c.noTenancy = c.tenancy = c.order = false;
    let left = examine(c, false);
    if (onBehalfOf !== undefined && left.length > 0) {
      const reach = power();
      if (reach.length === 0)
        c.because.push({ key: 'deny.no-delegation', params: { party: onBehalfOf.id } });
      left = meet(left, reach, within);
      const { roles } = c;
      c.actor = actor;
      c.roles = actor.roles.map((role) => terms.who.index.get(role)!);
      left = meet(left, examine(c, true), within);
      c.actor = onBehalfOf;
      c.roles = roles;
    }
    return left;
  };

  /** What only a floor keeps may be read for the floor's purpose and by the person itself (GDPR Art. 15, 18(2)). */
  const restriction = ({ restrictedTo, subject }: Question): Reason | null => {
    if (restrictedTo === undefined || (subject !== undefined && c.actor.id === subject))
      return null;
    const up = c.purpose < 0 ? undefined : terms.for.up[c.purpose]!;
    const free = restrictedTo.some((purpose) => up?.has(terms.for.index.get(purpose)!) === true);
    return free ? null : { key: 'deny.restricted', params: { purpose: restrictedTo } };
  };

  /** Duties that every access calls up (a log, say). */
  const standingDuties = (): void => {
    for (const { dated, who, if: when, unless, obligation } of book.onAccess) {
      touch(c, dated.from);
      touch(c, dated.to);
      if (dated.from > c.at || dated.to <= c.at) continue;
      if (who !== null && !c.roles.some((role) => who.has(role))) continue;
      if (when !== null && when.test(c).length === 0) continue;
      if (unless !== null && unless.test(c).length > 0) continue;
      if (!c.obligations.includes(obligation)) c.obligations.push(obligation);
    }
  };

  const denial = ({ object, do: action, what, for: purpose }: Question): readonly Reason[] => {
    const reasons = c.because.filter(({ key }) => key.startsWith('deny.'));
    for (const { denial: reason } of c.baseless) reasons.push({ ...reason, key: 'deny.no-basis' });
    if (c.noTenancy) reasons.push({ key: 'deny.no-tenancy', params: { object } });
    if (reasons.length === 0)
      for (const { denial: reason } of c.failed) reasons.push({ ...reason, key: 'deny.condition' });
    if (reasons.length === 0)
      reasons.push({ key: 'deny.no-permit', params: { do: action, what, for: purpose } });
    return reasons;
  };

  const limitReasons = (box: Box, wanted: Box): void => {
    if (box.finest > wanted.finest) give(c, DETAIL_REASONS[box.finest]!);
    if (box.from > wanted.from || box.to < wanted.to) {
      const { start, end } = toLimit(box).span;
      give(c, {
        key: c.order ? 'limit.order' : c.tenancy ? 'limit.tenancy' : 'limit.period',
        params: {
          ...(start === null ? null : { from: start }),
          ...(end === null ? null : { to: end }),
        },
      });
    }
    if (box.fields !== null && box.fields !== wanted.fields)
      give(c, { key: 'limit.fields', params: { fields: box.fields } });
    if (box.deidentified && !wanted.deidentified) give(c, { key: 'limit.deidentified' });
  };

  const deny = (because: readonly Reason[], question: Question, known: Known): Answer =>
    new Answer('deny', NOTHING, NOTHING, because, c.next, decider, question, known);

  const decide = (question: Question, known: Known = nobody): Answer => {
    const unread = readQuestion(c, question, known, book);
    if (unread !== null) return deny([unread], question, known);
    const { detail, from, to, deidentified } = c;
    const wanted: Box = { finest: detail, from, to, fields: c.fields ?? null, deidentified };
    let left = look();
    let asked = wanted;
    if (left.length === 0 && book.usesDetail) {
      // What a rule says of fine data need not hold for coarser ones: offer the finest that may be had.
      const { because } = c;
      const last = rank('P1Y');
      while (left.length === 0 && c.detail < last) {
        c.detail += 1;
        left = look();
      }
      if (left.length === 0) c.because = because;
      else asked = { ...wanted, finest: c.detail };
    }
    const restricted = restriction(question);
    if (restricted !== null) return deny([restricted], question, known);
    if (left.length === 0) return deny(denial(question), question, known);
    standingDuties();
    const boxes: Box[] = [];
    let whole = false;
    for (const box of left) {
      if (asked === wanted && holds(box, wanted, within)) {
        whole = true;
        break;
      }
      const common = meetBoxes(box, asked, within);
      if (common !== null) boxes.push(common);
    }
    const limits = whole ? NOTHING : normalize(boxes, within);
    whole ||= limits.length === 1 && holds(limits[0]!, wanted, within);
    const { obligations } = c;
    if (obligations.length > 1)
      obligations.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    if (!whole) {
      if (limits.length === 0)
        return deny([...c.because, { key: 'deny.out-of-scope' }], question, known);
      for (const box of limits) limitReasons(box, wanted);
    }
    return new Answer(
      whole ? 'permit' : 'permit-with',
      whole ? NOTHING : limits.map(toLimit),
      obligations,
      c.because,
      c.next,
      decider,
      question,
      known,
    );
  };

  const load: Decider['load'] = (question, known) =>
    readQuestion(c, question, known, book) === null ? c : null;

  const decider: Decider = { book, remedy, load, power, decide };
  return decider;
}
