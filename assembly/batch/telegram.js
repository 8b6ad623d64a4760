"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.LAYER_ELL = exports.LAYER_TPL = exports.LAYER_NONE = exports.CRC_WRONG = exports.CRC_REMOVED = exports.CRC_OK = void 0;
exports.clearTelegram = clearTelegram;
exports.setLink = setLink;
exports.setControl = setControl;
exports.setCi = setCi;
exports.setFrameColumns = setFrameColumns;
exports.setSecurity = setSecurity;
exports.setHeader = setHeader;
exports.addFlag = addFlag;
exports.setMeter = setMeter;
exports.meterBecomesSender = meterBecomesSender;
exports.hasMeter = hasMeter;
exports.meterManufacturer = meterManufacturer;
exports.meterId = meterId;
exports.meterVersion = meterVersion;
exports.meterMedium = meterMedium;
// The columns of the telegram in hand.
const columns_1 = require("../generated/columns");
const codes_1 = require("../generated/codes");
const row_1 = require("./row");
exports.CRC_OK = 0;
exports.CRC_REMOVED = 1;
exports.CRC_WRONG = 2;
exports.LAYER_NONE = 0;
exports.LAYER_TPL = 1;
exports.LAYER_ELL = 2;
/** The row starts as a telegram of which nothing is known. */
function clearTelegram(at) {
    const row = row_1.telegrams;
    setLink(codes_1.LINK_NONE, 0, exports.CRC_REMOVED);
    setControl(0, 0);
    setCi(0);
    setFrameColumns(at, 0, 0);
    setSecurity(0, codes_1.SECURITY_NONE, exports.LAYER_NONE);
    store(columns_1.T_MAC + row, 0);
    store(columns_1.T_FLAGS + row, 0);
    store(columns_1.T_ACCESS + row, 0);
    store(columns_1.T_STATUS + row, 0);
}
function setLink(kind, format, crc) {
    const row = row_1.telegrams;
    store(columns_1.T_LINK + row, kind);
    store(columns_1.T_FORMAT + row, format);
    store(columns_1.T_CRC + row, crc);
}
function setControl(control, address) {
    store(columns_1.T_CONTROL + row_1.telegrams, control);
    store(columns_1.T_ADDRESS + row_1.telegrams, address);
}
function setCi(ci) {
    store(columns_1.T_CI + row_1.telegrams, ci);
}
/** Where the frame lies, how long it is, and how many bytes of the input stand before it. */
function setFrameColumns(at, length, skipped) {
    const row = row_1.telegrams;
    store(columns_1.T_FRAME + (row << 2), at);
    store(columns_1.T_FRAME_LENGTH + (row << 1), length);
    store(columns_1.T_START + (row << 1), skipped);
}
function setSecurity(mode, state, layer) {
    const row = row_1.telegrams;
    store(columns_1.T_MODE + row, mode);
    store(columns_1.T_SECURITY + row, state);
    store(columns_1.T_SECURITY_LAYER + row, layer);
}
function setHeader(access, status) {
    const row = row_1.telegrams;
    store(columns_1.T_ACCESS + row, access);
    store(columns_1.T_STATUS + row, status);
    addFlag(codes_1.FLAG_HEADER);
}
function addFlag(flag) {
    store(columns_1.T_FLAGS + row_1.telegrams, (load(columns_1.T_FLAGS + row_1.telegrams) | flag));
}
/** The meter's address; a structure without a manufacturer (CI 73) has `anonymous` set. */
function setMeter(manufacturer, id, version, medium, anonymous) {
    const row = row_1.telegrams;
    store(columns_1.T_MANUFACTURER + (row << 1), manufacturer);
    store(columns_1.T_ID + (row << 2), id);
    store(columns_1.T_VERSION + row, version);
    store(columns_1.T_MEDIUM + row, medium);
    addFlag(anonymous ? codes_1.FLAG_METER | codes_1.FLAG_ANONYMOUS : codes_1.FLAG_METER);
}
/** What was taken for the meter is only its sender: an adapter or repeater. */
function meterBecomesSender() {
    const row = row_1.telegrams;
    store(columns_1.T_SENDER_MANUFACTURER + (row << 1), load(columns_1.T_MANUFACTURER + (row << 1)));
    store(columns_1.T_SENDER_ID + (row << 2), load(columns_1.T_ID + (row << 2)));
    store(columns_1.T_SENDER_VERSION + row, load(columns_1.T_VERSION + row));
    store(columns_1.T_SENDER_MEDIUM + row, load(columns_1.T_MEDIUM + row));
    addFlag(codes_1.FLAG_SENDER);
}
function hasMeter() {
    return (load(columns_1.T_FLAGS + row_1.telegrams) & codes_1.FLAG_METER) != 0;
}
function meterManufacturer() {
    return load(columns_1.T_MANUFACTURER + (row_1.telegrams << 1));
}
function meterId() {
    return load(columns_1.T_ID + (row_1.telegrams << 2));
}
function meterVersion() {
    return load(columns_1.T_VERSION + row_1.telegrams);
}
function meterMedium() {
    return load(columns_1.T_MEDIUM + row_1.telegrams);
}
