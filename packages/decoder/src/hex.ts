/** Two hexadecimal digits of each byte. */
export const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

const LATIN_1 = BYTES.map((_, byte) => String.fromCharCode(byte));

/** Lower-case hexadecimal of the bytes from `start` up to `end`; `reversed`: of the last one first. */
export function hex(
  bytes: Uint8Array,
  start: number,
  end: number,
  reversed = false,
  words: readonly string[] = BYTES,
): string {
  let text = '';
  for (let i = start; i < end; i++)
    text += words[bytes[reversed ? start + end - 1 - i : i] as number];
  return text;
}

/** ISO 8859-1; `reversed`: its last character is sent first, as all data are that go low end first. */
export const latin1 = (bytes: Uint8Array, start: number, end: number, reversed: boolean): string =>
  hex(bytes, start, end, reversed, LATIN_1);
