import type { Telegram } from '@metergram/decoder';
import { flagsText } from './value.ts';

/**
 * `OK`, or what is wrong, in capitals: the flags of the transport layer, and error flags of a record that are not all zero as the
 * number that they are. Undefined where the telegram tells neither.
 */
export function statusOf({ status, records }: Telegram): string | undefined {
  const words = (status?.flags ?? []).map((flag) => flag.toUpperCase().replaceAll('-', '_'));
  const errors = records.filter(
    ({ quantity, kind, value, storage }) =>
      quantity === 'error_flags' && kind === 'number' && value !== null && storage === 0,
  );
  if (status === null && errors.length === 0) return undefined;
  words.push(...errors.flatMap(({ value }) => flagsText(value ?? '0') ?? []));
  return words.length === 0 ? 'OK' : words.toSorted().join(' ');
}
