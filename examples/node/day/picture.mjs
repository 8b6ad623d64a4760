// A day in the terminal: each meter's hours as bars, then the building hour by hour. Fits 80 columns.
import { fromScaled, sumDecimal, toScaled } from '@metergram/model';

const BARS = '▁▂▃▄▅▆▇█';
const ZONE = { timeZone: 'Europe/Oslo' };
const clock = new Intl.DateTimeFormat('en-GB', { ...ZONE, hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat('en-GB', { ...ZONE, dateStyle: 'long' });

/** Sum of the values that there are; null where there are none. */
export function sum(values) {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : sumDecimal(there);
}

/** Wh as kWh, the point moved and nothing rounded; anything else as it is. */
export function forPeople(value, unit) {
  if (unit !== 'Wh') return { value, unit: unit.replace('m3', 'm³') };
  if (value === null) return { value, unit: 'kWh' };
  const { mantissa, scale } = toScaled(value);
  return { value: fromScaled(mantissa, scale - 3), unit: 'kWh' };
}

/** One bar for each value, the highest full; a dot where there is none. */
export function bars(values) {
  const most = Math.max(...values.map((value) => Number(value ?? 0)));
  return values
    .map((value) => {
      if (value === null) return '·';
      if (most === 0) return BARS[0];
      return BARS[Math.min(7, Math.floor((Number(value) / most) * 8))];
    })
    .join('');
}

/** @param {readonly import('./series.mjs').MeterSeries[]} meters */
export function picture(meters) {
  const starts = [
    ...new Set(meters.flatMap(({ series }) => series.points.map(({ start }) => start))),
  ].sort();
  const values = new Map(meters.map((one) => [one, valuesAt(one.series, starts)]));
  const head = `${'METER'.padEnd(12)} ${'MEDIUM'.padEnd(19)} ${ruler(starts)}  ${'IN ALL'.padStart(9)}`;
  return [
    `${date.format(new Date(starts[Math.floor(starts.length / 2)]))}, each meter hour by hour`,
    head,
    ...meters.map((one) => meterLine(one, values.get(one))),
    '',
    ...building(meters, values, starts),
  ].join('\n');
}

function valuesAt({ points }, starts) {
  const at = new Map(points.map(({ start, value }) => [start, value]));
  return starts.map((start) => at.get(start) ?? null);
}

function meterLine({ medium, meter, series }, values) {
  const total = forPeople(sum(values), series.unit);
  const words = (medium ?? '').replaceAll('_', ' ');
  const shown = total.value ?? 'none';
  return `${meter.padEnd(12)} ${words.padEnd(19)} ${bars(values)}  ${shown.padStart(9)} ${total.unit}`;
}

/** The hours of the day over the bars: every sixth one. */
function ruler(starts) {
  return starts
    .filter((_, index) => index % 6 === 0)
    .map((start, index) =>
      clock
        .format(new Date(start))
        .slice(0, 2)
        .padEnd(Math.min(6, starts.length - 6 * index)),
    )
    .join('');
}

/** What the building used: its own wired meter of a medium where it has one, else the sum of the flats' meters. */
function building(meters, values, starts) {
  const media = new Set(meters.map(({ medium }) => medium));
  media.delete('heat_cost_allocator');
  const columns = [...media].map((medium) => {
    const all = meters.filter((one) => one.medium === medium);
    const wired = all.filter((one) => one.wired);
    const counted = wired.length > 0 ? wired : all;
    const { unit } = counted[0].series;
    return {
      words: medium.replaceAll('_', ' '),
      unit: forPeople(null, unit).unit,
      cells: starts.map((_, hour) => {
        const there = counted.map((one) => values.get(one)[hour]);
        return there.includes(null) ? '·' : forPeople(sum(there), unit).value;
      }),
    };
  });
  const widths = columns.map(({ cells, words }) =>
    Math.max(words.length, ...cells.map((cell) => cell.length)),
  );
  const line = (first, cells) =>
    `${first.padEnd(6)}${cells.map((cell, index) => `  ${cell.padStart(widths[index])}`).join('')}`;
  return [
    'The building, hour by hour (its own meters, else all flats; · is no value)',
    line(
      '',
      columns.map(({ words }) => words),
    ),
    line(
      'from',
      columns.map(({ unit }) => unit),
    ),
    ...starts.map((start, hour) =>
      line(
        clock.format(new Date(start)),
        columns.map(({ cells }) => cells[hour]),
      ),
    ),
  ];
}
