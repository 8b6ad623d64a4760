import type { Condition, Policy, Rule } from '../types/index.ts';
import type { TermsByDimension } from '../context.ts';
import type { RetentionBook } from '../retention.ts';
import type { RuleBook } from '../rules.ts';
import { isAccess, isNote, isRetention } from '../rule-kind.ts';
import { DIMENSIONS, isWithin, meaning, personalTerms } from '../vocabulary.ts';
import { parseInstant, zoneOf } from '../zone.ts';
import { finding, type LintFinding } from './finding.ts';
import { neverMeets } from './never.ts';
import { outOfOrder } from './stages.ts';

/** Facts that the engine answers itself. */
const OWN_FACTS: ReadonlySet<string> = new Set(
  (
    'actor actor.role recipient recipient.role request.purpose request.action resource.data resource.fields ' +
    'resource.resolution resource.deidentified resource.subject resource.object resource.system ' +
    'resource.restricted resource.key now'
  ).split(' '),
);

/** What each rule says of itself, and what it refers to. */
export function lintRules(
  policy: Policy,
  all: readonly Policy[],
  terms: TermsByDimension,
): readonly LintFinding[] {
  const found: LintFinding[] = [];
  const zone = zoneOf(policy.tz)!;
  const say = (key: LintFinding['key'], rule: Rule, more: Record<string, string> = {}): void => {
    found.push(finding(key, policy, { rule: rule.id, ...more }));
  };
  const seen = new Set<string>();
  for (const rule of policy.rules) {
    for (const cite of rule.cite ?? [])
      if (policy.cites?.[cite] === undefined) say('lint.unknown-cite', rule, { term: cite });
    const from = parseInstant(rule.validFrom ?? policy.validFrom, zone)!;
    const to = parseInstant(rule.validTo ?? '9999-12-31', zone)!;
    if (from >= to || neverMeets(rule, terms)) say('lint.never-applies', rule);
    if (isNote(rule)) {
      const id = rule.from?.startsWith('policy:') === true ? rule.from.slice(7) : null;
      if (id !== null && !all.some((other) => other.id === id))
        say('lint.inherit-missing', rule, { other: id });
      continue;
    }
    for (const fact of factsIn([rule.if, 'unless' in rule ? rule.unless : undefined])) {
      if (seen.has(fact) || OWN_FACTS.has(fact)) continue;
      if (policy.facts?.[fact] !== undefined || policy.parameters?.[fact] !== undefined) continue;
      seen.add(fact);
      say('lint.undeclared-fact', rule, { fact });
    }
    if (isRetention(rule)) {
      if (rule.clock.unstated === true) say('lint.unstated-clock', rule);
      if (outOfOrder(rule)) say('lint.stage-order', rule);
      if (rule.approximate === true) say('lint.approximate', rule);
      if (rule.ambiguous !== undefined) say('lint.ambiguous', rule, { reason: rule.ambiguous });
    }
  }
  return found;
}

/** Names of facts in conditions, on either side. */
function factsIn(given: readonly unknown[]): readonly string[] {
  const names: string[] = [];
  const visit = (condition: Condition | undefined): void => {
    if (condition === undefined) return;
    if ('all' in condition) condition.all.forEach(visit);
    else if ('any' in condition) condition.any.forEach(visit);
    else if ('not' in condition) visit(condition.not);
    else if ('fact' in condition) {
      names.push(condition.fact);
      if (typeof condition.value === 'string' && condition.value.startsWith('$'))
        names.push(condition.value.slice(1));
    }
  };
  for (const each of given) {
    if (Array.isArray(each))
      for (const branch of each as readonly { readonly if: Condition }[]) visit(branch.if);
    else visit(each as Condition | undefined);
  }
  return names;
}

/** Data without an end, floors over caps without a purpose, terms that nothing uses. */
export function lintData(
  policies: readonly Policy[],
  book: RuleBook,
  retention: RetentionBook,
): readonly LintFinding[] {
  const { terms } = book;
  const found: LintFinding[] = [];
  const personal = personalTerms(terms.what);
  const ownerOf = (dimension: (typeof DIMENSIONS)[number], term: string): Policy =>
    policies.find((policy) => policy.vocab[dimension]?.[term] !== undefined)!;
  const pairs = new Set<string>();
  for (const [place, name] of terms.what.names.entries()) {
    const rules = retention.rules[place]!;
    // Broader terms are answered by what lies in them.
    if (terms.what.down[place]!.size > 1 || !personal[place]!) continue;
    if (!rules.some((rule) => !rule.floor))
      found.push(finding('lint.no-retention', ownerOf('what', name), { term: name }));
    for (const floor of rules) {
      if (!floor.floor || floor.for !== null) continue;
      for (const cap of rules) {
        if (cap.floor || pairs.has(`${floor.rule.id} ${cap.rule.id}`)) continue;
        if (
          floor.in !== null &&
          cap.in !== null &&
          ![...floor.in].some((system) => cap.in!.has(system))
        )
          continue;
        pairs.add(`${floor.rule.id} ${cap.rule.id}`);
        found.push(
          finding('lint.floor-over-cap', floor.policy, {
            rule: floor.rule.id,
            other: cap.rule.id,
            term: name,
          }),
        );
      }
    }
  }
  const used = usedTerms(policies);
  for (const dimension of DIMENSIONS)
    for (const name of terms[dimension].names) {
      // A term is used when a rule names it, something broader, or something narrower.
      const near = [...used[dimension]].some(
        (ref) => isWithin(terms[dimension], name, ref) || isWithin(terms[dimension], ref, name),
      );
      if (!near && !used[dimension].has('*'))
        found.push(
          finding('lint.unused-term', ownerOf(dimension, name), { term: name, dimension }),
        );
    }
  return found;
}

function usedTerms(
  policies: readonly Policy[],
): Readonly<Record<(typeof DIMENSIONS)[number], ReadonlySet<string>>> {
  const used = {
    who: new Set<string>(),
    do: new Set<string>(),
    what: new Set<string>(),
    for: new Set<string>(),
    in: new Set<string>(),
  };
  const add = (dimension: keyof typeof used, refs: unknown): void => {
    if (Array.isArray(refs))
      for (const ref of refs as readonly string[])
        used[dimension].add(ref.endsWith('.*') ? ref.slice(0, -2) : ref);
  };
  for (const policy of policies) {
    for (const rule of policy.rules) {
      for (const dimension of DIMENSIONS)
        add(dimension, (rule as unknown as Record<string, unknown>)[dimension]);
      if (rule.effect === 'duty') add('who', rule.to);
      if (rule.effect === 'classify') add('what', rule.as);
      if (isAccess(rule)) {
        add('in', rule.flow);
        for (const obligation of rule.then ?? []) {
          if (obligation.do === 'mask') add('what', obligation.except);
          if (obligation.do === 'substitute') add('what', [obligation.by]);
        }
      }
      // Values of conditions name terms too.
      for (const text of JSON.stringify(rule).match(/"[^"]+"/g) ?? [])
        for (const dimension of DIMENSIONS)
          if (policy.vocab[dimension]?.[text.slice(1, -1)] !== undefined)
            used[dimension].add(text.slice(1, -1));
    }
    for (const activity of policy.activities ?? []) {
      add('for', activity.purposes);
      add('what', activity.what);
    }
    for (const system of policy.systems ?? []) {
      add('in', [system.id]);
      add('what', system.holds);
      add('what', system.never);
    }
    for (const flow of policy.flows ?? []) {
      add('in', [flow.from, flow.to]);
      add('what', flow.what);
      add('for', flow.for);
    }
  }
  return used;
}

/** Purposes and legal bases against the register; agreements; notices; tenancy. */
export function lintGovernance(
  policies: readonly Policy[],
  book: RuleBook,
): readonly LintFinding[] {
  const { terms, activities, access } = book;
  const found: LintFinding[] = [];
  const personal = personalTerms(terms.what);
  const told = new Set<number>();
  for (const { rule, policy, permit, activity } of access) {
    if (!permit) continue;
    const purposes = (rule.for ?? []).flatMap((ref) => meaning(terms.for, ref));
    const unregistered = purposes.filter((place) => activities[place]!.length === 0);
    for (const place of unregistered) {
      if (told.has(place) || activity !== null) continue;
      told.add(place);
      found.push(
        finding('lint.purpose-not-registered', policy, {
          rule: rule.id,
          purpose: terms.for.names[place]!,
        }),
      );
    }
    const data = (rule.what ?? ['*']).flatMap((ref) => meaning(terms.what, ref));
    const byGrant = JSON.stringify(rule.if ?? null).includes('"grant"');
    const grounded = rule.basis !== undefined || activity !== null || byGrant;
    if (
      !grounded &&
      data.some((place) => personal[place]!) &&
      unregistered.length === purposes.length
    )
      found.push(finding('lint.no-basis', policy, { rule: rule.id }));
  }
  for (const policy of policies) {
    for (const system of policy.systems ?? [])
      if (
        system.agreement === 'missing' ||
        (system.supplier !== undefined && system.agreement === undefined)
      )
        found.push(
          finding('lint.no-agreement', policy, { system: system.id, party: system.supplier }),
        );
    found.push(...lintNotice(policy, policies), ...lintTenancy(policy));
  }
  return found;
}

/** A version must have been told of before it holds; the first one of a policy changes nothing for anyone. */
function lintNotice(policy: Policy, all: readonly Policy[]): readonly LintFinding[] {
  const zone = zoneOf(policy.tz)!;
  const start = parseInstant(policy.validFrom, zone)!;
  const noticed = policy.noticed === undefined ? null : parseInstant(policy.noticed, zone)!;
  const later = all.some(
    (other) => other.id === policy.id && parseInstant(other.validFrom, zoneOf(other.tz)!)! < start,
  );
  const late = noticed === null ? later : noticed >= start;
  return late
    ? [
        finding('lint.before-notice', policy, {
          policy: `${policy.id} ${policy.version}`,
          at: start,
        }),
      ]
    : [];
}

/** An identifier that passes from one person to the next, and rights that follow it without the holder's time. */
function lintTenancy(policy: Policy): readonly LintFinding[] {
  const passes = Object.values(policy.vocab.what ?? {}).some(
    (term) => term.identifier === 'indirect',
  );
  const found: LintFinding[] = [];
  for (const rule of policy.rules) {
    if (rule.effect !== 'permit') continue;
    const text = JSON.stringify(rule.if ?? null);
    const holder = text.includes('"$actor') || text.includes('"grant"');
    if (holder && (rule.tenancy === 'none' || (passes && policy.tenancy !== 'required')))
      found.push(finding('lint.no-tenancy', policy, { rule: rule.id }));
  }
  return found;
}
