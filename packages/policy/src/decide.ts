import type { Limit, Outcome, Question, Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import { Answer } from './answer.ts';
import type { Context } from './context.ts';
import { examine } from './examine.ts';
import { covers } from './grant-index.ts';
import type { Known } from './known.ts';
import { DELETED, DETAILS } from './lattice.ts';
import { live } from './moment.ts';
import { readQuestion } from './question.ts';
import { box, EMPTY, FULL, holds, join, meet, normalize, type Region, toLimit } from './region.ts';
import { saying } from './rules.ts';

const NONE: readonly never[] = [];

/** What a delegation from the principal lets the actor have. */
export function power(c: Context): Region {
  const { actor, object, onBehalfOf } = c.question;
  const party = onBehalfOf!.id;
  let region = EMPTY;
  for (const entry of c.known.grants.near(party, object)) {
    const grant = entry.grant.id;
    if (
      entry.to !== actor.id ||
      entry.kind !== 'delegation' ||
      !live(c, entry.start, entry.end) ||
      !c.kinds.every((data) => covers(entry, data, c.purpose, object, c.book.terms))
    )
      continue;
    region = join(region, entry.region);
    c.because.push({ key: 'permit.delegation', params: { grant, party }, grant });
  }
  return region;
}

/** All kinds of data asked for, as the actor, or as the party it acts for within its power. */
function look(c: Context): Region {
  const { actor, onBehalfOf } = c.question;
  const { within, terms } = c.book;
  c.because = [];
  c.obligations = [];
  c.failed = c.baseless = NONE;
  c.noTenancy = c.tenancy = c.order = false;
  let left = examine(c, false);
  if (onBehalfOf !== undefined && left.length > 0) {
    const reach = power(c);
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
}

const answerOf = (
  c: Context,
  outcome: Outcome,
  because: readonly Reason[],
  obligations: readonly Obligation[] = NONE,
  limits: readonly Limit[] = NONE,
): Answer => new Answer(c, c.question, c.known, c.next, outcome, because, obligations, limits);

/** Only with several kinds of data, or parties, the same is said twice. */
const distinct = (c: Context, reasons: Reason[]): Reason[] =>
  c.kinds.length > 1 || c.question.onBehalfOf !== undefined ? [...new Set(reasons)] : reasons;

/** Answer a question in a context, which is set to it. */
export function decide(c: Context, question: Question, known: Known): Answer {
  const unread = readQuestion(c, question, known);
  if (unread !== null) return answerOf(c, 'deny', [unread]);
  const { book, detail, deidentified, fields = null } = c;
  const { terms, within } = book;
  const { restrictedTo, subject, object, span } = question;
  let left = look(c);
  if (book.usesDetail) {
    // What a rule says of fine data need not hold for coarser ones: offer the finest that may be had.
    const { because } = c;
    while (left.length === 0 && c.detail < DELETED - 1) {
      c.detail += 1;
      left = look(c);
    }
    if (left.length === 0) c.because = because;
  }
  // What only a floor keeps may be read for the floor's purpose and by the person itself (GDPR Art. 15, 18(2)).
  if (restrictedTo !== undefined && (subject === undefined || c.actor.id !== subject)) {
    const up = terms.for.up[c.purpose];
    if (!restrictedTo.some((purpose) => up?.has(terms.for.index.get(purpose) ?? -1)))
      return answerOf(c, 'deny', [{ key: 'deny.restricted', params: { purpose: restrictedTo } }]);
  }
  const { because, obligations } = c;
  if (left.length === 0) {
    const reasons = because.filter((each) => each.key.startsWith('deny.'));
    for (const rule of c.baseless) reasons.push(saying('deny.no-basis', rule));
    if (c.noTenancy) reasons.push({ key: 'deny.no-tenancy', params: { object } });
    if (reasons.length === 0)
      for (const rule of c.failed) reasons.push(saying('deny.condition', rule));
    if (reasons.length === 0)
      reasons.push({
        key: 'deny.no-permit',
        params: { do: question.do, what: question.what, for: question.for },
      });
    return answerOf(c, 'deny', distinct(c, reasons));
  }
  // Duties that every access calls up (a log, say).
  for (const { from: start, to: end, who, if: when, unless, obligation } of book.onAccess)
    if (
      live(c, start, end) &&
      (who === null || c.roles.some((role) => who.has(role))) &&
      when.test(c).length > 0 &&
      unless.test(c).length === 0 &&
      !obligations.includes(obligation)
    )
      obligations.push(obligation);
  if (obligations.length > 1)
    obligations.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const said = distinct(c, because);
  const exact = c.detail === detail;
  if (left === FULL && exact) return answerOf(c, 'permit', said, obligations);
  const wanted = box(
    c.detail,
    span?.start ?? -Infinity,
    span?.end ?? Infinity,
    fields,
    deidentified,
  );
  if (exact && left.some((each) => holds(each, wanted, within)))
    return answerOf(c, 'permit', said, obligations);
  const limits = normalize(meet(left, [wanted], within), within);
  if (limits.length === 0) return answerOf(c, 'deny', [...said, { key: 'deny.out-of-scope' }]);
  if (exact && limits.some((each) => holds(each, wanted, within)))
    return answerOf(c, 'permit', said, obligations);
  const told = limits.map((limit) => {
    const shown = toLimit(limit);
    const { start, end } = shown.span;
    if (limit.finest > detail) said.push(LIMITED[limit.finest]!);
    if (limit.from > wanted.from || limit.to < wanted.to)
      said.push({
        key: c.order ? 'limit.order' : c.tenancy ? 'limit.tenancy' : 'limit.period',
        params: { from: start ?? undefined, to: end ?? undefined },
      });
    if (shown.fields && limit.fields !== fields)
      said.push({ key: 'limit.fields', params: { fields: shown.fields } });
    if (limit.deidentified && !deidentified) said.push({ key: 'limit.deidentified' });
    return shown;
  });
  return answerOf(
    c,
    'permit-with',
    limits.length > 1 ? [...new Set(said)] : said,
    obligations,
    told,
  );
}

const LIMITED: readonly Reason[] = DETAILS.map((detail) => ({
  key: 'limit.detail',
  params: { detail },
}));
