import type { VendorRecord } from '../vendor.ts';

/** What the value of each kind of record looks like. */
const VALUES: Readonly<Record<NonNullable<VendorRecord['kind']>, RegExp>> = {
  number: /^(?!-0+(\.0+)?$)-?\d+(\.\d+)?$/,
  date: /^\d{4}-\d\d-\d\d$/,
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/,
  time: /^\d\d:\d\d(:\d\d)?$/,
  text: /^[^]*$/,
  bytes: /^([0-9a-f]{2})*$/,
  none: /^(?!)/,
};
const FUNCTIONS: ReadonlySet<string> = new Set(['instantaneous', 'maximum', 'minimum', 'error']);

const isCount = (value: unknown): boolean =>
  value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0);
const isText = (value: unknown): boolean => value === undefined || typeof value === 'string';

/** Why a record that a format gave is none, or nothing. It may be anything: formats are not ours. */
export function faultOf(given: unknown, bytes: number): string | undefined {
  if (typeof given !== 'object' || given === null) return 'it is no object';
  const one = given as Partial<VendorRecord>;
  const { at = -1, length = -1, kind = 'number', value } = one;
  if (!isCount(at) || !isCount(length) || at + length > bytes)
    return `at and length are no place in ${bytes} bytes`;
  if (typeof one.quantity !== 'string' || one.quantity === '') return 'quantity is no word';
  if (!isText(one.unit) || !isText(one.obis)) return 'unit or obis is no text';
  if (!Object.hasOwn(VALUES, kind)) return 'kind is none of a record';
  if (value !== null && (typeof value !== 'string' || !VALUES[kind].test(value)))
    return `value is no ${kind}`;
  if (one.function !== undefined && !FUNCTIONS.has(one.function))
    return 'function is none of a record';
  if (!isCount(one.storage) || !isCount(one.tariff) || !isCount(one.subunit))
    return 'storage, tariff or subunit is no count';
  const { modifiers = [] } = one;
  if (!Array.isArray(modifiers) || !modifiers.every((word) => typeof word === 'string'))
    return 'modifiers are no words';
  return undefined;
}
