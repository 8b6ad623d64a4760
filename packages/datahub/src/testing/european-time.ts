// Local time by the European rule (directive 2000/84/EC): clocks go forward at 01:00 UTC on the last Sunday of March and
// back at 01:00 UTC on the last Sunday of October. Written apart from the client, which asks Intl: two roads to one answer.

const day = 86_400_000;

function lastSunday(year: number, month: number): number {
  const last = Date.UTC(year, month, 0, 1);
  return last - new Date(last).getUTCDay() * day;
}

/** Offset from UTC in milliseconds; `standard` is the winter offset in hours: 1 for Denmark and Norway, 2 for Finland. */
export function offset(ms: number, standard: number): number {
  const year = new Date(ms).getUTCFullYear();
  const summer = ms >= lastSunday(year, 3) && ms < lastSunday(year, 10);
  return (standard + (summer ? 1 : 0)) * 3_600_000;
}

/** The first instant of a civil day; months count from 1 and may run over. */
export function midnight(
  year: number,
  month: number,
  dayOfMonth: number,
  standard: number,
): number {
  const wall = Date.UTC(year, month - 1, dayOfMonth);
  const guess = wall - standard * 3_600_000;
  return wall - offset(guess - 3_600_000, standard) === guess - 3_600_000
    ? guess - 3_600_000
    : guess;
}

/** Year, month and day on the wall at an instant. */
export function civil(
  ms: number,
  standard: number,
): { readonly year: number; readonly month: number; readonly day: number } {
  const wall = new Date(ms + offset(ms, standard));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
}

/** The first instant of the day, month or year after the one that `ms` lies in. */
export function next(ms: number, step: 'P1D' | 'P1M' | 'P1Y', standard: number): number {
  const { year, month, day: of } = civil(ms, standard);
  if (step === 'P1D') return midnight(year, month, of + 1, standard);
  return step === 'P1M'
    ? midnight(year, month + 1, 1, standard)
    : midnight(year + 1, 1, 1, standard);
}

/** `2026-03-29T22:00:00Z`. */
export function stamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
