"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.layout = layout;
exports.descriptor = descriptor;
exports.reserve = reserve;
exports.decode = decode;
exports.reserveKeys = reserveKeys;
exports.addKey = addKey;
exports.wipeKeys = wipeKeys;
// The decoder module's whole interface. No imports, no callbacks, no exceptions: bad input is a status in its row.
const arena_1 = require("./batch/arena");
const row_1 = require("./batch/row");
const aes_1 = require("./crypto/aes");
const cursor_1 = require("./cursor");
const columns_1 = require("./generated/columns");
const slot_1 = require("./keys/slot");
const crc_1 = require("./link/crc");
const pipeline_1 = require("./pipeline");
(0, crc_1.initCrc)();
(0, aes_1.initAes)();
/** Flags of {@link decode}. */
const RECORDS_ONLY = 1;
const CALL_KEY = 2;
/** Address of the input, of its offsets, numbers of rows: what {@link descriptor} points at, before the columns. */
const SHARED = memory.data(32);
/** Where the host puts a key before it calls {@link addKey}, or {@link decode} with a key for one call. */
const KEY = memory.data(16);
/** End of the memory in use; what stands before it never moves. */
let top = 0;
/** The batch region: moved to the end when keys need room behind which it stood. */
let region = 0;
let regionSize = 0;
let keyRegionEnd = 0;
function memoryFor(bytes) {
    const pages = ((bytes + 0xffff) >> 16) - memory.size();
    return pages <= 0 || memory.grow(pages) >= 0;
}
/** Hash of the memory layout; a host with another one must not go on. */
function layout() {
    return columns_1.LAYOUT;
}
/** Eight words: input, offsets, COLUMNS, KEY, telegrams, records, issues done, slots used. */
function descriptor() {
    store(SHARED, columns_1.COLUMNS, 8);
    store(SHARED, KEY, 12);
    return SHARED;
}
/**
 * Makes room for a batch: `bytes` of input, and so many rows. Views on memory are void afterwards. False when the
 * engine gives no more memory.
 */
function reserve(bytes, ofTelegrams, ofRecords, ofIssues) {
    const input = ((bytes + cursor_1.PAD + 15) & ~15);
    const offsets = (ofTelegrams * 4 + 4 + 15) & ~15;
    const rows = ofTelegrams * columns_1.TELEGRAMS_ROW +
        ofRecords * columns_1.RECORDS_ROW +
        ofIssues * columns_1.ISSUES_ROW +
        64;
    const size = input * 2 + offsets + rows;
    if (region == 0 || size > regionSize || region < keyRegionEnd) {
        region = (keyRegionEnd != 0 ? keyRegionEnd : __heap_base + 15) & ~15;
        if (!memoryFor(region + size)) {
            region = 0;
            return false;
        }
        regionSize = size;
        top = region + size;
    }
    store(SHARED, region);
    store(SHARED, (region + input), 4);
    const arena = region + input + offsets;
    (0, arena_1.setArena)(arena, arena + input - cursor_1.PAD);
    (0, columns_1.bindColumns)((arena + input + 7) & ~7, ofTelegrams, ofRecords, ofIssues);
    (0, row_1.setCapacity)(ofTelegrams, ofRecords, ofIssues);
    return true;
}
/**
 * Decodes telegrams 0 … `count` − 1 of the input: telegram i is the bytes from offset i up to offset i + 1. Returns how
 * many were decoded; fewer than `count` means that rows or arena are used up.
 */
function decode(count, flags) {
    const input = load(SHARED);
    let offset = load(SHARED, 4);
    if (flags & CALL_KEY)
        (0, slot_1.setCallKey)(KEY);
    (0, row_1.clearRows)();
    (0, arena_1.clearArena)();
    let from = input + load(offset);
    let done = 0;
    while (done < count) {
        offset += 4;
        const to = input + load(offset);
        if (!(0, pipeline_1.decodeTelegram)(from, to, (flags & RECORDS_ONLY) != 0))
            break;
        from = to;
        done++;
    }
    store(SHARED, row_1.telegrams, 16);
    store(SHARED, row_1.records, 20);
    store(SHARED, row_1.issues, 24);
    if (flags & CALL_KEY) {
        (0, slot_1.clearCallKey)();
        memory.fill(KEY, 0, 16);
    }
    (0, aes_1.wipeRoundKeys)();
    (0, aes_1.wipeBlocks)();
    return done;
}
/** Makes room for `count` keys in all; false when the engine gives no more memory. Views on memory are void afterwards. */
function reserveKeys(count) {
    let slots = 16;
    // At most two of three slots are used: probes stay short.
    while (slots * 2 < count * 3)
        slots <<= 1;
    if (slots <= (0, slot_1.slotCapacity)())
        return true;
    const at = ((region == 0 ? (keyRegionEnd != 0 ? keyRegionEnd : __heap_base) : top) + 15) & ~15;
    const size = (0, slot_1.slotBytes)(slots);
    if (!memoryFor(at + size))
        return false;
    memory.fill(at, 0, size);
    (0, slot_1.moveSlots)(at, slots);
    keyRegionEnd = at + size;
    top = keyRegionEnd;
    return true;
}
/**
 * Keeps the key at KEY for a meter, and wipes KEY. Manufacturer FFFF and id FFFFFFFF stand for any. False when
 * {@link reserveKeys} has not made room for it.
 */
function addKey(manufacturer, id) {
    const room = ((0, slot_1.slotCount)() + 1) * 3 <= (0, slot_1.slotCapacity)() * 2;
    if (room)
        (0, slot_1.putKey)(manufacturer, id, KEY);
    memory.fill(KEY, 0, 16);
    return room;
}
/** Overwrites every key. */
function wipeKeys() {
    (0, slot_1.wipeSlots)();
    (0, aes_1.wipeRoundKeys)();
    (0, aes_1.wipeBlocks)();
    memory.fill(KEY, 0, 16);
}
