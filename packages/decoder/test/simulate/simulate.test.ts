import { describe, expect, it } from 'vitest';
import { hex } from '../../src/encode/octets.ts';
import { createDecoderSync } from '../../src/index.ts';
import { type FleetDescription, simulate, type SimulatedTelegram } from '../../src/simulate.ts';

const DAY: FleetDescription = {
  seed: 7,
  start: '2026-06-30T00:00:00Z',
  end: '2026-07-02T00:00:00Z',
  utcOffset: 0,
  meters: [{ count: 1, medium: 'water', protection: 'none' }],
};

function run(fleet: FleetDescription): SimulatedTelegram[] {
  const result = simulate(fleet);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return [...result.simulation.telegrams()];
}

/** The register of a water meter's telegram: eight BCD digits behind `0C 13`. */
function register({ bytes }: SimulatedTelegram): number {
  return Number(/0c13(..)(..)(..)(..)/.exec(hex(bytes))!.slice(1).toReversed().join(''));
}

function bytesOf(seed: number): string[] {
  return run({ ...DAY, seed }).map(({ bytes }) => hex(bytes));
}

/** Exported power: four bytes behind DIF 04, VIF 2B, VIFE 3C; the low two are enough. */
function power({ bytes }: SimulatedTelegram): number {
  return Number.parseInt(/04ab3c(..)(..)/.exec(hex(bytes))!.slice(1).toReversed().join(''), 16);
}

describe('a simulated fleet', () => {
  it('is refused where a field has a name that means nothing', () => {
    const misspelt = {
      ...DAY,
      sead: 3,
      damage: { bitErrors: 0.1 },
      receivers: [{ name: 'a', lost: 0.5 }],
      meters: [{ count: 1, medium: 'water' as const, clockDrift: 50 }],
    };
    const result = simulate(misspelt as FleetDescription);
    expect(result.ok ? [] : result.issues.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['simulate/unknown-field', '/sead'],
      ['simulate/unknown-field', '/damage/bitErrors'],
      ['simulate/unknown-field', '/receivers/0/lost'],
      ['simulate/unknown-field', '/meters/0/clockDrift'],
    ]);
  });

  it('says that a flow has no valid value where its field cannot hold it, never another one', () => {
    const meters = [
      { count: 1, medium: 'water' as const, protection: 'none' as const, annual: 2_000_000 },
    ];
    const flows = run({ ...DAY, meters }).map(
      ({ bytes }) =>
        createDecoderSync()
          .decode(bytes)
          .records.find(({ quantity }) => quantity === 'volume_flow')?.value,
    );
    expect(flows).toContain(null);
    for (const flow of flows) expect(Number(flow ?? 0)).toBeGreaterThanOrEqual(0);
  });

  it('is the same again for the same description, and another one for another seed', () => {
    expect(bytesOf(7)).toEqual(bytesOf(7));
    expect(bytesOf(7)).not.toEqual(bytesOf(8));
  });

  it('sends in order of time, within the time watched', () => {
    const fleet = { ...DAY, meters: [{ count: 40, medium: 'heat' as const, interval: 900 }] };
    const times = run(fleet).map(({ time }) => time);
    expect(times.length).toBe(40 * 4 * 48);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(Date.parse(DAY.start));
    expect(times.at(-1)).toBeLessThan(Date.parse(DAY.end));
  });

  it('counts up, keeps the value of the due date when a month begins, and rolls over', () => {
    const meters = [{ count: 1, medium: 'water' as const, protection: 'none' as const }];
    const seen = run({ ...DAY, meters: [{ ...meters[0]!, digits: 6, initial: 999_950 }] });
    const values = seen.map(register);
    const drops = values.filter((value, i) => i > 0 && value < values[i - 1]!);
    expect(drops.length).toBe(1);
    expect(values.every((value) => value < 1_000_000)).toBe(true);
    const july = seen.filter(({ time }) => time >= Date.parse('2026-07-01T00:00:00Z'));
    // Storage 1 on June 30: type G, day 30, June, year 26.
    expect(july.every(({ bytes }) => hex(bytes).includes('426c5e36'))).toBe(true);
    expect(seen.length).toBeGreaterThan(july.length);
  });

  it('puts a new meter in the place of an exchanged one', () => {
    const exchange = '2026-07-01T00:00:00Z';
    const result = simulate({
      ...DAY,
      meters: [{ ...DAY.meters[0]!, exchange, firstId: '10000000' }],
    });
    if (!result.ok) throw new Error('refused');
    expect(result.simulation.meters.map(({ id }) => id)).toEqual(['10000000', '10500000']);
    const seen = [...result.simulation.telegrams()];
    const before = seen.filter(({ time }) => time < Date.parse(exchange));
    expect(before.every(({ meter }) => meter === 0)).toBe(true);
    const after = seen.filter(({ time }) => time >= Date.parse(exchange));
    expect(after.length).toBe(24);
    expect(after.every(({ meter }) => meter === 1)).toBe(true);
    expect(register(after[0]!)).toBeLessThan(100);
  });

  it('loses, doubles and damages on the air as often as asked', () => {
    const seen = run({
      ...DAY,
      receivers: [{ name: 'near' }, { name: 'far', loss: 0.5 }],
      damage: { bitError: 0.1, cutShort: 0.1 },
      meters: [{ count: 50, medium: 'water', format: 'A' }],
    });
    const sent = 50 * 48;
    expect(seen.filter(({ receiver }) => receiver === 0).length).toBe(sent);
    const far = seen.filter(({ receiver }) => receiver === 1).length;
    expect(far / sent).toBeGreaterThan(0.45);
    expect(far / sent).toBeLessThan(0.55);
    for (const kind of ['bit-error', 'cut-short'] as const) {
      const share = seen.filter(({ damage }) => damage === kind).length / seen.length;
      expect(share).toBeGreaterThan(0.08);
      expect(share).toBeLessThan(0.12);
    }
  });

  it('exports at noon in summer what panels give, and nothing at night', () => {
    const [day] = [
      run({ ...DAY, meters: [{ count: 1, medium: 'electricity', solar: 10, protection: 'none' }] }),
    ];
    const at = (hour: number): number =>
      power(day.find(({ time }) => new Date(time).getUTCHours() === hour)!);
    expect(at(12)).toBeGreaterThan(1000);
    expect(at(1)).toBe(0);
  });

  it('tells what is wrong with a description, and where', () => {
    const result = simulate({
      start: '2026-01-01',
      end: '2026-01-01T00:00:00Z',
      meters: [{ count: 0, medium: 'heat' }],
    });
    expect(result.ok ? [] : result.issues.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['simulate/bad-time', '/start'],
      ['simulate/out-of-range', '/meters/0/count'],
    ]);
  });
});
