"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.scale = exports.mantissa = exports.validity = exports.kind = void 0;
exports.setValue = setValue;
exports.setNone = setNone;
exports.integer = integer;
exports.decimal = decimal;
exports.real = real;
exports.time = time;
exports.lvarSize = lvarSize;
exports.variable = variable;
exports.setBytes = setBytes;
exports.setScale = setScale;
exports.add = add;
exports.invalidate = invalidate;
// The value of one record: bytes at an address, read as the VIF's type and the DIF's data field say (EN 13757-3 annex A).
const cursor_1 = require("../cursor");
const codes_1 = require("../generated/codes");
const tables_1 = require("../generated/tables");
const row_1 = require("../batch/row");
const bcd_1 = require("./bcd");
const real_1 = require("./real");
const time_1 = require("./time");
/** Results of the calls below; `scale` is added to by reals and fractions, its other parts come from VIF and VIFE. */
exports.kind = 0;
exports.validity = 0;
exports.mantissa = 0;
exports.scale = 0;
function setValue(ofKind, ofValidity, value) {
    exports.kind = ofKind;
    exports.validity = ofValidity;
    exports.mantissa = value;
}
function setNone() {
    setValue(codes_1.KIND_NONE, codes_1.VALIDITY_NO_DATA, 0);
}
/** 5^12: what makes n · 2^-12 a decimal of twelve places. */
const FIVE_12 = 244140625;
function number(value, type) {
    setValue(codes_1.KIND_NUMBER, codes_1.VALIDITY_VALID, value);
    if (type == tables_1.TYPE_FRACTION) {
        if (value > i64.MAX_VALUE / FIVE_12 || value < i64.MIN_VALUE / FIVE_12) {
            exports.validity = codes_1.VALIDITY_MORE_DIGITS_THAN_FIT;
        }
        else {
            exports.mantissa = value * FIVE_12;
            exports.scale -= 12;
        }
    }
}
/** Integer of `n` bytes, 1 … 8, types B, C and D. */
function integer(v, n, type) {
    const unused = ((8 - n) << 3);
    if (type == tables_1.TYPE_IDENTIFIER) {
        setValue(codes_1.KIND_UNSIGNED_TEXT, codes_1.VALIDITY_VALID, v);
    }
    else if (type == tables_1.TYPE_UNSIGNED || type == tables_1.TYPE_FRACTION) {
        // Type C: all ones are no value.
        if (v == u64.MAX_VALUE >> unused)
            setValue(codes_1.KIND_NUMBER, codes_1.VALIDITY_MARKED_INVALID, 0);
        else if (v >> 63)
            setValue(codes_1.KIND_UNSIGNED, codes_1.VALIDITY_VALID, v);
        else
            number(v, type);
    }
    else if (type == tables_1.TYPE_BITS) {
        setValue(v >> 63 ? codes_1.KIND_UNSIGNED : codes_1.KIND_NUMBER, codes_1.VALIDITY_VALID, v);
    }
    else {
        // Type B: the most negative number is no value.
        const top = v << unused;
        if (top == 1 << 63)
            setValue(codes_1.KIND_NUMBER, codes_1.VALIDITY_MARKED_INVALID, 0);
        else
            setValue(codes_1.KIND_NUMBER, codes_1.VALIDITY_VALID, top >> unused);
    }
}
/** BCD of `n` bytes, 1 … 8, type A. */
function decimal(v, n, type, at) {
    if (type == tables_1.TYPE_IDENTIFIER) {
        setValue(codes_1.KIND_DIGITS, codes_1.VALIDITY_VALID, v);
    }
    else if ((0, bcd_1.bcd)(v, n)) {
        number(bcd_1.bcdValue, type);
    }
    else {
        setValue(codes_1.KIND_NUMBER, codes_1.VALIDITY_DIGITS_THAT_ARE_NONE, 0);
        (0, row_1.issue)(codes_1.ISSUE_RECORD_INVALID_BCD, at, 0);
    }
}
/** Four bytes, type H. */
function real(bits) {
    if ((0, real_1.shortest)(bits)) {
        setValue(codes_1.KIND_NUMBER, codes_1.VALIDITY_VALID, real_1.mantissa);
        exports.scale += real_1.exponent;
    }
    else {
        setValue(codes_1.KIND_NUMBER, codes_1.VALIDITY_NOT_A_NUMBER, 0);
    }
}
/** A time point: its type follows from the number of bytes (2 G, 3 J, 4 F, 6 I). */
function time(v, n, at) {
    let result = codes_1.VALIDITY_VALID;
    if (n == 2) {
        exports.kind = codes_1.KIND_DATE;
        result = (0, time_1.typeG)(v);
    }
    else if (n == 4) {
        exports.kind = codes_1.KIND_DATETIME_MINUTE;
        result = (0, time_1.typeF)(v);
    }
    else if (n == 6) {
        exports.kind = codes_1.KIND_DATETIME_SECOND;
        result = (0, time_1.typeI)(v);
    }
    else if (n == 3) {
        exports.kind = codes_1.KIND_TIME;
        result = (0, time_1.typeJ)(v);
    }
    else {
        setValue(codes_1.KIND_BYTES, codes_1.VALIDITY_VALID, 0);
        (0, row_1.issue)(codes_1.ISSUE_RECORD_TIME_TYPE, at, n);
        return;
    }
    exports.validity = result;
    exports.mantissa = result == codes_1.VALIDITY_VALID ? time_1.seconds : 0;
    if (result == codes_1.VALIDITY_IMPOSSIBLE_TIME)
        (0, row_1.issue)(codes_1.ISSUE_RECORD_INVALID_TIME, at, 0);
}
/** Bytes behind an LVAR, or 0xffff where the code is reserved (EN 13757-3 table 5). */
function lvarSize(lvar) {
    if (lvar <= 0xbf)
        return lvar;
    if (lvar <= 0xef)
        return lvar & 15;
    if (lvar <= 0xf4)
        return (lvar - 0xec) << 2;
    if (lvar == 0xf5)
        return 48;
    if (lvar == 0xf6)
        return 64;
    return lvar == 0xf8 ? 8 : 0xffff;
}
/** `n` bytes at `at` behind the byte `lvar`. */
function variable(lvar, at, n, type, msb) {
    if (lvar <= 0xbf) {
        const raw = type == tables_1.TYPE_BYTES || type == tables_1.TYPE_RAW;
        setValue(raw ? codes_1.KIND_BYTES : codes_1.KIND_TEXT, codes_1.VALIDITY_VALID, 0);
    }
    else if (n == 0) {
        setNone();
    }
    else if (lvar <= 0xdf) {
        binaryCodedDecimal(lvar, at, n, type, msb);
    }
    else if (lvar == 0xf8) {
        const bits = msb ? bswap(load(at)) : load(at);
        const finite = (bits & 0x7ff0000000000000) != 0x7ff0000000000000;
        setValue(codes_1.KIND_REAL64, finite ? codes_1.VALIDITY_VALID : codes_1.VALIDITY_NOT_A_NUMBER, bits);
    }
    else if (n > 8 || type == tables_1.TYPE_BYTES || type == tables_1.TYPE_RAW || type == tables_1.TYPE_TIME) {
        // Long binaries are opaque in the field: compact profiles, keys, types L and M.
        setValue(codes_1.KIND_BYTES, codes_1.VALIDITY_VALID, 0);
    }
    else {
        integer(msb ? (0, cursor_1.unsignedMsbAt)(at, n) : (0, cursor_1.unsignedAt)(at, n), n, type);
    }
}
function binaryCodedDecimal(lvar, at, n, type, msb) {
    if (type == tables_1.TYPE_IDENTIFIER) {
        setValue(codes_1.KIND_DIGITS, codes_1.VALIDITY_VALID, 0);
        return;
    }
    if (n > 9) {
        setValue(codes_1.KIND_BYTES, codes_1.VALIDITY_VALID, 0);
        (0, row_1.issue)(codes_1.ISSUE_RECORD_OVERFLOW, at, n);
        return;
    }
    const low = n < 8 ? n : 8;
    const high = n == 9 ? load(msb ? at : at + 8) : 0;
    const v = msb ? (0, cursor_1.unsignedMsbAt)(at + n - low, low) : (0, cursor_1.unsignedAt)(at, low);
    if ((0, bcd_1.bcdUnsigned)(v, high)) {
        number(lvar >= 0xd0 ? -bcd_1.bcdValue : bcd_1.bcdValue, type);
    }
    else {
        setValue(codes_1.KIND_NUMBER, codes_1.VALIDITY_DIGITS_THAT_ARE_NONE, 0);
        (0, row_1.issue)(codes_1.ISSUE_RECORD_INVALID_BCD, at, 0);
    }
}
function setBytes() {
    setValue(codes_1.KIND_BYTES, codes_1.VALIDITY_VALID, 0);
}
function setScale(to) {
    exports.scale = to;
}
/** Adds `thousandths` of the VIF's unit (VIFE 78 … 7B): both numbers go to the finer scale first. */
function add(thousandths) {
    if (exports.kind != codes_1.KIND_NUMBER || exports.validity != codes_1.VALIDITY_VALID)
        return;
    let addend = thousandths;
    while (exports.scale > -3) {
        if (exports.mantissa > i64.MAX_VALUE / 100 || exports.mantissa < i64.MIN_VALUE / 100) {
            exports.validity = codes_1.VALIDITY_MORE_DIGITS_THAN_FIT;
            return;
        }
        exports.mantissa *= 10;
        exports.scale--;
    }
    for (let at = -3; at > exports.scale; at--) {
        if (addend > i64.MAX_VALUE / 100) {
            exports.validity = codes_1.VALIDITY_MORE_DIGITS_THAN_FIT;
            return;
        }
        addend *= 10;
    }
    exports.mantissa += addend;
}
/** Marks the value just read as none because the record itself reports an error. */
function invalidate(reason) {
    exports.validity = reason;
}
