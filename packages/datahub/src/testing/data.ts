import type {
  ConsentGrant,
  MeteringPoint,
  PriceSeries,
  Resolution,
  TimeSeries,
} from '@metergram/model';
import type { Charge } from '../core/client.ts';

/**
 * What a test hub holds, in the model's own types: whatever writes series as JSON can write it. Everything is optional.
 */
export interface TestHubData {
  readonly schema?: 'metergram.testhub/1';
  /** Where the hub's clock stands at the start: ISO 8601 in UTC. */
  readonly now?: string;
  readonly meteringPoints?: readonly MeteringPoint[];
  readonly series?: readonly TimeSeries[];
  readonly charges?: readonly Charge[];
  readonly grants?: readonly ConsentGrant[];
  readonly prices?: readonly PriceSeries[];
  /** Many metering points with made-up but repeatable values. */
  readonly generate?: readonly GeneratedPoints[];
  /** What one hub alone knows, by its name. */
  readonly hub?: HubOwnData;
}

/** What one hub alone knows. */
export interface HubOwnData {
  readonly eloverblik?: {
    /** Metering points of the customer that have no relation yet. */
    readonly unrelated?: readonly string[];
    /** Web access codes by metering point. */
    readonly webAccessCodes?: Readonly<Record<string, string>>;
    /** Metering points whose documents come without a series. */
    readonly noData?: readonly string[];
  };
  readonly elhub?: { readonly energyData?: OpenEnergyData };
  readonly energidataservice?: {
    /** Rows of DatahubPricelist, as they are. */
    readonly charges?: readonly Readonly<Record<string, unknown>>[];
    /** How many of the newest times have no price in DKK yet. */
    readonly withoutRate?: number;
  };
  readonly fingrid?: { readonly customers?: readonly TestCustomer[] };
  /** Made-up prices of every area, at both price hubs. */
  readonly prices?: PricePeriod;
}

/** What Elhub's open data holds: made-up hours of every area and group. */
export interface OpenEnergyData {
  /** Epoch milliseconds, half-open. */
  readonly from: number;
  readonly to: number;
  /** Share of hours that are not sent at all. */
  readonly missing?: number;
}

/** A customer of Fingrid Datahub, and what this one let the third party see. */
export interface TestCustomer {
  readonly identification: string;
  readonly meteringPoints: readonly string[];
  /** The agreement's time; without bound where absent. ISO 8601. */
  readonly from?: string;
  readonly to?: string;
}

/** Every area has prices from `from` to `to`, half-open, ISO 8601. */
export interface PricePeriod {
  readonly from: string;
  readonly to: string;
}

/**
 * `count` metering points numbered from `first`, each with a value for every interval. With them come charges for each, one
 * consent that covers all of them (where the data has none of its own), and prices of every area up to tomorrow.
 */
export interface GeneratedPoints {
  /** 17 digits (a check digit is added); the others count up from it. */
  readonly first: string;
  readonly count: number;
  readonly resolution: Resolution;
  /** Share of intervals without a value, 0 to 1; 0 unless told. */
  readonly missing?: number;
  readonly seed?: number;
}

/** A GS1 number with its check digit: three times every second digit from the right. */
export function withCheckDigit(digits: string): string {
  let sum = 0;
  for (let at = 0; at < digits.length; at++)
    sum += Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 3 : 1);
  return digits + String((10 - (sum % 10)) % 10);
}

/** The identifiers of generated metering points, in order. */
export function generatedIds(from: GeneratedPoints): string[] {
  const first = BigInt(from.first);
  return Array.from({ length: from.count }, (_, at) =>
    withCheckDigit(String(first + BigInt(at)).padStart(from.first.length, '0')),
  );
}

/** The made-up value of one interval: thousandths from 0 to 2999, null where it is missing. Depends on nothing else. */
export function generatedValue(from: GeneratedPoints, id: string, start: number): string | null {
  let hash = 0x811c9dc5 ^ (from.seed ?? 0);
  for (let at = id.length - 10; at < id.length; at++)
    hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ Math.floor(start / 900_000), 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash = (hash ^ (hash >>> 16)) >>> 0;
  if ((from.missing ?? 0) > 0 && (hash >>> 12) / 0x100000 < (from.missing ?? 0)) return null;
  const thousandths = hash % 3000;
  return `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`;
}
