// Compact profiles, EN 13757-3 annex F: a series of values in one record of variable length.
//
//   LVAR control spacing element…     oldest first; newest first in an inverse profile
//   control   increments 7..6 | unit of spacing 5..4 | data field of an element 3..0

import { codeInteger, type CodedValue, type Coding, parseDecimal } from './coding.ts';
import { EncodeFault, within } from './fault.ts';
import { join } from './octets.ts';

export interface ProfileDescription {
  /** `registers`: elements are storage numbers (VIFE 1E). `series`: a series alone (1F). `inverse`: going back (13). */
  readonly form: 'registers' | 'series' | 'inverse';
  /** What the elements are: values, or steps from the one before. `differences` are the one before minus this one. */
  readonly steps: 'absolute' | 'increments' | 'decrements' | 'differences';
  /** Time between elements. Count 0 with a unit means no spacing in time; 254 with `d` a month. */
  readonly spacing: { readonly count: number; readonly unit: 's' | 'min' | 'h' | 'd' };
  /** How an element is sent. */
  readonly coding: Coding;
  /** Elements as sent, exact decimals in the record's unit; null is an invalid one. */
  readonly elements: readonly (string | null)[];
}

const STEPS = { absolute: 0, increments: 1, decrements: 2, differences: 3 };
const SPACING_UNIT = { s: 0, min: 1, h: 2, d: 3 };

/** Name of the combinable VIFE for each form. */
export const PROFILE_MODIFIER: Record<ProfileDescription['form'], string> = {
  registers: 'compact_profile_with_registers',
  series: 'compact_profile',
  inverse: 'inverse_compact_profile',
};

/** The most decimals of any element: the profile's scale. */
export function profileDecimals(profile: ProfileDescription, pointer: string): number {
  return Math.max(
    0,
    ...profile.elements.map((element, i) => decimalsOf(element, `${pointer}/${i}`)),
  );
}

function decimalsOf(element: string | null, pointer: string): number {
  if (element === null) return 0;
  const parsed = parseDecimal(element);
  if (parsed === null) {
    throw new EncodeFault('encode/bad-value', pointer, `${element} is no exact decimal`);
  }
  return parsed.decimals;
}

/** The record's data; `decimals` is the scale of the VIF, as the negative power of ten. */
export function codeProfile(
  profile: ProfileDescription,
  decimals: number,
  pointer: string,
): CodedValue {
  const signed = profile.steps === 'absolute' || profile.steps === 'differences';
  const coding = signed ? profile.coding : (profile.coding.replace(/^int/, 'uint') as Coding);
  const elements = profile.elements.map((element, i) => {
    if (element === null) return codeInteger(null, coding, `${pointer}/elements/${i}`);
    const parsed = parseDecimal(element)!;
    const mantissa = parsed.mantissa * 10n ** BigInt(Math.max(0, decimals - parsed.decimals));
    return codeInteger(mantissa, coding, `${pointer}/elements/${i}`);
  });
  const field = elements[0]?.field ?? codeInteger(0n, coding, pointer).field;
  if (field === 0xd) {
    throw new EncodeFault(
      'encode/contradiction',
      `${pointer}/coding`,
      'elements have a fixed length',
    );
  }
  const { count, unit } = profile.spacing;
  const content = join(
    (STEPS[profile.steps] << 6) | (SPACING_UNIT[unit] << 4) | field,
    within(count, 0, 254, `${pointer}/spacing/count`),
    ...elements.map((element) => element.content),
  );
  if (content.length > 0xbf) {
    throw new EncodeFault('encode/too-long', `${pointer}/elements`, 'a profile counts 191 bytes');
  }
  return { field: 0xd, lvar: content.length, content };
}
