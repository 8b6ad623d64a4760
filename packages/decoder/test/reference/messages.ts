// Messages that are not made of records: kept as they stand, and the clock's (OMS volume 2).

import type { DataRecord } from '../../src/index.ts';
import { civilOf } from './civil.ts';
import { bytesOf, type Octets } from './octet.ts';
import { vendorRecord } from './records.ts';

/** TC, a time of six bytes, three bytes of 0; or TC, a difference of three bytes, six bytes of 0. */
function readClock(ci: number, octets: Octets): DataRecord | undefined {
  const width = ci === 0x6c ? 6 : 3;
  const [control, ...rest] = bytesOf(octets.slice(0, 10));
  if (rest.length < 9 || rest.slice(width).some((byte) => byte !== 0)) return undefined;
  const civil = civilOf(rest.slice(0, width));
  if (civil?.value === null || civil?.value === undefined) return undefined;
  const part = octets.slice(1, 1 + width);
  if (ci === 0x6c) {
    return control === 0
      ? vendorRecord(part, { quantity: 'datetime', kind: 'datetime', value: civil.value })
      : undefined;
  }
  if (control !== 1 && control !== 2) return undefined;
  const [hours, minutes, seconds] = civil.value.split(':').map(Number) as [number, number, number];
  const difference = (hours * 60 + minutes) * 60 + seconds;
  return vendorRecord(part, {
    quantity: 'clock_offset',
    kind: 'number',
    unit: 's',
    value: String(control === 2 && difference > 0 ? -difference : difference),
  });
}

/** `secured`: the configuration field says that it is encrypted; it begins with two fillers then. */
export function readMessage(ci: number, body: Octets, secured: boolean): DataRecord[] {
  const marked = secured && body[0]?.value === 0x2f && body[1]?.value === 0x2f;
  const octets = marked ? body.slice(2) : body;
  if (octets.length === 0) return [];
  if (ci === 0x6c || ci === 0x6d) {
    const last = octets.findLastIndex(({ value }) => value !== 0x2f);
    const clock = readClock(ci, secured ? octets.slice(0, last + 1) : octets);
    if (clock !== undefined) return [clock];
  }
  return [vendorRecord(octets, { quantity: 'application_data' })];
}
