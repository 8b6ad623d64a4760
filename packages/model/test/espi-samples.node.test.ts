import { describe, expect, it } from 'vitest';
import { instant, sumDecimal, type Decimal, type TimeSeries } from '@metergram/model';
import { timeSeries, validate } from '@metergram/model/schema';
import { fromEspi, toEspi } from '@metergram/model/xml';
import { hasSpecs, spec } from './shared.ts';

/** Sum of the raw values of a feed, taken from its text without any of our code. */
function rawSum(text: string): bigint {
  let sum = 0n;
  for (const block of text.matchAll(
    /<(?:\w+:)?IntervalReading>[^]*?<\/(?:\w+:)?IntervalReading>/g,
  )) {
    sum += BigInt(/<(?:\w+:)?value>(-?\d+)</.exec(block[0])?.[1] ?? 'none');
  }
  return sum;
}

function present(series: readonly TimeSeries[]): readonly Decimal[] {
  return series.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
}

describe.skipIf(!hasSpecs)('published samples of Green Button', () => {
  it.each([
    ['espi-15min-openespi-common.xml', 96, 'PT15M'],
    ['espi-hourly-nine-days.xml', 216, 'PT1H'],
  ] as const)('%s', (file, count, resolution) => {
    const text = spec(`green-button/${file}`);
    const { value, issues } = fromEspi(text);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(value).toHaveLength(1);
    expect(value[0]).toMatchObject({ unit: 'kWh', direction: 'consumption', resolution });
    expect(validate(timeSeries, value[0]).issues).toEqual([]);
    expect(present(value)).toHaveLength(count);
    expect(BigInt(sumDecimal(present(value)).replace('.', ''))).toBe(rawSum(text));
    const written = toEspi(value, { updated: instant('2026-01-01T00:00Z') });
    expect(fromEspi(written.value).value).toEqual(value);
  });

  it('a subscription with its usage point, thousandths of a watt-hour', () => {
    const text = spec('green-button/espi-batch-utilityapi-eddie.xml');
    const { value, issues } = fromEspi(text);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(value[0]?.meteringPoint).toBe('1669851');
    expect(value[0]?.direction).toBe('production');
    const places = new Set(present(value).map((one) => one.split('.')[1]?.length));
    expect([...places]).toEqual([6]);
    expect(BigInt(sumDecimal(present(value)).replace('.', ''))).toBe(rawSum(text));
  });

  it('a usage point without readings gives no series', () => {
    expect(fromEspi(spec('green-button/espi-usagepoint-eddie.xml')).value).toEqual([]);
  });
});
