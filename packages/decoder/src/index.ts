export { TelegramBatch } from './batch.ts';
export type { IssueColumns, RecordColumns, TelegramColumns } from './columns.ts';
export { Decoder, createDecoder, createDecoderSync } from './decoder.ts';
export { DEFAULT_KEYS } from './default-keys.ts';
export { KeyError } from './keys.ts';
export type { DecodeOptions, DecoderOptions, KeyEntry } from './options.ts';
export type { RecordView } from './record-form.ts';
export { ISSUES } from './generated/issues.ts';
export { MEANINGS } from './generated/meanings.ts';
export type { TelegramView } from './telegram-form.ts';
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
