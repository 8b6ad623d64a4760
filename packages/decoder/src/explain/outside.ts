import type { Telegram } from '../telegram.ts';
import type { Mark } from './mark.ts';

/** What a byte is, without its place. */
type Said = Omit<Mark, 'start' | 'end'>;

const link = (name: string, meaning: string, clause: string): Said => ({
  layer: 'link',
  name,
  meaning,
  clause,
});

const CRC = 'EN 13757-4 11.5';
const WIRED = 'EN 13757-2 5.4';

/** Whether a CRC of the frame format stands `at` bytes behind L, in a telegram of `size` bytes with its CRCs. */
function isCrc(format: 'A' | 'B', at: number, size: number): boolean {
  if (at >= size - 2) return at < size;
  if (format === 'B') return at === 126 || at === 127;
  return at < 12 ? at >= 10 : (at - 12) % 18 >= 16;
}

/** Bytes from L to the last CRC, by the length field. */
function sizeOf(format: 'A' | 'B', length: number): number {
  return format === 'B' ? length + 1 : length + 3 + 2 * Math.ceil((length - 9) / 16);
}

/** A byte of a radio frame that is none of its content: a CRC, or what a wrong CRC makes worthless. */
function aroundBlocks(
  { issues, link: { crc } }: Telegram,
  start: number,
  at: number,
  format: 'A' | 'B',
  size: number,
): Said {
  if (!isCrc(format, at - start, size))
    return link('block', 'not read: its CRC is wrong, or one before it', CRC);
  if (crc === 'ok') return link('CRC', 'ok', CRC);
  const wrong = issues.find(({ code }) => code === 'link/crc')?.offset ?? 0;
  return at < wrong
    ? link('CRC', 'ok', CRC)
    : link('CRC', at < wrong + 2 ? 'wrong' : 'not checked', CRC);
}

/** What stands outside the frame: CRCs and checksum, stop character, noise. */
export function outside(
  telegram: Telegram,
  given: Uint8Array,
  at: number,
  start: number,
  frameEnd: number,
): Said {
  const { kind, format } = telegram.link;
  if (at < start) return link('noise', 'before the start of the telegram', '');
  if (kind.startsWith('wired') && at === frameEnd)
    return link('CS', `checksum ${telegram.link.crc}`, WIRED);
  if (kind.startsWith('wired') && at === frameEnd + 1) return link('stop', '16', WIRED);
  const ends = telegram.issues.find(({ code }) => code === 'link/trailing-bytes');
  if (ends !== undefined && at >= ends.offset)
    return link('trailing', 'behind the end of the telegram', '');
  if (format === null) return link('bytes', 'not part of any frame', '');
  return aroundBlocks(telegram, start, at, format, sizeOf(format, given[start] ?? 0));
}
