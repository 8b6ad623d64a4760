"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.missing = exports.frameEnd = exports.wrongCrc = exports.format = exports.FORMAT_B = exports.FORMAT_A = exports.FORMAT_NONE = void 0;
exports.looksWireless = looksWireless;
exports.readWireless = readWireless;
exports.strip = strip;
exports.trusted = trusted;
// Wireless link layer (EN 13757-4 clauses 11.4 and 11.5):
//
//   block 1   L C M(2) A(6)                 A = identification number(4) version device type
//   format A  block 1 + CRC, then blocks of 16 bytes + CRC, the last one shorter; L leaves CRCs out
//   format B  up to 126 bytes + CRC, then up to 126 bytes + CRC; L counts the CRCs
//
// Receivers hand on telegrams with CRCs or without; which it is, is found out from the bytes.
const crc_1 = require("./crc");
/** Results of {@link readWireless}. */
exports.FORMAT_NONE = 0;
exports.FORMAT_A = 1;
exports.FORMAT_B = 2;
exports.format = 0;
/** First block whose CRC is wrong: address of its CRC, or 0. */
exports.wrongCrc = 0;
/** Address behind what the telegram uses of its bytes. */
exports.frameEnd = 0;
/** Bytes that the length field promises and that are not there. */
exports.missing = 0;
const BLOCK_1 = 10;
/** Bytes of a format A telegram with length field `length`, from L to the last CRC. */
function sizeA(length) {
    return length + 1 + 2 * (1 + (length - 9 + 15) / 16);
}
/** Whether bytes can begin a telegram: a length that holds an address, a control field of EN 13757-4 table 12. */
function looksWireless(at, end) {
    return end - at >= BLOCK_1 && load(at) >= 9;
}
/** First wrong block of a format B telegram of `size` bytes, or 0. */
function wrongBlockB(at, size) {
    if (size <= 128)
        return (0, crc_1.crcFits)(at, at + size - 2) ? 0 : at + size - 2;
    if (!(0, crc_1.crcFits)(at, at + 126))
        return at + 126;
    return (0, crc_1.crcFits)(at + 128, at + size - 2) ? 0 : at + size - 2;
}
/** Finds out format and CRCs of the telegram at `at`. */
function readWireless(at, end) {
    const length = load(at);
    const given = end - at;
    const plain = length + 1;
    exports.missing = 0;
    exports.wrongCrc = 0;
    exports.format = exports.FORMAT_NONE;
    const a = sizeA(length);
    if (given >= BLOCK_1 + 2 && (0, crc_1.crcFits)(at, at + BLOCK_1) && given > plain) {
        exports.format = exports.FORMAT_A;
        if (a > given)
            exports.missing = (a - given);
        exports.frameEnd = a > given ? end : at + a;
        exports.wrongCrc = wrongBlockA(at, exports.frameEnd);
        return;
    }
    const fitsB = length >= 11 && given >= plain;
    if (fitsB && wrongBlockB(at, plain) == 0) {
        exports.format = exports.FORMAT_B;
        exports.frameEnd = at + plain;
        return;
    }
    if (given == a) {
        // As long as format A with its CRCs, and the first one is wrong.
        exports.format = exports.FORMAT_A;
        exports.frameEnd = end;
        exports.wrongCrc = at + BLOCK_1;
        return;
    }
    if (given >= plain) {
        exports.frameEnd = at + plain;
        return;
    }
    // Format B with its CRCs taken away and L left as it was: L is two (one CRC) or four (two CRCs) too large.
    const taken = plain <= 128 ? 2 : 4;
    exports.frameEnd = end;
    if (given + taken != plain)
        exports.missing = (plain - given);
}
/** First wrong block of a format A telegram, or 0; a block cut short has no CRC to be right. */
function wrongBlockA(at, end) {
    let block = at + BLOCK_1 + 2;
    while (block + 2 < end) {
        const size = end - block < 18 ? end - block - 2 : 16;
        if (!(0, crc_1.crcFits)(block, block + size))
            return block + size;
        block += size + 2;
    }
    return 0;
}
/** Copies a telegram of format A or B to `to` without its CRCs; returns the number of bytes written. */
function strip(at, end, to) {
    const first = to;
    if (exports.format == exports.FORMAT_A) {
        memory.copy(to, at, BLOCK_1);
        to += BLOCK_1;
        at += BLOCK_1 + 2;
        while (at + 2 < end) {
            const size = end - at < 18 ? end - at - 2 : 16;
            store(to, load(at));
            store(to, load(at, 8), 8);
            to += size;
            at += size + 2;
        }
    }
    else {
        const size = end - at;
        const one = size <= 128 ? size - 2 : 126;
        memory.copy(to, at, one);
        to += one;
        if (size > 128) {
            memory.copy(to, at + 128, size - 130);
            to += size - 130;
        }
    }
    return to - first;
}
/** Bytes of a telegram at `at` up to a block with a wrong CRC that can be trusted, CRCs left out. */
function trusted(at, crc) {
    if (exports.format == exports.FORMAT_B)
        return crc == at + 126 || crc - at < 126 ? 0 : 126;
    if (crc == at + BLOCK_1)
        return 0;
    return BLOCK_1 + ((crc - at - BLOCK_1 - 2) / 18) * 16;
}
