const TWO: readonly string[] = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));

/** `YYYY-MM-DD` of a day counted from 1970-01-01 in the proleptic Gregorian calendar. */
function dateText(days: number): string {
  // Counted from 0000-03-01, so that the leap day is the last of its year.
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${TWO[month]}-${TWO[day]}`;
}

/** Civil seconds since 1970-01-01 as ISO 8601 without a zone, as exact as the meter sent: day, minute or second. */
export function civilText(seconds: number, precision: 'day' | 'minute' | 'second'): string {
  const days = Math.floor(seconds / 86_400);
  const date = dateText(days);
  if (precision === 'day') return date;
  return `${date}T${clockText(seconds - days * 86_400, precision)}`;
}

/** Seconds of a day as `hh:mm` or `hh:mm:ss`. */
export function clockText(seconds: number, precision: 'minute' | 'second'): string {
  const clock = `${TWO[Math.floor(seconds / 3600)]}:${TWO[Math.floor(seconds / 60) % 60]}`;
  return precision === 'minute' ? clock : `${clock}:${TWO[seconds % 60]}`;
}
