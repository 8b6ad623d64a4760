import { VENDOR_WORDS } from './tables/vendor-word.ts';
import type { DataRecord, MeterAddress, Telegram } from './telegram.ts';

/**
 * What kind of value a record holds: `cumulative` counts up for good, `momentary` is now, `due` is a counter as it stood
 * at a due date or at the end of an earlier period, `maximum` and `minimum` are extremes of a period, `period` is the
 * amount of one period, `time` and `text` are no amounts.
 */
export type ReadingType =
  | 'cumulative'
  | 'momentary'
  | 'due'
  | 'maximum'
  | 'minimum'
  | 'period'
  | 'time'
  | 'text'
  | 'other';

/** What Home Assistant wants to know of a sensor (its developers' page on sensor entities). */
export interface HomeAssistantSensor {
  readonly device_class?: string;
  readonly state_class?: 'measurement' | 'total_increasing';
  readonly unit_of_measurement?: string;
}

/** What a standard record means, from its DIF and VIF alone. */
export interface RecordMeaning {
  /** `energy_import_total`, `volume_at_last_due_date`, `flow_temperature`: unique within a telegram but for odd meters. */
  readonly name: string;
  readonly readingType: ReadingType;
  readonly homeAssistant: HomeAssistantSensor;
}

const COUNTERS = new Set([
  'energy',
  'reactive_energy',
  'apparent_energy',
  'volume',
  'mass',
  'heat_cost_allocation',
  'backward_volume',
]);
/** VIFEs under which a counter's unit counts nothing: a rate, a weight of a pulse, a limit, a share. */
const NO_COUNTER = /^(per_|increment_per_|times_second|relative_deviation$)|_limit$/;
const ELECTRICITY = 0x02;
const GAS = 0x03;
const WATER = new Set([0x06, 0x07, 0x15, 0x16, 0x28]);
const TIMES = new Set(['date', 'datetime', 'time']);

/** Modifiers that a flow's direction says. */
const DIRECTIONS = new Set(['positive_only', 'negative_only', 'export']);
/** Modifiers that a name says in other words, or not at all. */
const SILENT = new Set(['unsigned', 'bit_array', 'standard_conform', 'no_error', 'average']);

function readingType(record: DataRecord): ReadingType {
  if (TIMES.has(record.kind)) return 'time';
  if (record.kind === 'text' || record.kind === 'bytes') return 'text';
  if (record.kind !== 'number') return 'other';
  if (record.function === 'maximum') return 'maximum';
  if (record.function === 'minimum') return 'minimum';
  if (record.quantity.endsWith('_in_period') || record.quantity === 'month_value') return 'period';
  if (!COUNTERS.has(record.quantity)) return record.function === 'error' ? 'other' : 'momentary';
  if (record.modifiers.some((word) => NO_COUNTER.test(word))) return 'other';
  return record.storage > 0 ? 'due' : 'cumulative';
}

/** The modifiers, those of the manufacturer in words where they are known. */
function modifiersOf(
  { quantity, modifiers, vib }: DataRecord,
  meter: MeterAddress | null,
): readonly string[] {
  // One VIFE behind VIF FF has told the quantity, and nothing more.
  const known = vib.startsWith('ff') && quantity !== 'manufacturer_specific';
  if (known && modifiers.length === 1) return [];
  const at = modifiers.indexOf('manufacturer_specific');
  const words = VENDOR_WORDS.find(
    ({ manufacturer, version = meter?.version }) =>
      manufacturer === meter?.manufacturer && version === meter?.version,
  )?.words[quantity];
  const word = at < 0 ? undefined : words?.[modifiers[at + 1]?.replace('vendor_', '') ?? ''];
  if (word === undefined) return modifiers;
  return [...modifiers.slice(0, at), word, ...modifiers.slice(at + 2)];
}

/** Which way energy flows, seen from the customer: electricity only. */
function direction(quantity: string, modifiers: readonly string[], mediumCode: number): string {
  if (mediumCode !== ELECTRICITY || !/energy$|power$/.test(quantity)) return '';
  return modifiers.some((word) => word === 'negative_only' || word === 'export')
    ? '_export'
    : '_import';
}

function when({ storage }: DataRecord): string {
  if (storage === 0) return '';
  return storage === 1 ? '_at_last_due_date' : `_at_storage_${storage}`;
}

function nameOf(record: DataRecord, meter: MeterAddress | null, type: ReadingType): string {
  const modifiers = modifiersOf(record, meter);
  const flow = direction(record.quantity, modifiers, meter?.mediumCode ?? -1);
  const words = modifiers.filter(
    (word) =>
      !SILENT.has(word) &&
      !word.startsWith('times_10') &&
      !word.startsWith('plus_10') &&
      !(flow !== '' && DIRECTIONS.has(word)),
  );
  const parts: string[] = [];
  if (record.function === 'maximum' || record.function === 'minimum')
    parts.push(`${record.function}_`);
  if (record.function === 'error') parts.push('error_state_');
  const quantity =
    TIMES.has(record.kind) && TIMES.has(record.quantity) ? 'meter_time' : record.quantity;
  parts.push(quantity, flow);
  parts.push(...words.map((word) => `_${word.replace(/^phase_/, '')}`));
  if (record.tariff > 0) parts.push(`_tariff_${record.tariff}`);
  else if (type === 'cumulative') parts.push('_total');
  parts.push(when(record));
  if (record.subunit > 0) parts.push(`_subunit_${record.subunit}`);
  return parts.join('');
}

const HA_UNITS: Readonly<Record<string, string>> = {
  m3: 'm³',
  'm3/h': 'm³/h',
  'm3/min': 'm³/min',
  'm3/s': 'm³/s',
};
const HA_CLASSES: Readonly<Record<string, string>> = {
  Wh: 'energy',
  J: 'energy',
  cal: 'energy',
  varh: 'reactive_energy',
  W: 'power',
  VA: 'apparent_power',
  var: 'reactive_power',
  V: 'voltage',
  A: 'current',
  Hz: 'frequency',
  bar: 'pressure',
  '°C': 'temperature',
  '°F': 'temperature',
  'm3/h': 'volume_flow_rate',
  'm3/min': 'volume_flow_rate',
  'm3/s': 'volume_flow_rate',
  s: 'duration',
  min: 'duration',
  h: 'duration',
  d: 'duration',
  dBm: 'signal_strength',
  kg: 'weight',
};

function homeAssistant(
  record: DataRecord,
  mediumCode: number,
  type: ReadingType,
): HomeAssistantSensor {
  if (type === 'time') return { device_class: record.kind === 'date' ? 'date' : 'timestamp' };
  if (record.kind !== 'number' || type === 'other') return {};
  const volume = WATER.has(mediumCode) ? 'water' : mediumCode === GAS ? 'gas' : 'volume';
  const humidity = record.quantity === 'relative_humidity' ? 'humidity' : undefined;
  const deviceClass = record.unit === 'm3' ? volume : (humidity ?? HA_CLASSES[record.unit]);
  const unit = HA_UNITS[record.unit] ?? record.unit;
  const stateClass =
    type === 'cumulative' ? 'total_increasing' : type === 'momentary' ? 'measurement' : undefined;
  return {
    ...(deviceClass === undefined ? {} : { device_class: deviceClass }),
    ...(stateClass === undefined ? {} : { state_class: stateClass }),
    ...(unit === '' ? {} : { unit_of_measurement: unit }),
  };
}

/**
 * Names a record without a driver for its meter: what DIF and VIF say, in words that stay the same.
 *
 * @example
 * ```ts
 * for (const record of telegram.records) console.log(meaningOf(record, telegram.meter).name, record.value, record.unit);
 * ```
 */
export function meaningOf(record: DataRecord, meter: MeterAddress | null): RecordMeaning {
  const mediumCode = meter?.mediumCode ?? -1;
  const type = readingType(record);
  return {
    name: nameOf(record, meter, type),
    readingType: type,
    homeAssistant: homeAssistant(record, mediumCode, type),
  };
}

/** The meter and its records by name; where two have the same, the second gets `_2`, and so on. */
export function namedRecords(telegram: Telegram): ReadonlyMap<string, DataRecord> {
  const named = new Map<string, DataRecord>();
  for (const record of telegram.records) {
    const { name } = meaningOf(record, telegram.meter);
    let unique = name;
    for (let n = 2; named.has(unique); n++) unique = `${name}_${n}`;
    named.set(unique, record);
  }
  return named;
}
