import type { FactValue, Period } from './types/condition.ts';
import type { Reason } from './types/decision.ts';
import type { Obligation } from './types/obligation.ts';
import type { Basis } from './types/rule.ts';
import { type Context, factReader, tenancyOf } from './context.ts';
import { addGrants, addReason, type Findings } from './findings.ts';
import { rank } from './lattice.ts';
import { EMPTY, FULL, join, meet, type Region, UNKNOWN } from './region.ts';
import type { Access, RuleBook } from './rules.ts';
import { personalTerms } from './vocabulary.ts';

/** Basis of a permit and where it comes from. */
interface Ground {
  readonly basis: Basis;
  readonly reason: Reason;
}

const TRANSFORMS: ReadonlySet<string> = new Set(['mask', 'coarsen', 'deidentify', 'substitute']);

/** Looks at all rules that a question meets, for one kind of data and one party. */
export class Examiner {
  readonly book: RuleBook;
  private readonly personal: readonly boolean[];
  private readonly who: Uint32Array;
  private readonly base: Uint32Array;
  private readonly bits: Uint32Array;
  private readonly order: (context: Context) => FactValue | undefined;
  private readonly orderDetail: (context: Context) => FactValue | undefined;

  constructor(book: RuleBook) {
    this.book = book;
    this.personal = personalTerms(book.terms.what);
    this.who = new Uint32Array(book.words);
    this.base = new Uint32Array(book.words);
    this.bits = new Uint32Array(book.words);
    this.order = factReader('legal.order', book.terms);
    this.orderDetail = factReader('legal.order.finest', book.terms);
  }

  /** Rules that all dimensions but the data leave over. */
  prepare(live: Uint32Array, roles: readonly number[], c: Context): void {
    const { rows, words, terms } = this.book;
    const { question } = c;
    const { who, base } = this;
    const action = rows.do.of[terms.do.index.get(question.do)!]!;
    const purpose = c.purpose < 0 ? rows.for.absent : rows.for.of[c.purpose]!;
    const system =
      question.in === undefined ? rows.in.absent : rows.in.of[terms.in.index.get(question.in)!]!;
    who.fill(0);
    if (roles.length === 0) who.set(rows.who.absent);
    for (const role of roles) {
      const row = rows.who.of[role]!;
      for (let i = 0; i < words; i++) who[i]! |= row[i]!;
    }
    for (let i = 0; i < words; i++)
      base[i] = who[i]! & action[i]! & purpose[i]! & system[i]! & live[i]!;
  }

  /**
   * Everything that the rules leave of the data `c.what`: joined permits, less what forbids do not give back.
   * `forbidsOnly` leaves the permits out: everything that no forbid takes.
   */
  examine(c: Context, findings: Findings, forbidsOnly: boolean): Region {
    const { book, base, bits } = this;
    const { rows, words, permits } = book;
    const row = rows.what.of[c.what]!;
    for (let i = 0; i < words; i++) bits[i] = base[i]! & row[i]!;
    const personal = book.classes.length > 0 ? this.classify(c) : this.personal[c.what]!;
    let permitted = forbidsOnly ? FULL : EMPTY;
    let left: Region = FULL;
    for (let i = 0; i < words; i++) {
      let word = forbidsOnly ? bits[i]! & ~permits[i]! : bits[i]!;
      while (word !== 0) {
        const bit = 31 - Math.clz32(word & -word);
        word &= word - 1;
        const rule = book.access[i * 32 + bit]!;
        if (rule.permit) permitted = join(permitted, this.permit(rule, c, findings, personal));
        else left = meet(left, this.forbid(rule, c, findings), book.within);
      }
    }
    return meet(permitted, left, book.within);
  }

  /** Add the rules of what the data also count as; tells whether they are about a person. */
  private classify(c: Context): boolean {
    const { book, base, bits } = this;
    const { rows, words, permits, classes } = book;
    let personal = this.personal[c.what]!;
    const sure = new Set([c.what]);
    const maybe = new Set([c.what]);
    for (let grown = true; grown;) {
      grown = false;
      for (const entry of classes) {
        if (entry.as.every((term) => sure.has(term))) continue;
        if (entry.from > c.at || entry.to <= c.at) continue;
        let touches = false;
        for (const term of maybe) if (entry.touches.has(term)) touches = true;
        if (!touches) continue;
        const found = entry.if === null ? FULL : entry.if.test(c);
        if (found !== UNKNOWN && found.length === 0) continue;
        let certain = false;
        if (found === FULL) for (const term of sure) if (entry.what.has(term)) certain = true;
        for (const term of entry.as) {
          if (certain ? sure.has(term) : maybe.has(term)) continue;
          grown = true;
          maybe.add(term);
          if (certain) sure.add(term);
          personal ||= this.personal[term]!;
          const row = rows.what.of[term]!;
          for (let i = 0; i < words; i++)
            bits[i]! |= base[i]! & row[i]! & (certain ? ~0 : ~permits[i]!);
        }
      }
    }
    return personal;
  }

  /** Whether the question's transfer is the rule's; null where the question names none. */
  private flows(rule: Access, c: Context): boolean | null {
    if (rule.flow === null) return true;
    const { flow } = c.question;
    if (flow === undefined) return null;
    const { index } = this.book.terms.in;
    return rule.flow[0].has(index.get(flow[0])!) && rule.flow[1].has(index.get(flow[1])!);
  }

  private permit(rule: Access, c: Context, findings: Findings, personal: boolean): Region {
    if (this.flows(rule, c) !== true) return EMPTY;
    c.grants.length = 0;
    let region = rule.if === null ? FULL : rule.if.test(c);
    if (region.length > 0 && rule.unless !== null) {
      const lifted = rule.unless.test(c);
      if (lifted === UNKNOWN || lifted.length > 0) region = EMPTY;
    }
    if (region.length > 0 && rule.rule.tenancy === 'holder')
      region = meet(region, tenancyOf(c, c.actor.id, rule.required), this.book.within);
    if (region.length === 0) {
      findings.failed.push(rule);
      return EMPTY;
    }
    let ground: Ground | null = null;
    if (personal) {
      ground = this.groundOf(rule, c);
      if (ground === null) {
        findings.baseless.push(rule);
        return EMPTY;
      }
    }
    addReason(findings, rule.reason);
    addGrants(findings, c.grants, rule);
    if (ground !== null) {
      addReason(findings, ground.reason);
    }
    for (const obligation of rule.then) {
      if (obligation.do === 'limit-to-order-scope')
        region = meet(region, this.orderScope(c, findings), this.book.within);
      findings.obligations.push(obligation);
    }
    return meet(region, rule.bound, this.book.within);
  }

  /** A legal basis: the rule's own, the grant's, or that of the activity that the purpose belongs to. */
  private groundOf(rule: Access, c: Context): Ground | null {
    const { basis } = rule.rule;
    if (basis !== undefined) return groundOfRule(rule, basis);
    const [entry] = c.grants;
    if (entry !== undefined) {
      const given = entry.grant.basis ?? 'consent';
      return {
        basis: given,
        reason: {
          key: 'permit.basis-grant',
          params: { rule: rule.rule.id, grant: entry.grant.id, basis: given },
          policy: rule.policy.id,
          rule: rule.rule.id,
          grant: entry.grant.id,
          basis: given,
        },
      };
    }
    let activity = rule.activity;
    let policy = rule.policy.id;
    if (activity === null && c.purpose >= 0) {
      for (const candidate of this.book.activities[c.purpose]!) {
        if (candidate.reference.basis.length === 0) continue;
        if (candidate.what !== null && !candidate.what.has(c.what)) continue;
        activity = candidate.reference;
        policy = candidate.policy;
        break;
      }
    }
    const given = activity?.basis[0];
    if (activity === null || given === undefined) return null;
    return {
      basis: given,
      reason: {
        key: activity.status === 'proposed' ? 'permit.basis-proposed' : 'permit.basis-activity',
        params: { rule: rule.rule.id, activity: activity.id, basis: given },
        policy,
        rule: rule.rule.id,
        activity: activity.id,
        basis: given,
      },
    };
  }

  private forbid(rule: Access, c: Context, findings: Findings): Region {
    if (this.flows(rule, c) === false) return FULL;
    c.grants.length = 0;
    const applies = rule.if === null ? FULL : rule.if.test(c);
    if (applies !== UNKNOWN && applies.length === 0) return FULL;
    const lifted = rule.unless === null ? EMPTY : rule.unless.test(c);
    let region = lifted;
    if (lifted.length > 0) {
      for (const obligation of rule.then) {
        if (TRANSFORMS.has(obligation.do)) continue;
        if (obligation.do === 'limit-to-order-scope')
          region = meet(region, this.orderScope(c, findings), this.book.within);
        findings.obligations.push(obligation);
      }
      if (region.length > 0) {
        addReason(findings, rule.exception);
        addGrants(findings, c.grants, rule);
        return region;
      }
    }
    region = this.remedies(rule, c, findings);
    if (region.length === 0) {
      findings.fired.push(rule);
      addReason(
        findings,
        applies === UNKNOWN || lifted === UNKNOWN ? rule.denialUnknown : rule.denial,
      );
    }
    return region;
  }

  /** What is left of the data when the asker takes a change of them that the forbid itself offers. */
  private remedies(rule: Access, c: Context, findings: Findings): Region {
    const accepts = c.question.accepts;
    for (const obligation of rule.then) {
      const taken =
        obligation.do === 'coarsen' || (accepts !== undefined && accepts.includes(obligation.do));
      if (!taken) continue;
      const region = this.remedy(rule, obligation, c);
      if (region.length === 0) continue;
      addReason(findings, rule.exception);
      findings.obligations.push(obligation);
      return region;
    }
    return EMPTY;
  }

  /** The data that a forbid gives back when they are changed so; empty where the change does not help. */
  remedy(rule: Access, obligation: Obligation, c: Context): Region {
    const { fields, deidentified, detail } = c;
    const { within } = this.book;
    let box = FULL[0]!;
    switch (obligation.do) {
      case 'mask': {
        const { except } = obligation;
        const shown =
          fields?.filter((field) => except.some((allowed) => within(field, allowed))) ?? except;
        if (shown.length === 0) return EMPTY;
        c.fields = shown;
        box = { ...box, fields: [...shown].sort() };
        break;
      }
      case 'deidentify':
        c.deidentified = true;
        box = { ...box, deidentified: true };
        break;
      case 'coarsen': {
        const to = rank(obligation.to);
        c.detail = Math.max(detail, to);
        box = { ...box, finest: to };
        break;
      }
      case 'substitute': {
        const { index } = this.book.terms.what;
        const by = index.get(obligation.by);
        const refused = by === undefined ? -1 : by;
        return refused < 0 || this.meets(rule, refused) ? EMPTY : FULL;
      }
      default:
        return EMPTY;
    }
    const applies = rule.if === null ? FULL : rule.if.test(c);
    const lifted = rule.unless === null ? EMPTY : rule.unless.test(c);
    c.fields = fields;
    c.deidentified = deidentified;
    c.detail = detail;
    if (applies !== UNKNOWN && applies.length === 0) return [box];
    return lifted.length === 0 ? EMPTY : meet([box], lifted, within);
  }

  private meets(rule: Access, what: number): boolean {
    const place = this.book.access.indexOf(rule);
    return (this.book.rows.what.of[what]![place >>> 5]! & (1 << (place & 31))) !== 0;
  }

  private orderScope(c: Context, findings: Findings): Region {
    const value = this.order(c);
    if (typeof value !== 'object' || Array.isArray(value)) return EMPTY;
    const { from = -Infinity, to = Infinity } = value as Period;
    const detail = this.orderDetail(c);
    const finest = typeof detail === 'string' ? rank(detail) : 0;
    findings.order = true;
    return finest < 0 ? EMPTY : [{ ...FULL[0]!, from, to, finest }];
  }
}

const grounds = new WeakMap<Access, Ground>();

function groundOfRule(rule: Access, basis: Basis): Ground {
  let ground = grounds.get(rule);
  if (ground === undefined) {
    ground = {
      basis,
      reason: {
        key: 'permit.basis-rule',
        params: { rule: rule.rule.id, basis },
        policy: rule.policy.id,
        rule: rule.rule.id,
        basis,
        ...(rule.rule.cite === undefined ? null : { cite: rule.rule.cite }),
      },
    };
    grounds.set(rule, ground);
  }
  return ground;
}
