/** `digits · 10^scale` as an exact decimal: as many decimals as the scale gives, no exponent, no `-0`. */
export function decimalText(digits: string, scale: number): string {
  if (scale === 0) return digits;
  const negative = digits.charCodeAt(0) === 0x2d;
  let magnitude = negative ? digits.slice(1) : digits;
  if (scale > 0) {
    if (magnitude !== '0') magnitude += '0'.repeat(scale);
  } else {
    if (magnitude.length <= -scale) magnitude = magnitude.padStart(1 - scale, '0');
    const point = magnitude.length + scale;
    magnitude = `${magnitude.slice(0, point)}.${magnitude.slice(point)}`;
  }
  return negative ? `-${magnitude}` : magnitude;
}

/** The fewest digits that read back as the double `value`, times 10^scale; `value` is finite. */
export function realText(value: number, scale: number): string {
  // -0 + 0 is 0.
  const [mantissa = '', exponent = 0] = String(value + 0).split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  const digits = `${whole}${fraction}`.replace(/^(-?)0+(?=\d)/, '$1');
  const power = Number(exponent) - fraction.length;
  // A whole number of at most 22 digits keeps no exponent of its own.
  return decimalText(digits, power + scale);
}
