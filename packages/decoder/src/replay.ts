import { type Sent, sentBytes } from './replay/fingerprint.ts';
import { hostIssue } from './tables/host-issue.ts';
import type { Telegram, TelegramIssue } from './telegram.ts';

/**
 * `new`: not seen before. `duplicate`: the same telegram again within the window, as several receivers and repeaters bring
 * it. `replay`: sent before, or older than what was sent before. `unchecked`: nothing can be said of it, see `reason`.
 */
export type ReplayVerdict = 'new' | 'duplicate' | 'replay' | 'unchecked';

/**
 * By what a replay was known: its message counter, the minutes of its session number, its access number, or its bytes. Why a
 * telegram is not checked: it names no meter, is damaged or one of several fragments; it does not come from a meter; it was not
 * decrypted, or is plain though the meter's telegrams are encrypted; it has no number.
 */
export type ReplayReason =
  | 'message-counter'
  | 'session-number'
  | 'access-number'
  | 'same-bytes'
  | 'incomplete'
  | 'not-from-meter'
  | 'not-authentic'
  | 'no-number';

export interface ReplayFinding {
  readonly verdict: ReplayVerdict;
  readonly reason?: ReplayReason;
}

export interface ReplayOptions {
  /** Meters kept at most; that which was not heard for longest is forgotten first. Default 10 000. */
  readonly meters?: number;
  /** Milliseconds in which the same telegram may come again, through other receivers. Default 10 000. */
  readonly window?: number;
  /** Milliseconds between two telegrams of a meter at least: how quickly its access number can go round. Default 2000. */
  readonly shortest?: number;
}

/** What {@link ReplayGuard.save} gives: plain JSON, without values and keys. */
export interface ReplayState {
  readonly schema: 'metergram.replay/1';
  /** Those heard longest ago first. */
  readonly meters: readonly (readonly [name: string, memory: MeterMemory])[];
}

/** What is kept of a meter. */
export interface MeterMemory {
  /** Whether a telegram of it was decrypted: from then on plain ones are not believed. */
  secured: boolean;
  /** Highest message counter, session minutes, and last access number; −1: none yet. */
  counter: number;
  minutes: number;
  access: number;
  /** When the last new telegram was received; null: not told. */
  received: number | null;
  /** Fingerprints of the last telegrams, and when each was received first. */
  recent: (readonly [fingerprint: number, received: number | null])[];
}

/** Telegrams of a meter whose fingerprints are kept: as many as may be under way through slow receivers. */
const MOST_RECENT = 8;
/** From here on the next access number is nearer behind than ahead. */
const HALF = 128;

/** CI fields of telegrams that go to a meter (EN 13757-7 table 2). */
const toMeter = (ci: number): boolean =>
  (ci >= 0x50 && ci <= 0x5f) || ci === 0x80 || ci === 0x84 || ci === 0x85;

/**
 * Says of each telegram whether it was sent before, from the counters of its meter. It has no clock: the caller says when a
 * telegram was received. Memory is bounded by `meters`. docs/security.md states the rules, and what they cannot see.
 *
 * @example
 * ```ts
 * import { createDecoderSync } from '@metergram/decoder';
 * import { encoded } from '@metergram/decoder/encode';
 * import { ReplayGuard } from '@metergram/decoder/replay';
 *
 * const key = '0102030405060708090A0B0C0D0E0F11';
 * const meter = { manufacturer: 'ELS', id: '12345678', medium: 'gas' };
 * const decoder = createDecoderSync({ keys: [{ manufacturer: 'ELS', id: '12345678', key }] });
 * const bytes = encoded({ meter, transport: { accessNumber: 7, security: { mode: 5, key } }, records: [] });
 *
 * const guard = new ReplayGuard();
 * const at = Date.UTC(2026, 0, 1);
 * guard.check(decoder.decode(bytes), bytes, at).verdict; // new
 * guard.check(decoder.decode(bytes), bytes, at + 500).verdict; // duplicate, through another receiver
 * guard.check(decoder.decode(bytes), bytes, at + 60_000).verdict; // replay
 * ```
 */
export class ReplayGuard {
  readonly #meters = new Map<string, MeterMemory>();
  readonly #most: number;
  readonly #window: number;
  readonly #shortest: number;

  /** @throws RangeError `replay/options` for a number that is none, or less than 1 meter. */
  constructor({ meters = 10_000, window = 10_000, shortest = 2000 }: ReplayOptions = {}) {
    if (!(meters >= 1 && window >= 0 && shortest >= 0))
      throw new RangeError('replay/options: meters from 1, window and shortest from 0');
    this.#most = meters;
    this.#window = window;
    this.#shortest = shortest;
  }

  /** Meters kept at present. */
  get size(): number {
    return this.#meters.size;
  }

  /**
   * Judges a telegram and, where it is new, keeps its numbers.
   *
   * @param telegram - what the decoder made of `bytes`.
   * @param bytes - the telegram as it was given to the decoder; not kept.
   * @param received - when it was received, epoch milliseconds. Without it, bytes seen lately are a duplicate whenever they come,
   * and the access number says nothing.
   */
  check(telegram: Telegram, bytes: Uint8Array, received?: number): ReplayFinding {
    const { meter } = telegram;
    const untold = cannotCheck(telegram);
    if (untold !== undefined || meter === null)
      return { verdict: 'unchecked', reason: untold ?? 'incomplete' };
    const sent = sentBytes(bytes, telegram.link);
    const name = `${meter.manufacturer ?? ''}-${meter.id}-${meter.version ?? ''}-${meter.mediumCode}`;
    const memory = this.#meters.get(name);
    if (memory?.secured === true && telegram.security.state !== 'decrypted')
      return { verdict: 'unchecked', reason: 'not-authentic' };
    const numbers = numbersOf(telegram, sent);
    if (numbers.counter < 0 && numbers.minutes < 0 && numbers.access < 0)
      return { verdict: 'unchecked', reason: 'no-number' };
    const finding =
      memory === undefined
        ? ({ verdict: 'new' } as const)
        : this.#judge(memory, numbers, sent.fingerprint, received);
    if (finding.verdict === 'new')
      this.#keep(name, memory, numbers, sent.fingerprint, {
        received: received ?? null,
        secured: telegram.security.state === 'decrypted',
      });
    return finding;
  }

  #judge(
    memory: MeterMemory,
    { counter, minutes, access }: Numbers,
    fingerprint: number,
    received: number | undefined,
  ): ReplayFinding {
    const seen = memory.recent.find(([known]) => known === fingerprint);
    if (seen !== undefined && this.#within(seen[1], received)) return { verdict: 'duplicate' };
    if (counter >= 0 && memory.counter >= 0) {
      // The counter is the meter's word that this is another message (EN 13757-7 clause 6.2.6): nothing else is asked.
      if (counter > memory.counter) return { verdict: 'new' };
      const again = counter === memory.counter && this.#within(memory.received, received);
      return again ? { verdict: 'duplicate' } : { verdict: 'replay', reason: 'message-counter' };
    }
    if (minutes >= 0 && minutes < memory.minutes)
      return { verdict: 'replay', reason: 'session-number' };
    if (minutes > memory.minutes && memory.minutes >= 0) return { verdict: 'new' };
    if (access < 0 || memory.access < 0 || received === undefined || memory.received === null)
      return { verdict: 'new' };
    const ahead = (access - memory.access) & 255;
    if (ahead === 0 && seen === undefined) return { verdict: 'new' };
    if (ahead > 0 && ahead < HALF) return { verdict: 'new' };
    // Behind, or gone round: there must have been time for as many telegrams.
    const least = (ahead === 0 ? 256 : ahead) * this.#shortest;
    if (received - memory.received >= least) return { verdict: 'new' };
    return { verdict: 'replay', reason: seen === undefined ? 'access-number' : 'same-bytes' };
  }

  #within(first: number | null, received: number | undefined): boolean {
    return received === undefined || first === null || Math.abs(received - first) <= this.#window;
  }

  #keep(
    name: string,
    memory: MeterMemory | undefined,
    { counter, minutes, access }: Numbers,
    fingerprint: number,
    { received, secured }: { received: number | null; secured: boolean },
  ): void {
    const recent = [...(memory?.recent ?? []), [fingerprint, received] as const].slice(
      -MOST_RECENT,
    );
    // Taken out and put in again: the map's order is that of last hearing.
    this.#meters.delete(name);
    this.#meters.set(name, {
      secured: secured || (memory?.secured ?? false),
      counter: Math.max(counter, memory?.counter ?? -1),
      minutes: Math.max(minutes, memory?.minutes ?? -1),
      access: access < 0 ? (memory?.access ?? -1) : access,
      received: received ?? memory?.received ?? null,
      recent,
    });
    if (this.#meters.size > this.#most)
      this.#meters.delete(this.#meters.keys().next().value as string);
  }

  /** Forgets a meter: after it was exchanged, or got another key, its counters may begin anew. */
  forget(manufacturer: string, id: string): void {
    const start = `${manufacturer.toUpperCase()}-${id.toLowerCase()}-`;
    for (const name of this.#meters.keys()) if (name.startsWith(start)) this.#meters.delete(name);
  }

  /** What is known of all meters, to be given to {@link restore} after a restart. */
  save(): ReplayState {
    return {
      schema: 'metergram.replay/1',
      meters: [...this.#meters].map(([name, memory]) => [
        name,
        { ...memory, recent: [...memory.recent] },
      ]),
    };
  }

  /**
   * Puts back what {@link save} gave; what was known until now is forgotten.
   *
   * @throws RangeError `replay/state` for anything else; then nothing is changed.
   */
  restore(state: unknown): void {
    const { schema, meters } = (state ?? {}) as Partial<ReplayState>;
    if (schema !== 'metergram.replay/1' || !Array.isArray(meters) || !meters.every(isMeter))
      throw new RangeError('replay/state: this is not the saved state of a replay guard');
    this.#meters.clear();
    for (const [name, memory] of meters.slice(-this.#most))
      this.#meters.set(name, {
        secured: memory.secured,
        counter: memory.counter,
        minutes: memory.minutes,
        access: memory.access,
        received: memory.received,
        recent: memory.recent.slice(-MOST_RECENT),
      });
  }
}

const BY: Readonly<Partial<Record<ReplayReason, string>>> = {
  'message-counter': 'its message counter has not risen',
  'session-number': 'its session number is lower than the last',
  'access-number': 'its access number is behind the last, and there was no time to go round',
  'same-bytes': 'the same bytes were received before',
};

/** What a finding is as an issue of the telegram: none where it is new or was not checked. */
export function replayIssue({ verdict, reason }: ReplayFinding): TelegramIssue | undefined {
  if (verdict === 'duplicate') return hostIssue('replay/duplicate', 0);
  if (verdict !== 'replay') return undefined;
  return hostIssue('replay/replayed', 0, reason === undefined ? '' : BY[reason]);
}

/** Message counter, minutes of the session number, access number; −1: none. */
interface Numbers {
  readonly counter: number;
  readonly minutes: number;
  readonly access: number;
}

function numbersOf(telegram: Telegram, sent: Sent): Numbers {
  const decrypted = telegram.security.state === 'decrypted';
  return {
    // A number that is not bound to a key is only a claim, and may not lock the meter's own telegrams out.
    counter: decrypted ? (telegram.messageCounter ?? -1) : -1,
    minutes: decrypted && telegram.security.layer === 'ell' ? (sent.minutes ?? -1) : -1,
    access: telegram.accessNumber ?? sent.access ?? -1,
  };
}

function cannotCheck(telegram: Telegram): ReplayReason | undefined {
  const { issues, link, meter, security } = telegram;
  if (meter === null) return 'incomplete';
  if (issues.some(({ code, layer }) => code === 'transport/incomplete' || layer === 'input'))
    return 'incomplete';
  if (issues.some(({ layer, severity }) => layer === 'link' && severity === 'error'))
    return 'incomplete';
  if (link.ci !== undefined && toMeter(link.ci)) return 'not-from-meter';
  if (security.mac === 'wrong') return 'not-authentic';
  return ['key-missing', 'key-wrong', 'unsupported'].includes(security.state)
    ? 'not-authentic'
    : undefined;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value);
const isTime = (value: unknown): value is number | null => value === null || Number.isFinite(value);

function isMeter(entry: unknown): entry is readonly [string, MeterMemory] {
  if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string') return false;
  const memory = entry[1] as Partial<MeterMemory> | null;
  return (
    typeof memory === 'object' &&
    memory !== null &&
    typeof memory.secured === 'boolean' &&
    isCount(memory.counter) &&
    isCount(memory.minutes) &&
    isCount(memory.access) &&
    isTime(memory.received) &&
    Array.isArray(memory.recent) &&
    memory.recent.every(
      (pair: unknown) =>
        Array.isArray(pair) && pair.length === 2 && isCount(pair[0]) && isTime(pair[1]),
    )
  );
}
