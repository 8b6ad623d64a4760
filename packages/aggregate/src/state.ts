import type { RegisterOptions } from './aggregator.ts';
import { AggregateError } from './error.ts';
import type { Settings } from './options.ts';

/** State of one register as the module writes it. */
export type RegisterState = Uint8Array<ArrayBuffer>;

/** Everything an aggregator knows. */
export interface SavedState {
  readonly settings: Settings;
  readonly registers: readonly {
    readonly options: RegisterOptions;
    readonly bytes: RegisterState;
  }[];
}

// A state, little-endian: `mgagg` and three digits of the version · u32 length of a JSON head · the head (settings, and
// of each register its options and the length of its state) · the states one after another · u32 checksum of all before.
const MAGIC = 'mgagg001';

interface Head {
  readonly settings: Settings;
  readonly registers: readonly {
    readonly id?: string;
    readonly scale: number;
    readonly kind?: 'momentary';
    readonly capacity?: string | null;
    readonly length: number;
  }[];
}

export function writeState(state: SavedState): Uint8Array<ArrayBuffer> {
  const head: Head = {
    settings: state.settings,
    registers: state.registers.map(({ options: { id, scale, kind, capacity }, bytes }) => ({
      ...(id === undefined ? {} : { id }),
      scale,
      ...(kind === 'momentary' ? { kind } : {}),
      ...(capacity === undefined ? {} : { capacity: capacity === null ? null : String(capacity) }),
      length: bytes.length,
    })),
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const sum = state.registers.reduce((total, { bytes }) => total + bytes.length, 0);
  const out = new Uint8Array(MAGIC.length + 4 + text.length + sum + 4);
  const view = new DataView(out.buffer);
  out.set(new TextEncoder().encode(MAGIC));
  view.setUint32(MAGIC.length, text.length, true);
  let at = MAGIC.length + 4;
  out.set(text, at);
  at += text.length;
  for (const { bytes } of state.registers) {
    out.set(bytes, at);
    at += bytes.length;
  }
  view.setUint32(at, checksum(out.subarray(0, at)), true);
  return out;
}

/** @throws AggregateError `state/invalid` for bytes that were not written by {@link writeState}, or have changed since. */
export function readState(bytes: Uint8Array): SavedState {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = MAGIC.length + 4;
  const end = bytes.length - 4;
  if (
    end < start ||
    new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC ||
    view.getUint32(end, true) !== checksum(bytes.subarray(0, end))
  )
    throw new AggregateError(
      'state/invalid',
      'these bytes are no state of this version, or damaged',
    );
  let at = start + view.getUint32(MAGIC.length, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(start, at))) as Head;
  const registers = head.registers.map(({ capacity, length, ...rest }) => {
    const state = bytes.slice(at, at + length);
    at += length;
    const limit = typeof capacity === 'string' ? BigInt(capacity) : capacity;
    return {
      options: { ...rest, ...(limit === undefined ? {} : { capacity: limit }) },
      bytes: state,
    };
  });
  if (at !== end)
    throw new AggregateError('state/invalid', 'the parts of this state do not add up');
  return { settings: head.settings, registers };
}

/** FNV-1a, 32 bits. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < bytes.length; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash >>> 0;
}
