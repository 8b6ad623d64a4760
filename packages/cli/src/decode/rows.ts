import type { DataRecord, MeterAddress, Telegram } from '@metergram/decoder';
import { printable } from '../terminal.ts';
import { forPeople } from './units.ts';

/** A record as a person reads it. */
export interface Row {
  readonly what: string;
  readonly value: string;
  readonly unit: string;
  /** Civil time of the meter, `2026-01-15 06:00`, or the time of reception, which ends in `Z`. */
  readonly time: string;
}

/** `KAM 12345678`. */
export function meterName(meter: MeterAddress | null): string {
  if (meter === null) return '';
  return meter.manufacturer === null ? meter.id : `${meter.manufacturer} ${meter.id}`;
}

/** A table's word with spaces for its hyphens: `heat-cost-allocator`, `flow_temperature`. */
export function spaced(word: string): string {
  return word.replaceAll(/[-_]/g, ' ');
}

/**
 * The rows of a telegram. Time points that say when another record was measured become that record's time and have
 * no row of their own.
 */
export function rowsOf(telegram: Telegram, received: string | undefined): Row[] {
  const times = new Map<string, DataRecord>();
  for (const record of telegram.records) {
    const slot = timeSlot(record);
    if (slot !== undefined && !times.has(slot)) times.set(slot, record);
  }
  const used = new Set<DataRecord>();
  const measured = telegram.records.filter((record) => timeSlot(record) === undefined);
  for (const record of measured) {
    const time = times.get(slotOf(record));
    if (time) used.add(time);
  }
  return telegram.records
    .filter((record) => !used.has(record))
    .map((record) => rowOf(record, times.get(slotOf(record)), received));
}

/** The slot of values whose time this record gives; nothing where it is something else. */
function timeSlot(record: DataRecord): string | undefined {
  const isTime = record.kind === 'datetime' || record.kind === 'date';
  const plain = isTime && record.value !== null && record.modifiers.length === 0;
  return plain && record.function === 'instantaneous' && !record.vendor
    ? slotOf(record)
    : undefined;
}

function slotOf({ storage }: DataRecord): string {
  return `${storage}`;
}

function rowOf(
  record: DataRecord,
  time: DataRecord | undefined,
  received: string | undefined,
): Row {
  const dated = time !== undefined && time !== record;
  return {
    what: whatOf(record, dated),
    ...valueOf(record),
    time: dated
      ? civil(time.value!)
      : record.storage === 0 && received !== undefined
        ? reception(received)
        : '',
  };
}

/** Which way a flow goes, in a word: what came in counts up while positive, what went out while negative. */
const DIRECTIONS: Readonly<Record<string, string>> = { positive_only: 'in', negative_only: 'out' };

function whatOf(record: DataRecord, dated: boolean): string {
  const words = [spaced(record.quantity)];
  if (record.function === 'maximum') words.unshift('max');
  if (record.function === 'minimum') words.unshift('min');
  const notes = record.modifiers.map((word) => DIRECTIONS[word] ?? spaced(word));
  if (record.function === 'error') notes.push('in error state');
  if (record.tariff !== 0) notes.push(`tariff ${record.tariff}`);
  if (record.subunit !== 0) notes.push(`unit ${record.subunit}`);
  if (record.storage !== 0 && !dated) notes.push(`storage ${record.storage}`);
  return [words.join(' '), ...notes].join(', ');
}

function valueOf(record: DataRecord): { value: string; unit: string } {
  const { kind, unit, value } = record;
  if (record.flags !== undefined)
    return { value: record.flags.map(spaced).join(', ') || 'none', unit: '' };
  if (value === null) return { value: kind === 'none' ? '' : 'no valid value', unit: '' };
  if (kind === 'number') return forPeople(value, unit);
  if (kind === 'datetime' || kind === 'date') return { value: civil(value), unit: '' };
  return { value: printable(value), unit };
}

/** `2026-01-15T06:00` without its `T`, and without seconds. */
function civil(time: string): string {
  return time.replace('T', ' ').slice(0, 16);
}

/** An instant in UTC, to the minute: `2026-01-15 06:00Z`. */
function reception(instant: string): string {
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? '' : `${civil(at.toISOString())}Z`;
}
