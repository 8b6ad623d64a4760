import type { DataRecord, Telegram } from '@metergram/decoder';
import { meaningOf } from '@metergram/decoder/meaning';
import { spaced } from './rows.ts';
import type { Factor, UserNames } from './wmbusmeters-names.ts';
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

/**
 * One object a line in the shape that wmbusmeters documents for its JSON. What a driver of that tool names by its
 * knowledge of the meter is not in DIF and VIF, and keeps our name.
 */
export function wmbusmetersWriter(names?: UserNames): Writer {
  return {
    begin: () => '',
    telegram: ({ telegram, received }) => `${lineOf(telegram, received, names)}\n`,
    end: () => '',
  };
}

/** Built as text, since a number of JavaScript would not hold every decimal. */
function lineOf(
  telegram: Telegram,
  received: string | undefined,
  names: UserNames | undefined,
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
    for (const record of records) addRecord(fields, used, { telegram, names }, record);
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
): void {
  if (record.kind === 'bytes') return;
  const unit = unitOf(record);
  const suffix = unit.suffix === '' ? '' : `_${unit.suffix}`;
  const ours = unused(used, fieldName(record, telegram), suffix);
  used.add(ours);
  const renamed = names === undefined ? { name: ours } : names.renamed(telegram.meter, ours);
  if (renamed === undefined) return;
  fields.set(unused(fields, renamed.name, ''), jsonOf(record, unit, renamed.factor));
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

function jsonOf({ kind, value }: DataRecord, unit: FieldUnit, factor?: Factor): string {
  if (value === null) return 'null';
  if (kind === 'number') return jsonNumber(value, unit.times ?? 1n, unit.power ?? 0, factor);
  return JSON.stringify(kind === 'datetime' ? value.replace('T', ' ') : value);
}

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
  /^(maximum_|minimum_|error_state_)?(.+?)(?:_at_(last_due_date|storage_(\d+)))?(_subunit_\d+)?$/;
const EXTREMES: Readonly<Record<string, string>> = { maximum_: 'max_', minimum_: 'min_' };

/** The field's name without its unit. */
function fieldName(record: DataRecord, { meter }: Telegram): string {
  const ours = meaningOf(record, meter).name;
  const [, extreme = '', core = '', due, storage, subunit = ''] = PARTS.exec(ours) ?? [];
  const names = wellKnown(core, record.kind, meter?.medium ?? '');
  const when = due === undefined ? '' : `_at_${due}`;
  const now = names?.now ?? core;
  if (extreme === 'error_state_') return `${now}${when}${subunit}_at_error`;
  if (extreme !== '')
    return `${EXTREMES[extreme] ?? ''}${now.replace(/^current_|^volume_(?=flow$)/, '')}${when}${subunit}`;
  if (names === undefined) return ours;
  if (due === undefined) return names.now + subunit;
  if (storage === undefined) return (names.target ?? `${names.now}${when}`) + subunit;
  return (names.stored?.(storage) ?? `${names.now}${when}`) + subunit;
}

/** A value's names: as it stands now, at storage 1, and at a later storage where that has a name of its own. */
interface Names {
  readonly now: string;
  readonly target?: string;
  readonly stored?: (storage: string) => string;
}

/** Names that need no more than another word; the vendor's numbers are Kamstrup's for the two products of volume. */
const RENAMED: Readonly<Record<string, string>> = {
  fabrication_number: 'fabrication_no',
  identification: 'enhanced_id',
  transmission_period: 'transmit_period',
  volume_times_flow_temperature: 'forward_energy',
  volume_times_flow_temperature_vendor_07: 'forward_energy',
  volume_times_return_temperature: 'return_energy',
  volume_times_return_temperature_vendor_08: 'return_energy',
};

const FLOWS: Readonly<Record<string, string>> = {
  _import: '_consumption',
  _export: '_production',
};

/** Volume that flowed the wrong way, by a VIFE or by a quantity of its own. */
const BACKWARD = /^(?:backward_volume|volume_negative_only)(?:_total)?$/;

/** What wmbusmeters calls a value whose name follows from DIF, VIF and medium alone. */
function wellKnown(core: string, kind: DataRecord['kind'], medium: string): Names | undefined {
  if (BACKWARD.test(core)) return { now: 'total_backward', target: 'target_backward' };
  const thermal = /heat|cool/.test(medium);
  const allocator = medium === 'heat_cost_allocator';
  const [, quantity, flow = '', rest = ''] =
    /^(energy|power|volume|heat_cost_allocation|voltage|current|meter_time)(_import|_export)?(?:_total|(_tariff_\d+|_l\d))?$/.exec(
      core,
    ) ?? [];
  const phase = rest.startsWith('_l') ? rest.slice(2) : '';
  switch (quantity) {
    case 'energy': {
      if (phase !== '') return undefined;
      const word = FLOWS[flow] ?? '';
      return {
        now: `total_energy${word === '' ? '_consumption' : word}${rest}`,
        target: `target_energy${word}${rest}`,
      };
    }
    case 'volume': {
      const word = thermal ? '_volume' : '';
      return { now: `total${word}${rest}`, target: `target${word}${rest}` };
    }
    case 'power': {
      const now = `${flow === '' ? '' : 'current_'}power${FLOWS[flow] ?? ''}${phase === '' ? rest : `_phase${phase}`}`;
      return { now, target: `target_${now.replace('current_', '')}` };
    }
    case 'voltage':
    case 'current':
      if (phase === '') return undefined;
      return {
        now: `${quantity}_at_phase_${phase}`,
        target: `target_${quantity}_at_phase_${phase}`,
      };
    case 'heat_cost_allocation':
      return {
        now: `current_consumption${rest}`,
        target: `consumption_at_set_date${rest}`,
        stored: (storage) => `consumption_at_set_date_${storage}${rest}`,
      };
    case 'meter_time':
      return {
        now: kind === 'time' ? 'meter_time' : `meter_${kind}`,
        target: allocator ? 'set_date' : `target_${kind}`,
        ...(allocator ? { stored: (storage: string) => `set_date_${storage}` } : {}),
      };
    default: {
      const now = RENAMED[core];
      return now === undefined ? undefined : { now };
    }
  }
}
