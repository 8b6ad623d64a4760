// The columns of the telegram in hand.
import {
  T_ACCESS,
  T_ADDRESS,
  T_BODY,
  T_CI,
  T_CONTROL,
  T_COUNTER,
  T_CRC,
  T_FLAGS,
  T_FORMAT,
  T_FRAME,
  T_FRAME_LENGTH,
  T_ID,
  T_LINK,
  T_MAC,
  T_MANUFACTURER,
  T_MEDIUM,
  T_MODE,
  T_SECURITY,
  T_SECURITY_LAYER,
  T_SENDER_ID,
  T_SENDER_MANUFACTURER,
  T_SENDER_MEDIUM,
  T_SENDER_VERSION,
  T_START,
  T_STATUS,
  T_VERSION,
} from '../generated/columns';
import {
  FLAG_ANONYMOUS,
  FLAG_COUNTER,
  FLAG_HEADER,
  FLAG_METER,
  FLAG_SENDER,
} from '../generated/codes';
import { telegrams, zero } from './row';

export const CRC_OK: u32 = 0;
export const CRC_REMOVED: u32 = 1;
export const CRC_WRONG: u32 = 2;

export const LAYER_NONE: u32 = 0;
export const LAYER_TPL: u32 = 1;
export const LAYER_ELL: u32 = 2;

/** Makes the columns 0 that say nothing of most telegrams, or are added to, in the first `rows` rows. */
export function clearTelegrams(rows: u32): void {
  zero(T_COUNTER, rows << 2);
  zero(T_BODY, rows << 1);
  zero(T_LINK, rows);
  zero(T_FORMAT, rows);
  zero(T_CONTROL, rows);
  zero(T_ADDRESS, rows);
  zero(T_CI, rows);
  zero(T_FLAGS, rows);
  zero(T_ACCESS, rows);
  zero(T_STATUS, rows);
  zero(T_MODE, rows);
  zero(T_SECURITY, rows);
  zero(T_SECURITY_LAYER, rows);
  zero(T_MAC, rows);
}

/** The columns that are never 0, for bytes of which no link layer says more. */
export function withoutLink(at: usize, length: usize): void {
  store<u8>(T_CRC + telegrams, <u8>CRC_REMOVED);
  setFrameColumns(at, length, 0);
}

export function setLink(kind: u32, format: u32, crc: u32): void {
  const row = telegrams;
  store<u8>(T_LINK + row, <u8>kind);
  store<u8>(T_FORMAT + row, <u8>format);
  store<u8>(T_CRC + row, <u8>crc);
}

export function setControl(control: u32, address: u32): void {
  store<u8>(T_CONTROL + telegrams, <u8>control);
  store<u8>(T_ADDRESS + telegrams, <u8>address);
}

export function setCi(ci: u32): void {
  store<u8>(T_CI + telegrams, <u8>ci);
}

/** Where the frame lies, how long it is, and how many bytes of the input stand before it. */
export function setFrameColumns(at: usize, length: usize, skipped: usize): void {
  const row = telegrams;
  store<u32>(T_FRAME + (row << 2), <u32>at);
  store<u16>(T_FRAME_LENGTH + (row << 1), <u16>length);
  store<u16>(T_START + (row << 1), <u16>skipped);
}

export function setSecurity(mode: u32, state: u32, layer: u32): void {
  const row = telegrams;
  store<u8>(T_MODE + row, <u8>mode);
  store<u8>(T_SECURITY + row, <u8>state);
  store<u8>(T_SECURITY_LAYER + row, <u8>layer);
}

/** Whether the transport layer says that the message is encrypted; in hand, it is plain or was decrypted. */
export function isSecured(): bool {
  return load<u8>(T_SECURITY_LAYER + telegrams) == LAYER_TPL;
}

/** 1: the message authentication code fits, 2: it does not. */
export function setMac(state: u32): void {
  store<u8>(T_MAC + telegrams, <u8>state);
}

export function setHeader(access: u32, status: u32): void {
  const row = telegrams;
  store<u8>(T_ACCESS + row, <u8>access);
  store<u8>(T_STATUS + row, <u8>status);
  addFlag(FLAG_HEADER);
}

/** The message counter, which no two messages of a meter share (EN 13757-7 clause 6.2.6). */
export function setCounter(counter: u32): void {
  store<u32>(T_COUNTER + (telegrams << 2), counter);
  addFlag(FLAG_COUNTER);
}

export function addFlag(flag: u32): void {
  store<u8>(T_FLAGS + telegrams, <u8>(<u32>load<u8>(T_FLAGS + telegrams) | flag));
}

let transmitted: u32 = 0;
let sendersTransmitted: u32 = 0;

/** The meter's M field as it was sent, which vectors are made of: with bit 15, which marks an address that is unique only nearby. */
export function transmittedManufacturer(): u32 {
  return transmitted;
}

/** The same of the sender. */
export function sendersTransmittedManufacturer(): u32 {
  return sendersTransmitted;
}

/** The meter's address, M as it was sent; a structure without a manufacturer (CI 73) has `anonymous` set. */
export function setMeter(
  manufacturer: u32,
  id: u32,
  version: u32,
  medium: u32,
  anonymous: bool,
): void {
  const row = telegrams;
  transmitted = manufacturer;
  store<u16>(T_MANUFACTURER + (row << 1), <u16>(manufacturer & 0x7fff));
  store<u32>(T_ID + (row << 2), id);
  store<u8>(T_VERSION + row, <u8>version);
  store<u8>(T_MEDIUM + row, <u8>medium);
  addFlag(anonymous ? FLAG_METER | FLAG_ANONYMOUS : FLAG_METER);
}

/** What was taken for the meter is only its sender: an adapter or repeater. */
export function meterBecomesSender(): void {
  const row = telegrams;
  sendersTransmitted = transmitted;
  store<u16>(T_SENDER_MANUFACTURER + (row << 1), load<u16>(T_MANUFACTURER + (row << 1)));
  store<u32>(T_SENDER_ID + (row << 2), load<u32>(T_ID + (row << 2)));
  store<u8>(T_SENDER_VERSION + row, load<u8>(T_VERSION + row));
  store<u8>(T_SENDER_MEDIUM + row, load<u8>(T_MEDIUM + row));
  addFlag(FLAG_SENDER);
}

export function hasMeter(): bool {
  return (load<u8>(T_FLAGS + telegrams) & <u8>FLAG_METER) != 0;
}

export function meterManufacturer(): u32 {
  return load<u16>(T_MANUFACTURER + (telegrams << 1));
}

export function meterId(): u32 {
  return load<u32>(T_ID + (telegrams << 2));
}

export function meterVersion(): u32 {
  return load<u8>(T_VERSION + telegrams);
}

export function meterMedium(): u32 {
  return load<u8>(T_MEDIUM + telegrams);
}

export function hasSender(): bool {
  return (load<u8>(T_FLAGS + telegrams) & <u8>FLAG_SENDER) != 0;
}

export function senderManufacturer(): u32 {
  return load<u16>(T_SENDER_MANUFACTURER + (telegrams << 1));
}

export function senderId(): u32 {
  return load<u32>(T_SENDER_ID + (telegrams << 2));
}

export function senderVersion(): u32 {
  return load<u8>(T_SENDER_VERSION + telegrams);
}

export function senderMedium(): u32 {
  return load<u8>(T_SENDER_MEDIUM + telegrams);
}
