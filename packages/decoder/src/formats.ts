import { type Decoder, coreOf } from './decoder.ts';

/** What `memoryOf` is asked, see assembly/decoder.ts. */
const FORMATS_AT = 0;
const FORMAT_COUNT = 1;
const FORMATS_SET = 2;
/** Bytes of a format in the cache, and how many it holds: assembly/tpl/formats.ts. */
const FORMAT_BYTES = 128;
const MOST_FORMATS = 64;

function cache(decoder: Decoder, length: number): Uint8Array {
  const core = coreOf(decoder);
  return new Uint8Array(core.memory.buffer, core.memoryOf(FORMATS_AT, 0), length);
}

/**
 * The formats of compact frames that a decoder has learned so far, to be given to {@link restoreFormats} after a restart:
 * bytes without any value or key.
 *
 * @example
 * ```ts
 * import { createDecoderSync } from '@metergram/decoder';
 * import { restoreFormats, saveFormats } from '@metergram/decoder/formats';
 *
 * const kept = saveFormats(createDecoderSync());
 * restoreFormats(createDecoderSync(), kept);
 * ```
 */
export function saveFormats(decoder: Decoder): Uint8Array {
  return cache(decoder, coreOf(decoder).memoryOf(FORMAT_COUNT, 0) * FORMAT_BYTES).slice();
}

/**
 * Puts formats back; those learned until now are forgotten. A format that does not fit its frames is found by the CRC of
 * the frame and does no harm.
 *
 * @throws RangeError `formats/size` when `formats` is not what {@link saveFormats} gives.
 */
export function restoreFormats(decoder: Decoder, formats: Uint8Array): void {
  const count = formats.length / FORMAT_BYTES;
  if (!Number.isInteger(count) || count > MOST_FORMATS)
    throw new RangeError(`formats/size: ${formats.length} bytes are not saved formats`);
  cache(decoder, formats.length).set(formats);
  coreOf(decoder).memoryOf(FORMATS_SET, count);
}
