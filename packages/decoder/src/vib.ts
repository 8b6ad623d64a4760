import { ACTIONS, VIFES } from './generated/vifes.ts';
import { BYTES, latin1 } from './hex.ts';

const NAMES: string[] = [];
/** By what a VIFE multiplies or divides the unit, with the sign. */
const FACTORS: string[] = [];
for (const word of VIFES) {
  // A regular expression would take longer to compile than all else that a start does.
  const per = word.indexOf('/');
  const times = word.indexOf('·');
  const sign = times < 0 || (per >= 0 && per < times) ? per : times;
  NAMES.push(word === '=' ? (NAMES.at(-1) as string) : sign < 0 ? word : word.slice(0, sign));
  FACTORS.push(sign < 0 ? '' : word.slice(sign));
}

/** What the host reads of a value information block beside what the columns say. */
export interface Vib {
  readonly modifiers: readonly string[];
  /** The unit with what VIFEs divide or multiply it by. */
  readonly unit: string;
}

/** Units of the primary VIFs under VIFE 3D (EN 13757-3 annex, W4B21021 appendix C): named, never converted. */
const NON_METRIC: Readonly<Record<string, string>> = {
  Wh: 'BTU',
  m3: 'kgal',
  'm3/min': 'kgal/min',
  W: 'BTU/s',
  '°C': '°F',
  K: '°F',
};

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

/** Reads the block from `start` up to `end`, of one byte at least; `unit` is the VIF's own. `toMeter`: VIFEs 00 … 0D are actions. */
export function readVib(
  bytes: Uint8Array,
  start: number,
  end: number,
  unit: string,
  toMeter: boolean,
): Vib {
  const modifiers: string[] = [];
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
      text = latin1(bytes, at + 1, at + 1 + (bytes[at] as number), true);
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
      modifiers.push(`vendor_${BYTES[byte & 0x7f]}`);
      continue;
    }
    const second = byte === 0xfc;
    if (second) byte = bytes[at++] as number;
    const vife = byte & 0x7f;
    // FC 00 is reserved, and 127 is VIFE 7F.
    const number = second ? (vife || 256) + 127 : vife;
    const name = NAMES[number];
    const action = toMeter && !second ? ACTIONS[vife] : undefined;
    modifiers.push(
      action ? `action_${action}` : name || `reserved_${second ? 'fc_' : ''}${BYTES[vife]}`,
    );
    scaled = unitUnder(number, scaled);
    vendor = number === 0x7f;
  }
  if (textIsDue && at < end) text = latin1(bytes, at + 1, at + 1 + (bytes[at] as number), true);
  return { modifiers, unit: text ?? scaled };
}

/** The unit of what was in `unit` before a VIFE: multiplied or divided, or that of the non-metric system. */
function unitUnder(number: number, unit: string): string {
  const other = NAMES[number] === 'non_metric' ? NON_METRIC[unit] : undefined;
  return other ?? unit + (FACTORS[number] ?? '');
}

/** The same of a record that has no block of its own, from the numbers of its VIFEs. */
export function numbered(modifiers: number, unit: string): Vib {
  const names: string[] = [];
  for (let rest = modifiers; rest !== 0; rest >>>= 8) {
    const number = (rest & 0xff) - 1;
    names.push(NAMES[number] as string);
    unit = unitUnder(number, unit);
  }
  return { modifiers: names, unit };
}
