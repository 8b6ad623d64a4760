import type { MeterAddress } from '@metergram/decoder';
import { UsageError } from '../usage-error.ts';
import { csvFields, placedLines } from './placed-lines.ts';

/** `value · numerator / denominator`. */
export interface Factor {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** What a field is called, and what its value is multiplied by where the new name has another unit. */
export interface Renamed {
  readonly name: string;
  readonly factor?: Factor;
}

/** UserNames that a user gives to the fields of some meters. */
export interface UserNames {
  /** What a field of this meter becomes: itself, another name, or undefined where it is left out. */
  renamed(meter: MeterAddress | null, field: string): Renamed | undefined;
  /** The text that stands in `name` or `meter`. */
  text(meter: MeterAddress | null, field: 'name' | 'meter'): string | undefined;
}

interface Row extends Renamed {
  readonly manufacturer: RegExp;
  readonly id: RegExp;
  readonly field: string;
}

/** Units at the end of a name that are multiples of each other: what one of them is in the first of its line. */
const UNITS: readonly Readonly<Record<string, readonly [bigint, bigint]>>[] = [
  {
    wh: [1n, 1n],
    kwh: [1000n, 1n],
    mwh: [1_000_000n, 1n],
    mj: [2500n, 9n],
    gj: [2_500_000n, 9n],
  },
  { w: [1n, 1n], kw: [1000n, 1n] },
  { kvarh: [1n, 1n] },
  { kvah: [1n, 1n] },
  { l: [1n, 1n], m3: [1000n, 1n] },
  { lh: [1n, 1n], m3h: [1000n, 1n] },
  { s: [1n, 1n], min: [60n, 1n], h: [3600n, 1n], d: [86_400n, 1n] },
  { bar: [1n, 1n] },
  { c: [1n, 1n] },
  // A difference of temperatures may be called by either.
  { k: [1n, 1n], c: [1n, 1n] },
  { v: [1n, 1n] },
  { a: [1n, 1n] },
  { hz: [1n, 1n] },
  { hca: [1n, 1n] },
];

/** Fields that hold no record: the first two are text that a user chooses, the others are what they are. */
const CHOSEN = new Set(['name', 'meter']);
const FIXED = new Set(['media', 'id', 'status', 'error', 'timestamp']);

const PATTERN = /^[0-9a-z*?]+$/i;

/**
 * Reads a file of names: CSV with the header `manufacturer,id,field,name`. `*` and `?` stand for any digits or letters; of
 * lines that fit, the last counts. An empty name leaves the field out.
 *
 * @throws UsageError that names the line.
 */
export function parseNames(text: string, file: string): UserNames {
  const [header, ...lines] = placedLines(text, file);
  const columns = ['manufacturer', 'id', 'field', 'name'];
  const found = header === undefined ? [] : csvFields(header.text, header.text);
  const at = columns.map((column) => found.map((name) => name.toLowerCase()).indexOf(column));
  if (header === undefined || at.includes(-1))
    throw new UsageError(`${header?.place ?? file} is not the header ${columns.join(',')}`);
  const rows = lines.map(({ text: line, place }): Row => {
    const fields = csvFields(line, header.text);
    const [manufacturer = '', id = '', field = '', name = ''] = at.map((column) => fields[column]);
    if (!PATTERN.test(manufacturer) || !PATTERN.test(id))
      throw new UsageError(`${place}: manufacturer and id are what they are, with * and ? for any`);
    if (!/^\w+$/.test(field) || FIXED.has(field))
      throw new UsageError(`${place}: ${JSON.stringify(field)} is no field that can be renamed`);
    if (!CHOSEN.has(field) && (!/^\w*$/.test(name) || CHOSEN.has(name) || FIXED.has(name)))
      throw new UsageError(`${place}: ${JSON.stringify(name)} is no name for a field`);
    const factor = CHOSEN.has(field) || name === '' ? undefined : factorOf(field, name, place);
    return {
      manufacturer: pattern(manufacturer),
      id: pattern(id),
      field,
      name,
      ...(factor === undefined ? {} : { factor }),
    };
  });
  const rowOf = (meter: MeterAddress | null, field: string): Row | undefined =>
    rows.findLast(
      (row) =>
        row.field === field &&
        row.manufacturer.test(meter?.manufacturer ?? '') &&
        row.id.test(meter?.id ?? ''),
    );
  return {
    renamed: (meter, field) => {
      const row = rowOf(meter, field);
      return row === undefined ? { name: field } : row.name === '' ? undefined : row;
    },
    text: (meter, field) => rowOf(meter, field)?.name,
  };
}

function pattern(text: string): RegExp {
  return new RegExp(`^${text.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
}

const unitOf = (name: string): string => /_([a-z0-9]+)$/.exec(name)?.[1] ?? '';

/** What a value of one name is multiplied by for another; undefined where the units are the same, null where they cannot be. */
export function factorBetween(field: string, name: string): Factor | undefined | null {
  const [from, to] = [unitOf(field), unitOf(name)];
  const family = UNITS.find((units) => from in units);
  if (from === to || family === undefined) return undefined;
  const [a, b] = [family[from], family[to]];
  if (a === undefined || b === undefined) return null;
  return { numerator: a[0] * b[1], denominator: a[1] * b[0] };
}

/** From the unit at the end of one name to that of the other; undefined where they are the same, or names have none. */
function factorOf(field: string, name: string, place: string): Factor | undefined {
  const factor = factorBetween(field, name);
  if (factor !== null) return factor;
  const units = Object.keys(UNITS.find((family) => unitOf(field) in family) ?? {});
  throw new UsageError(
    `${place}: a value in ${unitOf(field)} cannot be told in the unit of ${name}`,
    `units that can: ${units.join(', ')}`,
  );
}
