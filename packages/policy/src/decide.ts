import type { Actor, Question, Reason } from './types/decision.ts';
import type { Dimension } from './types/term.ts';
import { Answer, type AnswerSource } from './answer.ts';
import { type Context, type TermsByDimension } from './context.ts';
import { Examiner } from './examine.ts';
import { addReason, type Findings, newFindings, tidyObligations } from './findings.ts';
import { covers } from './grant-index.ts';
import type { Known } from './known.ts';
import { DETAILS, rank } from './lattice.ts';
import { touch } from './moment.ts';
import { findNearest } from './nearest.ts';
import { badPart } from './question.ts';
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

/** Steps that are tried on the way to the instant at which an answer changes. */
const MOST_STEPS = 4096;
const NOTHING: readonly never[] = [];

/** A question with its words looked up. */
export interface Prepared {
  readonly what: readonly number[];
  readonly roles: readonly number[];
  readonly live: Uint32Array;
  readonly asked: Box;
}

/** Answers questions by one rule book. */
export class Decider {
  readonly book: RuleBook;
  readonly examiner: Examiner;
  private readonly context: Context;
  private readonly nobody: Known;

  constructor(book: RuleBook, nobody: Known) {
    this.book = book;
    this.nobody = nobody;
    this.examiner = new Examiner(book);
    this.context = {
      at: 0,
      next: Infinity,
      question: { at: 0, actor: { id: '', roles: [] }, do: '', what: '' },
      known: nobody,
      actor: { id: '', roles: [] },
      what: 0,
      purpose: -1,
      detail: 0,
      fields: undefined,
      deidentified: false,
      grants: [],
      noTenancy: false,
      tenancy: false,
    };
  }

  decide(question: Question, known: Known = this.nobody): Answer {
    const source = new Source(this, question, known);
    const bad = badPart(question);
    if (bad !== null)
      return deny(
        0,
        [{ key: 'deny.bad-request', params: { code: 'question/bad-shape', part: bad } }],
        Infinity,
        source,
      );
    const { at } = question;
    const c = this.load(question, known);
    const prepared = this.look(question, c);
    if (!('asked' in prepared)) return deny(at, [prepared], c.next, source);
    let { asked } = prepared;
    let findings = newFindings();
    let left = this.examine(prepared, c, findings);
    if (left.length === 0 && this.book.usesDetail) {
      // What a rule says of fine data need not hold for coarser ones: offer the finest that may be had.
      const last = rank('P1Y');
      for (let detail = c.detail + 1; detail <= last && left.length === 0; detail++) {
        c.detail = detail;
        const coarser = newFindings();
        left = this.examine(prepared, c, coarser);
        if (left.length === 0) continue;
        asked = { ...asked, finest: detail };
        left = meet(left, [asked], this.book.within);
        findings = coarser;
      }
      c.detail = rank(question.detail ?? 'raw');
    }
    const restriction = this.restriction(question);
    if (restriction !== null) return deny(at, [restriction], c.next, source);
    return this.conclude(question, c, prepared, asked, left, findings, source);
  }

  /** Set the context to a question. */
  load(question: Question, known: Known): Context {
    const c = this.context;
    c.at = question.at;
    c.next = Infinity;
    c.question = question;
    c.known = known;
    c.actor = question.onBehalfOf ?? question.actor;
    c.purpose = -1;
    c.detail = question.detail === undefined ? 0 : rank(question.detail);
    c.fields = question.fields;
    c.deidentified = question.deidentified === true;
    c.noTenancy = false;
    c.tenancy = false;
    c.grants.length = 0;
    return c;
  }

  /** Look up the words of a question; a reason to deny where that fails. */
  look(question: Question, c: Context): Prepared | Reason {
    const { book } = this;
    const { terms, epochs } = book;
    let epoch = epochs.length - 1;
    while (epoch >= 0 && epochs[epoch]! > c.at) {
      c.next = epochs[epoch]!;
      epoch -= 1;
    }
    if (epoch < 0) return { key: 'deny.no-policy', params: { at: c.at } };
    const unknown = unknownTerm(question, terms);
    if (unknown !== null) return unknown;
    if (question.for !== undefined) c.purpose = terms.for.index.get(question.for)!;
    const { what } = question;
    const { start = null, end = null } = question.span ?? {};
    return {
      what:
        typeof what === 'string'
          ? [terms.what.index.get(what)!]
          : [...new Set(what)].sort().map((term) => terms.what.index.get(term)!),
      roles: this.rolesOf(c.actor),
      live: book.live[epoch]!,
      asked: {
        finest: c.detail,
        from: start ?? -Infinity,
        to: end ?? Infinity,
        fields: question.fields ?? null,
        deidentified: c.deidentified,
      },
    };
  }

  private rolesOf(actor: Actor): readonly number[] {
    const { index } = this.book.terms.who;
    const roles: number[] = [];
    for (const role of actor.roles) roles.push(index.get(role)!);
    return roles;
  }

  /** All kinds of data asked for, as the actor, or as the party it acts for within its power. */
  private examine(prepared: Prepared, c: Context, findings: Findings): Region {
    const { question } = c;
    const { within } = this.book;
    c.actor = question.onBehalfOf ?? question.actor;
    c.noTenancy = false;
    c.tenancy = false;
    this.examiner.prepare(prepared.live, prepared.roles, c);
    let left: Region = FULL;
    for (const what of prepared.what) {
      c.what = what;
      left = meet(left, this.examiner.examine(c, findings, false), within);
    }
    if (question.onBehalfOf !== undefined && left.length > 0) {
      left = meet(left, this.power(prepared, c, findings), within);
      c.actor = question.actor;
      this.examiner.prepare(prepared.live, this.rolesOf(question.actor), c);
      for (const what of prepared.what) {
        c.what = what;
        left = meet(left, this.examiner.examine(c, findings, true), within);
      }
      c.actor = question.onBehalfOf;
    }
    findings.tenancy = c.tenancy;
    findings.noTenancy = c.noTenancy;
    return left;
  }

  /** What a delegation from the principal lets the actor have. */
  power(prepared: Prepared, c: Context, findings: Findings): Region {
    const { question } = c;
    const principal = question.onBehalfOf!;
    const before = c.at;
    let region = EMPTY;
    for (const entry of c.known.grantsBetween(question.actor.id, principal.id)) {
      if (entry.grant.kind !== 'delegation') continue;
      touch(c, entry.start);
      if (entry.start > before) continue;
      touch(c, entry.end);
      if (entry.end <= before) continue;
      if (!covers(entry, prepared.what, c.purpose, question.object, this.book.terms)) continue;
      const box: Box = { ...FULL[0]!, finest: entry.finest, from: entry.from, to: entry.to };
      region = join(region, [box]);
      findings.because.push({
        key: 'permit.delegation',
        params: { grant: entry.grant.id, party: principal.id },
        grant: entry.grant.id,
      });
    }
    if (region.length === 0)
      findings.because.push({ key: 'deny.no-delegation', params: { party: principal.id } });
    return region;
  }

  /** What only a floor keeps may be read for the floor's purpose and by the person itself (GDPR Art. 15, 18(2)). */
  private restriction(question: Question): Reason | null {
    const { restrictedTo, subject } = question;
    if (restrictedTo === undefined) return null;
    if (subject !== undefined && (question.onBehalfOf ?? question.actor).id === subject)
      return null;
    const { index, up } = this.book.terms.for;
    const purpose = index.get(question.for ?? '');
    for (const allowed of restrictedTo) {
      const place = index.get(allowed);
      if (purpose !== undefined && place !== undefined && up[purpose]!.has(place)) return null;
    }
    return { key: 'deny.restricted', params: { purpose: restrictedTo } };
  }

  private conclude(
    question: Question,
    c: Context,
    prepared: Prepared,
    asked: Box,
    left: Region,
    findings: Findings,
    source: AnswerSource,
  ): Answer {
    const { within } = this.book;
    const { at } = question;
    if (left.length === 0) return deny(at, this.denial(question, findings), c.next, source);
    this.standingDuties(prepared, c, findings);
    const wanted: Box = {
      ...asked,
      finest: question.detail === undefined ? 0 : rank(question.detail),
    };
    const obligations = tidyObligations(findings.obligations);
    for (const box of left)
      if (holds(box, wanted, within))
        return new Answer(at, 'permit', NOTHING, obligations, findings.because, c.next, source);
    const boxes: Box[] = [];
    for (const box of left) {
      const common = meetBoxes(box, asked, within);
      if (common !== null) boxes.push(common);
    }
    if (boxes.length === 0) {
      findings.because.push({ key: 'deny.out-of-scope' });
      return deny(at, findings.because, c.next, source);
    }
    const limits = normalize(boxes, within);
    if (limits.length === 1 && holds(limits[0]!, wanted, within))
      return new Answer(at, 'permit', NOTHING, obligations, findings.because, c.next, source);
    for (const box of limits) limitReasons(box, wanted, findings);
    return new Answer(
      at,
      'permit-with',
      limits.map(toLimit),
      obligations,
      findings.because,
      c.next,
      source,
    );
  }

  /** Duties that every access calls up (a log, say). */
  private standingDuties(prepared: Prepared, c: Context, findings: Findings): void {
    for (const { dated, who, if: when, unless, obligation } of this.book.onAccess) {
      touch(c, dated.from);
      touch(c, dated.to);
      if (dated.from > c.at || dated.to <= c.at) continue;
      if (who !== null && !prepared.roles.some((role) => who.has(role))) continue;
      if (when !== null && when.test(c).length === 0) continue;
      if (unless !== null && unless.test(c).length > 0) continue;
      findings.obligations.push(obligation);
    }
  }

  private denial(question: Question, findings: Findings): readonly Reason[] {
    const reasons = findings.because.filter((reason) => reason.key.startsWith('deny.'));
    for (const rule of findings.baseless)
      reasons.push({
        key: 'deny.no-basis',
        params: { rule: rule.rule.id },
        policy: rule.policy.id,
        rule: rule.rule.id,
      });
    if (findings.noTenancy)
      reasons.push({ key: 'deny.no-tenancy', params: { object: question.object } });
    if (reasons.length > 0) return reasons;
    for (const rule of findings.failed) reasons.push({ ...rule.denial, key: 'deny.condition' });
    if (reasons.length > 0) return reasons;
    const what = typeof question.what === 'string' ? [question.what] : question.what;
    return [{ key: 'deny.no-permit', params: { do: question.do, what, for: question.for } }];
  }
}

function deny(at: number, because: readonly Reason[], next: number, source: AnswerSource): Answer {
  return new Answer(at, 'deny', NOTHING, NOTHING, because, next, source);
}

function limitReasons(box: Box, wanted: Box, findings: Findings): void {
  const add = (reason: Reason): void => addReason(findings, reason);
  if (box.finest > wanted.finest)
    add({ key: 'limit.detail', params: { detail: DETAILS[box.finest]! } });
  if (box.from > wanted.from || box.to < wanted.to) {
    const key = findings.order
      ? 'limit.order'
      : findings.tenancy
        ? 'limit.tenancy'
        : 'limit.period';
    const { span } = toLimit(box);
    add({
      key,
      params: {
        ...(span.start === null ? null : { from: span.start }),
        ...(span.end === null ? null : { to: span.end }),
      },
    });
  }
  if (box.fields !== null && box.fields !== wanted.fields)
    add({ key: 'limit.fields', params: { fields: box.fields } });
  if (box.deidentified && !wanted.deidentified) add({ key: 'limit.deidentified' });
}

function unknownTerm(question: Question, terms: TermsByDimension): Reason | null {
  const look = (dimension: Dimension, term: string | undefined): Reason | null =>
    term === undefined || terms[dimension].index.has(term)
      ? null
      : { key: 'deny.unknown-term', params: { dimension, term } };
  const { actor, onBehalfOf, what, flow } = question;
  let found = look('do', question.do) ?? look('for', question.for) ?? look('in', question.in);
  for (const role of actor.roles) found ??= look('who', role);
  for (const role of onBehalfOf?.roles ?? NOTHING) found ??= look('who', role);
  if (typeof what === 'string') found ??= look('what', what);
  else for (const term of what) found ??= look('what', term);
  if (flow !== undefined) found ??= look('in', flow[0]) ?? look('in', flow[1]);
  return found;
}

/** Works out what an answer is asked for later. */
class Source implements AnswerSource {
  private readonly decider: Decider;
  private readonly question: Question;
  private readonly known: Known;

  constructor(decider: Decider, question: Question, known: Known) {
    this.decider = decider;
    this.question = question;
    this.known = known;
  }

  until(answer: Answer): number | null {
    let next = answer.horizon;
    const same = signature(answer);
    for (let step = 0; Number.isFinite(next); step++) {
      const later = this.decider.decide({ ...this.question, at: next }, this.known);
      if (signature(later) !== same || step >= MOST_STEPS) return next;
      next = later.horizon;
    }
    return null;
  }

  nearest(answer: Answer): readonly Reason[] {
    if (answer.outcome === 'permit') return NOTHING;
    return findNearest(this.decider, this.question, this.known, answer);
  }
}

/** Everything by which one answer differs from another. */
const signature = ({ outcome, limits, obligations, because }: Answer): string =>
  JSON.stringify([
    outcome,
    limits,
    obligations,
    because.map(({ key, rule, grant, activity }) => [key, rule, grant, activity]),
  ]);
