// The fixed data structure, CI 73 and 77 (EN 1434-3:1997).
//
//   CI ID(4) ACC STS unit1 unit2 counter1(4) counter2(4)
//   unit   medium, two bits of four, 7..6 | unit code 5..0

import { identification } from './address.ts';
import { codeInteger } from './coding.ts';
import type { FixedDescription, TelegramDescription } from './description.ts';
import { EncodeFault, within } from './fault.ts';
import { join, reversed } from './octets.ts';

/** CI field, header and both counters. `description.meter` gives the id; manufacturer and version have no place here. */
export function fixedStructure(
  description: TelegramDescription,
  fixed: FixedDescription,
): Uint8Array {
  if (description.meter === undefined) {
    throw new EncodeFault('encode/missing-field', '/meter', 'the fixed structure names the meter');
  }
  const ci = description.transport?.ci ?? 0x73;
  if (ci !== 0x73 && ci !== 0x77) {
    throw new EncodeFault(
      'encode/contradiction',
      '/transport/ci',
      'the fixed structure has CI 73 or 77',
    );
  }
  const turn = (bytes: Uint8Array): Uint8Array => (ci === 0x77 ? reversed(bytes) : bytes);
  const medium = within(fixed.medium, 0, 15, '/fixed/medium');
  const coding = fixed.binary === true ? 'int32' : 'bcd8';
  const counter = (i: 0 | 1): Uint8Array =>
    turn(codeInteger(BigInt(fixed.counters[i]), coding, `/fixed/counters/${i}`).content);
  const unit = (i: 0 | 1): number => within(fixed.units[i], 0, 0x3f, `/fixed/units/${i}`);
  const status =
    (within(fixed.status ?? 0, 0, 255, '/fixed/status') & 0xfc) |
    (fixed.binary === true ? 1 : 0) |
    (fixed.stored === true ? 2 : 0);
  return join(
    ci,
    turn(identification(description.meter.id, '/meter/id')),
    within(description.transport?.accessNumber ?? 0, 0, 255, '/transport/accessNumber'),
    status,
    unit(0) | ((medium & 3) << 6),
    unit(1) | ((medium >> 2) << 6),
    counter(0),
    counter(1),
  );
}
