import type { Eic } from './identifier.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-';

/**
 * Check character of the first fifteen characters of an EIC: weights 16 down to 2, modulo 37 (ENTSO-E EIC reference
 * manual). Null when the body is not of that form, or when the check character would be a hyphen: such codes are not
 * given out.
 */
export function eicCheckCharacter(body: string): string | null {
  if (!/^[0-9A-Z-]{15}$/.test(body)) return null;
  let sum = 0;
  for (let i = 0; i < 15; i++) sum += ALPHABET.indexOf(body[i] ?? '') * (16 - i);
  const check = 36 - ((sum + 36) % 37);
  return check === 36 ? null : (ALPHABET[check] ?? null);
}

/** A 16-character energy identification code whose check character is right, or null. */
export function parseEic(text: string): Eic | null {
  return text.length === 16 && eicCheckCharacter(text.slice(0, 15)) === text[15]
    ? (text as Eic)
    : null;
}
