import { ACTIONS, VIFE_ROWS, type VifeRow } from './tables/vife.ts';

const MAIN = new Map<number, VifeRow>();
const FC = new Map<number, VifeRow>();
for (const row of VIFE_ROWS) (row.table === 'main' ? MAIN : FC).set(row.code, row);

/** What the host reads of a value information block beside what the columns say. */
export interface Vib {
  readonly modifiers: readonly string[];
  /** The unit with what VIFEs divide or multiply it by. */
  readonly unit: string;
}

const code = (byte: number): string => byte.toString(16).padStart(2, '0');

/** Units of the primary VIFs under VIFE 3D (EN 13757-3 annex, W4B21021 appendix C): named, never converted. */
const NON_METRIC: Readonly<Record<string, string>> = {
  Wh: 'BTU',
  m3: 'kgal',
  'm3/min': 'kgal/min',
  W: 'BTU/s',
  '°C': '°F',
  K: '°F',
};

function textUnit(bytes: Uint8Array, at: number, length: number): string {
  let text = '';
  for (let i = at + length - 1; i >= at; i--) text += String.fromCharCode(bytes[i] as number);
  return text;
}

/** Whether LEN and a printable text stand at `at`, right behind the VIF; assembly/records/vib.ts decides the same way. */
function textFollows(bytes: Uint8Array, at: number, end: number): boolean {
  const length = bytes[at] as number;
  if (at >= end || length === 0 || length >= 0x20 || at + 1 + length > end) return false;
  for (let i = at + 1; i <= at + length; i++) {
    const character = bytes[i] as number;
    if (character < 0x20 || character === 0x7f) return false;
  }
  return true;
}

/** Reads the block of `length` bytes at `start`; `unit` is the VIF's own. `toMeter`: VIFEs 00 … 0D are actions. */
export function readVib(
  bytes: Uint8Array,
  start: number,
  length: number,
  unit: string,
  toMeter: boolean,
): Vib {
  const end = start + length;
  const modifiers: string[] = [];
  if (length === 0) return { modifiers, unit };
  let at = start;
  let byte = bytes[at++] as number;
  const vif = byte;
  let text: string | null = null;
  let textIsDue = false;
  if (byte === 0xfb || byte === 0xfd || byte === 0xef) {
    byte = bytes[at++] as number;
    if (vif === 0xfd && byte === 0xfd) byte = bytes[at++] as number;
  } else if ((byte & 0x7f) === 0x7c) {
    if (textFollows(bytes, at, end)) {
      text = textUnit(bytes, at + 1, bytes[at] as number);
      at += 1 + (bytes[at] as number);
    } else {
      textIsDue = true;
    }
  }
  let vendor = vif === 0xff;
  let scaled = unit;
  while (byte & 0x80 && at < end) {
    byte = bytes[at++] as number;
    if (vendor) {
      modifiers.push(`vendor_${code(byte & 0x7f)}`);
      continue;
    }
    const second = byte === 0xfc;
    if (second) byte = bytes[at++] as number;
    const row = (second ? FC : MAIN).get(byte & 0x7f);
    const action = toMeter && !second ? ACTIONS[byte & 0x7f] : undefined;
    modifiers.push(action ?? row?.name ?? `reserved_${second ? 'fc_' : ''}${code(byte & 0x7f)}`);
    if (row?.effect === 'per') scaled = `${scaled}/${row.unit}`;
    else if (row?.effect === 'times') scaled = `${scaled}·${row.unit}`;
    else if (row?.name === 'non_metric') scaled = NON_METRIC[scaled] ?? scaled;
    else if (row?.effect === 'vendor') vendor = true;
  }
  if (textIsDue && at < end) text = textUnit(bytes, at + 1, bytes[at] as number);
  return { modifiers, unit: text ?? scaled };
}

/** The same of a record that has no block of its own, from the numbers of its VIFEs. */
export function numbered(modifiers: number, unit: string): Vib {
  const names: string[] = [];
  for (let rest = modifiers; rest !== 0; rest >>>= 8) {
    const row = VIFE_ROWS[(rest & 0xff) - 1];
    if (row) names.push(row.name);
  }
  return { modifiers: names, unit };
}
