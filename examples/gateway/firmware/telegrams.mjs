// What the hosts are asked: the worked examples of the standards, as printed and as @metergram/decoder/encode makes them in
// every form of the link layer; the capture of examples/node; and all of these damaged.
import { Buffer } from 'node:buffer';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { encode } from '@metergram/decoder/encode';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const packed = (hex) => hex.replaceAll(/\s+/g, '').toLowerCase();

const LINKS = [
  { kind: 'wireless', format: 'A' },
  { kind: 'wireless', format: 'B' },
  { kind: 'wireless' },
  { kind: 'wired-long', address: 1 },
];

const ask = ({ hex, key, layer }) => {
  if (key) return `with ${packed(key)} ${packed(hex)}`;
  return layer === 'records' ? `records ${packed(hex)}` : packed(hex);
};

/** Vectors in the order of their names: each in a state of its own, after the telegrams that have to come before. */
export function vectorLines() {
  const lines = [];
  for (const file of globSync(here('../../../packages/decoder/test/vectors/cases/*.json')).sort()) {
    const vector = JSON.parse(readFileSync(file, 'utf8'));
    lines.push('forget', ...(vector.context ?? []).map(packed), ask(vector));
    if (vector.description === undefined) continue;
    for (const link of LINKS) {
      const built = encode({
        ...vector.description,
        link: { control: 0x44, ...vector.description.link, ...link },
      });
      if (built.ok) lines.push(ask({ ...vector, hex: Buffer.from(built.bytes).toString('hex') }));
    }
  }
  return lines;
}

const codeOf = (letters) =>
  [...letters].reduce((code, letter) => (code << 5) | (letter.charCodeAt(0) - 0x40), 0);

const text = (file) =>
  readFileSync(here(`../../node/${file}`), 'utf8')
    .trimEnd()
    .split('\n');

/** The keys of the capture, then its telegrams. */
export function captureLines() {
  const keys = text('keys.csv')
    .slice(1)
    .map((line) => line.split(','))
    .map(([maker, id, key]) => `key ${codeOf(maker).toString(16).padStart(4, '0')} ${id} ${key}`);
  const telegrams = text('capture.txt')
    .map((line) => line.split(/\s/)[0])
    .filter((word) => /^[0-9a-f]+$/.test(word));
  return ['forget', ...keys, ...telegrams];
}

/** Numbers that look like chance and are the same each time. */
function* numbers(seed) {
  let state = seed;
  while (true) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state >>> 8;
  }
}

/** Formats of compact frames that firmware remembers; the JavaScript host remembers more. */
const FORMATS = 8;

/**
 * `count` telegrams made from those in `lines`: bytes changed, cut off, left out, doubled. What is remembered between
 * telegrams is forgotten before it is more than firmware has room for.
 */
export function damagedLines(lines, count) {
  const chance = numbers(20260114);
  const below = (most) => chance.next().value % most;
  const whole = lines.filter((line) =>
    /^(with |records )?([0-9a-f]{32} )?[0-9a-f]{8,}$/.test(line),
  );
  return Array.from({ length: count }, (_, i) => {
    const words = whole[below(whole.length)].split(' ');
    let bytes = [...Buffer.from(words.pop(), 'hex')];
    for (let times = 1 + below(3); times > 0; times--) {
      const at = below(bytes.length);
      const kind = below(5);
      if (kind === 0) bytes[at] ^= 1 << below(8);
      else if (kind === 1) bytes[at] = below(256);
      else if (kind === 2 && bytes.length > 2) bytes = bytes.slice(0, Math.max(at, 1));
      else if (kind === 3 && bytes.length > 2) bytes.splice(at, 1);
      else bytes.splice(at, 0, ...bytes.slice(at, at + 1 + below(16)));
    }
    const line = [...words, Buffer.from(bytes.slice(0, 1024)).toString('hex')].join(' ');
    return i % FORMATS === 0 ? ['forget', line] : [line];
  }).flat();
}

/** What costs most a byte, as far as one can think of it: the longest telegrams, and noise that looks like starts of them. */
export function worstLines() {
  const most = 1024;
  const filled = (hex) => hex.repeat(Math.ceil((2 * most) / hex.length)).slice(0, 2 * most);
  const key = '000102030405060708090a0b0c0d0e0f';
  const longest = (security, afl) => {
    let bytes;
    for (let count = 1; ; count++) {
      const result = encode({
        link: { kind: 'wireless', control: 0x44, format: 'A' },
        meter: { manufacturer: 'ELS', id: '12345678', version: 51, mediumCode: 3 },
        ...(afl ? { afl: { key, counter: 1 } } : {}),
        transport: { header: 'short', accessNumber: 1, security: { ...security, key } },
        records: Array.from({ length: count }, () => ({
          quantity: 'volume',
          value: '1',
          unit: 'm3',
        })),
      });
      if (!result.ok) return bytes;
      bytes = `with ${key} ${Buffer.from(result.bytes).toString('hex')}`;
    }
  };
  return [
    'forget',
    longest({ mode: 5 }, false),
    longest({ mode: 7 }, true),
    `records ${filled('0013')}`,
    `records ${filled('2f')}`,
    `records ${filled('0178ff')}`,
    `records ${filled('8dff1e')}`,
    ...['68', '680303', '68ffff68', '68f0f06808', '10', 'ff44', '00', '5500', '1068'].map(filled),
  ].filter(Boolean);
}
