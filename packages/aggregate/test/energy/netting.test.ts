import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareDecimal,
  fromScaled,
  signDecimal,
  subtractDecimal,
  sumDecimal,
} from '@metergram/model';
import { netProduction } from '@metergram/aggregate/energy';
import { codesOf, type Given, HELSINKI, series, valuesOf } from './series.ts';

const from = '2023-06-01T09:00Z';
const head = { from, zone: HELSINKI };

const sum = (all: readonly (string | null)[] | undefined) => sumDecimal((all ?? []) as never);

describe('netting', () => {
  // Worked example: Turku Energia Sähköverkot, "Pientuotannon netotus", examples 1 and 2.
  it('gives 1 and 0 for 3 in and 2 out, 0 and 1 for 2 in and 3 out', () => {
    const taken = series(head, ['3', '2']);
    const fed = series({ ...head, direction: 'production' }, ['2', '3']);
    const { value, issues } = netProduction(taken, fed, 'PT1H');
    expect(issues).toEqual([]);
    expect(valuesOf(value?.nettedIn)).toEqual(['1', '0']);
    expect(valuesOf(value?.nettedOut)).toEqual(['0', '1']);
    expect(valuesOf(value?.net)).toEqual(['1', '-1']);
    expect(value?.meteredIn).toEqual(taken);
    expect(value?.meteredOut).toEqual(fed);
    expect(
      [value?.meteredIn, value?.net, value?.nettedIn, value?.nettedOut].map((s) => [
        s?.basis,
        s?.direction,
      ]),
    ).toEqual([
      ['metered', 'consumption'],
      ['netted', 'net'],
      ['netted', 'consumption'],
      ['netted', 'production'],
    ]);
  });

  it('depends on the period: quarters are netted alone or within their hour, never across', () => {
    const quarter = { from, zone: HELSINKI, resolution: 'PT15M' } as const;
    const taken = series(quarter, ['1', '0', '0', '1', '1', '0', '0', '0']);
    const fed = series(quarter, ['0', '1', '0.5', '0', '0', '0', '0', '3']);
    const quarters = netProduction(taken, fed, 'PT15M').value;
    expect(valuesOf(quarters?.nettedIn)?.slice(0, 4)).toEqual(['1', '0', '0.0', '1']);
    expect(valuesOf(quarters?.nettedOut)?.slice(0, 4)).toEqual(['0', '1', '0.5', '0']);
    const hours = netProduction(taken, fed, 'PT1H').value;
    expect(valuesOf(hours?.nettedIn)).toEqual(['0.5', '0']);
    expect(valuesOf(hours?.nettedOut)).toEqual(['0.0', '2']);
  });

  it('knows nothing where one side is missing, incomplete or not there', () => {
    const taken = series(head, ['3', null, '3', '3']);
    const fed = series(head, ['1', '1', ['1', 'incomplete']]);
    const { value } = netProduction(taken, fed, 'PT1H');
    expect(valuesOf(value?.nettedIn)).toEqual(['2', null, null, null]);
    expect(value?.net.points.map(({ quality }) => quality)).toEqual([
      'measured',
      'missing',
      'missing',
      'missing',
    ]);
    const late = netProduction(series(head, ['3']), series(head, ['1', '4']), 'PT1H').value;
    expect(valuesOf(late?.nettedOut)).toEqual(['0', null]);
  });

  it('keeps what was bought and sold in balance', () => {
    const amount = fc.tuple(fc.nat(9999), fc.nat(9999));
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 48 }), (pairs) => {
        const [ins, outs] = [0, 1].map((side): Given[] =>
          pairs.map((pair) => fromScaled(BigInt(pair[side] as number), -3)),
        );
        const { value } = netProduction(series(head, ins!), series(head, outs!), 'PT1H');
        const bought = valuesOf(value?.nettedIn) ?? [];
        const sold = valuesOf(value?.nettedOut) ?? [];
        const netted = subtractDecimal(sum(bought), sum(sold));
        expect(
          compareDecimal(netted, subtractDecimal(sum(ins as string[]), sum(outs as string[]))),
        ).toBe(0);
        for (const [i, value_] of bought.entries()) {
          expect([signDecimal(value_!), signDecimal(sold[i]!)]).not.toEqual([1, 1]);
          expect(signDecimal(value_!) + signDecimal(sold[i]!)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('refuses days, and series of two units', () => {
    const daily = series({ from: '2023-05-31T21:00Z', zone: HELSINKI, resolution: 'P1D' }, ['3']);
    expect(codesOf(netProduction(daily, daily, 'PT1H'))).toEqual(['energy/netting-period']);
    const hours = series(head, ['3']);
    expect(codesOf(netProduction(hours, series({ ...head, unit: 'Wh' }, ['3']), 'PT1H'))).toEqual([
      'energy/unit-mismatch',
    ]);
    expect(codesOf(netProduction(hours, hours, 'PT15M'))).toEqual(['energy/netting-period']);
  });
});
