import type { DataRecord, Telegram, TelegramIssue } from '@metergram/decoder';
import type { CreateDecoder, TelegramDecoder } from '../../src/decode/decoding.ts';

/** A record with the fields that a test does not care about filled in. */
export function record(fields: Partial<DataRecord> = {}): DataRecord {
  return {
    quantity: 'volume',
    unit: 'm3',
    value: '123.456',
    kind: 'number',
    function: 'instantaneous',
    storage: 0,
    tariff: 0,
    subunit: 0,
    modifiers: [],
    dib: '0c',
    vib: '13',
    raw: '56341200',
    offset: 17,
    ...fields,
  };
}

export function issue(fields: Partial<TelegramIssue> = {}): TelegramIssue {
  return {
    code: 'record/truncated',
    severity: 'error',
    layer: 'records',
    offset: 41,
    message: 'the value ends after 2 of 4 bytes',
    ...fields,
  };
}

export function telegram(fields: Partial<Telegram> = {}): Telegram {
  return {
    schema: 'metergram.telegram/1',
    link: { kind: 'wireless', format: null, crc: 'removed', control: 68, function: 'SND-NR' },
    meter: {
      manufacturer: 'KAM',
      id: '12345678',
      version: 27,
      medium: 'water',
      mediumCode: 7,
    },
    security: { mode: 0, layer: null, state: 'none' },
    accessNumber: 120,
    status: { code: 0, flags: [] },
    records: [record()],
    issues: [],
    ...fields,
  };
}

/**
 * Stands in for the decoder: a telegram whose first byte is ff is damaged, and every telegram's one record tells its
 * bytes, layer and whether a key came with the call.
 */
export const standIn: CreateDecoder = ({ keys = [] }) =>
  Promise.resolve(
    decoding((bytes, options = {}) =>
      telegram({
        records: [
          record({
            kind: 'text',
            unit: '',
            value: [
              Buffer.from(bytes).toString('hex'),
              options.layer ?? 'whole',
              options.key === undefined ? `${keys.length} keys` : 'own key',
            ].join(' '),
          }),
        ],
        issues: bytes[0] === 0xff ? [issue()] : [],
      }),
    ),
  );

/** A decoder that decodes batches as it does single telegrams, two at a time. */
export function decoding(decode: TelegramDecoder['decode']): TelegramDecoder {
  return {
    decode,
    decodeBatch: (bytes, offsets, from = 0) => ({
      length: Math.min(2, offsets.length - 1 - from),
      telegram: (index) => decode(bytes.subarray(offsets[from + index], offsets[from + index + 1])),
    }),
  };
}
