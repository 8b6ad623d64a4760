/** A parsed ISO 8601 duration: calendar part in months and days, clock part in milliseconds. */
export interface CalendarDuration {
  readonly months: number;
  readonly days: number;
  readonly ms: number;
}

const PATTERN =
  /^P(?=.)(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,7})H)?(?:(\d{1,8})M)?(?:(\d{1,9})S)?)?$/;

/**
 * Parse `P1Y2M3D`, `P2W`, `PT72H` and the like (whole units only); null for anything else.
 *
 * ISO 8601-1:2019, 5.5.2.2.
 */
export function parseDuration(text: string): CalendarDuration | null {
  const match = PATTERN.exec(text);
  if (match === null) return null;
  const [, years, months, weeks, days, hours, minutes, seconds] = match.map((unit) =>
    Number(unit ?? 0),
  );
  return {
    months: years! * 12 + months!,
    days: weeks! * 7 + days!,
    ms: ((hours! * 60 + minutes!) * 60 + seconds!) * 1000,
  };
}
