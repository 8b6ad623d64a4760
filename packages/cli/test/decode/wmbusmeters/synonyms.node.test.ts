import type { DataRecord } from '@metergram/decoder';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wmbusmetersWriter } from '../../../src/decode/wmbusmeters/line.ts';
import { parseNames } from '../../../src/decode/wmbusmeters/user-names.ts';
import { synonymsOf } from '../../../src/decode/wmbusmeters/synonyms.ts';
import { record, telegram } from '../stand-in.ts';

function printed(
  medium: string,
  given: readonly Partial<DataRecord>[],
  options: Parameters<typeof wmbusmetersWriter>[0] = {},
): Record<string, unknown> {
  const meter = {
    ...telegram().meter!,
    manufacturer: 'XYZ',
    medium,
    mediumCode: medium === 'heat' ? 4 : 7,
  };
  const records = given.map((one) => record(one));
  const text = wmbusmetersWriter({ synonyms: true, ...options }).telegram({
    telegram: telegram({ meter, records }),
    line: 1,
  });
  return JSON.parse(text) as Record<string, unknown>;
}

describe('--synonyms', () => {
  it('prints a value under the other names too, in the units that these have', () => {
    const heat = printed('heat', [
      { quantity: 'energy', unit: 'J', value: '3600000000' },
      { quantity: 'flow_temperature', unit: '°C', value: '70.1' },
      { quantity: 'temperature_difference', unit: 'K', value: '30.0' },
    ]);
    expect(heat).toMatchObject({
      total_energy_consumption_kwh: 1000,
      total_kwh: 1000,
      total_energy_consumption_gj: 3.6,
      flow_temperature_c: 70.1,
      t1_temperature_c: 70.1,
      forward_c: 70.1,
      flow_return_temperature_difference_c: 30,
    });
    expect(printed('heat', [], { synonyms: false })).not.toHaveProperty('total_kwh');
  });

  it('counts periods back where others do', () => {
    expect(printed('water', [{ value: '5', storage: 8 }])).toMatchObject({
      consumption_at_set_date_8_m3: 5,
      consumption_at_history_7_m3: 5,
      consumption_7_months_ago_m3: 5,
      due_8_date_m3: 5,
      prev_07_m3: 5,
    });
    const date = { quantity: 'date', unit: '', kind: 'date', value: '2026-01-01' } as const;
    expect(printed('water', [{ ...date, storage: 17 }])).toMatchObject({
      set_date_17: '2026-01-01',
      due_17_date: '2026-01-01',
      history_16_date: '2026-01-01',
    });
  });

  it('never takes a name that a record has by itself, whatever their order', () => {
    const fields = printed('heat', [
      { value: '1' },
      { quantity: 'volume', value: '2', subunit: 1 },
      { quantity: 'flow_temperature', unit: '°C', value: '61' },
      { quantity: 'external_temperature', unit: '°C', value: '21' },
    ]);
    expect(fields).toMatchObject({
      total_volume_m3: 1,
      total_m3: 1,
      flow_temperature_c: 61,
      external_temperature_c: 21,
    });
  });

  it('leaves out what the user has left out', () => {
    const names = parseNames('manufacturer,id,field,name\n*,*,total_m3,\n', 'names.csv');
    const fields = printed('water', [{ value: '1' }], { names });
    expect(Object.values(fields)).not.toContain(1);
  });

  it('has no name twice, and none that a name is itself', () => {
    const known = [
      'total_energy_consumption_kwh',
      'total_energy_consumption_tariff_2_kwh',
      'target_m3',
      'set_date',
      'meter_datetime',
      'consumption_at_set_date_12_hca',
      'set_datetime_3',
      'anything_else_c',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...known), (name) => {
        const others = synonymsOf(name);
        expect(new Set(others).size).toBe(others.length);
        expect(others).not.toContain(name);
        for (const other of others) expect(other).toMatch(/^[a-z][a-z0-9_]*$/);
      }),
    );
    expect(synonymsOf('anything_else_c')).toEqual([]);
  });
});
