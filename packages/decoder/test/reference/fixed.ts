// The fixed data structure, CI 73 and 77: EN 1434-3:1997.

import type { DataRecord, MeterAddress, Telegram } from '../../src/index.ts';
import { mediumOf } from '../../src/generated/media.ts';
import { decimalOf } from './decimal.ts';
import { hexOf, type Octets, signedOf } from './octet.ts';
import { digitsOf } from './value.ts';

/** First unit code of three that grow by ten: unit, quantity and power of ten. */
const UNITS: readonly [code: number, quantity: string, unit: string, exponent: number][] = [
  [0x02, 'energy', 'Wh', 0],
  [0x05, 'energy', 'Wh', 3],
  [0x08, 'energy', 'Wh', 6],
  [0x0b, 'energy', 'J', 3],
  [0x0e, 'energy', 'J', 6],
  [0x11, 'energy', 'J', 9],
  [0x14, 'power', 'W', 0],
  [0x17, 'power', 'W', 3],
  [0x1a, 'power', 'W', 6],
  [0x1d, 'power', 'J/h', 3],
  [0x20, 'power', 'J/h', 6],
  [0x23, 'power', 'J/h', 9],
  [0x26, 'volume', 'm3', -6],
  [0x29, 'volume', 'm3', -3],
  [0x2c, 'volume', 'm3', 0],
  [0x2f, 'volume_flow', 'm3/h', -6],
  [0x32, 'volume_flow', 'm3/h', -3],
  [0x35, 'volume_flow', 'm3/h', 0],
];

function meaning(code: number): [quantity: string, unit: string, exponent: number] {
  for (const [first, quantity, unit, exponent] of UNITS) {
    if (code >= first && code < first + 3) return [quantity, unit, exponent + code - first];
  }
  if (code === 0x38) return ['flow_temperature', '°C', -3];
  if (code === 0x39) return ['heat_cost_allocation', 'hca', 0];
  return code === 0x3f ? ['dimensionless', '', 0] : ['reserved', '', 0];
}

/** The fixed structure's media as device types; A to E send their counters high byte first. */
const MEDIA = [0, 1, 2, 3, 4, 5, 6, 7, 8, 0x0f, 3, 4, 6, 7, 8, 0x0f];

/** Bits 2 to 7 of the status, as those of the variable structure. */
const FLAGS = [
  'power_low',
  'permanent_error',
  'temporary_error',
  'manufacturer_bit_5',
  'manufacturer_bit_6',
  'manufacturer_bit_7',
];

export function readFixed(
  body: Octets,
  highFirst: boolean,
): {
  meter: MeterAddress;
  accessNumber: number;
  status: Telegram['status'];
  records: DataRecord[];
  /** Places of counters that are no numbers. */
  unreadable: number[];
} {
  const value = (at: number): number => body[at]!.value;
  const ident = body.slice(0, 4);
  const status = value(5);
  const medium = ((value(7) >> 6) << 2) | (value(6) >> 6);
  const turned = highFirst || (medium >= 0x0a && medium <= 0x0e);
  const units = [value(6) & 0x3f, value(7) & 0x3f];
  const records = [0, 1].map((i): DataRecord => {
    const sent = body.slice(8 + 4 * i, 12 + 4 * i);
    const lowFirst = turned ? sent.toReversed() : sent;
    const historic = units[i] === 0x3e;
    const [quantity, unit, exponent] = meaning(historic ? units[1 - i]! : units[i]!);
    const binary = (status & 1) === 1;
    const number = (binary ? signedOf(lowFirst) : digitsOf(lowFirst, true)) ?? null;
    return {
      quantity,
      unit,
      value: number === null ? null : decimalOf(number, exponent),
      kind: 'number',
      function: 'instantaneous',
      storage: historic || (status & 2) !== 0 ? 1 : 0,
      tariff: 0,
      subunit: 0,
      modifiers: [],
      dib: '',
      vib: '',
      raw: hexOf(sent),
      offset: body[8 + 4 * i]!.at,
    };
  });
  const code = MEDIA[medium]!;
  return {
    meter: {
      manufacturer: null,
      id: hexOf(highFirst ? ident : ident.toReversed()),
      version: null,
      medium: mediumOf(code),
      mediumCode: code,
    },
    accessNumber: value(4),
    status: { code: status, flags: FLAGS.filter((_, i) => (status & (4 << i)) !== 0) },
    records,
    unreadable: records.filter((one) => one.value === null).map(({ offset }) => offset),
  };
}
