"use strict";
// AES-128 (FIPS 197). In the SIMD build every look-up into the S-box reads the whole S-box, by `i8x16.swizzle` over
// its sixteen rows, so neither addresses nor branches depend on key or data. The baseline build indexes tables by
// secret bytes and is NOT constant-time; docs/security.md says so.
Object.defineProperty(exports, "__esModule", { value: true });
exports.initAes = initAes;
exports.setEncryptionKey = setEncryptionKey;
exports.setDecryptionKey = setDecryptionKey;
exports.wipeRoundKeys = wipeRoundKeys;
exports.encrypt = encrypt;
exports.decrypt = decrypt;
exports.decryptCbc = decryptCbc;
exports.cryptCtr = cryptCtr;
exports.wipeBlocks = wipeBlocks;
const SBOX = memory.data(256, 16);
const INVERSE = memory.data(256, 16);
/** Baseline only: InvMixColumns of INVERSE[x] in one word. */
const DECRYPT = memory.data(1024);
/** Eleven round keys; for decryption those of the equivalent inverse cipher (FIPS 197 5.3.5). */
const FORWARD = memory.data(176, 16);
const BACKWARD = memory.data(176, 16);
function times2(x) {
    return ((x << 1) ^ (((x >> 7) & 1) * 0x1b)) & 0xff;
}
function multiply(a, b) {
    let product = 0;
    for (let i = 0; i < 8; i++) {
        product ^= (0 - (b & 1)) & a;
        a = times2(a);
        b >>= 1;
    }
    return product;
}
/** Computes the S-boxes from their definition: the inverse in GF(2^8), then an affine map. */
function initAes() {
    let p = 1;
    let q = 1;
    // p runs over all non-zero elements as powers of 3, q over their inverses.
    do {
        p = p ^ times2(p);
        q ^= q << 1;
        q ^= q << 2;
        q = (q ^ (q << 4)) & 0xff;
        if (q & 0x80)
            q ^= 0x09;
        const s = (q ^ rotl8(q, 1) ^ rotl8(q, 2) ^ rotl8(q, 3) ^ rotl8(q, 4) ^ 0x63) & 0xff;
        store(SBOX + p, s);
        store(INVERSE + s, p);
    } while (p != 1);
    store(SBOX, 0x63);
    store(INVERSE + 0x63, 0);
    if (!ASC_FEATURE_SIMD)
        for (let i = 0; i < 256; i++) {
            const x = load(INVERSE + i);
            store(DECRYPT + (i << 2), multiply(x, 14) | (multiply(x, 9) << 8) | (multiply(x, 13) << 16) | (multiply(x, 11) << 24));
        }
}
function rotl8(x, n) {
    return ((x << n) | (x >> (8 - n))) & 0xff;
}
// ---- SIMD ----------------------------------------------------------------------------------------------------
/** The 256-byte table at `table`, looked up by all sixteen bytes of `x` at once. */
function lookUp(table, x) {
    const row = i8x16.splat(16);
    // swizzle gives 0 for every index above 15: each row answers only for its own sixteen bytes.
    let out = i8x16.swizzle(v128.load(table), x);
    for (let i = 16; i < 256; i += 16) {
        x = i8x16.sub(x, row);
        out = v128.or(out, i8x16.swizzle(v128.load(table + i), x));
    }
    return out;
}
function doubled(x) {
    const carry = v128.and(i8x16.shr_s(x, 7), i8x16.splat(0x1b));
    return v128.xor(i8x16.add(x, x), carry);
}
function mixColumns(x) {
    const next = i8x16.shuffle(x, x, 1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12);
    const both = v128.xor(x, next);
    const opposite = i8x16.shuffle(x, x, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
    const last = i8x16.shuffle(x, x, 3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14);
    // 2·x + 3·next + opposite + last = 2·(x + next) + next + opposite + last
    return v128.xor(v128.xor(doubled(both), next), v128.xor(opposite, last));
}
/** InvMixColumns = MixColumns after adding 4·(x + opposite) to each byte. */
function unmixColumns(x) {
    const opposite = i8x16.shuffle(x, x, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
    return mixColumns(v128.xor(x, doubled(doubled(v128.xor(x, opposite)))));
}
function encryptSimd(from, to) {
    let x = v128.xor(v128.load(from), v128.load(FORWARD));
    for (let round = 16; round < 160; round += 16) {
        x = lookUp(SBOX, x);
        x = i8x16.shuffle(x, x, 0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11);
        x = v128.xor(mixColumns(x), v128.load(FORWARD + round));
    }
    x = lookUp(SBOX, x);
    x = i8x16.shuffle(x, x, 0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11);
    v128.store(to, v128.xor(x, v128.load(FORWARD, 160)));
}
function decryptSimd(from, to) {
    let x = v128.xor(v128.load(from), v128.load(BACKWARD, 160));
    for (let round = 144; round > 0; round -= 16) {
        x = lookUp(INVERSE, x);
        x = i8x16.shuffle(x, x, 0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3);
        x = v128.xor(unmixColumns(x), v128.load(BACKWARD + round));
    }
    x = lookUp(INVERSE, x);
    x = i8x16.shuffle(x, x, 0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3);
    v128.store(to, v128.xor(x, v128.load(BACKWARD)));
}
// ---- baseline ------------------------------------------------------------------------------------------------
/** InvMixColumns of a column, as the sum of what each of its bytes gives. */
function unmixWord(w) {
    return (load(DECRYPT + (load(SBOX + (w & 0xff)) << 2)) ^
        rotl(load(DECRYPT + (load(SBOX + ((w >> 8) & 0xff)) << 2)), 8) ^
        rotl(load(DECRYPT + (load(SBOX + ((w >> 16) & 0xff)) << 2)), 16) ^
        rotl(load(DECRYPT + (load(SBOX + (w >> 24)) << 2)), 24));
}
function rotl(w, n) {
    return (w << n) | (w >> (32 - n));
}
function column(a, b, c, d) {
    return (load(DECRYPT + ((a & 0xff) << 2)) ^
        rotl(load(DECRYPT + (((b >> 8) & 0xff) << 2)), 8) ^
        rotl(load(DECRYPT + (((c >> 16) & 0xff) << 2)), 16) ^
        rotl(load(DECRYPT + ((d >> 24) << 2)), 24));
}
function lastColumn(a, b, c, d) {
    return (load(INVERSE + (a & 0xff)) |
        (load(INVERSE + ((b >> 8) & 0xff)) << 8) |
        (load(INVERSE + ((c >> 16) & 0xff)) << 16) |
        (load(INVERSE + (d >> 24)) << 24));
}
function decryptTable(from, to) {
    let a = load(from) ^ load(BACKWARD, 160);
    let b = load(from, 4) ^ load(BACKWARD, 164);
    let c = load(from, 8) ^ load(BACKWARD, 168);
    let d = load(from, 12) ^ load(BACKWARD, 172);
    for (let round = 144; round > 0; round -= 16) {
        const a1 = column(a, d, c, b) ^ load(BACKWARD + round);
        const b1 = column(b, a, d, c) ^ load(BACKWARD + round, 4);
        const c1 = column(c, b, a, d) ^ load(BACKWARD + round, 8);
        d = column(d, c, b, a) ^ load(BACKWARD + round, 12);
        a = a1;
        b = b1;
        c = c1;
    }
    store(to, lastColumn(a, d, c, b) ^ load(BACKWARD));
    store(to, lastColumn(b, a, d, c) ^ load(BACKWARD, 4), 4);
    store(to, lastColumn(c, b, a, d) ^ load(BACKWARD, 8), 8);
    store(to, lastColumn(d, c, b, a) ^ load(BACKWARD, 12), 12);
}
/** 2·x of four bytes at once. */
function doubledWord(w) {
    return ((w & 0x7f7f7f7f) << 1) ^ (((w >> 7) & 0x01010101) * 0x1b);
}
function substituted(a, b, c, d) {
    return (load(SBOX + (a & 0xff)) |
        (load(SBOX + ((b >> 8) & 0xff)) << 8) |
        (load(SBOX + ((c >> 16) & 0xff)) << 16) |
        (load(SBOX + (d >> 24)) << 24));
}
function mixedWord(w) {
    const next = rotl(w, 24);
    return doubledWord(w ^ next) ^ next ^ rotl(w, 16) ^ rotl(w, 8);
}
function encryptTable(from, to) {
    let a = load(from) ^ load(FORWARD);
    let b = load(from, 4) ^ load(FORWARD, 4);
    let c = load(from, 8) ^ load(FORWARD, 8);
    let d = load(from, 12) ^ load(FORWARD, 12);
    for (let round = 16; round < 160; round += 16) {
        const a1 = mixedWord(substituted(a, b, c, d)) ^ load(FORWARD + round);
        const b1 = mixedWord(substituted(b, c, d, a)) ^ load(FORWARD + round, 4);
        const c1 = mixedWord(substituted(c, d, a, b)) ^ load(FORWARD + round, 8);
        d = mixedWord(substituted(d, a, b, c)) ^ load(FORWARD + round, 12);
        a = a1;
        b = b1;
        c = c1;
    }
    store(to, substituted(a, b, c, d) ^ load(FORWARD, 160));
    store(to, substituted(b, c, d, a) ^ load(FORWARD, 164), 4);
    store(to, substituted(c, d, a, b) ^ load(FORWARD, 168), 8);
    store(to, substituted(d, a, b, c) ^ load(FORWARD, 172), 12);
}
// ---- keys ----------------------------------------------------------------------------------------------------
function substitutedWord(w) {
    if (ASC_FEATURE_SIMD)
        return i32x4.extract_lane(lookUp(SBOX, i32x4.splat(w)), 0);
    return substituted(w, w, w, w);
}
/** Expands the 16 bytes at `key` for {@link encrypt}. */
function setEncryptionKey(key) {
    let a = load(key);
    let b = load(key, 4);
    let c = load(key, 8);
    let d = load(key, 12);
    let constant = 1;
    for (let round = 0;; round += 16) {
        store(FORWARD + round, a);
        store(FORWARD + round, b, 4);
        store(FORWARD + round, c, 8);
        store(FORWARD + round, d, 12);
        if (round == 160)
            return;
        a ^= rotl(substitutedWord(d), 24) ^ constant;
        b ^= a;
        c ^= b;
        d ^= c;
        constant = times2(constant);
    }
}
/** Expands the 16 bytes at `key` for {@link decrypt} (and {@link encrypt}). */
function setDecryptionKey(key) {
    setEncryptionKey(key);
    memory.copy(BACKWARD, FORWARD, 16);
    memory.copy(BACKWARD + 160, FORWARD + 160, 16);
    if (ASC_FEATURE_SIMD) {
        for (let round = 16; round < 160; round += 16)
            v128.store(BACKWARD + round, unmixColumns(v128.load(FORWARD + round)));
    }
    else {
        for (let at = 16; at < 160; at += 4)
            store(BACKWARD + at, unmixWord(load(FORWARD + at)));
    }
}
/** Forgets the expanded keys. */
function wipeRoundKeys() {
    memory.fill(FORWARD, 0, 176);
    memory.fill(BACKWARD, 0, 176);
}
function encrypt(from, to) {
    if (ASC_FEATURE_SIMD)
        encryptSimd(from, to);
    else
        encryptTable(from, to);
}
function decrypt(from, to) {
    if (ASC_FEATURE_SIMD)
        decryptSimd(from, to);
    else
        decryptTable(from, to);
}
// ---- modes ---------------------------------------------------------------------------------------------------
const BLOCK = memory.data(16, 16);
const CHAIN = memory.data(16, 16);
function xorBlock(to, by) {
    store(to, load(to) ^ load(by));
    store(to, load(to, 8) ^ load(by, 8), 8);
}
/** CBC over `length` bytes in place, a multiple of 16 (SP 800-38A 6.2); `iv` is 16 bytes. */
function decryptCbc(at, length, iv) {
    memory.copy(CHAIN, iv, 16);
    for (const end = at + length; at < end; at += 16) {
        memory.copy(BLOCK, at, 16);
        decrypt(at, at);
        xorBlock(at, CHAIN);
        memory.copy(CHAIN, BLOCK, 16);
    }
}
/** CTR over `length` bytes in place; `counter` is the first block, of which the last byte counts (EN 13757-4 12.4). */
function cryptCtr(at, length, counter) {
    memory.copy(CHAIN, counter, 16);
    const end = at + length;
    while (at < end) {
        encrypt(CHAIN, BLOCK);
        const n = end - at < 16 ? end - at : 16;
        for (let i = 0; i < n; i++)
            store(at + i, load(at + i) ^ load(BLOCK + i));
        at += n;
        store(CHAIN, load(CHAIN, 15) + 1, 15);
    }
}
/** Forgets what the modes left behind. */
function wipeBlocks() {
    memory.fill(BLOCK, 0, 16);
    memory.fill(CHAIN, 0, 16);
}
