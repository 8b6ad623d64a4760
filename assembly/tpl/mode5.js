"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.setIv = setIv;
exports.decryptMode5 = decryptMode5;
// Security mode 5: AES-128-CBC with a static key (EN 13757-7 clause 9.3, OMS security profile A). The initialisation
// vector is M(2) A(6) and eight times the access number, of the meter itself. A plaintext starts with 2F 2F.
const aes_1 = require("../crypto/aes");
const IV = memory.data(16);
/** The vector from a manufacturer, id, version and type as numbers: M and A in the order of the link layer. */
function setIv(manufacturer, id, version, type, access) {
    store(IV, manufacturer);
    store(IV, id, 2);
    store(IV, version, 6);
    store(IV, type, 7);
    store(IV, access * 0x0101010101010101, 8);
}
const FIRST = memory.data(16);
/** Decrypts `length` bytes at `at` in place when the first block comes out right; otherwise leaves them as they are. */
function decryptMode5(at, length, key) {
    (0, aes_1.setDecryptionKey)(key);
    memory.copy(FIRST, at, 16);
    (0, aes_1.decryptCbc)(FIRST, 16, IV);
    if (load(FIRST) != 0x2f2f)
        return false;
    (0, aes_1.decryptCbc)(at, length, IV);
    return true;
}
