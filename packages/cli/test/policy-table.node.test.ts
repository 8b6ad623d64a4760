import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { table } from '../src/policy-table.ts';
import { memoryIo } from './memory-io.ts';

const COLUMNS = [
  { name: 'rule', least: 6 },
  { name: 'what', least: 12, wraps: true },
];
/** What a table looks like in a terminal of this width. */
const shown = (rows: readonly (readonly string[])[], columns: number): string[] => {
  const { io } = memoryIo({ columns, env: { NO_COLOR: '1' } });
  return table(COLUMNS, rows, io).trimEnd().split('\n');
};

describe('a table of sentences', () => {
  it('goes on in the next line, under its heading', () => {
    const rows = [
      ['ktc.23', 'No rule says how long this may be kept.'],
      ['ktc.24', 'Short.'],
    ];
    expect(shown(rows, 30)).toEqual([
      'rule    what',
      'ktc.23  No rule says how long',
      '        this may be kept.',
      'ktc.24  Short.',
    ]);
    expect(shown(rows, 80)).toHaveLength(3);
  });

  it('loses no word of a sentence at any width, and cuts other columns last', () => {
    const word = fc.stringMatching(/^[a-zå.]{1,9}$/);
    const sentence = fc
      .array(word, { minLength: 1, maxLength: 20 })
      .map((words) => words.join(' '));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,12}$/), sentence), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.integer({ min: 26, max: 90 }),
        (rows, width) => {
          const [head, ...body] = shown(rows, width);
          const at = head!.indexOf('what');
          expect(body.map((line) => line.slice(at)).join(' ')).toBe(
            rows.map(([, text]) => text).join(' '),
          );
          for (const line of body) expect(line.length).toBeLessThanOrEqual(width);
          expect(body.join('\n')).not.toContain('…');
        },
      ),
    );
  });
});
