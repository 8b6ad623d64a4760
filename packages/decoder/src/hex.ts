/** Two hexadecimal digits of each byte. */
export const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** Lower-case hexadecimal of the bytes from `start` up to `end`; `reversed`: of the last one first. */
export function hex(bytes: Uint8Array, start: number, end: number, reversed = false): string {
  let text = '';
  for (let i = start; i < end; i++)
    text += BYTES[bytes[reversed ? start + end - 1 - i : i] as number];
  return text;
}

/** ISO 8859-1; `reversed`: its last character is sent first, as all data are that go low end first. */
export function latin1(bytes: Uint8Array, start: number, end: number, reversed: boolean): string {
  let text = '';
  for (let i = start; i < end; i++)
    text += String.fromCharCode(bytes[reversed ? start + end - 1 - i : i] as number);
  return text;
}
