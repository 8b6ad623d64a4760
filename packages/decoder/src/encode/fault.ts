/**
 * Why a description cannot become a telegram. The codes are stable; docs/encode.md lists them.
 *
 * - `encode/bad-hex`: text that is no whole number of hexadecimal bytes
 * - `encode/bad-address`: a manufacturer that is not three letters, an id that is not eight hexadecimal digits
 * - `encode/bad-key`: a key of the wrong length, or none where one is needed
 * - `encode/bad-value`: a value that is no exact decimal, time or text of the coding asked for
 * - `encode/out-of-range`: a value, number or field that does not fit the bits that the standard gives it
 * - `encode/too-long`: more bytes than the frame, fragment, header or length field can count
 * - `encode/unknown-quantity`: no row of the VIF tables has this quantity and unit
 * - `encode/unknown-modifier`: no combinable VIFE of this name
 * - `encode/unknown-medium`: no device type of this name
 * - `encode/no-scale`: the quantity exists, but not with the power of ten that the value needs
 * - `encode/missing-field`: something that this frame cannot do without is not given
 * - `encode/contradiction`: two parts of the description exclude each other
 */
export type EncodeCode =
  | 'encode/bad-hex'
  | 'encode/bad-address'
  | 'encode/bad-key'
  | 'encode/bad-value'
  | 'encode/out-of-range'
  | 'encode/too-long'
  | 'encode/unknown-quantity'
  | 'encode/unknown-modifier'
  | 'encode/unknown-medium'
  | 'encode/no-scale'
  | 'encode/missing-field'
  | 'encode/contradiction';

/** A fault in a description, as data: which, where (an RFC 6901 JSON pointer into the description) and why. */
export interface EncodeIssue {
  readonly code: EncodeCode;
  readonly severity: 'error';
  readonly pointer: string;
  readonly message: string;
}

/** Carries an {@link EncodeIssue} out of the depth; {@link encode} turns it into data again. */
export class EncodeFault extends Error {
  override readonly name = 'EncodeFault';
  readonly issue: EncodeIssue;

  constructor(code: EncodeCode, pointer: string, message: string) {
    super(`${code} at ${pointer === '' ? 'the description' : pointer}: ${message}`);
    this.issue = { code, severity: 'error', pointer, message };
  }
}

/** An integer of a field with its limits, both included; refused with `encode/out-of-range` otherwise. */
export function within(value: number, low: number, high: number, pointer: string): number {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new EncodeFault(
      'encode/out-of-range',
      pointer,
      `${value} is not an integer from ${low} to ${high}`,
    );
  }
  return value;
}
