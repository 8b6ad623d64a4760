// A northern year in tables: outdoor temperature and sunshine. Linear between the months, a little different every day.
// Nothing here is transcendental, so every engine computes the same bits.

import { chance } from './random.ts';

/** Mean outdoor temperature at the middle of each month, °C. */
const TEMPERATURE = [-3, -3, 0, 5, 11, 15, 18, 17, 12, 7, 2, -1];
/** Mean production of one kW of panels in an hour around noon, kW. */
const NOON = [0.08, 0.2, 0.4, 0.55, 0.66, 0.68, 0.66, 0.58, 0.42, 0.24, 0.1, 0.05];
/** Half the length of the day, hours. */
const HALF_DAY = [3.2, 4.6, 6, 7.4, 8.7, 9.5, 9.1, 7.9, 6.4, 5, 3.7, 2.9];

const DAY = 86_400_000;
/** Salts keep draws for different purposes apart. */
const MILDNESS = 101;
const CLOUDS = 102;

/** A table's value for a day, between the middles of two months. `civil` is milliseconds of civil time since 1970. */
export function seasonal(table: readonly number[], civil: number): number {
  const date = new Date(civil);
  const place = date.getUTCMonth() + (date.getUTCDate() - 15) / 30.5 + 12;
  const month = Math.floor(place);
  const share = place - month;
  return table[month % 12]! * (1 - share) + table[(month + 1) % 12]! * share;
}

/** Outdoor temperature in an hour, °C: coldest at 5, warmest at 15. */
export function outdoorTemperature(seed: number, civil: number): number {
  const day = Math.floor(civil / DAY);
  const hour = Math.floor((civil % DAY) / 3_600_000);
  const swing = 3 - (6 * Math.abs(((hour - 15 + 36) % 24) - 12)) / 12;
  const mild = 8 * (chance(seed, MILDNESS, day) - 0.5);
  return seasonal(TEMPERATURE, civil) + mild - swing;
}

/** Production of one kW of panels in an hour, kWh. */
export function sunshine(seed: number, civil: number): number {
  const day = Math.floor(civil / DAY);
  const hour = Math.floor((civil % DAY) / 3_600_000) + 0.5;
  const away = Math.abs(hour - 12.5) / seasonal(HALF_DAY, civil);
  if (away >= 1) return 0;
  const clouds = 0.25 + 0.75 * chance(seed, CLOUDS, day);
  return seasonal(NOON, civil) * (1 - away * away) * clouds;
}
