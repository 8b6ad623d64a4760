// Time types of EN 13757-3 annex A, from bits to ISO 8601. Null is what is marked invalid or no date at all.

function two(n: number): string {
  return String(n).padStart(2, '0');
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
}

/** Two-digit years: 0 to 80 are 2000 to 2080, 81 to 99 are 1981 to 1999, more are no year. */
function fullYear(year: number): number | null {
  if (year > 99) return null;
  return year <= 80 ? 2000 + year : 1900 + year;
}

function date(low: number, high: number, century: number | null): string | null {
  const day = low & 0x1f;
  const month = high & 0x0f;
  const short = (low >> 5) | ((high >> 4) << 3);
  const year =
    century === null || century !== 1
      ? fullYear(short)
      : short > 99
        ? null
        : 1900 + 100 * century + short;
  if (year === null || !isDate(year, month, day)) return null;
  return `${year}-${two(month)}-${two(day)}`;
}

export interface Civil {
  readonly kind: 'date' | 'datetime' | 'time';
  readonly value: string | null;
  /** The meter itself says that it has no valid time: nothing is odd. */
  readonly marked: boolean;
}

/** `bytes` least significant first; the length chooses the type. Undefined where none has that length. */
export function civilOf(bytes: readonly number[]): Civil | undefined {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = bytes;
  switch (bytes.length) {
    case 2:
      return { kind: 'date', value: date(a, b, null), marked: a === 255 && b === 255 };
    case 3: {
      const valid = (a & 0x3f) < 60 && (b & 0x3f) < 60 && (c & 0x1f) < 24;
      const shown = `${two(c & 0x1f)}:${two(b & 0x3f)}:${two(a & 0x3f)}`;
      return {
        kind: 'time',
        value: valid ? shown : null,
        marked: a === 255 && b === 255 && c === 255,
      };
    }
    case 4: {
      const day = date(c, d, (b >> 5) & 3);
      const valid = (a & 0x80) === 0 && (a & 0x3f) < 60 && (b & 0x1f) < 24;
      return {
        kind: 'datetime',
        value: valid && day !== null ? `${day}T${two(b & 0x1f)}:${two(a & 0x3f)}` : null,
        marked: (a & 0x80) !== 0,
      };
    }
    case 6: {
      const day = date(d, e, null);
      const valid = (b & 0x80) === 0 && (a & 0x3f) < 60 && (b & 0x3f) < 60 && (c & 0x1f) < 24;
      const clock = `${two(c & 0x1f)}:${two(b & 0x3f)}:${two(a & 0x3f)}`;
      const value = valid && day !== null ? `${day}T${clock}` : null;
      return { kind: 'datetime', value, marked: (b & 0x80) !== 0 };
    }
    default:
      return undefined;
  }
}
