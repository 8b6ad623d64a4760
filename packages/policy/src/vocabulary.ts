import type { TermsByDimension } from './context.ts';
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
function closeTerms(vocabularies: readonly Vocabulary[], dimension: Dimension): Terms {
  const declared = new Map<string, TermDeclaration>();
  for (const vocabulary of vocabularies)
    for (const [name, given] of Object.entries(vocabulary[dimension] ?? {})) {
      const before = declared.get(name) ?? given;
      declared.set(name, {
        ...before,
        ...given,
        is: [...new Set([...(before.is ?? []), ...(given.is ?? [])])],
        // Personal unless nobody says so: where policies differ, the careful one holds.
        ...(before.personal !== given.personal && { personal: true }),
      });
    }
  const names = [...declared.keys()].sort();
  const index = new Map(names.map((name, place) => [name, place]));
  const declarations = names.map((name) => declared.get(name)!);
  const missing: string[] = [];
  const cycles: string[] = [];
  const down = names.map(() => new Set<number>());
  const up = names.map((name, place) => {
    const seen = new Set([place]);
    for (const at of seen) {
      down[at]!.add(place);
      for (const broader of declarations[at]!.is!) {
        const parent = index.get(broader);
        if (parent !== undefined) seen.add(parent);
        else if (at === place) missing.push(broader);
        if (parent === place) cycles.push(name);
      }
    }
    return seen;
  });
  return { index, names, declarations, up, down, cycles, missing };
}

/** Something for each dimension. */
export const byDimension = <T>(make: (dimension: Dimension) => T): Readonly<Record<Dimension, T>> =>
  Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, make(dimension)])) as Record<
    Dimension,
    T
  >;

/** All five dimensions of several vocabularies. */
export const closeVocabulary = (vocabularies: readonly Vocabulary[]): TermsByDimension =>
  byDimension((dimension) => closeTerms(vocabularies, dimension));

/** Place of the term that a reference starts from; −1 for one that nothing declares. */
const placeOf = ({ index }: Terms, ref: TermRef): number =>
  index.get(ref) ?? (ref.endsWith('.*') ? index.get(ref.slice(0, -2)) : undefined) ?? -1;

/** Whether a reference means anything. */
export const declares = (terms: Terms, ref: TermRef): boolean =>
  ref === '*' || placeOf(terms, ref) >= 0;

/** Terms that a reference of a rule means; none where nothing declares it. */
export function meaning(terms: Terms, ref: TermRef): readonly number[] {
  if (ref === '*') return [...terms.names.keys()];
  const place = placeOf(terms, ref);
  return [...(terms.down[place] ?? [])].filter(
    (each) => each !== place || ref === terms.names[place],
  );
}

/** Terms that any of several references means; undeclared ones mean none. */
export const unionOf = (terms: Terms, refs: readonly TermRef[]): Set<number> =>
  new Set([...new Set(refs)].flatMap((ref) => meaning(terms, ref)));

/** Whether a term lies within another: is it, or narrower. False for undeclared terms unless they are equal. */
export const isWithin = (terms: Terms, term: string, broader: string): boolean =>
  term === broader ||
  terms.up[terms.index.get(term) ?? -1]?.has(terms.index.get(broader) ?? -1) === true;

/** Whether data of this kind are about a person: by its own word, else by any broader term's, else yes. */
export function personalTerms(terms: Terms): readonly boolean[] {
  const memory: boolean[] = [];
  const personal = (place: number): boolean => {
    const { personal: own, is } = terms.declarations[place]!;
    return (memory[place] ??=
      own ?? (is!.length === 0 || is!.some((name) => personal(terms.index.get(name)!))));
  };
  return terms.names.map((_, place) => personal(place));
}
