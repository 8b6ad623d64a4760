import type { Brand } from './brand.ts';

/**
 * An exact decimal as text: optional `-`, digits, optionally `.` and digits. No exponent, no `+`, no `-0`, no leading
 * zeros but one; trailing zeros of the fraction are kept, they say how exact the value is.
 */
export type Decimal = Brand<string, 'Decimal'>;
