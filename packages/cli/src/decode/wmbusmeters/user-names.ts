import type { MeterAddress } from '@metergram/decoder';
import { UsageError } from '../../usage-error.ts';
import { csvFields, placedLines } from '../placed-lines.ts';
import { factorBetween, unitsFor } from './factor.ts';
import type { Factor } from './value.ts';

/** What a field is called, and what its value is multiplied by where the new name has another unit. */
export interface Renamed {
  readonly name: string;
  readonly factor?: Factor;
}

/** Names that a user gives to the fields of some meters. */
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

/** Fields that hold no record: the first two are text that a user chooses, the others are what they are. */
export const CHOSEN: ReadonlySet<string> = new Set(['name', 'meter']);
export const FIXED: ReadonlySet<string> = new Set(['media', 'id', 'status', 'error', 'timestamp']);

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

/** From the unit at the end of one name to that of the other; undefined where they are the same, or names have none. */
function factorOf(field: string, name: string, place: string): Factor | undefined {
  const factor = factorBetween(field, name);
  if (factor !== null) return factor;
  throw new UsageError(
    `${place}: the value of ${field} cannot be told in the unit of ${name}`,
    `units that can: ${unitsFor(field).join(', ')}`,
  );
}
