import {
  type Data,
  Dictionary,
  Int8,
  Int64,
  Table,
  Uint8,
  Uint16,
  Uint32,
  Utf8,
  type Vector,
  makeData,
  makeVector,
  vectorFromArray,
} from 'apache-arrow';
import type { TelegramBatch } from './batch.ts';
import type { RecordColumns } from './columns.ts';
import { MEANINGS } from './generated/meanings.ts';
import {
  LINK_KINDS,
  RECORD_KINDS,
  SECURITY_STATES,
  TELEGRAM_FLAGS,
  VALIDITIES,
} from './tables/codes.ts';
import { mediumOf } from './generated/media.ts';
import { manufacturerLetters } from './telegram-form.ts';

/** Words by number; `I` is the type of the numbers. */
type Words<I extends Uint8 | Uint16 | Uint32> = Dictionary<Utf8, I>;

/** Columns of {@link recordsTable}. A `type`, since Arrow wants an index signature. */
export type RecordSchema = {
  /** Row of the record's telegram in {@link telegramsTable}. */
  telegram: Uint32;
  /** Three letters; null where the telegram names no manufacturer. */
  manufacturer: Words<Uint32>;
  /** Eight digits; null where the telegram names no meter. */
  id: Words<Uint32>;
  /** Word of the device type; null where the telegram names no meter. */
  medium: Words<Uint32>;
  quantity: Words<Uint16>;
  /** Unit of `mantissa · 10^scale`, with what VIFEs divide or multiply it by; `''` for counts and what is no number. */
  unit: Words<Uint32>;
  /** `instantaneous`, `maximum`, `minimum`, `error`. */
  function: Words<Uint8>;
  /** The low 32 bits of the storage number. */
  storage: Uint32;
  tariff: Uint32;
  subunit: Uint16;
  /**
   * Null where there is no valid value, and where none is an integer: text, bytes, real numbers, and unsigned numbers
   * from 2^63 on, all of which the column `value` holds. Of dates and times of day: seconds, dates from 1970-01-01 in the
   * meter's civil time.
   */
  mantissa: Int64;
  scale: Int8;
  /** How the value is read: `number`, `date`, `datetime-minute`, `text`, … */
  kind: Words<Uint8>;
  /** `valid`, or why there is no value. */
  validity: Words<Uint8>;
};

/** The same with each value as text: exact decimal, ISO 8601 civil time, text or hexadecimal. */
export type RecordValueSchema = RecordSchema & { value: Utf8 };

/** Columns of {@link telegramsTable}. */
export type TelegramSchema = {
  firstRecord: Uint32;
  recordCount: Uint16;
  manufacturer: Words<Uint32>;
  id: Words<Uint32>;
  version: Uint8;
  medium: Words<Uint32>;
  link: Words<Uint8>;
  ci: Uint8;
  accessNumber: Uint8;
  status: Uint8;
  securityMode: Uint8;
  security: Words<Uint8>;
  issueCount: Uint16;
};

const FUNCTIONS = ['instantaneous', 'maximum', 'minimum', 'error'] as const;
const has = (kind: (typeof RECORD_KINDS)[number]): number => RECORD_KINDS.indexOf(kind);
/** Kinds whose mantissa is no integer to reckon with. */
const NO_INTEGER: ReadonlySet<number> = new Set(
  (['none', 'text', 'bytes', 'digits', 'real64', 'unsigned-text'] as const).map(has),
);
const WITH_UNIT: ReadonlySet<number> = new Set(
  (['none', 'number', 'real64', 'unsigned'] as const).map(has),
);
const UNSIGNED = has('unsigned');
const PLAIN_TEXT_UNIT = MEANINGS.findIndex(({ quantity }) => quantity === 'plain_text_unit');

/** Bits of validity, low bit first, and how many are zero; nothing where all rows are there. */
interface Nulls {
  readonly nullCount: number;
  readonly nullBitmap: Uint8Array | null;
}
const NO_NULLS: Nulls = { nullCount: 0, nullBitmap: null };

function nulls(length: number, isThere: (row: number) => boolean): Nulls {
  const nullBitmap = new Uint8Array((length + 7) >> 3);
  let nullCount = 0;
  for (let row = 0; row < length; row++) {
    if (isThere(row)) nullBitmap[row >> 3] = (nullBitmap[row >> 3] as number) | (1 << (row & 7));
    else nullCount++;
  }
  return nullCount === 0 ? NO_NULLS : { nullCount, nullBitmap };
}

/** A column of numbers: Arrow keeps `data` itself, not a copy. */
function numbers<T extends Uint8 | Uint16 | Uint32 | Int8 | Int64>(
  type: T,
  data: T['TArray'],
  { nullCount, nullBitmap }: Nulls = NO_NULLS,
): Vector<T> {
  return makeVector(
    makeData({
      type,
      data,
      length: data.length,
      nullCount,
      nullBitmap,
    } as never) as unknown as Data<T>,
  );
}

/** A column of words by number: Arrow keeps `indices` itself. */
function words<I extends Uint8 | Uint16 | Uint32>(
  list: readonly string[],
  type: I,
  indices: I['TArray'],
  { nullCount, nullBitmap }: Nulls = NO_NULLS,
): Vector<Words<I>> {
  // Arrow's writer wants at least one word, even where no row says one.
  const dictionary = vectorFromArray(list.length === 0 ? [''] : list, new Utf8());
  const data = makeData({
    type: new Dictionary(new Utf8(), type),
    length: indices.length,
    nullCount,
    nullBitmap,
    data: indices,
    dictionary,
  } as never);
  return makeVector(data as unknown as Data<Words<I>>);
}

/** Numbers words in the order in which they come. */
class Numbering {
  readonly list: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(word: string): number {
    let number = this.#numbers.get(word);
    if (number === undefined) {
      number = this.list.length;
      this.list.push(word);
      this.#numbers.set(word, number);
    }
    return number;
  }
}

/** Quantities, each once, and the number of each meaning's. */
const QUANTITIES = new Numbering();
const QUANTITY_OF = Uint16Array.from(MEANINGS, ({ quantity }) => QUANTITIES.numberOf(quantity));

/** The batch itself where it is detached, otherwise a copy that outlives the decoder's next call. */
function kept(batch: TelegramBatch): TelegramBatch {
  return batch.records.mantissa.buffer === batch.memory.buffer ? batch.detach() : batch;
}

interface MeterColumns {
  readonly manufacturer: Vector<Words<Uint32>>;
  readonly id: Vector<Words<Uint32>>;
  readonly medium: Vector<Words<Uint32>>;
}

/** Who the meter is, for rows of which row i belongs to telegram `of[i]`. */
function meterColumns({ telegrams }: TelegramBatch, of: Uint32Array): MeterColumns {
  const flag = (row: number, bit: number): boolean =>
    ((telegrams.flags[of[row] as number] as number) & bit) !== 0;
  const named = nulls(of.length, (row) => flag(row, TELEGRAM_FLAGS.meter));
  const signed = nulls(
    of.length,
    (row) => flag(row, TELEGRAM_FLAGS.meter) && !flag(row, TELEGRAM_FLAGS.anonymous),
  );
  const column = (wordOf: (telegram: number) => string, there: Nulls): Vector<Words<Uint32>> => {
    const numbering = new Numbering();
    const byTelegram = Uint32Array.from(telegrams.flags, (_, telegram) =>
      numbering.numberOf(wordOf(telegram)),
    );
    return words(
      numbering.list,
      new Uint32(),
      of.map((telegram) => byTelegram[telegram] as number),
      there,
    );
  };
  return {
    manufacturer: column((i) => manufacturerLetters(telegrams.manufacturer[i] as number), signed),
    id: column((i) => (telegrams.id[i] as number).toString(16).padStart(8, '0'), named),
    medium: column((i) => mediumOf(telegrams.medium[i] as number), named),
  };
}

/** For each record the row of its telegram. */
function telegramOfRecords({ length, telegrams, records }: TelegramBatch): Uint32Array {
  const of = new Uint32Array(records.mantissa.length);
  for (let telegram = 0; telegram < length; telegram++) {
    const first = telegrams.firstRecord[telegram] as number;
    of.fill(telegram, first, first + (telegrams.recordCount[telegram] as number));
  }
  return of;
}

/** Whether the meaning's unit is the record's: a VIF without VIFEs, whose unit is no text in the telegram. */
function hasPlainUnit(records: RecordColumns, row: number): boolean {
  if (records.meaning[row] === PLAIN_TEXT_UNIT) return false;
  return (records.place[row] as number) >>> 20 === 1 || records.modifiers[row] === 0;
}

function unitColumn(batch: TelegramBatch, of: Uint32Array): Vector<Words<Uint32>> {
  const { records, telegrams } = batch;
  const units = new Numbering();
  const indices = of.map((telegram, row) => {
    if (!WITH_UNIT.has(records.kind[row] as number)) return units.numberOf('');
    if (hasPlainUnit(records, row))
      return units.numberOf(MEANINGS[records.meaning[row] as number]?.unit ?? '');
    const place = row - (telegrams.firstRecord[telegram] as number);
    return units.numberOf(batch.view(telegram).records[place]?.unit ?? '');
  });
  return words(units.list, new Uint32(), indices);
}

function hasInteger(records: RecordColumns, row: number): boolean {
  const kind = records.kind[row] as number;
  if (records.validity[row] !== 0 || NO_INTEGER.has(kind)) return false;
  return kind !== UNSIGNED || (records.mantissa[row] as bigint) >= 0n;
}

function valuesOf(batch: TelegramBatch): Vector<Utf8> {
  const values: (string | null)[] = [];
  for (let i = 0; i < batch.length; i++)
    for (const record of batch.view(i).records) values.push(record.value);
  return vectorFromArray(values, new Utf8());
}

/**
 * The records of a batch as an Apache Arrow table, a row each: for IPC files, DuckDB, data frames. `apache-arrow` is an
 * optional peer dependency that only this import needs.
 *
 * The table holds as long as you like. Of a detached batch, `mantissa`, `scale`, `storage`, `tariff`, `subunit` and the
 * numbers behind `function`, `kind` and `validity` are the batch's own columns, not copies: write to neither. Any other
 * batch is detached first. `options.values` adds the column `value`, each value as exact text, at the cost of a string
 * for each record.
 *
 * @example
 * ```ts
 * import { tableToIPC } from 'apache-arrow';
 * import { recordsTable } from '@metergram/decoder/arrow';
 *
 * const bytes = tableToIPC(recordsTable(decoder.decodeBatch(telegrams, offsets)), 'file');
 * ```
 */
export function recordsTable(
  batch: TelegramBatch,
  options: { readonly values: true },
): Table<RecordValueSchema>;
export function recordsTable(
  batch: TelegramBatch,
  options?: { readonly values?: boolean },
): Table<RecordSchema>;
export function recordsTable(
  batch: TelegramBatch,
  options: { readonly values?: boolean } = {},
): Table<RecordSchema> | Table<RecordValueSchema> {
  const own = kept(batch);
  const { records } = own;
  const of = telegramOfRecords(own);
  const there = nulls(of.length, (row) => hasInteger(records, row));
  const quantity = Uint16Array.from(records.meaning, (meaning) => QUANTITY_OF[meaning] as number);
  const columns = {
    telegram: numbers(new Uint32(), of),
    ...meterColumns(own, of),
    quantity: words(QUANTITIES.list, new Uint16(), quantity),
    unit: unitColumn(own, of),
    function: words(FUNCTIONS, new Uint8(), records.function),
    storage: numbers(new Uint32(), records.storage),
    tariff: numbers(new Uint32(), records.tariff),
    subunit: numbers(new Uint16(), records.subunit),
    mantissa: numbers(new Int64(), records.mantissa, there),
    scale: numbers(new Int8(), records.scale),
    kind: words(RECORD_KINDS, new Uint8(), records.kind),
    validity: words(VALIDITIES, new Uint8(), records.validity),
  };
  return options.values
    ? new Table<RecordValueSchema>({ ...columns, value: valuesOf(own) })
    : new Table<RecordSchema>(columns);
}

/** The telegrams of a batch as an Apache Arrow table, a row each; as {@link recordsTable} in all else. */
export function telegramsTable(batch: TelegramBatch): Table<TelegramSchema> {
  const own = kept(batch);
  const { telegrams, length } = own;
  const flag = (row: number, bit: number): boolean =>
    ((telegrams.flags[row] as number) & bit) !== 0;
  const headed = nulls(length, (row) => flag(row, TELEGRAM_FLAGS.header));
  const signed = nulls(
    length,
    (row) => flag(row, TELEGRAM_FLAGS.meter) && !flag(row, TELEGRAM_FLAGS.anonymous),
  );
  return new Table<TelegramSchema>({
    firstRecord: numbers(new Uint32(), telegrams.firstRecord),
    recordCount: numbers(new Uint16(), telegrams.recordCount),
    ...meterColumns(
      own,
      Uint32Array.from({ length }, (_, row) => row),
    ),
    version: numbers(new Uint8(), telegrams.version, signed),
    link: words(LINK_KINDS, new Uint8(), telegrams.link),
    ci: numbers(
      new Uint8(),
      telegrams.ci,
      nulls(length, (row) => telegrams.ci[row] !== 0),
    ),
    accessNumber: numbers(new Uint8(), telegrams.access, headed),
    status: numbers(new Uint8(), telegrams.status, headed),
    securityMode: numbers(new Uint8(), telegrams.mode),
    security: words(SECURITY_STATES, new Uint8(), telegrams.security),
    issueCount: numbers(new Uint16(), telegrams.issueCount),
  });
}
