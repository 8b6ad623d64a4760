// Format and compact frames, EN 13757-3:2018 annex G.
//
//   format    length(1) signature(2) headers…
//   compact   signature(2) CRC of the full frame's records(2) data…

import { FORMATS } from '../../src/tables/formats.ts';
import { crc } from './cipher.ts';
import { bytesOf, type Octets } from './octet.ts';
import { lengthOfData } from './records.ts';
import { readVib } from './vib.ts';

/** Headers of full frames by their signature, the CRC over them. */
export type Formats = Map<number, Octets>;

/** The formats that every decoder knows from the start: those of meters seen in the field, as published. */
export function knownFormats(): Formats {
  return new Map(
    FORMATS.map(({ signature, headers }) => {
      const digits = headers.replaceAll(' ', '').match(/../g) ?? [];
      return [signature, digits.map((pair) => ({ value: Number.parseInt(pair, 16), at: 0 }))];
    }),
  );
}

function wordAt(octets: Octets, at: number): number {
  return octets[at]!.value + 256 * octets[at + 1]!.value;
}

/** Keep a format frame's headers; false where they do not fit their own signature. */
export function keepFormat(body: Octets, formats: Formats): boolean {
  const length = body[0]?.value ?? 0;
  if (length <= 2 || body.length < 1 + length) return false;
  const headers = body.slice(3, 1 + length);
  const signature = wordAt(body, 1);
  if (crc(bytesOf(headers)) !== signature) return false;
  if (!formats.has(signature)) formats.set(signature, headers);
  return true;
}

/** Places behind DIB and VIB of the header that begins at `at`; null where it is none. */
function endOfHeader(headers: Octets, at: number): number | null {
  let end = at;
  while (headers[end] !== undefined && headers[end]!.value & 0x80) end++;
  if (headers[end] === undefined) return null;
  try {
    return readVib(headers, end + 1, false, () => {
      throw new RangeError('no header');
    }).next;
  } catch {
    return null;
  }
}

/** The full frame's records, or why there are none. */
export function rebuild(
  body: Octets,
  formats: Formats,
): Octets | 'compact/crc' | 'compact/format-unknown' {
  if (body.length < 4) return 'compact/crc';
  const headers = formats.get(wordAt(body, 0));
  if (headers === undefined) return 'compact/format-unknown';
  // What is rebuilt stands nowhere in the bytes as given: it counts from where the frame's body begins.
  const place = body[0]!.at;
  const full: { value: number; at: number }[] = [];
  let data = 4;
  for (let at = 0; at < headers.length;) {
    const end = endOfHeader(headers, at);
    if (end === null) return 'compact/crc';
    const length = lengthOfData(headers[at]!.value & 0x0f, body[data]?.value);
    if (length === null || data + length > body.length) return 'compact/crc';
    full.push(...headers.slice(at, end), ...body.slice(data, data + length));
    at = end;
    data += length;
  }
  const rebuilt = full.map(({ value }) => ({ value, at: place }));
  return crc(bytesOf(rebuilt)) === wordAt(body, 2) ? rebuilt : 'compact/crc';
}
