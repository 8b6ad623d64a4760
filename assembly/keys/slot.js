"use strict";
// Keys by meter: an open-addressing table in memory, so that a million keys cost one probe or two a telegram. No export
// reads a key back; `wipe` overwrites the whole table.
Object.defineProperty(exports, "__esModule", { value: true });
exports.ANY_MANUFACTURER = exports.ANY_ID = void 0;
exports.slotBytes = slotBytes;
exports.slotCapacity = slotCapacity;
exports.slotCount = slotCount;
exports.moveSlots = moveSlots;
exports.putKey = putKey;
exports.setCallKey = setCallKey;
exports.clearCallKey = clearCallKey;
exports.keyFor = keyFor;
exports.wipeSlots = wipeSlots;
/** A slot: identification number (4), manufacturer (2), used (1), unused (1), key (16). */
const SLOT = 24;
/** Stands for any identification number; FFFFFFFF is the wildcard of wired selection too (EN 13757-3 11.3). */
exports.ANY_ID = 0xffffffff;
exports.ANY_MANUFACTURER = 0xffff;
let table = 0;
let capacity = 0;
let used = 0;
/** Whether there are slots for any meter of a manufacturer, for an id of any manufacturer, for any meter at all. */
let wildcards = 0;
/** A key for this call alone. */
const CALL_KEY = memory.data(16);
let callKey = false;
function slotBytes(keys) {
    return keys * SLOT;
}
function slotCapacity() {
    return capacity;
}
function slotCount() {
    return used;
}
function hash(manufacturer, id) {
    let h = id ^ (manufacturer << 16) ^ (manufacturer >> 3);
    h *= 0x9e3779b1;
    h ^= h >> 15;
    h *= 0x85ebca77;
    return h ^ (h >> 13);
}
/** The slot of a meter: its own, or the free one where it would stand. `capacity` is a power of two, never full. */
function find(manufacturer, id) {
    let i = hash(manufacturer, id) & (capacity - 1);
    while (true) {
        const slot = table + i * SLOT;
        if (load(slot, 6) == 0 ||
            (load(slot) == id && load(slot, 4) == manufacturer))
            return slot;
        i = (i + 1) & (capacity - 1);
    }
}
/** Moves all keys to an empty (zeroed) table of `slots` slots at `to`, and wipes the old one. */
function moveSlots(to, slots) {
    const from = table;
    const count = capacity;
    table = to;
    capacity = slots;
    used = 0;
    for (let i = 0; i < count; i++) {
        const slot = from + i * SLOT;
        if (load(slot, 6))
            putKey(load(slot, 4), load(slot), slot + 8);
    }
    if (count != 0)
        memory.fill(from, 0, count * SLOT);
}
/** Keeps the 16 bytes at `key`; a later key for the same meter replaces the earlier one. */
function putKey(manufacturer, id, key) {
    const slot = find(manufacturer, id);
    if (load(slot, 6) == 0)
        used++;
    store(slot, id);
    store(slot, manufacturer, 4);
    store(slot, 1, 6);
    memory.copy(slot + 8, key, 16);
    if (id == exports.ANY_ID)
        wildcards |= manufacturer == exports.ANY_MANUFACTURER ? 4 : 2;
    else if (manufacturer == exports.ANY_MANUFACTURER)
        wildcards |= 1;
}
function setCallKey(key) {
    memory.copy(CALL_KEY, key, 16);
    callKey = true;
}
function clearCallKey() {
    memory.fill(CALL_KEY, 0, 16);
    callKey = false;
}
function probe(manufacturer, id) {
    const slot = find(manufacturer, id);
    return load(slot, 6) ? slot + 8 : 0;
}
/** Address of the key for a meter, or 0: the call's own, then the meter's, its id's, its manufacturer's, anyone's. */
function keyFor(manufacturer, id) {
    if (callKey)
        return CALL_KEY;
    if (used == 0)
        return 0;
    let key = probe(manufacturer, id);
    if (key == 0 && wildcards & 1)
        key = probe(exports.ANY_MANUFACTURER, id);
    if (key == 0 && wildcards & 2)
        key = probe(manufacturer, exports.ANY_ID);
    if (key == 0 && wildcards & 4)
        key = probe(exports.ANY_MANUFACTURER, exports.ANY_ID);
    return key;
}
function wipeSlots() {
    if (capacity != 0)
        memory.fill(table, 0, capacity * SLOT);
    used = 0;
    wildcards = 0;
    clearCallKey();
}
