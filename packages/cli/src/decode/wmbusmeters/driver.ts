import type { MeterAddress } from '@metergram/decoder';
import { ALLOCATORS } from './drivers/allocators.ts';
import { ELECTRICITY } from './drivers/electricity.ts';
import { HEAT } from './drivers/heat.ts';
import { OTHERS } from './drivers/others.ts';
import { WATER } from './drivers/water.ts';

/** How a kind of meter is named there: a row of the tables in `drivers/`. */
export interface DriverRow {
  /** What stands in `meter`. */
  readonly driver: string;
  /** Manufacturer, then versions, then media behind a slash where not all: `KAM 27/22, KAW 60`. */
  readonly devices: string;
  /** What stands in `media` where it is not the device type's own word. */
  readonly media?: string;
  /**
   * A line for each field: the name that it has by rule, then those that it has there. `{n}` stands for a number; on the right also
   * `{n-1}`, `{30-n}`, `{nn}` with two digits, and `{month}` for the month's English name.
   */
  readonly names: string;
  /** Texts that are made of an info code's bits: `current_status time_dry:dry`. */
  readonly states?: string;
}

/** The names of a kind of meter, read. */
export interface Driver {
  readonly driver: string;
  readonly media: string | undefined;
  readonly states: readonly string[];
  /** The names of what is called so by rule; undefined where the driver knows no other. */
  namesOf(rule: string): readonly string[] | undefined;
}

/** Every driver whose names are known. */
export const DRIVERS: readonly DriverRow[] = [
  ...WATER,
  ...HEAT,
  ...ALLOCATORS,
  ...ELECTRICITY,
  ...OTHERS,
];

interface Match {
  readonly manufacturer: string;
  readonly version: number | undefined;
  readonly medium: number | undefined;
  readonly row: DriverRow;
}

const DEVICE = /^([A-Z]{3})(?: (\d+))?(?:\/(\d+))?$/;

/** Every device of a row: `KAM 27/22, KAW 60`. */
function matchesOf(row: DriverRow): readonly Match[] {
  return row.devices.split(', ').map((device) => {
    const [, manufacturer = '', version, medium] = DEVICE.exec(device) ?? [];
    return {
      manufacturer,
      version: version === undefined ? undefined : Number(version),
      medium: medium === undefined ? undefined : Number(medium),
      row,
    };
  });
}

let known: readonly Match[] | undefined;
const read = new Map<DriverRow, Driver>();

/**
 * The driver for a meter, where its manufacturer, version and device type are known. Where that tool has two for such meters, the
 * first gives its name, and values have the names of both.
 */
export function driverOf(meter: MeterAddress | null): Driver | undefined {
  if (meter === null) return undefined;
  known ??= DRIVERS.flatMap(matchesOf);
  const rows = known
    .filter(
      ({ manufacturer, version = meter.version, medium = meter.mediumCode }) =>
        manufacturer === meter.manufacturer &&
        version === meter.version &&
        medium === meter.mediumCode,
    )
    .map(({ row }) => row);
  const [first, second] = rows.map(driverFrom);
  if (first === undefined || second === undefined) return first;
  return {
    ...first,
    namesOf: (rule) => {
      const names = [...(first.namesOf(rule) ?? []), ...(second.namesOf(rule) ?? [])];
      return names.length === 0 ? undefined : [...new Set(names)];
    },
  };
}

/** The driver of this name. */
export function driverNamed(name: string): Driver | undefined {
  const row = DRIVERS.find(({ driver }) => driver === name);
  return row === undefined ? undefined : driverFrom(row);
}

function driverFrom(row: DriverRow): Driver {
  let driver = read.get(row);
  if (driver === undefined) {
    driver = {
      driver: row.driver,
      media: row.media,
      states: row.states?.split(' ') ?? [],
      namesOf: namesFrom(row.names),
    };
    read.set(row, driver);
  }
  return driver;
}

const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

function namesFrom(text: string): Driver['namesOf'] {
  const exact = new Map<string, readonly string[]>();
  const numbered: { readonly pattern: RegExp; readonly names: readonly string[] }[] = [];
  for (const line of text.trim().split('\n')) {
    const [rule = '', ...names] = line.trim().split(/\s+/);
    if (!rule.includes('{n}')) exact.set(rule, names);
    else numbered.push({ pattern: new RegExp(`^${rule.replace('{n}', '(\\d+)')}$`), names });
  }
  return (rule) => {
    const named = exact.get(rule);
    if (named !== undefined) return named;
    for (const { pattern, names } of numbered) {
      const number = pattern.exec(rule)?.[1];
      const found = names.map((name) => filled(name, Number(number ?? NaN)));
      if (found.every((name) => name !== undefined)) return found;
    }
    return undefined;
  };
}

/** The number, or what is told of it, in its place; undefined where nothing is counted so. */
function filled(name: string, n: number): string | undefined {
  let counts = n > 0;
  const text = name.replaceAll(
    /\{(?:(\d+)-)?(n{1,2}|month)([+-]\d+)?\}/g,
    (_, from: string | undefined, word: string, by = '0') => {
      const number = from === undefined ? n + Number(by) : Number(from) - n;
      counts &&= number > 0;
      if (word === 'month') return MONTHS[(number - 1) % 12] ?? '';
      return String(number).padStart(word.length, '0');
    },
  );
  return counts ? text : undefined;
}
