import { describe, expect, test } from 'vitest';
import {
  entsoePrices,
  joinResolutions,
  parseEntsoeDocument,
  type PublicationDocument,
} from '../../src/prices-browser.ts';
import fc from 'fast-check';

interface Given {
  readonly resolution?: string;
  readonly curve?: string | null;
  readonly sequence?: number;
  readonly contract?: string;
  readonly start?: string;
  readonly end?: string;
  readonly points: readonly (readonly [number, string])[];
}

function series(given: Given): string {
  const { curve = 'A03', sequence, contract = 'A01', resolution = 'PT60M' } = given;
  return `<TimeSeries><mRID>1</mRID><businessType>A62</businessType>
    <in_Domain.mRID codingScheme="A01">10YNO-1--------2</in_Domain.mRID>
    <contract_MarketAgreement.type>${contract}</contract_MarketAgreement.type>
    <currency_Unit.name>EUR</currency_Unit.name><price_Measure_Unit.name>MWH</price_Measure_Unit.name>
    ${curve === null ? '' : `<curveType>${curve}</curveType>`}
    ${sequence === undefined ? '' : `<classificationSequence_AttributeInstanceComponent.position>${sequence}</classificationSequence_AttributeInstanceComponent.position>`}
    <Period><timeInterval><start>${given.start ?? '2026-01-01T23:00Z'}</start><end>${given.end ?? '2026-01-02T03:00Z'}</end></timeInterval>
    <resolution>${resolution}</resolution>
    ${given.points.map(([position, amount]) => `<Point><position>${position}</position><price.amount>${amount}</price.amount></Point>`).join('')}
    </Period></TimeSeries>`;
}

function publication(...all: readonly Given[]): string {
  return `<?xml version="1.0"?><Publication_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-3:publicationdocument:7:3"><mRID>m</mRID><revisionNumber>1</revisionNumber><type>A44</type>${all.map(series).join('')}</Publication_MarketDocument>`;
}

function read(...all: readonly Given[]): PublicationDocument {
  const document = parseEntsoeDocument(publication(...all));
  if (document.kind !== 'publication') throw new Error(document.kind);
  return document;
}

function values(document: PublicationDocument, choice = {}): (string | null)[][] {
  return entsoePrices([document], choice).series.map((one) =>
    one.points.map((point) => point.value),
  );
}

describe('curve types', () => {
  test('A03 repeats the last price for positions that are left out, to the end of the period', () => {
    const document = read({
      points: [
        [1, '50.00'],
        [3, '55.10'],
      ],
    });
    expect(values(document)).toEqual([['50.00', '50.00', '55.10', '55.10']]);
  });

  test('A03 whose first position is missing has no price before its first point', () => {
    expect(values(read({ points: [[2, '7']] }))).toEqual([[null, '7', '7', '7']]);
  });

  test('A01 and a document that names no curve leave holes as unpublished, never zero', () => {
    expect(
      values(
        read({
          curve: 'A01',
          points: [
            [1, '50'],
            [3, '0'],
          ],
        }),
      ),
    ).toEqual([['50', null, '0', null]]);
    expect(values(read({ curve: null, points: [[4, '-0.01']] }))).toEqual([
      [null, null, null, '-0.01'],
    ]);
  });

  test('positions in any order give the same prices', () => {
    const points = [
      [1, '1'],
      [2, '2'],
      [3, '3'],
      [4, '4'],
    ] as const;
    fc.assert(
      fc.property(fc.shuffledSubarray([...points], { minLength: 4 }), (order) => {
        expect(values(read({ points: order }))).toEqual([['1', '2', '3', '4']]);
      }),
    );
  });

  test('a position beyond the period is told and left out', () => {
    const { series: found, issues } = entsoePrices([
      read({
        points: [
          [1, '1'],
          [5, '9'],
        ],
      }),
    ]);
    expect(found[0]?.points).toHaveLength(4);
    expect(issues.map((issue) => issue.code)).toEqual(['entsoe/position-beyond-period']);
  });
});

describe('choice', () => {
  test('auctions are never mixed: sequence 1 unless told, and the others are named', () => {
    const document = read(
      { sequence: 2, points: [[1, '64.80']] },
      { sequence: 1, points: [[1, '65.83']] },
    );
    expect(values(document)[0]?.[0]).toBe('65.83');
    expect(values(document, { sequence: 2 })[0]?.[0]).toBe('64.80');
    expect(entsoePrices([document]).sequences).toEqual([1, 2]);
  });

  test('where only auction 2 is published, auction 1 has no price rather than the price of 2', () => {
    expect(values(read({ sequence: 2, points: [[1, '64.80']] }))).toEqual([]);
  });

  test('intraday prices in the same answer are left out', () => {
    const document = read({ contract: 'A07', points: [[1, '1']] }, { points: [[1, '2']] });
    expect(values(document)).toEqual([['2', '2', '2', '2']]);
  });

  test('what lies outside of the interval is cut off', () => {
    const interval = { start: '2026-01-02T00:00:00Z', end: '2026-01-02T02:00:00Z' };
    const [first] = entsoePrices(
      [
        read({
          points: [
            [1, '1'],
            [2, '2'],
            [3, '3'],
          ],
        }),
      ],
      {
        interval: interval as never,
      },
    ).series;
    expect(first?.points.map((point) => [point.start, point.value])).toEqual([
      ['2026-01-02T00:00:00Z', '2'],
      ['2026-01-02T01:00:00Z', '3'],
    ]);
  });

  test('a later document corrects an earlier one, and says so', () => {
    const { series: found, issues } = entsoePrices([
      read({ points: [[1, '1']] }),
      read({
        points: [
          [1, '1'],
          [2, '5'],
        ],
      }),
    ]);
    expect(found[0]?.points.map((point) => point.value)).toEqual(['1', '5', '5', '5']);
    expect(issues).toHaveLength(3);
    expect(issues[0]?.code).toBe('entsoe/conflicting-price');
  });
});

describe('resolutions', () => {
  test('quarters and hours of one answer are two series', () => {
    const document = read(
      {
        resolution: 'PT15M',
        end: '2026-01-02T00:00Z',
        points: [
          [1, '1'],
          [3, '2'],
        ],
      },
      {
        start: '2026-01-02T00:00Z',
        end: '2026-01-02T02:00Z',
        points: [
          [1, '8'],
          [2, '9'],
        ],
      },
    );
    const { series: found } = entsoePrices([document], { area: 'NO1' });
    expect(found.map((one) => [one.resolution, one.points.length, one.area])).toEqual([
      ['PT15M', 4, 'NO1'],
      ['PT1H', 2, 'NO1'],
    ]);
    const joined = joinResolutions(found);
    expect(joined?.points.map((point) => [point.start, point.end, point.value])).toEqual([
      ['2026-01-01T23:00:00Z', '2026-01-01T23:15:00Z', '1'],
      ['2026-01-01T23:15:00Z', '2026-01-01T23:30:00Z', '1'],
      ['2026-01-01T23:30:00Z', '2026-01-01T23:45:00Z', '2'],
      ['2026-01-01T23:45:00Z', '2026-01-02T00:00:00Z', '2'],
      ['2026-01-02T00:00:00Z', '2026-01-02T01:00:00Z', '8'],
      ['2026-01-02T01:00:00Z', '2026-01-02T02:00:00Z', '9'],
    ]);
    expect(joined && 'resolution' in joined).toBe(false);
  });

  test('a quarter that is not published is covered by the hour, one that is wins over it', () => {
    const document = read(
      { resolution: 'PT15M', curve: 'A01', end: '2026-01-02T00:00Z', points: [[2, '3']] },
      { end: '2026-01-02T00:00Z', points: [[1, '8']] },
    );
    const joined = joinResolutions(entsoePrices([document]).series);
    expect(joined?.points.map((point) => point.value)).toEqual(['8', '3', '8', '8']);
  });

  test('an unknown resolution is told, not guessed', () => {
    const document = read({ resolution: 'PT30M', points: [[1, '1']] });
    expect(document.series[0]?.periods).toEqual([]);
    expect(document.issues.map((issue) => issue.code)).toEqual(['entsoe/unknown-resolution']);
  });
});

const acknowledgement = (text: string): string =>
  `<Acknowledgement_MarketDocument xmlns="urn:x"><Reason><code>999</code><text>${text}</text></Reason></Acknowledgement_MarketDocument>`;

describe('documents that are no prices', () => {
  test('reason 999 means no data only where its text says so', () => {
    const none = parseEntsoeDocument(acknowledgement('No matching data found for Data item'));
    const wrong = parseEntsoeDocument(acknowledgement('Invalid query attributes'));
    expect(none).toMatchObject({ kind: 'acknowledgement', noData: true });
    expect(wrong).toMatchObject({ kind: 'acknowledgement', noData: false });
  });

  test('html, cut bodies and document type declarations are unreadable, not a crash', () => {
    const whole = publication({ points: [[1, '1']] });
    expect(parseEntsoeDocument('<html><body>Service unavailable</body></html>').kind).toBe(
      'unreadable',
    );
    expect(parseEntsoeDocument(whole.slice(0, -60)).kind).toBe('unreadable');
    expect(parseEntsoeDocument('').kind).toBe('unreadable');
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><Publication_MarketDocument/>';
    expect(parseEntsoeDocument(bomb)).toMatchObject({ issue: { code: 'entsoe/doctype' } });
  });
});
