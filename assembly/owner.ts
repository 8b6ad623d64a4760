// Whose key: the meter's, or that of the adapter or repeater that sends for it.
import {
  hasSender,
  meterId,
  meterManufacturer,
  meterMedium,
  meterVersion,
  senderId,
  senderManufacturer,
  senderMedium,
  senderVersion,
} from './batch/telegram';
import { keyFor } from './keys/slot';

/** Address of the key for the meter of the telegram in hand, or 0. */
export function meterKey(): usize {
  return keyFor(meterManufacturer(), meterId(), meterVersion() | (meterMedium() << 8));
}

/** Address of the key for its sender, or 0, also where the meter sends itself. */
export function senderKey(): usize {
  return hasSender()
    ? keyFor(senderManufacturer(), senderId(), senderVersion() | (senderMedium() << 8))
    : 0;
}
