"use strict";
// Transport layer header (EN 13757-7 clause 7.3 and 7.4):
//
//   long   ID(4) M(2) Ver Type  ACC STS CF(2)
//   short                       ACC STS CF(2)
//
// CF bits 12–8 are the security mode; in modes 0 and 5 bits 7–4 count the encrypted blocks of 16 bytes.
Object.defineProperty(exports, "__esModule", { value: true });
exports.BODY_OTHER = exports.BODY_FIXED = exports.BODY_ALARM = exports.BODY_APPLICATION_ERROR = exports.BODY_RECORDS = exports.BODY_NONE = exports.HEADER_UNKNOWN = exports.HEADER_FIXED = exports.HEADER_LONG = exports.HEADER_SHORT = exports.HEADER_NONE = void 0;
exports.layoutOf = layoutOf;
exports.headerSize = headerSize;
exports.goesToMeter = goesToMeter;
exports.HEADER_NONE = 0;
exports.HEADER_SHORT = 1;
exports.HEADER_LONG = 2;
exports.HEADER_FIXED = 3;
exports.HEADER_UNKNOWN = 4;
/** What stands behind a CI field. */
exports.BODY_NONE = 0;
exports.BODY_RECORDS = 1;
exports.BODY_APPLICATION_ERROR = 2;
exports.BODY_ALARM = 3;
exports.BODY_FIXED = 4;
exports.BODY_OTHER = 5;
/** Header of each CI field (low nibble) and its body (high nibble), EN 13757-7 table 2. */
function layoutOf(ci) {
    switch (ci) {
        case 0x72:
        case 0x76:
        case 0x5b:
            return exports.HEADER_LONG | (exports.BODY_RECORDS << 4);
        case 0x7a:
        case 0x5a:
            return exports.HEADER_SHORT | (exports.BODY_RECORDS << 4);
        case 0x78:
        case 0x51:
            return exports.HEADER_NONE | (exports.BODY_RECORDS << 4);
        case 0x73:
        case 0x77:
            return exports.HEADER_FIXED | (exports.BODY_FIXED << 4);
        case 0x70:
            return exports.HEADER_NONE | (exports.BODY_APPLICATION_ERROR << 4);
        case 0x6e:
            return exports.HEADER_SHORT | (exports.BODY_APPLICATION_ERROR << 4);
        case 0x6f:
            return exports.HEADER_LONG | (exports.BODY_APPLICATION_ERROR << 4);
        case 0x71:
            return exports.HEADER_NONE | (exports.BODY_ALARM << 4);
        case 0x74:
            return exports.HEADER_SHORT | (exports.BODY_ALARM << 4);
        case 0x75:
            return exports.HEADER_LONG | (exports.BODY_ALARM << 4);
        case 0x8a:
            return exports.HEADER_SHORT | (exports.BODY_NONE << 4);
        case 0x80:
        case 0x84:
        case 0x85:
        case 0x8b:
            return exports.HEADER_LONG | (exports.BODY_NONE << 4);
        case 0x50:
        case 0x52:
        case 0x5c:
            return exports.HEADER_NONE | (exports.BODY_OTHER << 4);
        default:
            return ci >= 0xb8 && ci <= 0xbf
                ? exports.HEADER_NONE | (exports.BODY_NONE << 4)
                : exports.HEADER_UNKNOWN | (exports.BODY_OTHER << 4);
    }
}
function headerSize(header) {
    if (header == exports.HEADER_SHORT)
        return 4;
    if (header == exports.HEADER_LONG)
        return 12;
    return header == exports.HEADER_FIXED ? 8 : 0;
}
/** CI fields of telegrams that go to a meter: their VIFEs 00 … 0D are actions. */
function goesToMeter(ci) {
    return (ci >= 0x50 && ci <= 0x5f) || ci == 0x80 || ci == 0x84 || ci == 0x85;
}
