import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encoded, type TelegramDescription } from '../../src/encode.ts';
import { createDecoderSync, type Telegram } from '../../src/index.ts';
import { type VendorFormat, VendorFormats, type VendorRecord, scaled } from '../../src/vendor.ts';
import { hex } from '../../src/encode/octets.ts';
import { KEY } from '../core/telegrams.ts';

const meter = { manufacturer: 'QQQ', id: '12345678', version: 3, mediumCode: 7 };
const decoder = createDecoderSync({ keys: [{ manufacturer: '*', id: '*', key: KEY }] });

function application(
  body: string,
  change: Partial<TelegramDescription> = {},
): [Uint8Array, Telegram] {
  const bytes = encoded({ meter, transport: { ci: 0xa2, header: 'none' }, body, ...change });
  return [bytes, decoder.decode(bytes)];
}

/** One record for each byte, whose value is the byte. */
const eachByte: VendorFormat = {
  name: 'each byte',
  manufacturer: 'QQQ',
  part: 'application',
  decode: (bytes) =>
    Array.from(bytes, (byte, at) => ({
      at,
      length: 1,
      quantity: 'vendor_status',
      value: `${byte}`,
    })),
};
const apply = (telegram: Telegram, ...formats: Partial<VendorFormat>[]): Telegram =>
  new VendorFormats(formats.map((format) => ({ ...eachByte, ...format }))).apply(telegram);

describe('a format of the user', () => {
  it('reads the bytes behind a CI field, each at its place in the input, whatever the link', () => {
    const links: TelegramDescription['link'][] = [
      { kind: 'wireless' },
      { kind: 'wireless', format: 'A' },
      { kind: 'wireless', format: 'B' },
    ];
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 150 }),
        fc.constantFrom(...links),
        (body, link) => {
          const [bytes, telegram] = application(hex(body), { link: link! });
          const { records, issues } = apply(telegram, {});
          expect(records.map(({ value }) => Number(value))).toEqual([...body]);
          for (const { offset, raw, vendor, origin, dib, vib } of records) {
            expect(raw).toBe(hex(bytes.subarray(offset, offset + 1)));
            expect([vendor, origin, dib, vib]).toEqual([true, 'vendor', '', '']);
          }
          expect(issues).toEqual([]);
        },
      ),
    );
  });

  it('reads what stands behind DIF 0F, decrypted, and leaves the records before it', () => {
    for (const security of [{ mode: 0 }, { mode: 5, key: KEY }] as const) {
      const bytes = encoded({
        meter,
        transport: { security },
        records: [
          { quantity: 'volume', unit: 'm3', value: '123.456' },
          { vendorData: '01020304050607' },
        ],
      });
      const plain = decoder.decode(bytes);
      const { records } = apply(plain, { part: 'tail' });
      expect(records[0]).toEqual(plain.records[0]);
      expect(records.slice(1).map(({ value }) => value)).toEqual([
        '1',
        '2',
        '3',
        '4',
        '5',
        '6',
        '7',
      ]);
      expect(records.map(({ offset }) => offset).slice(1)).toEqual(
        [1, 2, 3, 4, 5, 6, 7].map((step) => plain.records[1]!.offset + step),
      );
    }
  });

  it('reads the value of a record with a VIF of its own, which keeps its DIB and VIB', () => {
    const bytes = encoded({
      link: { kind: 'wired-long' },
      meter,
      body: '0c135634120004ff20010203040cff2111223344',
    });
    const { records } = apply(decoder.decode(bytes), {
      part: 'record',
      vib: 'FF20',
      decode: (all, { vib }) => [
        {
          at: 0,
          length: all.length,
          quantity: 'fraud',
          value: scaled(all[0]!, 0),
          modifiers: [vib],
        },
      ],
    });
    expect(records.map(({ quantity }) => quantity)).toEqual([
      'volume',
      'fraud',
      'manufacturer_specific',
    ]);
    expect(records[1]).toMatchObject({
      dib: '04',
      vib: 'ff20',
      raw: '01020304',
      origin: 'vendor',
      modifiers: ['ff20'],
    });
    expect(records[1]).not.toHaveProperty('vendor');
    expect(bytes[records[1]!.offset]).toBe(0x01);
  });

  it('reads a whole body behind a header that should have records, each byte at its place', () => {
    const body = { ...eachByte, part: 'body' } as const;
    const links: TelegramDescription['link'][] = [
      { kind: 'wireless' },
      { kind: 'wireless', format: 'A' },
      { kind: 'wireless', format: 'B' },
      { kind: 'wired-long' },
    ];
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.constantFrom(...links),
        fc.constantFrom('none', 'short', 'long'),
        fc.constantFrom(0, 5),
        (octets, link, header, mode) => {
          // A mode-5 telegram has a header with its configuration field, and by radio its meter in the link layer.
          fc.pre(
            mode === 0 || (header !== 'none' && (link!.kind === 'wireless' || header === 'long')),
          );
          const security = mode === 5 ? ({ mode, key: KEY } as const) : ({ mode: 0 } as const);
          const bytes = encoded({
            meter,
            link: link!,
            transport: { header, security },
            body: hex(octets),
          });
          const telegram = new VendorFormats([body]).decode(decoder, bytes);
          // Wired without a long header nothing names a maker.
          if (link!.kind === 'wired-long' && header !== 'long') {
            expect(telegram).toEqual(decoder.decode(bytes));
            return;
          }
          const filled =
            mode === 5 ? Math.ceil((octets.length + 2) / 16) * 16 - 2 - octets.length : 0;
          const sent = [...octets, ...Array<number>(filled).fill(0x2f)];
          expect(telegram.records.map(({ value }) => Number(value))).toEqual(sent);
          expect(telegram.issues.filter(({ layer }) => layer === 'records')).toEqual([]);
          const places = telegram.records.map(({ offset }) => offset);
          expect(new Set(places).size).toBe(sent.length);
          if (mode === 0) expect(places.map((place) => bytes[place])).toEqual([...octets]);
        },
      ),
    );
  });

  it('of a body that it does not know, or that no key opens, leaves what the decoder reads', () => {
    const read = { ...eachByte, part: 'body', decode: () => undefined } as const;
    const records = [{ quantity: 'volume', unit: 'm3', value: '1.000' }] as const;
    const plain = encoded({ meter, records });
    expect(new VendorFormats([read]).decode(decoder, plain)).toEqual(decoder.decode(plain));
    const other = createDecoderSync();
    const secret = encoded({ meter, transport: { security: { mode: 5, key: KEY } }, records });
    const asked = {
      ...eachByte,
      part: 'body',
      decode: () => {
        throw new Error('asked');
      },
    } as const;
    const telegram = new VendorFormats([asked]).decode(other, secret);
    expect(telegram).toEqual(other.decode(secret));
    expect(new VendorFormats([asked]).decode(decoder, plain).issues.at(-1)).toMatchObject({
      code: 'vendor/hook-failed',
    });
  });

  it('is asked for its meters only, and in order', () => {
    const [, telegram] = application('01');
    const untouched: Partial<VendorFormat>[] = [
      { manufacturer: ['KAM', 'XXX'] },
      { version: 4 },
      { mediumCode: [1, 2] },
      { ci: 0xa1 },
      { part: 'tail' },
      { part: 'record' },
      { decode: () => undefined },
    ];
    for (const format of untouched) expect(apply(telegram, format)).toBe(telegram);
    const fitting = { manufacturer: ['KAM', 'qqq'], version: [3], mediumCode: 7, ci: [0xa1, 0xa2] };
    expect(apply(telegram, fitting).records[0]?.value).toBe('1');
    const second = apply(telegram, { decode: () => undefined }, { decode: () => [] });
    expect(second.records).toEqual([]);
    const first = apply(telegram, {}, { decode: () => [] });
    expect(first.records).toHaveLength(1);
    expect(() => new VendorFormats([{ ...eachByte, manufacturer: 'Q1' }])).toThrow('vendor/format');
  });

  it('gets a copy, and what it needs to know', () => {
    const [, telegram] = application('0102');
    const before = structuredClone(telegram);
    apply(telegram, {
      decode: (bytes, context) => {
        expect(context).toEqual({
          meter: telegram.meter,
          ci: 0xa2,
          accessNumber: null,
          status: null,
          vib: '',
        });
        bytes.fill(9);
        Object.assign(context.meter, { id: '00000000' });
        return [];
      },
    });
    expect(telegram).toEqual(before);
  });
});

describe('a fault of a format', () => {
  const [, telegram] = application('0102');
  const good: VendorRecord = { at: 0, length: 2, quantity: 'volume', value: '1.0' };

  it.each([
    [
      'an error',
      () => {
        throw new Error('no such thing');
      },
      'no such thing',
    ],
    [
      'something else',
      () => {
        throw 'text' as unknown;
      },
      'text',
    ],
    ['what is not to be gone through', () => 7 as never, 'iterable'],
    [
      'a fault on the way',
      function* fail() {
        yield good;
        throw new RangeError('late');
      },
      'late',
    ],
    [
      'an object that throws when it is looked at',
      () =>
        [
          {
            get at(): number {
              throw new Error('trap');
            },
          },
        ] as never,
      'trap',
    ],
  ])('that is %s is an issue, and the bytes stay', (_, decode, why) => {
    const result = apply(telegram, { decode: decode as VendorFormat['decode'] });
    expect(result.records).toEqual(telegram.records);
    expect(result.issues.at(-1)).toMatchObject({
      code: 'vendor/hook-failed',
      severity: 'error',
      layer: 'vendor',
      offset: telegram.records[0]!.offset,
    });
    expect(result.issues.at(-1)!.message).toContain(why);
  });

  it.each([
    [null],
    ['text'],
    [{}],
    [{ ...good, at: 1 }],
    [{ ...good, at: -1 }],
    [{ ...good, length: 0.5 }],
    [{ ...good, quantity: '' }],
    [{ ...good, unit: 3 }],
    [{ ...good, value: 1 }],
    [{ ...good, value: '1e3' }],
    [{ ...good, value: '-0.0' }],
    [{ ...good, value: '1', kind: 'float' }],
    [{ ...good, value: '1', kind: 'toString' }],
    [{ ...good, value: '1.1.2026', kind: 'date' }],
    [{ ...good, value: 'abc', kind: 'bytes' }],
    [{ ...good, function: 'mean' }],
    [{ ...good, storage: -1 }],
    [{ ...good, modifiers: 'backward' }],
  ])('that gives %j is an issue, and the bytes stay', (one) => {
    const result = apply(telegram, { decode: () => [good, one as never] });
    expect(result.records).toEqual(telegram.records);
    expect(result.issues.at(-1)?.code).toBe('vendor/hook-invalid');
    expect(result.issues.at(-1)?.message).toContain('each byte, record 1');
  });

  it('that never ends is ended', () => {
    const result = apply(telegram, {
      decode: function* endless() {
        for (;;) yield good;
      },
    });
    expect(result.issues.at(-1)?.message).toContain('more than 1000');
  });

  it('never reaches the caller, whatever comes back', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        const result = apply(telegram, { decode: () => anything as never });
        expect(result.meter).toEqual(telegram.meter);
      }),
    );
  });
});

it('scaled makes exact decimals only', () => {
  expect([scaled(123450n, -3), scaled(-0, -1), scaled(5, 2), scaled(-7, -3)]).toEqual([
    '123.450',
    '0.0',
    '500',
    '-0.007',
  ]);
  for (const [mantissa, exponent] of [
    [0.1, 0],
    [2 ** 53, 0],
    [1, 0.5],
    [1, 100],
  ] as const)
    expect(() => scaled(mantissa, exponent)).toThrow('vendor/scale');
});
