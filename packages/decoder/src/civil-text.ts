import { BYTES } from './hex.ts';

/** Two decimal digits: those of the byte that holds them as BCD. */
const two = (n: number): string => BYTES[n + 6 * Math.floor(n / 10)] as string;

/** Dates printed before, by day: meters that are read together send the same ones. */
const DATES = new Map<number, string>();
const MOST_DATES = 4096;

/** `YYYY-MM-DD` of a day counted from 1970-01-01; years 0000 … 9999. */
function dateText(days: number): string {
  let text = DATES.get(days);
  if (text === undefined) {
    if (DATES.size === MOST_DATES) DATES.clear();
    // The calendar of UTC is that of a clock without a zone.
    text = new Date(days * 86_400_000).toISOString().slice(0, 10);
    DATES.set(days, text);
  }
  return text;
}

/** Civil seconds since 1970-01-01 as ISO 8601 without a zone, as exact as the meter sent: day, minute or second. */
export function civilText(seconds: number, precision: 'day' | 'minute' | 'second'): string {
  const days = Math.floor(seconds / 86_400);
  const date = dateText(days);
  return precision === 'day' ? date : `${date}T${clockText(seconds - days * 86_400, precision)}`;
}

/** Seconds of a day as `hh:mm` or `hh:mm:ss`. */
export function clockText(seconds: number, precision: 'minute' | 'second'): string {
  const minutes = Math.floor(seconds / 60);
  const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return precision === 'minute' ? clock : `${clock}:${two(seconds % 60)}`;
}
