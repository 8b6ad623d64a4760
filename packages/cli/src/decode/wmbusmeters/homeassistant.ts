import type { MeterAddress } from '@metergram/decoder';
import { meaningOf } from '@metergram/decoder/meaning';
import type { Writer } from '../writer.ts';
import {
  type Field,
  fieldsOf,
  type Head,
  headOf,
  objectOf,
  type WmbusmetersOptions,
} from './line.ts';

/** Units at the end of a field's name as Home Assistant writes them. */
const UNITS: Readonly<Record<string, string>> = {
  kwh: 'kWh',
  mj: 'MJ',
  gj: 'GJ',
  kvarh: 'kvarh',
  kvah: 'kVAh',
  kw: 'kW',
  kvar: 'kvar',
  kva: 'kVA',
  m3: 'm³',
  l: 'L',
  m3h: 'm³/h',
  lh: 'L/h',
  c: '°C',
  f: '°F',
  k: 'K',
  v: 'V',
  a: 'A',
  hz: 'Hz',
  bar: 'bar',
  rh: '%',
  pct: '%',
  h: 'h',
  min: 'min',
  s: 's',
  d: 'd',
  dbm: 'dBm',
};

/**
 * Messages for Home Assistant over MQTT, one a line: `topic`, `retain` and `payload`. Each field of a meter is announced once, under
 * the unique id that the add-on of wmbusmeters gives it, before the state that holds it; so entities go on with the history that
 * they have.
 */
export function homeAssistantWriter(options: WmbusmetersOptions = {}): Writer {
  const announced = new Set<string>();
  return {
    begin: () => '',
    telegram: (decoded) => {
      const head = headOf(decoded, options);
      if (head.id === null) return '';
      const fields = fieldsOf(decoded, options);
      // Nothing but an error: entities keep the state that they have.
      if (fields.length === 0) return '';
      const state = `wmbusmeters/${head.name === '' ? head.id : head.name}`;
      let text = '';
      for (const field of fields) {
        const key = `${head.id}_${field.name}`;
        if (announced.has(key)) continue;
        announced.add(key);
        const sensor = sensorOf(field, head, state, decoded.telegram.meter);
        const topic = `homeassistant/sensor/wmbusmeters/${key}/config`;
        text += message(topic, true, JSON.stringify(sensor));
      }
      return text + message(state, false, objectOf(head, fields, decoded));
    },
    end: () => '',
  };
}

const message = (topic: string, retain: boolean, payload: string): string =>
  `{"topic":${JSON.stringify(topic)},"retain":${retain},"payload":${payload}}\n`;

/** What Home Assistant's MQTT discovery wants to know of one field. */
function sensorOf(
  { name, json, record }: Field,
  head: Head,
  state: string,
  meter: MeterAddress | null,
): object {
  const { device_class: deviceClass, state_class: stateClass } = meaningOf(
    record,
    meter,
  ).homeAssistant;
  const unit = json.startsWith('"') ? undefined : UNITS[name.slice(name.lastIndexOf('_') + 1)];
  // A meter's date and time has no zone, a sensor of class timestamp must have one; a class that has a unit wants to see it.
  const classed = deviceClass === 'date' || (deviceClass !== undefined && unit !== undefined);
  return {
    unique_id: `wmbusmeters_${head.id}_${name}`,
    name,
    state_topic: state,
    value_template: `{{ value_json.${name} }}`,
    ...(classed ? { device_class: deviceClass } : {}),
    // A text counts nothing, also where it is made of a number's bits.
    ...(stateClass === undefined || json.startsWith('"') ? {} : { state_class: stateClass }),
    ...(unit === undefined ? {} : { unit_of_measurement: unit }),
    device: {
      identifiers: [`wmbusmeters_${head.id}`],
      ...(meter?.manufacturer == null ? {} : { manufacturer: meter.manufacturer }),
      model: head.meter,
      name: head.name === '' ? head.id : head.name,
      sw_version: head.id,
    },
  };
}
