import { describe, expect, it } from 'vitest';
import { encoded } from '../../src/encode.ts';
import { octets } from '../../src/encode/octets.ts';
import { createDecoderSync, type DataRecord } from '../../src/index.ts';

const decoder = createDecoderSync();
const records = (hex: string): readonly DataRecord[] =>
  decoder.decode(octets(hex)!, { layer: 'records' }).records;

describe('what telegrams seldom hold', () => {
  it('a VIFE of the second table, behind FC: voltage and current by phase', () => {
    expect(
      records('02 FDC8FC01 E600  02 FDC8FC02 E700  02 FDDBFC03 0500').map(
        ({ quantity, modifiers }) => [quantity, ...modifiers],
      ),
    ).toEqual([
      ['voltage', 'phase_l1'],
      ['voltage', 'phase_l2'],
      ['current', 'phase_l3'],
    ]);
  });

  it('a VIFE that is cut off behind FC: the record is cut short', () => {
    const { issues } = decoder.decode(octets('02 13 0100 02 FDC8FC')!, { layer: 'records' });
    expect(issues.map(({ code, offset }) => [code, offset])).toEqual([['record/truncated', 4]]);
  });

  it.each(['93', 'FD', 'FB', 'EF', 'FDFD', '93FC', 'FF', 'FDC8FC'])(
    'a VIB that is cut off behind %s: how much is missing cannot be said',
    (vib) => {
      // A new decoder: nothing that was read before stands behind the end.
      const { issues } = createDecoderSync().decode(octets(`041301000000${`04${vib}`}`)!, {
        layer: 'records',
      });
      expect(issues.map(({ code, offset, message }) => [code, offset, message])).toEqual([
        ['record/truncated', 6, 'bytes of the record are missing'],
      ]);
    },
  );

  it('whole numbers below zero as IEEE 754, as exactly as those above', () => {
    expect(
      records('05 13 000040C1  05 13 00004041  05 13 0000C0BF').map(({ value }) => value),
    ).toEqual(['-0.012', '0.012', '-0.0015']);
  });

  it('a fraction of 4096ths that has more digits than a number can hold: told, not wrapped', () => {
    expect(records('07 FB68 0010000000000000').map(({ value }) => value)).toEqual([
      '1.000000000000',
    ]);
    for (const raw of ['000000000000007f', '00000000000000f0'])
      expect(records(`07 FB68 ${raw}`)).toMatchObject([{ value: null, raw }]);
    // BCD, below zero.
    expect(records('0E FB68 9999999999F9')).toMatchObject([{ value: null, raw: '9999999999f9' }]);
  });

  it('the longest digits of variable length, below zero and above', () => {
    const nines = '99'.repeat(9);
    expect(records(`0D 13 C9 ${nines}`)[0]?.value).toBe('999999999999999.999');
    expect(records(`0D 13 D9 ${nines}`)[0]?.value).toBe('-999999999999999.999');
    // Thirty digits are more than a record holds: their bytes are kept.
    const [longest] = records(`0D 13 DF 0100 ${'00'.repeat(13)}`);
    expect([longest?.kind, longest?.value]).toEqual(['bytes', `01${'00'.repeat(14)}`]);
  });

  it('a VIB that is cut off counts no bytes that are missing: none is known', () => {
    const cut = decoder.decode(octets('04 93')!, { layer: 'records' });
    const data = decoder.decode(octets('04 13 0102')!, { layer: 'records' });
    const noLength = decoder.decode(octets('0D 13')!, { layer: 'records' });
    const noDife = decoder.decode(octets('84')!, { layer: 'records' });
    for (const { issues } of [cut, noLength, noDife])
      expect(issues.map(({ message }) => /\d/.test(message))).toEqual([false]);
    expect(data.issues.map(({ message }) => /2/.test(message))).toEqual([true]);
  });

  it('the text of a plain-text unit in front of the VIFEs, as meters in the field send it', () => {
    const [record, next] = records('02 FC 03 485225 74 0100  02 13 E803');
    expect([record?.value, record?.unit, record?.modifiers]).toEqual([
      '0.01',
      '%RH',
      ['times_10^-2'],
    ]);
    expect(next?.value).toBe('1.000');
  });

  it('a plain-text unit of one letter', () => {
    const told = (hex: string): unknown =>
      records(hex).map(({ value, unit, modifiers }) => [value, unit, ...modifiers]);
    expect(told('02 7C 01 48 0100')).toEqual([['1', 'H']]);
    // The same in front of a VIFE.
    expect(told('02 FC 01 48 74 0100')).toEqual([['0.01', 'H', 'times_10^-2']]);
  });

  it('the text of a plain-text unit behind the VIFEs, as EN 13757-3:2018 has it', () => {
    const [record, next] = records('02 FC74 03 485225 0100  02 13 E803');
    expect([record?.value, record?.unit, record?.modifiers]).toEqual([
      '0.01',
      '%RH',
      ['times_10^-2'],
    ]);
    expect(next?.value).toBe('1.000');
    for (const cut of ['02 FC74', '02 FC74 03 4852']) {
      const { issues, records: none } = decoder.decode(octets(cut)!, { layer: 'records' });
      expect(none).toEqual([]);
      expect(issues.map(({ code, offset }) => [code, offset])).toEqual([['record/truncated', 0]]);
    }
  });

  it('the most negative number of 64 bits is none, the next one is', () => {
    expect(records('07 03 0000000000000080')[0]?.value).toBe(null);
    expect(records('07 03 0100000000000080')[0]?.value).toBe('-9223372036854775807');
  });

  it('half months and months: the same day, or the last one, and fifteen days on', () => {
    // A date (storage 1), the register at it, and a profile (VIFE 1F) of increments that go on by half months (FD) or months (FE).
    const times = (date: string, spacing: string): unknown =>
      records(`42 6C ${date}  44 13 00000000  4D 93 1F 06 71${spacing} 01 01 01 01`)
        .filter(({ kind, origin }) => kind !== 'number' && origin === 'profile')
        .map(({ value }) => value?.slice(0, 10));
    expect(times('4A 31', 'FD')).toEqual(['2026-01-25', '2026-02-10', '2026-02-25', '2026-03-10']);
    expect(times('5F 31', 'FD')).toEqual(['2026-02-16', '2026-02-28', '2026-03-16', '2026-03-31']);
    expect(times('5F 31', 'FE')).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
  });

  it('the fixed structure of media A to E sends its counters most significant byte first, F not', () => {
    const counter = (medium: number): unknown => {
      // Medium bits: two in each unit byte.
      const units = [0x28 | ((medium & 3) << 6), 0x28 | ((medium >> 2) << 6)];
      const body = [
        '78563412',
        '0a',
        '01',
        ...units.map((byte) => byte.toString(16).padStart(2, '0')),
      ];
      const bytes = encoded({
        link: { kind: 'wired-long' },
        transport: { ci: 0x73, header: 'none' },
        body: `${body.join('')}0100000002000000`,
      });
      return decoder.decode(bytes).records[0]?.value?.replace(/\D/g, '').replace(/^0+/, '');
    };
    for (const medium of [0xa, 0xe]) expect(counter(medium)).toBe(String(0x0100_0000));
    for (const medium of [0x9, 0xf]) expect(counter(medium)).toBe('1');
  });

  it('century bits of type F: 1 is 2000 to 2099, more say no more than none', () => {
    // 1 June of year 26 and of year 90, 08:34, with century 0 to 3.
    const times = (date: string): unknown =>
      [0x08, 0x28, 0x48, 0x68].map((hour) => {
        const body = `046d22${hour.toString(16).padStart(2, '0')}${date}`;
        return decoder.decode(octets(body)!, { layer: 'records' }).records[0]?.value?.slice(0, 4);
      });
    expect(times('4136')).toEqual(['2026', '2026', '2026', '2026']);
    expect(times('41b6')).toEqual(['1990', '2090', '1990', '1990']);
  });

  it('an alarm with a long header', () => {
    const { meter, issues } = decoder.decode(
      octets('1744 AE0C 11111111 01 37 75 78563412 9315 33 04 2A 00 0000 0C')!,
    );
    expect(meter).toMatchObject({ manufacturer: 'ELS', id: '12345678', medium: 'heat' });
    expect(issues.map(({ code }) => code)).toContain('tpl/alarm');
  });

  it("FC 00 is a reserved code, not the VIFE 7F behind which all is the manufacturer's", () => {
    // The flow in m3/h at the lower limit, if what stands between the two meant anything.
    expect(records('01 BBFC8040 05')).toMatchObject([
      { quantity: 'volume_flow', modifiers: ['reserved_fc_00', 'lower_limit'] },
    ]);
  });

  it('eight bytes of VIF 79 are a whole address, with VIFEs behind it too', () => {
    expect(records('07 F900 7856341293150207').map(({ value }) => value)).toEqual([
      '0702159312345678',
    ]);
  });

  it('a container keeps its bytes, whatever its LVAR says of them', () => {
    expect(records('0D FD3B C2 1234')).toMatchObject([{ kind: 'bytes', raw: 'c21234' }]);
  });

  it('a constant to add to what is too large for the sum: no value, instead of one without it', () => {
    // VIFE 7B adds one; 64 unsigned bits with the highest set, and a double.
    expect(records('07 FD8B7B 0000000000000080')).toMatchObject([{ value: null }]);
    expect(records('0D 937B F8 0000000000000840')).toMatchObject([{ value: null }]);
  });

  it("elements of a profile are in the unit that VIFEs make of the VIF's", () => {
    const hourly = { unit: 'm3/h', modifiers: ['per_hour', 'compact_profile'] };
    expect(records('0D 93A21F 04 0101 0506')).toMatchObject([
      { ...hourly, value: '0.005' },
      { ...hourly, value: '0.006' },
    ]);
  });

  it('a profile with VIFEs that its elements could not name is kept as it is', () => {
    for (const vib of ['939B1F', '93A2C0C0C01F'])
      expect(records(`0D ${vib} 04 0101 0506`)).toMatchObject([{ kind: 'bytes' }]);
  });
});
