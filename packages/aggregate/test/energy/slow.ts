/**
 * The judge of the energy calculations: quotients of whole numbers, and clocks read from `Intl`, written anew so that it
 * shares nothing with what it judges.
 */

/** Numerator and denominator, the latter above zero; never reduced. */
export type Ratio = readonly [bigint, bigint];

export const whole = (n: bigint): Ratio => [n, 1n];
export const plus = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * d + c * b, b * d];
export const times = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * c, b * d];
export const over = ([a, b]: Ratio, [c, d]: Ratio): Ratio =>
  c < 0n ? [-a * d, -b * c] : [a * d, b * c];
export const minus = (a: Ratio, [c, d]: Ratio): Ratio => plus(a, [-c, d]);
export const less = (a: Ratio, b: Ratio): boolean => minus(a, b)[0] < 0n;

/** What `sum` collects, over one denominator: adding many never grows it. */
export function total(all: readonly Ratio[]): Ratio {
  const shared = all.reduce((d, [, one]) => (d % one === 0n ? d : d * one), 1n);
  return [all.reduce((n, [m, d]) => n + m * (shared / d), 0n), shared];
}

/** The text of a decimal as a quotient. */
export function ratio(text: string): Ratio {
  const [before = '', after = ''] = text.split('.');
  return [BigInt(before + after), 10n ** BigInt(after.length)];
}

/** The text with so many places, rounded half to even, or half away from zero. */
export function rounded([n, d]: Ratio, places: number, half: 'even' | 'up' = 'even'): string {
  const [size, sign] = n < 0n ? [-n, '-'] : [n, ''];
  const scaled = size * 10n ** BigInt(places);
  let digits = scaled / d;
  const twice = 2n * (scaled % d);
  if (twice > d || (twice === d && (half === 'up' || digits % 2n === 1n))) digits++;
  const text = String(digits).padStart(places + 1, '0');
  const point = text.length - places;
  const shown = places === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`;
  return digits === 0n ? shown : sign + shown;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a zone show at an instant. */
export function clock(
  zone: string,
  at: number,
): { date: string; month: number; weekday: number; hour: number } {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      weekday: 'short',
      hourCycle: 'h23',
    });
  formats.set(zone, format);
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return {
    date: `${part['year']}-${part['month']}-${part['day']}`,
    month: Number(part['month']),
    weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part['weekday']!) + 1,
    hour: Number(part['hour']),
  };
}
