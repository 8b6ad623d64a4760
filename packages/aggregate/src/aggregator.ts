import type { ReadingColumns, RegisterColumns } from '@metergram/model';
import { boundaries, fixedStep } from './calendar/boundaries.ts';
import { AggregateError } from './error.ts';
import { type AggregateIssueCode, ISSUES, type ReadingIssue, readingIssue } from './issue.ts';
import { type AggregatorOptions, settle, type Settings } from './options.ts';
import { type RegisterState, readState, writeState } from './state.ts';
import {
  gapColumns,
  type GapColumns,
  intervalColumns,
  type IntervalColumns,
  issueColumns,
  momentaryColumns,
  type MomentaryColumns,
} from './tables.ts';
import { ABI_VERSION, type AggregatorExports } from './wasm.ts';

/** Rows that go into the module at once: small enough to stay in the processor's cache on the way. */
const CHUNK = 16_384;
const DAY = 86_400_000;

/** A register, before its first reading. */
export interface RegisterOptions {
  /** The caller's name of it; states of shards are joined by it. */
  readonly id?: string;
  /** Power of ten of the mantissas: −3 where readings have three decimals. Its resolution, to which is rounded. */
  readonly scale: number;
  /** `cumulative` (default) counts up; `momentary` is a power, a flow, a temperature. */
  readonly kind?: 'cumulative' | 'momentary';
  /**
   * First mantissa past the highest: `10n ** 8n` for eight digits. Without it, it is inferred from the digits of the last
   * reading before a fall; `null`: it never rolls over.
   */
  readonly capacity?: bigint | null;
}

/** What is new or different since the last drain. The columns are views that hold until the aggregator is used again. */
export interface Drained {
  readonly intervals: IntervalColumns;
  readonly momentary: MomentaryColumns;
  readonly gaps: GapColumns;
  readonly issues: readonly ReadingIssue[];
  /** Issues beyond the 65 536 that are kept between two drains: how many of each code. */
  readonly untold: ReadonlyMap<AggregateIssueCode, number>;
}

/** Where memory goes, in bytes, and what went in. */
export interface Figures {
  /** All blocks in use in the module's memory, tables and buffers included. */
  readonly bytes: number;
  /** 273 for each register, in powers of two of registers. */
  readonly registerBytes: number;
  /** 8 for each retained reading, 16 where a register is not plain; with room for more: up to twice, of late ones four times. */
  readonly readingBytes: number;
  /** What was said of open intervals: 16 each of a counter, 48 of a momentary quantity. */
  readonly intervalBytes: number;
  readonly rows: number;
  /** Readings that came again just as they were, as far as they have been put in order: all of them after a drain. */
  readonly repeats: number;
}

/**
 * Turns readings of many registers into intervals, by the rules of docs/aggregation.md. Readings go in by `push`, in any
 * order within `lateness`; `drain` says what is new. Made by `createAggregator`.
 */
export class Aggregator {
  readonly settings: Settings;
  readonly #core: AggregatorExports;
  readonly #descriptor: number;
  readonly #scales: number[] = [];
  readonly #registers: RegisterOptions[] = [];
  readonly #byId = new Map<string, number>();
  /** The calendar that the module has: its boundaries, and the index of the first. */
  #calendar: Float64Array = new Float64Array(0);
  #first = 0;
  /** Rows of the tables were handed out: they go before the next ones come. */
  #told = false;
  /** Something came since the last drain. */
  #pending = false;

  /** @internal */
  constructor(options: AggregatorOptions, core: AggregatorExports) {
    this.settings = settle(options);
    if (core.figure(6) !== ABI_VERSION)
      throw new AggregateError('module/wrong-version', 'the module is not of this package');
    this.#core = core;
    this.#descriptor = core.figure(7);
    const { resolution, maxGap, lateness, notBefore, notAfter } = this.settings;
    core.configure(fixedStep(resolution), maxGap, lateness, notBefore, notAfter);
  }

  /** Number of registers. */
  get registers(): number {
    return this.#scales.length;
  }

  /**
   * Adds a register; its index is the number of those before it.
   *
   * @throws AggregateError `register/invalid-scale`, `register/invalid-capacity`, `register/same-id`.
   */
  addRegister(options: RegisterOptions): number {
    const { scale, id, capacity } = options;
    if (!Number.isInteger(scale) || Math.abs(scale) > 100)
      throw new AggregateError('register/invalid-scale', `no power of ten: ${scale}`);
    if (typeof capacity === 'bigint' && (capacity < 1n || capacity > 10n ** 18n))
      throw new AggregateError('register/invalid-capacity', `no capacity: ${capacity}`);
    const index = this.#scales.length;
    if (id !== undefined) {
      if (this.#byId.has(id))
        throw new AggregateError('register/same-id', `there is a register ${JSON.stringify(id)}`);
      this.#byId.set(id, index);
    }
    this.#core.describe(
      index,
      options.kind === 'momentary' ? 1 : 0,
      capacity === null ? -1n : (capacity ?? 0n),
    );
    this.#scales.push(scale);
    this.#registers.push({ ...options });
    return index;
  }

  /** Adds the registers of a batch that are not there yet, as cumulative ones of unknown capacity. */
  addRegisters(columns: RegisterColumns): void {
    for (let index = this.registers; index < columns.length; index++)
      this.addRegister({ scale: columns.scale[index]! });
  }

  /** Index of the register with that id. */
  indexOf(id: string): number | undefined {
    return this.#byId.get(id);
  }

  /** Power of ten of a register's mantissas. */
  scale(register: number): number {
    return this.#scales[register] ?? 0;
  }

  /**
   * Takes readings, in any order. The columns are copied. Nothing in them is thrown on: what is wrong with a row is an
   * issue of the next drain.
   *
   * @throws AggregateError `columns/too-short` where a column has fewer rows than `length` says.
   */
  push(columns: ReadingColumns): void {
    const { length, register, time, mantissa } = columns;
    if (Math.min(register.length, time.length, mantissa.length) < length)
      throw new AggregateError('columns/too-short', `a column has fewer than ${length} rows`);
    this.#begin();
    const core = this.#core;
    for (let from = 0; from < length; from += CHUNK) {
      const rows = Math.min(CHUNK, length - from);
      const room = rows > 256 ? CHUNK : 256;
      const at = [core.column(0, room), core.column(1, room), core.column(2, room)] as const;
      const { buffer } = core.memory;
      const to = from + rows;
      new Uint32Array(buffer, at[0], rows).set(register.subarray(from, to));
      new Float64Array(buffer, at[1], rows).set(time.subarray(from, to));
      new BigInt64Array(buffer, at[2], rows).set(mantissa.subarray(from, to));
      for (let done = core.ingest(0, rows); done < rows; done = core.ingest(done, rows))
        this.#widen(time[from + done]!);
    }
  }

  /**
   * Tells of an exchange of meters: at `time` (epoch milliseconds) the old one showed `last`, the new one `first`. Counting
   * goes on across it, exactly. What is wrong is an issue of the next drain.
   */
  exchange(register: number, time: number, last: bigint, first: bigint): void {
    this.#begin();
    if (this.#core.exchange(register, time, last, first) < 0) {
      this.#widen(time);
      this.#core.exchange(register, time, last, first);
    }
  }

  /**
   * Says every interval that is new or says something else than before, gaps, and what was odd. Intervals of one register
   * come in order of time where they are final, and again in order where they are open.
   *
   * `{ open: false }` says only what has become final, without looking at the rest: for long runs that want each interval
   * once, and whose results should not pile up meanwhile.
   */
  drain(what: { readonly open?: boolean } = {}): Drained {
    const pending = this.#pending;
    this.#begin();
    if (what.open !== false) this.#core.drain(0);
    this.#pending = what.open === false && pending;
    return this.#read();
  }

  /**
   * As {@link drain}, when no more readings come: says what is open and keeps nothing of it. The registers stay, but begin
   * anew.
   */
  finish(): Drained {
    this.#begin();
    this.#core.drain(1);
    this.#pending = false;
    return this.#read();
  }

  #read(): Drained {
    this.#told = true;
    const { buffer } = this.#core.memory;
    const table = issueColumns(buffer, this.#descriptor);
    const issues: ReadingIssue[] = [];
    for (let at = 0; at < table.length; at++)
      issues.push(readingIssue(table, at, this.scale(table.register[at]!)));
    const untold = new Map<AggregateIssueCode, number>();
    const counters = new Float64Array(32);
    const words = new Uint32Array(buffer, this.#core.figure(8), 64);
    for (const [code, [name]] of Object.entries(ISSUES)) {
      const at = Number(code);
      counters[at] = words[at * 2]! + words[at * 2 + 1]! * 2 ** 32;
      if (counters[at] > 0) untold.set(name, counters[at]);
    }
    return {
      intervals: intervalColumns(buffer, this.#descriptor),
      momentary: momentaryColumns(buffer, this.#descriptor),
      gaps: gapColumns(buffer, this.#descriptor),
      issues,
      untold,
    };
  }

  /**
   * The whole state as bytes, from which `restoreAggregator` goes on as if nothing had happened. Equal states give equal
   * bytes.
   *
   * @throws AggregateError `state/not-drained`: what was pushed since the last drain has not been said.
   */
  save(): Uint8Array<ArrayBuffer> {
    if (this.#pending)
      throw new AggregateError('state/not-drained', 'drain before saving: results wait');
    return writeState({
      settings: this.settings,
      registers: this.#registers.map((options, index) => ({ options, bytes: this.#state(index) })),
    });
  }

  /**
   * Joins the state of another shard to this one. Registers are joined by id; without ids, by index. A register that both
   * have is the union of both sets of readings, as long as one of them has let none go; what the other shard said of it is
   * forgotten.
   *
   * @throws AggregateError `state/invalid`, `state/other-settings`, `state/not-mergeable`.
   */
  merge(bytes: Uint8Array): void {
    const { settings, registers } = readState(bytes);
    if (JSON.stringify(settings) !== JSON.stringify(this.settings))
      throw new AggregateError('state/other-settings', 'the shard has other settings');
    this.#begin();
    for (const [index, { options, bytes: state }] of registers.entries())
      this.#join(this.#placeOf(options, index), state);
  }

  get figures(): Figures {
    const figure = (which: number): number => this.#core.figure(which);
    return {
      bytes: figure(0),
      registerBytes: figure(1),
      readingBytes: figure(2),
      intervalBytes: figure(3),
      rows: figure(4),
      repeats: figure(5),
    };
  }

  #begin(): void {
    if (this.#told) this.#core.clear();
    this.#told = false;
    this.#pending = true;
  }

  #placeOf(options: RegisterOptions, index: number): number {
    const at = options.id === undefined ? index : this.#byId.get(options.id);
    if (at === undefined || at >= this.registers) {
      while (options.id === undefined && this.registers < index) this.addRegister({ scale: 0 });
      return this.addRegister(options);
    }
    const ours = this.#registers[at]!;
    if (
      ours.scale !== options.scale ||
      (ours.kind ?? 'cumulative') !== (options.kind ?? 'cumulative') ||
      ours.capacity !== options.capacity
    )
      throw new AggregateError('state/not-mergeable', `register ${at} differs between the shards`);
    return at;
  }

  #join(register: number, state: RegisterState): void {
    if (state.length === 0) return;
    let outcome = this.#load(register, state);
    if (outcome === 2) {
      // The other one has final intervals: then ours must have none, and its readings go to the other's.
      const ours = this.#state(register);
      this.#core.restore(register, 0);
      outcome = this.#load(register, state);
      if (outcome === 1) outcome = this.#load(register, ours);
    }
    if (outcome === 2)
      throw new AggregateError(
        'state/not-mergeable',
        `both shards have let readings of register ${register} go`,
      );
    if (outcome !== 1) throw new AggregateError('state/invalid', `register ${register} is unsound`);
  }

  #load(register: number, state: RegisterState): number {
    const at = this.#core.buffer(state.length);
    new Uint8Array(this.#core.memory.buffer, at, state.length).set(state);
    for (const time of timesOf(state)) this.#widen(time);
    return this.#core.restore(register, state.length);
  }

  /** A register's state; empty where it never had a reading. */
  #state(register: number): RegisterState {
    const length = this.#core.save(register);
    const at = this.#core.buffer(0);
    return new Uint8Array(this.#core.memory.buffer, at, length).slice();
  }

  /** Gives the module a calendar that reaches beyond `time`, and keeps the numbers of the boundaries it had. */
  #widen(time: number): void {
    const { resolution, zone } = this.settings;
    if (fixedStep(resolution) > 0) return;
    const known = this.#calendar;
    const margin = resolution === 'P1D' ? 400 * DAY : 4000 * DAY;
    if (known.length > 0 && time >= known[1]! && time < known.at(-2)!) return;
    const from = Math.min(time - margin, known[0] ?? Infinity);
    const to = Math.max(time + margin, known.at(-1) ?? -Infinity);
    const wider = boundaries(resolution, zone, from, to);
    if (known.length > 0) this.#first -= wider.indexOf(known[0]!);
    this.#calendar = wider;
    const at = this.#core.calendar(this.#first, wider.length);
    const into = new BigInt64Array(this.#core.memory.buffer, at, wider.length);
    for (let index = 0; index < wider.length; index++) into[index] = BigInt(wider[index]!);
  }
}

/** Instants in a register's state that the calendar must cover: the oldest and the newest. */
function timesOf(state: RegisterState): number[] {
  const view = new DataView(state.buffer, state.byteOffset, state.byteLength);
  if (state.length < 160) return [];
  const times = [Number(view.getBigInt64(0, true)), Number(view.getBigInt64(32, true))];
  if (state.length >= 176) times.push(Number(view.getBigInt64(160, true) >> 12n));
  return times.filter((time) => time > 0);
}
