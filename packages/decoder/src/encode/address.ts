import type { AddressDescription } from './description.ts';
import { EncodeFault, within } from './fault.ts';
import { join, littleEndian, octets, reversed } from './octets.ts';
import { mediumCodeOf } from './medium.ts';

/** The two bytes of a manufacturer's three letters, five bits each, as one number. */
export function manufacturerCode(letters: string, pointer: string): number {
  if (!/^[A-Z]{3}$/.test(letters)) {
    throw new EncodeFault('encode/bad-address', pointer, 'a manufacturer is three letters A to Z');
  }
  return [...letters].reduce((code, letter) => (code << 5) | (letter.charCodeAt(0) - 0x40), 0);
}

/** The four bytes of an identification number, low digits first. */
export function identification(id: string, pointer: string): Uint8Array {
  const bytes = id.length === 8 ? octets(id) : null;
  if (bytes?.length !== 4) {
    throw new EncodeFault('encode/bad-address', pointer, 'an id is eight hexadecimal digits');
  }
  return reversed(bytes);
}

function parts(address: AddressDescription, pointer: string): [Uint8Array, Uint8Array, Uint8Array] {
  if (address.manufacturer === null) {
    throw new EncodeFault('encode/bad-address', `${pointer}/manufacturer`, 'no manufacturer');
  }
  const medium = address.mediumCode ?? mediumCodeOf(address.medium, `${pointer}/medium`);
  return [
    littleEndian(manufacturerCode(address.manufacturer, `${pointer}/manufacturer`), 2),
    identification(address.id, `${pointer}/id`),
    Uint8Array.of(
      within(address.version ?? 0, 0, 255, `${pointer}/version`),
      within(medium, 0, 255, `${pointer}/mediumCode`),
    ),
  ];
}

/** The order of the link layer and of ELL: M(2) ID(4) version type. EN 13757-4 clause 12. */
export function linkAddress(address: AddressDescription, pointer: string): Uint8Array {
  const [manufacturer, id, rest] = parts(address, pointer);
  return join(manufacturer, id, rest);
}

/** The order of the long header: ID(4) M(2) version type; high byte first for CI 76. EN 13757-7. */
export function headerAddress(
  address: AddressDescription,
  pointer: string,
  highFirst: boolean = false,
): Uint8Array {
  const [manufacturer, id, rest] = parts(address, pointer);
  return highFirst
    ? join(reversed(id), reversed(manufacturer), rest)
    : join(id, manufacturer, rest);
}
