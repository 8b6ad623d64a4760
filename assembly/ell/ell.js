"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ellSize = ellSize;
exports.hasSession = hasSession;
exports.encryption = encryption;
exports.payloadCrcAt = payloadCrcAt;
exports.decryptEll = decryptEll;
// Extended link layer (EN 13757-4 clause 12.2):
//
//   8C  CC ACC                                          8E  CC ACC M2(2) A2(6)
//   8D  CC ACC SN(4) PCRC(2)                            8F  CC ACC M2(2) A2(6) SN(4) PCRC(2)
//
// SN bits 31–29 = 1: all behind SN is AES-128-CTR ciphertext, the payload CRC included. PCRC is sent low byte first.
const aes_1 = require("../crypto/aes");
/** Bytes from the CI field up to the next CI field, 0 for a CI that is no extended link layer of known layout. */
function ellSize(ci) {
    if (ci == 0x8c)
        return 3;
    if (ci == 0x8d)
        return 9;
    if (ci == 0x8e)
        return 11;
    return ci == 0x8f ? 17 : 0;
}
/** Whether the layer has a session number and a payload CRC. */
function hasSession(ci) {
    return ci == 0x8d || ci == 0x8f;
}
/** Whether the session number at the CI field's address `at` says that what follows is encrypted; others are reserved. */
function encryption(at, ci) {
    return load(sessionAt(at, ci)) >> 29;
}
function sessionAt(at, ci) {
    return ci == 0x8d ? at + 3 : at + 11;
}
/** Address of the payload CRC; what it covers stands two bytes further. */
function payloadCrcAt(at, ci) {
    return sessionAt(at, ci) + 4;
}
const COUNTER = memory.data(16);
/**
 * Decrypts in place from the payload CRC up to `end`. `address` is the link layer's M and A field. The counter block is
 * M(2) A(6) CC SN(4) FN(2) = 0 BC(1) = 0, with CC's hop bit cleared, as a repeater sets it without encrypting anew.
 */
function decryptEll(at, ci, end, address, key) {
    store(COUNTER, load(address));
    store(COUNTER, load(at, 1) & 0xef, 8);
    store(COUNTER, load(sessionAt(at, ci)), 9);
    store(COUNTER, 0, 13);
    store(COUNTER, 0, 15);
    (0, aes_1.setEncryptionKey)(key);
    const from = payloadCrcAt(at, ci);
    (0, aes_1.cryptCtr)(from, end - from, COUNTER);
}
