import { createDecoderSync } from '@metergram/decoder';
import { encoded } from '@metergram/decoder/encode';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWith, run } from '../../../src/decode/command.ts';
import { parseNames } from '../../../src/decode/wmbusmeters/user-names.ts';
import { wmbusmetersWriter } from '../../../src/decode/wmbusmeters/line.ts';
import { jsonNumber } from '../../../src/decode/wmbusmeters/value.ts';
import { UsageError } from '../../../src/usage.ts';
import { memoryIo } from '../../memory-io.ts';
import { standIn } from '../stand-in.ts';

const decoder = createDecoderSync();
const heat = decoder.decode(
  encoded({
    meter: { manufacturer: 'KXM', id: '12345678', medium: 'heat' },
    records: [
      { quantity: 'energy', unit: 'J', value: '9000000' },
      { quantity: 'energy', unit: 'J', value: '7200000', storage: 1 },
      { quantity: 'flow_temperature', unit: '°C', value: '61.5' },
      { quantity: 'flow_temperature', unit: '°C', value: '61.7' },
    ],
  }),
);

const named = (...rows: readonly string[]): Record<string, unknown> =>
  JSON.parse(
    wmbusmetersWriter({
      names: parseNames(['manufacturer,id,field,name', ...rows].join('\n'), 'n.csv'),
    }).telegram({ telegram: heat, line: 1 }),
  ) as Record<string, unknown>;

describe("a user's names", () => {
  it('take the place of ours, for the meters that they are for', () => {
    expect(
      named(
        '*,*,flow_temperature_c,t1_temperature_c',
        'ELS,*,flow_temperature_c,elsewhere_c',
        '*,87654321,flow_temperature_c,other_meter_c',
      ),
    ).toMatchObject({ t1_temperature_c: 61.5, flow_temperature_2_c: 61.7 });
  });

  it('the last line that fits counts', () => {
    expect(
      named('*,*,flow_temperature_c,a_c', 'K?M,1234*,flow_temperature_c,b_c', '*,*,x_c,y_c'),
    ).toHaveProperty('b_c', 61.5);
  });

  it('a second record of one name has a name of its own to be changed', () => {
    const out = named('*,*,flow_temperature_2_c,t3_temperature_c');
    expect(out).toMatchObject({ flow_temperature_c: 61.5, t3_temperature_c: 61.7 });
    expect(out).not.toHaveProperty('flow_temperature_2_c');
  });

  it('say how the meter is called and what read it before', () => {
    expect(named('*,12345678,name,My Heat', '*,12345678,meter,kamheat')).toMatchObject({
      name: 'My Heat',
      meter: 'kamheat',
      id: '12345678',
    });
  });

  it('leave out what has an empty name', () => {
    expect(named('*,*,flow_temperature_c,', '*,*,flow_temperature_2_c,')).not.toHaveProperty(
      'flow_temperature_c',
    );
  });

  it('tell the value in the unit of the name, from joules too, without a second rounding', () => {
    expect(
      named(
        '*,*,total_energy_consumption_kwh,total_energy_consumption_mj',
        '*,*,target_energy_kwh,target_energy_gj',
      ),
    ).toMatchObject({ total_energy_consumption_mj: 9, target_energy_gj: 0.0072 });
    expect(named()).toMatchObject({ total_energy_consumption_kwh: 2.5, target_energy_kwh: 2 });
  });

  it('choose the driver whose names a meter has', () => {
    expect(named('*,*,meter,enercal')).toMatchObject({
      meter: 'enercal',
      total_kwh: 2.5,
      target_kwh: 2,
      forward_c: 61.5,
    });
    expect(named('*,*,meter,my_own')).toMatchObject({
      meter: 'my_own',
      total_energy_consumption_kwh: 2.5,
    });
    expect(
      named('*,*,meter,enercal', '*,*,forward_c,flow_c', '*,*,total_kwh,total_gj'),
    ).toMatchObject({ flow_c: 61.5, total_gj: 0.009 });
  });

  it('never hide one value behind another', () => {
    expect(named('*,*,flow_temperature_c,t_c', '*,*,flow_temperature_2_c,t_c')).toMatchObject({
      t_c: 61.5,
      t_c_2: 61.7,
    });
  });

  it.each([
    ['manufacturer,id,name', 'n.csv line 1 is not the header manufacturer,id,field,name'],
    ['', 'n.csv is not the header'],
    [
      'manufacturer,id,field,name\n*,*,volume_m3,volume_kwh',
      'n.csv line 2: the value of volume_m3',
    ],
    ['manufacturer,id,field,name\n*,*,id,number', 'line 2: "id" is no field'],
    ['manufacturer,id,field,name\n*,*,total_m3,timestamp', 'line 2: "timestamp" is no name'],
    ['manufacturer,id,field,name\n\n# why\n(,*,total_m3,a_m3', 'line 4: manufacturer and id'],
  ])('are refused with their line: %j', (text, message) => {
    expect(() => parseNames(text, 'n.csv')).toThrow(UsageError);
    expect(() => parseNames(text, 'n.csv')).toThrow(message);
  });

  it('come from a file, and only where that format is asked for', async () => {
    const { io } = memoryIo({});
    await expect(decodeWith(standIn, ['0102', '--names', 'x.csv'], io)).rejects.toThrow(
      '--names is for --format wmbusmeters',
    );
    for (const option of ['--synonyms', '--standard-names'])
      await expect(decodeWith(standIn, ['0102', option], io)).rejects.toThrow(
        `${option} is for --format wmbusmeters and homeassistant`,
      );
    await expect(
      run(['0102', '--format', 'wmbusmeters', '--names', '/no/such.csv'], io),
    ).rejects.toThrow('cannot read /no/such.csv: there is no such file');
  });
});

it('a factor is applied exactly, and a quotient is off by less than half a millionth', () => {
  fc.assert(
    fc.property(
      fc.bigInt(-(10n ** 12n), 10n ** 12n),
      fc.integer({ min: 0, max: 4 }),
      (n, places) => {
        const sign = n < 0n ? '-' : '';
        const digits = String(n < 0n ? -n : n).padStart(places + 1, '0');
        const cut = digits.length - places;
        const decimal = `${sign}${digits.slice(0, cut)}${places > 0 ? `.${digits.slice(cut)}` : ''}`;
        const text = jsonNumber(decimal, { numerator: 5n, denominator: 18n });
        const [whole = '', fraction = ''] = text.split('.');
        expect(fraction.length).toBeLessThanOrEqual(6);
        const millionths = BigInt(whole + fraction.padEnd(6, '0'));
        // |result − n·5/18/10^places| ≤ ½·10⁻⁶
        const distance = millionths * 18n * 10n ** BigInt(places) - n * 5n * 10n ** 6n;
        const most = 9n * 10n ** BigInt(places);
        expect(distance <= most && distance >= -most).toBe(true);
      },
    ),
  );
  expect(jsonNumber('12.345', { numerator: 1000n, denominator: 1n })).toBe('12345');
});
