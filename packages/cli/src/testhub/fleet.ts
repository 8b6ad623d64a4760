import { generatedCharges, withCheckDigit } from '@metergram/datahub/testing';
import {
  type FleetDescription,
  type MeterGroup,
  type RegisterValue,
  simulate,
  type Simulation,
} from '@metergram/decoder/simulate';
import {
  type Decimal,
  formatInstant,
  type MeterId,
  type MeteringPoint,
  type MeteringPointId,
  parseEpochMs,
  type SeriesPoint,
  type TimeSeries,
} from '@metergram/model';
import { consentOf, type Customer, customerOf } from './customer.ts';
import type { Market } from './market.ts';
import { dayAheadPrices } from './prices.ts';

const STEP = { PT15M: 900_000, PT1H: 3_600_000 } as const;
/** Hubs count electricity, and so does only one medium of a fleet. */
const MEDIUM = 'electricity';
/** The hub opens on the day after, at noon. */
const OPENS = 43_200_000;

export interface FleetHubOptions {
  readonly market: Market;
  /** Absent: quarters where a meter sends that often, else hours. */
  readonly resolution?: keyof typeof STEP;
}

/** A metering point, and the register that it counts with. */
interface Counted {
  readonly point: MeteringPoint;
  readonly register: 'value' | 'second';
}

interface Place {
  /** Place of the site in the simulation. */
  readonly site: number;
  readonly group: MeterGroup;
  readonly customer: Customer;
  readonly resolution: keyof typeof STEP;
  readonly counted: readonly Counted[];
}

/** A hub of a fleet's electricity meters, as the text of a file: `metergram.testhub/1`. */
export class FleetHub {
  /** Sites whose medium no hub has. */
  readonly leftOut: number;
  readonly #simulation: Simulation;
  readonly #description: FleetDescription;
  readonly #options: FleetHubOptions;
  readonly #places: readonly Place[];

  /** `description` must be one that can be simulated. */
  constructor(description: FleetDescription, options: FleetHubOptions) {
    const result = simulate(description);
    if (!result.ok) throw new TypeError('the fleet cannot be simulated');
    this.#simulation = result.simulation;
    this.#description = description;
    this.#options = options;
    const sites = this.#simulation.sites.flatMap(({ group: at }, site) => {
      const group = description.meters[at] as MeterGroup;
      return group.medium === MEDIUM ? [{ site, group }] : [];
    });
    this.leftOut = this.#simulation.sites.length - sites.length;
    this.#places = sites.map(({ site, group }, number) => this.#place(site, group, number));
  }

  /** How many metering points there are. */
  get size(): number {
    return this.#places.reduce((sum, { counted }) => sum + counted.length, 0);
  }

  /** The file, piece by piece: a line for each metering point, series, charge, consent and price series. */
  *text(): Generator<string> {
    const { market } = this.#options;
    const start = parseEpochMs(this.#description.start) as number;
    const end = parseEpochMs(this.#description.end) as number;
    const now = end + OPENS;
    const seed = Math.trunc(this.#description.seed ?? 1);
    yield `{\n"schema": "metergram.testhub/1",\n"now": "${formatInstant(now)}",\n`;
    yield* list(
      'meteringPoints',
      this.#places.flatMap(({ counted }) => counted.map(({ point }) => point)),
    );
    yield* list('series', this.#series());
    yield* list('charges', market.charges ? this.#charges() : []);
    yield* list(
      'grants',
      this.#places.map(({ customer, counted }) =>
        consentOf(
          customer,
          counted.map(({ point }) => point.id),
          market,
          { start, now },
          seed,
        ),
      ),
    );
    yield* list('prices', pricesOf(market, start, now, seed));
    const customers = this.#places
      .filter(({ customer }) => customer.state === 'active')
      .map(({ customer, counted }) => ({
        identification: customer.identification,
        meteringPoints: counted.map(({ point }) => point.id),
      }));
    yield `"hub": ${JSON.stringify({ fingrid: { customers } })}\n}\n`;
  }

  #place(site: number, group: MeterGroup, number: number): Place {
    const { market, resolution } = this.#options;
    const customer = customerOf(number);
    const chosen = resolution ?? ((group.interval ?? 3600) <= 900 ? 'PT15M' : 'PT1H');
    const id = (which: 0 | 1): MeteringPointId =>
      withCheckDigit(
        `${market.prefix}${String(number * 10 + which).padStart(8, '0')}`,
      ) as MeteringPointId;
    const common = {
      medium: MEDIUM,
      resolution: chosen,
      gridArea: market.gridArea,
      priceArea: market.areas[0],
      zone: market.zone,
      meters: this.#metersOf(site, group),
    } as const;
    const source = this.#sourceOf(site, customer, number);
    const consumption: MeteringPoint = { id: id(0), kind: 'consumption', ...common, source };
    const production: MeteringPoint = {
      id: id(1),
      kind: 'production',
      parent: consumption.id,
      ...common,
      source,
    };
    return {
      site,
      group,
      customer,
      resolution: chosen,
      counted: [
        { point: consumption, register: 'value' },
        ...((group.solar ?? 0) > 0 ? [{ point: production, register: 'second' as const }] : []),
      ],
    };
  }

  #metersOf(site: number, group: MeterGroup): NonNullable<MeteringPoint['meters']> {
    const { meters } = this.#simulation.sites[site] as { meters: readonly number[] };
    const exchange = group.exchange === undefined ? null : parseEpochMs(group.exchange);
    return meters.map((at, i) => ({
      meter: this.#nameOf(at) as MeterId,
      installed: {
        start: i === 0 ? null : exchange,
        end: i === 0 && meters.length > 1 ? exchange : null,
      },
    }));
  }

  #nameOf(meter: number): string {
    const { manufacturer, id } = this.#simulation.meters[meter] as {
      manufacturer: string;
      id: string;
    };
    return `${manufacturer}-${id}`;
  }

  /** In the words of the one hub that says so much of a metering point. */
  #sourceOf(site: number, customer: Customer, number: number): Record<string, string> {
    const { meters } = this.#simulation.sites[site] as { meters: readonly number[] };
    return {
      firstConsumerPartyName: customer.name,
      streetName: 'Målervej',
      buildingNumber: String(number + 1),
      postcode: '9999',
      cityName: 'Testby',
      meterNumber: this.#nameOf(meters.at(-1) as number),
    };
  }

  *#series(): Generator<TimeSeries> {
    for (const { site, group, resolution, counted } of this.#places) {
      const values = [...this.#simulation.registers(site, STEP[resolution])];
      for (const { point, register } of counted)
        yield {
          meteringPoint: point.id,
          quantity: 'energy',
          unit: 'kWh',
          direction: point.kind === 'production' ? 'production' : 'consumption',
          basis: 'metered',
          resolution,
          zone: this.#options.market.zone,
          points: intervals(values, register, group),
        };
    }
  }

  *#charges(): Generator<unknown> {
    for (const { counted } of this.#places)
      for (const { point } of counted)
        if (point.kind === 'consumption') yield* generatedCharges(point.id);
  }
}

/** What was counted between one value and the next: missing where one of them is not known, or the meter is another one. */
function intervals(
  values: readonly RegisterValue[],
  register: 'value' | 'second',
  group: MeterGroup,
): SeriesPoint[] {
  const limit = register === 'value' ? 10 ** (group.digits ?? 8) : 100_000_000;
  return values.slice(1).map((to, i) => {
    const from = values[i] as RegisterValue;
    const there = from.known && to.known && from.meter === to.meter;
    return {
      start: formatInstant(from.time),
      end: formatInstant(to.time),
      ...(there
        ? { value: kilo((to[register] - from[register] + limit) % limit), quality: 'measured' }
        : { value: null, quality: 'missing' }),
    };
  });
}

/** Wh as kWh. */
function kilo(wattHours: number): Decimal {
  const digits = String(wattHours).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}` as Decimal;
}

function* pricesOf(market: Market, start: number, now: number, seed: number): Generator<unknown> {
  for (const area of market.areas) yield* dayAheadPrices(area, start, now + 1, seed);
}

/** A member of the file whose entries stand on lines of their own. */
function* list(name: string, entries: Iterable<unknown>): Generator<string> {
  yield `"${name}": [`;
  let between = '\n';
  for (const entry of entries) {
    yield between + JSON.stringify(entry);
    between = ',\n';
  }
  yield '\n],\n';
}
