/** Names of the control field (EN 13757-2 and -4), by its low seven bits without FCB/ACD and FCV/DFC. */
const WIRELESS: Readonly<Record<number, string>> = {
  0x40: 'SND-NKE',
  0x43: 'SND-UD2',
  0x53: 'SND-UD',
  0x44: 'SND-NR',
  0x45: 'SND-UD3',
  0x46: 'SND-IR',
  0x47: 'ACC-NR',
  0x48: 'ACC-DMD',
  0x4a: 'REQ-UD1',
  0x4b: 'REQ-UD2',
  0x5a: 'REQ-UD1',
  0x5b: 'REQ-UD2',
  0x00: 'ACK',
  0x01: 'NACK',
  0x06: 'CNF-IR',
  0x08: 'RSP-UD',
};

const WIRED: Readonly<Record<number, string>> = {
  0x40: 'SND-NKE',
  0x43: 'SND-UD2',
  0x53: 'SND-UD',
  0x5a: 'REQ-UD1',
  0x5b: 'REQ-UD2',
  0x08: 'RSP-UD',
};

/** The standard's name of a control field, or null for a code that it does not define. */
export function controlName(control: number, wired: boolean): string | null {
  const names = wired ? WIRED : WIRELESS;
  // Bit 5 is FCB (calling) or ACD (answering); bit 4 is FCV or DFC, part of the code only when calling.
  const calling = (control & 0x40) !== 0;
  return names[control & (calling ? 0x5f : 0x4f)] ?? null;
}
