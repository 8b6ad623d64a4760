import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encoded, type TelegramDescription } from '../../src/encode.ts';
import { hex, octets } from '../../src/encode/octets.ts';
import { explain } from '../../src/explain.ts';
import { createDecoderSync, type Telegram } from '../../src/index.ts';
import { CI_FIELDS } from '../../src/tables/ci.ts';
import { VendorFormats } from '../../src/vendor.ts';
import { BUILDS } from '../properties/decoders.ts';
import { KEY } from './telegrams.ts';

/** EN 13757-7 table 2, written down here once more: what header follows each CI field. */
const codes = (list: string): readonly number[] =>
  list.split(' ').map((code) => Number.parseInt(code, 16));
const LONG = codes(
  '53 55 5b 5f 60 64 68 6b 6c 6d 6f 72 75 76 7c 7e 80 82 84 85 87 8b 9f c0 c2 c3 c5',
);
const SHORT = codes('56 57 5a 61 65 67 6a 6e 74 7a 7b 7d 7f 88 8a 9e c1 c4');
const BARE = codes('50 51 52 54 5c 66 69 70 71 78 79 81 83 89 b8 b9 ba bb bc bd be bf 00 01 10 1f');
const RESERVED = codes('20 4f 58 59 5d 5e 62 63 91 9d c6 d0 ff');
const TO_METER = codes(
  '50 51 52 53 54 55 56 57 5a 5b 5c 5f 60 61 64 65 6c 6d 80 82 83 84 85 c0 c3',
);

const inner = { manufacturer: 'KAM', id: '87654321', version: 9, mediumCode: 4 } as const;
const outer = { manufacturer: 'ELS', id: '12345678', version: 1, mediumCode: 7 } as const;
const codesOf = ({ issues }: Telegram): string[] => issues.map(({ code }) => code);
const named = (code: number): string => code.toString(16).padStart(2, '0');

/** Encrypted in mode 5, by radio. */
function secret(ci: number, body: string, header: 'short' | 'long' = 'short'): Uint8Array {
  return encoded({
    meter: inner,
    transport: { ci, header, accessNumber: 42, security: { mode: 5, key: KEY } },
    body,
  });
}

describe.each(BUILDS.map((build) => [build.name, build] as const))('CI fields, %s', (_, build) => {
  const decode = (bytes: Uint8Array): Telegram => build.decode(bytes, { key: octets(KEY)! });

  it.each(LONG.map(named))('%s: a long header names the meter, the sender stays', (code) => {
    const transport = { ci: Number.parseInt(code, 16), header: 'long', accessNumber: 42 } as const;
    const telegram = decode(encoded({ meter: inner, sender: outer, transport, body: '' }));
    expect(telegram.accessNumber).toBe(42);
    // CI 76 sends its numbers most significant byte first.
    expect(telegram.meter).toMatchObject({ manufacturer: 'KAM', id: '87654321', version: 9 });
    expect(telegram.sender).toMatchObject({ manufacturer: 'ELS', id: '12345678' });
  });

  it.each(SHORT.map(named))('%s: a short header', (code) => {
    const transport = { ci: Number.parseInt(code, 16), header: 'short', accessNumber: 42 } as const;
    const telegram = decode(encoded({ meter: outer, transport, body: '' }));
    expect([telegram.accessNumber, telegram.status?.code]).toEqual([42, 0]);
    expect(telegram.meter?.id).toBe('12345678');
  });

  it.each(BARE.map(named))('%s: no header', (code) => {
    const transport = { ci: Number.parseInt(code, 16), header: 'none' } as const;
    const telegram = decode(encoded({ meter: outer, transport, body: '' }));
    expect([telegram.accessNumber, telegram.status]).toEqual([null, null]);
    expect(codesOf(telegram)).not.toContain('tpl/ci-unknown');
  });

  it.each(RESERVED.map(named))('%s: reserved, its bytes are kept and told', (code) => {
    const transport = { ci: Number.parseInt(code, 16), header: 'none' } as const;
    const bytes = encoded({ meter: outer, transport, body: '0413e8030000' });
    const telegram = decode(bytes);
    expect(codesOf(telegram)).toEqual(['tpl/ci-unknown']);
    expect(telegram.records.map(({ value }) => value)).toEqual(['0413e8030000']);
    expect(
      explain(createDecoderSync(), bytes).bytes.find(({ name }) => name === 'CI')?.meaning,
    ).toBe('reserved');
  });

  it('the direction chooses the key of mode 7', () => {
    for (const ci of [...LONG, ...SHORT].filter(
      (code) => ![0x80, 0x84, 0x85, 0x8a, 0x8b].includes(code),
    )) {
      const transport: TelegramDescription['transport'] = {
        ci,
        header: LONG.includes(ci) ? 'long' : 'short',
        security: { mode: 7, key: KEY, counter: 5 },
      };
      const { security } = decode(encoded({ meter: outer, transport, body: '010203' }));
      expect([named(ci), security.state]).toEqual([named(ci), 'decrypted']);
    }
    const rows = CI_FIELDS.filter(({ toMeter }) => toMeter).map(({ code }) => code);
    expect(rows).toEqual(TO_METER);
  });

  it('an application that is not made of records is decrypted, and its bytes are kept', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...codes('53 5f 60 64 7c 7e 82 87 9f c0 c5')),
        fc.constantFrom(0, 5),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        (ci, mode, body) => {
          const bytes = mode === 5 ? secret(ci, hex(body), 'long') : plainLong(ci, hex(body));
          const { records, issues, security } = decode(bytes);
          expect(security.state).toBe(mode === 5 ? 'decrypted' : 'none');
          expect(records).toHaveLength(1);
          expect(records[0]).toMatchObject({ quantity: 'application_data', vendor: true });
          // Behind them stand the fillers of the last block: their number is not told.
          expect(records[0]!.value).toMatch(new RegExp(`^${hex(body)}(2f)*$`));
          const readings = ci === 0x7c || ci === 0x7e;
          // Told where the CI field stands, also when the frame was moved to be deciphered.
          expect(issues.map(({ code, offset }) => [code, offset])).toEqual(
            readings ? [['tpl/not-records', bytes.indexOf(ci, 10)]] : [],
          );
        },
      ),
    );
  });

  it('an encrypted application error and alarm are what they are when plain', () => {
    for (const ci of [0x6e, 0x6f, 0x74, 0x75]) {
      const header = ci === 0x6f || ci === 0x75 ? 'long' : 'short';
      const telegram = decode(secret(ci, '08aabb', header));
      const { issues, records } = telegram;
      expect(issues[0]).toMatchObject({
        code: ci < 0x70 ? 'tpl/application-error' : 'tpl/alarm',
        message: expect.stringContaining('(08)'),
      });
      expect(records.map(({ raw }) => raw)).toEqual([ci < 0x70 ? 'aabb' : '08aabb']);
    }
  });

  it('an encrypted format frame teaches, and an encrypted compact frame is read', () => {
    const records = [{ quantity: 'volume', unit: 'm3', value: '123.456' }] as const;
    const security = { mode: 5, key: KEY } as const;
    const decoder = createDecoderSync({ keys: [{ manufacturer: '*', id: '*', key: KEY }] });
    const of = (content: 'format' | 'compact'): Telegram =>
      decoder.decode(
        encoded({ meter: inner, transport: { content, header: 'short', security }, records }),
      );
    expect(codesOf(of('compact'))).toEqual(['compact/format-unknown']);
    expect(codesOf(of('format'))).toEqual([]);
    const { records: read, security: state } = of('compact');
    expect(read.map(({ value, origin }) => [value, origin])).toEqual([['123.456', 'compact']]);
    expect(state.state).toBe('decrypted');
  });
});

function plainLong(ci: number, body: string): Uint8Array {
  return encoded({ meter: inner, transport: { ci, header: 'long' }, body });
}

describe('a message to a clock', () => {
  // 2026-02-28 23:59:30, type I: second, minute, hour, date as type G, week.
  const time = '1e3b175c3200';
  const decoder = createDecoderSync({ keys: [{ manufacturer: '*', id: '*', key: KEY }] });

  it('sets date and time, plain and encrypted', () => {
    for (const bytes of [
      plainLong(0x6c, `00${time}000000`),
      secret(0x6c, `00${time}000000`, 'long'),
    ]) {
      const { records, issues, link } = decoder.decode(bytes);
      expect(link.ci).toBe(0x6c);
      expect(issues).toEqual([]);
      expect(records).toMatchObject([
        { quantity: 'datetime', value: '2026-02-28T23:59:30', kind: 'datetime', raw: time },
      ]);
    }
  });

  it('moves the clock forward and back by a difference', () => {
    const offset = (body: string): unknown => {
      const [record] = decoder.decode(plainLong(0x6d, body)).records;
      return [record?.quantity, record?.value, record?.unit];
    };
    expect(offset('010f0201000000000000')).toEqual(['clock_offset', '3735', 's']);
    expect(offset('020f0201000000000000')).toEqual(['clock_offset', '-3735', 's']);
  });

  it('that does not fit in every byte stays as it stands', () => {
    const good = `00${time}000000`;
    const bad = [
      good.slice(0, -2), // a byte too few
      `01${time}000000`, // adds a time
      `00${time}000100`, // reserved bytes in use
      '00ffffffffffff000000', // no time
      '003c3b175c3200000000', // 60 seconds
    ];
    for (const body of bad)
      expect(decoder.decode(plainLong(0x6c, body)).records).toMatchObject([
        { quantity: 'application_data', value: body },
      ]);
    for (const body of [
      '000f0201000000000000',
      '030f0201000000000000',
      '010f0201000000000001',
      '010f3c01000000000000',
    ])
      expect(decoder.decode(plainLong(0x6d, body)).records).toMatchObject([
        { quantity: 'application_data', value: body },
      ]);
  });
});

describe('explained', () => {
  const rows = (bytes: Uint8Array): string[] =>
    explain(
      createDecoderSync({ keys: [{ manufacturer: '*', id: '*', key: KEY }] }),
      bytes,
    ).bytes.map(
      ({ plain, hex: sent, layer, name, meaning }) =>
        `${plain ?? sent} ${layer} ${name}: ${meaning}`,
    );

  it('an encrypted application error', () => {
    expect(rows(secret(0x6e, '08')).slice(-4)).toEqual([
      '1005 tpl CF: security mode 5: 1 encrypted blocks',
      '2f2f tpl filler: idle: shows that the key fits',
      '08 tpl error: application too busy for handling a readout request',
      '2f2f2f2f2f2f2f2f2f2f2f2f2f records filler: idle',
    ]);
  });

  it('a clock message, and a format frame', () => {
    expect(rows(plainLong(0x6d, '020f0201000000000000')).slice(-3)).toEqual([
      '02 tpl TC: time control: subtract',
      '0f0201 vendor data: clock_offset: -3735 s',
      '000000000000 records data: not decoded (clock: add or subtract a difference, long header)',
    ]);
    const records = [{ quantity: 'volume', unit: 'm3', value: '1' }] as const;
    const format = encoded({ meter: inner, transport: { content: 'format' }, records });
    expect(rows(format).slice(-4, -1)).toEqual([
      '0000 tpl CF: security mode 0: not encrypted',
      '04 tpl LEN: 4 bytes of format',
      expect.stringMatching(/^[0-9a-f]{4} tpl signature: format [0-9a-f]{4}$/),
    ]);
  });

  it('the fixed structure, most significant byte first', () => {
    const bytes = encoded({
      link: { kind: 'wired-long' },
      transport: { ci: 0x77, header: 'none' },
      body: '123456780a00e97e0000000100000135',
    });
    expect(rows(bytes).slice(6, 11)).toEqual([
      '77 tpl CI: fixed data structure, most significant byte first',
      '12345678 tpl ID: identification number 12345678',
      '0a tpl ACC: access number 10',
      '00 tpl STS: BCD counters, actual',
      'e97e tpl Unit: medium and units of both counters',
    ]);
  });

  const fixed = (ci: number, body: string): Telegram =>
    createDecoderSync().decode(
      encoded({ link: { kind: 'wired-long' }, transport: { ci, header: 'none' }, body }),
    );

  it('of the fixed structure, the status tells how counters are sent, and what it tells elsewhere', () => {
    expect(fixed(0x73, '785634120a07e97e0100000035010000')).toMatchObject({
      status: { code: 7, flags: ['power_low'] },
      records: [
        { value: '0.001', storage: 1 },
        { value: '0.309', storage: 1 },
      ],
    });
  });

  it('of another length, CI 73 is a compact frame with a long header by wire as well', () => {
    // ID, manufacturer, version, type, ACC, STS, CF; signature, CRC, data.
    const { meter, records, issues } = fixed(
      0x73,
      '785634122d2c0104 0a000000 1234 5678 0102'.replaceAll(' ', ''),
    );
    expect(meter).toMatchObject({ manufacturer: 'KAM', id: '12345678' });
    expect(records).toEqual([]);
    expect(issues.map(({ code }) => code)).toEqual(['compact/format-unknown']);
  });

  it('behind the fixed structure of CI 77, bytes are kept', () => {
    expect(fixed(0x77, '123456780a00e97e0000000100000135aabb').records.slice(2)).toMatchObject([
      { quantity: 'manufacturer_data', raw: 'aabb' },
    ]);
  });
});

it('a format of the user reads an application that is not made of records, behind its header', () => {
  const dlms = new VendorFormats([
    {
      name: 'an APDU',
      manufacturer: 'KAM',
      ci: 0x7c,
      part: 'application',
      decode: (bytes) => [{ at: 1, length: 1, quantity: 'tag', value: `${bytes[0]}` }],
    },
  ]);
  const decoder = createDecoderSync({ keys: [{ manufacturer: '*', id: '*', key: KEY }] });
  const telegram = dlms.apply(decoder.decode(secret(0x7c, '0f8000', 'long')));
  expect(telegram.records).toMatchObject([{ quantity: 'tag', value: '15', origin: 'vendor' }]);
  expect(telegram.issues).toEqual([]);
});
