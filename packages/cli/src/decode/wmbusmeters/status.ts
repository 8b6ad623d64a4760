import type { DataRecord, Telegram } from '@metergram/decoder';
import { flagsText } from './value.ts';

/** How long a state has lasted is no state of its own: `dry_for_22_to_31_days`. */
const LASTED = /^(.+)_for_(\d+)_to_(\d+)_(hours|days)$/;

/** Records whose bits say what is wrong: of the standard, or of a maker whose bits a device profile names. */
const isFlags = ({
  quantity,
  kind,
  value,
  storage,
  flags,
  function: functionName,
}: DataRecord): boolean =>
  kind === 'number' &&
  value !== null &&
  storage === 0 &&
  functionName === 'instantaneous' &&
  (quantity === 'error_flags' || (quantity === 'info_flags' && flags !== undefined));

/** What the bits of a record say, in capitals. */
function wordsOf({ value, flags }: DataRecord): readonly string[] {
  if (flags !== undefined) return flags.filter((flag) => !LASTED.test(flag)).map(capitals);
  const text = flagsText(value ?? '0');
  return text === undefined ? [] : [text];
}
const capitals = (flag: string): string => flag.toUpperCase().replaceAll('-', '_');

/**
 * `OK`, or what is wrong, in capitals: the flags of the transport layer, and what error flags and info codes of records say, by the
 * words of a device profile, else as the number that they are. Undefined where the telegram tells neither.
 */
export function statusOf({ status, records }: Telegram): string | undefined {
  const told = records.filter(isFlags);
  if (status === null && told.length === 0) return undefined;
  const words = [...(status?.flags ?? []).map(capitals), ...told.flatMap(wordsOf)];
  return words.length === 0 ? 'OK' : [...new Set(words)].toSorted().join(' ');
}

/** A text that a driver makes of the bits of a record. */
export interface StateText {
  readonly name: string;
  readonly text: string;
  readonly record: DataRecord;
}

/**
 * The texts that a driver makes of a meter's info code: `current_status` all words, or for `time_dry:dry` how long that state has
 * lasted, `22-31 days`; empty where it has not.
 */
export function statesOf({ records }: Telegram, names: readonly string[]): readonly StateText[] {
  const record = records.find((one) => isFlags(one) && one.quantity === 'info_flags');
  if (record === undefined) return [];
  return names.map((entry) => {
    const [name = '', state] = entry.split(':');
    if (state === undefined) return { name, text: wordsOf(record).join(' '), record };
    const lasted = record.flags
      ?.map((flag) => LASTED.exec(flag))
      .find((found) => found?.[1] === state);
    const text = lasted == null ? '' : `${lasted[2]}-${lasted[3]} ${lasted[4]}`;
    return { name, text, record };
  });
}
