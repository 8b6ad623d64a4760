import type { Dimension, TermDeclaration, TermRef, Vocabulary } from './types/term.ts';

export const DIMENSIONS: readonly Dimension[] = ['who', 'do', 'what', 'for', 'in'];

/** The terms of one dimension, numbered, with what is broader and narrower. */
export interface Terms {
  readonly index: ReadonlyMap<string, number>;
  readonly names: readonly string[];
  readonly declarations: readonly TermDeclaration[];
  /** For each term: itself and everything broader. */
  readonly up: readonly ReadonlySet<number>[];
  /** For each term: itself and everything narrower. */
  readonly down: readonly ReadonlySet<number>[];
  /** Terms on a cycle, which have no meaning. */
  readonly cycles: readonly string[];
  /** Broader terms that nothing declares. */
  readonly missing: readonly string[];
}

/** Join the vocabularies of several policies: a term means the same everywhere, with all the broader terms it was given. */
export function closeTerms(vocabularies: readonly Vocabulary[], dimension: Dimension): Terms {
  const declared = new Map<string, TermDeclaration>();
  for (const vocabulary of vocabularies) {
    const terms = vocabulary[dimension] ?? {};
    for (const name of Object.keys(terms)) {
      const given = terms[name]!;
      const before = declared.get(name);
      const is = [...new Set([...(before?.is ?? []), ...(given.is ?? [])])];
      // Personal unless nobody says so: where policies differ, the careful one holds.
      const personal =
        before === undefined || before.personal === given.personal ? given.personal : true;
      declared.set(name, {
        ...before,
        ...given,
        is,
        ...(personal === undefined ? null : { personal }),
      });
    }
  }
  const names = [...declared.keys()].sort();
  const index = new Map(names.map((name, place) => [name, place]));
  const missing: string[] = [];
  const parents = names.map((name) => {
    const found: number[] = [];
    for (const broader of declared.get(name)!.is!) {
      const place = index.get(broader);
      if (place === undefined) missing.push(broader);
      else found.push(place);
    }
    return found;
  });
  const down: Set<number>[] = names.map(() => new Set<number>());
  const cycles: string[] = [];
  const up = names.map((name, place) => {
    const seen = new Set([place]);
    for (const at of seen) {
      for (const parent of parents[at]!) {
        if (parent === place) cycles.push(name);
        seen.add(parent);
      }
    }
    for (const at of seen) down[at]!.add(place);
    return seen;
  });
  const declarations = names.map((name) => declared.get(name)!);
  return { index, names, declarations, up, down, cycles, missing };
}

/** Terms that a reference of a rule means; null for a term that nothing declares. */
export function meaning(terms: Terms, ref: TermRef): ReadonlySet<number> | null {
  if (ref === '*') return new Set(terms.names.keys());
  const strict = ref.endsWith('.*') && !terms.index.has(ref);
  const place = terms.index.get(strict ? ref.slice(0, -2) : ref);
  if (place === undefined) return null;
  if (!strict) return terms.down[place]!;
  const narrower = new Set(terms.down[place]!);
  narrower.delete(place);
  return narrower;
}

/** Whether a term lies within another: is it, or narrower. False for undeclared terms unless they are equal. */
export function isWithin(terms: Terms, term: string, broader: string): boolean {
  if (term === broader) return true;
  const place = terms.index.get(term);
  const target = terms.index.get(broader);
  return place !== undefined && target !== undefined && terms.up[place]!.has(target);
}

/** Whether data of this kind are about a person: by its own word, else by any broader term's, else yes. */
export function personalTerms(terms: Terms): readonly boolean[] {
  const memory: (boolean | undefined)[] = [];
  const personal = (place: number): boolean => {
    const known = memory[place];
    if (known !== undefined) return known;
    const { personal: own, is = [] } = terms.declarations[place]!;
    memory[place] = true;
    const parents = is.map((name) => terms.index.get(name)).filter((at) => at !== undefined);
    const value = own ?? (parents.length === 0 || parents.some(personal));
    memory[place] = value;
    return value;
  };
  return terms.names.map((_, place) => personal(place));
}
