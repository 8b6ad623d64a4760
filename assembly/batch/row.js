"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.full = exports.firstRecord = exports.frame = exports.issues = exports.records = exports.telegrams = void 0;
exports.setCapacity = setCapacity;
exports.clearRows = clearRows;
exports.beginTelegram = beginTelegram;
exports.endTelegram = endTelegram;
exports.setFrame = setFrame;
exports.newRecord = newRecord;
exports.issue = issue;
exports.issueInInput = issueInInput;
exports.setFull = setFull;
exports.rollBack = rollBack;
// The rows being written: one telegram, its records, its issues. Columns are in generated/columns.ts.
const columns_1 = require("../generated/columns");
/** Rows used so far. */
exports.telegrams = 0;
exports.records = 0;
exports.issues = 0;
/** Rows there are. */
let telegramCapacity = 0;
let recordCapacity = 0;
let issueCapacity = 0;
/** Where the frame of the telegram in hand starts; issues and records count their offsets from here. */
exports.frame = 0;
/** First record row of the telegram in hand. */
exports.firstRecord = 0;
let firstIssue = 0;
/** Set when a row did not fit; the telegram in hand is then taken back, and the host calls again. */
exports.full = false;
function setCapacity(ofTelegrams, ofRecords, ofIssues) {
    telegramCapacity = ofTelegrams;
    recordCapacity = ofRecords;
    issueCapacity = ofIssues;
}
function clearRows() {
    exports.telegrams = 0;
    exports.records = 0;
    exports.issues = 0;
    exports.full = false;
}
/** False when there is no row left. */
function beginTelegram() {
    if (exports.telegrams == telegramCapacity)
        return false;
    exports.firstRecord = exports.records;
    firstIssue = exports.issues;
    exports.full = false;
    return true;
}
/** False when the telegram's rows did not fit: nothing of it stays. */
function endTelegram() {
    if (exports.full) {
        exports.records = exports.firstRecord;
        exports.issues = firstIssue;
        return false;
    }
    const row = exports.telegrams++;
    store(columns_1.T_FIRST_RECORD + (row << 2), exports.firstRecord);
    store(columns_1.T_RECORD_COUNT + (row << 1), (exports.records - exports.firstRecord));
    store(columns_1.T_FIRST_ISSUE + (row << 2), firstIssue);
    store(columns_1.T_ISSUE_COUNT + (row << 1), (exports.issues - firstIssue));
    return true;
}
function setFrame(address) {
    exports.frame = address;
}
/** A new record's row, or -1 when there is none left. */
function newRecord() {
    if (exports.records == recordCapacity) {
        exports.full = true;
        return -1;
    }
    return exports.records++;
}
/** An issue at address `at`, which lies in the frame. */
function issue(code, at, detail) {
    issueRow(code, (at - exports.frame), detail, 0);
}
/** An issue at `offset` of the input as given. */
function issueInInput(code, offset, detail) {
    issueRow(code, offset, detail, 1);
}
function issueRow(code, offset, detail, inInput) {
    if (exports.issues == issueCapacity) {
        exports.full = true;
        return;
    }
    const row = exports.issues++;
    store(columns_1.I_CODE + row, code);
    store(columns_1.I_OFFSET + (row << 1), offset);
    store(columns_1.I_DETAIL + (row << 1), detail);
    store(columns_1.I_IN_INPUT + row, inInput);
}
/** Marks the telegram in hand as one that does not fit. */
function setFull() {
    exports.full = true;
}
/** Takes back records and issues from these rows on: after a trial. */
function rollBack(toRecords, toIssues) {
    exports.records = toRecords;
    exports.issues = toIssues;
}
