// Words that every object of the language has by itself: a table of codes must not find them.
import type { MeteringPointId, Resolution, ZoneId } from '@metergram/model';
import { describe, expect, it } from 'vitest';
import { readMarketDocument, readPoints } from '../../src/eloverblik-browser.ts';
import { fingridQuality } from '../../src/fingrid-browser.ts';
import { parseEntsoeDocument, parseTariffs } from '../../src/prices-browser.ts';
import { readCsvLayout } from '../../src/files.ts';

const id = '571313100000000015' as MeteringPointId;

describe.each(['constructor', '__proto__', 'toString', 'valueOf'])('the code %s', (word) => {
  it('is unknown in Eloverblik’s series, kept as sent and told', () => {
    const { series, issues } = readMarketDocument(
      {
        TimeSeries: [
          {
            businessType: word,
            'measurement_Unit.name': word,
            Period: [
              {
                resolution: 'PT1H',
                timeInterval: { start: '2026-01-14T23:00Z', end: '2026-01-15T00:00Z' },
                Point: [
                  {
                    position: '1',
                    'out_Quantity.quantity': '1.5',
                    'out_Quantity.quality': word,
                  },
                ],
              },
            ],
          },
        ],
      },
      id,
    );
    expect(series).toMatchObject([
      {
        direction: 'consumption',
        quantity: 'unknown',
        unit: word,
        points: [{ value: '1.5', quality: 'unknown', source: { code: word } }],
      },
    ]);
    expect(issues).toHaveLength(3);
    expect(
      readPoints({ meteringPointId: id, typeOfMP: word, meterReadingOccurrence: word }),
    ).toMatchObject([{ kind: 'unknown' }]);
  });

  it('is unknown at Fingrid, in price lists and in tables', () => {
    expect(fingridQuality(word)).toBe('unknown');
    const { tariffs } = parseTariffs([
      { ChargeOwner: 'Net', GLN_Number: '1', ChargeType: word, ChargeTypeCode: 'a', Note: 'n' },
    ]);
    for (const { kind } of tariffs) expect(kind).toBe('unknown');
    const { series } = readCsvLayout(`t;v;q\n2026-01-15T00:00Z;1;${word}\n`, {
      time: 't',
      value: 'v',
      quality: 'q',
      qualities: { ok: 'measured' },
      resolution: 'PT1H' as Resolution,
      zone: 'Europe/Oslo' as ZoneId,
    });
    expect(series[0]?.points).toMatchObject([{ value: '1', quality: 'unknown' }]);
  });

  it('is no resolution of ENTSO-E’s', () => {
    const document = parseEntsoeDocument(
      `<Publication_MarketDocument><type>A44</type><TimeSeries><Period><timeInterval><start>2026-01-01T23:00Z</start>
       <end>2026-01-02T00:00Z</end></timeInterval><resolution>${word}</resolution><Point><position>1</position>
       <price.amount>1</price.amount></Point></Period></TimeSeries></Publication_MarketDocument>`,
    );
    if (document.kind !== 'publication') throw new Error(document.kind);
    expect(document.issues.map(({ code }) => code)).toContain('entsoe/unknown-resolution');
  });
});
