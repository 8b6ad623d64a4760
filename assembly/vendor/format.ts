// Which vendor format is whose: by manufacturer, version and device type.
import { apatorAllocator, apatorPulses, apatorRegisters, apatorThirds } from './apator';
import { bfwAllocator } from './bfw';
import { hydroclima, hydrodigit, rfmTail } from './bmeters';
import { diehlPrios } from './diehl';
import { gwfTail } from './gwf';
import {
  techemAllocator,
  techemCompact,
  techemSmoke,
  techemVario,
  techemWater,
  techemWaterHalfMonths,
} from './techem';
import { zennerTail } from './zenner';

/** Manufacturer codes. */
export const APA: u32 = 0x0601;
export const APT: u32 = 0x0614;
export const BFW: u32 = 0x08d7;
export const BMP: u32 = 0x09b0;
export const BMT: u32 = 0x09b4;
export const DME: u32 = 0x11a5;
export const EWT: u32 = 0x16f4;
export const GWF: u32 = 0x1ee6;
export const HYD: u32 = 0x2324;
export const LSE: u32 = 0x3265;
export const QDS: u32 = 0x4493;
export const SAP: u32 = 0x4c30;
export const SPL: u32 = 0x4e0c;
export const TCH: u32 = 0x5068;
export const ZRI: u32 = 0x6a49;

/** Diehl's brands, whose PRIOS and scrambled telegrams have version and type before the number. */
export function isDiehl(manufacturer: u32): bool {
  return manufacturer == HYD || manufacturer == DME || manufacturer == EWT || manufacturer == SPL;
}

/** CI A0 to B7: `at` is behind the CI field, `frame` the first byte of the frame. False where no format is known. */
export function vendorApplication(
  ci: u32,
  at: usize,
  end: usize,
  frame: usize,
  manufacturer: u32,
  version: u32,
  medium: u32,
): bool {
  if (manufacturer == TCH) return techem(at, end, version, medium);
  if (manufacturer == SAP || isDiehl(manufacturer))
    return ci >= 0xa0 && ci <= 0xa7 && diehlPrios(at, end, frame);
  if (manufacturer == APT || manufacturer == APA) {
    if (version == 0x04 && medium == 0x08) return apatorAllocator(ci, at, end);
    if (ci != 0xa0) return false;
    if (version == 0x04 && medium == 0x11) return apatorThirds(at, end);
    if ((version == 0x03 && medium == 0x03) || (version == 0x0f && medium == 0x0f))
      return apatorPulses(at, end);
  }
  return false;
}

function techem(at: usize, end: usize, version: u32, medium: u32): bool {
  if (medium == 0x80) return techemAllocator(at, end, version);
  if (medium == 0xf0) return techemSmoke(at, end);
  if (medium == 0x62 || medium == 0x72)
    return version == 0x50 ? techemWaterHalfMonths(at, end) : techemWater(at, end);
  if (version == 0x27) return techemVario(at, end);
  return (medium == 0x04 || medium == 0x43 || medium == 0xc3) && techemCompact(at, end);
}

/** Bodies of CI 7A that are no records, behind their fillers. False where none is known, or it does not fit. */
export function vendorBody(
  at: usize,
  end: usize,
  manufacturer: u32,
  version: u32,
  medium: u32,
): bool {
  while (at < end && load<u8>(at) == 0x2f) at++;
  if (manufacturer == APA && version == 0x05 && (medium == 0x06 || medium == 0x07))
    return apatorRegisters(at, end);
  return manufacturer == BFW && version == 0x02 && medium == 0x08 && bfwAllocator(at, end);
}

/** Whether {@link vendorBody} may know this meter. */
export function hasBody(manufacturer: u32): bool {
  return manufacturer == APA || manufacturer == BFW;
}

/** Whether {@link vendorTail} may know this meter. */
export function hasTail(manufacturer: u32): bool {
  return manufacturer == BMT || manufacturer == BMP || manufacturer == ZRI || manufacturer == GWF;
}

/** The rest behind DIF 0F, from the byte behind it. False where no format is known, or it does not fit. */
export function vendorTail(
  at: usize,
  end: usize,
  manufacturer: u32,
  version: u32,
  medium: u32,
): bool {
  if (manufacturer == BMT) {
    if (version == 0x05 && medium == 0x07) return rfmTail(at, end);
    return (version == 0x13 || version == 0x15 || version == 0x17) && hydrodigit(at, end, version);
  }
  if (manufacturer == BMP) return medium == 0x08 && hydroclima(at, end);
  if (manufacturer == ZRI) return version == 0x0b && zennerTail(at, end);
  return manufacturer == GWF && gwfTail(at, end);
}
