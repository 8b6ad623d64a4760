// From a data field's bytes to a value: EN 13757-3 annex A, with what VIF and VIFEs say of the type.

import type { RecordKind } from '../../src/index.ts';
import { civilOf } from './civil.ts';
import { decimalOf, floatOf } from './decimal.ts';
import { bytesOf, hexOf, type Octets, signedOf, unsignedOf } from './octet.ts';
import type { VibReading } from './vib.ts';

export interface Value {
  readonly kind: RecordKind;
  readonly value: string | null;
  readonly unit: string;
  readonly issues: readonly string[];
}

/** `data` is least significant byte first, `sent` its hexadecimal as it came; `field` the DIF's low four bits; `lvar` the length byte of a variable field. */
export function valueOf(
  data: Octets,
  sent: string,
  field: number,
  lvar: number | null,
  vib: VibReading,
): Value {
  const { meaning, effects, type } = vib;
  const shown = (
    kind: RecordKind,
    value: string | null,
    unit = '',
    issues: string[] = [],
  ): Value => ({
    kind,
    value: effects.includes('error') ? null : value,
    unit,
    issues,
  });
  if (field === 0 || field === 8) return shown('none', null, vib.unit);
  if (type === 'raw' || type === 'bytes') return shown('bytes', sent);
  if (effects.includes('profile') && lvar !== null) return shown('bytes', sent);
  if (lvar !== null && lvar <= 0xbf) return shown('text', textOf(data));
  if (data.length === 0) return shown('none', null, vib.unit);
  const real = field === 5 || lvar === 0xf8;
  const digits = lvar !== null && lvar <= 0xdf;
  if (type === 'time' && !real && !digits) {
    const civil = field <= 7 ? civilOf(bytesOf(data)) : undefined;
    // A field that no time type is defined for is kept as it is; a variable one is type M, whose layout is not public.
    if (civil === undefined) {
      return shown('bytes', sent, '', lvar === null ? ['record/time-type'] : []);
    }
    const odd = civil.value === null && !civil.marked;
    return shown(civil.kind, civil.value, '', odd ? ['record/invalid-time'] : []);
  }
  if (type === 'identifier' && !real) {
    // Eight bytes of VIF 79 are a whole address, whose fields are digits.
    const asDigits = meaning.quantity === 'identification' && field === 7;
    return identifier(data, sent, asDigits ? 14 : field, lvar, shown);
  }
  const scale = vib.instead !== null ? vib.factor : meaning.exponent + vib.factor;
  if (real) {
    const view = new DataView(Uint8Array.from(bytesOf(data)).buffer);
    const single = field === 5;
    const float = single ? view.getFloat32(0, true) : view.getFloat64(0, true);
    // The sum of a double and a constant may have more digits than a record holds.
    if (!single && vib.constants.length > 0) return shown('number', null, vib.unit);
    return shown('number', withConstants(floatOf(float, single, scale), vib), vib.unit);
  }
  if (lvar !== null && data.length > (digits ? 9 : 8)) {
    // A number is due only where the VIF says what is counted.
    const due =
      ['number', 'unsigned', '2^-12'].includes(type) &&
      !['reserved', 'manufacturer_specific', 'any'].includes(vib.instead ?? meaning.quantity);
    return shown('bytes', sent, '', due ? ['record/overflow'] : []);
  }
  const integer = integerOf(data, field, lvar, vib);
  if (integer === undefined) return shown('number', null, vib.unit, ['record/invalid-bcd']);
  return shown('number', integer === null ? null : scaled(integer, scale, vib), vib.unit);
}

function textOf(data: Octets): string {
  return data
    .toReversed()
    .map(({ value }) => String.fromCharCode(value))
    .join('');
}

/** Undefined for digits that are none, null for the integer that means "no valid value". */
function integerOf(
  data: Octets,
  field: number,
  lvar: number | null,
  vib: VibReading,
): bigint | null | undefined {
  if (lvar !== null && lvar <= 0xcf) return digitsOf(data, false);
  if (lvar !== null && lvar <= 0xdf) {
    const magnitude = digitsOf(data, false);
    return magnitude === undefined ? undefined : -magnitude;
  }
  if (lvar === null && field >= 9) return digitsOf(data, true);
  const { type } = vib;
  const span = 256n ** BigInt(data.length);
  const unsigned = unsignedOf(data);
  if (type === 'bits') return unsigned;
  // Type C has no value in all ones, type B in the most negative number.
  if (type === 'unsigned' || type === '2^-12') return unsigned === span - 1n ? null : unsigned;
  return unsigned === span / 2n ? null : signedOf(data);
}

export function digitsOf(data: Octets, signed: boolean): bigint | undefined {
  const digits = hexOf(data.toReversed());
  const negative = signed && digits.startsWith('f');
  const magnitude = negative ? digits.slice(1) : digits;
  if (!/^\d*$/.test(magnitude)) return undefined;
  const number = BigInt(magnitude === '' ? 0 : magnitude);
  return negative ? -number : number;
}

/** A float with the constants of additive VIFEs; null where that has more digits than a record holds. */
function withConstants(value: string | null, vib: VibReading): string | null {
  if (value === null || vib.constants.length === 0) return value;
  const [whole, fraction = ''] = value.split('.') as [string, string?];
  const power = -Math.max(3, fraction.length);
  const mantissa = vib.constants.reduce(
    (sum, constant) => sum + 10n ** BigInt(constant - power),
    BigInt(whole + fraction.padEnd(-power, '0')),
  );
  return fits(mantissa) ? decimalOf(mantissa, power) : null;
}

function scaled(integer: bigint, exponent: number, vib: VibReading): string | null {
  let mantissa = integer;
  let power = exponent;
  if (vib.type === '2^-12') {
    // n / 4096 = n · 5^12 / 10^12
    mantissa *= 5n ** 12n;
    power -= 12;
  }
  for (const constant of vib.constants) {
    // 10^constant of the unit; the constants' own steps are 10^-3.
    const finer = Math.min(power, -3);
    mantissa = mantissa * 10n ** BigInt(power - finer) + 10n ** BigInt(constant - finer);
    power = finer;
  }
  return power < exponent && !fits(mantissa) ? null : decimalOf(mantissa, power);
}

/** A record holds 64 bits. */
function fits(mantissa: bigint): boolean {
  return mantissa >= -(2n ** 63n) && mantissa < 2n ** 63n;
}

function identifier(
  data: Octets,
  sent: string,
  field: number,
  lvar: number | null,
  shown: (kind: RecordKind, value: string | null, unit?: string, issues?: string[]) => Value,
): Value {
  const bcd = lvar === null ? field >= 9 : lvar <= 0xdf;
  if (bcd) return shown('text', hexOf(data.toReversed()));
  if (data.length > 8) return shown('bytes', sent);
  return shown('text', unsignedOf(data).toString());
}
