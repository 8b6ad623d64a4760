import { encoded, type TelegramDescription } from '../../src/encode.ts';
import type { Telegram } from '../../src/index.ts';

/** A telegram of a manufacturer's own application: CI field and bytes behind it. */
export function own(
  manufacturer: string,
  version: number,
  mediumCode: number,
  ci: number,
  body: string,
): Uint8Array {
  return encoded({
    meter: { manufacturer, id: '12345678', version, mediumCode },
    transport: { ci, header: 'none' },
    body: body.replaceAll(' ', ''),
  });
}

/** Records with a short header. */
export function plain(
  manufacturer: string,
  version: number,
  mediumCode: number,
  body: string,
  transport: TelegramDescription['transport'] = {},
): Uint8Array {
  return encoded({
    meter: { manufacturer, id: '12345678', version, mediumCode },
    transport: { header: 'short', ...transport },
    body: body.replaceAll(' ', ''),
  });
}

export function values({ records }: Telegram): string[] {
  return records
    .filter(({ value, kind }) => value !== null && kind !== 'bytes')
    .map(
      ({ quantity, value, unit, storage, tariff, subunit, function: kind, ...rest }) =>
        `${quantity}${storage > 0 ? `@${storage}` : ''}${tariff + subunit > 0 ? `.${tariff}.${subunit}` : ''}${kind === 'instantaneous' ? '' : ` ${kind}`} ${value}${unit}${rest.vendor ? rest.modifiers.join(',') : ''}`,
    );
}
