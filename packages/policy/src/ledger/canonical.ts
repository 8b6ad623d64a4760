/**
 * One text for one value, whatever the order of its keys: keys sorted by code units, no spaces, `undefined` left out.
 * The part of RFC 8785 that JSON without odd numbers needs. Throws `RangeError` for numbers that JSON cannot hold.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string')
    return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError('a number that JSON cannot hold');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  if (typeof value !== 'object') throw new RangeError(`a ${typeof value}, which JSON cannot hold`);
  const record = value as Readonly<Record<string, unknown>>;
  const parts = Object.keys(record)
    .filter((key) => record[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(record[key])}`);
  return `{${parts.join(',')}}`;
}
