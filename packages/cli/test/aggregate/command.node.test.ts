import * as fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countSlowly } from '../../../aggregate/test/reference.ts';
import { main } from '../../src/main.ts';
import { memoryIo } from '../memory-io.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'metergram-aggregate-'));
});
afterAll(() => rm(folder, { recursive: true }));

const HOUR = 3_600_000;
const HEADER = 'meter,start,end,value,unit,quality,revision';

async function command(argv: readonly string[], stdin: string | Iterable<string> = '') {
  const { io, out, err } = memoryIo({ stdin });
  const code = await main(['aggregate', ...argv], io);
  return { code, out: out(), err: err(), lines: out().trimEnd().split('\n') };
}

const READINGS = `meter,time,value
A,2026-01-15T06:00:00Z,100.0
A,2026-01-15T07:30:00Z,101.5
A,2026-01-15T08:00:00Z,102.00
`;

describe('metergram aggregate', () => {
  it('prints hours, sorted, in UTC, at the most decimals of the meter', async () => {
    const { code, lines, err } = await command(['-'], READINGS);
    expect([code, err]).toEqual([0, '']);
    expect(lines).toEqual([
      HEADER,
      'A,2026-01-15T06:00:00Z,2026-01-15T07:00:00Z,1.00,,interpolated,0',
      'A,2026-01-15T07:00:00Z,2026-01-15T08:00:00Z,1.00,,interpolated,0',
    ]);
  });

  it('prints the same as objects', async () => {
    const { lines } = await command(['-', '--format', 'jsonl'], READINGS);
    expect(JSON.parse(lines[0]!)).toEqual({
      meter: 'A',
      start: '2026-01-15T06:00:00Z',
      end: '2026-01-15T07:00:00Z',
      value: '1.00',
      unit: '',
      quality: 'interpolated',
      revision: 0,
    });
  });

  it('reads files, offsets, other columns, quotes, CRLF and chunks cut anywhere', async () => {
    const text =
      '\uFEFFvalue,note,meter,time,unit\r\n1,"a, b","M ""1""",2026-01-15T07:00+01:00,kWh\r\n\r\n' +
      '3,,"M ""1""",2026-01-15T06:30:00.000Z,kWh\r\n5,x,"M ""1""","2026-01-15 08:00:00,000+0100",kWh';
    const file = join(folder, 'readings.csv');
    await writeFile(file, text);
    const whole = await command([file]);
    expect(whole.lines[1]).toBe(
      '"M ""1""",2026-01-15T06:00:00Z,2026-01-15T07:00:00Z,4,kWh,measured,0',
    );
    expect(whole).toEqual(await command(['-'], text.slice(1)));
    expect(whole).toEqual(await command([], [...text]));
  });

  it('reads columns without a name, as some tables have them for the number of the row', async () => {
    const text =
      ',meter,time,value\n0,A,2026-01-15T06:00Z,1\n1,"A",2026-01-15T07:00Z,3\n,A,2026-01-15T08:00Z,4\n';
    const { code, err, lines } = await command(['-'], text);
    expect([code, err]).toEqual([0, '']);
    expect(lines.slice(1).map((line) => line.split(',')[3])).toEqual(['2', '1']);
    expect((await command(['-'], text.replaceAll('\n,A', '\n"",A'))).lines).toEqual(lines);
  });

  it('takes no half of a quoted field for the whole', async () => {
    for (const field of ['"A"x', '"A', '"A" ', 'A,"', '"A"",2026-01-15T06:00Z,1']) {
      const { code, err, lines } = await command(
        ['-'],
        `${READINGS}${field},2026-01-15T09:00Z,103\n`,
      );
      expect(lines).toHaveLength(3);
      expect([code, err]).toEqual([1, 'line 5: a quoted field does not end where it should\n']);
    }
  });

  it('takes no name for another that only looks like it: what is no UTF-8 is told', async () => {
    const file = join(folder, 'latin1.csv');
    const rows = READINGS.trimEnd().split('\n').slice(1);
    const odd = [...rows.map((row) => row.replace('A', 'Å')), 'Æ,2026-01-15T08:00Z,1'];
    await writeFile(file, Buffer.from([READINGS.trimEnd(), ...odd, ''].join('\n'), 'latin1'));
    const { code, err, out } = await command([file]);
    expect(code).toBe(1);
    expect(out).toBe((await command(['-'], READINGS)).out);
    expect(err.trimEnd().split('\n')).toEqual([
      ...[5, 6, 7].map((line) => `line ${line}: meter "Å" is no UTF-8`),
      'line 8: meter "Æ" is no UTF-8',
    ]);
    const real = await command(['-'], READINGS.replaceAll('A,', 'Åse \u{1f321},'));
    expect([real.code, real.lines[1]?.split(',')[0]]).toEqual([0, 'Åse \u{1f321}']);
  });

  it('does not take one of two columns of one name', async () => {
    const { code, err } = await command(['-'], 'meter,time,value,value\nA,2026-01-15T06:00Z,1,2\n');
    expect([code, err.split('\n')[0]]).toEqual([
      2,
      'metergram aggregate: the header names the column value twice',
    ]);
  });

  it('keeps no line that does not end, however it is cut, and goes on after it', async () => {
    const [first, second, ...rest] = READINGS.split('\n');
    const long = 'x'.repeat(1 << 20);
    for (const step of [1 << 10, 1 << 16, 1 << 22]) {
      const text = [first, second, long, ...rest].join('\n');
      const pieces = Array.from({ length: Math.ceil(text.length / step) }, (_, i) =>
        text.slice(i * step, (i + 1) * step),
      );
      const { code, err, out } = await command(['-'], pieces);
      expect([code, err]).toEqual([1, 'line 3: longer than 65536 bytes\n']);
      expect(out).toBe((await command(['-'], READINGS)).out);
    }
    const endless = await command(['-'], [`${READINGS}`, long]);
    expect([endless.code, endless.err]).toEqual([1, 'line 5: longer than 65536 bytes\n']);
    const none = await command(['-'], [long, long]);
    expect([none.code, none.out]).toEqual([2, '']);
  });

  it('does not mind the order of the lines', async () => {
    const [header, ...rows] = READINGS.trimEnd().split('\n');
    const { out } = await command(['-'], [header, ...rows.toReversed()].join('\n'));
    expect(out).toBe((await command(['-'], READINGS)).out);
  });

  it('makes civil days and months of a zone', async () => {
    const rows = ['meter,time,value'];
    for (let hour = 0; hour <= 24 * 62; hour += 6)
      rows.push(`A,${new Date(Date.UTC(2026, 8, 30, 22) + hour * HOUR).toISOString()},${hour}`);
    const days = await command(['--resolution', 'P1D', '--zone', 'Europe/Oslo'], rows.join('\n'));
    expect(days.lines).toContain('A,2026-10-24T22:00:00Z,2026-10-25T23:00:00Z,25,,interpolated,0');
    const months = await command(['--resolution', 'P1M', '--zone', 'Europe/Oslo'], rows.join('\n'));
    expect(months.lines.slice(1)).toEqual([
      'A,2026-09-30T22:00:00Z,2026-10-31T23:00:00Z,745,,interpolated,0',
      'A,2026-10-31T23:00:00Z,2026-11-30T23:00:00Z,720,,interpolated,0',
    ]);
  });

  it('leaves a missing value empty, tells of the gap, and calls it no fault', async () => {
    const { code, lines, err } = await command(
      ['--max-gap', 'PT30M'],
      `${READINGS}A,2026-01-15T09:00:00Z,103`,
    );
    expect(code).toBe(0);
    expect(lines.slice(1, 3)).toEqual([
      'A,2026-01-15T06:00:00Z,2026-01-15T07:00:00Z,,,missing,0',
      'A,2026-01-15T07:00:00Z,2026-01-15T08:00:00Z,,,missing,0',
    ]);
    expect(err).toBe(
      'info series/gap: A: no values from 2026-01-15T06:00:00Z to 2026-01-15T08:00:00Z: 2.00\n',
    );
  });

  it('goes on through a roll-over, and says so', async () => {
    const { code, lines, err } = await command(
      [],
      'meter,time,value\nA,2026-01-15T06:00:00Z,99999.5\nA,2026-01-15T07:00:00Z,0.5\n',
    );
    expect([code, lines[1]]).toEqual([
      0,
      'A,2026-01-15T06:00:00Z,2026-01-15T07:00:00Z,1.0,,measured,0',
    ]);
    expect(err).toMatch(
      /^info register\/roll-over: A at 2026-01-15T07:00:00Z: .*99999\.5 and 0\.5/,
    );
  });

  it('ends with 1 where a fault took a value', async () => {
    const reset = 'meter,time,value\nA,2026-01-15T06:00:00Z,500\nA,2026-01-15T07:00:00Z,3\n';
    const { code, lines, err } = await command([], reset);
    expect([code, lines[1]]).toEqual([
      1,
      'A,2026-01-15T06:00:00Z,2026-01-15T07:00:00Z,,,missing,0',
    ]);
    expect(err).toMatch(/^error register\/reset: A at 2026-01-15T07:00:00Z/);
  });

  it('ends with 0 where a conflict took none', async () => {
    const rows = `${READINGS}A,2026-01-15T07:30:00Z,101.6\n`;
    const { code, err } = await command([], rows);
    expect(code).toBe(0);
    expect(err).toMatch(
      /^warning reading\/conflict: A at 2026-01-15T07:30:00Z: .*101\.50 and 101\.60/,
    );
  });

  it('tells of readings that come later than --lateness allows', async () => {
    const rows = 'meter,time,value\nA,2026-01-15T08:00:00Z,9\nA,2026-01-15T06:00:00Z,7\n';
    const late = await command(['--lateness', 'PT1H'], rows);
    expect(late.err).toMatch(/^warning reading\/too-late: A at 2026-01-15T06:00:00Z/);
    expect((await command(['--lateness', 'PT2H'], rows)).lines).toHaveLength(3);
    expect((await command(['--lateness', 'unbounded'], rows)).lines).toHaveLength(3);
  });

  it.each([
    ['A,2026-01-15T06:00:00,1', 'time "2026-01-15T06:00:00" has neither zone nor offset'],
    ['A,yesterday,1', 'time "yesterday" is no ISO 8601 date and time'],
    ['A,2026-02-30T06:00:00Z,1', 'time "2026-02-30T06:00:00Z" is no ISO 8601 date and time'],
    ['A,2026-01-15T06:00:00Z,1.2.3', 'value "1.2.3" is no decimal number'],
    ['A,2026-01-15T06:00:00Z,', 'value "" is no decimal number'],
    [
      'A,2026-01-15T06:00:00Z,1234567890123456789',
      'value "1234567890123456789" has more than 18 digits',
    ],
    ['A,2026-01-15T06:00:00Z', '2 fields where the header has 3'],
    ['"A",2026-01-15T06:00:00Z,1,2', '4 fields where the header has 3'],
    ['"A",2026-01-15T06:00:00,1', 'time "2026-01-15T06:00:00" has neither zone nor offset'],
  ])('names the line of %s', async (row, why) => {
    const { code, err, lines } = await command([], `${READINGS}${row}\n`);
    expect([code, err]).toEqual([1, `line 5: ${why}\n`]);
    expect(lines).toHaveLength(3); // the rest is given all the same
  });

  it('names the line of another unit', async () => {
    const { code, err } = await command(
      [],
      'meter,time,value,unit\nA,2026-01-15T06:00:00Z,1,kWh\nA,2026-01-15T07:00:00Z,2,Wh\n',
    );
    expect([code, err]).toEqual([
      1,
      'line 3: unit "Wh" is another than the meter\'s first, "kWh"\n',
    ]);
  });

  it.each([
    [['--resolution', 'PT5M'], '--resolution is one of'],
    [['--resolution', 'P1D'], 'give --zone'],
    [['--resolution', 'P1D', '--zone', 'Europe/Atlantis'], 'no time zone "Europe/Atlantis"'],
    [['--max-gap', 'P1M'], 'durations are ISO 8601'],
    [['--lateness', 'long'], 'durations are ISO 8601'],
    [['--format', 'xml'], '--format is one of csv, jsonl'],
    [['a', 'b'], 'one file at a time'],
    [['nowhere.csv'], 'there is no such file'],
    [['--zome', 'x'], 'did you mean --zone?'],
    [[], 'no header meter,time,value'],
  ])('ends with 2 for %j', async (argv, why) => {
    const { code, err, out } = await command(argv, argv.length === 0 ? 'a,b\n1,2\n' : READINGS);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
  });

  it('explains itself', async () => {
    const { code, out } = await command(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('--max-gap');
  });

  it('says what the rules say of any readings', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            meter: fc.constantFrom('B', 'A', 'Ø'),
            minutes: fc.nat(2800),
            value: fc.nat(999),
            decimals: fc.nat(3),
          }),
          { maxLength: 40 },
        ),
        async (given) => {
          const start = Date.UTC(2026, 0, 1);
          const rows = given.map(({ meter, minutes, value, decimals }) => {
            const text = decimals === 0 ? `${value}` : `${value}.${'5'.repeat(decimals)}`;
            return { meter, t: start + minutes * 60_000, text, decimals };
          });
          const { lines, code } = await command(
            [],
            `meter,time,value\n${rows.map(({ meter, t, text }) => `${meter},${new Date(t).toISOString()},${text}`).join('\n')}`,
          );
          expect(code).toBeLessThan(2);
          const expected = ['A', 'B', 'Ø'].flatMap((meter) => {
            const own = rows.filter((row) => row.meter === meter);
            const most = Math.max(0, ...own.map(({ decimals }) => decimals));
            const { intervals } = countSlowly(
              own.map(({ t, text, decimals }) => ({
                t,
                v: BigInt(text.replace('.', '') + '0'.repeat(most - decimals)),
              })),
              {
                grid: Array.from({ length: 50 }, (_, hour) => start + hour * HOUR),
                maxGap: 3 * HOUR,
                capacity: 0n,
              },
            );
            return intervals.map(({ start: at, value, quality }) => {
              const digits = value?.toString().padStart(most + 1, '0');
              const shown =
                digits === undefined
                  ? ''
                  : most === 0
                    ? digits
                    : `${digits.slice(0, -most)}.${digits.slice(-most)}`;
              return `${meter},${iso(at)},${iso(at + HOUR)},${shown},,${quality},0`;
            });
          });
          expect(lines).toEqual([HEADER, ...expected]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes on from what decode prints', async () => {
    const { io, out } = memoryIo({});
    expect(await main(['simulate', '--count', '3000', '--keys', join(folder, 'keys')], io)).toBe(0);
    const decoded = memoryIo({ stdin: out() });
    await main(['decode', '-', '--keys', join(folder, 'keys'), '--format', 'readings'], decoded.io);
    const { lines, code } = await command(['--resolution', 'PT15M'], decoded.out());
    expect(code).toBeLessThan(2);
    expect(lines[0]).toBe(HEADER);
    expect(lines.length).toBeGreaterThan(50);
    for (const line of lines.slice(1)) expect(line.split(',')).toHaveLength(7);
  });

  it('holds long input in a temporary file, and takes that away', async () => {
    const before = temporary();
    const total = 4_400_000; // beyond the 64 blocks that are kept
    function* text() {
      yield 'meter,time,value\n';
      let piece = '';
      for (let at = 0; at < total; at++) {
        const second = `${at % 60}`.padStart(2, '0');
        const minute = `${Math.floor(at / 60) % 60}`.padStart(2, '0');
        const hour = `${Math.floor(at / 3600) % 24}`.padStart(2, '0');
        piece += `M${Math.floor(at / 86_400)},2026-01-01T${hour}:${minute}:${second}Z,${at % 86_400}\n`;
        if (piece.length < 1 << 20) continue;
        yield piece;
        piece = '';
      }
      yield piece;
      // All but the last block lie in the file, which has no name that a killed process would leave.
      if (process.platform !== 'win32') expect(temporary()).toEqual(before);
    }
    const { code, lines } = await command([], text());
    expect(code).toBe(0);
    expect(lines).toHaveLength(1 + 50 * 23 + 22);
    expect(new Set(lines.slice(1).map((line) => line.split(',')[3]))).toEqual(new Set(['3600']));
    expect(temporary()).toEqual(before);
  });
});

function iso(time: number): string {
  return new Date(time).toISOString().replace('.000', '');
}

function temporary(): string[] {
  const names = readdirSync(tmpdir());
  return names.filter((name) => /^metergram-[A-Za-z0-9]{6}$/.test(name)).sort();
}
