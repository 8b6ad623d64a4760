// Value information block, EN 13757-3 clause 6.4: VIF and VIFEs.

import { ACTIONS, SECOND_VIFES, VIFES } from './vife-list.ts';
import { type VifKind, type VifMeaning, vifMeaning } from './vif-list.ts';
import type { Octets } from './octet.ts';

export interface VibReading {
  readonly meaning: VifMeaning;
  readonly modifiers: readonly string[];
  /** Unit after what VIFEs divide or multiply it by. */
  readonly unit: string;
  /** Power of ten that VIFEs add to that of the VIF. */
  readonly factor: number;
  /** Powers of ten of the constants to add. */
  readonly constants: readonly number[];
  readonly effects: readonly string[];
  /** What the value is instead of the quantity: how long, or how often, something about it was. */
  readonly instead: string | null;
  /** What the value is. Of the VIF and several VIFEs that say so, the last one does. */
  readonly type: VifKind;
  /** A code that no table defines. */
  readonly reserved: boolean;
  /** VIF FF, or VIFE 7F: the value's meaning is the manufacturer's. */
  readonly vendor: boolean;
  /** Place behind the block. */
  readonly next: number;
}

/** Units of the non-metric system (VIFE 3D): named, not converted. */
const NON_METRIC: Record<string, string> = {
  Wh: 'BTU',
  m3: 'kgal',
  'm3/min': 'kgal/min',
  W: 'BTU/s',
  '°C': '°F',
  K: '°F',
};

export function readVib(
  octets: Octets,
  start: number,
  toMeter: boolean,
  fail: (code: string) => never,
): VibReading {
  let at = start;
  const need = (): number => octets[at++]?.value ?? fail('record/truncated');
  let byte = need();
  const vif = byte;
  let table: 'main' | 'fb' | 'fd' | 'fdfd' = 'main';
  if (vif === 0xfb || vif === 0xfd) {
    table = vif === 0xfb ? 'fb' : 'fd';
    byte = need();
    if (table === 'fd' && byte === 0xfd) {
      table = 'fdfd';
      byte = need();
    }
  } else if (vif === 0xef) byte = need();
  const meaning = vif === 0xef ? vifMeaning('main', 0x6f) : vifMeaning(table, byte & 0x7f);
  const plain = table === 'main' && (vif & 0x7f) === 0x7c;
  let text: string | null = null;
  if (plain && textStandsAt(octets, at)) {
    text = textAt(octets, at);
    at += 1 + octets[at]!.value;
  }
  const modifiers: string[] = [];
  const effects: string[] = [];
  const constants: number[] = [];
  let { unit } = meaning;
  let behind = '';
  let factor = 0;
  let instead: { quantity: string; unit: string } | null = null;
  let type: VifKind = meaning.kind;
  const reserved = meaning.quantity === 'reserved';
  let vendor = vif === 0xff;
  const ownCodes = vendor;
  let behindVendor = ownCodes;
  for (let count = 0; byte & 0x80; count++) {
    byte = need();
    if (count >= 10) fail('record/too-many-vifes');
    if (behindVendor) {
      modifiers.push(`vendor_${(byte & 0x7f).toString(16).padStart(2, '0')}`);
      continue;
    }
    const second = byte === 0xfc;
    if (second) {
      // The prefix and the code behind it count as one.
      byte = need();
    }
    const code = byte & 0x7f;
    const row = (second ? SECOND_VIFES : VIFES).get(code);
    const action = toMeter && !second ? ACTIONS[code] : undefined;
    const hex = code.toString(16).padStart(2, '0');
    modifiers.push(action ?? row?.name ?? `reserved_${second ? 'fc_' : ''}${hex}`);
    if (action !== undefined || row === undefined) continue;
    // Why a record has no value is told by meters, not to them.
    if (row.effect !== 'error' || !toMeter) effects.push(row.effect);
    if (row.effect === 'per') behind += `/${row.with}`;
    if (row.effect === 'times') behind += `·${row.with}`;
    if (row.effect === 'scale') factor += Number(row.with);
    if (row.effect === 'add') constants.push(Number(row.with));
    if (row.effect === 'duration' || row.effect === 'count') {
      // The record is about how long or how often something was, no longer about the quantity itself.
      instead = { quantity: row.effect, unit: row.with };
      type = 'number';
      factor = 0;
    }
    if (row.effect === 'time' || row.effect === 'unsigned' || row.effect === 'bits')
      type = row.effect;
    const other = row.name === 'non_metric' ? NON_METRIC[`${unit}${behind}`] : undefined;
    if (other !== undefined) [unit, behind] = [other, ''];
    if (row.effect === 'vendor') {
      vendor = true;
      behindVendor = true;
    }
  }
  if (plain && text === null) {
    const length = octets[at]?.value ?? fail('record/truncated');
    if (at + 1 + length > octets.length) fail('record/truncated');
    text = textAt(octets, at);
    at += 1 + length;
  }
  return {
    meaning,
    modifiers,
    unit: text ?? `${instead?.unit ?? unit}${behind}`,
    factor,
    constants,
    effects,
    instead: instead?.quantity ?? null,
    type,
    reserved: reserved && instead === null,
    vendor,
    next: at,
  };
}

/** Meters in the field send the text right behind the VIF; the standard puts it behind the last VIFE. */
function textStandsAt(octets: Octets, at: number): boolean {
  const length = octets[at]?.value ?? 0;
  if (length === 0 || length >= 0x20 || at + 1 + length > octets.length) return false;
  return octets
    .slice(at + 1, at + 1 + length)
    .every(({ value }) => value >= 0x20 && value !== 0x7f);
}

function textAt(octets: Octets, at: number): string {
  const length = octets[at]!.value;
  return octets
    .slice(at + 1, at + 1 + length)
    .toReversed()
    .map(({ value }) => String.fromCharCode(value))
    .join('');
}
