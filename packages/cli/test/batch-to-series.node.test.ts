import { createAggregatorSync } from '@metergram/aggregate';
import { createDecoderSync } from '@metergram/decoder';
import { encoded } from '@metergram/decoder/encode';
import { RegisterReader } from '@metergram/decoder/reading';
import { expect, it } from 'vitest';

it('telegrams become hours without an object for any record', () => {
  const start = Date.UTC(2026, 0, 1);
  const telegrams = Array.from({ length: 25 }, (_, hour) =>
    encoded({
      meter: { manufacturer: 'KAM', id: '12345678', medium: 'water' },
      records: [
        { quantity: 'volume', unit: 'm3', value: `${100 + hour}.${String(hour).padStart(3, '0')}` },
      ],
    }),
  );
  const offsets = new Uint32Array(telegrams.length + 1);
  telegrams.forEach((bytes, i) => (offsets[i + 1] = (offsets[i] as number) + bytes.length));
  const bytes = Uint8Array.from(telegrams.flatMap((telegram) => [...telegram]));
  const received = Float64Array.from(telegrams, (_, hour) => start + hour * 3_600_000);

  const decoder = createDecoderSync();
  const reader = new RegisterReader();
  const aggregator = createAggregatorSync({ resolution: 'PT1H' });
  const { readings, registers } = reader.read(decoder.decodeBatch(bytes, offsets), received);
  aggregator.addRegisters(registers);
  aggregator.push(readings);
  const { intervals } = aggregator.drain();
  const values = Array.from(intervals.mantissa.subarray(0, intervals.length), Number);
  expect(values).toEqual(Array.from({ length: 24 }, () => 1001));
  expect(reader.registers[0]).toMatchObject({ manufacturer: 'KAM', id: '12345678', scale: -3 });
});
