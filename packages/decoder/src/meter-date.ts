/** The first of the bits of `decode`'s flags that are a date. */
const DATE_SHIFT = 16;

/**
 * A date in the flags of the module's `decode`: type G of EN 13757-3 annex A, day in bits 4–0, month in 11–8, the year's
 * last two digits in 7–5 and 15–12.
 *
 * @throws RangeError `date/invalid` for what is no date from 2000 to 2080 (docs/decisions/0005-two-digit-years.md).
 */
export function dateFlags(text: string): number {
  const date = new Date(text);
  const [years, month, day] = text.split('-').map(Number) as [number, number, number];
  const yy = years - 2000;
  if (date.toJSON()?.slice(0, 10) !== text || yy < 0 || yy > 80)
    throw new RangeError(`date/invalid: ${text}`);
  return (day | (month << 8) | ((yy & 7) << 5) | ((yy >> 3) << 12)) << DATE_SHIFT;
}
