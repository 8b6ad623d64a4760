// Keys of meters derived from a master key: AES-CMAC over an input of constants and bytes of the meter's address, which the
// caller spells. That is the form of KDF-A (EN 13757-7 clause 9.6), of NIST SP 800-108 and of NXP AN10922 alike.
import { beginCmac, finishCmac, updateCmac } from '../crypto/cmac';

/** Bytes of an input at most, and how many inputs are kept. */
const INPUT: usize = 64;
const MOST: u32 = 7;
/** length(8) which bytes are the address's(8) input(64); of the address's bytes the input says which, 0 to 7. */
export const DERIVATION: usize = 16 + INPUT;
const TABLE: usize = memory.data(560, 8);
/** M(2) ID(4) version type, as the link layer sends them. */
const ADDRESS: usize = memory.data(8, 8);
const FILLED: usize = memory.data(64, 8);
const DERIVED: usize = memory.data(16, 8);

let count: u32 = 0;

export function clearDerivations(): void {
  count = 0;
  wipeDerived();
}

/** Keeps the derivation at `at`; returns its number, 1 to 7, or 0 when it is none or there are too many. */
export function takeDerivation(at: usize): u32 {
  if (load<u64>(at) == 0 || load<u64>(at) > INPUT) return 0;
  for (let i: u32 = 0; i < count; i++)
    if (memory.compare(TABLE + <usize>i * DERIVATION, at, DERIVATION) == 0) return i + 1;
  if (count == MOST) return 0;
  memory.copy(TABLE + <usize>count * DERIVATION, at, DERIVATION);
  return ++count;
}

/** Address of the key of a meter under the master key at `master`. */
export function derive(number: u32, master: usize, manufacturer: u32, id: u32, rest: u32): usize {
  const derivation = TABLE + <usize>(number - 1) * DERIVATION;
  const length = <usize>load<u64>(derivation);
  const ofAddress = load<u64>(derivation, 8);
  store<u16>(ADDRESS, <u16>manufacturer);
  store<u32>(ADDRESS, id, 2);
  store<u16>(ADDRESS, <u16>rest, 6);
  for (let i: usize = 0; i < length; i++) {
    const byte = load<u8>(derivation + i, 16);
    store<u8>(FILLED + i, (ofAddress >> i) & 1 ? load<u8>(ADDRESS + (byte & 7)) : byte);
  }
  beginCmac(master);
  updateCmac(FILLED, length);
  finishCmac(DERIVED);
  return DERIVED;
}

/** Whether a key stands where the one derived last does: the next look-up may overwrite it. */
export function isDerived(key: usize): bool {
  return key == DERIVED;
}

/** Overwrites the key derived last. */
export function wipeDerived(): void {
  store<u64>(DERIVED, 0);
  store<u64>(DERIVED, 0, 8);
}
