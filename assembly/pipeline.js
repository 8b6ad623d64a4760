"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.decodeTelegram = decodeTelegram;
// The order of layers for one telegram. Only this file and transport.ts know more than one of them.
const arena_1 = require("./batch/arena");
const row_1 = require("./batch/row");
const telegram_1 = require("./batch/telegram");
const ell_1 = require("./ell/ell");
const frame_1 = require("./frame");
const codes_1 = require("./generated/codes");
const slot_1 = require("./keys/slot");
const crc_1 = require("./link/crc");
const wired_1 = require("./link/wired");
const wireless_1 = require("./link/wireless");
const telegram_2 = require("./batch/telegram");
const record_1 = require("./records/record");
const transport_1 = require("./transport");
const MOST_BYTES = 0xffff;
/** L C M(2) A(6). */
const BLOCK_1 = 10;
/** 68 L L 68 C A. */
const WIRED_CI = 6;
/** Decodes the telegram in `[at, to)` into the next row; false when rows or arena are used up, and nothing was kept. */
function decodeTelegram(at, to, recordsOnly) {
    if (!(0, row_1.beginTelegram)())
        return false;
    (0, telegram_1.clearTelegram)(at);
    (0, frame_1.begin)(at, to, false);
    if (at == to) {
        (0, row_1.issueInInput)(codes_1.ISSUE_INPUT_EMPTY, 0, 0);
    }
    else if (to - at > MOST_BYTES) {
        (0, row_1.issueInInput)(codes_1.ISSUE_INPUT_TOO_LONG, 0, 0);
        (0, frame_1.shorten)(at);
    }
    else if (recordsOnly) {
        (0, record_1.walk)(at, to, false, false);
        (0, telegram_1.setFrameColumns)(frame_1.first, frame_1.end - frame_1.first, 0);
    }
    else if ((0, wired_1.readWired)(at, to)) {
        wired(at, to);
    }
    else if ((0, wireless_1.looksWireless)(at, to)) {
        wireless(at, to);
    }
    else if ((0, wired_1.findWired)(at, to)) {
        wired(at, to);
    }
    else {
        (0, row_1.issueInInput)(codes_1.ISSUE_LINK_UNRECOGNISED, 0, load(at));
        (0, telegram_1.setFrameColumns)(at, to - at, 0);
    }
    return (0, row_1.endTelegram)();
}
function wired(at, to) {
    (0, telegram_1.setLink)(wired_1.kind, 0, wired_1.checksumOk ? telegram_1.CRC_OK : telegram_1.CRC_WRONG);
    (0, frame_1.begin)(wired_1.start, wired_1.frameEnd, false);
    if (wired_1.start > at)
        (0, row_1.issueInInput)(codes_1.ISSUE_LINK_LEADING_BYTES, 0, (wired_1.start - at));
    if (wired_1.frameEnd < to)
        (0, row_1.issueInInput)(codes_1.ISSUE_LINK_TRAILING_BYTES, (wired_1.frameEnd - at), (to - wired_1.frameEnd));
    if (wired_1.cut)
        (0, row_1.issue)(codes_1.ISSUE_LINK_TRUNCATED, to, 0);
    else if (!wired_1.checksumOk)
        (0, row_1.issue)(codes_1.ISSUE_LINK_CHECKSUM, wired_1.dataEnd, 0);
    else if (!wired_1.stopOk)
        (0, row_1.issue)(codes_1.ISSUE_LINK_STOP, wired_1.dataEnd + 1, 0);
    if (wired_1.kind == codes_1.LINK_WIRED_SHORT) {
        (0, telegram_1.setControl)(load(frame_1.first, 1), load(frame_1.first, 2));
    }
    else if (wired_1.kind != codes_1.LINK_WIRED_ACK && frame_1.first + WIRED_CI < wired_1.dataEnd) {
        (0, telegram_1.setControl)(load(frame_1.first, 4), load(frame_1.first, 5));
        (0, frame_1.shorten)(wired_1.dataEnd);
        // One sum guards the whole frame: where it is wrong, no value can be trusted.
        if (wired_1.checksumOk || wired_1.cut)
            (0, transport_1.application)(frame_1.first + WIRED_CI, true);
    }
    (0, telegram_1.setFrameColumns)(frame_1.first, (frame_1.end > wired_1.frameEnd || frame_1.end < frame_1.first ? wired_1.frameEnd : frame_1.end) - frame_1.first, wired_1.start - at);
}
function wireless(at, to) {
    (0, wireless_1.readWireless)(at, to);
    (0, telegram_1.setLink)(codes_1.LINK_WIRELESS, wireless_1.format, wireless_1.format == wireless_1.FORMAT_NONE ? telegram_1.CRC_REMOVED : wireless_1.wrongCrc != 0 ? telegram_1.CRC_WRONG : telegram_1.CRC_OK);
    if (wireless_1.frameEnd < to)
        (0, row_1.issueInInput)(codes_1.ISSUE_LINK_TRAILING_BYTES, (wireless_1.frameEnd - at), (to - wireless_1.frameEnd));
    if (wireless_1.wrongCrc != 0)
        (0, row_1.issueInInput)(codes_1.ISSUE_LINK_CRC, (wireless_1.wrongCrc - at), 0);
    if (wireless_1.missing != 0)
        (0, row_1.issueInInput)(codes_1.ISSUE_LINK_TRUNCATED, (to - at), wireless_1.missing);
    if (wireless_1.format == wireless_1.FORMAT_NONE) {
        (0, frame_1.begin)(at, wireless_1.frameEnd, false);
    }
    else {
        const copy = (0, arena_1.room)(wireless_1.frameEnd - at);
        if (copy == 0) {
            (0, row_1.setFull)();
            return;
        }
        const length = (0, wireless_1.strip)(at, wireless_1.frameEnd, copy);
        const good = wireless_1.wrongCrc == 0 ? length : (0, wireless_1.trusted)(at, wireless_1.wrongCrc);
        (0, frame_1.begin)(copy, copy + (good < length ? good : length), true);
    }
    if (frame_1.end - frame_1.first >= BLOCK_1) {
        (0, telegram_1.setControl)(load(frame_1.first, 1), 0);
        (0, telegram_1.setMeter)(load(frame_1.first, 2) & 0x7fff, load(frame_1.first, 4), load(frame_1.first, 8), load(frame_1.first, 9), false);
        layers(frame_1.first + BLOCK_1);
    }
    (0, telegram_1.setFrameColumns)(frame_1.first, frame_1.end - frame_1.first, 0);
}
/** Extended link layers, then the application. */
function layers(at) {
    while (at < frame_1.end) {
        const ci = load(at);
        const size = (0, ell_1.ellSize)(ci);
        if (size == 0) {
            (0, transport_1.application)(at, false);
            return;
        }
        if (at + size > frame_1.end) {
            (0, row_1.issue)(codes_1.ISSUE_ELL_TRUNCATED, at, (at + size - frame_1.end));
            return;
        }
        if ((0, ell_1.hasSession)(ci)) {
            at = session(at, ci);
            if (at == 0)
                return;
        }
        at += size;
    }
}
/** Checks the payload CRC, decrypting where that is needed; returns the CI field's address, or 0 to go no further. */
function session(at, ci) {
    const kind = (0, ell_1.encryption)(at, ci);
    if (payloadFits(at, ci)) {
        if (kind != 0)
            (0, telegram_1.setSecurity)(0, codes_1.SECURITY_PLAIN, telegram_1.LAYER_ELL);
        return at;
    }
    if (kind == 0) {
        (0, row_1.issue)(codes_1.ISSUE_ELL_CRC, (0, ell_1.payloadCrcAt)(at, ci), 0);
        return 0;
    }
    if (kind != 1) {
        (0, telegram_1.setSecurity)(0, codes_1.SECURITY_UNSUPPORTED, telegram_1.LAYER_ELL);
        (0, row_1.issue)(codes_1.ISSUE_ELL_UNSUPPORTED, at, kind);
        return 0;
    }
    const key = (0, slot_1.keyFor)((0, telegram_2.meterManufacturer)(), (0, telegram_2.meterId)());
    if (key == 0) {
        (0, telegram_1.setSecurity)(0, codes_1.SECURITY_KEY_MISSING, telegram_1.LAYER_ELL);
        (0, row_1.issue)(codes_1.ISSUE_ELL_KEY_MISSING, (0, ell_1.payloadCrcAt)(at, ci), 0);
        return 0;
    }
    const moved = (0, frame_1.own)(at);
    if (moved == 0)
        return 0;
    (0, ell_1.decryptEll)(moved, ci, frame_1.end, frame_1.first + 2, key);
    if (payloadFits(moved, ci)) {
        (0, telegram_1.setSecurity)(0, codes_1.SECURITY_DECRYPTED, telegram_1.LAYER_ELL);
        return moved;
    }
    (0, telegram_1.setSecurity)(0, codes_1.SECURITY_KEY_WRONG, telegram_1.LAYER_ELL);
    (0, row_1.issue)(codes_1.ISSUE_ELL_KEY_WRONG, (0, ell_1.payloadCrcAt)(moved, ci), 0);
    return 0;
}
/** The payload CRC is the link layer's, sent low byte first. */
function payloadFits(at, ci) {
    const crc = (0, ell_1.payloadCrcAt)(at, ci);
    return load(crc) == (0, crc_1.crc16)(crc + 2, frame_1.end);
}
