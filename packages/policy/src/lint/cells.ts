import type { Access, RuleBook } from '../rules.ts';
import { meets } from '../examine.ts';
import { DIMENSIONS } from '../vocabulary.ts';
import { finding, type LintFinding } from './finding.ts';

/** Cells looked at before lint gives up being exhaustive and says so. */
const MOST_CELLS = 5_000_000;

/** Terms of one dimension that no rule tells apart, with one name for them. */
interface TermClass {
  readonly name: string;
  readonly row: Uint32Array;
}

/**
 * Every combination of the five dimensions, terms that no rule tells apart taken together (which loses nothing): which
 * permits can open a cell, and which forbids without condition close one that a permit opens.
 */
export function lintCells(book: RuleBook): readonly LintFinding[] {
  const { access } = book;
  const words = (access.length >>> 5) + 1;
  const classes = DIMENSIONS.map((dimension) => classesOf(book, dimension));
  const permits = bitsOf(access, ({ permit }) => permit);
  const hard = bitsOf(
    access,
    (rule) =>
      !rule.permit &&
      rule.if.condition === undefined &&
      rule.unless.condition === undefined &&
      rule.then.every((o) => o.do === 'log'),
  );

  const met = new Set<number>();
  const open = new Set<number>();
  const clashes = new Map<
    string,
    { readonly permit: number; readonly forbid: number; readonly cell: readonly string[] }
  >();
  let cells = 0;

  const visit = (depth: number, bits: Uint32Array, names: readonly string[]): void => {
    if (cells > MOST_CELLS) return;
    let any = false;
    for (let i = 0; i < words; i++) if ((bits[i]! & permits[i]!) !== 0) any = true;
    if (!any) return;
    if (depth < classes.length) {
      for (const { name, row } of classes[depth]!) {
        const next = bits.map((word, i) => word & row[i]!);
        visit(depth + 1, next, [...names, name]);
      }
      return;
    }
    cells += 1;
    const closing = placesOf(bits, (word, i) => word & hard[i]!);
    for (const permit of placesOf(bits, (word, i) => word & permits[i]!)) {
      met.add(permit);
      // A rule that is not in force with another never meets it.
      const against = closing.filter((forbid) => overlap(book, permit, forbid));
      if (against.length === 0) open.add(permit);
      for (const forbid of against) {
        const key = `${permit} ${forbid}`;
        if (!clashes.has(key)) clashes.set(key, { permit, forbid, cell: names });
      }
    }
  };
  visit(0, new Uint32Array(words).fill(~0), []);

  const found: LintFinding[] = [];
  if (cells > MOST_CELLS)
    found.push(finding('lint.invalid', null, { code: 'lint/too-many-cells', cells: MOST_CELLS }));
  for (const [place, { rule, policy, permit }] of access.entries()) {
    if (!permit) continue;
    // What meets no cell names terms that there are none of, which is told of each rule alone.
    if (cells <= MOST_CELLS && met.has(place) && !open.has(place)) {
      const by = [...clashes.values()].filter((clash) => clash.permit === place);
      found.push(
        finding('lint.shadowed', policy, {
          rule: rule.id,
          other: [...new Set(by.map((clash) => access[clash.forbid]!.rule.id))].sort(),
        }),
      );
    }
  }
  for (const { permit, forbid, cell } of clashes.values())
    if (open.has(permit))
      found.push(
        finding('lint.contradiction', access[permit]!.policy, {
          rule: access[permit]!.rule.id,
          other: access[forbid]!.rule.id,
          term: cell.filter((name) => name !== ''),
        }),
      );
  return found;
}

function overlap(book: RuleBook, a: number, b: number): boolean {
  const x = book.access[a]!;
  const y = book.access[b]!;
  return x.from < y.to && y.from < x.to;
}

function placesOf(bits: Uint32Array, pick: (word: number, i: number) => number): readonly number[] {
  const places: number[] = [];
  for (const [i, word] of bits.entries()) {
    let left = pick(word, i);
    while (left !== 0) {
      places.push(i * 32 + 31 - Math.clz32(left & -left));
      left &= left - 1;
    }
  }
  return places;
}

/** A row with the bit of each rule that is so. */
function bitsOf(access: readonly Access[], so: (rule: Access) => boolean): Uint32Array {
  const bits = new Uint32Array((access.length >>> 5) + 1);
  for (const [place, rule] of access.entries())
    if (so(rule)) bits[place >>> 5]! |= 1 << (place & 31);
  return bits;
}

function classesOf(book: RuleBook, dimension: (typeof DIMENSIONS)[number]): readonly TermClass[] {
  const map = new Map<string, TermClass>();
  const count = (name: string, place: number): void => {
    const row = bitsOf(book.access, (rule) => meets(rule, dimension, place));
    const key = row.join(',');
    if (!map.has(key)) map.set(key, { name, row });
  };
  for (const [place, name] of book.terms[dimension].names.entries()) count(name, place);
  // A purpose or a system need not be named; an actor may have no role at all.
  if (dimension === 'for' || dimension === 'in' || dimension === 'who') count('', -1);
  const found = [...map.values()];
  // Where no rule looks at a dimension, no term of it tells anything.
  return found.length === 1 ? [{ ...found[0]!, name: '' }] : found;
}
