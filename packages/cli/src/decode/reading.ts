import type { DataRecord, Telegram } from '@metergram/decoder';

/** What a meter is for is what its register counts; the first that a telegram has is the reading. */
const COUNTED: Readonly<Record<string, readonly string[]>> = {
  electricity: ['energy'],
  heat: ['energy'],
  heat_cost_allocator: ['heat_cost_allocation'],
};
const ELSE = ['volume', 'energy', 'mass', 'heat_cost_allocation'];

/**
 * The reading of a telegram: the counter of what the meter is for, as it stands now, in total. Nothing where the
 * telegram has an error, since a value of it may then be wrong.
 */
export function readingOf({ issues, meter, records }: Telegram): DataRecord | undefined {
  if (meter === null || issues.some((issue) => issue.severity === 'error')) return undefined;
  const counted = COUNTED[meter.medium] ?? (/^(heat|cool)/.test(meter.medium) ? ['energy'] : ELSE);
  for (const quantity of counted) {
    const found = records.find((record) => record.quantity === quantity && isTotal(record));
    if (found) return found;
  }
  return undefined;
}

function isTotal({ function: kind, ...record }: DataRecord): boolean {
  return (
    kind === 'instantaneous' &&
    record.kind === 'number' &&
    record.value !== null &&
    record.storage === 0 &&
    record.tariff === 0 &&
    record.subunit === 0 &&
    record.modifiers.length === 0 &&
    record.vendor !== true
  );
}
