import { Temporal } from 'temporal-polyfill';

/** Offset of a zone as the Temporal polyfill has it. */
export function toTimeZoneOffset(zone: string, ms: number): number {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return at.offsetNanoseconds / 1e6;
}
