"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.walk = walk;
exports.putFixed = putFixed;
exports.putVendorBytes = putVendorBytes;
// Data records: DIF [DIFE …] VIF [VIFE …] [LVAR] data, one behind the other (EN 13757-3 clause 6).
const cursor_1 = require("../cursor");
const row_1 = require("../batch/row");
const codes_1 = require("../generated/codes");
const tables_1 = require("../generated/tables");
const emit_1 = require("./emit");
const profile_1 = require("./profile");
const value_1 = require("./value");
const vib_1 = require("./vib");
/** Bytes of each data field; LVAR and special functions are handled apart. */
const LENGTHS = memory.data([0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6, 0]);
const FIELD_REAL = 5;
const FIELD_LVAR = 13;
/** LVAR codes up to this one count bytes of text, or of a container. */
const MOST_TEXT = 0xbf;
const MOST_DIFES = 10;
/** What {@link record} returns when no further record can be found. */
const STOP = 0;
/** Decodes all records from `at` up to `end`; a fault ends the walk and keeps what came before it. */
function walk(at, end, msb, toMeter) {
    while (at < end) {
        const dif = load(at);
        if (dif == 0x2f) {
            at++;
            continue;
        }
        at = (dif & 15) == 15 ? special(dif, at, end) : record(dif, at, end, msb, toMeter);
        if (at == STOP)
            return;
    }
}
function stop(code, at, detail) {
    (0, row_1.issue)(code, at, detail);
    return STOP;
}
/** DIFs with data field F: the whole byte chooses, no VIF follows. */
function special(dif, at, end) {
    if (dif == 0x0f || dif == 0x1f) {
        if (dif == 0x1f)
            (0, row_1.issue)(codes_1.ISSUE_RECORD_MORE_FOLLOW, at, 0);
        (0, value_1.setBytes)();
        (0, value_1.setScale)(0);
        if (at + 1 < end)
            (0, emit_1.put)(at, 1, 0, (end - at) - 1, tables_1.MEANING_MANUFACTURER_DATA, 0, 0, 0, 0, 0, emit_1.VENDOR);
        return STOP;
    }
    if (dif == 0x7f) {
        (0, value_1.setNone)();
        (0, value_1.setScale)(0);
        (0, emit_1.put)(at, 1, 0, 0, tables_1.MEANING_ANY, 0, 0, 0, 0, 0, 0);
        return at + 1;
    }
    return stop(codes_1.ISSUE_RECORD_RESERVED_DIF, at, dif);
}
function record(dif, start, end, msb, toMeter) {
    let at = start + 1;
    let storage = (dif >> 6) & 1;
    let tariff = 0;
    let subunit = 0;
    if (dif & 0x80) {
        let byte = 0;
        let count = 0;
        do {
            if (at >= end)
                return stop(codes_1.ISSUE_RECORD_TRUNCATED, start, 0);
            if (count == MOST_DIFES)
                return stop(codes_1.ISSUE_RECORD_TOO_MANY_DIFES, at, 0);
            byte = load(at++);
            const digits = byte & 15;
            const shift = 1 + (count << 2);
            storage |= digits << shift;
            tariff |= ((byte >> 4) & 3) << (count << 1);
            subunit |= ((byte >> 6) & 1) << count;
            count++;
        } while (byte & 0x80);
    }
    const vib = at;
    at = (0, vib_1.readVib)(at, end, toMeter);
    if (at == vib_1.CUT_SHORT)
        return stop(codes_1.ISSUE_RECORD_TRUNCATED, start, 0);
    if (at == vib_1.TOO_MANY)
        return stop(codes_1.ISSUE_RECORD_TOO_MANY_VIFES, vib, 0);
    const value = at;
    const field = dif & 15;
    (0, value_1.setScale)(vib_1.vibScale);
    if (field == FIELD_LVAR) {
        if (at >= end)
            return stop(codes_1.ISSUE_RECORD_TRUNCATED, start, 0);
        const lvar = load(at);
        const n = (0, value_1.lvarSize)(lvar);
        if (n == 0xffff)
            return stop(codes_1.ISSUE_RECORD_RESERVED_LVAR, at, lvar);
        at += 1 + n;
        if (at > end)
            return stop(codes_1.ISSUE_RECORD_TRUNCATED, start, (at - end));
        if (vib_1.profile) {
            if (lvar <= MOST_TEXT &&
                (0, profile_1.expandProfile)(value + 1, n, (dif >> 4) & 3, storage, tariff, subunit))
                return at;
            (0, value_1.setBytes)();
        }
        else {
            (0, value_1.variable)(lvar, value + 1, n, vib_1.type, msb);
        }
    }
    else {
        const n = load(LENGTHS + field);
        at += n;
        if (at > end)
            return stop(codes_1.ISSUE_RECORD_TRUNCATED, start, (at - end));
        if (n == 0) {
            (0, value_1.setNone)();
        }
        else {
            const v = msb ? (0, cursor_1.unsignedMsbAt)(value, n) : (0, cursor_1.unsignedAt)(value, n);
            if (vib_1.type == tables_1.TYPE_BYTES || vib_1.type == tables_1.TYPE_RAW)
                (0, value_1.setBytes)();
            else if (field == FIELD_REAL)
                (0, value_1.real)(v);
            else if (vib_1.type == tables_1.TYPE_TIME)
                (0, value_1.time)(v, field > 8 ? 0 : n, start);
            else if (field > 8)
                (0, value_1.decimal)(v, n, vib_1.type, start);
            else
                (0, value_1.integer)(v, n, vib_1.type);
        }
    }
    if (vib_1.addend != 0)
        (0, value_1.add)(vib_1.addend);
    if (vib_1.recordError)
        (0, value_1.invalidate)(codes_1.VALIDITY_RECORD_ERROR);
    if (vib_1.meaning == tables_1.MEANING_RESERVED)
        (0, row_1.issue)(codes_1.ISSUE_RECORD_RESERVED_VIF, vib, load(vib));
    const functionCode = (dif >> 4) & 3;
    (0, emit_1.put)(start, (vib - start), (value - vib), (at - value), vib_1.meaning, functionCode, storage, tariff, subunit, vib_1.modifiers, 0);
    return at;
}
/** A counter of the fixed data structure: a record without DIF and VIF (EN 1434-3). */
function putFixed(at, ofMeaning, ofScale, v, binary, storage) {
    (0, value_1.setScale)(ofScale);
    if (binary)
        (0, value_1.integer)(v, 4, 0);
    else
        (0, value_1.decimal)(v, 4, 0, at);
    (0, emit_1.put)(at, 0, 0, 4, ofMeaning, 0, storage, 0, 0, 0, 0);
}
/** A block of bytes that no rule describes, kept as one record of the vendor's. */
function putVendorBytes(at, end) {
    if (at >= end)
        return;
    (0, value_1.setBytes)();
    (0, value_1.setScale)(0);
    (0, emit_1.put)(at, 0, 0, (end - at), tables_1.MEANING_MANUFACTURER_DATA, 0, 0, 0, 0, 0, emit_1.VENDOR);
}
