"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.cut = exports.stopOk = exports.checksumOk = exports.frameEnd = exports.dataEnd = exports.start = exports.kind = void 0;
exports.readWired = readWired;
exports.findWired = findWired;
// Wired link layer (EN 13757-2 clause 5.4, EN 60870-5-1 format class FT 1.2):
//
//   single   E5
//   short    10 C A CS 16
//   control  68 03 03 68 C A CI CS 16
//   long     68 L L 68 C A CI data … CS 16          L counts from C to the last data byte
const codes_1 = require("../generated/codes");
/** Results of {@link readWired}: kind, first byte of the frame, end of the user data, and what is wrong. */
exports.kind = codes_1.LINK_NONE;
exports.start = 0;
/** Address behind the last user data byte; the checksum stands there where it is not cut off. */
exports.dataEnd = 0;
/** Address behind the stop character. */
exports.frameEnd = 0;
exports.checksumOk = false;
exports.stopOk = false;
exports.cut = false;
const START = 4;
function sum(at, end) {
    let total = 0;
    while (at < end)
        total += load(at++);
    return total & 0xff;
}
/** Whether a long or control frame stands at `at`: both lengths equal, both start characters. */
function looksLong(at, end) {
    return (at + START <= end &&
        load(at) == 0x68 &&
        load(at, 3) == 0x68 &&
        load(at, 1) == load(at, 2) &&
        load(at, 1) >= 3);
}
function readLong(at, end) {
    const length = load(at, 1);
    exports.start = at;
    exports.kind = length == 3 ? codes_1.LINK_WIRED_CONTROL : codes_1.LINK_WIRED_LONG;
    exports.dataEnd = at + START + length;
    exports.frameEnd = exports.dataEnd + 2;
    exports.cut = exports.dataEnd > end;
    if (exports.cut) {
        exports.dataEnd = end;
        exports.frameEnd = end;
        exports.checksumOk = false;
        exports.stopOk = false;
    }
    else {
        exports.checksumOk = exports.dataEnd < end && sum(at + START, exports.dataEnd) == load(exports.dataEnd);
        exports.stopOk = exports.dataEnd + 1 < end && load(exports.dataEnd, 1) == 0x16;
        if (exports.frameEnd > end)
            exports.frameEnd = end;
    }
}
/** Reads the frame at `at`; false when it is none of the four forms. */
function readWired(at, end) {
    const first = load(at);
    exports.start = at;
    exports.cut = false;
    exports.checksumOk = true;
    exports.stopOk = true;
    if (first == 0xe5 && end - at == 1) {
        exports.kind = codes_1.LINK_WIRED_ACK;
        exports.dataEnd = end;
        exports.frameEnd = end;
        return true;
    }
    if (first == 0x10 && end - at == 5 && load(at, 4) == 0x16) {
        exports.kind = codes_1.LINK_WIRED_SHORT;
        exports.dataEnd = at + 3;
        exports.frameEnd = end;
        exports.checksumOk = sum(at + 1, exports.dataEnd) == load(exports.dataEnd);
        return true;
    }
    if (!looksLong(at, end))
        return false;
    readLong(at, end);
    return true;
}
/** Looks for a whole long frame behind noise; false when there is none. */
function findWired(at, end) {
    for (at++; at + START < end; at++) {
        if (!looksLong(at, end))
            continue;
        readLong(at, end);
        if (exports.checksumOk && exports.stopOk)
            return true;
    }
    return false;
}
