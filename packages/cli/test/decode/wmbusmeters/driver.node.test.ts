import { createDecoderSync, type MeterAddress } from '@metergram/decoder';
import { encoded, type RecordDescription } from '@metergram/decoder/encode';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { run } from '../../../src/decode/command.ts';
import { driverNamed, driverOf, DRIVERS } from '../../../src/decode/wmbusmeters/driver.ts';
import { factorBetween } from '../../../src/decode/wmbusmeters/factor.ts';
import {
  type WmbusmetersOptions,
  wmbusmetersWriter,
} from '../../../src/decode/wmbusmeters/line.ts';
import { parseNames } from '../../../src/decode/wmbusmeters/user-names.ts';
import { memoryIo } from '../../memory-io.ts';

const decoder = createDecoderSync();

function printed(
  meter: { manufacturer: string; version: number; medium: string },
  records: readonly RecordDescription[],
  options: WmbusmetersOptions = {},
): Record<string, unknown> {
  const telegram = decoder.decode(
    encoded({ meter: { ...meter, id: '12345678' }, transport: { accessNumber: 1 }, records }),
  );
  return JSON.parse(wmbusmetersWriter(options).telegram({ telegram, line: 1 })) as Record<
    string,
    unknown
  >;
}

const hydrus = { manufacturer: 'DME', version: 112, medium: 'water' };
const registers: readonly RecordDescription[] = [
  { quantity: 'volume', unit: 'm3', value: '30.250', storage: 1 },
  { quantity: 'date', value: '2026-01-31', storage: 1 },
  { quantity: 'volume', unit: 'm3', value: '32.500' },
  { quantity: 'volume', unit: 'm3', value: '28.750', storage: 3 },
  { quantity: 'volume_flow', unit: 'm3/h', value: '0.120' },
];

describe('a known meter', () => {
  it('has the names and the driver that it has there', () => {
    expect(printed(hydrus, registers)).toMatchObject({
      meter: 'hydrus',
      total_m3: 32.5,
      total_at_date_m3: 30.25,
      at_date: '2026-01-31',
      target_m3: 28.75,
      flow_m3h: 0.12,
    });
  });

  it('has the names of DIF and VIF alone where they are asked for, or its version is none that is known', () => {
    const plain = {
      meter: 'metergram',
      total_m3: 32.5,
      target_m3: 30.25,
      target_date: '2026-01-31',
      consumption_at_set_date_3_m3: 28.75,
      volume_flow_m3h: 0.12,
    };
    expect(printed(hydrus, registers, { rulesOnly: true })).toMatchObject(plain);
    expect(printed({ ...hydrus, version: 250 }, registers)).toMatchObject(plain);
    const names = parseNames('manufacturer,id,field,name\n*,*,meter,hydrus', 'n.csv');
    expect(printed({ ...hydrus, version: 250 }, registers, { names })).toMatchObject({
      meter: 'hydrus',
      at_date: '2026-01-31',
    });
  });

  it('keeps the names of both drivers where there are two for it', () => {
    const meter = { manufacturer: 'QDS', version: 24, medium: 'warm_water' };
    const due: readonly RecordDescription[] = [
      { quantity: 'volume', unit: 'm3', value: '4.125', storage: 1 },
      { quantity: 'volume', unit: 'm3', value: '6.5', storage: 17 },
    ];
    expect(printed(meter, due)).toMatchObject({
      due_date_m3: 4.125,
      target_year_m3: 4.125,
      due_17_date_m3: 6.5,
      target_m3: 6.5,
    });
    const names = parseNames('manufacturer,id,field,name\n*,*,meter,qwaterv2', 'n.csv');
    const one = printed(meter, due, { names });
    expect(one).toMatchObject({ meter: 'qwaterv2', target_year_m3: 4.125, target_m3: 6.5 });
    expect(one).not.toHaveProperty('due_date_m3');
  });

  it('tells a value in the unit of the name that it has there', () => {
    const meter = { manufacturer: 'VIP', version: 30, medium: 'heat_cost_allocator' };
    expect(
      printed(meter, [{ quantity: 'actuality_duration', unit: 'min', value: '90' }]),
    ).toMatchObject({ no_measurement_duration_h: 1.5 });
    // The record's days are a share for this meter: the number stays what it is.
    expect(
      printed({ manufacturer: 'AXI', version: 1, medium: 'water' }, [
        { quantity: 'battery_remaining', unit: 'd', value: '98' },
      ]),
    ).toMatchObject({ battery_pct: 98 });
  });
});

it("tells a meter's info code as that driver does", async () => {
  const meter = { manufacturer: 'KAM', id: '12345678', version: 27, mediumCode: 0x16 };
  // 02 FF 20: dry now, and for 22 to 31 days; then a leak, for 1 to 8 hours.
  const told = async (infoCode: string): Promise<unknown> => {
    const { io, out } = memoryIo({
      stdin: Buffer.from(encoded({ meter, body: `02ff20${infoCode}0413e8030000` })).toString('hex'),
    });
    await run(['-', '--format', 'wmbusmeters'], io);
    const { status, current_status, time_dry, time_leaking, time_reversed } = JSON.parse(
      out(),
    ) as Record<string, unknown>;
    return [status, current_status, time_dry, time_leaking, time_reversed];
  };
  expect(await told('7100')).toEqual(['DRY', 'DRY', '22-31 days', '', '']);
  expect(await told('0404')).toEqual(['LEAK', 'LEAK', '', '1-8 hours', '']);
  expect(await told('0000')).toEqual(['OK', '', '', '', '']);
});

/** A row's first device as a meter. */
function firstDevice(devices: string): MeterAddress {
  const [, manufacturer = '', version = '0', medium = '7'] =
    /^([A-Z]{3}) (\d+)\/(\d+)/.exec(devices) ?? [];
  return {
    manufacturer,
    id: '00000000',
    version: Number(version),
    medium: 'water',
    mediumCode: Number(medium),
  };
}

/** Suffixes that count something without a unit, whatever the record's is. */
const UNITLESS = /_(?:counter|factor|nr|date|hca|pct)$/;

describe('the tables of drivers', () => {
  it.each(DRIVERS)('$driver: devices and names that can be read', ({ driver, devices, names }) => {
    for (const device of devices.split(', ')) expect(device).toMatch(/^[A-Z]{3} \d+\/\d+$/);
    expect(driverOf(firstDevice(devices))?.driver).toBeDefined();
    expect(driverNamed(driver)?.driver).toBe(driver);
    const lines = names === '' ? [] : names.trim().split('\n');
    const rules = lines.map((line) => line.trim().split(/\s+/)[0] ?? '');
    expect(new Set(rules).size).toBe(rules.length);
    for (const rule of rules) {
      const one = rule.replace('{n}', driver === 'uiws' || driver === 'c5isf' ? '39' : '9');
      for (const name of driverNamed(driver)?.namesOf(one) ?? ['']) {
        expect(name).toMatch(/^[A-Za-z]\w*$/);
        if (!UNITLESS.test(name))
          expect(factorBetween(one, name), `${rule} ${name}`).not.toBeNull();
      }
    }
  });

  it('name a device in two rows at most', () => {
    const count = new Map<string, number>();
    for (const device of DRIVERS.flatMap(({ devices }) => devices.split(', ')))
      count.set(device, (count.get(device) ?? 0) + 1);
    expect(Math.max(...count.values())).toBeLessThanOrEqual(2);
  });

  it('count periods as they are counted there', () => {
    const names = (driver: string, rule: string): unknown => driverNamed(driver)?.namesOf(rule);
    expect(names('bfw240radio', 'consumption_at_set_date_3_hca')).toEqual(['prev_02_hca']);
    expect(names('hydrodigit', 'month_value_at_storage_12_m3')).toEqual(['December_total_m3']);
    expect(names('qheatv2', 'energy_in_period_at_storage_27_kwh')).toEqual(['energy_delta_3_kwh']);
    expect(names('engelmann_faw', 'consumption_at_set_date_16_m3')).toEqual([
      'consumption_15_months_ago_m3',
    ]);
    expect(names('engelmann_faw', 'volume_flow_m3h')).toBeUndefined();
    expect(names('uiws', 'set_date_31')).toEqual(['target_1_date']);
    // Before the first that is counted so, the name by rule stays.
    expect(names('uiws', 'set_date_29')).toBeUndefined();
  });
});

it('no record is lost and no name is there twice, whatever the meter and its records', () => {
  const kinds: readonly RecordDescription[] = [
    { quantity: 'volume', unit: 'm3', value: '1.000' },
    { quantity: 'energy', unit: 'Wh', value: '1000' },
    { quantity: 'volume_flow', unit: 'm3/h', value: '0.100' },
    { quantity: 'flow_temperature', unit: '°C', value: '60.0' },
    { quantity: 'date', value: '2026-01-01' },
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...DRIVERS),
      fc.array(fc.tuple(fc.constantFrom(...kinds), fc.nat(20)), { minLength: 1, maxLength: 8 }),
      ({ devices }, drawn) => {
        const { manufacturer, version, mediumCode } = firstDevice(devices);
        const records = drawn.map(([kind, storage]) => ({ ...kind, storage }));
        const bytes = encoded({
          meter: { manufacturer: manufacturer ?? 'XYZ', id: '12345678', version, medium: 'water' },
          transport: { accessNumber: 1 },
          records,
        });
        const plain = decoder.decode(bytes);
        const telegram = { ...plain, meter: { ...plain.meter!, mediumCode } };
        const text = wmbusmetersWriter().telegram({ telegram, line: 1 });
        const written = [...text.matchAll(/"(\w+)":/g)].map(([, name]) => name);
        expect(new Set(written).size).toBe(written.length);
        const head = new Set(['media', 'meter', 'name', 'id', 'status', 'timestamp']);
        expect(written.filter((name) => !head.has(name ?? '')).length).toBeGreaterThanOrEqual(
          telegram.records.length,
        );
      },
    ),
  );
});

// The telegrams lie beside the repository, where they are there at all.
it.skipIf(!existsSync('../shared/corpus/dev'))(
  'what was reached of the names in the tests of that tool is kept',
  () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      ['scripts/conformance-names.mjs', '--check'],
      { encoding: 'utf8' },
    );
    expect(stdout).toContain('fields of');
    expect(status).toBe(0);
  },
);
