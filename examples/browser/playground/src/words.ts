import type { Layer, MeterAddress, Telegram } from '@metergram/decoder';

export const LAYERS: Readonly<Record<Layer, string>> = {
  input: 'Input',
  link: 'Link layer',
  ell: 'Extended link layer',
  afl: 'Authentication and fragmentation',
  tpl: 'Transport layer',
  records: 'Data records',
  vendor: 'Manufacturer data',
};

/** A table's word as people read it: `flow_temperature` is `flow temperature`, `m3` is `m³`. */
export const spaced = (word: string): string =>
  word.replaceAll('_', ' ').replaceAll(/\bm3\b/g, 'm³');

/** `KAM 12345678`. */
export function meterName(meter: MeterAddress): string {
  return meter.manufacturer === null ? meter.id : `${meter.manufacturer} ${meter.id}`;
}

/** What a telegram is headed with. */
export function titleOf({ meter, link }: Telegram): string {
  if (meter !== null) return `${spaced(meter.medium)} · ${meterName(meter)}`;
  if (link.kind === 'wired-ack') return 'acknowledgement';
  if (link.kind === 'wired-short') return `${link.function ?? 'command'} to a meter`;
  return link.kind === 'none' ? 'no meter' : 'a telegram that names no meter';
}

/** Whether the bytes could be read, and if not, what would help. */
export function securityOf({ security, meter, sender }: Telegram): string {
  const mode = `security mode ${security.mode}`;
  const whose = meter === null ? 'this meter' : meterName(meter);
  const mac =
    security.mac === undefined ? '' : security.mac === 'ok' ? ', MAC right' : ', MAC wrong';
  switch (security.state) {
    case 'none':
      return `not encrypted${mac}`;
    case 'decrypted':
      return `decrypted, ${mode}${mac}`;
    case 'plain':
      return `marked as encrypted (${mode}), but readable as it stands${mac}`;
    case 'key-missing':
      return `encrypted, ${mode}: put the key of ${whose} under Keys`;
    case 'key-wrong':
      return (
        `encrypted, ${mode}: the key for ${whose} does not fit` +
        (sender === undefined ? '' : `; ${meterName(sender)} only sends for it`)
      );
    case 'unsupported':
      return `encrypted in a way that is not supported, ${mode}`;
  }
}

const CRC = { ok: 'CRC right', removed: 'CRCs already removed', wrong: 'CRC wrong' };
const CHECKSUM = { ok: 'checksum right', removed: 'no checksum', wrong: 'checksum wrong' };

export function linkOf({ link }: Telegram): string {
  const wired = link.kind.startsWith('wired');
  return [
    link.kind === 'none'
      ? 'bare records, or no telegram at all'
      : spaced(link.kind.replace('-', ' ')),
    ...(link.format === null ? [] : [`format ${link.format}`]),
    ...(link.kind === 'none' ? [] : [(wired ? CHECKSUM : CRC)[link.crc]]),
    ...(link.function === null ? [] : [link.function]),
    ...(link.address === undefined ? [] : [`primary address ${link.address}`]),
  ].join(', ');
}

export const bytesOf = (hex: string): string => hex.toUpperCase().match(/../g)?.join(' ') ?? '';

export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
