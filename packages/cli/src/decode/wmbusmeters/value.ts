import type { DataRecord } from '@metergram/decoder';

/** `value · numerator / denominator`. */
export interface Factor {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** What a unit is called at the end of a field's name, and what the value is multiplied by. */
export interface FieldUnit extends Factor {
  readonly suffix: string;
}

const times = (suffix: string, numerator = 1n, denominator = 1n): FieldUnit => ({
  suffix,
  numerator,
  denominator,
});

/** Units of records beside those that fields are told in. */
const UNITS: Readonly<Record<string, FieldUnit>> = {
  Wh: times('kwh', 1n, 1000n),
  J: times('kwh', 1n, 3_600_000n),
  varh: times('kvarh', 1n, 1000n),
  VAh: times('kvah', 1n, 1000n),
  W: times('kw', 1n, 1000n),
  'J/h': times('kw', 1n, 3_600_000n),
  var: times('kvar', 1n, 1000n),
  VA: times('kva', 1n, 1000n),
  'm3/min': times('m3h', 60n),
  'm3/s': times('m3h', 3600n),
  m3·K: times('m3c'),
  '°C': times('c'),
  '°F': times('f'),
  '%': times('pct'),
  '°': times('deg'),
  year: times('y'),
};

const IN_HOURS: Readonly<Record<string, FieldUnit>> = {
  s: times('h', 1n, 3600n),
  min: times('h', 1n, 60n),
  d: times('h', 24n),
};

/** A unit is told otherwise for these quantities. */
const QUANTITY_UNITS: Readonly<Record<string, Readonly<Record<string, FieldUnit>>>> = {
  on_time: IN_HOURS,
  operating_time: IN_HOURS,
  relative_humidity: { '%': times('rh') },
  // A year has 31 556 952 seconds, as many as one of the calendar has on average.
  battery_remaining: { d: times('y', 86_400n, 31_556_952n) },
};

export function unitOf({ quantity, unit }: DataRecord): FieldUnit {
  return (
    QUANTITY_UNITS[quantity]?.[unit] ??
    UNITS[unit] ??
    times(unit.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
  );
}

/** What is no amount but a row of digits, zeros in front included: told as text, most significant byte first. */
const DIGITS =
  /^(?:(?:firmware|software|hardware|model)_version|fabrication_number|identification|parameter_set)$/;

/** The record's value as JSON for a field: in the unit that its name by rule says, and times a factor where the name has another. */
export function jsonOf(record: DataRecord, name: string, unit: FieldUnit, factor?: Factor): string {
  const { quantity, kind, value, dib, raw } = record;
  if (value === null) return 'null';
  if (DIGITS.test(quantity) && !isLvar(dib)) return JSON.stringify(highFirst(raw));
  if (kind === 'number' && quantity === 'error_flags' && !name.endsWith('_counter'))
    return JSON.stringify(flagsText(value) ?? 'OK');
  if (kind === 'number')
    return jsonNumber(value, factor === undefined ? unit : product(unit, factor));
  // To the minute, also where the meter tells seconds.
  return JSON.stringify(kind === 'datetime' ? value.slice(0, 16).replace('T', ' ') : value);
}

/** DIF 0D: the data has a length and a form of its own, text for one. */
const isLvar = (dib: string): boolean => dib[1] === 'd';
const highFirst = (raw: string): string =>
  (raw.match(/../g) ?? []).toReversed().join('').toUpperCase();

/** `ERROR_FLAGS_4300`; undefined where none is set. */
export function flagsText(value: string): string | undefined {
  const flags = BigInt(value);
  return flags === 0n ? undefined : `ERROR_FLAGS_${flags.toString(16).toUpperCase()}`;
}

export const product = (a: Factor, b: Factor): Factor => ({
  numerator: a.numerator * b.numerator,
  denominator: a.denominator * b.denominator,
});

/** Decimals of a quotient that does not end. */
const QUOTIENT_PLACES = 6;

/**
 * `decimal · factor`, as JSON writes numbers: exactly where that has an end, else rounded at six decimals, or as many as the
 * value has; zeros at the end of decimals are left out.
 */
export function jsonNumber(decimal: string, factor: Factor): string {
  const [, sign = '', whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  if (whole === undefined) return 'null';
  const shared = greatestDivisor(factor.numerator, factor.denominator);
  const denominator = factor.denominator / shared;
  const exact = decimalPlaces(denominator);
  const places =
    exact === undefined ? Math.max(fraction.length, QUOTIENT_PLACES) : fraction.length + exact;
  const dividend =
    BigInt(whole + fraction) *
    (factor.numerator / shared) *
    10n ** BigInt(places - fraction.length);
  const digits = String((2n * dividend + denominator) / (2n * denominator));
  const padded = digits.padStart(places + 1, '0');
  const cut = padded.length - places;
  const decimals = padded.slice(cut).replace(/0+$/, '');
  const text = `${padded.slice(0, cut)}${decimals === '' ? '' : `.${decimals}`}`;
  return text === '0' ? text : sign + text;
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestDivisor(b, a % b);
}

/** How many decimals a whole number has when it is divided by this; undefined where they do not end. */
function decimalPlaces(denominator: bigint): number | undefined {
  let left = denominator;
  let twos = 0;
  let fives = 0;
  for (; left % 2n === 0n; twos++) left /= 2n;
  for (; left % 5n === 0n; fives++) left /= 5n;
  return left === 1n ? Math.max(twos, fives) : undefined;
}
