// What holds for every input, whatever it is. Each check gives null, or what does not hold.

const text = (bytes) => Buffer.from(bytes).toString('hex');

/** Offsets in a message that was put together count from its own start; a message has less than so many bytes. */
const MESSAGE = 1 << 16;

/** Every offset lies in the input, and there are no more records and issues than bytes could hold. */
function bounded({ bytes, fragment }, { records, issues }) {
  const most = 2 * bytes.length + 600;
  if (records.length > most || issues.length > most) {
    return `${records.length} records and ${issues.length} issues of ${bytes.length} bytes`;
  }
  const last = fragment ? MESSAGE : bytes.length;
  for (const { offset } of [...records, ...issues]) {
    if (!(Number.isInteger(offset) && offset >= 0 && offset <= last)) {
      return `offset ${offset} in ${bytes.length} bytes`;
    }
  }
  return null;
}

const DECIMAL = /^-?(0|[1-9]\d*)(\.\d+)?$/;
const CIVIL = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/;

/** Values are exact decimals, civil times, hexadecimal or text, or null: never NaN, never -0. */
function wellFormed(_, { records }) {
  for (const { kind, value, raw, dib, vib } of records) {
    if (!/^([0-9a-f]{2})*$/.test(raw + dib + vib)) return 'blocks that are no hexadecimal';
    if (value === null) continue;
    const right =
      kind === 'number'
        ? DECIMAL.test(value) && !/^-0(\.0+)?$/.test(value)
        : kind === 'date' || kind === 'datetime'
          ? CIVIL.test(value)
          : kind === 'time'
            ? /^\d\d:\d\d(:\d\d)?$/.test(value)
            : kind === 'bytes'
              ? /^([0-9a-f]{2})*$/.test(value)
              : kind === 'text';
    if (!right) return `${kind} ${JSON.stringify(value)}`;
  }
  return null;
}

/** A bare record stands in the input where it says that it does. */
function inside({ bytes, layer }, { records }) {
  if (layer !== 'records') return null;
  const all = text(bytes);
  for (const { offset, dib, vib, raw, origin } of records) {
    if (origin === undefined && !all.startsWith(dib + vib + raw, 2 * offset)) {
      return `a record at ${offset} that is not there`;
    }
  }
  return null;
}

const CHECKS = [bounded, wellFormed, inside];

/** What does not hold of an input that two builds have decoded; null where all does. */
export function broken(input, [first, second], explained) {
  for (const check of CHECKS) {
    const fault = check(input, first);
    if (fault !== null) return fault;
  }
  if (JSON.stringify(first) !== JSON.stringify(second)) return 'the builds differ';
  if (explained !== null && explained.map(({ hex }) => hex).join('') !== text(input.bytes)) {
    return 'the explained bytes are not the input';
  }
  return null;
}
