import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromScaled, formatMeterId, instant, type Reading } from '@metergram/model';
import { reading, validate } from '@metergram/model/schema';
import { fromWmbusmeters, toWmbusmeters, type WmbusmetersLine } from '@metergram/model/wmbusmeters';

// Made up by hand after the documented shape; no output of the program.
const line =
  '{"_":"telegram","media":"heat","meter":"some_driver","name":"Cellar \\"A\\"","id":"12345678",' +
  '"status":"OK","total_energy_consumption_kwh":1234.500,"total_volume_m3":17.25,"flow_temperature_c":61.0,' +
  '"return_temperature_c":-3.10,"volume_flow_m3h":0.0012,"power_kw":1e-3,"target_m3":16.000,' +
  '"target_date":"2026-01-01","battery_y":9.5,"odd":null,"deep":{"total_m3":99},' +
  '"timestamp":"2026-02-01T10:22:33Z","device":"rtlwmbus[0001]","rssi_dbm":-61}';

const codesOf = (result: { issues: readonly { code: string }[] }): string[] =>
  result.issues.map(({ code }) => code);

describe('reading a line', () => {
  it('keeps every digit', () => {
    const { value, issues } = fromWmbusmeters(line);
    expect(value).toMatchObject({ id: '12345678', name: 'Cellar "A"', media: 'heat' });
    expect(value?.readings.map((r) => [r.register, r.value, r.unit, r.quantity, r.kind])).toEqual([
      ['total_energy_consumption_kwh', '1234.500', 'kWh', 'energy', 'cumulative'],
      ['total_volume_m3', '17.25', 'm3', 'volume', 'cumulative'],
      ['flow_temperature_c', '61.0', '°C', 'flow_temperature', 'momentary'],
      ['return_temperature_c', '-3.10', '°C', 'return_temperature', 'momentary'],
      ['volume_flow_m3h', '0.0012', 'm3/h', 'volume_flow', 'momentary'],
      ['power_kw', '0.001', 'kW', 'power', 'momentary'],
    ]);
    expect(codesOf({ issues })).toEqual(['loss/other-time', 'loss/text', 'loss/field']);
    for (const one of value?.readings ?? []) expect(validate(reading, one).issues).toEqual([]);
  });

  it('keeps the status, one word for each', () => {
    const text = line.replace('"OK"', '"LEAKING DRY"');
    expect(fromWmbusmeters(text).value?.readings[0]?.status).toEqual(['LEAKING', 'DRY']);
  });

  it.each([
    ['wmbusmeters/not-json', ''],
    ['wmbusmeters/not-json', '[1]'],
    ['wmbusmeters/not-json', 'null'],
    ['wmbusmeters/not-json', `{"a":"${'x'.repeat(1_000_001)}"}`],
    ['wmbusmeters/no-telegram', '{}'],
    ['wmbusmeters/no-telegram', '{"id":"1","timestamp":"2026-02-01T10:22:33"}'],
  ])('tells %s', (code, text) => {
    const result = fromWmbusmeters(text);
    expect(result.value).toBeNull();
    expect(codesOf(result)).toEqual([code]);
  });

  it('takes any JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.dictionary(fc.string(), fc.jsonValue()), (text, object) => {
        fromWmbusmeters(text);
        const whole = JSON.stringify({ ...object, id: '1', timestamp: '2026-02-01T10:22:33Z' });
        expect(fromWmbusmeters(whole).value).not.toBeNull();
      }),
    );
  });
});

describe('writing a line', () => {
  const time = instant('2026-02-01T10:22:33Z');
  const registers = fc.constantFrom(
    ['total_m3', 'm3', 'volume', 'cumulative'],
    ['total_energy_consumption_kwh', 'kWh', 'energy', 'cumulative'],
    ['power_w', 'W', 'power', 'momentary'],
    ['return_temperature_c', '°C', 'return_temperature', 'momentary'],
  );
  const readings = fc.uniqueArray(
    fc.tuple(
      registers,
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      fc.integer({ min: -9, max: 0 }),
    ),
    { selector: ([[register]]) => register },
  );

  it('gives back what was written', () => {
    fc.assert(
      fc.property(readings, fc.string({ unit: 'grapheme' }), (values, name) => {
        const written: WmbusmetersLine = {
          id: '12345678',
          name,
          media: 'water',
          meter: 'm',
          time,
          readings: values.map(
            ([[register, unit, quantity, kind], mantissa, scale]) =>
              ({
                meter: '12345678',
                register,
                time,
                value: fromScaled(mantissa, scale),
                unit,
                quantity,
                kind,
                status: ['LEAK'],
              }) as unknown as Reading,
          ),
        };
        const result = toWmbusmeters(written);
        expect(result.issues).toEqual([]);
        expect(fromWmbusmeters(result.value).value).toEqual(written);
      }),
    );
  });

  it('says what it loses', () => {
    const meter = formatMeterId({ manufacturer: 'KAM', id: '12345678', version: 27, medium: 7 });
    const one = {
      meter,
      register: 'Energy E1',
      time,
      value: '1',
      unit: 'kWh',
      quantity: 'energy',
      kind: 'cumulative',
    };
    const all = [
      one,
      one,
      { ...one, unit: 'ppm' },
      { ...one, meter: 'other' },
      { ...one, time: instant('2026-02-01T10:22:34Z') },
    ];
    const head = { id: '12345678', name: '', media: '', meter: '', time };
    const result = toWmbusmeters({ ...head, readings: all as unknown as Reading[] });
    expect(codesOf(result)).toEqual([
      'loss/meter-id',
      'loss/register',
      'wmbusmeters/repeated-field',
      'wmbusmeters/unit',
      'wmbusmeters/other-telegram',
      'wmbusmeters/other-telegram',
    ]);
    expect(result.value.match(/energy_e1_kwh/g)).toHaveLength(1);
    expect(fromWmbusmeters(result.value).value?.readings).toMatchObject([
      { register: 'energy_e1_kwh', value: '1' },
    ]);
  });
});
