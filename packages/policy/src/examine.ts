import type { Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { GrantEntry } from './grant-index.ts';
import { type Context, orderReader, tenancyOf } from './context.ts';
import { rank } from './lattice.ts';
import { box, EMPTY, FULL, isFalse, join, meet, type Region, UNKNOWN } from './region.ts';
import { type Access, groundOf, hasBit, type RuleBook, type Rows, saying } from './rules.ts';
import { DIMENSIONS, personalTerms } from './vocabulary.ts';

/** Combinations of terms whose rules are remembered; past that the memory starts anew. */
const MEMORY = 20_000;

const NONE: readonly GrantEntry[] = [];

/** Looks at all rules that a question meets. */
export interface Examiner {
  /**
   * Everything that the rules leave of all kinds of data asked for: joined permits, less what forbids do not give back.
   * `forbidsOnly` leaves the permits out: everything that no forbid takes.
   */
  readonly examine: (c: Context, forbidsOnly: boolean) => Region;
  /** The data that a forbid gives back when they are changed so; empty where the change does not help. */
  readonly remedy: (rule: Access, obligation: Obligation, c: Context) => Region;
}

const rowOf = ({ of, absent }: Rows, place: number): Uint32Array => of[place] ?? absent;

/** Give the reason that a rule stands on a grant; the one that the grant is its legal basis comes back. */
function giveGrant(
  { because }: Context,
  { grant: given, reasons }: GrantEntry,
  rule: Access,
): Reason {
  let at = reasons.indexOf(rule);
  if (at < 0) {
    const { id: grant, from: party, basis = 'consent' } = given;
    const { reason } = rule;
    const params = { grant, party, rule: rule.rule.id, basis };
    at =
      reasons.push(
        rule,
        { ...reason, key: 'permit.grant', params, grant },
        { ...reason, key: 'permit.basis-grant', params, grant, basis },
      ) - 3;
  }
  because.push(reasons[at + 1] as Reason);
  return reasons[at + 2] as Reason;
}

/** An examiner of one rule book. */
export function makeExaminer(book: RuleBook): Examiner {
  const { rows, words, access, classes, terms, within } = book;
  const personalKinds = personalTerms(terms.what);
  const orderOf = orderReader(terms);
  const sizes = DIMENSIONS.slice(1).map((dimension) => terms[dimension].names.length + 1);
  let epoch: Uint32Array | null = null;
  const memory = new Map<number, readonly Access[]>();

  /** Rules that meet the question and this kind of data, in their order. */
  const rulesOf = (c: Context, what: number): readonly Access[] => {
    const { roles, live } = c;
    if (epoch !== live || memory.size > MEMORY) memory.clear();
    epoch = live;
    const [acts = 0, kinds = 0, purposes = 0, systems = 0] = sizes;
    const role = roles[0] ?? -1;
    const key =
      (((role * acts + c.action) * kinds + what) * purposes + c.purpose) * systems + c.system;
    // Past this a key would not be exact.
    const cached = roles.length < 2 && key < 2 ** 50;
    let rules = cached ? memory.get(key) : undefined;
    if (rules === undefined) {
      const bits = new Uint32Array(words);
      const whos = roles.length === 0 ? [rows.who.absent] : roles.map((each) => rows.who.of[each]!);
      for (const [i, alive] of live.entries())
        bits[i] =
          alive &
          rowOf(rows.do, c.action)[i]! &
          rowOf(rows.for, c.purpose)[i]! &
          rowOf(rows.in, c.system)[i]! &
          rows.what.of[what]![i]! &
          whos.reduce((who, row) => who | row[i]!, 0);
      rules = access.filter(({ place }) => hasBit(bits, place));
      if (cached) memory.set(key, rules);
    }
    return rules;
  };

  /** Rules for a kind of data and for all that it also counts as; notes whether they are about a person. */
  const meeting = (c: Context): readonly Access[] => {
    const { what } = c;
    const own = rulesOf(c, what);
    c.personal = personalKinds[what]!;
    if (classes.length === 0) return own;
    const rules = new Set(own);
    const sure = new Set([what]);
    const maybe = new Set([what]);
    for (let grown = true; grown;) {
      grown = false;
      for (const { from, to, touches, if: when, what: covered, as } of classes) {
        if (from > c.at || to <= c.at || ![...maybe].some((term) => touches.has(term))) continue;
        const found = when.test(c);
        if (isFalse(found)) continue;
        const certain = found === FULL && [...sure].some((term) => covered.has(term));
        for (const term of as) {
          if ((certain ? sure : maybe).has(term)) continue;
          grown = true;
          maybe.add(term);
          if (certain) sure.add(term);
          c.personal ||= personalKinds[term]!;
          for (const rule of rulesOf(c, term)) if (certain || !rule.permit) rules.add(rule);
        }
      }
    }
    return [...rules].sort((a, b) => a.place - b.place);
  };

  /** Whether the question's transfer is the rule's; null where the question names none. */
  const flows = ({ flow }: Access, { question }: Context): boolean | null => {
    if (flow === null) return true;
    const ends = question.flow;
    return ends === undefined
      ? null
      : flow.every((end, i) => end.has(terms.in.index.get(ends[i]!) ?? -1));
  };

  /** Take over what a rule demands of whoever it lets pass; bounds the region where it says so. */
  const oblige = (c: Context, rule: Access, region: Region): Region => {
    let left = region;
    for (const obligation of rule.then) {
      // Obligations that change the data: a forbid that is lifted does not ask for them.
      if (!rule.permit && /^(mask|coarsen|deidentify|substitute)$/.test(obligation.do)) continue;
      if (obligation.do === 'limit-to-order-scope') left = meet(left, orderOf(c), within);
      if (!c.obligations.includes(obligation)) c.obligations.push(obligation);
    }
    return left;
  };

  /** The legal basis of an activity that the purpose belongs to. */
  const byActivity = (rule: Access, c: Context): Reason | null => {
    for (const { reference, what, policy } of book.activities[c.purpose] ?? []) {
      const [basis] = reference.basis;
      if (basis !== undefined && (what === null || what.has(c.what)))
        return { ...groundOf(rule, basis, reference)!, policy };
    }
    return null;
  };

  const permit = (rule: Access, c: Context): Region => {
    if (flows(rule, c) !== true) return EMPTY;
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
        region = meet(region, tenancyOf(c, c.actor.id, rule.required), within);
    }
    if (region.length === 0) {
      c.failed.push(rule);
      return EMPTY;
    }
    // A legal basis: the rule's own, else the grant's, else that of an activity.
    const { grants, because, personal } = c;
    let basis = personal ? rule.ground : null;
    if (personal && basis === null && grants.length === 0) {
      basis = byActivity(rule, c);
      if (basis === null) {
        c.baseless.push(rule);
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
  };

  const remedy: Examiner['remedy'] = (rule, obligation, c) => {
    const { fields, deidentified, detail } = c;
    let given = box();
    if (obligation.do === 'mask') {
      const { except } = obligation;
      const shown = fields?.filter((field) => except.some((each) => within(field, each))) ?? except;
      if (shown.length === 0) return EMPTY;
      c.fields = shown;
      given = { ...given, fields: [...shown].sort() };
    } else if (obligation.do === 'deidentify') {
      c.deidentified = true;
      given = { ...given, deidentified: true };
    } else if (obligation.do === 'coarsen') {
      const finest = rank(obligation.to);
      c.detail = Math.max(detail, finest);
      given = box(finest);
    } else {
      const by = obligation.do === 'substitute' ? terms.what.index.get(obligation.by) : undefined;
      return by === undefined || hasBit(rows.what.of[by]!, rule.place) ? EMPTY : FULL;
    }
    const applies = rule.if.test(c);
    const lifted = rule.unless.test(c);
    c.fields = fields;
    c.deidentified = deidentified;
    c.detail = detail;
    return isFalse(applies) ? [given] : meet([given], lifted, within);
  };

  const forbid = (rule: Access, c: Context): Region => {
    if (flows(rule, c) === false) return FULL;
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
      region = remedy(rule, obligation, c);
      if (region.length === 0) continue;
      c.because.push(saying('permit.exception', rule));
      c.obligations.push(obligation);
    }
    if (region.length === 0) {
      const unknown = applies === UNKNOWN || lifted === UNKNOWN;
      c.because.push(saying(unknown ? 'deny.forbid-unknown' : 'deny.forbid', rule));
    }
    return region;
  };

  const examine: Examiner['examine'] = (c, forbidsOnly) => {
    let left = FULL;
    for (const what of c.kinds) {
      c.what = what;
      c.asked = null;
      let permitted = forbidsOnly ? FULL : EMPTY;
      for (const rule of meeting(c))
        if (!rule.permit) left = meet(left, forbid(rule, c), within);
        else if (!forbidsOnly) permitted = join(permitted, permit(rule, c));
      left = meet(permitted, left, within);
    }
    return left;
  };

  return { examine, remedy };
}
