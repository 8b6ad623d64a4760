// The host of host.c in JavaScript: the same lines in, the same lines out, from the columns of @metergram/decoder.
import { Buffer } from 'node:buffer';
import { createDecoderSync } from '@metergram/decoder';

const FLAG_METER = 1;
const FLAG_SENDER = 2;
const OF_METER = new Set(['manufacturer', 'id', 'version', 'medium']);
const OF_SENDER = new Set(['senderManufacturer', 'senderId', 'senderVersion', 'senderMedium']);

const ENTRY = /^key ([0-9a-f]{4}) ([0-9a-f]{8}) ([0-9a-f]{32})$/i;

/** A manufacturer's letters from its code. */
function letters(code) {
  return String.fromCodePoint(...[10, 5, 0].map((shift) => 0x40 + ((code >> shift) & 31)));
}

function keyOf(line) {
  const [, manufacturer, id, key] = ENTRY.exec(line) ?? [];
  return key ? [{ manufacturer: letters(parseInt(manufacturer, 16)), id, key }] : [];
}

/**
 * Answers lines as host.c documents them; keys count from the first line on.
 * @param {readonly string[]} lines
 * @param {object} options those of createDecoderSync
 * @returns {string[]} one answer a line that has one
 */
export function answers(lines, options = {}) {
  const decoder = createDecoderSync({ ...options, keys: lines.flatMap(keyOf) });
  const out = [];
  for (const line of lines) {
    if (ENTRY.test(line)) continue;
    if (line === 'tick') decoder.tick();
    else if (line === 'forget') decoder.forget();
    else if (line === 'wipe') decoder.wipeKeys();
    else out.push(decoded(decoder, line));
  }
  return out;
}

function decoded(decoder, line) {
  const words = line.split(' ');
  const bytes = new Uint8Array(Buffer.from(words.at(-1) ?? '', 'hex'));
  const options =
    words[0] === 'with' ? { key: words[1] } : words[0] === 'records' ? { layer: 'records' } : {};
  const offsets = Uint32Array.of(0, bytes.length);
  const batch = decoder.decodeBatch(bytes, offsets, 0, options);
  const { telegrams, records, issues, memory } = batch;
  const flags = telegrams.flags[0];
  const frame = telegrams.frame[0];
  const cells = Object.entries(telegrams).map(([name, view]) => {
    if (name === 'frame')
      return Buffer.from(memory.subarray(frame, frame + telegrams.frameLength[0])).toString('hex');
    if (OF_METER.has(name) && !(flags & FLAG_METER)) return '-';
    if (OF_SENDER.has(name) && !(flags & FLAG_SENDER)) return '-';
    return view[0];
  });
  return [
    ['T', ...cells].join(' '),
    ...rows('R', records, telegrams.recordCount[0]),
    ...rows('I', issues, telegrams.issueCount[0]),
    '',
  ].join('\n');
}

function rows(letter, columns, count) {
  return Array.from({ length: count }, (_, row) =>
    [letter, ...Object.values(columns).map((view) => view[row])].join(' '),
  );
}
