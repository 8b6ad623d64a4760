import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Decoder } from '../../src/decoder.ts';
import { encoded } from '../../src/encode.ts';
import type { KeyEntry } from '../../src/index.ts';
import type { CoreExports } from '../../src/wasm.ts';
import { Traced } from './traced.ts';

// Counts, not times: every load, store and condition of the shipped module while it decodes.
const wasm = readFileSync(new URL('../../wasm/decoder.simd.wasm', import.meta.url));

const keyOf = (meter: number): Uint8Array =>
  Uint8Array.from({ length: 16 }, (_, i) => (meter * 7 + i * 13) & 255);
const idOf = (meter: number): string => String(10_000_000 + meter);
const keys = (count: number): KeyEntry[] =>
  Array.from({ length: count }, (_, meter) => ({
    manufacturer: 'XMG',
    id: idOf(meter),
    key: keyOf(meter),
  }));

interface Subject {
  readonly decoder: Decoder;
  readonly cost: (telegrams: readonly Uint8Array[]) => number;
}

function subject(entries: readonly KeyEntry[] = []): Subject {
  const traced = new Traced(wasm);
  const decoder = new Decoder(traced.instance.exports as unknown as CoreExports, { keys: entries });
  const decode = (telegrams: readonly Uint8Array[]): void => {
    const offsets = new Uint32Array(telegrams.length + 1);
    telegrams.forEach(({ length }, i) => (offsets[i + 1] = offsets[i]! + length));
    const bytes = new Uint8Array(offsets.at(-1)!);
    telegrams.forEach((telegram, i) => bytes.set(telegram, offsets[i]));
    const batch = decoder.decodeBatch(bytes, offsets);
    if (batch.length !== telegrams.length) throw new Error('not all were decoded');
  };
  return {
    decoder,
    cost: (telegrams) => {
      // A call cleans the rows of the one before: the second finds those that it leaves.
      decode(telegrams);
      const { addresses, branches } = traced.watch(() => decode(telegrams));
      return Number.parseInt(addresses, 10) + Number.parseInt(branches, 10);
    },
  };
}

const encrypted = (meter: number): Uint8Array =>
  encoded({
    meter: { manufacturer: 'XMG', id: idOf(meter), version: 1, medium: 'water' },
    transport: { header: 'short', accessNumber: 42, security: { mode: 5, key: keyOf(meter) } },
    records: [{ quantity: 'volume', unit: 'm3', value: '12.345' }],
  });

const wired = (records: number, meter = 1): Uint8Array =>
  encoded({
    link: { kind: 'wired-long', address: 1 },
    meter: { manufacturer: 'XMG', id: idOf(meter), version: 1, medium: 'heat' },
    transport: { header: 'long' },
    records: Array.from({ length: records }, () => ({
      quantity: 'energy',
      unit: 'Wh',
      value: '1234000',
      coding: 'int32' as const,
      exponent: 3,
    })),
  });

describe('what a telegram costs, in loads, stores and branches', () => {
  it('does not grow with the number of keys, up to a million', () => {
    const telegrams = Array.from({ length: 64 }, (_, meter) => encrypted(meter));
    const few = subject(keys(64));
    const many = subject(keys(1_000_000));
    const first = many.decoder.decode(telegrams[63]!);
    expect(first.security.state).toBe('decrypted');
    // A full table is probed a little further: never more than a fiftieth of the whole.
    expect(many.cost(telegrams)).toBeLessThan(few.cost(telegrams) * 1.02);
  });

  it('does not grow with the number of meters seen', () => {
    const { cost } = subject();
    const telegrams = Array.from({ length: 64 }, (_, meter) => wired(4, meter));
    const before = cost(telegrams);
    for (let from = 1000; from < 5000; from += 500)
      cost(Array.from({ length: 500 }, (_, i) => wired(4, from + i)));
    expect(cost(telegrams)).toBe(before);
  });

  it('grows by the same for each record', () => {
    const { cost } = subject();
    const at = (records: number): number => cost([wired(records)]);
    const each = (at(21) - at(1)) / 20;
    expect(each).toBeGreaterThan(0);
    expect(Math.abs((at(31) - at(1)) / 30 - each)).toBeLessThan(each * 0.05);
  });
});
