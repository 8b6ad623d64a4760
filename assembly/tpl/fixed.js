"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.FIXED_BODY = void 0;
exports.fixedMedium = fixedMedium;
exports.fixedMsb = fixedMsb;
exports.fixedUnit = fixedUnit;
exports.fixedStorage = fixedStorage;
exports.fixedBinary = fixedBinary;
exports.fixedCounter = fixedCounter;
// Fixed data structure (CI 73, 77; EN 1434-3):
//
//   ID(4) ACC STS Unit1 Unit2 Counter1(4) Counter2(4)
//
// Unit bits 5–0 are unit codes; bits 7–6 of both form the medium. STS bit 0: counters are binary, bit 1: stored at a
// fixed date.
const cursor_1 = require("../cursor");
const tables_1 = require("../generated/tables");
exports.FIXED_BODY = 16;
const SAME_UNIT_HISTORIC = 0x3e;
/** Four-bit medium code. */
function mediumCode(at) {
    return (((load(at, 7) >> 6) << 2) | (load(at, 6) >> 6)) & 15;
}
/** Device type of the structure at `at`, in the words of the other structures. */
function fixedMedium(at) {
    return load(tables_1.FIXED_MEDIA + mediumCode(at));
}
/** Media A … E: counters are sent most significant byte first although CI is 73. */
function fixedMsb(at, ci) {
    const code = mediumCode(at);
    return ci == 0x77 || (code >= 10 && code <= 14);
}
/** Row of {@link FIXED_UNITS} for counter 0 or 1: meaning in bits 0–15, scale in 16–23. */
function fixedUnit(at, counter) {
    let code = load(at + 6 + counter) & 0x3f;
    if (code == SAME_UNIT_HISTORIC)
        code = load(at + 7 - counter) & 0x3f;
    return load(tables_1.FIXED_UNITS + (code << 2));
}
/** 1 for a counter stored at a fixed date, or marked historic: its storage number. */
function fixedStorage(at, counter) {
    const historic = (load(at + 6 + counter) & 0x3f) == SAME_UNIT_HISTORIC;
    return historic || load(at, 5) & 2 ? 1 : 0;
}
function fixedBinary(at) {
    return (load(at, 5) & 1) != 0;
}
function fixedCounter(at, counter, msb) {
    const from = at + 8 + (counter << 2);
    return msb ? (0, cursor_1.unsignedMsbAt)(from, 4) : (0, cursor_1.unsignedAt)(from, 4);
}
