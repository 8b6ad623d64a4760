import type { Gln, Gsrn } from './identifier.ts';

/**
 * Check digit of a GS1 key: digits weighted 3, 1, 3, … from the right, to the next multiple of ten (GS1 General
 * Specifications, check digit calculation). Null when `body` holds something else than digits.
 */
export function gs1CheckDigit(body: string): number | null {
  if (!/^[0-9]+$/.test(body)) return null;
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    sum += Number(body[body.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10;
}

function checked(text: string, length: number): boolean {
  return (
    text.length === length && gs1CheckDigit(text.slice(0, -1)) === text.charCodeAt(length - 1) - 48
  );
}

/** An 18-digit metering point number whose check digit is right, or null. */
export function parseGsrn(text: string): Gsrn | null {
  return checked(text, 18) ? (text as Gsrn) : null;
}

/** A 13-digit party number whose check digit is right, or null. */
export function parseGln(text: string): Gln | null {
  return checked(text, 13) ? (text as Gln) : null;
}
