// One meter: its registers, its clock, and its telegram.

import type { AddressDescription, TelegramDescription } from '../encode/description.ts';
import { TelegramTemplate } from './template.ts';
import { heatTemperatures, hourlySun, hourlyUse, type Medium } from './demand.ts';
import type { MeterGroup, Protection } from './fleet.ts';
import { demandUnits, type Layout, LAYOUTS, type Source, USUAL_YEAR } from './layout.ts';
import { chance, randomBytes } from './random.ts';

const HOUR = 3_600_000;
/** One kWh warms so many litres by so many degrees: 1.163 Wh per litre and kelvin. */
const WATT_HOURS_PER_LITRE = 1.163;
const KEY = 301;
const INITIAL = 302;
const CLOCK_ERROR = 303;

export interface DeviceSettings {
  readonly seed: number;
  /** Place in the list of meters. */
  readonly number: number;
  readonly group: MeterGroup;
  readonly id: string;
  /** Milliseconds since 1970 of the first instant watched. */
  readonly start: number;
  /** Minutes. */
  readonly utcOffset: number;
  /** Wired: primary address. */
  readonly primary: number;
  /** A meter that was just put up starts near zero. */
  readonly fresh: boolean;
}

/** A simulated meter. Time only goes forward: telegrams are asked for in order. */
export class Device {
  readonly address: AddressDescription & { readonly manufacturer: string };
  readonly medium: Medium;
  readonly protection: Protection;
  readonly key: Uint8Array;
  readonly #settings: DeviceSettings;
  readonly #layout: Layout;
  readonly #template: TelegramTemplate;
  readonly #annual: number;
  readonly #limit: number;
  readonly #drift: number;
  #hour: number;
  #month: number;
  #counted = 0;
  #second = 0;
  #initial: number;
  #due: number;
  #dueDate: number;
  #rate: readonly [number, number] = [0, 0];

  constructor(settings: DeviceSettings) {
    const { group, seed, number } = settings;
    this.#settings = settings;
    this.medium = group.medium;
    this.protection = group.protection ?? (group.link === 'wired' ? 'none' : 'mode5');
    this.#layout = LAYOUTS[group.medium];
    this.key = randomBytes(16, seed, KEY, number);
    this.address = {
      manufacturer: group.manufacturer ?? 'XMG',
      id: settings.id,
      version: 1,
      mediumCode: this.#layout.mediumCode,
    };
    const annual = group.annual ?? USUAL_YEAR[group.medium];
    this.#annual = demandUnits(group.medium, annual);
    this.#limit = 10 ** (group.digits ?? 8);
    const perYear = this.#annual / this.#layout.step;
    const years = 1 + 6 * chance(seed, INITIAL, number);
    this.#initial = settings.fresh
      ? 0
      : (group.initial ?? Math.floor(perYear * years) % this.#limit);
    this.#second = settings.fresh ? 0 : this.#earlier(this.#initial);
    this.#drift = (2 * chance(seed, CLOCK_ERROR, number) - 1) * (group.drift ?? 20) * 1e-6;
    const civil = this.#civil(settings.start);
    this.#hour = Math.floor(civil / HOUR);
    this.#month = new Date(civil).getUTCMonth();
    this.#dueDate = lastDayBefore(civil);
    this.#due = Math.floor(this.#initial * 0.97);
    this.#template = new TelegramTemplate(this.#describe());
  }

  /** Second register at the start: the water behind a heat meter's energy, the export of as many years as the import. */
  #earlier(initial: number): number {
    if (this.medium === 'heat')
      return Math.floor((initial * 100) / (WATT_HOURS_PER_LITRE * 40) / 10);
    // One kW of panels gives some 900 kWh in a year; a third of it is used at once.
    const years = initial / this.#annual;
    return Math.floor((this.#settings.group.solar ?? 0) * 600_000 * years) % 100_000_000;
  }

  /** What both registers show at an instant, in steps. */
  registers(time: number): readonly [first: number, second: number] {
    const civil = this.#civil(time);
    this.#advance(civil);
    const part = (civil % HOUR) / HOUR;
    const [use, other] = this.#rate;
    return [
      this.#shown(this.#counted + use * part),
      Math.floor(this.#second + other * part) % 100_000_000,
    ];
  }

  /** The telegram that the meter sends at an instant; `count` numbers them from 0. */
  telegram(time: number, count: number): Uint8Array {
    const { start } = this.#settings;
    const civil = this.#civil(time);
    const [shown, second] = this.registers(time);
    const clock = civil + this.#drift * (time - start);
    for (const [i, { source, record }] of this.#layout.slots.entries()) {
      this.#fill(i, source, record.coding!, shown, second, clock, civil);
    }
    return this.#template.send(count, Math.floor((time - start) / 60_000));
  }

  #fill(
    i: number,
    source: Source,
    coding: string,
    shown: number,
    second: number,
    clock: number,
    civil: number,
  ): void {
    const bytes = this.#template.plain;
    const at = this.#template.data[i]!;
    const { step } = this.#layout;
    const [use, other] = this.#rate;
    const { seed, number } = this.#settings;
    switch (source) {
      case 'register':
        return writeBcd(bytes, at, 4, shown);
      case 'second':
        return writeBcd(bytes, at, 4, second);
      case 'due':
        return writeBcd(bytes, at, 4, this.#due);
      case 'due-date':
        return writeDate(bytes, at, new Date(this.#dueDate));
      case 'clock':
        return coding === 'datetime'
          ? writeMinute(bytes, at, new Date(clock))
          : writeSecond(bytes, at, new Date(clock));
      case 'rate':
        return writeInteger(bytes, at, coding === 'int16' ? 2 : 4, Math.round(use * step));
      case 'second-rate':
        return writeInteger(bytes, at, 4, Math.round(other * step));
      case 'supply':
        return writeInteger(bytes, at, 2, heatTemperatures(seed, number, civil)[0]);
      case 'return':
        return writeInteger(bytes, at, 2, heatTemperatures(seed, number, civil)[1]);
      case 'zero':
        return;
    }
  }

  /** Count every whole hour up to an instant; the due date's value is kept when a month begins. */
  #advance(civil: number): void {
    const now = Math.floor(civil / HOUR);
    if (this.#hour === now && this.#rate[0] + this.#rate[1] > 0) return;
    this.#rate = this.#use(this.#hour * HOUR);
    while (this.#hour < now) {
      this.#counted += this.#rate[0];
      this.#second += this.#rate[1];
      this.#hour++;
      const begin = this.#hour * HOUR;
      const month = new Date(begin).getUTCMonth();
      if (month !== this.#month) {
        this.#month = month;
        this.#due = this.#shown(this.#counted);
        this.#dueDate = lastDayBefore(begin);
      }
      this.#rate = this.#use(begin);
    }
  }

  /** Steps of the register in the hour that begins at `civil`, and of the second one: exported energy, or volume. */
  #use(civil: number): [number, number] {
    const { seed, number, group } = this.#settings;
    const use = hourlyUse(this.medium, this.#annual, seed, number, civil);
    const steps = use / this.#layout.step;
    if (this.medium === 'electricity') {
      const sun = hourlySun(group.solar ?? 0, seed, civil);
      return [Math.max(0, use - sun), Math.max(0, sun - use)];
    }
    if (this.medium !== 'heat') return [steps, 0];
    const [supply, back] = heatTemperatures(seed, number, civil);
    // Supply and return are in tenths of a degree, the volume is counted in steps of 10 litres.
    return [steps, use / (WATT_HOURS_PER_LITRE * ((supply - back) / 10)) / 10];
  }

  #shown(counted: number): number {
    return (this.#initial + Math.floor(counted)) % this.#limit;
  }

  #civil(time: number): number {
    return time + this.#settings.utcOffset * 60_000;
  }

  #describe(): TelegramDescription {
    const { group, primary } = this.#settings;
    const { key } = this;
    const wired = group.link === 'wired';
    const records = this.#layout.slots.map(({ record }) => record);
    const link = wired
      ? ({ kind: 'wired-long', address: primary } as const)
      : ({ kind: 'wireless', format: group.format ?? null } as const);
    const common = { link, meter: this.address, records };
    switch (this.protection) {
      case 'none':
        return { ...common, transport: { header: wired ? 'long' : 'short' } };
      case 'mode5':
        return {
          ...common,
          transport: { header: wired ? 'long' : 'short', security: { mode: 5, key } },
        };
      case 'mode7':
        return {
          ...common,
          afl: { key, counter: 0 },
          transport: { header: 'short', security: { mode: 7, key } },
        };
      case 'ell':
        return { ...common, ell: { ci: 0x8d, control: 0x20, key }, transport: { header: 'none' } };
    }
  }
}

/** Midnight of the day before the month began in which `civil` lies. */
function lastDayBefore(civil: number): number {
  const date = new Date(civil);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 0);
}

/** Type B; what the field cannot hold is no valid value, a one and zeros. */
function writeInteger(bytes: Uint8Array, at: number, length: number, value: number): void {
  const none = -(2 ** (8 * length - 1));
  const sent = Math.abs(value) < -none ? value : none;
  for (let i = 0; i < length; i++) bytes[at + i] = sent >> (8 * i);
}

function writeBcd(bytes: Uint8Array, at: number, length: number, value: number): void {
  let rest = value;
  for (let i = 0; i < length; i++) {
    const pair = rest % 100;
    bytes[at + i] = (Math.floor(pair / 10) << 4) | (pair % 10);
    rest = Math.floor(rest / 100);
  }
}

/** Type G. */
function writeDate(bytes: Uint8Array, at: number, date: Date): void {
  const year = date.getUTCFullYear() % 100;
  bytes[at] = date.getUTCDate() | ((year & 7) << 5);
  bytes[at + 1] = (date.getUTCMonth() + 1) | ((year >> 3) << 4);
}

/** Type F. */
function writeMinute(bytes: Uint8Array, at: number, date: Date): void {
  bytes[at] = date.getUTCMinutes();
  bytes[at + 1] = date.getUTCHours() | 0x20;
  writeDate(bytes, at + 2, date);
}

/** Type I, without day of week and number of the week. */
function writeSecond(bytes: Uint8Array, at: number, date: Date): void {
  bytes[at] = date.getUTCSeconds();
  bytes[at + 1] = date.getUTCMinutes();
  bytes[at + 2] = date.getUTCHours();
  writeDate(bytes, at + 3, date);
  bytes[at + 5] = 0;
}
