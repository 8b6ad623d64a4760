// From a quantity, a unit and a power of ten to the value information block: VIF and VIFEs, EN 13757-3 clause 6.4.

import { VIF_ROWS, type VifRow } from '../tables/vif.ts';
import { VIFE_ROWS, type VifeRow } from '../tables/vife.ts';
import { latin1 } from './coding.ts';
import { EncodeFault } from './fault.ts';
import { join } from './octets.ts';

/** What a record is about. */
export interface Meaning {
  readonly quantity: string;
  /** Unit before the modifiers change it. May be left out where the quantity has one unit only. */
  readonly unit?: string;
  /** Combinable VIFEs in order, by name. */
  readonly modifiers?: readonly string[];
  /** Unit as text in the telegram (VIF 7C), for the quantity `plain_text_unit`. At most 31 characters. */
  readonly text?: string;
}

/** Where the bytes before the extension tables' codes come from. */
const PREFIX: Record<VifRow['table'], readonly number[]> = {
  main: [],
  fb: [0xfb],
  fd: [0xfd],
  fdfd: [0xfd, 0xfd],
};

/** The rows of a meaning's modifiers. A duration's name has four codes; the record's unit chooses. */
export function modifierRows(meaning: Meaning, pointer: string): VifeRow[] {
  return (meaning.modifiers ?? []).map((name, i) => {
    const rows = VIFE_ROWS.filter((row) => row.name === name);
    const row = rows.find(({ unit }) => unit === meaning.unit) ?? rows[0];
    if (row === undefined) {
      throw new EncodeFault(
        'encode/unknown-modifier',
        `${pointer}/modifiers/${i}`,
        `no combinable VIFE is called ${name}`,
      );
    }
    if (row.effect === 'add') {
      throw new EncodeFault(
        'encode/contradiction',
        `${pointer}/modifiers/${i}`,
        'an additive constant is not undone: give the record as dib, vib and data',
      );
    }
    return row;
  });
}

/** Rows of the VIF tables that fit quantity and unit, the best known table first. */
export function vifRows(meaning: Meaning, unitMatters: boolean, pointer: string): VifRow[] {
  const named = VIF_ROWS.filter(({ quantity }) => quantity === meaning.quantity);
  const { unit } = meaning;
  const fitting =
    unit === undefined || !unitMatters
      ? named
      : named.filter((row) => [row.unit].flat().includes(unit));
  if (fitting.length === 0) {
    throw new EncodeFault(
      'encode/unknown-quantity',
      named.length === 0 ? `${pointer}/quantity` : `${pointer}/unit`,
      named.length === 0
        ? `no VIF means ${meaning.quantity}`
        : `no VIF means ${meaning.quantity} in ${unit === '' ? 'no unit' : unit}`,
    );
  }
  return fitting;
}

/**
 * The code for `10^exponent` of the unit, or, where `exponent` is null, any. Where the exact power of ten is in no table,
 * the nearest smaller one is taken: the value then has more decimals, but stays exact.
 */
export function vifCode(
  rows: readonly VifRow[],
  meaning: Meaning,
  exponent: number | null,
  pointer: string,
): { prefix: readonly number[]; code: number; scale: number } {
  let best: { row: VifRow; code: number; scale: number } | null = null;
  for (const row of rows) {
    for (let i = 0; i < row.span; i++) {
      const units = typeof row.unit === 'string' ? null : row.unit;
      if (units !== null && meaning.unit !== undefined && units[i] !== meaning.unit) continue;
      const scale = units === null ? row.scale + i : row.scale;
      const better = best === null || scale > best.scale;
      if (exponent === null ? best === null : scale <= exponent && better) {
        best = { row, code: row.code + i, scale };
      }
    }
  }
  if (best === null) {
    throw new EncodeFault(
      'encode/no-scale',
      `${pointer}/value`,
      `${meaning.quantity} has no VIF for steps of 10^${exponent} ${meaning.unit ?? ''}`.trimEnd(),
    );
  }
  return { prefix: PREFIX[best.row.table], code: best.code, scale: best.scale };
}

/** VIF and VIFEs with their extension bits; the text of a plain-text unit stands right behind its VIF. */
export function valueInformation(
  prefix: readonly number[],
  code: number,
  modifiers: readonly VifeRow[],
  text: string | undefined,
  pointer: string,
): Uint8Array {
  const vifes = modifiers.flatMap((row) => (row.table === 'fc' ? [0x7c, row.code] : [row.code]));
  const chain = [...prefix, code, ...vifes];
  if (prefix.length + vifes.length > 10) {
    throw new EncodeFault('encode/too-long', `${pointer}/modifiers`, 'more than ten VIFEs');
  }
  const block = Uint8Array.from(chain, (byte, i) => (i < chain.length - 1 ? byte | 0x80 : byte));
  if (text === undefined) return block;
  if (text.length > 31) {
    throw new EncodeFault(
      'encode/too-long',
      `${pointer}/text`,
      'a unit of more than 31 characters',
    );
  }
  const at = prefix.length + 1;
  const unit = latin1(text, `${pointer}/text`).toReversed();
  return join(block.subarray(0, at), unit.length, unit, block.subarray(at));
}
