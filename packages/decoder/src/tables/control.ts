import { BYTES } from '../hex.ts';

/**
 * Names of the control field (EN 13757-2 and -4): its low seven bits without FCB/ACD and FCV/DFC in hexadecimal, then the
 * name. The first six are those that a wired link has too.
 */
const NAMES: readonly string[] =
  '40SND-NKE 43SND-UD2 53SND-UD 5aREQ-UD1 5bREQ-UD2 08RSP-UD 44SND-NR 45SND-UD3 46SND-IR 47ACC-NR 48ACC-DMD 4aREQ-UD1 4bREQ-UD2 00ACK 01NACK 06CNF-IR'.split(
    ' ',
  );
const WIRED = 6;

/** The standard's name of a control field, or null for a code that it does not define. */
export function controlName(control: number, wired: boolean): string | null {
  // Bit 5 is FCB (calling) or ACD (answering); bit 4 is FCV or DFC, part of the code only when calling.
  const code = control & (control & 0x40 ? 0x5f : 0x4f);
  const at = NAMES.findIndex((name) => name.startsWith(BYTES[code] as string));
  return at < 0 || (wired && at >= WIRED) ? null : (NAMES[at] as string).slice(2);
}
