import { hex } from '../encode/octets.ts';
import { type DamageKind, heard, hurt } from './air.ts';
import { Device } from './device.ts';
import {
  type FleetDescription,
  type FleetIssue,
  fleetIssues,
  instant,
  type MeterGroup,
  type Protection,
} from './fleet.ts';
import { chance, randomBytes } from './random.ts';
import { Schedule } from './schedule.ts';

const PHASE = 501;
const WRONG_KEY = 502;

/** A meter of the fleet. One that was exchanged and the one after it are two. */
export interface SimulatedMeter {
  readonly manufacturer: string;
  /** Eight digits. */
  readonly id: string;
  readonly version: number;
  readonly mediumCode: number;
  readonly link: 'wired' | 'wireless';
  readonly protection: Protection;
  /** Place of its group in the description. */
  readonly group: number;
}

/** A key as the decoder takes it. */
export interface SimulatedKey {
  readonly manufacturer: string;
  readonly id: string;
  /** 32 hexadecimal digits. */
  readonly key: string;
}

export interface SimulatedTelegram {
  /** When it arrived: milliseconds since 1970, UTC. Arrivals come in this order. */
  readonly time: number;
  /** As it arrived. A new array; it belongs to the caller. */
  readonly bytes: Uint8Array;
  /** Place in {@link Simulation.meters}. */
  readonly meter: number;
  /** Place in the description's receivers; null for wired telegrams. */
  readonly receiver: number | null;
  readonly damage: DamageKind | null;
}

export type SimulateResult =
  | { readonly ok: true; readonly simulation: Simulation }
  | { readonly ok: false; readonly issues: readonly FleetIssue[] };

/**
 * Prepare a fleet. What cannot be simulated comes back as issues; nothing is thrown.
 *
 * @example
 * ```ts
 * const result = simulate({
 *   start: '2026-01-15T00:00:00+01:00',
 *   end: '2026-01-16T00:00:00+01:00',
 *   meters: [{ count: 10, medium: 'heat' }],
 * });
 * if (result.ok) for (const { bytes } of result.simulation.telegrams()) decoder.decode(bytes);
 * ```
 */
export function simulate(description: FleetDescription): SimulateResult {
  const issues = fleetIssues(description);
  if (issues.length > 0) return { ok: false, issues };
  return { ok: true, simulation: new Simulation(description) };
}

/** Where a meter hangs, and after an exchange its successor. */
export interface SimulatedSite {
  /** Place of its group in the description. */
  readonly group: number;
  /** Places in {@link Simulation.meters}, in order of time. */
  readonly meters: readonly number[];
}

/** What a site's meter shows at one instant. */
export interface RegisterValue {
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  /** Place in {@link Simulation.meters}. */
  readonly meter: number;
  /** Steps of the register: Wh of electricity, 100 Wh of heat, litres of water, 10 litres of gas, units. */
  readonly value: number;
  /** Steps of the second one: Wh exported, 10 litres of a heat meter's water. */
  readonly second: number;
  /** Whether the meter's next telegram arrived whole, and can be decrypted: who reads the meters knows this value then. */
  readonly known: boolean;
}

interface Place {
  readonly group: MeterGroup;
  readonly index: number;
  /** Place in {@link Simulation.meters} of the meter that is there now. */
  meter: number;
  readonly interval: number;
  readonly exchange: number | null;
  /** Telegrams sent by the meter that is there now. */
  count: number;
  exchanged: boolean;
}

/**
 * A fleet in time. {@link Simulation.telegrams}, or {@link Simulation.registers} of each site, may be asked for once; a
 * second walk needs a second simulation.
 */
export class Simulation {
  /** Every meter, exchanged ones and their successors included. */
  readonly meters: readonly SimulatedMeter[];
  /** Where they hang. */
  readonly sites: readonly SimulatedSite[];
  /** Keys of the encrypted meters, as far and as rightly as the description says. */
  readonly keys: readonly SimulatedKey[];
  readonly #description: FleetDescription;
  readonly #seed: number;
  readonly #start: number;
  readonly #end: number;
  readonly #devices: Device[] = [];
  readonly #places: Place[] = [];

  constructor(description: FleetDescription) {
    this.#description = description;
    this.#seed = Math.trunc(description.seed ?? 1);
    this.#start = instant(description.start)!;
    this.#end = instant(description.end)!;
    const meters: SimulatedMeter[] = [];
    const keys: SimulatedKey[] = [];
    let primary = 0;
    for (const [index, group] of description.meters.entries()) {
      const first = Number(group.firstId ?? (index + 1) * 1_000_000);
      for (let i = 0; i < group.count; i++) {
        if (group.link === 'wired') primary = (primary % 250) + 1;
        const exchange = group.exchange === undefined ? null : instant(group.exchange)!;
        this.#places.push({
          group,
          index,
          meter: meters.length,
          interval: (group.interval ?? 3600) * 1000,
          exchange,
          count: 0,
          exchanged: false,
        });
        for (const fresh of exchange === null ? [false] : [false, true]) {
          const id = String((first + i + (fresh ? 500_000 : 0)) % 100_000_000).padStart(8, '0');
          const start = fresh ? exchange! : this.#start;
          this.#put(meters, keys, index, group, id, start, primary, fresh);
        }
      }
    }
    this.meters = meters;
    this.sites = this.#places.map(({ index: group, meter, exchange }) => ({
      group,
      meters: exchange === null ? [meter] : [meter, meter + 1],
    }));
    this.keys = keys;
  }

  #put(
    meters: SimulatedMeter[],
    keys: SimulatedKey[],
    index: number,
    group: MeterGroup,
    id: string,
    start: number,
    primary: number,
    fresh: boolean,
  ): void {
    const number = meters.length;
    const utcOffset = this.#description.utcOffset ?? 60;
    const seed = this.#seed;
    const device = new Device({ seed, number, group, id, start, utcOffset, primary, fresh });
    this.#devices.push(device);
    const { manufacturer } = device.address;
    meters.push({
      manufacturer,
      id,
      version: device.address.version!,
      mediumCode: device.address.mediumCode!,
      link: group.link ?? 'wireless',
      protection: device.protection,
      group: index,
    });
    const known = group.keys ?? 'right';
    if (device.protection === 'none' || known === 'missing') return;
    const key = known === 'right' ? device.key : randomBytes(16, seed, WRONG_KEY, number);
    keys.push({ manufacturer, id, key: hex(key) });
  }

  /** Every telegram that arrives, in order of time. A generator: memory does not grow with the length. */
  *telegrams(): Generator<SimulatedTelegram> {
    const { receivers = [{ name: 'receiver' }], damage = {} } = this.#description;
    const schedule = new Schedule();
    for (const [i, place] of this.#places.entries()) schedule.add(this.#first(i, place), i);
    for (let next = schedule.peek(); next !== undefined; next = schedule.peek()) {
      const { time, number } = next;
      if (time >= this.#end) return;
      const place = this.#places[number]!;
      if (place.exchange !== null && time >= place.exchange && !place.exchanged) {
        // The successor stands behind the old meter in the list.
        place.exchanged = true;
        place.meter++;
        place.count = 0;
      }
      const count = place.count++;
      const bytes = this.#devices[place.meter]!.telegram(time, count);
      if (place.group.link === 'wired') {
        yield { time, meter: place.meter, ...hurt(bytes, damage, this.#seed, place.meter, count) };
      } else {
        const checked = (place.group.format ?? null) !== null;
        const arrivals = heard(bytes, receivers, damage, checked, this.#seed, place.meter, count);
        for (const arrival of arrivals) yield { time, meter: place.meter, ...arrival };
      }
      schedule.reschedule(time + place.interval);
    }
  }

  /**
   * What the registers of a site show at every multiple of `step` milliseconds, both ends of the time watched included: the
   * profile that a meter hands over with its next telegram. A value whose telegram was lost or damaged, or comes of a meter
   * without a right key, is there all the same, and marked: it happened, but nobody knows it. What an exchanged meter
   * counted after its last telegram is lost with it.
   */
  *registers(site: number, step: number): Generator<RegisterValue> {
    const place = this.#places[site]!;
    const { group, interval, exchange } = place;
    let [meter] = this.sites[site]!.meters as [number];
    const { protection } = this.#devices[meter]!;
    const readable = protection === 'none' || (group.keys ?? 'right') === 'right';
    let at = Math.ceil(this.#start / step) * step;
    const shown = (known: boolean): RegisterValue => {
      const [value, second] = this.#devices[meter]!.registers(at);
      return { time: at, meter, value, second, known };
    };
    let exchanged = false;
    let count = 0;
    for (let time = this.#first(site, place); at <= this.#end; time += interval) {
      if (exchange !== null && time >= exchange && !exchanged) {
        for (; at < exchange && at <= this.#end; at += step) yield shown(false);
        exchanged = true;
        meter++;
        count = 0;
      }
      const known = this.#arrives(group, meter, count++) && readable;
      for (; at <= time && at <= this.#end; at += step) yield shown(known);
    }
  }

  /** Whether anybody hears a telegram, whole. */
  #arrives(group: MeterGroup, meter: number, count: number): boolean {
    const { receivers = [{ name: 'receiver' }], damage = {} } = this.#description;
    // What becomes of a telegram does not depend on what it says.
    const any = new Uint8Array(16);
    if (group.link === 'wired') return hurt(any, damage, this.#seed, meter, count).damage === null;
    const checked = (group.format ?? null) !== null;
    for (const arrival of heard(any, receivers, damage, checked, this.#seed, meter, count))
      if (arrival.damage === null) return true;
    return false;
  }

  /** Wired meters are asked one after another at full intervals, radio meters send when they like. */
  #first(i: number, place: Place): number {
    return place.group.link === 'wired'
      ? this.#start + (i % 900) * 1000
      : this.#start + Math.floor(chance(this.#seed, PHASE, i) * place.interval);
  }
}
