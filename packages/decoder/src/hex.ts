const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** Lower-case hexadecimal of `length` bytes from `start`. */
export function hex(bytes: Uint8Array, start: number, length: number): string {
  let text = '';
  for (let i = start; i < start + length; i++) text += BYTES[bytes[i] as number];
  return text;
}

/** Hexadecimal of the same bytes, last one first. */
export function hexReversed(bytes: Uint8Array, start: number, length: number): string {
  let text = '';
  for (let i = start + length - 1; i >= start; i--) text += BYTES[bytes[i] as number];
  return text;
}
