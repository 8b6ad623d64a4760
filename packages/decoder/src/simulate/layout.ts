// What each kind of meter sends: its records, and how they are filled. Places in the list are places in the telegram.

import type { MeaningRecord } from '../encode/record.ts';
import type { Medium } from './demand.ts';

/** What fills a record. `register` and `due` are counted in steps of `10^exponent` of the record's unit. */
export type Source =
  | 'register'
  | 'second'
  | 'due'
  | 'due-date'
  | 'clock'
  | 'rate'
  | 'second-rate'
  | 'supply'
  | 'return'
  | 'zero';

export interface Slot {
  readonly record: MeaningRecord;
  readonly source: Source;
}

export interface Layout {
  /** Device type, EN 13757-7. */
  readonly mediumCode: number;
  /** What one step of the register counts, in the unit of the demand (Wh, or litres). */
  readonly step: number;
  readonly slots: readonly Slot[];
}

const slot = (source: Source, record: MeaningRecord): Slot => ({ source, record });
const CLOCK = slot('clock', { quantity: 'datetime', value: null, coding: 'datetime' });
const DUE_DATE = slot('due-date', { quantity: 'date', value: null, coding: 'date', storage: 1 });
const FLAGS = slot('zero', { quantity: 'error_flags', value: '0', coding: 'int8' });

/** A register record and the same at the last due date. */
function registers(record: MeaningRecord): [Slot, Slot] {
  return [slot('register', record), slot('due', { ...record, storage: 1 })];
}

const [HEAT, HEAT_DUE] = registers({
  quantity: 'energy',
  unit: 'Wh',
  value: '0',
  coding: 'bcd8',
  exponent: 2,
});
const [WATER, WATER_DUE] = registers({
  quantity: 'volume',
  unit: 'm3',
  value: '0',
  coding: 'bcd8',
  exponent: -3,
});
const [GAS, GAS_DUE] = registers({
  quantity: 'volume',
  unit: 'm3',
  value: '0',
  coding: 'bcd8',
  exponent: -2,
});
const [UNITS, UNITS_DUE] = registers({
  quantity: 'heat_cost_allocation',
  unit: 'hca',
  value: '0',
  coding: 'bcd8',
});

const TAP: readonly Slot[] = [
  WATER,
  CLOCK,
  slot('rate', {
    quantity: 'volume_flow',
    unit: 'm3/h',
    value: '0',
    coding: 'int16',
    exponent: -3,
  }),
  DUE_DATE,
  WATER_DUE,
  FLAGS,
];

const temperature = (quantity: string): MeaningRecord => ({
  quantity,
  unit: '°C',
  value: '0',
  coding: 'int16',
  exponent: -1,
});

export const LAYOUTS: Record<Medium, Layout> = {
  heat: {
    mediumCode: 0x04,
    step: 100,
    slots: [
      HEAT,
      slot('second', { quantity: 'volume', unit: 'm3', value: '0', coding: 'bcd8', exponent: -2 }),
      slot('supply', temperature('flow_temperature')),
      slot('return', temperature('return_temperature')),
      slot('rate', { quantity: 'power', unit: 'W', value: '0', coding: 'int32', exponent: 0 }),
      CLOCK,
      DUE_DATE,
      HEAT_DUE,
      FLAGS,
    ],
  },
  water: { mediumCode: 0x16, step: 1, slots: TAP },
  warm_water: { mediumCode: 0x06, step: 1, slots: TAP },
  electricity: {
    mediumCode: 0x02,
    step: 1,
    slots: [
      slot('register', { quantity: 'energy', unit: 'Wh', value: '0', coding: 'bcd8', exponent: 0 }),
      slot('second', {
        quantity: 'energy',
        unit: 'Wh',
        value: '0',
        coding: 'bcd8',
        exponent: 0,
        modifiers: ['negative_only'],
      }),
      slot('rate', { quantity: 'power', unit: 'W', value: '0', coding: 'int32', exponent: 0 }),
      slot('second-rate', {
        quantity: 'power',
        unit: 'W',
        value: '0',
        coding: 'int32',
        exponent: 0,
        modifiers: ['negative_only'],
      }),
      slot('clock', { quantity: 'datetime', value: null, coding: 'datetime-seconds' }),
    ],
  },
  gas: { mediumCode: 0x03, step: 10, slots: [GAS, CLOCK, DUE_DATE, GAS_DUE, FLAGS] },
  heat_cost_allocator: {
    mediumCode: 0x08,
    step: 1,
    slots: [UNITS, CLOCK, DUE_DATE, UNITS_DUE],
  },
};

/** Use in a usual year where the description names none: kWh, m³ or units. */
export const USUAL_YEAR: Record<Medium, number> = {
  heat: 6000,
  water: 90,
  warm_water: 45,
  electricity: 2500,
  gas: 1500,
  heat_cost_allocator: 2000,
};

/** From the description's yearly unit to that of the demand: kWh to Wh, m³ to litres. */
export function demandUnits(medium: Medium, annual: number): number {
  return medium === 'heat_cost_allocator' ? annual : annual * 1000;
}
