// What manufacturers add to the standard's layers: applications of their own, addresses in another order, parts among
// records. The formats themselves are in vendor/; here it is settled when they apply.
import { frame, full, issue, issues, records, rollBack } from './batch/row';
import {
  LAYER_TPL,
  meterId,
  meterManufacturer,
  meterMedium,
  meterVersion,
  setMeter,
  setSecurity,
  transmittedManufacturer,
} from './batch/telegram';
import { end, first, own } from './frame';
import {
  ISSUE_SECURITY_KEY_MISSING,
  ISSUE_SECURITY_KEY_WRONG,
  SECURITY_DECRYPTED,
  SECURITY_KEY_MISSING,
  SECURITY_KEY_WRONG,
} from './generated/codes';
import { R_PLACE, R_SIZE } from './generated/columns';
import { meterKey } from './owner';
import { isVendorVif } from './records/emit';
import { tailAt, tailRow } from './records/record';
import { decryptBlock, setIv } from './tpl/mode5';
import { apatorNa1 } from './vendor/apator';
import {
  APA,
  LSE,
  QDS,
  SAP,
  hasTail,
  isDiehl,
  vendorApplication,
  vendorTail,
} from './vendor/format';
import { WALK_BY, qundisWalkBy } from './vendor/qundis';

/** Device type of water meters. */
const WATER: u32 = 0x07;

/** CI fields A0 to B7, the body at `at`: false where no format is known, or it does not fit. */
export function manufacturerApplication(ci: u32, at: usize): bool {
  return (
    vendorApplication(ci, at, end, first, meterManufacturer(), meterVersion(), meterMedium()) ||
    apatorNa1Block(at, ci)
  );
}

/** Apator NA-1: access number, frame status, one block encrypted as in mode 5 with that access number. */
function apatorNa1Block(at: usize, ci: u32): bool {
  if (meterManufacturer() != APA || meterVersion() != 0x14 || meterMedium() != 0x07) return false;
  if (ci > 0xa1 || at + 18 > end) return false;
  const key = meterKey();
  if (key == 0) {
    setSecurity(5, SECURITY_KEY_MISSING, LAYER_TPL);
    issue(ISSUE_SECURITY_KEY_MISSING, at + 2, 16);
    return true;
  }
  const block = own(at + 2);
  if (block == 0) return true;
  setIv(transmittedManufacturer(), meterId(), meterVersion(), meterMedium(), load<u8>(block - 2));
  decryptBlock(block, key);
  if (apatorNa1(block, block - 1)) {
    setSecurity(5, SECURITY_DECRYPTED, LAYER_TPL);
  } else {
    setSecurity(5, SECURITY_KEY_WRONG, LAYER_TPL);
    issue(ISSUE_SECURITY_KEY_WRONG, block, 16);
  }
  return true;
}

/** Diehl's own applications and scrambled telegrams have version and type before the number (link layer bytes 4 to 9). */
export function manufacturerAddress(ci: u32, from: usize): void {
  const manufacturer = meterManufacturer();
  if (manufacturer == SAP && ci >= 0xa0 && ci <= 0xa7) {
    setMeter(transmittedManufacturer(), meterId(), 0, WATER, false);
  } else if (isDiehl(manufacturer)) {
    const ofItsOwn = (ci >= 0xa0 && ci <= 0xa7) || (ci >= 0xb1 && ci <= 0xb3) || ci == 0x71;
    const scrambled = ci == 0x7a && from + 4 <= end && (load<u8>(from, 3) & 0x10) != 0;
    if (ofItsOwn || scrambled)
      setMeter(
        transmittedManufacturer(),
        load<u32>(first, 6),
        load<u8>(first, 4),
        load<u8>(first, 5),
        false,
      );
  }
}

/** What manufacturers put among records: a tail behind DIF 0F, a container. Offsets and addresses are the walk's. */
export function manufacturerParts(before: u32): void {
  const manufacturer = meterManufacturer();
  if (tailRow >= 0 && hasTail(manufacturer) && !full) {
    const row = <u32>tailRow;
    // The tail is the last record: it gives way to what it holds, or comes back untouched.
    rollBack(row, issues);
    if (!vendorTail(tailAt + 1, end, manufacturer, meterVersion(), meterMedium()))
      rollBack(row + 1, issues);
  }
  if (manufacturer != QDS && manufacturer != LSE) return;
  const to = records;
  for (let row = before; row < to; row++)
    if (<usize>load<u16>(R_SIZE + (row << 1)) == WALK_BY + 1 && isVendorVif(row)) {
      const place = load<u32>(R_PLACE + (row << 2));
      qundisWalkBy(frame + (place & 0xffff) + ((place >> 16) & 15) + (place >> 20) + 1);
      return;
    }
}
