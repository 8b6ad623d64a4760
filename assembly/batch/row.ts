// The rows being written: one telegram, its records, its issues. Columns are in generated/columns.ts.
import {
  R_FLAGS,
  R_FUNCTION,
  R_MODIFIERS,
  R_STORAGE,
  R_SUBUNIT,
  R_TARIFF,
  R_VALIDITY,
  T_BODY,
  I_CODE,
  I_DETAIL,
  I_IN_INPUT,
  I_OFFSET,
  T_FIRST_ISSUE,
  T_FIRST_RECORD,
  T_ISSUE_COUNT,
  T_RECORD_COUNT,
} from '../generated/columns';

/** Rows used so far. */
export let telegrams: u32 = 0;
export let records: u32 = 0;
export let issues: u32 = 0;

/** Rows there are. */
let telegramCapacity: u32 = 0;
export let recordCapacity: u32 = 0;
let issueCapacity: u32 = 0;

/** Where the frame of the telegram in hand starts; issues and records count their offsets from here. */
export let frame: usize = 0;

/** First record row of the telegram in hand. */
export let firstRecord: u32 = 0;
let firstIssue: u32 = 0;
/** Offset that every issue gets, as long as records come from elsewhere than the telegram's own bytes; -1 otherwise. */
let pinned: i32 = -1;

/** Set when a row did not fit; the telegram in hand is then taken back, and the host calls again. */
export let full: bool = false;

/** Columns of so many rows, of which none is in use. */
export function setCapacity(ofTelegrams: u32, ofRecords: u32, ofIssues: u32): void {
  telegrams = 0;
  records = 0;
  issues = 0;
  full = false;
  telegramCapacity = ofTelegrams;
  recordCapacity = ofRecords;
  issueCapacity = ofIssues;
}

/**
 * From this record row on the columns that are 0 in most records are 0 already: who writes such a record need not write
 * them. Below are rows that were written and taken back.
 */
export let clean: u32 = 0;

/** Makes the columns that are 0 in most records so in the first `rows` rows. */
export function cleanRows(rows: u32): void {
  zero(R_STORAGE, rows << 2);
  zero(R_TARIFF, rows << 2);
  zero(R_MODIFIERS, rows << 2);
  zero(R_SUBUNIT, rows << 1);
  zero(R_FUNCTION, rows);
  zero(R_VALIDITY, rows);
  zero(R_FLAGS, rows);
  clean = 0;
}

export function zero(at: usize, bytes: u32): void {
  if (ASC_FEATURE_BULK_MEMORY) {
    // The call out of the module pays for long columns.
    if (bytes >= 512) {
      memory.fill(at, 0, bytes);
      return;
    }
  }
  const end = at + <usize>bytes;
  if (ASC_FEATURE_SIMD) for (; at + 16 <= end; at += 16) v128.store(at, i64x2.splat(0));
  for (; at + 8 <= end; at += 8) store<u64>(at, 0);
  for (; at < end; at++) store<u8>(at, 0);
}

export function clearRows(): void {
  cleanRows(records > clean ? records : clean);
  telegrams = 0;
  records = 0;
  issues = 0;
  full = false;
}

/** Telegram rows that the batch before has written to: also the one that was taken back. */
export function telegramsTouched(): u32 {
  return full ? telegrams + 1 : telegrams;
}

/** False when there is no row left. */
export function beginTelegram(): bool {
  if (telegrams == telegramCapacity) return false;
  firstRecord = records;
  firstIssue = issues;
  pinned = -1;
  full = false;
  return true;
}

/** False when the telegram's rows did not fit: nothing of it stays. */
export function endTelegram(): bool {
  if (full) {
    rollBack(firstRecord, firstIssue);
    return false;
  }
  const row = telegrams++;
  store<u32>(T_FIRST_RECORD + (row << 2), firstRecord);
  store<u16>(T_RECORD_COUNT + (row << 1), <u16>(records - firstRecord));
  store<u32>(T_FIRST_ISSUE + (row << 2), firstIssue);
  store<u16>(T_ISSUE_COUNT + (row << 1), <u16>(issues - firstIssue));
  return true;
}

export function setFrame(address: usize): void {
  frame = address;
}

/** From here on offsets are that of `at`, an address in the frame as it was sent. */
export function pinOffsets(at: usize): void {
  pinned = <i32>(at - frame);
  store<u16>(T_BODY + (telegrams << 1), <u16>pinned);
}

/** A new record's row, or -1 when there is none left. */
export function newRecord(): i32 {
  if (records == recordCapacity) {
    full = true;
    return -1;
  }
  return records++;
}

/** Keeps the records written up to row `to`, at most {@link recordCapacity}, without having asked for each of them. */
export function keepRecords(to: u32): void {
  records = to;
}

/** An issue at address `at`, which lies in the frame. */
export function issue(code: u32, at: usize, detail: u32): void {
  issueRow(code, pinned >= 0 ? <u32>pinned : <u32>(at - frame), detail, 0);
}

/** An issue at `offset` of the input as given. */
export function issueInInput(code: u32, offset: u32, detail: u32): void {
  issueRow(code, offset, detail, 1);
}

function issueRow(code: u32, offset: u32, detail: u32, inInput: u32): void {
  if (issues == issueCapacity) {
    full = true;
    return;
  }
  const row = issues++;
  store<u8>(I_CODE + row, <u8>code);
  store<u16>(I_OFFSET + (row << 1), <u16>offset);
  store<u16>(I_DETAIL + (row << 1), <u16>detail);
  store<u8>(I_IN_INPUT + row, <u8>inInput);
}

/** Marks the telegram in hand as one that does not fit. */
export function setFull(): void {
  full = true;
}

/** Takes back records and issues from these rows on: after a trial. */
export function rollBack(toRecords: u32, toIssues: u32): void {
  if (records > clean) clean = records;
  records = toRecords;
  issues = toIssues;
}
