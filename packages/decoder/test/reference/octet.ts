/** One byte that remembers where it stood in the bytes as given; so offsets survive CRC removal and decryption. */
export interface Octet {
  readonly value: number;
  readonly at: number;
}

export type Octets = readonly Octet[];

export function octetsOf(bytes: Uint8Array): Octet[] {
  return Array.from(bytes, (value, at) => ({ value, at }));
}

export function hexOf(octets: Octets): string {
  return octets.map(({ value }) => value.toString(16).padStart(2, '0')).join('');
}

export function bytesOf(octets: Octets): number[] {
  return octets.map(({ value }) => value);
}

/** Unsigned, least significant byte first. */
export function unsignedOf(octets: Octets): bigint {
  return octets.reduceRight((sum, { value }) => sum * 256n + BigInt(value), 0n);
}

/** Two's complement, least significant byte first. */
export function signedOf(octets: Octets): bigint {
  return octets.length === 0 ? 0n : BigInt.asIntN(8 * octets.length, unsignedOf(octets));
}

/** A number of bytes of which the first is the least significant. */
export const lowFirst = (octets: number[]): number =>
  octets.reduceRight((sum, o) => sum * 256 + o, 0);
