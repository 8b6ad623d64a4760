import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eicCheckCharacter,
  formatMeterId,
  formatObis,
  gs1CheckDigit,
  householdKey,
  isIdentifier,
  isKnownZone,
  meterAddress,
  obisGroups,
  parseEic,
  parseGln,
  parseGsrn,
  parseHouseholdKey,
  parseMeterId,
  parseObis,
  parseZoneId,
  type ZoneId,
} from '@metergram/model';

const digitText = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

describe('GS1 keys', () => {
  it('takes a metering point number whose check digit is right, and no other', () => {
    expect(parseGsrn('571313180400000001')).toBe('571313180400000001');
    expect(parseGsrn('571313180400000002')).toBeNull();
    expect(parseGsrn('57131318040000000')).toBeNull();
    expect(parseGsrn('57131318040000000a')).toBeNull();
    expect(parseGln('5790000432752')).toBe('5790000432752');
    expect(parseGln('5790000432753')).toBeNull();
    expect(gs1CheckDigit('12x')).toBeNull();
  });

  it('notices every single wrong digit', () => {
    fc.assert(
      fc.property(digitText(17), fc.nat(17), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
        const good = body + String(gs1CheckDigit(body));
        const wrong = String((Number(good[at]) + by) % 10);
        expect(parseGsrn(good)).toBe(good);
        expect(parseGsrn(good.slice(0, at) + wrong + good.slice(at + 1))).toBeNull();
      }),
    );
  });
});

describe('EIC', () => {
  it.each(['10YNO-1--------2', '10Y1001A1001A46L', '10YDK-1--------W', '10YFI-1--------U'])(
    'takes the bidding zone %s',
    (code) => {
      expect(parseEic(code)).toBe(code);
    },
  );

  it('refuses a wrong check character, a lower-case letter, another length', () => {
    expect(parseEic('10YNO-1--------3')).toBeNull();
    expect(parseEic('10yNO-1--------2')).toBeNull();
    expect(parseEic('10YNO-1--------')).toBeNull();
    expect(eicCheckCharacter('10YNO-1------')).toBeNull();
  });

  it('notices every two neighbours that changed places', () => {
    const characters = fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-');
    const body = fc.string({ unit: characters, minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(body, fc.nat(13), (text, at) => {
        const check = eicCheckCharacter(text);
        fc.pre(check !== null && text[at] !== text[at + 1]);
        const swapped = `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`;
        expect(parseEic(text + check)).toBe(text + check);
        expect(parseEic(swapped + check)).toBeNull();
      }),
    );
  });
});

describe('OBIS', () => {
  it.each([
    ['1-0:1.8.0*255', '1-0:1.8.0*255'],
    ['1.8.0', '1.8.0'],
    ['1.8', '1.8.0'],
    ['1.0.1.8.0.255', '1-0:1.8.0*255'],
    ['1-0:1.8.0&01', '1-0:1.8.0*1'],
    ['F.F', '97.97.0'],
    ['0-0:C.1.0', '0-0:96.1.0'],
  ])('reads %s as %s', (text, form) => {
    expect(parseObis(text)).toBe(form);
  });

  it.each(['', '1', '1.8.0.0', '256.1.0', '1-0:1.8.0*256', '1-0:1.8.0*', 'X.1.0', '1.8.0 '])(
    'refuses %j',
    (text) => {
      expect(parseObis(text)).toBeNull();
    },
  );

  it('prints what it reads', () => {
    const byte = fc.nat(255);
    const groups = fc.record(
      { a: byte, b: byte, c: byte, d: byte, e: byte, f: byte },
      { requiredKeys: ['c', 'd', 'e'] },
    );
    fc.assert(
      fc.property(groups, (g) => {
        expect(obisGroups(formatObis(g))).toEqual(g);
      }),
    );
  });
});

describe('meters, households, zones', () => {
  it('makes a meter id of an M-Bus address and takes it apart again', () => {
    const address = { manufacturer: 'KAM', id: '12345678', version: 27, medium: 7 };
    const meter = formatMeterId(address);
    expect(meter).toBe('KAM-12345678-1b-07');
    expect(meterAddress(meter)).toEqual(address);
    expect(formatMeterId({ ...address, id: 'ABCDEF12' })).toBe('KAM-abcdef12-1b-07');
    expect(() => formatMeterId({ ...address, version: 256 })).toThrow(RangeError);
    expect(() => formatMeterId({ ...address, id: '1234567' })).toThrow(RangeError);
    expect(meterAddress(parseMeterId('the one in the cellar')!)).toBeNull();
  });

  it('takes names as sources write them, without what cannot be seen', () => {
    for (const name of ['7359992900000000009', 'Målar 3', 'a/b#c', 'ä']) {
      expect(isIdentifier(name)).toBe(true);
    }
    for (const name of ['', ' a', 'a ', 'a\nb', 'a\u0000', 'a\u00a0b', 'x'.repeat(201), 7, null]) {
      expect(isIdentifier(name)).toBe(false);
    }
  });

  it('gives each household one key', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter(isIdentifier);
    fc.assert(
      fc.property(part, part, (property, apartment) => {
        const household = { property, apartment };
        expect(parseHouseholdKey(householdKey(household))).toEqual(household);
      }),
    );
    expect(householdKey({ property: 'Storgata 1/2', apartment: 'H0101' })).toBe(
      'Storgata%201%2F2/H0101',
    );
    for (const text of ['', '/', 'a/', 'a/b/c', 'a/%', '%61/b', 'a b/c']) {
      expect(parseHouseholdKey(text)).toBeNull();
    }
  });

  it('knows a zone by its IANA name', () => {
    expect(parseZoneId('Europe/Oslo')).toBe('Europe/Oslo');
    expect(parseZoneId('America/Argentina/Buenos_Aires')).not.toBeNull();
    expect(parseZoneId('UTC')).toBe('UTC');
    for (const text of ['', '+01:00', 'Oslo', 'Europe/', '../etc/passwd', 'Europe/Oslo\n']) {
      expect(parseZoneId(text)).toBeNull();
    }
    expect(isKnownZone('Europe/Oslo' as ZoneId)).toBe(true);
    expect(isKnownZone('Europe/Atlantis' as ZoneId)).toBe(false);
  });
});
