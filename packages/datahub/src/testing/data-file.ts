import type { Issue } from '@metergram/model';
import { validate, type Validation } from '@metergram/model/schema';
import type { TestHubData } from './data.ts';
import { testHubData } from './data-shape.ts';

/** Values looked at before a file is given up: some ten million intervals. */
const MAX_VALUES = 100_000_000;

/**
 * The data of a test hub from the text of a file, `metergram.testhub/1`: checked whole, or every fault with its place (a
 * JSON pointer) and a stable code. Codes are the model's `schema/…` and `model/…`, and
 *
 * - `testhub/empty`: the file holds nothing;
 * - `testhub/duplicate`: two metering points of one number;
 * - `testhub/no-point`: a series says of no metering point that it is its own;
 * - `testhub/unknown-point`: a charge, consent or customer names a metering point that is not there.
 *
 * @example
 * const reading = readTestHubData(await readFile('hub.json', 'utf8'));
 * if (!reading.ok) for (const { pointer, code } of reading.issues) console.error(pointer, code);
 */
export function readTestHubData(text: string): Validation<TestHubData> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refusal('schema/not-json', `is no JSON: ${(error as Error).message}`);
  }
  return validate(testHubData, value, { maxValues: MAX_VALUES, maxFaults: 100 });
}

function refusal(code: string, message: string): { ok: false; issues: readonly Issue[] } {
  return { ok: false, issues: [{ code, severity: 'error', message, pointer: '' }] };
}

/** What a hub would need of its data and does not find there; null where it has something to serve. */
export function lackOf(hub: string, data: TestHubData): string | null {
  const { meteringPoints = [], series = [], generate = [], prices = [], hub: own } = data;
  const points = meteringPoints.length + series.length + generate.length > 0;
  switch (hub) {
    case 'eloverblik':
    case 'fingrid':
      return points ? null : 'metering points: meteringPoints, series or generate';
    case 'elhub':
      return points || own?.elhub?.energyData !== undefined
        ? null
        : 'metering points (meteringPoints, series or generate) or hub.elhub.energyData';
    case 'entsoe':
    case 'energidataservice':
      return prices.length > 0 ||
        generate.length > 0 ||
        own?.prices !== undefined ||
        (hub === 'energidataservice' && own?.energidataservice?.charges !== undefined)
        ? null
        : 'prices: prices, hub.prices or generate';
    default:
      return null;
  }
}
