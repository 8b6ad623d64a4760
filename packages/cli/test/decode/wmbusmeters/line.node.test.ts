import { type DataRecord, createDecoderSync, type Telegram } from '@metergram/decoder';
import { encoded } from '@metergram/decoder/encode';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWith } from '../../../src/decode/command.ts';
import { wmbusmetersWriter } from '../../../src/decode/wmbusmeters/line.ts';
import { jsonNumber } from '../../../src/decode/wmbusmeters/value.ts';
import { memoryIo } from '../../memory-io.ts';
import { issue, record, standIn, telegram } from '../stand-in.ts';

const line = (given: Telegram, received?: string): string =>
  wmbusmetersWriter().telegram({
    telegram: given,
    line: 1,
    ...(received === undefined ? {} : { received }),
  });

/** The line's fields beside those that every telegram has. */
function fields(medium: string, ...records: readonly Partial<DataRecord>[]): object {
  const codes: Record<string, number> = { electricity: 2, heat: 4, heat_cost_allocator: 8 };
  const meter = {
    ...telegram().meter!,
    manufacturer: 'XYZ',
    medium,
    mediumCode: codes[medium] ?? 7,
  };
  const text = line(telegram({ meter, records: records.map((given) => record(given)) }));
  const {
    media,
    meter: by,
    name,
    id,
    status,
    timestamp,
    ...rest
  } = JSON.parse(text) as Record<string, unknown>;
  expect([by, name, id, status, timestamp]).toEqual(['metergram', '', '12345678', 'OK', null]);
  expect(media).toBe(medium === 'heat_cost_allocator' ? 'heat cost allocation' : medium);
  return rest;
}

const energy = { quantity: 'energy', unit: 'Wh' } as const;
const power = { quantity: 'power', unit: 'W' } as const;

const by = (numerator: bigint, denominator = 1n): { numerator: bigint; denominator: bigint } => ({
  numerator,
  denominator,
});

describe('--format wmbusmeters', () => {
  it('prints a line for each telegram', async () => {
    const { io, out } = memoryIo({});
    expect(
      await decodeWith(standIn, ['0102030405', 'ff02030405', '--format', 'wmbusmeters'], io),
    ).toBe(1);
    const lines = out().trimEnd().split('\n');
    expect(lines.map((text) => Object.keys(JSON.parse(text) as object))).toEqual([
      ['media', 'meter', 'name', 'id', 'status', 'total', 'timestamp'],
      ['media', 'meter', 'name', 'id', 'error', 'total', 'timestamp'],
    ]);
  });

  it('reads a telegram as that tool does', () => {
    const bytes = encoded({
      meter: { manufacturer: 'ELS', id: '33225544', medium: 'water' },
      transport: { accessNumber: 7 },
      records: [
        { quantity: 'volume', unit: 'm3', value: '123.529' },
        { quantity: 'volume', unit: 'm3', value: '120.000', storage: 1 },
        { quantity: 'date', value: '2026-01-01', storage: 1 },
        { quantity: 'datetime', value: '2026-01-15T06:00' },
      ],
    });
    expect(line(createDecoderSync().decode(bytes), '2026-01-15T07:00:03.5+01:00')).toBe(
      '{"media":"water","meter":"metergram","name":"","id":"33225544","status":"OK",' +
        '"total_m3":123.529,"target_m3":120,"target_date":"2026-01-01",' +
        '"meter_datetime":"2026-01-15 06:00","timestamp":"2026-01-15T06:00:03Z"}\n',
    );
  });

  it('names what an electricity meter counts', () => {
    const out = ['negative_only'];
    expect(
      fields(
        'electricity',
        { ...energy, value: '15694050' },
        { ...energy, value: '7480', modifiers: out },
        { ...energy, value: '1', tariff: 2 },
        { ...energy, value: '2000', storage: 1 },
        { ...power, value: '330' },
        { ...power, value: '0', modifiers: out },
        { ...power, value: '2500', function: 'maximum' },
        { quantity: 'voltage', unit: 'V', value: '236', modifiers: ['phase_l1'] },
        { quantity: 'current', unit: 'A', value: '-1.50', modifiers: ['phase_l3'] },
        { quantity: 'frequency', unit: 'Hz', value: '49.98' },
      ),
    ).toEqual({
      total_energy_consumption_kwh: 15694.05,
      total_energy_production_kwh: 7.48,
      total_energy_consumption_tariff_2_kwh: 0.001,
      target_energy_consumption_kwh: 2,
      current_power_consumption_kw: 0.33,
      current_power_production_kw: 0,
      max_power_consumption_kw: 2.5,
      voltage_at_phase_1_v: 236,
      current_at_phase_3_a: -1.5,
      frequency_hz: 49.98,
    });
  });

  it('names what a heat meter and a heat cost allocator count', () => {
    expect(
      fields(
        'heat',
        { ...energy, value: '3781000' },
        { ...energy, unit: 'J', value: '12500000' },
        { ...energy, value: '2933000', storage: 1 },
        { value: '344.27' },
        { value: '267.97', storage: 1 },
        { value: '200', storage: 8 },
        { ...power, value: '1500' },
        { quantity: 'volume_flow', unit: 'm3/min', value: '0.5' },
        { quantity: 'flow_temperature', unit: '°C', value: '59.53' },
        { quantity: 'return_temperature', unit: '°C', value: null },
        { quantity: 'datetime', unit: '', kind: 'datetime', value: '2026-01-01T00:00', storage: 1 },
        { quantity: 'fabrication_number', unit: '', kind: 'text', value: '01020304', dib: '0d' },
        { quantity: 'vendor_bytes', unit: '', kind: 'bytes', value: '0102' },
      ),
    ).toEqual({
      total_energy_consumption_kwh: 3781,
      total_energy_consumption_2_kwh: 3.472222,
      target_energy_kwh: 2933,
      total_volume_m3: 344.27,
      target_volume_m3: 267.97,
      consumption_at_set_date_8_m3: 200,
      power_kw: 1.5,
      volume_flow_m3h: 30,
      flow_temperature_c: 59.53,
      return_temperature_c: null,
      target_datetime: '2026-01-01 00:00',
      fabrication_no: '01020304',
    });
    const hca = { quantity: 'heat_cost_allocation', unit: 'hca' } as const;
    const date = { quantity: 'date', unit: '', kind: 'date', value: '2026-01-01' } as const;
    expect(
      fields(
        'heat_cost_allocator',
        { ...hca, value: '127' },
        { ...hca, value: '145', storage: 1 },
        { ...date, storage: 1 },
        { ...hca, value: '79', storage: 17 },
        { ...date, storage: 17 },
      ),
    ).toEqual({
      current_consumption_hca: 127,
      consumption_at_set_date_hca: 145,
      set_date: '2026-01-01',
      consumption_at_set_date_17_hca: 79,
      set_date_17: '2026-01-01',
    });
  });

  it('keeps our names for what that tool knows by the meter, and no two the same', () => {
    expect(
      fields(
        'water',
        { value: '1' },
        { value: '2' },
        { quantity: 'flow_temperature', unit: '°C', value: '5', function: 'minimum' },
        { quantity: 'relative_humidity', unit: '%', value: '40.0' },
        { value: '3', modifiers: ['positive_only'] },
        { value: '4', modifiers: ['negative_only'] },
        { quantity: 'volume_flow', unit: 'm3/h', value: '0.1', function: 'maximum' },
        { quantity: 'on_time', unit: 'd', value: '21' },
        { quantity: 'on_time', unit: 's', value: '5', function: 'error' },
        {
          quantity: 'identification',
          unit: '',
          kind: 'text',
          value: '4881',
          dib: '02',
          raw: '11a3',
        },
        { quantity: 'transmission_period', unit: 's', value: '16', storage: 1 },
      ),
    ).toEqual({
      total_m3: 1,
      total_2_m3: 2,
      min_flow_temperature_c: 5,
      relative_humidity_rh: 40,
      volume_positive_only_total_m3: 3,
      total_backward_m3: 4,
      max_flow_m3h: 0.1,
      on_time_h: 504,
      on_time_at_error_h: 0.001389,
      enhanced_id: 'A311',
      transmit_period_at_last_due_date_s: 16,
    });
  });

  it('names phases, subunits, versions and earlier periods', () => {
    const bcd = { unit: '', raw: '070101' } as const;
    expect(
      fields(
        'electricity',
        { ...energy, value: '1000', modifiers: ['phase_l2'] },
        { ...power, value: '7', modifiers: ['phase_l3'] },
        { ...energy, value: '3000', subunit: 2 },
        { ...energy, value: '5000', storage: 12 },
        { ...energy, value: '9000', storage: 3, modifiers: ['negative_only'] },
        { quantity: 'date', unit: '', kind: 'date', value: '2026-01-01', storage: 12 },
        { quantity: 'software_version', value: '10107', ...bcd },
        {
          quantity: 'firmware_version',
          unit: '',
          kind: 'text',
          value: 'B1',
          dib: '0d',
          raw: '023142',
        },
        { quantity: 'battery_remaining', unit: 'year', value: '6' },
      ),
    ).toEqual({
      total_energy_consumption_l2_kwh: 1,
      current_power_consumption_phase3_kw: 0.007,
      total_energy_consumption_subunit2_kwh: 3,
      consumption_at_set_date_12_kwh: 5,
      total_energy_production_at_storage_3_kwh: 9,
      set_date_12: '2026-01-01',
      software_version: '010107',
      firmware_version: 'B1',
      battery_y: 6,
    });
  });

  it("calls a Kamstrup heat meter's temperatures as Kamstrup does", () => {
    const meter = { ...telegram().meter!, manufacturer: 'KAM', medium: 'heat', mediumCode: 4 };
    const records = [
      record({ quantity: 'flow_temperature', unit: '°C', value: '70.1' }),
      record({ quantity: 'return_temperature', unit: '°C', value: '40.2' }),
    ];
    expect(JSON.parse(line(telegram({ meter, records })))).toMatchObject({
      t1_temperature_c: 70.1,
      t2_temperature_c: 40.2,
    });
  });

  it('gives what stands before a fault of the records, and nothing of what is damaged before them', () => {
    const meter = { ...telegram().meter!, manufacturer: 'XYZ' };
    expect(line(telegram({ meter, issues: [issue()] }))).toBe(
      '{"media":"water","meter":"metergram","name":"","id":"12345678","error":"record/truncated",' +
        '"total_m3":123.456,"timestamp":null}\n',
    );
    expect(line(telegram({ meter, issues: [issue({ layer: 'link', code: 'link/crc' })] }))).toBe(
      '{"media":"water","meter":"metergram","name":"","id":"12345678","error":"link/crc","timestamp":null}\n',
    );
    expect(line(telegram({ meter: null, status: null, records: [] }))).toBe(
      '{"media":null,"meter":"metergram","name":"","id":null,"timestamp":null}\n',
    );
  });

  it('says what received the telegram, and how strongly, where the input does', async () => {
    const { io, out } = memoryIo({
      stdin: `${JSON.stringify({ hex: '0102030405', time: '2026-01-15T06:00:03Z', device: 'im871a[1]', rssi_dbm: -77 })}\n`,
    });
    await decodeWith(standIn, ['--input', 'jsonl', '--format', 'wmbusmeters', '-'], io);
    expect(JSON.parse(out())).toMatchObject({
      timestamp: '2026-01-15T06:00:03Z',
      device: 'im871a[1]',
      rssi_dbm: -77,
    });
  });

  it('adds the error flags of a record to the status, and says OK only where there is one', () => {
    const flags = (value: string): DataRecord =>
      record({ quantity: 'error_flags', unit: '', value, dib: '02', raw: '' });
    const told = (given: Partial<Telegram>): unknown =>
      (JSON.parse(line(telegram(given))) as { status?: unknown }).status;
    const low = { code: 4, flags: ['power_low'] };
    expect(told({ status: low, records: [flags('17152')] })).toBe('ERROR_FLAGS_4300 POWER_LOW');
    expect(told({ status: null, records: [flags('0')] })).toBe('OK');
    expect(told({ status: null })).toBeUndefined();
  });

  it('says the flags of the status', () => {
    const status = { code: 12, flags: ['power_low', 'permanent_error'] };
    expect(line(telegram({ status }))).toContain('"status":"PERMANENT_ERROR POWER_LOW"');
  });

  it('moves the point of numbers without loss', () => {
    expect(jsonNumber('123456789012345678901', by(1n, 1000n))).toBe('123456789012345678.901');
    expect(jsonNumber('-0', by(1n, 1000n))).toBe('0');
    expect(jsonNumber('not a number', by(1n))).toBe('null');
    fc.assert(
      fc.property(
        fc.bigInt(),
        fc.nat(18),
        fc.constantFrom(1n, 60n, 3600n),
        (whole, decimals, times) => {
          const digits = String(whole < 0n ? -whole : whole).padStart(decimals + 1, '0');
          const cut = digits.length - decimals;
          const decimal = `${whole < 0n ? '-' : ''}${digits.slice(0, cut)}${decimals > 0 ? `.${digits.slice(cut)}` : ''}`;
          const text = jsonNumber(decimal, by(times, 1_000_000n));
          expect(JSON.parse(text)).toBeTypeOf('number');
          const [head = '', tail = ''] = text.split('.');
          expect(BigInt(head + tail.padEnd(decimals + 6, '0'))).toBe(whole * times);
        },
      ),
    );
  });
});
