"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.FROM_VENDOR = exports.FROM_PROFILE = exports.FROM_FRAGMENTS = exports.FROM_COMPACT = exports.VENDOR = exports.NO_FLAGS = void 0;
exports.setOrigin = setOrigin;
exports.put = put;
exports.isOrdinary = isOrdinary;
// Writes records into their columns.
const row_1 = require("../batch/row");
const codes_1 = require("../generated/codes");
const columns_1 = require("../generated/columns");
const tables_1 = require("../generated/tables");
const value_1 = require("./value");
exports.NO_FLAGS = 0;
exports.VENDOR = 1;
/** Origins, shifted to their place in the flags; the list is ORIGINS in layout.ts. */
exports.FROM_COMPACT = 1 << 1;
exports.FROM_FRAGMENTS = 2 << 1;
exports.FROM_PROFILE = 3 << 1;
exports.FROM_VENDOR = 4 << 1;
/** Set on every record as long as a telegram's records come from elsewhere than its own bytes. */
let origin = 0;
function setOrigin(to) {
    origin = to;
}
/** Writes the value just read as a record. */
function put(start, dib, vib, size, ofMeaning, functionCode, storage, tariff, subunit, vifes, flags) {
    const row = (0, row_1.newRecord)();
    if (row < 0)
        return;
    store(columns_1.R_PLACE + (row << 2), (start - row_1.frame) | (dib << 16) | (vib << 20));
    store(columns_1.R_SIZE + (row << 1), size);
    store(columns_1.R_MEANING + (row << 1), ofMeaning);
    store(columns_1.R_KIND + row, value_1.kind);
    store(columns_1.R_FUNCTION + row, functionCode);
    store(columns_1.R_VALIDITY + row, value_1.validity);
    store(columns_1.R_FLAGS + row, (flags | origin));
    store(columns_1.R_SCALE + row, value_1.scale);
    store(columns_1.R_STORAGE + (row << 2), storage);
    store(columns_1.R_TARIFF + (row << 2), tariff);
    store(columns_1.R_SUBUNIT + (row << 1), subunit);
    store(columns_1.R_MODIFIERS + (row << 2), vifes);
    store(columns_1.R_MANTISSA + (row << 3), value_1.mantissa);
}
/** Whether the record in row `row` is one that plain records have, and bytes of ciphertext hardly ever. */
function isOrdinary(row) {
    const ofMeaning = load(columns_1.R_MEANING + (row << 1));
    const ofKind = load(columns_1.R_KIND + row);
    return (ofMeaning != tables_1.MEANING_RESERVED &&
        ofMeaning != tables_1.MEANING_MANUFACTURER_DATA &&
        ofMeaning != tables_1.MEANING_MANUFACTURER_SPECIFIC &&
        ofMeaning != tables_1.MEANING_ANY &&
        load(columns_1.R_VALIDITY + row) == codes_1.VALIDITY_VALID &&
        load(columns_1.R_STORAGE + (row << 2)) < 64 &&
        load(columns_1.R_TARIFF + (row << 2)) < 16 &&
        load(columns_1.R_SUBUNIT + (row << 1)) < 16 &&
        (ofKind != codes_1.KIND_NUMBER || load(columns_1.R_SCALE + row) > -10) &&
        row_1.records > row);
}
