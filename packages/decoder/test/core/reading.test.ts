import { describe, expect, it } from 'vitest';
import { encoded, type RecordDescription } from '../../src/encode.ts';
import { createDecoderSync } from '../../src/index.ts';
import { readingOf, RegisterReader } from '../../src/reading.ts';
import { packed } from './telegrams.ts';

const decoder = createDecoderSync();
const at = Date.UTC(2026, 0, 1);

function telegram(id: string, medium: string, records: readonly RecordDescription[]): Uint8Array {
  return encoded({ meter: { manufacturer: 'ELS', id, medium }, records });
}

function read(
  reader: RegisterReader,
  telegrams: readonly Uint8Array[],
): ReturnType<RegisterReader['read']> {
  const { bytes, offsets } = packed(telegrams);
  return reader.read(
    decoder.decodeBatch(bytes, offsets),
    Float64Array.from(telegrams, (_, i) => at + i * 1000),
  );
}

const energy = { quantity: 'energy', unit: 'Wh', value: '5000' } as const;
const volume = (value: string): RecordDescription => ({ quantity: 'volume', unit: 'm3', value });

describe('the reading of a telegram', () => {
  it('is the counter of what the meter is for', () => {
    const reader = new RegisterReader();
    const { readings, registers } = read(reader, [
      telegram('00000001', 'heat', [volume('1.000'), energy]),
      telegram('00000002', 'water', [
        { ...volume('7.000'), storage: 1 } as RecordDescription,
        volume('2.500'),
      ]),
      telegram('00000001', 'heat', [energy]),
    ]);
    expect(readings.length).toBe(3);
    expect([...readings.register.subarray(0, 3)]).toEqual([0, 1, 0]);
    expect([...readings.time.subarray(0, 3)]).toEqual([at, at + 1000, at + 2000]);
    expect(reader.registers.map(({ id, quantity, unit }) => [id, quantity, unit])).toEqual([
      ['00000001', 'energy', 'Wh'],
      ['00000002', 'volume', 'm3'],
    ]);
    const values = Array.from(
      { length: 3 },
      (_, i) =>
        Number(readings.mantissa[i]) *
        10 ** (registers.scale[readings.register[i] as number] as number),
    );
    expect(values).toEqual([5000, 2.5, 5000]);
  });

  it.each([
    ['electricity', 'energy'],
    ['heat', 'energy'],
    ['heat_inlet', 'energy'],
    ['heat_cooling', 'energy'],
    ['cooling_inlet', 'energy'],
    ['cooling_outlet', 'energy'],
    ['heat_cost_allocator', 'heat_cost_allocation'],
    ['water', 'volume'],
    ['gas', 'volume'],
  ])('of %s is %s, wherever it stands', (medium, quantity) => {
    const all: readonly RecordDescription[] = [
      volume('1.000'),
      { quantity: 'heat_cost_allocation', unit: 'hca', value: '3' },
      energy,
    ];
    for (const records of [all, all.toReversed()])
      expect(readingOf(decoder.decode(telegram('00000009', medium, records)))?.quantity).toBe(
        quantity,
      );
  });

  it('keeps to the scale of its register, exactly or not at all', () => {
    const reader = new RegisterReader();
    const { readings, skipped } = read(reader, [
      telegram('00000003', 'water', [volume('1.00')]),
      telegram('00000003', 'water', [volume('2.0')]),
      telegram('00000003', 'water', [volume('3.005')]),
    ]);
    expect([...readings.mantissa.subarray(0, readings.length)]).toEqual([100n, 200n]);
    expect(skipped).toEqual({ withoutReading: 0, finer: 1 });
  });

  it('is none where the telegram has an error or no such record', () => {
    const reader = new RegisterReader();
    const whole = telegram('00000004', 'water', [volume('1.000'), energy]);
    const { readings, skipped } = read(reader, [
      whole.subarray(0, whole.length - 2),
      telegram('00000005', 'electricity', [volume('1.000')]),
      Uint8Array.of(1, 2, 3),
    ]);
    expect(readings.length).toBe(0);
    expect(skipped.withoutReading).toBe(3);
  });

  it('keeps registers apart that share a number, and their indexes over batches', () => {
    const reader = new RegisterReader();
    const water = telegram('00000006', 'water', [volume('1.000')]);
    const gas = telegram('00000006', 'gas', [volume('1.000')]);
    expect([...read(reader, [water, gas]).readings.register]).toEqual([0, 1]);
    expect([...read(reader, [gas, water]).readings.register]).toEqual([1, 0]);
    expect(reader.registers).toHaveLength(2);
    expect(() =>
      reader.read(decoder.decodeBatch(water, Uint32Array.of(0, water.length)), new Float64Array()),
    ).toThrow('reading/received');
  });
});
