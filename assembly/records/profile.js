"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.expandProfile = expandProfile;
// Compact profiles (EN 13757-3 annex F): an LVAR record whose bytes are
//
//   control(1) spacing(1) element[n]      elements oldest first, or newest first in an inverse profile
//
// control 7–6: 0 absolute, 1 increments, 2 decrements, 3 signed differences; 5–4: unit of the spacing; 3–0: data field
// of the elements. Base value and base time are the records of the same storage number that came before.
const cursor_1 = require("../cursor");
const row_1 = require("../batch/row");
const codes_1 = require("../generated/codes");
const columns_1 = require("../generated/columns");
const tables_1 = require("../generated/tables");
const emit_1 = require("./emit");
const time_1 = require("./time");
const value_1 = require("./value");
const vib_1 = require("./vib");
/** Bytes of an element by data field; 0 where a profile cannot have it. */
const SIZES = memory.data([0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6, 0]);
const ABSOLUTE = 0;
const INCREMENTS = 1;
const DECREMENTS = 2;
let step = 0;
let halfMonths = 0;
/** Reads the spacing into `step` seconds or `halfMonths`; false where there is no time between elements. */
function setSpacing(unit, spacing) {
    step = 0;
    halfMonths = 0;
    if (spacing >= 1 && spacing <= 250) {
        step = spacing;
        if (unit >= 1)
            step *= 60;
        if (unit >= 2)
            step *= 60;
        if (unit == 3)
            step *= 24;
        return true;
    }
    if (spacing == 253 && unit == 3)
        halfMonths = 1;
    if (spacing == 254)
        halfMonths = unit == 3 ? 2 : unit == 2 ? 6 : unit == 1 ? 12 : 0;
    return halfMonths != 0;
}
/** Row of the base value: same storage, tariff, subunit, function and meaning; -1 when there is none. */
function baseRow(functionCode, storage, tariff, subunit) {
    for (let row = row_1.records - 1; row >= row_1.firstRecord; row--)
        if (load(columns_1.R_STORAGE + (row << 2)) == storage &&
            load(columns_1.R_MEANING + (row << 1)) == vib_1.meaning &&
            load(columns_1.R_TARIFF + (row << 2)) == tariff &&
            load(columns_1.R_SUBUNIT + (row << 1)) == subunit &&
            load(columns_1.R_FUNCTION + row) == functionCode &&
            load(columns_1.R_KIND + row) == codes_1.KIND_NUMBER &&
            load(columns_1.R_SCALE + row) == vib_1.vibScale)
            return row;
    return -1;
}
/** Row of the base time: a date or time point of the same storage number. */
function timeRow(storage) {
    for (let row = row_1.records - 1; row >= row_1.firstRecord; row--) {
        const ofKind = load(columns_1.R_KIND + row);
        if (load(columns_1.R_STORAGE + (row << 2)) == storage &&
            load(columns_1.R_MODIFIERS + (row << 2)) == 0 &&
            (ofKind == codes_1.KIND_DATE || ofKind == codes_1.KIND_DATETIME_MINUTE || ofKind == codes_1.KIND_DATETIME_SECOND))
            return load(columns_1.R_VALIDITY + row) == codes_1.VALIDITY_VALID ? row : -1;
    }
    return -1;
}
function has(vife) {
    return ((vib_1.modifiers & 0xff) == vife ||
        ((vib_1.modifiers >> 8) & 0xff) == vife ||
        ((vib_1.modifiers >> 16) & 0xff) == vife ||
        vib_1.modifiers >> 24 == vife);
}
/**
 * Writes each element of the `n` bytes at `at` as a record of its own, a record with its time beside it. False, and
 * nothing written, where the bytes are no profile or their base value is missing: they are then kept as they are.
 */
function expandProfile(at, n, functionCode, storage, tariff, subunit) {
    if (n < 2)
        return false;
    const control = load(at);
    const mode = control >> 6;
    const field = control & 15;
    const size = load(SIZES + field);
    if (size == 0 || (n - 2) % size != 0 || n == 2)
        return false;
    const base = mode == ABSOLUTE ? -1 : baseRow(functionCode, storage, tariff, subunit);
    if (mode != ABSOLUTE && base < 0)
        return false;
    const inverse = has(tables_1.VIFE_INVERSE_PROFILE);
    // Elements of a plain profile share its storage number: the next one may belong to a chained profile.
    const numbered = inverse || has(tables_1.VIFE_REGISTER_PROFILE);
    const clock = setSpacing((control >> 4) & 3, load(at, 1)) ? timeRow(storage) : -1;
    const start = clock < 0 ? 0 : load(columns_1.R_MANTISSA + (clock << 3));
    const timeKind = clock < 0 ? 0 : load(columns_1.R_KIND + clock);
    let value = base < 0 ? 0 : load(columns_1.R_MANTISSA + (base << 3));
    let known = base < 0 || load(columns_1.R_VALIDITY + base) == codes_1.VALIDITY_VALID;
    const ofMeaning = vib_1.meaning;
    const ofModifiers = vib_1.modifiers;
    let count = 0;
    const end = at + n;
    at += 2;
    while (at < end) {
        (0, value_1.setScale)(vib_1.vibScale);
        element(at, field, size, mode);
        if (mode != ABSOLUTE) {
            known = known && value_1.validity == codes_1.VALIDITY_VALID;
            if (known)
                value = next(value, value_1.mantissa, mode, inverse);
            (0, value_1.setValue)(codes_1.KIND_NUMBER, known ? codes_1.VALIDITY_VALID : codes_1.VALIDITY_MARKED_INVALID, value);
        }
        if (numbered)
            storage++;
        (0, emit_1.put)(at, 0, 0, size, ofMeaning, functionCode, storage, tariff, subunit, ofModifiers, emit_1.FROM_PROFILE);
        if (clock >= 0) {
            count++;
            const steps = inverse ? -count : count;
            // From the base each time, so that a series of month ends does not drift to shorter months.
            const time = halfMonths == 0 ? start + step * steps : (0, time_1.addHalfMonths)(start, halfMonths * steps);
            (0, value_1.setScale)(0);
            (0, value_1.setValue)(timeKind, codes_1.VALIDITY_VALID, time);
            (0, emit_1.put)(at, 0, 0, 0, tables_1.MEANING_DATETIME, functionCode, storage, tariff, subunit, 0, emit_1.FROM_PROFILE);
        }
        at += size;
    }
    return true;
}
/** Increments and decrements are unsigned, absolute values and differences signed; all ones and 80…00 are invalid. */
function element(at, field, size, mode) {
    const v = (0, cursor_1.unsignedAt)(at, size);
    if (field == 5)
        (0, value_1.real)(v);
    else if (field > 8)
        (0, value_1.decimal)(v, size, tables_1.TYPE_NUMBER, at);
    else if (mode == INCREMENTS || mode == DECREMENTS)
        increment(v, size);
    else
        (0, value_1.integer)(v, size, tables_1.TYPE_NUMBER);
}
function increment(v, size) {
    const most = u64.MAX_VALUE >> ((8 - size) << 3);
    if (v == most || v >> 63)
        (0, value_1.setValue)(codes_1.KIND_NUMBER, codes_1.VALIDITY_MARKED_INVALID, 0);
    else
        (0, value_1.setValue)(codes_1.KIND_NUMBER, codes_1.VALIDITY_VALID, v);
}
/** The neighbour of `value` in the order of the elements. */
function next(value, delta, mode, inverse) {
    const grows = mode == INCREMENTS ? !inverse : mode == DECREMENTS && inverse;
    return grows ? value + delta : value - delta;
}
