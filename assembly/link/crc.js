"use strict";
// CRC-16/EN-13757: polynomial 3D65, initial value 0, no reflection, final complement (EN 13757-4 11.5).
// Eight tables let eight bytes go in one step; they are computed once, when the module starts.
Object.defineProperty(exports, "__esModule", { value: true });
exports.initCrc = initCrc;
exports.crc16 = crc16;
exports.crcFits = crcFits;
const TABLES = memory.data(8 * 256 * 2);
function initCrc() {
    for (let i = 0; i < 256; i++) {
        let crc = i << 8;
        for (let bit = 0; bit < 8; bit++)
            crc = crc & 0x8000 ? (crc << 1) ^ 0x3d65 : crc << 1;
        store(TABLES + (i << 1), crc);
    }
    for (let t = 1; t < 8; t++)
        for (let i = 0; i < 256; i++) {
            const before = load(TABLES + (((t - 1) << 9) + (i << 1)));
            const next = (before << 8) ^ load(TABLES + ((before >> 8) << 1));
            store(TABLES + ((t << 9) + (i << 1)), next);
        }
}
/** CRC of the bytes from `at` up to `end`. */
function crc16(at, end) {
    let crc = 0;
    while (at + 8 <= end) {
        const bytes = load(at);
        const low = bytes ^ bswap(crc);
        const high = (bytes >> 32);
        crc =
            load(TABLES + ((low & 0xff) << 1), 7 << 9) ^
                load(TABLES + (((low >> 8) & 0xff) << 1), 6 << 9) ^
                load(TABLES + (((low >> 16) & 0xff) << 1), 5 << 9) ^
                load(TABLES + ((low >> 24) << 1), 4 << 9) ^
                load(TABLES + ((high & 0xff) << 1), 3 << 9) ^
                load(TABLES + (((high >> 8) & 0xff) << 1), 2 << 9) ^
                load(TABLES + (((high >> 16) & 0xff) << 1), 1 << 9) ^
                load(TABLES + ((high >> 24) << 1));
        at += 8;
    }
    while (at < end) {
        crc = ((crc << 8) & 0xffff) ^ load(TABLES + (((crc >> 8) ^ load(at)) << 1));
        at++;
    }
    return ~crc & 0xffff;
}
/** Whether the two bytes at `end`, most significant first, are the CRC of what stands from `at` up to `end`. */
function crcFits(at, end) {
    return crc16(at, end) == bswap(load(end));
}
