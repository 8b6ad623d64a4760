/** `mantissa · 10^exponent` as text, with as many decimals as the exponent says. */
export function decimalOf(mantissa: bigint, exponent: number): string {
  if (exponent >= 0) return (mantissa * 10n ** BigInt(exponent)).toString();
  const digits = (mantissa < 0n ? -mantissa : mantissa).toString().padStart(-exponent + 1, '0');
  const text = `${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
  return mantissa < 0n ? `-${text}` : text;
}

/** A float by the fewest digits that read back as the same one, times `10^exponent`; null for what is no number. */
export function floatOf(value: number, single: boolean, exponent: number): string | null {
  if (!Number.isFinite(value)) return null;
  let shortest = value.toString();
  if (single) {
    for (let digits = 1; digits <= 9; digits++) {
      shortest = nearest(value, digits);
      if (Math.fround(Number(shortest)) === value) break;
    }
  }
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(Number(shortest)))!;
  const mantissa = BigInt(match[2]! + (match[3] ?? ''));
  const power = Number(match[4] ?? 0) - (match[3] ?? '').length;
  return decimalOf(match[1] === '-' ? -mantissa : mantissa, power + exponent);
}

/** So many significant digits of a float; of two equally near ones the even one. */
function nearest(value: number, digits: number): string {
  const [exact, power] = Math.abs(value).toExponential(100).split('e') as [string, string];
  const all = exact.replace('.', '');
  const kept = BigInt(all.slice(0, digits));
  const rest = BigInt(all.slice(digits));
  const half = 5n * 10n ** BigInt(all.length - digits - 1);
  const up = rest > half || (rest === half && kept % 2n === 1n);
  const sign = value < 0 ? '-' : '';
  return `${sign}${up ? kept + 1n : kept}e${Number(power) - digits + 1}`;
}
