import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareGranularity,
  GRANULARITIES,
  isGranularity,
  isQuality,
  isResolution,
  parseResolution,
  QUALITIES,
  resolutionMs,
  sumQuality,
  worseQuality,
} from '@metergram/model';

const quality = fc.constantFrom(...QUALITIES);

describe('quality', () => {
  it('of a sum is the worst of its parts, incomplete when some are missing', () => {
    expect(sumQuality([])).toBe('missing');
    expect(sumQuality(['missing', 'missing'])).toBe('missing');
    expect(sumQuality(['measured', 'missing'])).toBe('incomplete');
    expect(sumQuality(['measured', 'estimated', 'measured'])).toBe('estimated');
    expect(sumQuality(['measured', 'measured'])).toBe('measured');
    expect(isQuality('measured')).toBe(true);
    expect(isQuality('toString')).toBe(false);
  });

  it('does not depend on order or grouping', () => {
    fc.assert(
      fc.property(quality, quality, quality, (a, b, c) => {
        expect(worseQuality(a, b)).toBe(worseQuality(b, a));
        expect(worseQuality(worseQuality(a, b), c)).toBe(worseQuality(a, worseQuality(b, c)));
        expect(sumQuality([a, b, c])).toBe(sumQuality([c, a, b]));
      }),
    );
  });
});

describe('resolution', () => {
  it('is ordered from raw to year', () => {
    const shuffled = GRANULARITIES.toReversed();
    expect(shuffled.sort(compareGranularity)).toEqual(GRANULARITIES);
    expect(compareGranularity('P1D', 'P1D')).toBe(0);
    expect(isGranularity('raw')).toBe(true);
    expect(isResolution('raw')).toBe(false);
  });

  it('has a length in milliseconds only where that is fixed', () => {
    expect(resolutionMs('PT15M')).toBe(900_000);
    expect(resolutionMs('PT1H')).toBe(3_600_000);
    expect(resolutionMs('P1D')).toBeNull();
  });

  it('knows the spellings of the field', () => {
    expect(parseResolution('PT60M')).toBe('PT1H');
    expect(parseResolution('P1D')).toBe('P1D');
    expect(parseResolution('PT900S')).toBe('PT15M');
    expect(parseResolution('P12M')).toBe('P1Y');
    expect(parseResolution('PT24H')).toBeNull();
    expect(parseResolution('PT30M')).toBeNull();
  });
});
