/** A value with its unit as people write them. */
export interface Shown {
  readonly value: string;
  readonly unit: string;
}

/** Units that people read with a prefix: always, or from a thousand of the prefixed unit's parts. */
const PREFIXED: Readonly<Record<string, { unit: string; shift: number; always: boolean }>> = {
  Wh: { unit: 'kWh', shift: 3, always: true },
  J: { unit: 'MJ', shift: 6, always: true },
  varh: { unit: 'kvarh', shift: 3, always: true },
  VAh: { unit: 'kVAh', shift: 3, always: true },
  W: { unit: 'kW', shift: 3, always: false },
  var: { unit: 'kvar', shift: 3, always: false },
  VA: { unit: 'kVA', shift: 3, always: false },
};

/**
 * The unit as people read it: kWh for Wh, MJ for J, kW from 1000 W on, m³ for m3. The value stays exact: only its
 * point moves. Zeros that the move alone puts after the point are left out, since no meter sent them as decimals.
 */
export function forPeople(value: string, unit: string): Shown {
  const prefixed = PREFIXED[unit];
  const whole = value.replace('-', '').split('.')[0]!;
  if (prefixed && (prefixed.always || whole.length > prefixed.shift))
    return { value: movePoint(value, prefixed.shift), unit: prefixed.unit };
  return { value, unit: unit.replaceAll(/\bm3\b/g, 'm³') };
}

/** `movePoint('12345000', 3)` is `'12345'`: the decimal divided by 10 to the `places`, exactly. */
export function movePoint(value: string, places: number): string {
  const [, sign, whole, fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  if (whole === undefined) return value;
  const digits = whole.padStart(places + 1, '0');
  const cut = digits.length - places;
  const moved = digits.slice(cut);
  const decimals = fraction === undefined ? moved.replace(/0+$/, '') : moved + fraction;
  return `${sign}${digits.slice(0, cut)}${decimals === '' ? '' : `.${decimals}`}`;
}
