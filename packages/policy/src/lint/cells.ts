import type { RuleBook } from '../rules.ts';
import { ALWAYS, NEVER } from '../condition.ts';
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
  const { access, words, permits } = book;
  const classes = DIMENSIONS.map((dimension) => classesOf(book, dimension));
  const hard = new Uint32Array(words);
  for (const [place, rule] of access.entries())
    if (
      !rule.permit &&
      rule.if === ALWAYS &&
      rule.unless === NEVER &&
      rule.then.every((o) => o.do === 'log')
    )
      hard[place >>> 5]! |= 1 << (place & 31);

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
    if (!met.has(place)) found.push(finding('lint.never-applies', policy, { rule: rule.id }));
    else if (!open.has(place)) {
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

function classesOf(book: RuleBook, dimension: (typeof DIMENSIONS)[number]): readonly TermClass[] {
  const { of, absent } = book.rows[dimension];
  const map = new Map<string, TermClass>();
  for (const [place, row] of of.entries()) {
    const key = row.join(',');
    if (!map.has(key)) map.set(key, { name: book.terms[dimension].names[place]!, row });
  }
  // A purpose or a system need not be named; an actor may have no role at all.
  if (dimension === 'for' || dimension === 'in' || dimension === 'who') {
    const key = absent.join(',');
    if (!map.has(key)) map.set(key, { name: '', row: absent });
  }
  const found = [...map.values()];
  // Where no rule looks at a dimension, no term of it tells anything.
  return found.length === 1 ? [{ ...found[0]!, name: '' }] : found;
}
