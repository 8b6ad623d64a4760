import { daysFromCivil, daysInMonth, parseDecimal, parseEpochMs, toScaled } from '@metergram/model';
import { UsageError } from '../usage.ts';
import { BLOCK, type Spool } from './spool.ts';

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NEEDED = ['meter', 'time', 'value'] as const;
/** Values of more digits do not fit the 64 bits that registers are counted with. */
const MOST_DIGITS = 18;
/** Bytes of the longest line that is read. What is longer is no row of readings, and is not kept. */
const LONGEST = 65_536;

/** What is known of a meter from its rows. */
export interface Meter {
  readonly name: string;
  readonly unit: string;
  /** Most decimals seen. */
  decimals: number;
  /** Epoch milliseconds of the first and last instant. */
  from: number;
  to: number;
}

/**
 * Reads CSV of readings, a chunk of bytes at a time, into a spool. Plain rows are read byte by byte; one with quotes, or a
 * time or number in an unusual form, takes the long way to the same result.
 */
export class RowReader {
  readonly meters: Meter[] = [];
  readonly #spool: Spool;
  readonly #tell: (line: number, what: string) => void;
  readonly #byName = new Map<string, number>();
  /** Where the columns stand; −1 for a unit column that is not there. */
  #at: readonly [meter: number, time: number, value: number, unit: number] | undefined;
  #width = 0;
  #line = 0;
  #rest: Buffer = Buffer.alloc(0);
  /** Inside a line that was too long and has been told. */
  #skipping = false;
  /** Ends of the fields of the line in hand. */
  readonly #ends: number[] = [];
  #meterText = '';
  #meter = -1;
  #date = -1;
  #dateMs = 0;

  /** @param tell is told each line that cannot be read, and why */
  constructor(spool: Spool, tell: (line: number, what: string) => void) {
    this.#spool = spool;
    this.#tell = tell;
  }

  /** Lines read so far, the header included. */
  get lines(): number {
    return this.#line;
  }

  async chunk(bytes: Uint8Array): Promise<void> {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const buffer = this.#rest.length === 0 ? view : Buffer.concat([this.#rest, view]);
    let from = 0;
    for (;;) {
      const end = buffer.indexOf(NEWLINE, from);
      if (end < 0) break;
      if (this.#skipping) this.#skipping = false;
      else this.#take(buffer, from, end);
      if (this.#spool.open.length === BLOCK) await this.#spool.turn();
      from = end + 1;
    }
    if (this.#skipping) return;
    if (buffer.length - from > LONGEST) {
      this.#take(buffer, from, buffer.length);
      this.#rest = Buffer.alloc(0);
      this.#skipping = true;
      return;
    }
    this.#rest = Buffer.from(buffer.subarray(from));
  }

  /** The input has ended. @throws UsageError where there was no header. */
  async end(): Promise<void> {
    if (this.#rest.length > 0) this.#take(this.#rest, 0, this.#rest.length);
    if (this.#spool.open.length === BLOCK) await this.#spool.turn();
    if (this.#at === undefined) throw noHeader();
  }

  #take(buffer: Buffer, from: number, newline: number): void {
    this.#line++;
    const end = newline > from && buffer[newline - 1] === RETURN ? newline - 1 : newline;
    if (end === from) return;
    if (end - from > LONGEST) {
      if (this.#at === undefined) throw noHeader();
      this.#tell(this.#line, `longer than ${LONGEST} bytes`);
      return;
    }
    if (this.#at === undefined) {
      this.#header(buffer.toString('utf8', from, end));
      return;
    }
    const ends = this.#ends;
    let fields = 0;
    for (let at = from; at < end; at++) {
      const byte = buffer[at]!;
      if (byte === QUOTE) {
        this.#takeText(splitQuoted(buffer.toString('utf8', from, end)));
        return;
      }
      if (byte === COMMA) ends[fields++] = at;
    }
    ends[fields++] = end;
    if (fields !== this.#width) {
      this.#tell(this.#line, `${fields} fields where the header has ${this.#width}`);
      return;
    }
    const [meter, time, value, unit] = this.#at;
    const begin = (field: number): number => (field === 0 ? from : ends[field - 1]! + 1);
    const ms = this.#time(buffer, begin(time), ends[time]!);
    if (ms === null) {
      this.#tellTime(buffer.toString('utf8', begin(time), ends[time]!));
      return;
    }
    const name = buffer.toString('latin1', begin(meter), ends[meter]!);
    if (name !== this.#meterText || this.#meter < 0) {
      this.#meterText = name;
      this.#meter =
        this.#byName.get(name) ??
        this.#newMeter(
          name,
          buffer.toString('utf8', begin(meter), ends[meter]!),
          unit < 0 ? '' : buffer.toString('utf8', begin(unit), ends[unit]!),
        );
      if (this.#meter < 0) {
        this.#tell(this.#line, `meter ${quoted(name)} is no UTF-8`);
        return;
      }
    }
    if (unit >= 0 && !this.#sameUnit(buffer, begin(unit), ends[unit]!)) {
      this.#tellUnit(buffer.toString('utf8', begin(unit), ends[unit]!));
      return;
    }
    this.#value(buffer, begin(value), ends[value]!, ms);
  }

  #header(text: string): void {
    const names = splitQuoted(text.replace(/^\uFEFF/, ''))?.map((name) =>
      name.trim().toLowerCase(),
    );
    const at = NEEDED.map((name) => names?.indexOf(name) ?? -1);
    if (names === undefined || at.includes(-1)) throw noHeader();
    const twice = [...NEEDED, 'unit'].find(
      (name) => names.indexOf(name) !== names.lastIndexOf(name),
    );
    if (twice !== undefined) throw new UsageError(`the header names the column ${twice} twice`);
    this.#at = [at[0]!, at[1]!, at[2]!, names.indexOf('unit')];
    this.#width = names.length;
  }

  /** −1 for bytes that are no text: two such names may look the same and be of two meters. */
  #newMeter(key: string, name: string, unit: string): number {
    if (Buffer.from(name, 'utf8').toString('latin1') !== key) return -1;
    const index = this.meters.length;
    this.meters.push({ name, unit, decimals: 0, from: Infinity, to: -Infinity });
    this.#byName.set(key, index);
    return index;
  }

  #sameUnit(buffer: Buffer, from: number, to: number): boolean {
    const { unit } = this.meters[this.#meter]!;
    if (unit.length === to - from) {
      let same = true;
      for (let at = 0; at < unit.length; at++)
        if (unit.charCodeAt(at) !== buffer[from + at]) same = false;
      if (same) return true;
    }
    return buffer.toString('utf8', from, to) === unit;
  }

  /** `YYYY-MM-DDThh:mm[:ss[.fff]]` with `Z` or `±hh:mm`, else as the model reads it. */
  #time(buffer: Buffer, from: number, to: number): number | null {
    const two = (at: number): number => {
      const [a, b] = [buffer[at]! - ZERO, buffer[at + 1]! - ZERO] as const;
      return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : Number.NaN;
    };
    const slow = (): number | null => parseEpochMs(buffer.toString('latin1', from, to));
    if (to - from < 17 || buffer[from + 4] !== MINUS || buffer[from + 7] !== MINUS) return slow();
    const century = two(from);
    const year = century * 100 + two(from + 2);
    const [month, day, hour, minute] = [
      two(from + 5),
      two(from + 8),
      two(from + 11),
      two(from + 14),
    ] as const;
    const mark = buffer[from + 10];
    if (mark !== 84 || buffer[from + 13] !== 58 || !(hour < 24 && minute < 60)) return slow();
    let at = from + 16;
    let ms = 0;
    if (buffer[at] === 58) {
      const second = two(at + 1);
      if (!(second < 60)) return slow();
      ms = second * 1000;
      at += 3;
    }
    if (buffer[at] === DOT) return slow();
    let offset = 0;
    if (buffer[at] === 90 && at + 1 === to) offset = 0;
    else if (
      (buffer[at] === 43 || buffer[at] === MINUS) &&
      at + 6 === to &&
      buffer[at + 3] === 58
    ) {
      const [h, m] = [two(at + 1), two(at + 4)] as const;
      if (!(h < 24 && m < 60)) return slow();
      offset = (buffer[at] === 43 ? 1 : -1) * (h * 60 + m) * 60_000;
    } else return slow();
    const date = (year * 16 + month) * 32 + day;
    if (date !== this.#date) {
      if (!(month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)))
        return slow();
      this.#date = date;
      this.#dateMs = daysFromCivil(year, month, day) * 86_400_000;
    }
    return this.#dateMs + (hour * 60 + minute) * 60_000 + ms - offset;
  }

  #value(buffer: Buffer, from: number, to: number, time: number): void {
    const negative = buffer[from] === MINUS;
    let number = 0;
    let digits = 0;
    let decimals = -1;
    for (let at = negative ? from + 1 : from; at < to; at++) {
      const byte = buffer[at]!;
      if (byte === DOT && decimals < 0 && digits > 0) {
        decimals = 0;
        continue;
      }
      const digit = byte - ZERO;
      if (digit < 0 || digit > 9 || digits === 15) {
        this.#slowValue(buffer.toString('latin1', from, to), time);
        return;
      }
      number = number * 10 + digit;
      digits++;
      if (decimals >= 0) decimals++;
    }
    if (digits === 0 || decimals === 0) {
      this.#slowValue(buffer.toString('latin1', from, to), time);
      return;
    }
    const block = this.#spool.open;
    const at = block.length;
    const value = negative ? -number : number;
    block.halves[2 * at] = value;
    block.halves[2 * at + 1] = Math.floor(value / 2 ** 32);
    this.#add(time, Math.max(decimals, 0));
  }

  #slowValue(text: string, time: number): void {
    const decimal = parseDecimal(text.trim());
    if (decimal === null) {
      this.#tell(this.#line, `value ${quoted(text)} is no decimal number`);
      return;
    }
    const { mantissa, scale } = toScaled(decimal);
    if (mantissa.toString().replace('-', '').length > MOST_DIGITS || scale < -MOST_DIGITS) {
      this.#tell(this.#line, `value ${quoted(text)} has more than ${MOST_DIGITS} digits`);
      return;
    }
    const block = this.#spool.open;
    block.mantissa[block.length] = mantissa;
    this.#add(time, -scale);
  }

  #add(time: number, decimals: number): void {
    const block = this.#spool.open;
    const meter = this.meters[this.#meter]!;
    const at = block.length++;
    block.time[at] = time;
    block.meter[at] = this.#meter;
    block.decimals[at] = decimals;
    if (decimals > meter.decimals) meter.decimals = decimals;
    if (time < meter.from) meter.from = time;
    if (time > meter.to) meter.to = time;
  }

  /** A row with quotes: its fields are put back without them, and taken as any other. */
  #takeText(fields: readonly string[] | null): void {
    if (fields === null) {
      this.#tell(this.#line, 'a quoted field does not end where it should');
      return;
    }
    if (fields.length !== this.#width) {
      this.#tell(this.#line, `${fields.length} fields where the header has ${this.#width}`);
      return;
    }
    const [meter, time, value, unit] = this.#at!;
    const ms = parseEpochMs(fields[time]!);
    if (ms === null) {
      this.#tellTime(fields[time]!);
      return;
    }
    const name = fields[meter]!;
    if (name.includes('\ufffd')) {
      this.#tell(this.#line, `meter ${quoted(name)} is no UTF-8`);
      return;
    }
    const key = Buffer.from(name, 'utf8').toString('latin1');
    this.#meterText = key;
    this.#meter = this.#byName.get(key) ?? this.#newMeter(key, name, unit < 0 ? '' : fields[unit]!);
    if (unit >= 0 && fields[unit] !== this.meters[this.#meter]!.unit) this.#tellUnit(fields[unit]!);
    else this.#slowValue(fields[value]!, ms);
  }

  #tellTime(text: string): void {
    const zoneless = parseEpochMs(`${text}Z`) !== null;
    this.#tell(
      this.#line,
      zoneless
        ? `time ${quoted(text)} has neither zone nor offset`
        : `time ${quoted(text)} is no ISO 8601 date and time`,
    );
  }

  #tellUnit(text: string): void {
    const { unit } = this.meters[this.#meter]!;
    this.#tell(
      this.#line,
      `unit ${quoted(text)} is another than the meter's first, ${quoted(unit)}`,
    );
  }
}

/**
 * Fields of a line of CSV, RFC 4180; null where a quoted field has no end in its line, or goes on after it. Line breaks
 * within quotes are not known.
 */
function splitQuoted(line: string): string[] | null {
  const fields: string[] = [];
  for (let at = 0; ; at++) {
    if (line[at] !== '"') {
      const end = line.indexOf(',', at);
      fields.push(end < 0 ? line.slice(at) : line.slice(at, end));
      at = end < 0 ? line.length : end;
    } else {
      let close = line.indexOf('"', at + 1);
      while (close >= 0 && line[close + 1] === '"') close = line.indexOf('"', close + 2);
      if (close < 0 || (close + 1 < line.length && line[close + 1] !== ',')) return null;
      fields.push(line.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
    }
    if (at >= line.length) return fields;
  }
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}

function noHeader(): UsageError {
  return new UsageError(
    'the input has no header meter,time,value',
    'the first line names the columns: meter,time,value and, if wanted, unit',
  );
}
