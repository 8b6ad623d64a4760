import type { DataRecord, MeterAddress } from '@metergram/decoder';
import { meaningOf } from '@metergram/decoder/meaning';

/** A name of `@metergram/decoder/meaning` in its parts. */
const PARTS =
  /^(maximum_|minimum_|error_state_)?(.+?)(?:_at_(last_due_date|storage_(\d+)))?(?:_subunit_(\d+))?$/;
const EXTREMES: Readonly<Record<string, string>> = { maximum_: 'max_', minimum_: 'min_' };

/** The field's name without its unit, from DIF, VIF, medium and maker alone. */
export function ruleName(record: DataRecord, meter: MeterAddress | null): string {
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
    case 'reactive_energy':
    case 'apparent_energy': {
      const now = `total_${quantity}${FLOWS[flow] ?? ''}${rest}`;
      return { now, target: now.replace('total_', 'target_') };
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
        now: `meter_${kind}${rest}`,
        target: allocator ? `set_date${rest}` : `target_${kind}${rest}`,
        stored: (storage) => `set_${kind}_${storage}${rest}`,
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
  /^(energy|reactive_energy|apparent_energy|power|volume|heat_cost_allocation|voltage|current|meter_time)(_import|_export)?(?:_l(\d))?(?:_total|(_tariff_\d+))?$/;
