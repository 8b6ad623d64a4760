// Telegrams to measure with: built, so that anyone may have them, and like those that meters send. The same on every
// machine.
import { encoded } from '@metergram/decoder/encode';

/** Bytes of many telegrams, end to end, with their n + 1 starts. */
export function packed(telegrams) {
  const offsets = new Uint32Array(telegrams.length + 1);
  telegrams.forEach((bytes, index) => {
    offsets[index + 1] = offsets[index] + bytes.length;
  });
  const bytes = new Uint8Array(offsets.at(-1));
  telegrams.forEach((telegram, index) => bytes.set(telegram, offsets[index]));
  return { bytes, offsets };
}

const record = (dib, vib, data) => ({ dib, vib, data });
const little = (value, length) =>
  Array.from({ length }, (_, index) => Math.floor(value / 256 ** index) % 256);
const bcd = (value, length) =>
  Array.from({ length }, (_, index) => {
    const two = Math.floor(value / 100 ** index) % 100;
    return Math.floor(two / 10) * 16 + (two % 10);
  });

/** A heat meter's 13 records, in a frame of 101 bytes with a time to the second: energy, volume, power, flow, temperatures, hours, a stored year. */
function heatRecords(seed) {
  return [
    record([0x07], [0x06], little(12_000 + seed, 8)),
    record([0x07], [0x13], little(987_654 + seed, 8)),
    record([0x0b], [0x2d], bcd(41 + (seed % 90), 3)),
    record([0x0b], [0x3b], bcd(725 + (seed % 90), 3)),
    record([0x0a], [0x5a], bcd(683, 2)),
    record([0x0a], [0x5e], bcd(412, 2)),
    record([0x0a], [0x62], bcd(271, 2)),
    record([0x0a], [0xa6, 0x18], bcd(0, 2)),
    record([0x04], [0x22], little(26_280 + seed, 4)),
    record([0x06], [0x6d], [0x1e, 0x00, 0x0c, 0x8f, 0x31, 0x03]),
    record([0x47], [0x06], little(11_000 + seed, 8)),
    record([0x42], [0x6c], [0x5f, 0x3c]),
    record([0x02], [0xfd, 0x17], [0, 0]),
  ];
}

/** A water meter's four records. */
function waterRecords(seed) {
  return [
    record([0x0c], [0x13], bcd(123_456 + seed, 4)),
    record([0x4c], [0x13], bcd(120_000 + seed, 4)),
    record([0x42], [0x6c], [0x5f, 0x3c]),
    record([0x02], [0xfd, 0x17], [0, 0]),
  ];
}

const meter = (seed, manufacturer, medium) => ({
  manufacturer,
  id: String(10_000_000 + seed),
  version: 27,
  medium,
});

/** @param {number} seed also makes the key, a different one for each meter */
export function keyOf(seed) {
  return Uint8Array.from({ length: 16 }, (_, index) => (seed * 31 + index * 17) & 255);
}

/** Wired long frames of 13 records. */
export function wired(count) {
  return Array.from({ length: count }, (_, seed) =>
    encoded({
      link: { kind: 'wired-long', address: 1 + (seed % 250) },
      meter: meter(seed, 'XMG', 'heat'),
      records: heatRecords(seed),
    }),
  );
}

/** Wireless telegrams of four records, without CRCs, plain or with mode 5 and a key for each meter. */
export function wireless(count, encrypted) {
  return Array.from({ length: count }, (_, seed) =>
    encoded({
      link: { kind: 'wireless', format: null },
      meter: meter(seed, 'XMG', 'water'),
      transport: {
        header: 'short',
        accessNumber: seed & 255,
        ...(encrypted ? { security: { mode: 5, key: keyOf(seed) } } : {}),
      },
      records: waterRecords(seed),
    }),
  );
}

/** The entries of a keys list for `wireless(count, true)`. */
export function keys(count) {
  return Array.from({ length: count }, (_, seed) => ({
    manufacturer: 'XMG',
    id: String(10_000_000 + seed),
    key: keyOf(seed),
  }));
}
