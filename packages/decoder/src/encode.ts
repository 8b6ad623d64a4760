/**
 * Telegrams from descriptions: everything that the decoder reads can be built, encrypted and framed here. Plain
 * TypeScript without dependencies; the WebAssembly module is not needed.
 */
export type {
  AddressDescription,
  AuthenticationDescription,
  ConfigurationBits,
  ExtendedLinkDescription,
  FixedDescription,
  NoLink,
  SecurityDescription,
  TelegramDescription,
  TransportDescription,
  WiredLink,
  WirelessLink,
} from './encode/description.ts';
export type { Coding } from './encode/coding.ts';
export { EncodeFault, type EncodeCode, type EncodeIssue } from './encode/fault.ts';
export { modeC, threeOfSix } from './encode/line-code.ts';
export type { Octets } from './encode/octets.ts';
export type { ProfileDescription } from './encode/profile.ts';
export type {
  BlockRecord,
  FillerRecord,
  MeaningRecord,
  RawRecord,
  RecordDescription,
  VendorDataRecord,
} from './encode/record.ts';
export {
  encode,
  encodeAll,
  type EncodeAllResult,
  encoded,
  type EncodeResult,
} from './encode/telegram.ts';
