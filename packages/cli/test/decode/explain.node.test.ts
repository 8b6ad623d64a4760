import { describe, expect, it } from 'vitest';
import { run } from '../../src/decode/command.ts';

const TELEGRAM = '0F44AE0C7856341201074447780B134365871E6D';

async function output(
  argv: readonly string[],
  env = {},
  columns?: number,
): Promise<[number, string]> {
  let text = '';
  const sink = {
    write: (piece: string) => void (text += piece),
    ...(columns ? { isTTY: true, columns } : {}),
  };
  const stdin = { async *[Symbol.asyncIterator]() {} };
  const code = await run(argv, { stdin, stdout: sink, stderr: { write: () => {} }, env } as never);
  return [code, text];
}

describe('metergram decode --format explain', () => {
  it('says of every byte what it is', async () => {
    const [code, text] = await output([TELEGRAM, '--format', 'explain']);
    expect(code).toBe(0);
    expect(text).toContain('telegram 1: CEN 12345678 water, wireless');
    for (const word of ['SND-NR', 'CRC', 'DIB', 'volume', '876.543 m3', 'EN 13757-4 11'])
      expect(text).toContain(word);
    expect(text).not.toContain('\u001b');
    const bytes = [...text.matchAll(/^ {0,5}\d+ {2}((?:[\da-f]{2} ?)+)/gm)].map(([, hex]) => hex);
    expect(bytes.join('').replaceAll(/\s/g, '')).toBe(TELEGRAM.toLowerCase());
  });

  it('fits the terminal, in colours', async () => {
    const [, text] = await output([TELEGRAM, '--format', 'explain'], {}, 80);
    expect(text).toContain('\u001b[');
    // oxlint-disable-next-line no-control-regex
    const plain = text.replaceAll(/\u001b\[\d+m/g, '');
    for (const line of plain.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('gives the same to programs, one line a telegram', async () => {
    const [code, text] = await output([TELEGRAM, '0F44AE', '--format', 'explain-jsonl']);
    const lines = text.trim().split('\n');
    expect([code, lines.length]).toEqual([1, 2]);
    const { bytes, telegram } = JSON.parse(lines[0] as string);
    expect(bytes.map(({ hex }: { hex: string }) => hex).join('')).toBe(TELEGRAM.toLowerCase());
    expect(telegram.records[0].value).toBe('876.543');
    expect(JSON.parse(lines[1] as string).telegram.issues).toHaveLength(1);
  });
});
