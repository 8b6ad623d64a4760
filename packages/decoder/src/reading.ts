import type { ReadingColumns, RegisterColumns } from '@metergram/model';
import type { TelegramBatch } from './batch.ts';
import { ISSUES } from './generated/issues.ts';
import { applyProfile } from './profile/apply.ts';
import type { DeviceProfile } from './profile/form.ts';
import { profileOf, selects } from './profile/match.ts';
import { RECORD_FLAGS, RECORD_KINDS, TELEGRAM_FLAGS } from './tables/codes.ts';
import { mediumOf } from './generated/media.ts';
import { MEANINGS } from './tables/vif.ts';
import { manufacturerLetters } from './telegram-form.ts';
import type { DataRecord, Telegram } from './telegram.ts';

/** A register that readings were found for. Its index is its place in the list, and in the columns. */
export interface ReadRegister {
  /** Three letters, `@` … where nobody has registered them. */
  readonly manufacturer: string;
  /** Eight digits. */
  readonly id: string;
  readonly version: number;
  readonly mediumCode: number;
  readonly quantity: string;
  readonly unit: string;
  /** Power of ten of its mantissas: that of its first reading. */
  readonly scale: number;
}

/** Why a telegram of the batch gave no reading. */
export interface Skipped {
  /** Telegrams with an issue of severity error, without a meter, or without such a record. */
  readonly withoutReading: number;
  /** Readings finer than their register's scale: to keep them exactly, the register would need another one. */
  readonly finer: number;
}

export interface BatchReadings {
  /** A row a reading; the arrays are the caller's. */
  readonly readings: ReadingColumns;
  /** All registers so far, those of earlier batches included. */
  readonly registers: RegisterColumns;
  readonly skipped: Skipped;
}

/** What a meter is for is what its register counts: the first of these that a telegram has is the reading. */
const COUNTED: Readonly<Record<string, readonly string[]>> = {
  electricity: ['energy'],
  heat: ['energy'],
  heat_inlet: ['energy'],
  heat_cooling: ['energy'],
  cooling_inlet: ['energy'],
  cooling_outlet: ['energy'],
  heat_cost_allocator: ['heat_cost_allocation'],
};
const ELSE = ['volume', 'energy', 'mass', 'heat_cost_allocation'];

/**
 * The reading of a telegram: the counter of what the meter is for, as it stands now, in total (storage, tariff and subunit 0, no
 * VIFE), or the register that its profile names. Nothing where the telegram has an error, since a value of it may then be
 * wrong, and nothing in the place of a register that a profile names and that is not there.
 *
 * @param profiles - device profiles, those of yours first; `PROFILES` of `@metergram/decoder/profile` has some.
 * @example
 * ```ts
 * const reading = readingOf(decoder.decode(bytes), PROFILES);
 * if (reading !== undefined) console.log(reading.quantity, reading.value, reading.unit);
 * ```
 */
export function readingOf(
  telegram: Telegram,
  profiles: readonly DeviceProfile[] = [],
): DataRecord | undefined {
  const { meter } = telegram;
  if (meter === null) return undefined;
  return telegram.records[readingIndex(telegram, profileOf(meter, profiles))];
}

/** Which record is the reading, or −1. */
function readingIndex(telegram: Telegram, profile: DeviceProfile | undefined): number {
  if (telegram.issues.some(({ severity }) => severity === 'error')) return -1;
  const { meter, records } = profile === undefined ? telegram : applyProfile(telegram, [profile]);
  const register = profile?.reading;
  if (register !== undefined)
    return records.findIndex(
      (record) => record.kind === 'number' && record.value !== null && selects(register, record),
    );
  for (const quantity of COUNTED[meter?.medium ?? ''] ?? ELSE) {
    const index = records.findIndex((record) => record.quantity === quantity && isTotal(record));
    if (index >= 0) return index;
  }
  return -1;
}

function isTotal(record: DataRecord): boolean {
  return (
    record.function === 'instantaneous' &&
    record.kind === 'number' &&
    record.value !== null &&
    record.storage === 0 &&
    record.tariff === 0 &&
    record.subunit === 0 &&
    record.modifiers.length === 0 &&
    record.vendor !== true
  );
}

const NUMBER = RECORD_KINDS.indexOf('number');
/** 1 for each issue, by number, that makes a value doubtful. */
const ERRORS = Uint8Array.from(ISSUES, ({ severity }) => (severity === 'error' ? 1 : 0));

/** Rank of each meaning for each device type: 0 is the reading that is wanted most, 255 none. */
const ranks = new Map<number, Uint8Array>();

function ranksOf(mediumCode: number): Uint8Array {
  const known = ranks.get(mediumCode);
  if (known !== undefined) return known;
  const wanted = COUNTED[mediumOf(mediumCode)] ?? ELSE;
  const made = Uint8Array.from(MEANINGS, ({ quantity }) => {
    const rank = wanted.indexOf(quantity);
    return rank < 0 ? 255 : rank;
  });
  ranks.set(mediumCode, made);
  return made;
}

/**
 * Finds the reading of each telegram: the counter of what the meter is for, as it stands now, in total (storage, tariff
 * and subunit 0, no VIFE). From a decoder's batch to the aggregator's columns without an object for any record.
 *
 * @example
 * ```ts
 * const reader = new RegisterReader();
 * const { readings, registers } = reader.read(decoder.decodeBatch(bytes, offsets), received);
 * aggregator.addRegisters(registers);
 * aggregator.push(readings);
 * ```
 */
export class RegisterReader {
  readonly #list: ReadRegister[] = [];
  #scale = new Int8Array(64);
  /** First register of a manufacturer and id; others of the same (version, type, quantity) follow in `#next`. */
  readonly #first = new Map<number, number>();
  readonly #next: number[] = [];
  readonly #keys: number[] = [];
  readonly #profiles: readonly DeviceProfile[];
  /** Profile of each manufacturer, version and device type met so far; undefined: none. */
  readonly #profileOf = new Map<number, DeviceProfile | undefined>();

  /** @param profiles - device profiles, as for {@link readingOf}. */
  constructor(profiles: readonly DeviceProfile[] = []) {
    this.#profiles = profiles;
  }

  /** Every register so far, by index. */
  get registers(): readonly ReadRegister[] {
    return this.#list;
  }

  /**
   * @param received - when each telegram of the batch was received, in epoch milliseconds: meters' own clocks are not used.
   * @throws RangeError `reading/received` when there are fewer instants than telegrams.
   */
  read(batch: TelegramBatch, received: Float64Array): BatchReadings {
    if (received.length < batch.length)
      throw new RangeError(
        `reading/received: ${received.length} instants for ${batch.length} telegrams`,
      );
    const register = new Uint32Array(batch.length);
    const time = new Float64Array(batch.length);
    const mantissa = new BigInt64Array(batch.length);
    let length = 0;
    let withoutReading = 0;
    let finer = 0;
    for (let i = 0; i < batch.length; i++) {
      const row = this.#rowOf(batch, i);
      if (row < 0) {
        withoutReading++;
        continue;
      }
      const index = this.#registerOf(batch, i, row);
      const shift = (batch.records.scale[row] as number) - (this.#scale[index] as number);
      if (shift < 0) {
        finer++;
        continue;
      }
      const value = batch.records.mantissa[row] as bigint;
      register[length] = index;
      time[length] = received[i] as number;
      mantissa[length] = shift === 0 ? value : value * 10n ** BigInt(shift);
      length++;
    }
    return {
      readings: { length, register, time, mantissa },
      registers: { length: this.#list.length, scale: this.#scale.slice(0, this.#list.length) },
      skipped: { withoutReading, finer },
    };
  }

  /** The profile of the meter of telegram `i`, where it has a say in which record is the reading. */
  #profile({ telegrams }: TelegramBatch, i: number): DeviceProfile | undefined {
    if (this.#profiles.length === 0) return undefined;
    const code = telegrams.manufacturer[i] as number;
    const version = telegrams.version[i] as number;
    const mediumCode = telegrams.medium[i] as number;
    const key = (code << 16) | (version << 8) | mediumCode;
    if (!this.#profileOf.has(key)) {
      const manufacturer = manufacturerLetters(code);
      const found = profileOf({ manufacturer, version, mediumCode }, this.#profiles);
      const judges = found?.reading !== undefined || found?.sentinels !== undefined;
      this.#profileOf.set(key, judges ? found : undefined);
    }
    return this.#profileOf.get(key);
  }

  /** Row of the record that is the reading of telegram `i`, or −1. */
  #rowOf(batch: TelegramBatch, i: number): number {
    const { telegrams, records, issues } = batch;
    if (((telegrams.flags[i] as number) & TELEGRAM_FLAGS.meter) === 0) return -1;
    const profile = this.#profile(batch, i);
    if (profile !== undefined) {
      const index = readingIndex(batch.telegram(i), profile);
      return index < 0 ? -1 : (telegrams.firstRecord[i] as number) + index;
    }
    const firstIssue = telegrams.firstIssue[i] as number;
    for (let k = firstIssue; k < firstIssue + (telegrams.issueCount[i] as number); k++)
      if (ERRORS[issues.code[k] as number] === 1) return -1;
    const ranked = ranksOf(telegrams.medium[i] as number);
    const first = telegrams.firstRecord[i] as number;
    let best = -1;
    let bestRank = 255;
    for (let row = first; row < first + (telegrams.recordCount[i] as number); row++) {
      const rank = ranked[records.meaning[row] as number] as number;
      if (
        rank < bestRank &&
        records.kind[row] === NUMBER &&
        records.validity[row] === 0 &&
        records.function[row] === 0 &&
        records.storage[row] === 0 &&
        records.tariff[row] === 0 &&
        records.subunit[row] === 0 &&
        records.modifiers[row] === 0 &&
        ((records.flags[row] as number) & RECORD_FLAGS.vendor) === 0
      ) {
        best = row;
        bestRank = rank;
      }
    }
    return best;
  }

  #registerOf({ telegrams, records }: TelegramBatch, i: number, row: number): number {
    const id = telegrams.id[i] as number;
    const manufacturer = telegrams.manufacturer[i] as number;
    const meaning = records.meaning[row] as number;
    const version = telegrams.version[i] as number;
    const mediumCode = telegrams.medium[i] as number;
    const meter = manufacturer * 0x1_0000_0000 + id;
    const key = (meaning << 16) | (version << 8) | mediumCode;
    let last = -1;
    for (let at = this.#first.get(meter) ?? -1; at >= 0; at = this.#next[at] as number) {
      if (this.#keys[at] === key) return at;
      last = at;
    }
    const index = this.#list.length;
    if (last < 0) this.#first.set(meter, index);
    else this.#next[last] = index;
    this.#next.push(-1);
    this.#keys.push(key);
    if (index === this.#scale.length) {
      const wider = new Int8Array(2 * index);
      wider.set(this.#scale);
      this.#scale = wider;
    }
    const scale = records.scale[row] as number;
    this.#scale[index] = scale;
    const { quantity, unit } = MEANINGS[meaning] ?? { quantity: '', unit: '' };
    this.#list.push({
      manufacturer: manufacturerLetters(manufacturer),
      id: id.toString(16).padStart(8, '0'),
      version,
      mediumCode,
      quantity,
      unit,
      scale,
    });
    return index;
  }
}
