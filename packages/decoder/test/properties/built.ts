// Arbitrary telegrams: a description, and what a decoder has to say of it.

import fc from 'fast-check';
import type { DataRecord } from '../../src/index.ts';
import type { TelegramDescription } from '../../src/encode.ts';
import { record } from './built-record.ts';

export interface BuiltTelegram {
  readonly description: TelegramDescription;
  readonly key: Uint8Array;
  /** What a decoder has to be told. */
  readonly options: { readonly key: Uint8Array; readonly date?: string };
  readonly expected: readonly Partial<DataRecord>[];
}

const address = fc.record({
  manufacturer: fc.stringMatching(/^[A-Z]{3}$/),
  id: fc.stringMatching(/^[0-9]{8}$/),
  version: fc.nat(255),
  mediumCode: fc.constantFrom(2, 3, 4, 6, 7, 8, 0x16),
});

export type Scope = 'core' | 'all';

const key = fc.uint8Array({ minLength: 16, maxLength: 16 });

const CORE = ['plain', 'mode5', 'partial', 'high-first'] as const;
const ALL = [
  ...CORE,
  'mode2',
  'mode3',
  'mode5-mac',
  'mode7',
  'mode7-counter',
  'mode8',
  'mode9',
  'mode10',
  'mode7-to-meter',
  'mode5-partner',
  'plain-mac',
  'ell',
  'ell-plain',
  'ell-address',
  'ell-both',
] as const;
type Form = (typeof ALL)[number];

/** What stands around the records. `core` is wired and wireless with the modes 0 and 5. */
export function telegram(scope: Scope): fc.Arbitrary<BuiltTelegram> {
  return fc
    .record({
      meter: address,
      key,
      records: fc.array(record, { minLength: 1, maxLength: 4 }),
      wired: fc.boolean(),
      format: fc.constantFrom<'A' | 'B' | null>('A', 'B', null),
      header: fc.constantFrom<'none' | 'short' | 'long'>('none', 'short', 'long'),
      form: fc.constantFrom<Form>(...(scope === 'core' ? CORE : ALL)),
      accessNumber: fc.nat(255),
      status: fc.nat(255),
      counter: fc.nat(0xffffffff),
      date: fc.constantFrom('2000-01-01', '2026-02-28', '2080-12-31'),
    })
    .map(({ records, ...choice }) => ({
      key: keyOf(choice),
      options: { key: keyOf(choice), ...(choice.form === 'mode3' ? { date: choice.date } : {}) },
      description: { ...around(choice), records: records.map((built) => built.record) },
      expected: records.map((built) => built.expected),
    }));
}

interface Choice {
  readonly meter: TelegramDescription['meter'] & {};
  readonly key: Uint8Array;
  readonly wired: boolean;
  readonly format: 'A' | 'B' | null;
  readonly header: 'none' | 'short' | 'long';
  readonly form: Form;
  readonly accessNumber: number;
  readonly status: number;
  readonly counter: number;
  readonly date: string;
}

/** Who sends to a meter. */
const GATEWAY = { manufacturer: 'XMG', id: '87654321', version: 1, mediumCode: 0x31 };

/** Half of the key is one for DES. */
function keyOf({ form, key: whole }: Choice): Uint8Array {
  return form === 'mode2' || form === 'mode3' ? whole.subarray(0, 8) : whole;
}

function around(choice: Choice): TelegramDescription {
  const { meter, format, accessNumber, status, counter, form } = choice;
  const radio = /^(mode5-|mode7|mode8|ell|plain-)/.test(form);
  const wired = form === 'high-first' || (choice.wired && !radio);
  const link = wired
    ? ({ kind: 'wired-long', address: accessNumber } as const)
    : ({ kind: 'wireless', format } as const);
  const encrypted = form.startsWith('mode') || form === 'partial';
  const header = wired ? 'long' : encrypted && choice.header === 'none' ? 'short' : choice.header;
  const transport = { header, accessNumber, status };
  // Some of the records encrypted, where the number says so.
  const some = counter % 3 === 0 ? { records: 1 } : {};
  switch (form) {
    case 'plain':
      return { link, meter, transport };
    case 'mode5':
      return { link, meter, transport: { ...transport, security: { mode: 5, key: choice.key } } };
    case 'mode2':
      return {
        link,
        meter,
        transport: { ...transport, security: { mode: 2, key: keyOf(choice) } },
      };
    case 'mode3': {
      const security = { mode: 3, key: keyOf(choice), date: choice.date } as const;
      return { link, meter, transport: { ...transport, security } };
    }
    case 'partial':
      return {
        link,
        meter,
        transport: { ...transport, security: { mode: 5, key: choice.key, records: 1 } },
      };
    case 'high-first':
      return { link, meter, transport: { ...transport, ci: 0x76 } };
    case 'mode5-mac':
      return {
        link,
        meter,
        afl: { key: choice.key, counter, messageLength: counter % 2 === 0 },
        transport: { ...transport, security: { mode: 5, key: choice.key } },
      };
    case 'plain-mac':
      return { link, meter, afl: { key: choice.key, counter, macLength: 16 }, transport };
    case 'mode7-to-meter':
      return {
        link,
        meter,
        sender: GATEWAY,
        afl: { key: choice.key, counter },
        transport: {
          ci: 0x5b,
          accessNumber,
          security: { mode: 7, key: choice.key, ...(counter % 2 === 0 ? { counter } : {}) },
        },
      };
    case 'mode5-partner':
      return {
        link,
        meter,
        sender: GATEWAY,
        ell: { ci: 0x8e, control: status & ~2, accessNumber, peer: meter },
        afl: { key: choice.key, counter },
        transport: { ci: 0x5a, accessNumber, security: { mode: 5, key: choice.key } },
      };
    case 'mode8':
      return {
        link,
        meter,
        afl: { key: choice.key, counter },
        transport: {
          ...transport,
          security: { mode: 8, key: choice.key, ...(counter % 2 === 0 ? { counter } : {}) },
        },
      };
    case 'mode9':
      return {
        link,
        meter,
        transport: { ...transport, security: { mode: 9, key: choice.key, counter, ...some } },
      };
    case 'mode10':
      return {
        link,
        meter,
        transport: {
          ...transport,
          security: { mode: 10, key: choice.key, counter, keyVersion: 1, ...some },
        },
      };
    case 'mode7-counter':
      return {
        link,
        meter,
        transport: {
          ...transport,
          security: {
            mode: 7,
            key: choice.key,
            counter,
            ...(counter % 2 === 0 ? { keyVersion: 3 } : {}),
          },
        },
      };
    case 'ell-both':
      return {
        link,
        meter,
        ell: {
          ci: 0x8f,
          control: status & ~2,
          accessNumber,
          key: choice.key,
          session: { number: counter & 15, minutes: counter & 0xffffff },
        },
        transport,
      };
    case 'mode7':
      return {
        link,
        meter,
        afl: { key: choice.key, counter },
        transport: { ...transport, security: { mode: 7, key: choice.key } },
      };
    case 'ell':
      return {
        link,
        meter,
        ell: {
          ci: 0x8d,
          control: status & ~2,
          accessNumber,
          key: choice.key,
          session: { minutes: counter & 0xffffff },
        },
        transport,
      };
    case 'ell-plain':
      return { link, meter, ell: { ci: 0x8d, control: status & ~2, accessNumber }, transport };
    case 'ell-address':
      return { link, meter, ell: { ci: 0x8e, control: status & ~2, accessNumber }, transport };
  }
}
