import { describe, expect, it } from 'vitest';
import { hex } from '../../src/encode/octets.ts';
import {
  type FleetDescription,
  type RegisterValue,
  simulate,
  type Simulation,
} from '../../src/simulate.ts';

const QUARTER = 900_000;
const LIMIT = 100_000_000;
const start = '2026-06-30T22:00:00Z';
const end = '2026-07-02T22:00:00Z';
const exchange = '2026-07-01T10:07:00Z';

/** Unencrypted, so that the test reads registers off the bytes. */
const FLEET: FleetDescription = {
  seed: 7,
  start,
  end,
  receivers: [
    { name: 'a', loss: 0.1 },
    { name: 'b', loss: 0.3 },
  ],
  damage: { bitError: 0.02, cutShort: 0.01 },
  meters: [
    { count: 2, medium: 'electricity', link: 'wired', interval: 900, solar: 5 },
    { count: 3, medium: 'electricity', protection: 'none', format: 'A', interval: 900 },
    { count: 2, medium: 'electricity', protection: 'none', interval: 3600, exchange },
    { count: 2, medium: 'electricity', protection: 'none', interval: 900, initial: 99_999_500 },
  ],
};

function prepare(fleet: FleetDescription): Simulation {
  const result = simulate(fleet);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.simulation;
}

/** Eight BCD digits behind `0C 03`: energy in Wh. */
function energy(bytes: Uint8Array): number {
  const found = /0c03(..)(..)(..)(..)/.exec(hex(bytes))!;
  return Number(found.slice(1).toReversed().join(''));
}

/** How far a register has gone from one value to another, over a roll-over too. */
const gone = (from: number, to: number): number => (to - from + LIMIT) % LIMIT;

/** Undamaged arrivals by meter, in order of time. */
function heardOf(fleet: FleetDescription): Map<number, { time: number; energy: number }[]> {
  const heard = new Map<number, { time: number; energy: number }[]>();
  for (const { time, meter, bytes, damage } of prepare(fleet).telegrams()) {
    if (damage !== null) continue;
    heard.set(meter, [...(heard.get(meter) ?? []), { time, energy: energy(bytes) }]);
  }
  return heard;
}

describe('what the registers of a fleet show', () => {
  const heard = heardOf(FLEET);
  const simulation = prepare(FLEET);
  const sites = simulation.sites.map((_, site) => [...simulation.registers(site, QUARTER)]);

  it('stands at every full quarter from the start to the end', () => {
    for (const values of sites) {
      expect(values.map(({ time }) => time)).toEqual(
        Array.from({ length: 193 }, (_, i) => Date.parse(start) + i * QUARTER),
      );
    }
  });

  it('is what the telegrams in between say, and the same where one is sent on the quarter', () => {
    let same = 0;
    for (const values of sites)
      for (const [i, from] of values.slice(0, -1).entries()) {
        const to = values[i + 1] as RegisterValue;
        if (to.meter !== from.meter) continue;
        for (const one of heard.get(from.meter) ?? []) {
          if (one.time < from.time || one.time >= to.time) continue;
          expect(gone(from.value, one.energy)).toBeLessThanOrEqual(gone(from.value, to.value));
          if (one.time === from.time) {
            expect(one.energy).toBe(from.value);
            same++;
          }
        }
      }
    expect(same).toBeGreaterThan(100);
  });

  it('is known where the next telegram of the meter arrived whole', () => {
    const intervals = FLEET.meters.map(({ interval }) => interval! * 1000);
    let unknown = 0;
    for (const [site, values] of sites.entries()) {
      const { group } = simulation.sites[site]!;
      for (const { time, meter, known } of values) {
        if (time > Date.parse(end) - intervals[group]!) continue;
        const next = (heard.get(meter) ?? []).some(
          (one) => one.time >= time && one.time < time + intervals[group]!,
        );
        const first = time < Date.parse(start) + intervals[group]!;
        // Between an exchange and the new meter's first telegram there is more than one interval.
        const fresh = meter !== simulation.sites[site]!.meters[0];
        if (!first && !fresh) expect([site, time, known]).toEqual([site, time, next]);
        if (!known) unknown++;
      }
    }
    expect(unknown).toBeGreaterThan(10);
  });

  it('goes over to the new meter at the exchange, and over a roll-over', () => {
    const exchanged = sites.slice(5, 7);
    for (const values of exchanged) {
      const old = values.filter(({ time }) => time < Date.parse(exchange));
      expect(new Set(old.map(({ meter }) => meter)).size).toBe(1);
      expect(old.at(-1)!.known).toBe(false);
      const fresh = values.find(({ time }) => time >= Date.parse(exchange));
      expect(fresh!.meter).toBe(old[0]!.meter + 1);
      expect(fresh!.value).toBeLessThan(1000);
    }
    for (const values of sites.slice(7)) {
      expect(values[0]!.value).toBe(99_999_500);
      expect(values.at(-1)!.value).toBeLessThan(99_999_500);
    }
  });

  it('is never known of a meter whose key is wrong or missing, and does not depend on being heard', () => {
    const meters = [{ count: 1, medium: 'electricity' as const, interval: 900 }];
    const values = (fleet: FleetDescription) => [...prepare(fleet).registers(0, QUARTER)];
    const right = values({ seed: 7, start, end, meters });
    expect(right.every(({ known }) => known)).toBe(true);
    for (const keys of ['wrong', 'missing'] as const) {
      const other = values({ seed: 7, start, end, meters: [{ ...meters[0]!, keys }] });
      expect(other.some(({ known }) => known)).toBe(false);
      expect(other.map(({ value }) => value)).toEqual(right.map(({ value }) => value));
    }
  });
});
