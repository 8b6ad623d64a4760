"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.application = application;
// From a CI field to records: header, security, body (EN 13757-7).
const row_1 = require("./batch/row");
const telegram_1 = require("./batch/telegram");
const frame_1 = require("./frame");
const codes_1 = require("./generated/codes");
const slot_1 = require("./keys/slot");
const emit_1 = require("./records/emit");
const record_1 = require("./records/record");
const fixed_1 = require("./tpl/fixed");
const header_1 = require("./tpl/header");
const mode5_1 = require("./tpl/mode5");
const BLOCK = 16;
/** Decodes the application layer whose CI field stands at `at`. */
function application(at, wired) {
    const ci = load(at);
    (0, telegram_1.setCi)(ci);
    const layout = (0, header_1.layoutOf)(ci);
    const header = layout & 15;
    const body = layout >> 4;
    const msb = ci == 0x76 || ci == 0x77;
    const toMeter = (0, header_1.goesToMeter)(ci);
    if (msb)
        (0, telegram_1.addFlag)(codes_1.FLAG_MSB_FIRST);
    if (toMeter)
        (0, telegram_1.addFlag)(codes_1.FLAG_TO_METER);
    const from = at + 1;
    const size = (0, header_1.headerSize)(header);
    if (from + size > frame_1.end) {
        (0, row_1.issue)(codes_1.ISSUE_TPL_TRUNCATED, from, (from + size - frame_1.end));
        return;
    }
    if (body == header_1.BODY_FIXED) {
        if (wired)
            fixedStructure(from, ci);
        else
            unknown(at, ci);
        return;
    }
    if (header == header_1.HEADER_LONG)
        longAddress(from, msb);
    if (header == header_1.HEADER_NONE) {
        if (!carry(from, body, msb, toMeter))
            unknown(at, ci);
        return;
    }
    if (size == 0) {
        unknown(at, ci);
        return;
    }
    const fields = from + size - 4;
    const access = load(fields);
    (0, telegram_1.setHeader)(access, load(fields, 1));
    const configuration = msb ? bswap(load(fields, 2)) : load(fields, 2);
    if (body == header_1.BODY_NONE) {
        (0, telegram_1.setSecurity)((configuration >> 8) & 31, codes_1.SECURITY_NONE, telegram_1.LAYER_NONE);
        return;
    }
    secured(from + size, configuration, access, wired, body, msb, toMeter);
}
/** A CI field without a known layout: its bytes are kept as one. */
function unknown(at, ci) {
    (0, row_1.issue)(codes_1.ISSUE_TPL_CI_UNKNOWN, at, ci);
    (0, record_1.putVendorBytes)(at + 1, frame_1.end);
}
/** ID(4) M(2) Ver Type names the meter; what the link layer named is then its adapter, where they differ. */
function longAddress(at, msb) {
    const id = msb ? bswap(load(at)) : load(at);
    const manufacturer = msb ? bswap(load(at, 4)) : load(at, 4);
    const version = load(at, 6);
    const medium = load(at, 7);
    if ((0, telegram_1.hasMeter)() && ((0, telegram_1.meterId)() != id || (0, telegram_1.meterManufacturer)() != manufacturer))
        (0, telegram_1.meterBecomesSender)();
    (0, telegram_1.setMeter)(manufacturer, id, version, medium, false);
}
/** Decodes a plain body; false where its kind has no rule. */
function carry(at, body, msb, toMeter) {
    if (body == header_1.BODY_RECORDS) {
        (0, record_1.walk)(at, frame_1.end, msb, toMeter);
    }
    else if (body == header_1.BODY_APPLICATION_ERROR) {
        // An error report without a body is an unspecified error (EN 13757-3 clause 10.2).
        (0, row_1.issue)(codes_1.ISSUE_TPL_APPLICATION_ERROR, at < frame_1.end ? at : at - 1, at < frame_1.end ? load(at) : 0);
        (0, record_1.putVendorBytes)(at + 1, frame_1.end);
    }
    else if (body == header_1.BODY_ALARM) {
        (0, record_1.putVendorBytes)(at, frame_1.end);
    }
    else {
        return body == header_1.BODY_NONE;
    }
    return true;
}
function fixedStructure(at, ci) {
    const msb = (0, fixed_1.fixedMsb)(at, ci);
    const id = ci == 0x77 ? bswap(load(at)) : load(at);
    (0, telegram_1.setMeter)(0, id, 0, (0, fixed_1.fixedMedium)(at), true);
    (0, telegram_1.setHeader)(load(at, 4), load(at, 5));
    if (at + fixed_1.FIXED_BODY > frame_1.end) {
        (0, row_1.issue)(codes_1.ISSUE_TPL_TRUNCATED, at, (at + fixed_1.FIXED_BODY - frame_1.end));
        return;
    }
    for (let counter = 0; counter < 2; counter++) {
        const unit = (0, fixed_1.fixedUnit)(at, counter);
        const value = (0, fixed_1.fixedCounter)(at, counter, msb);
        (0, record_1.putFixed)(at + 8 + (counter << 2), unit & 0xffff, (unit >> 16), value, (0, fixed_1.fixedBinary)(at), (0, fixed_1.fixedStorage)(at, counter));
    }
}
/** Whether `[at, end)` reads as plain records without a flaw; ciphertext hardly ever does. Leaves no rows behind. */
function isPlain(at, msb) {
    if (at + 2 <= frame_1.end && load(at) == 0x2f2f)
        return true;
    const recordsBefore = row_1.records;
    const issuesBefore = row_1.issues;
    (0, record_1.walk)(at, frame_1.end, msb, false);
    let ordinary = row_1.records > recordsBefore && row_1.issues == issuesBefore;
    for (let row = recordsBefore; ordinary && row < row_1.records; row++)
        ordinary = (0, emit_1.isOrdinary)(row);
    (0, row_1.rollBack)(recordsBefore, issuesBefore);
    return ordinary;
}
function secured(at, configuration, access, wired, body, msb, toMeter) {
    const mode = (configuration >> 8) & 31;
    if (mode == 0) {
        (0, telegram_1.setSecurity)(0, codes_1.SECURITY_NONE, telegram_1.LAYER_NONE);
        carry(at, body, msb, toMeter);
        return;
    }
    // Old wired meters leave a signature, or junk, where the configuration field came to be (EN 1434-3).
    if (wired && mode != 5 && mode != 7) {
        (0, telegram_1.setSecurity)(0, codes_1.SECURITY_NONE, telegram_1.LAYER_NONE);
        carry(at, body, msb, toMeter);
        return;
    }
    const counted = ((configuration >> 4) & 15) * BLOCK;
    const available = (frame_1.end - at) & ~(BLOCK - 1);
    const length = counted < available ? counted : available;
    if (mode == 5 && length > 0) {
        const key = (0, slot_1.keyFor)((0, telegram_1.meterManufacturer)(), (0, telegram_1.meterId)());
        if (key != 0 && load(at) != 0x2f2f) {
            const payload = (0, frame_1.own)(at);
            if (payload == 0)
                return;
            (0, mode5_1.setIv)((0, telegram_1.meterManufacturer)(), (0, telegram_1.meterId)(), (0, telegram_1.meterVersion)(), (0, telegram_1.meterMedium)(), access);
            if ((0, mode5_1.decryptMode5)(payload, length, key)) {
                (0, telegram_1.setSecurity)(mode, codes_1.SECURITY_DECRYPTED, telegram_1.LAYER_TPL);
                if (length < counted)
                    (0, row_1.issue)(codes_1.ISSUE_SECURITY_LENGTH, payload, (counted - length));
                carry(payload, body, msb, toMeter);
                return;
            }
            at = payload;
        }
        if (isPlain(at, msb)) {
            plain(at, mode, wired, body, msb, toMeter);
            return;
        }
        (0, telegram_1.setSecurity)(mode, key == 0 ? codes_1.SECURITY_KEY_MISSING : codes_1.SECURITY_KEY_WRONG, telegram_1.LAYER_TPL);
        (0, row_1.issue)(key == 0 ? codes_1.ISSUE_SECURITY_KEY_MISSING : codes_1.ISSUE_SECURITY_KEY_WRONG, at, length);
        // What stands behind the counted blocks is plain, whatever the key.
        if (body == header_1.BODY_RECORDS)
            (0, record_1.walk)(at + length, frame_1.end, msb, toMeter);
        return;
    }
    if (length == 0 || isPlain(at, msb)) {
        plain(at, mode, wired, body, msb, toMeter);
        return;
    }
    (0, telegram_1.setSecurity)(mode, codes_1.SECURITY_UNSUPPORTED, telegram_1.LAYER_TPL);
    (0, row_1.issue)(codes_1.ISSUE_SECURITY_UNSUPPORTED, at - 2, mode);
}
function plain(at, mode, wired, body, msb, toMeter) {
    if (wired) {
        (0, telegram_1.setSecurity)(0, codes_1.SECURITY_NONE, telegram_1.LAYER_NONE);
    }
    else {
        (0, telegram_1.setSecurity)(mode, codes_1.SECURITY_PLAIN, telegram_1.LAYER_TPL);
        (0, row_1.issue)(codes_1.ISSUE_SECURITY_PLAIN, at, mode);
    }
    carry(at, body, msb, toMeter);
}
