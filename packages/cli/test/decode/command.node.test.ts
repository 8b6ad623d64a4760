import { DEFAULT_KEYS, type Telegram } from '@metergram/decoder';
import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeWith } from '../../src/decode/command.ts';
import { UsageError } from '../../src/usage.ts';
import { memoryIo } from '../memory-io.ts';
import { decoding, issue, record, standIn, telegram } from './stand-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'metergram-decode-'));
afterAll(() => rmSync(folder, { recursive: true }));
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const KEY = '00112233445566778899aabbccddeeff';

async function run(
  argv: readonly string[],
  given: Parameters<typeof memoryIo>[0] = {},
): Promise<{ code: number; out: string; err: string; telegrams: () => Telegram[] }> {
  const { io, out, err } = memoryIo(given);
  const code = await decodeWith(standIn, argv, io);
  const lines = out().split('\n').filter(Boolean);
  return {
    code,
    out: out(),
    err: err(),
    telegrams: () => lines.map((line) => JSON.parse(line) as Telegram),
  };
}

const values = (telegrams: readonly Telegram[]): unknown[] =>
  telegrams.map(({ records, issues }) => records[0]?.value ?? issues[0]?.code);

describe('metergram decode', () => {
  it('reads telegrams from its arguments', async () => {
    const { code, telegrams } = await run(['0102030405', '0x06:07_08|090a', '--format', 'jsonl']);
    expect(code).toBe(0);
    expect(values(telegrams())).toEqual(['0102030405 whole 0 keys', '060708090a whole 0 keys']);
  });

  it('puts a telegram together that the shell has split at its spaces', async () => {
    const { telegrams } = await run(['68', '03', '03', '68', '--format', 'jsonl']);
    expect(values(telegrams())).toEqual(['68030368 whole 0 keys']);
  });

  it('reads a file with one telegram a line, comments and empty lines left out', async () => {
    const path = file(
      'capture.hex',
      '# hall\r\n01 02\r\n\r\n03 # 2026-01-15T06:00:03Z hall\r\n04 # 2026',
    );
    const { code, telegrams } = await run([path, '--format', 'jsonl']);
    expect(code).toBe(0);
    expect(values(telegrams())).toEqual([
      '0102 whole 0 keys',
      '03 whole 0 keys',
      '04 whole 0 keys',
    ]);
    expect(telegrams()[1]).toMatchObject({ received: '2026-01-15T06:00:03Z' });
    expect(telegrams()[2]).not.toHaveProperty('received');
  });

  it('reads standard input, asked for or piped', async () => {
    for (const argv of [['-'], []])
      expect(
        values((await run([...argv, '--format', 'jsonl'], { stdin: '01\n02' })).telegrams()),
      ).toEqual(['01 whole 0 keys', '02 whole 0 keys']);
  });

  it('decodes JSON lines with key and layer of their own', async () => {
    const lines = [
      '{"hex":"01 02"}',
      `{"hex":"03","key":"${KEY.toUpperCase()}"}`,
      '{"hex":"04","layer":"records","key":null}',
    ];
    const { telegrams, code } = await run(['-', '--input', 'jsonl', '--format', 'jsonl'], {
      stdin: lines.join('\n'),
    });
    expect(code).toBe(0);
    expect(values(telegrams())).toEqual([
      '0102 whole 0 keys',
      '03 whole own key',
      '04 records 0 keys',
    ]);
  });

  it('takes a file that ends in .jsonl for JSON lines', async () => {
    const { telegrams } = await run([file('a.jsonl', '{"hex":"01"}'), '--format', 'jsonl']);
    expect(values(telegrams())).toEqual(['01 whole 0 keys']);
  });

  it.each([
    ['nothing', '', 'input/not-json'],
    ['no JSON', '{"hex":', 'input/not-json'],
    ['no object', '["01"]', 'input/not-json'],
    ['null', 'null', 'input/not-json'],
    ['no hex', '{"key":"x"}', 'input/no-hex'],
    ['hex that is none', '{"hex":"0z"}', 'input/odd-digits'],
    ['hex that is a number', '{"hex":12}', 'input/no-hex'],
    ['half a byte', '{"hex":"012"}', 'input/odd-digits'],
    ['another layer', '{"hex":"01","layer":"link"}', 'input/unknown-layer'],
  ])('answers a line that holds %s with a line', async (_, line, code) => {
    const { code: exit, telegrams } = await run(['-', '--input', 'jsonl', '--format', 'jsonl'], {
      stdin: `{"hex":"01"}\n${line}\n{"hex":"02"}\n`,
    });
    expect(exit).toBe(1);
    const [before, middle, after] = telegrams();
    expect(values([before!, after!])).toEqual(['01 whole 0 keys', '02 whole 0 keys']);
    if (code === 'input/odd-digits')
      expect(middle!.issues[0]!.code).toMatch(/^input\/(odd-digits|not-hex)$/);
    else expect(middle!.issues[0]).toMatchObject({ code, severity: 'error', layer: 'input' });
    expect(middle!.schema).toBe('metergram.telegram/1');
  });

  it('decodes without a key that is none, and says so', async () => {
    const { code, telegrams, out } = await run(['-', '--input', 'jsonl', '--format', 'jsonl'], {
      stdin: '{"hex":"01","key":"5ec2e7"}\n',
    });
    expect(code).toBe(1);
    expect(telegrams()[0]!.records[0]!.value).toBe('01 whole 0 keys');
    expect(telegrams()[0]!.issues[0]!.code).toBe('input/key-malformed');
    expect(out).not.toContain('5ec2e7');
  });

  it('gives one line for each line, in order, whatever comes', async () => {
    const anyLine = fc.oneof(
      fc.string().filter((text) => !text.includes('\n')),
      fc.json().filter((text) => !text.includes('\n')),
      fc
        .record({ hex: fc.oneof(fc.string(), fc.stringMatching(/^([0-9a-f]{2}){1,9}$/)) })
        .map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 8 }), async (lines) => {
        const { out } = await run(['-', '--input', 'jsonl', '--format', 'jsonl'], {
          stdin: lines.map((line) => `${line}\n`).join(''),
        });
        const printed = out.split('\n');
        expect(printed.pop()).toBe('');
        expect(printed).toHaveLength(lines.length);
        for (const [index, line] of printed.entries()) {
          const answer = JSON.parse(line) as Telegram;
          const hex = /^\{"hex":"((?:[0-9a-f]{2})+)"\}$/.exec(lines[index]!)?.[1];
          if (hex) expect(answer.records[0]!.value).toContain(`${hex} `);
        }
      }),
    );
  });

  it('exits with 1 when a telegram has an error, and prints all the same', async () => {
    const { code, telegrams } = await run(['ff01020304', '0102030405', '--format', 'jsonl']);
    expect(code).toBe(1);
    expect(telegrams()).toHaveLength(2);
  });

  it('prints json as one array that is valid when empty too', async () => {
    const { out } = await run(['0102030405', 'ff02030405', '--format', 'json']);
    expect(JSON.parse(out)).toHaveLength(2);
    expect(JSON.parse((await run(['-', '--format', 'json'], { stdin: '' })).out)).toEqual([]);
  });

  it('prints csv with a row for each record and each issue', async () => {
    const { out } = await run(['ff02030405', '--format', 'csv']);
    const rows = out.trimEnd().split('\r\n');
    expect(rows[0]).toMatch(/^line,received,manufacturer,id,version,medium,quantity,value,unit,/);
    expect(rows[1]).toMatch(/^1,,KAM,12345678,27,water,volume,ff02030405 whole 0 keys,/);
    expect(rows[2]).toMatch(/,41,record\/truncated,error,the value ends after 2 of 4 bytes$/);
    expect(rows).toHaveLength(3);
  });

  it('prints readings for the aggregator, and counts what gave none', async () => {
    const counter = { quantity: 'volume', value: '123.456', kind: 'number', unit: 'm3' } as const;
    const given = [
      telegram({ records: [record({ quantity: 'volume_flow' }), record(counter)] }),
      telegram({ records: [record({ ...counter, storage: 1 })] }),
      telegram({ records: [record(counter)], issues: [issue()] }),
      telegram({ records: [record(counter)] }),
    ];
    const { io, out, err } = memoryIo({
      stdin: '01 # 2026-01-15T07:00:03+01:00 hall\n02\n03\n04\n',
    });
    let at = 0;
    const create = (): ReturnType<typeof standIn> => Promise.resolve(decoding(() => given[at++]!));
    await decodeWith(create, ['-', '--format', 'readings'], io);
    expect(out()).toBe('meter,time,value,unit\nKAM-12345678,2026-01-15T06:00:03.000Z,123.456,m3\n');
    expect(err().split('\n').filter(Boolean)).toHaveLength(3);
  });

  it('hands on keys, those of the command line last', async () => {
    const keys = file('keys.csv', `manufacturer,id,key\nKAM,12345678,${KEY}\n*,*,${KEY}\n`);
    const { telegrams } = await run([
      '0102030405',
      '--keys',
      keys,
      '--key',
      KEY,
      '--format',
      'jsonl',
    ]);
    expect(values(telegrams())).toEqual(['0102030405 whole 3 keys']);
  });

  it("hands on the makers' keys where asked", async () => {
    const { telegrams } = await run(['0102030405', '--default-keys', '--format', 'jsonl']);
    expect(values(telegrams())).toEqual([`0102030405 whole ${DEFAULT_KEYS.length} keys`]);
  });

  it.each([
    [['--key', KEY.slice(2), '01'], '--key is 32 hexadecimal digits'],
    [['--keys', join(folder, 'none.csv'), '01'], 'there is no such file'],
    [['--keys', folder, '01'], 'it is a folder'],
    [[join(folder, 'none.hex')], 'there is no such file'],
    [[folder], 'is a folder'],
    [['--format', 'xml', '01'], '--format is one of'],
    [['--input', 'csv', '01'], '--input is one of'],
    [['--jsonl', '01'], 'unknown option --jsonl'],
    [['0102030405', 'capture.hex'], 'is no hexadecimal'],
    [['-', '-'], 'can be read once'],
  ])('refuses %j', async (argv, message) => {
    const { io, out } = memoryIo();
    const refusal = decodeWith(standIn, argv, io);
    await expect(refusal).rejects.toThrowError(message);
    await expect(refusal).rejects.toBeInstanceOf(UsageError);
    await expect(refusal).rejects.not.toThrowError(KEY.slice(2));
    expect(out()).toBe('');
  });

  it('teaches with --help', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toContain('usage: metergram decode');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('writes colours to a terminal only, and not under NO_COLOR', async () => {
    const escape = '\u001b[';
    expect((await run(['0102030405'])).out).not.toContain(escape);
    expect((await run(['0102030405'], { columns: 80 })).out).toContain(escape);
    const env = { NO_COLOR: '1' };
    expect((await run(['0102030405'], { columns: 80, env })).out).not.toContain(escape);
  });

  it('prints what it has before it waits for more input', async () => {
    const { io, out } = memoryIo();
    let seen = '';
    const stdin = {
      async *[Symbol.asyncIterator]() {
        yield new TextEncoder().encode('01\n');
        seen = out();
        yield new TextEncoder().encode('02\n');
      },
    };
    await decodeWith(standIn, ['-', '--format', 'jsonl'], { ...io, stdin });
    expect(seen).toContain('01 whole');
  });
});
