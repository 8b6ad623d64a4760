import { createDecoderSync } from '@metergram/decoder';
import { encoded } from '@metergram/decoder/encode';
import { describe, expect, it } from 'vitest';
import { homeAssistantWriter } from '../../../src/decode/wmbusmeters/homeassistant.ts';
import { parseNames } from '../../../src/decode/wmbusmeters/user-names.ts';
import { issue, telegram } from '../stand-in.ts';

interface Message {
  readonly topic: string;
  readonly retain: boolean;
  readonly payload: Record<string, unknown>;
}

const heat = createDecoderSync().decode(
  encoded({
    meter: { manufacturer: 'KAM', id: '12345678', version: 52, medium: 'heat' },
    transport: { accessNumber: 1 },
    records: [
      { quantity: 'energy', unit: 'J', value: '9000000' },
      { quantity: 'flow_temperature', unit: '°C', value: '61.50' },
      { quantity: 'date', value: '2026-01-01', storage: 1 },
      { quantity: 'datetime', value: '2026-01-15T06:00' },
    ],
  }),
);
const messages = (text: string): Message[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Message);

describe('--format homeassistant', () => {
  const sent = messages(homeAssistantWriter().telegram({ telegram: heat, line: 1 }));

  it("announces each field under the add-on's unique id, and then its state", () => {
    expect(sent.map(({ topic, retain }) => [topic, retain])).toEqual([
      ['homeassistant/sensor/wmbusmeters/12345678_total_energy_consumption_kwh/config', true],
      ['homeassistant/sensor/wmbusmeters/12345678_t1_temperature_c/config', true],
      ['homeassistant/sensor/wmbusmeters/12345678_target_date/config', true],
      ['homeassistant/sensor/wmbusmeters/12345678_meter_datetime/config', true],
      ['wmbusmeters/12345678', false],
    ]);
    expect(sent[0]?.payload).toEqual({
      unique_id: 'wmbusmeters_12345678_total_energy_consumption_kwh',
      name: 'total_energy_consumption_kwh',
      state_topic: 'wmbusmeters/12345678',
      value_template: '{{ value_json.total_energy_consumption_kwh }}',
      device_class: 'energy',
      state_class: 'total_increasing',
      unit_of_measurement: 'kWh',
      device: {
        identifiers: ['wmbusmeters_12345678'],
        manufacturer: 'KAM',
        model: 'kamheat',
        name: '12345678',
        sw_version: '12345678',
      },
    });
    expect(sent.at(-1)?.payload).toMatchObject({
      total_energy_consumption_kwh: 2.5,
      t1_temperature_c: 61.5,
    });
  });

  it('says the class that Home Assistant can take: a time without a zone has none', () => {
    expect(sent[2]?.payload).toMatchObject({ device_class: 'date' });
    expect(sent[3]?.payload).not.toHaveProperty('device_class');
  });

  it('announces once, and what is new later', () => {
    const writer = homeAssistantWriter();
    const first = { ...heat, records: heat.records.slice(0, 1) };
    expect(messages(writer.telegram({ telegram: first, line: 1 }))).toHaveLength(2);
    expect(messages(writer.telegram({ telegram: first, line: 2 }))).toHaveLength(1);
    expect(messages(writer.telegram({ telegram: heat, line: 3 }))).toHaveLength(4);
  });

  it('sends to the name that the user gives', () => {
    const names = parseNames('manufacturer,id,field,name\n*,*,name,Cellar\n', 'n.csv');
    const [config, state] = messages(
      homeAssistantWriter({ names }).telegram({
        telegram: { ...heat, records: heat.records.slice(0, 1) },
        line: 1,
      }),
    );
    expect(config?.payload).toMatchObject({
      unique_id: 'wmbusmeters_12345678_total_energy_consumption_kwh',
      state_topic: 'wmbusmeters/Cellar',
      device: { name: 'Cellar' },
    });
    expect(state?.topic).toBe('wmbusmeters/Cellar');
  });

  it('leaves entities as they are where a telegram tells no value', () => {
    const writer = homeAssistantWriter();
    const damaged = telegram({ issues: [issue({ layer: 'link', code: 'link/crc' })] });
    expect(writer.telegram({ telegram: damaged, line: 1 })).toBe('');
    expect(writer.telegram({ telegram: telegram({ meter: null }), line: 2 })).toBe('');
  });
});
