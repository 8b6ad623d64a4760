export type { DecodeOptions, DecoderOptions, KeyEntry } from './options.ts';
export type {
  DataRecord,
  Layer,
  Link,
  MeterAddress,
  RecordFunction,
  RecordKind,
  Security,
  SecurityState,
  Status,
  Telegram,
  TelegramIssue,
} from './telegram.ts';
// To come (core): createDecoder(options): Promise<Decoder>, createDecoderSync(options): Decoder, with
// Decoder { decode(bytes: Uint8Array, options?: DecodeOptions): Telegram; decodeBatch(bytes, offsets): TelegramBatch }
