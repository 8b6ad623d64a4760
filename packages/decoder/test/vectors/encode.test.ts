import { describe, expect, it } from 'vitest';
import { encoded } from '../../src/encode.ts';
import { hex, octets } from '../../src/encode/octets.ts';
import { VECTORS } from './cases.ts';

describe('the encoder gives the bytes that the standards print', () => {
  const described = VECTORS.filter(([, { description }]) => description !== undefined);

  it('has descriptions to build', () => {
    expect(described.length).toBeGreaterThan(25);
  });

  it.each(described)('%s', (_, { description, hex: printed, layer }) => {
    const bytes = encoded(description!);
    // Bare records come out behind a CI field.
    const header =
      layer === 'records' ? bytes.slice(bytes.length - octets(printed)!.length) : bytes;
    expect(hex(header)).toBe(hex(octets(printed)!));
  });
});
