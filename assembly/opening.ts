// Whose address and whose key open a telegram that an adapter sends for a meter. By the standard both are the meter's, whose
// address stands in the long header (EN 13757-7 clause 9.3); some adapters encrypt with their own all the same, and some
// users were given the adapter's key. What opens the telegram is told, so that the list of keys can be mended.
import { issue } from './batch/row';
import {
  hasSender,
  meterId,
  meterMedium,
  meterVersion,
  senderId,
  senderMedium,
  senderVersion,
  sendersTransmittedManufacturer,
  transmittedManufacturer,
} from './batch/telegram';
import { ISSUE_SECURITY_SENDER_ADDRESS, ISSUE_SECURITY_SENDER_KEY } from './generated/codes';
import { isDerived } from './keys/derivation';
import { meterKey, senderKey } from './owner';
import { decryptMode5, setIv } from './tpl/mode5';
import { deriveEncryption, deriveKeys, fitsMode7 } from './tpl/mode7';

/**
 * Decrypts `length` bytes at `at` in place with `key`, what {@link anyKey} gave; where that does not open them and an adapter
 * sends, with its key and its address. False when nothing does.
 */
export function openMode5(at: usize, length: usize, access: u32, key: usize): bool {
  setIv(transmittedManufacturer(), meterId(), meterVersion(), meterMedium(), access);
  if (decryptMode5(at, length, key)) {
    if (hasSender() && meterKey() == 0) issue(ISSUE_SECURITY_SENDER_KEY, at, 0);
    return true;
  }
  if (!hasSender()) return false;
  const own = meterKey();
  if (own != 0 && withSendersVector(at, length, access, own)) return true;
  const other = senderKey();
  if (!isAnother(other, own)) return false;
  setIv(transmittedManufacturer(), meterId(), meterVersion(), meterMedium(), access);
  if (!decryptMode5(at, length, other) && !withSendersVector(at, length, access, other))
    return false;
  issue(ISSUE_SECURITY_SENDER_KEY, at, 0);
  return true;
}

function withSendersVector(at: usize, length: usize, access: u32, key: usize): bool {
  setIv(sendersTransmittedManufacturer(), senderId(), senderVersion(), senderMedium(), access);
  if (!decryptMode5(at, length, key)) return false;
  issue(ISSUE_SECURITY_SENDER_ADDRESS, at, 0);
  return true;
}

/** Address of the meter's key or else its sender's, or 0. */
export function anyKey(): usize {
  const key = meterKey();
  return key != 0 ? key : senderKey();
}

/** Derives the keys of mode 7 that open the first block at `at`, or those of the meter where none do. */
export function deriveFitting(at: usize, counter: usize): void {
  const key = meterKey();
  if (hasSender()) {
    if (key != 0 && derivesFitting(at, counter, key)) return;
    const other = senderKey();
    if (isAnother(other, key) && derivesFitting(at, counter, other)) {
      issue(ISSUE_SECURITY_SENDER_KEY, at, 0);
      return;
    }
  }
  deriveKeys(anyKey(), counter, meterId());
}

/** Whether the sender's key is one, and not the meter's once more, which did not fit: one for both, or for this call. */
function isAnother(key: usize, own: usize): bool {
  return key != 0 && (key != own || isDerived(key));
}

function derivesFitting(at: usize, counter: usize, key: usize): bool {
  if (fitsDerived(at, counter, key, meterId())) return true;
  if (!fitsDerived(at, counter, key, senderId())) return false;
  issue(ISSUE_SECURITY_SENDER_ADDRESS, at, 0);
  return true;
}

/** The key that authenticates is derived only where that which encrypts fits. */
function fitsDerived(at: usize, counter: usize, key: usize, id: u32): bool {
  deriveEncryption(key, counter, id);
  if (!fitsMode7(at)) return false;
  deriveKeys(key, counter, id);
  return true;
}
