import type { PriceSeries } from '@metergram/model';
import type { HubContext } from '../app.ts';
import { generatedValue, type PricePeriod } from '../data.ts';
import { civil, midnight } from '../european-time.ts';

/** One price of an area and auction. */
export interface StoredPrice {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** When day-ahead prices went from hours to quarters: 2025-10-01 in Central European time. */
export const quarterStart: number = Date.UTC(2025, 8, 30, 22);

const hour = 3_600_000;
/** Where prices begin that go with generated metering points. */
const earliest = Date.UTC(2014, 11, 31, 23);

/** The end of the last day whose auction is over: results of tomorrow come at one o'clock, Central European time. */
function published(now: number): number {
  const { year, month, day } = civil(now, 1);
  const known = now >= midnight(year, month, day, 1) + 13 * hour ? 2 : 1;
  return midnight(year, month, day + known, 1);
}

/** What both price hubs hold: the data's series, or made-up prices that depend on area and time alone. */
export class PriceStore {
  readonly #given: readonly PriceSeries[];
  readonly #setup: PricePeriod | null;
  /** Prices are made for as long as the hub's clock has come, and for tomorrow once that was auctioned. */
  readonly #until: (() => number) | null;
  readonly #corrected: Map<string, string> = new Map();

  constructor(context: HubContext) {
    this.#given = context.data.prices ?? [];
    this.#setup = context.data.hub?.prices ?? null;
    this.#until = (context.data.generate ?? []).length > 0 ? () => published(context.now()) : null;
  }

  /** A later price for one time. */
  correct(area: string, start: number, value: string): void {
    this.#corrected.set(`${area} ${start}`, value);
  }

  /** Prices that begin inside, in order. `sequence` 2 exists for DE-LU alone. */
  between(area: string, sequence: number, start: number, end: number): StoredPrice[] {
    const given = this.#given.filter(
      (series) => series.area === area && sequenceOf(series) === sequence,
    );
    const prices = given.length > 0 ? fromSeries(given) : this.#made(area, sequence, start, end);
    return prices
      .filter((price) => price.start >= start && price.start < end)
      .map((price) => ({
        ...price,
        value: this.#corrected.get(`${area} ${price.start}`) ?? price.value,
      }));
  }

  #made(area: string, sequence: number, start: number, end: number): StoredPrice[] {
    if (sequence !== 1 && area !== 'DE-LU') return [];
    const until = this.#setup === null ? this.#until?.() : Date.parse(this.#setup.to);
    if (until === undefined) return [];
    const first = Math.max(start, this.#setup === null ? earliest : Date.parse(this.#setup.from));
    const last = Math.min(end, until);
    const prices: StoredPrice[] = [];
    for (let at = first; at < last;) {
      const step = at < quarterStart ? hour : hour / 4;
      // A price that stays for a while now and then: otherwise nothing is ever left out of a curve.
      const held = Math.floor(at / (3 * step)) * 3 * step;
      const made = {
        first: '0',
        count: 1,
        resolution: 'PT15M' as const,
        seed: seedOf(area) * sequence,
      };
      const value = generatedValue(made, '0000000000', (at / step) % 7 < 3 ? held : at) ?? '0';
      prices.push({ start: at, end: at + step, value: value.endsWith('7') ? `-${value}` : value });
      at += step;
    }
    return prices;
  }
}

function sequenceOf(series: PriceSeries): number {
  return Number(series.source?.code.split('/')[1] ?? 1);
}

function fromSeries(all: readonly PriceSeries[]): StoredPrice[] {
  return all
    .flatMap((series) => series.points)
    .flatMap(({ start, end, value }) =>
      value === null || end === null
        ? []
        : [{ start: Date.parse(start), end: Date.parse(end), value: value as string }],
    )
    .sort((a, b) => a.start - b.start);
}

function seedOf(area: string): number {
  let seed = 7;
  for (const letter of area) seed = (seed * 31 + letter.charCodeAt(0)) % 100_003;
  return seed;
}
