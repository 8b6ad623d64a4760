import type { Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { Dimension } from './types/term.ts';
import type { GrantEntry } from './grant-index.ts';
import { type Context, orderOf, tenancyOf } from './context.ts';
import { rank } from './lattice.ts';
import { box, EMPTY, FULL, isFalse, join, meet, type Region, UNKNOWN } from './region.ts';
import { type Access, groundOf, saying } from './rules.ts';

/** Combinations of terms whose rules are remembered; past that the memory starts anew. */
const MEMORY = 20_000;

const NONE: readonly GrantEntry[] = [];

/** Whether a rule is in force and meets what is asked in a dimension; `what` is the kind of data looked at. */
export const inForce = ({ from, to }: Access, { at }: Context): boolean => from <= at && at < to;
export const meets = (rule: Access, dimension: Dimension, place: number): boolean => {
  const terms = rule.meets[dimension];
  return terms === null || terms.has(place);
};

/** Give the reason that a rule stands on a grant; the one that the grant is its legal basis comes back. */
function giveGrant(
  { because }: Context,
  { grant: given, reasons }: GrantEntry,
  rule: Access,
): Reason {
  let at = reasons.indexOf(rule);
  if (at < 0) {
    const { id: grant, basis = 'consent' } = given;
    const reason = {
      ...rule.reason,
      params: { grant, party: given.from, rule: rule.rule.id, basis },
      grant,
    };
    at =
      reasons.push(
        rule,
        { ...reason, key: 'permit.grant' },
        { ...reason, key: 'permit.basis-grant', basis },
      ) - 3;
  }
  because.push(reasons[at + 1] as Reason);
  return reasons[at + 2] as Reason;
}

/** Rules that meet the question and this kind of data, for one role (−1: none), in their order. */
function rulesOf(c: Context, what: number, role: number): readonly Access[] {
  const { book, memory } = c;
  if (memory.size > MEMORY) memory.clear();
  const { sizes } = book;
  const key =
    ((((c.epoch * sizes.who + role) * sizes.do + c.action) * sizes.what + what) * sizes.for +
      c.purpose) *
      sizes.in +
    c.system;
  let rules = memory.get(key);
  if (rules === undefined) {
    rules = book.access.filter(
      (rule) =>
        inForce(rule, c) &&
        meets(rule, 'what', what) &&
        meets(rule, 'who', role) &&
        meets(rule, 'do', c.action) &&
        meets(rule, 'for', c.purpose) &&
        meets(rule, 'in', c.system),
    );
    // Past this a key would not be exact.
    if (key < 2 ** 50) memory.set(key, rules);
  }
  return rules;
}

/** What the kind of data looked at surely counts as, and what it may count as; notes whether it is about a person. */
export function kindsOf(c: Context): readonly [sure: Set<number>, maybe: Set<number>] {
  const sure = new Set([c.what]);
  const maybe = new Set([c.what]);
  for (let size = 0; size !== sure.size + maybe.size;) {
    size = sure.size + maybe.size;
    for (const { from, to, touches, if: when, what, as } of c.book.classes) {
      if (from > c.at || to <= c.at || ![...maybe].some((term) => touches.has(term))) continue;
      const found = when.test(c);
      if (isFalse(found)) continue;
      const certain = found === FULL && [...sure].some((term) => what.has(term));
      for (const term of as) {
        maybe.add(term);
        if (certain) sure.add(term);
      }
    }
  }
  c.personal = [...maybe].some((term) => c.book.personal[term]!);
  return [sure, maybe];
}

/** Rules for a kind of data and for all that it also counts as. */
function meeting(c: Context): readonly Access[] {
  const { what, roles, book } = c;
  if (book.classes.length === 0 && roles.length < 2) {
    c.personal = book.personal[what]!;
    return rulesOf(c, what, roles[0] ?? -1);
  }
  const rules = new Set<Access>();
  const [sure, maybe] = kindsOf(c);
  for (const term of maybe)
    for (const role of roles.length === 0 ? [-1] : roles)
      for (const rule of rulesOf(c, term, role))
        if (!rule.permit || sure.has(term)) rules.add(rule);
  return [...rules].sort((a, b) => a.place - b.place);
}

/** Whether the question's transfer is the rule's; null where the question names none. */
function flows(c: Context, { flow }: Access): boolean | null {
  if (flow === null) return true;
  const ends = c.question.flow;
  return ends === undefined
    ? null
    : flow.every((end, i) => end.has(c.book.terms.in.index.get(ends[i]!) ?? NaN));
}

/** Take over what a rule demands of whoever it lets pass; bounds the region where it says so. */
function oblige(c: Context, rule: Access, region: Region): Region {
  let left = region;
  for (const obligation of rule.then) {
    // Obligations that change the data: a forbid that is lifted does not ask for them.
    if (!rule.permit && /^(mask|coarsen|deidentify|substitute)$/.test(obligation.do)) continue;
    if (obligation.do === 'limit-to-order-scope') left = meet(left, orderOf(c), c.book.within);
    if (!c.obligations.includes(obligation)) c.obligations.push(obligation);
  }
  return left;
}

/** The legal basis of an activity that the purpose belongs to. */
function byActivity(c: Context, rule: Access): Reason | null {
  for (const { reference, what, policy } of c.book.activities[c.purpose] ?? []) {
    const [basis] = reference.basis;
    if (basis !== undefined && (what === null || what.has(c.what)))
      return { ...groundOf(rule.reason, basis, reference)!, policy };
  }
  return null;
}

function permit(c: Context, rule: Access): Region {
  const { within } = c.book;
  if (flows(c, rule) !== true) return EMPTY;
  if (c.asked !== rule.if) {
    c.asked = rule.if;
    c.grants = NONE;
    c.found = rule.if.test(c);
    c.granted = c.grants;
  }
  let region = c.found;
  if (region.length > 0) {
    c.grants = NONE;
    const lifted = rule.unless.test(c);
    c.grants = c.granted;
    if (!isFalse(lifted)) region = EMPTY;
    else if (rule.rule.tenancy === 'holder')
      region = meet(region, tenancyOf(c, c.actor.id, rule.policy.tenancy === 'required'), within);
  }
  if (region.length === 0) {
    c.failed = [...c.failed, rule];
    return EMPTY;
  }
  // A legal basis: the rule's own, else the grant's, else that of an activity.
  const { grants, because, personal } = c;
  let basis = personal ? rule.ground : null;
  if (personal && basis === null && grants.length === 0) {
    basis = byActivity(c, rule);
    if (basis === null) {
      c.baseless = [...c.baseless, rule];
      return EMPTY;
    }
  }
  because.push(rule.reason);
  for (const entry of grants) {
    const ground = giveGrant(c, entry, rule);
    if (personal) basis ??= ground;
  }
  if (basis !== null) because.push(basis);
  return meet(oblige(c, rule, region), rule.bound, within);
}

/** The data that a forbid gives back when they are changed so; empty where the change does not help. */
export function remedy(c: Context, rule: Access, obligation: Obligation): Region {
  const { fields, deidentified, detail, book } = c;
  let given = box();
  if (obligation.do === 'mask') {
    const { except } = obligation;
    const shown =
      fields?.filter((field) => except.some((each) => book.within(field, each))) ?? except;
    if (shown.length === 0) return EMPTY;
    c.fields = shown;
    given = { ...given, fields: [...shown].sort() };
  } else if (obligation.do === 'deidentify') {
    c.deidentified = true;
    given = { ...given, deidentified: true };
  } else if (obligation.do === 'coarsen') {
    given = box(rank(obligation.to));
    c.detail = Math.max(detail, given.finest);
  } else {
    const by =
      obligation.do === 'substitute' ? book.terms.what.index.get(obligation.by) : undefined;
    return by === undefined || meets(rule, 'what', by) ? EMPTY : FULL;
  }
  const applies = rule.if.test(c);
  const lifted = rule.unless.test(c);
  c.fields = fields;
  c.deidentified = deidentified;
  c.detail = detail;
  return isFalse(applies) ? [given] : meet([given], lifted, book.within);
}

function forbid(c: Context, rule: Access): Region {
  if (flows(c, rule) === false) return FULL;
  const applies = rule.if.test(c);
  if (isFalse(applies)) return FULL;
  c.grants = NONE;
  const lifted = rule.unless.test(c);
  let region = lifted.length > 0 ? oblige(c, rule, lifted) : EMPTY;
  if (region.length > 0) {
    c.because.push(saying('permit.exception', rule));
    for (const entry of c.grants) giveGrant(c, entry, rule);
  }
  // What is left when the asker takes a change of the data that the forbid itself offers.
  for (const obligation of rule.then) {
    const taken = obligation.do === 'coarsen' || c.question.accepts?.includes(obligation.do);
    if (region.length > 0 || taken !== true) continue;
    region = remedy(c, rule, obligation);
    if (region.length === 0) continue;
    c.because.push(saying('permit.exception', rule));
    c.obligations.push(obligation);
  }
  if (region.length === 0)
    c.because.push(
      saying(
        applies === UNKNOWN || lifted === UNKNOWN ? 'deny.forbid-unknown' : 'deny.forbid',
        rule,
      ),
    );
  return region;
}

/**
 * Everything that the rules leave of all kinds of data asked for: joined permits, less what forbids do not give back.
 * `forbidsOnly` leaves the permits out: everything that no forbid takes.
 */
export function examine(c: Context, forbidsOnly: boolean): Region {
  const { within } = c.book;
  let left = FULL;
  for (const what of c.kinds) {
    c.what = what;
    c.asked = null;
    let permitted = forbidsOnly ? FULL : EMPTY;
    for (const rule of meeting(c))
      if (!rule.permit) left = meet(left, forbid(c, rule), within);
      else if (!forbidsOnly) permitted = join(permitted, permit(c, rule));
    left = meet(permitted, left, within);
  }
  return left;
}
