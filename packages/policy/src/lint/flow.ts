import type { FlowDeclaration, Policy, SystemDeclaration } from '../types/index.ts';
import type { RuleBook } from '../rules.ts';
import { meaning, type Terms } from '../vocabulary.ts';
import { finding, type LintFinding } from './finding.ts';

/** Actions by which data come to lie in a system. */
const STORING: ReadonlySet<string> = new Set(['store', 'collect', 'register', 'link', 'write']);

/** A kind of data that must not lie in a system, and how it gets there; no path: proved that it cannot. */
export interface FlowResult {
  readonly term: string;
  readonly system: string;
  /** Systems on the shortest way, the first holds it; null where there is none. */
  readonly path: readonly string[] | null;
}

const has = (terms: Terms, refs: readonly string[], place: number): boolean =>
  refs.some((ref) => {
    // A reference to something broader may hold it, one to something narrower is a part of it.
    for (const each of meaning(terms, ref))
      if (terms.up[each]!.has(place) || terms.up[place]!.has(each)) return true;
    return false;
  });

/**
 * For every direct identifier and every system that must not hold it (its `never`, or a forbid to store it there), follow
 * all declared flows from where it is held. Flows that do not say what they carry carry everything. A proof holds for the
 * declared systems and flows, and no further.
 */
export function checkFlows(policies: readonly Policy[], book: RuleBook): readonly FlowResult[] {
  const { terms } = book;
  const systems = new Map<string, SystemDeclaration[]>();
  const flows: FlowDeclaration[] = [];
  for (const policy of policies) {
    for (const system of policy.systems ?? [])
      systems.set(system.id, [...(systems.get(system.id) ?? []), system]);
    for (const flow of policy.flows ?? []) flows.push(flow);
  }
  const results: FlowResult[] = [];
  for (const [place, term] of terms.what.names.entries()) {
    if (terms.what.declarations[place]!.identifier !== 'direct') continue;
    const targets = [...systems.keys()]
      .filter((id) => mustNotHold(id, place, systems, book))
      .sort();
    if (targets.length === 0) continue;
    const ways = reach(place, systems, flows, book);
    for (const system of targets) results.push({ term, system, path: ways.get(system) ?? null });
  }
  return results;
}

function mustNotHold(
  id: string,
  place: number,
  systems: ReadonlyMap<string, readonly SystemDeclaration[]>,
  { terms, access }: RuleBook,
): boolean {
  const never = systems.get(id)!.flatMap((system) => system.never ?? []);
  if (has(terms.what, never, place)) return true;
  const system = terms.in.index.get(id);
  return access.some(
    ({ permit, rule }) =>
      !permit &&
      rule.do.some((action) => STORING.has(action)) &&
      rule.what !== undefined &&
      rule.in !== undefined &&
      system !== undefined &&
      rule.in.some((ref) => meaning(terms.in, ref).includes(system)) &&
      rule.what.some((ref) => meaning(terms.what, ref).includes(place)),
  );
}

/** Shortest way by which a kind of data reaches each system, from all that hold it. */
function reach(
  place: number,
  systems: ReadonlyMap<string, readonly SystemDeclaration[]>,
  flows: readonly FlowDeclaration[],
  { terms, access }: RuleBook,
): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>();
  for (const [id, declared] of systems) {
    const system = terms.in.index.get(id);
    const permitted = access.some(
      ({ permit, rule }) =>
        permit &&
        rule.do.some((action) => STORING.has(action)) &&
        rule.what !== undefined &&
        rule.in !== undefined &&
        system !== undefined &&
        rule.in.some((ref) => meaning(terms.in, ref).includes(system)) &&
        rule.what.some((ref) => meaning(terms.what, ref).includes(place)),
    );
    if (
      permitted ||
      has(
        terms.what,
        declared.flatMap((each) => each.holds),
        place,
      )
    )
      ways.set(id, [id]);
  }
  for (const [at, way] of ways)
    for (const flow of flows)
      if (
        flow.from === at &&
        !ways.has(flow.to) &&
        (flow.what === undefined || has(terms.what, flow.what, place))
      )
        ways.set(flow.to, [...way, flow.to]);
  return ways;
}

/** The same as findings. */
export function lintFlows(policies: readonly Policy[], book: RuleBook): readonly LintFinding[] {
  return checkFlows(policies, book).map(({ term, system, path }) => {
    const owner =
      policies.find((policy) => policy.systems?.some(({ id }) => id === system)) ?? null;
    return path === null
      ? finding('lint.flow-proved', owner, { term, system })
      : finding('lint.flow-reaches', owner, { term, system, path });
  });
}
