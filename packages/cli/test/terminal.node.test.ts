import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Output } from '../src/io.ts';
import { progressOn } from '../src/progress.ts';
import { fit, paintFor, printable, widthOf, wrap } from '../src/terminal.ts';

const terminal: Output = { isTTY: true, columns: 100, write: () => {} };
const pipe: Output = { write: () => {} };

const painted = (output: Output, env: Record<string, string>): boolean =>
  paintFor(output, env)('red', 'x') !== 'x';

describe('colours', () => {
  it('are for terminals, unless the environment says otherwise', () => {
    expect(painted(terminal, {})).toBe(true);
    expect(painted(pipe, {})).toBe(false);
    expect(painted(terminal, { NO_COLOR: '1' })).toBe(false);
    expect(painted(terminal, { NO_COLOR: '' })).toBe(true);
    expect(painted(terminal, { TERM: 'dumb' })).toBe(false);
    expect(painted(pipe, { FORCE_COLOR: '1' })).toBe(true);
    expect(painted(terminal, { FORCE_COLOR: '0' })).toBe(false);
    expect(painted(pipe, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
  });
});

describe('width', () => {
  it('is the terminal’s, and none where there is no terminal', () => {
    expect(widthOf(terminal, {})).toBe(100);
    expect(widthOf(pipe, { COLUMNS: '60' })).toBeUndefined();
    expect(widthOf({ ...pipe, isTTY: true }, { COLUMNS: '60' })).toBe(60);
    expect(widthOf({ ...pipe, isTTY: true }, { COLUMNS: 'wide' })).toBe(80);
  });

  it('is kept by fit, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, width) => {
        expect([...fit(text, width)].length).toBe(
          Math.max(width, text === '' || width > 0 ? width : 1),
        );
      }),
    );
  });

  it('is kept by wrap as far as words allow, and no word is lost', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 12, max: 60 }), (given, width) => {
        const lines = wrap(given.join(' '), width);
        expect(lines.join(' ')).toBe(given.join(' '));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
      }),
    );
  });
});

it('text from outside cannot steer a terminal', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(printable(text).length).toBe(text.length);
    }),
  );
  expect(printable('20 °C, 12 m³')).toBe('20 °C, 12 m³');
});

function run(output: Output, show: boolean, total?: number): string {
  let text = '';
  let now = 0;
  const bar = progressOn(
    { ...output, write: (piece) => void (text += piece) },
    show,
    total,
    () => now,
  );
  for (let done = 0; done <= 100; done++) {
    bar.update(done, `${done} telegrams`);
    now += 20;
  }
  bar.clear();
  return text;
}

describe('progress', () => {
  it('is drawn on a terminal, not more than ten times a second, and taken away', () => {
    const text = run(terminal, true, 100);
    expect(text).toContain('25 % 25 telegrams');
    expect(text.endsWith('\r\u001b[K')).toBe(true);
    // Two seconds, of which the first half is silent.
    expect(text.split('\r').length).toBeLessThan(20);
  });

  it('tells no share of an input whose end is not known', () => {
    expect(run(terminal, true)).not.toContain('%');
  });

  it('is silent in a pipe, and beside results on the same terminal', () => {
    expect(run(pipe, true, 100)).toBe('');
    expect(run(terminal, false, 100)).toBe('');
  });
});
