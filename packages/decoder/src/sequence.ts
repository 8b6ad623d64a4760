import { hostIssue } from './tables/host-issue.ts';
import type { DataRecord, Telegram, TelegramIssue } from './telegram.ts';

export interface SequenceOptions {
  /** Sequences under way at most; that which was touched longest ago gives way. Default 64. */
  readonly meters?: number;
  /** Telegrams of one sequence at most. Default 32. */
  readonly telegrams?: number;
}

/** Telegrams of one meter so far. */
interface Sequence {
  readonly records: DataRecord[];
  /** Headers of the first telegram's records: when they come again, the meter has begun anew. */
  readonly begins: string;
  last: Telegram;
  telegrams: number;
  /** Whether access numbers say that a telegram between is missing. */
  gap: boolean;
  age: number;
}

/** Ticks after which a sequence that nothing came for is given up. */
const OLD = 2;
const MORE = 'record/more-follow';

const headersOf = (records: readonly DataRecord[]): string =>
  records.map(({ dib, vib }) => `${dib} ${vib}`).join();
const bytesOf = (records: readonly DataRecord[]): string =>
  records.map(({ dib, vib, raw }) => `${dib} ${vib} ${raw}`).join();

/**
 * Puts records together that a meter sends in several telegrams, each but the last of which ends in DIF 1F, "more records
 * follow" (EN 13757-3 clause 6.3.4, table 4). The telegram that completes the sequence carries the records of all; those of earlier
 * telegrams have `origin: 'telegrams'`, and their `offset` counts in their own telegram. The earlier telegrams come back without
 * records, with the issue `transport/incomplete`. Other telegrams pass through untouched.
 *
 * It has no clock: call {@link tick} now and then. Memory is bounded by `meters` and `telegrams`.
 *
 * @example
 * ```ts
 * import { createDecoderSync } from '@metergram/decoder';
 * import { encodeAll } from '@metergram/decoder/encode';
 * import { TelegramJoiner } from '@metergram/decoder/sequence';
 *
 * const decoder = createDecoderSync();
 * const joiner = new TelegramJoiner();
 * const result = encodeAll({
 *   link: { kind: 'wired-long' },
 *   meter: { manufacturer: 'ELS', id: '12345678', medium: 'heat' },
 *   records: [
 *     { quantity: 'energy', unit: 'Wh', value: '1234000' },
 *     { quantity: 'volume', unit: 'm3', value: '56.789' },
 *   ],
 *   split: 8,
 * });
 * if (result.ok)
 *   for (const bytes of result.telegrams) joiner.join(decoder.decode(bytes)).records.length; // 0, then 2
 * ```
 */
export class TelegramJoiner {
  readonly #sequences = new Map<string, Sequence>();
  readonly #most: number;
  readonly #longest: number;
  #givenUp: Telegram[] = [];

  /** @throws RangeError `sequence/options` for a number below 1, or fewer than 2 telegrams. */
  constructor({ meters = 64, telegrams = 32 }: SequenceOptions = {}) {
    if (!(meters >= 1 && telegrams >= 2))
      throw new RangeError('sequence/options: meters from 1, telegrams from 2');
    this.#most = meters;
    this.#longest = telegrams;
  }

  /** Sequences under way. */
  get size(): number {
    return this.#sequences.size;
  }

  /** Takes the next telegram, in the order of reception; returns what it has become. */
  join(telegram: Telegram): Telegram {
    if (!isAnswer(telegram)) return telegram;
    const name = nameOf(telegram);
    const known = this.#sequences.get(name);
    const more = telegram.issues.some(({ code }) => code === MORE);
    if (known === undefined) {
      if (more) this.#begin(name, telegram);
      return more ? waiting(telegram) : telegram;
    }
    if (isRepetition(telegram, known.last)) return waiting(telegram);
    if (known.begins !== '' && headersOf(telegram.records) === known.begins) {
      this.#sequences.delete(name);
      const issue = hostIssue('transport/sequence-restarted', 0, `${known.records.length} records`);
      if (more) this.#begin(name, telegram);
      return more ? waiting(telegram, issue) : { ...telegram, issues: [...telegram.issues, issue] };
    }
    known.gap ||= isGap(known.last, telegram);
    known.telegrams++;
    // Taken out and put in again: the map's order is that of last touch.
    this.#sequences.delete(name);
    if (more && known.telegrams < this.#longest) {
      known.records.push(...telegram.records);
      known.last = telegram;
      known.age = 0;
      this.#sequences.set(name, known);
      return waiting(telegram);
    }
    return joined(known, telegram, known.gap || more);
  }

  #begin(name: string, telegram: Telegram): void {
    const records = [...telegram.records];
    const begins = headersOf(records);
    this.#sequences.set(name, {
      records,
      begins,
      last: telegram,
      telegrams: 1,
      gap: false,
      age: 0,
    });
    if (this.#sequences.size > this.#most)
      this.#giveUp(this.#sequences.keys().next().value as string);
  }

  #giveUp(name: string): void {
    const sequence = this.#sequences.get(name) as Sequence;
    this.#sequences.delete(name);
    this.#givenUp.push(joined(sequence, undefined, true));
    if (this.#givenUp.length > this.#most) this.#givenUp.shift();
  }

  /**
   * One step of your clock, every minute say: a sequence that two steps have found untouched is given up.
   *
   * @returns what was given up since the last call, as far as it came, with the issue `transport/sequence-gap`; at most as many as
   * `meters`.
   */
  tick(): Telegram[] {
    for (const [name, sequence] of this.#sequences) if (++sequence.age >= OLD) this.#giveUp(name);
    return this.#givenUp.splice(0);
  }

  /** Gives up all sequences: nothing more is to come. The same as {@link tick} returns. */
  end(): Telegram[] {
    for (const name of this.#sequences.keys()) this.#giveUp(name);
    return this.#givenUp.splice(0);
  }
}

/** Whether the telegram may belong to a sequence: a meter's answer that is whole. */
function isAnswer({ issues, link }: Telegram): boolean {
  if (link.kind === 'wired-short' || link.kind === 'wired-ack') return false;
  if (link.function === 'SND-UD' || link.function === 'SND-NKE') return false;
  return !issues.some(({ layer, severity }) => severity === 'error' && layer !== 'records');
}

/** A meter without an address of its own is known by its place on the bus. */
function nameOf({ link, meter }: Telegram): string {
  return meter === null
    ? `address ${link.address ?? ''}`
    : `${meter.manufacturer} ${meter.id} ${meter.version} ${meter.mediumCode}`;
}

/** The last answer again, as when its acknowledgement was lost on the way (EN 13757-2, frame count bit). */
function isRepetition(telegram: Telegram, last: Telegram): boolean {
  return (
    telegram.accessNumber === last.accessNumber &&
    bytesOf(telegram.records) === bytesOf(last.records)
  );
}

/** An access number that neither stays nor goes on by one. */
function isGap(last: Telegram, telegram: Telegram): boolean {
  if (last.accessNumber === null || telegram.accessNumber === null) return false;
  return ((telegram.accessNumber - last.accessNumber) & 255) > 1;
}

function waiting(telegram: Telegram, ...more: readonly TelegramIssue[]): Telegram {
  const issues = telegram.issues.map((issue) =>
    issue.code === MORE
      ? {
          ...issue,
          code: 'transport/incomplete',
          message: 'its records come with the last telegram',
        }
      : issue,
  );
  return { ...telegram, records: [], issues: [...issues, ...more] };
}

/** All records of a sequence: at its last telegram, or where none came, as far as it came. */
function joined(sequence: Sequence, last: Telegram | undefined, lost: boolean): Telegram {
  const telegram = last ?? { ...sequence.last, records: [] };
  const earlier = sequence.records.map((record) => ({ ...record, origin: 'telegrams' as const }));
  const gap = hostIssue('transport/sequence-gap', 0, `${earlier.length} records came before`);
  return {
    ...telegram,
    records: [...earlier, ...telegram.records],
    issues: lost ? [...telegram.issues, gap] : telegram.issues,
  };
}
