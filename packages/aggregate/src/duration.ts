const PATTERN =
  /^P(?=[\dT])(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,8})H)?(?:(\d{1,9})M)?(?:(\d{1,10})(?:[.,](\d{1,3}))?S)?)?$/;

/**
 * Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds, a day being 24 hours; null for any
 * other text. Years and months have no fixed length.
 */
export function durationMs(text: string): number | null {
  const match = PATTERN.exec(text);
  if (match === null) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(1, 6).map((part) => Number(part ?? 0));
  const fraction = Number((match[6] ?? '').padEnd(3, '0'));
  const minutesAll = ((weeks! * 7 + days!) * 24 + hours!) * 60 + minutes!;
  return (minutesAll * 60 + seconds!) * 1000 + fraction;
}
