// How much a meter counts in an hour, and what its sensors show. Units: Wh for heat and electricity, litres for water and gas.

import { chance } from './random.ts';
import { outdoorTemperature, sunshine } from './weather.ts';

/** What is metered. */
export type Medium =
  | 'heat'
  | 'water'
  | 'warm_water'
  | 'electricity'
  | 'gas'
  | 'heat_cost_allocator';

/** Shares of a day's use by hour, in thousandths. */
const HOURS: Record<'tap' | 'plug' | 'heating', readonly number[]> = {
  tap: [8, 5, 4, 4, 8, 25, 70, 95, 75, 50, 42, 38, 42, 40, 34, 34, 40, 55, 75, 80, 70, 52, 34, 20],
  plug: [
    24, 21, 20, 20, 21, 25, 36, 44, 42, 38, 37, 38, 40, 38, 36, 38, 46, 62, 74, 76, 70, 60, 54, 40,
  ],
  heating: [
    36, 36, 36, 36, 38, 44, 50, 50, 46, 43, 41, 40, 39, 39, 39, 40, 42, 44, 46, 46, 45, 43, 41, 40,
  ],
};

/** No heating is needed above this outdoor temperature, °C; {@link DEGREE_HOURS} a year are below it. */
const HEATING_LIMIT = 17;
const DEGREE_HOURS = 100_000;
const DAYS = 365;
const USE = 201;
const VARIATION = 202;

/** What is counted in one hour from `civil` on. `annual` is the use in a usual year, in the medium's unit. */
export function hourlyUse(
  medium: Medium,
  annual: number,
  seed: number,
  meter: number,
  civil: number,
): number {
  const hour = Math.floor(civil / 3_600_000);
  const ofDay = hour % 24;
  // Between half and one and a half times the usual, per hour; the mean stays.
  const noise = 0.5 + chance(seed, USE, meter, hour);
  if (medium === 'heat' || medium === 'gas' || medium === 'heat_cost_allocator') {
    const degrees = HEATING_LIMIT - outdoorTemperature(seed, civil);
    if (degrees <= 0) return medium === 'gas' ? (annual / DAYS) * 0.05 * 0.04 * noise : 0;
    const shape = (HOURS.heating[ofDay]! * 24) / 1000;
    return (annual / DEGREE_HOURS) * degrees * shape * (0.9 + 0.2 * noise - 0.1);
  }
  const shape = HOURS[medium === 'electricity' ? 'plug' : 'tap'][ofDay]! / 1000;
  // Nobody taps water in some hours: whole draws, not a trickle.
  const draws =
    medium === 'electricity'
      ? noise
      : noise * (chance(seed, VARIATION, meter, hour) < 0.4 ? 2.5 : 0);
  return (annual / DAYS) * shape * draws;
}

/** Energy that panels of `peak` kW give in one hour from `civil` on, Wh. */
export function hourlySun(peak: number, seed: number, civil: number): number {
  return sunshine(seed, civil) * peak * 1000;
}

/** Supply and return temperature of a heat meter, tenths of a degree Celsius. */
export function heatTemperatures(seed: number, meter: number, civil: number): [number, number] {
  const outdoor = outdoorTemperature(seed, civil);
  const supply = Math.max(550, Math.round(10 * (75 - 1.2 * outdoor)));
  const back = 300 + Math.round(100 * chance(seed, VARIATION, meter, Math.floor(civil / 900_000)));
  return [supply, back];
}
