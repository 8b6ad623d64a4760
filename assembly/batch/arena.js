"use strict";
// Where frames go that differ from their input: CRCs removed, decrypted, put together.
Object.defineProperty(exports, "__esModule", { value: true });
exports.setArena = setArena;
exports.clearArena = clearArena;
exports.room = room;
let start = 0;
let next = 0;
let limit = 0;
/** The arena is `[from, to)`; PAD bytes behind `to` belong to it. */
function setArena(from, to) {
    start = from;
    next = from;
    limit = to;
}
/** Frees everything: a new batch begins. */
function clearArena() {
    next = start;
}
/** `length` bytes, or 0 when there is no room. */
function room(length) {
    const at = next;
    if (at + length > limit)
        return 0;
    next = at + length;
    return at;
}
