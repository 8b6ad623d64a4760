import { QUALITIES, MISSING_FROM } from '@metergram/aggregate';
import { formatInstant } from '@metergram/model';
import { csvField } from '../csv-field.ts';

/** One interval, as it is printed. */
export interface Row {
  readonly meter: string;
  readonly start: number;
  readonly end: number;
  readonly mantissa: bigint;
  readonly decimals: number;
  readonly unit: string;
  readonly quality: number;
  readonly revision: number;
}

/** Prints rows in one of the formats. */
export interface Printer {
  begin(): string;
  row(row: Row): string;
}

/** `meter,start,end,value,unit,quality,revision`, a value that is missing being empty. RFC 4180, but lines end in LF. */
export function csvPrinter(): Printer {
  const span = spans();
  return {
    begin: () => 'meter,start,end,value,unit,quality,revision\n',
    row: ({ meter, start, end, unit, quality, revision, ...value }) =>
      `${csvField(meter)},${span(start, end)},${valueOf(quality, value)},${csvField(unit)},${QUALITIES[quality]},${revision}\n`,
  };
}

/** The same names in an object a line; a value that is missing is null, others are strings, as they are exact. */
export function jsonlPrinter(): Printer {
  return {
    begin: () => '',
    row: ({ meter, start, end, unit, quality, revision, ...value }) =>
      `${JSON.stringify({
        meter,
        start: formatInstant(start),
        end: formatInstant(end),
        value: quality < MISSING_FROM ? valueOf(quality, value) : null,
        unit,
        quality: QUALITIES[quality],
        revision,
      })}\n`,
  };
}

function valueOf(quality: number, value: { mantissa: bigint; decimals: number }): string {
  return quality < MISSING_FROM ? decimalText(value.mantissa, value.decimals) : '';
}

/** A mantissa with its decimals, exactly. */
export function decimalText(mantissa: bigint, decimals: number): string {
  if (decimals === 0) return mantissa.toString();
  const digits = (mantissa < 0n ? -mantissa : mantissa).toString().padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return `${mantissa < 0n ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** `start,end` as text. Many meters have the same intervals, so the texts are remembered. */
function spans(): (start: number, end: number) => string {
  const known = new Map<number, string>();
  return (start, end) => {
    let text = known.get(start);
    if (text === undefined) {
      if (known.size > 1 << 16) known.clear();
      text = `${formatInstant(start)},${formatInstant(end)}`;
      known.set(start, text);
    }
    return text;
  };
}
