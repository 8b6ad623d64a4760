import type { Period } from './types/condition.ts';
import type { Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { GrantEntry } from './grant-index.ts';
import { type Context, factReader, give, tenancyOf } from './context.ts';
import { rank } from './lattice.ts';
import { EMPTY, FULL, join, meet, type Region, UNKNOWN } from './region.ts';
import type { Access, RuleBook, Rows } from './rules.ts';
import { personalTerms } from './vocabulary.ts';

const WHOLE = FULL[0]!;

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

const rowOf = ({ of, absent }: Rows, place: number): Uint32Array =>
  place < 0 ? absent : of[place]!;

/** Reasons that a rule stands on a grant, and that the grant is its legal basis. */
function reasonsOf(entry: GrantEntry, rule: Access): readonly Reason[] {
  let reasons = entry.reasons.get(rule);
  if (reasons === undefined) {
    const { id, from, basis = 'consent' } = entry.grant;
    const params = { grant: id, party: from, rule: rule.rule.id, basis };
    reasons = [
      { ...rule.reason, key: 'permit.grant', params, grant: id },
      { ...rule.reason, key: 'permit.basis-grant', params, grant: id, basis },
    ];
    entry.reasons.set(rule, reasons);
  }
  return reasons;
}

const giveGrants = (c: Context, rule: Access): void => {
  for (let i = 0; i < c.grants.length; i++) give(c, reasonsOf(c.grants[i]!, rule)[0]!);
};

/** An examiner of one rule book. */
export function makeExaminer(book: RuleBook): Examiner {
  const { rows, words, permits, access, classes, terms, within } = book;
  const personalKinds = personalTerms(terms.what);
  const base = new Uint32Array(words);
  const bits = new Uint32Array(words);
  const readOrder = factReader('legal.order', terms);
  const readOrderDetail = factReader('legal.order.finest', terms);
  const { what: whatRows } = rows;

  /** Rules that all dimensions but the data leave over. */
  const prepare = (c: Context): void => {
    const { roles, live } = c;
    const action = rowOf(rows.do, c.action);
    const purpose = rowOf(rows.for, c.purpose);
    const system = rowOf(rows.in, c.system);
    for (let i = 0; i < words; i++) {
      let who = roles.length === 0 ? rows.who.absent[i]! : 0;
      for (let j = 0; j < roles.length; j++) who |= rows.who.of[roles[j]!]![i]!;
      base[i] = who & action[i]! & purpose[i]! & system[i]! & live[i]!;
    }
  };

  /** Add the rules of what the data also count as; tells whether they are about a person. */
  const classify = (c: Context): boolean => {
    let personal = personalKinds[c.what]!;
    const sure = new Set([c.what]);
    const maybe = new Set([c.what]);
    for (let grown = true; grown;) {
      grown = false;
      for (const entry of classes) {
        if (entry.from > c.at || entry.to <= c.at) continue;
        if (![...maybe].some((term) => entry.touches.has(term))) continue;
        const found = entry.if === null ? FULL : entry.if.test(c);
        if (found !== UNKNOWN && found.length === 0) continue;
        const certain = found === FULL && [...sure].some((term) => entry.what.has(term));
        for (const term of entry.as) {
          if (certain ? sure.has(term) : maybe.has(term)) continue;
          grown = true;
          maybe.add(term);
          if (certain) sure.add(term);
          personal ||= personalKinds[term]!;
          const row = whatRows.of[term]!;
          for (let i = 0; i < words; i++)
            bits[i]! |= base[i]! & row[i]! & (certain ? ~0 : ~permits[i]!);
        }
      }
    }
    return personal;
  };

  /** Whether the question's transfer is the rule's; null where the question names none. */
  const flows = (rule: Access, c: Context): boolean | null => {
    if (rule.flow === null) return true;
    const { flow } = c.question;
    if (flow === undefined) return null;
    const { index } = terms.in;
    return rule.flow.every((end, i) => end.has(index.get(flow[i]!)!));
  };

  const orderScope = (c: Context): Region => {
    const value = readOrder(c);
    if (typeof value !== 'object' || Array.isArray(value)) return EMPTY;
    const { from = -Infinity, to = Infinity } = value as Period;
    const finest = rank(String(readOrderDetail(c) ?? 'raw'));
    c.order = true;
    return finest < 0 ? EMPTY : [{ ...WHOLE, from, to, finest }];
  };

  /** Take over what a rule demands of whoever it lets pass; bounds the region where it says so. */
  const oblige = (c: Context, rule: Access, region: Region, changes: boolean): Region => {
    let left = region;
    for (const obligation of rule.then) {
      const word = obligation.do;
      if (!changes && CHANGES.test(word)) continue;
      if (word === 'limit-to-order-scope') left = meet(left, orderScope(c), within);
      if (!c.obligations.includes(obligation)) c.obligations.push(obligation);
    }
    return left;
  };

  /** A legal basis: the rule's own, the grant's, or that of the activity that the purpose belongs to. */
  const groundOf = (rule: Access, c: Context): Reason | null => {
    if (rule.ground !== null) return rule.ground;
    const id = rule.rule.id;
    const [entry] = c.grants;
    if (entry !== undefined) return reasonsOf(entry, rule)[1]!;
    if (c.purpose < 0) return null;
    for (const { reference, what, policy } of book.activities[c.purpose]!) {
      const [basis] = reference.basis;
      if (basis === undefined || (what !== null && !what.has(c.what))) continue;
      const key =
        reference.status === 'proposed' ? 'permit.basis-proposed' : 'permit.basis-activity';
      return {
        key,
        params: { rule: id, activity: reference.id, basis },
        policy,
        rule: id,
        activity: reference.id,
        basis,
      };
    }
    return null;
  };

  const permit = (rule: Access, c: Context, personal: boolean): Region => {
    if (flows(rule, c) !== true) return EMPTY;
    c.grants.length = 0;
    let region = rule.if === null ? FULL : rule.if.test(c);
    if (region.length > 0 && rule.unless !== null) {
      const lifted = rule.unless.test(c);
      if (lifted === UNKNOWN || lifted.length > 0) region = EMPTY;
    }
    if (region.length > 0 && rule.rule.tenancy === 'holder')
      region = meet(region, tenancyOf(c, c.actor.id, rule.required), within);
    if (region.length === 0) {
      c.failed.push(rule);
      return EMPTY;
    }
    const ground = personal ? groundOf(rule, c) : null;
    if (personal && ground === null) {
      c.baseless.push(rule);
      return EMPTY;
    }
    give(c, rule.reason);
    giveGrants(c, rule);
    if (ground !== null) give(c, ground);
    return meet(oblige(c, rule, region, true), rule.bound, within);
  };

  const remedy: Examiner['remedy'] = (rule, obligation, c) => {
    const { fields, deidentified, detail } = c;
    let box = WHOLE;
    if (obligation.do === 'mask') {
      const { except } = obligation;
      const shown = fields?.filter((field) => except.some((each) => within(field, each))) ?? except;
      if (shown.length === 0) return EMPTY;
      c.fields = shown;
      box = { ...box, fields: [...shown].sort() };
    } else if (obligation.do === 'deidentify') {
      c.deidentified = true;
      box = { ...box, deidentified: true };
    } else if (obligation.do === 'coarsen') {
      const finest = rank(obligation.to);
      c.detail = Math.max(detail, finest);
      box = { ...box, finest };
    } else if (obligation.do === 'substitute') {
      const by = terms.what.index.get(obligation.by);
      const place = access.indexOf(rule);
      const meets =
        by === undefined || (whatRows.of[by]![place >>> 5]! & (1 << (place & 31))) !== 0;
      return meets ? EMPTY : FULL;
    } else return EMPTY;
    const applies = rule.if === null ? FULL : rule.if.test(c);
    const lifted = rule.unless === null ? EMPTY : rule.unless.test(c);
    c.fields = fields;
    c.deidentified = deidentified;
    c.detail = detail;
    return applies !== UNKNOWN && applies.length === 0 ? [box] : meet([box], lifted, within);
  };

  const forbid = (rule: Access, c: Context): Region => {
    if (flows(rule, c) === false) return FULL;
    c.grants.length = 0;
    const applies = rule.if === null ? FULL : rule.if.test(c);
    if (applies !== UNKNOWN && applies.length === 0) return FULL;
    const lifted = rule.unless === null ? EMPTY : rule.unless.test(c);
    if (lifted.length > 0) {
      const region = oblige(c, rule, lifted, false);
      if (region.length > 0) {
        give(c, rule.exception);
        giveGrants(c, rule);
        return region;
      }
    }
    // What is left when the asker takes a change of the data that the forbid itself offers.
    const { accepts } = c.question;
    for (const obligation of rule.then) {
      if (obligation.do !== 'coarsen' && accepts?.includes(obligation.do) !== true) continue;
      const region = remedy(rule, obligation, c);
      if (region.length === 0) continue;
      give(c, rule.exception);
      c.obligations.push(obligation);
      return region;
    }
    c.fired.push(rule);
    give(c, applies === UNKNOWN || lifted === UNKNOWN ? rule.denialUnknown : rule.denial);
    return EMPTY;
  };

  const examine: Examiner['examine'] = (c, forbidsOnly) => {
    prepare(c);
    let left = FULL;
    for (const what of c.kinds) {
      c.what = what;
      const row = whatRows.of[what]!;
      for (let i = 0; i < words; i++) bits[i] = base[i]! & row[i]!;
      const personal = classes.length > 0 ? classify(c) : personalKinds[what]!;
      let permitted = forbidsOnly ? FULL : EMPTY;
      for (let i = 0; i < words; i++) {
        let word = forbidsOnly ? bits[i]! & ~permits[i]! : bits[i]!;
        while (word !== 0) {
          const rule = access[i * 32 + 31 - Math.clz32(word & -word)]!;
          word &= word - 1;
          if (rule.permit) permitted = join(permitted, permit(rule, c, personal));
          else left = meet(left, forbid(rule, c), within);
        }
      }
      left = meet(permitted, left, within);
    }
    return left;
  };

  return { examine, remedy };
}

/** Obligations that change the data; a forbid that is lifted does not ask for them. */
const CHANGES = /^(mask|coarsen|deidentify|substitute)$/;
