import type { Quality, Resolution, TimeSeries } from '@metergram/model';
import { generatedIds, generatedValue, type GeneratedPoints, type TestHubData } from './data.ts';
import { midnight, civil, next } from './european-time.ts';

/** One stored interval. */
export interface StoredPoint {
  readonly start: number;
  readonly end: number;
  readonly value: string | null;
  readonly quality: Quality;
  /** The hub's own quality code, where the data names one. */
  readonly code?: string;
}

/** One series of a metering point, made on demand where it is generated. */
export interface StoredSeries {
  readonly direction: TimeSeries['direction'];
  readonly basis: TimeSeries['basis'];
  readonly unit: string;
  readonly resolution: Resolution;
  /** Points that begin inside, in order. */
  between(start: number, end: number): StoredPoint[];
}

const fixed: Partial<Record<Resolution, number>> = { PT15M: 900_000, PT1H: 3_600_000 };

/** What a test hub knows of series: those of its data, generated ones, and corrections on top. */
export class SeriesStore {
  readonly #given: Map<string, TimeSeries[]> = new Map();
  readonly #generated: Map<string, GeneratedPoints> = new Map();
  readonly #corrected: Map<string, StoredPoint> = new Map();
  readonly #standard: number;

  /** `standard`: the zone's winter offset in hours. */
  constructor(data: TestHubData, standard: number) {
    this.#standard = standard;
    for (const series of data.series ?? []) {
      const id = series.meteringPoint ?? '';
      this.#given.set(id, [...(this.#given.get(id) ?? []), series]);
    }
    for (const generated of data.generate ?? [])
      for (const id of generatedIds(generated)) this.#generated.set(id, generated);
  }

  /** Every metering point that has a series. */
  get ids(): string[] {
    return [...new Set([...this.#given.keys(), ...this.#generated.keys()])];
  }

  /** Whether the data only counts this metering point, and all of it is made up. */
  isGenerated(id: string): boolean {
    return this.#generated.has(id);
  }

  of(id: string): StoredSeries[] {
    const given = (this.#given.get(id) ?? []).map((series) => this.#stored(id, series));
    const generated = this.#generated.get(id);
    return generated === undefined ? given : [...given, this.#made(id, generated)];
  }

  /** A later, better value for one interval. */
  correct(id: string, point: StoredPoint): void {
    this.#corrected.set(`${id} ${point.start}`, point);
  }

  #stored(id: string, series: TimeSeries): StoredSeries {
    const points = series.points.map((point) => ({
      start: Date.parse(point.start),
      end: Date.parse(point.end),
      value: point.value as string | null,
      quality: point.quality,
      ...(point.source === undefined ? {} : { code: point.source.code }),
    }));
    return {
      direction: series.direction,
      basis: series.basis,
      unit: series.unit,
      resolution: series.resolution,
      between: (start, end) =>
        points
          .filter((point) => point.start >= start && point.start < end)
          .map((point) => this.#corrected.get(`${id} ${point.start}`) ?? point),
    };
  }

  #made(id: string, from: GeneratedPoints): StoredSeries {
    const step = (ms: number): number => {
      const length = fixed[from.resolution];
      return length === undefined
        ? next(ms, from.resolution as 'P1D' | 'P1M' | 'P1Y', this.#standard)
        : ms + length;
    };
    return {
      direction: 'consumption',
      basis: 'metered',
      unit: 'kWh',
      resolution: from.resolution,
      between: (start, end) => {
        const points: StoredPoint[] = [];
        const { year, month, day } = civil(start, this.#standard);
        for (let at = midnight(year, month, day, this.#standard), to: number; at < end; at = to) {
          to = step(at);
          if (at < start) continue;
          const value = generatedValue(from, id, at);
          const point: StoredPoint = {
            start: at,
            end: to,
            value,
            quality: value === null ? 'missing' : 'measured',
          };
          points.push(this.#corrected.get(`${id} ${at}`) ?? point);
        }
        return points;
      },
    };
  }
}

/** An exact sum of decimals, with the most decimals of any. */
export function sum(values: readonly string[]): string {
  let scale = 0;
  for (const value of values) scale = Math.max(scale, (value.split('.')[1] ?? '').length);
  let total = 0n;
  for (const value of values) {
    const [whole, rest = ''] = value.split('.') as [string, string?];
    total += BigInt(whole + rest.padEnd(scale, '0'));
  }
  if (scale === 0) return total.toString();
  const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0');
  return `${total < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
