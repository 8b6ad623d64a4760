import type { DataRecord, MeterAddress, Telegram } from '@metergram/decoder';
import { meaningOf } from '@metergram/decoder/meaning';
import { spaced } from './rows.ts';
import { type Factor, factorBetween, type UserNames } from './wmbusmeters-names.ts';
import { synonymsOf } from './wmbusmeters-synonyms.ts';
import type { Writer } from './writer.ts';

/** Media that wmbusmeters calls something else than our word with spaces for its underscores. */
const MEDIA: Readonly<Record<string, string>> = {
  heat_cost_allocator: 'heat cost allocation',
  heat_cooling: 'heat/cooling load',
  heat_inlet: 'heat volume at inlet',
  cooling_inlet: 'cooling load volume at inlet',
  cooling_outlet: 'cooling load volume at outlet',
  radio_converter_meter: 'radio converter (meter side)',
  radio_converter_system: 'radio converter (system side)',
};

/** What a unit is called in a field's name, and what the value is multiplied by: `times · 10^power`. */
interface FieldUnit {
  readonly suffix: string;
  readonly times?: bigint;
  readonly power?: number;
}

/** A joule is no decimal fraction of a kilowatt-hour, so energy in joules stays in joules. */
const UNITS: Readonly<Record<string, FieldUnit>> = {
  Wh: { suffix: 'kwh', power: -3 },
  J: { suffix: 'mj', power: -6 },
  varh: { suffix: 'kvarh', power: -3 },
  VAh: { suffix: 'kvah', power: -3 },
  W: { suffix: 'kw', power: -3 },
  var: { suffix: 'kvar', power: -3 },
  VA: { suffix: 'kva', power: -3 },
  'm3/min': { suffix: 'm3h', times: 60n },
  'm3/s': { suffix: 'm3h', times: 3600n },
  m3·K: { suffix: 'm3c' },
  '°C': { suffix: 'c' },
  '°F': { suffix: 'f' },
  '%': { suffix: 'pct' },
  '°': { suffix: 'deg' },
  year: { suffix: 'y' },
};

/** Durations that are told in hours; seconds and minutes stay, since not every number of them is a decimal of hours. */
const HOURS: ReadonlySet<string> = new Set(['on_time', 'operating_time']);

export interface WmbusmetersOptions {
  readonly names?: UserNames | undefined;
  /** Each value also under the other names that drivers of that tool give to such values. */
  readonly synonyms?: boolean | undefined;
}

/**
 * One object a line in the shape that wmbusmeters documents for its JSON. What a driver of that tool names by its
 * knowledge of the meter is not in DIF and VIF, and keeps our name.
 */
export function wmbusmetersWriter(options: WmbusmetersOptions = {}): Writer {
  return {
    begin: () => '',
    telegram: ({ telegram, received }) => `${lineOf(telegram, received, options)}\n`,
    end: () => '',
  };
}

/** Built as text, since a number of JavaScript would not hold every decimal. */
function lineOf(
  telegram: Telegram,
  received: string | undefined,
  { names, synonyms = false }: WmbusmetersOptions,
): string {
  const { meter, status, issues, records } = telegram;
  const fields = new Map<string, string>();
  const put = (name: string, value: string | null): Map<string, string> =>
    fields.set(name, JSON.stringify(value));
  put('media', meter === null ? null : (MEDIA[meter.medium] ?? spaced(meter.medium)));
  put('meter', names?.text(meter, 'meter') ?? 'metergram');
  put('name', names?.text(meter, 'name') ?? '');
  put('id', meter?.id ?? null);
  const fault = issues.find((issue) => issue.severity === 'error');
  if (fault) put('error', fault.code);
  else {
    if (status !== null) put('status', statusText(status.flags));
    // A second record of one name has a number in our names, so that each can be renamed.
    const used = new Set(fields.keys());
    const more: (() => void)[] = [];
    for (const record of records) {
      const ours = addRecord(fields, used, { telegram, names }, record);
      if (synonyms && ours !== undefined) more.push(() => addSynonyms(fields, ours, record));
    }
    for (const add of more) add();
  }
  put('timestamp', instant(received));
  return `{${[...fields].map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(',')}}`;
}

/** `OK`, or the flags in capitals with spaces between them. */
function statusText(flags: readonly string[]): string {
  return flags.length === 0
    ? 'OK'
    : flags.map((flag) => flag.toUpperCase().replaceAll('-', '_')).join(' ');
}

/** In UTC, to the second; null where the input told no time. */
function instant(received: string | undefined): string | null {
  if (received === undefined) return null;
  const time = new Date(received);
  return Number.isNaN(time.getTime()) ? null : time.toISOString().replace(/\.\d+Z$/, 'Z');
}

function addRecord(
  fields: Map<string, string>,
  used: Set<string>,
  { telegram, names }: { telegram: Telegram; names: UserNames | undefined },
  record: DataRecord,
): string | undefined {
  if (record.kind === 'bytes') return undefined;
  const unit = unitOf(record);
  const suffix = unit.suffix === '' ? '' : `_${unit.suffix}`;
  const ours = unused(used, fieldName(record, telegram), suffix);
  used.add(ours);
  const renamed = names === undefined ? { name: ours } : names.renamed(telegram.meter, ours);
  if (renamed === undefined) return undefined;
  fields.set(unused(fields, renamed.name, ''), jsonOf(record, unit, renamed.factor));
  return ours;
}

/** The value once more under every other name that is still free. */
function addSynonyms(fields: Map<string, string>, ours: string, record: DataRecord): void {
  for (const name of synonymsOf(ours)) {
    const factor = factorBetween(ours, name);
    if (factor === null || fields.has(name)) continue;
    fields.set(name, jsonOf(record, unitOf(record), factor));
  }
}

/** The name, or with a number before its unit where it is taken. */
function unused(taken: { has(name: string): boolean }, name: string, suffix: string): string {
  let free = `${name}${suffix}`;
  for (let n = 2; taken.has(free) || free === 'timestamp'; n++) free = `${name}_${n}${suffix}`;
  return free;
}

function unitOf({ quantity, unit }: DataRecord): FieldUnit {
  if (quantity === 'relative_humidity') return { suffix: 'rh' };
  if (unit === 'd' && HOURS.has(quantity)) return { suffix: 'h', times: 24n };
  return UNITS[unit] ?? { suffix: unit.toLowerCase().replaceAll(/[^a-z0-9]/g, '') };
}

function jsonOf(
  { quantity, kind, value, raw }: DataRecord,
  unit: FieldUnit,
  factor?: Factor,
): string {
  if (value === null) return 'null';
  if (kind === 'number' && VERSIONS.test(quantity)) return JSON.stringify(highFirst(raw));
  if (kind === 'number') return jsonNumber(value, unit.times ?? 1n, unit.power ?? 0, factor);
  return JSON.stringify(kind === 'datetime' ? value.replace('T', ' ') : value);
}

/** Versions are printed by their bytes, most significant first. */
const VERSIONS = /^(firmware|software|hardware|model)_version$/;
const highFirst = (raw: string): string => (raw.match(/../g) ?? []).toReversed().join('');

const ONE: Factor = { numerator: 1n, denominator: 1n };
/** Decimals of a quotient that does not end. */
const QUOTIENT_PLACES = 6;

/**
 * `decimal · times · 10^power · factor`, as JSON writes numbers: exactly but for a factor's division, which is rounded at six
 * decimals, or as many as the value has; zeros at the end of decimals are left out.
 */
export function jsonNumber(
  decimal: string,
  times: bigint,
  power: number,
  { numerator, denominator }: Factor = ONE,
): string {
  const [, sign = '', whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  if (whole === undefined) return 'null';
  const exact = fraction.length - power;
  const places = denominator === 1n ? exact : Math.max(exact, QUOTIENT_PLACES);
  const dividend = BigInt(whole + fraction) * times * numerator * 10n ** BigInt(places - exact);
  const digits = String((2n * dividend + denominator) / (2n * denominator));
  const padded = digits.padStart(places + 1, '0');
  const cut = padded.length - places;
  const decimals = padded.slice(cut).replace(/0+$/, '');
  const text = `${padded.slice(0, cut)}${decimals === '' ? '' : `.${decimals}`}`;
  return text === '0' ? text : sign + text;
}

/** A name of `@metergram/decoder/meaning` in its parts. */
const PARTS =
  /^(maximum_|minimum_|error_state_)?(.+?)(?:_at_(last_due_date|storage_(\d+)))?(?:_subunit_(\d+))?$/;
const EXTREMES: Readonly<Record<string, string>> = { maximum_: 'max_', minimum_: 'min_' };

/** The field's name without its unit. */
function fieldName(record: DataRecord, { meter }: Telegram): string {
  const ours = meaningOf(record, meter).name;
  const [, extreme = '', core = '', due, storage, unit] = PARTS.exec(ours) ?? [];
  const subunit = unit === undefined ? '' : `_subunit${unit}`;
  const names = wellKnown(core, record.kind, meter);
  const when = due === undefined ? '' : `_at_${due}`;
  const now = names?.now ?? core;
  if (extreme === 'error_state_') return `${now}${when}${subunit}_at_error`;
  if (extreme !== '')
    return `${EXTREMES[extreme] ?? ''}${now.replace(/^current_|^volume_(?=flow$)/, '')}${when}${subunit}`;
  if (due === undefined) return now + subunit;
  if (storage === undefined) return (names?.target ?? `${now}${when}`) + subunit;
  return (names?.stored?.(storage) ?? `${now}${when}`) + subunit;
}

/** A value's names: as it stands now, at storage 1, and at a later storage where that has a name of its own. */
interface Names {
  readonly now: string;
  readonly target?: string;
  readonly stored?: (storage: string) => string;
}

/** Names that need no more than another word. */
const RENAMED: Readonly<Record<string, string>> = {
  fabrication_number: 'fabrication_no',
  identification: 'enhanced_id',
  transmission_period: 'transmit_period',
  volume_times_flow_temperature: 'forward_energy',
  volume_times_return_temperature: 'return_energy',
  battery_remaining: 'battery',
};

/** Kamstrup's own words for the temperatures of flow and return. */
const KAMSTRUP: Readonly<Record<string, string>> = {
  flow_temperature: 't1_temperature',
  return_temperature: 't2_temperature',
};

const FLOWS: Readonly<Record<string, string>> = {
  _import: '_consumption',
  _export: '_production',
};

/** Volume that flowed the wrong way, by a VIFE or by a quantity of its own. */
const BACKWARD = /^(?:backward_volume|volume_negative_only)(?:_total)?$/;

/** What wmbusmeters calls a value whose name follows from DIF, VIF, medium and maker. */
function wellKnown(
  core: string,
  kind: DataRecord['kind'],
  meter: MeterAddress | null,
): Names | undefined {
  if (BACKWARD.test(core)) return { now: 'total_backward', target: 'target_backward' };
  const medium = meter?.medium ?? '';
  const thermal = /heat|cool/.test(medium);
  const allocator = medium === 'heat_cost_allocator';
  const [, quantity, flow = '', line, rest = ''] = CORE.exec(core) ?? [];
  const atSetDate = (storage: string): string => `consumption_at_set_date_${storage}${rest}`;
  switch (quantity) {
    case 'energy': {
      const word = FLOWS[flow] ?? '';
      const phase = line === undefined ? '' : `_l${line}`;
      const target = `target_energy${word}${phase}${rest}`;
      const now = `total_energy${word === '' ? '_consumption' : word}${phase}${rest}`;
      return flow === '_export' || phase !== ''
        ? { now, target }
        : { now, target, stored: atSetDate };
    }
    case 'volume': {
      const word = thermal ? '_volume' : '';
      return { now: `total${word}${rest}`, target: `target${word}${rest}`, stored: atSetDate };
    }
    case 'power': {
      const now = `${flow === '' ? '' : 'current_'}power${FLOWS[flow] ?? ''}${line === undefined ? rest : `_phase${line}`}`;
      return { now, target: `target_${now.replace('current_', '')}` };
    }
    case 'voltage':
    case 'current':
      if (line === undefined) return undefined;
      return {
        now: `${quantity}_at_phase_${line}`,
        target: `target_${quantity}_at_phase_${line}`,
      };
    case 'heat_cost_allocation':
      return {
        now: `current_consumption${rest}`,
        target: `consumption_at_set_date${rest}`,
        stored: atSetDate,
      };
    case 'meter_time':
      return {
        now: kind === 'time' ? 'meter_time' : `meter_${kind}`,
        target: allocator ? 'set_date' : `target_${kind}`,
        stored: (storage) => `set_${kind}_${storage}`,
      };
    default: {
      const kamstrup = thermal && /^(KAM|KAW|KIM)$/.test(meter?.manufacturer ?? '');
      const now = (kamstrup ? KAMSTRUP[core] : undefined) ?? RENAMED[core];
      return now === undefined ? undefined : { now };
    }
  }
}

/** Quantity, direction, phase, tariff. */
const CORE =
  /^(energy|power|volume|heat_cost_allocation|voltage|current|meter_time)(_import|_export)?(?:_l(\d))?(?:_total|(_tariff_\d+))?$/;
