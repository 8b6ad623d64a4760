import type { DataRecord } from '../telegram.ts';

/** Data fields of the DIF that hold digits: 2, 4, 6, 8 and 12 of them. */
const DIGITS = new Set([9, 10, 11, 12, 14]);
const REAL = 5;
const VARIABLE = 13;

/** Types whose layout no public text gives: named, their bytes kept as sent. */
const WITHOUT_LAYOUT: Readonly<Record<string, string>> = {
  daylight_saving: 'K',
  listening_window: 'L',
  datetime: 'M',
  tariff_start: 'M',
  day_change: 'M',
  battery_change: 'M',
};

/**
 * The data type of a record's value in the letters of EN 13757-3 annex A, where DIF and VIF settle it: A (BCD), F, G, I, J
 * (times), H (real32), and K, L, M, whose layouts are not public. Undefined for integers, text and bytes without a type.
 */
export function dataTypeOf(record: DataRecord): string | undefined {
  const field = Number.parseInt(record.dib.slice(0, 2), 16) & 15;
  const lvar = field === VARIABLE ? Number.parseInt(record.raw.slice(0, 2), 16) : 0;
  switch (record.kind) {
    case 'date':
      return 'type G';
    case 'time':
      return 'type J';
    case 'datetime':
      return record.raw.length === 8 ? 'type F' : 'type I';
    case 'number':
      if (field === REAL) return 'type H';
      return DIGITS.has(field) || (lvar >= 0xc0 && lvar <= 0xdf) ? 'type A' : undefined;
    case 'bytes': {
      const letter = WITHOUT_LAYOUT[record.quantity];
      return letter && `type ${letter}, no public layout: bytes as sent`;
    }
    default:
      return undefined;
  }
}
