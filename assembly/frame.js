"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.end = exports.first = void 0;
exports.begin = begin;
exports.shorten = shorten;
exports.own = own;
// The frame in hand: the telegram's bytes without CRCs, in the input itself as long as nothing about them changes, in
// the arena as soon as something does. Offsets of records and issues count from its start.
const arena_1 = require("./batch/arena");
const row_1 = require("./batch/row");
/** First byte, and the address behind the last byte that layers may read. */
exports.first = 0;
exports.end = 0;
let owned = false;
function begin(at, to, inArena) {
    exports.first = at;
    exports.end = to;
    owned = inArena;
    (0, row_1.setFrame)(at);
}
function shorten(to) {
    exports.end = to;
}
/**
 * Makes the bytes writable, in the arena. Returns where `at`, an address in the frame, lies now; 0 when the arena is
 * used up.
 */
function own(at) {
    if (owned)
        return at;
    const length = exports.end - exports.first;
    const to = (0, arena_1.room)(length);
    if (to == 0) {
        (0, row_1.setFull)();
        return 0;
    }
    memory.copy(to, exports.first, length);
    const moved = to + (at - exports.first);
    begin(to, to + length, true);
    return moved;
}
