"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.TOO_MANY = exports.CUT_SHORT = exports.profile = exports.recordError = exports.addend = exports.modifiers = exports.vibScale = exports.type = exports.meaning = void 0;
exports.readVib = readVib;
// Value information block: VIF, extension tables, plain text, combinable VIFEs (EN 13757-3 clauses 6.4 and 6.5).
const tables_1 = require("../generated/tables");
/** Results of {@link readVib}. */
exports.meaning = 0;
exports.type = 0;
exports.vibScale = 0;
exports.modifiers = 0;
/** Sum of the additive constants, in thousandths of the unit. */
exports.addend = 0;
exports.recordError = false;
exports.profile = false;
/** What {@link readVib} returns beside an address. */
exports.CUT_SHORT = 0;
exports.TOO_MANY = 1;
/** At most so many VIFEs (EN 13757-3 6.4.1). */
const MOST = 10;
function entry(table, code) {
    const bits = load(table + (code << 2));
    exports.meaning = bits & 0xffff;
    exports.vibScale = (bits >> 16);
    exports.type = bits >> 24;
}
/** Whether LEN and text stand right behind the VIF: what meters do, and what the 1997 text says. */
function textFollows(at, end) {
    const length = load(at);
    if (length == 0 || length >= 0x20 || at + 1 + length > end)
        return false;
    for (let i = 1; i <= length; i++) {
        const character = load(at + i);
        if (character < 0x20 || character == 0x7f)
            return false;
    }
    return true;
}
/** Reads the block at `at`; returns the address behind it, CUT_SHORT or TOO_MANY. */
function readVib(at, end, toMeter) {
    exports.modifiers = 0;
    exports.addend = 0;
    exports.recordError = false;
    exports.profile = false;
    if (at >= end)
        return exports.CUT_SHORT;
    let byte = load(at++);
    let vendor = false;
    let textIsDue = false;
    if ((byte & 0x7f) < 0x7b) {
        entry(tables_1.VIF_MAIN, byte & 0x7f);
    }
    else if (byte == 0xfb || byte == 0xfd) {
        let table = byte == 0xfb ? tables_1.VIF_FB : tables_1.VIF_FD;
        if (at >= end)
            return exports.CUT_SHORT;
        byte = load(at++);
        if (byte == 0xfd && table == tables_1.VIF_FD) {
            if (at >= end)
                return exports.CUT_SHORT;
            byte = load(at++);
            table = tables_1.VIF_FDFD;
        }
        entry(table, byte & 0x7f);
    }
    else {
        entry(tables_1.VIF_MAIN, byte & 0x7f);
        if (exports.type == tables_1.TYPE_TEXT_UNIT) {
            if (at < end && textFollows(at, end))
                at += 1 + load(at);
            else
                textIsDue = true;
        }
        // FF: the VIFEs that follow are the manufacturer's own (EN 13757-3 table 10, VIF 7F).
        vendor = byte == 0xff;
    }
    // EF announces a third extension table, of which nothing is published: its code is skipped.
    if (byte == 0xef) {
        if (at >= end)
            return exports.CUT_SHORT;
        byte = load(at++);
    }
    for (let count = 0; byte & 0x80; count++) {
        if (at >= end)
            return exports.CUT_SHORT;
        if (count == MOST)
            return exports.TOO_MANY;
        byte = load(at++);
        if (vendor)
            continue;
        let table = tables_1.VIFE_MAIN;
        if (byte == 0xfc) {
            if (at >= end)
                return exports.CUT_SHORT;
            byte = load(at++);
            table = tables_1.VIFE_FC;
        }
        const bits = load(table + ((byte & 0x7f) << 2));
        if (count < 4)
            exports.modifiers |= (bits & 0xff) << (count << 3);
        vendor = apply(bits, toMeter);
    }
    if (textIsDue) {
        if (at >= end)
            return exports.CUT_SHORT;
        at += 1 + load(at);
        if (at > end)
            return exports.CUT_SHORT;
    }
    return at;
}
/** Applies a combinable VIFE to the results; true when what follows is the manufacturer's own. */
function apply(bits, toMeter) {
    const number = (bits >> 16);
    switch (bits >> 24) {
        case tables_1.EFFECT_SCALE:
            exports.vibScale += number;
            break;
        case tables_1.EFFECT_ADD: {
            // 10^-3 … 10^0 of the unit are 1 … 1000 thousandths.
            let thousandths = 1;
            for (let i = -3; i < number; i++)
                thousandths *= 10;
            exports.addend += thousandths;
            break;
        }
        case tables_1.EFFECT_TIME:
            exports.type = tables_1.TYPE_TIME;
            break;
        case tables_1.EFFECT_DURATION:
            exports.meaning = tables_1.MEANING_DURATION + number;
            exports.type = tables_1.TYPE_NUMBER;
            exports.vibScale = 0;
            break;
        case tables_1.EFFECT_ERROR:
            // To a meter the same codes are object actions.
            if (!toMeter)
                exports.recordError = true;
            break;
        case tables_1.EFFECT_PROFILE:
            exports.profile = true;
            break;
        case tables_1.EFFECT_UNSIGNED:
            exports.type = tables_1.TYPE_UNSIGNED;
            break;
        case tables_1.EFFECT_BITS:
            exports.type = tables_1.TYPE_BITS;
            break;
        case tables_1.EFFECT_VENDOR:
            return true;
        default:
    }
    return false;
}
