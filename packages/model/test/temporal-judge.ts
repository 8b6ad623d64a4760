import { Temporal } from 'temporal-polyfill';

/** Offset of a zone as the Temporal polyfill has it. */
export function toTimeZoneOffset(zone: string, ms: number): number {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return at.offsetNanoseconds / 1e6;
}

/** The first instant after `ms` at which the clocks of a zone change, as the Temporal polyfill has it. */
export function nextTransition(zone: string, ms: number): number | null {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  return at.getTimeZoneTransition('next')?.epochMilliseconds ?? null;
}
