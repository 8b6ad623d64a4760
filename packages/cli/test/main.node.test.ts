import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/commands.ts';
import { main } from '../src/main.ts';
import { nearest, oneOf, parseArguments, UsageError } from '../src/usage.ts';
import { memoryIo } from './memory-io.ts';

describe('the dispatcher', () => {
  it('lists exactly the commands that exist, each with a module that runs', async () => {
    const { io, out } = memoryIo();
    expect(await main(['--help'], io)).toBe(0);
    for (const [name, { load, summary }] of Object.entries(commands)) {
      expect(out()).toContain(`  ${name}`);
      expect(out()).toContain(summary);
      expect(typeof (await load()).run).toBe('function');
    }
  });

  it('teaches on standard error and exits with 2 when called with nothing', async () => {
    const { io, out, err } = memoryIo();
    expect(await main([], io)).toBe(2);
    expect(out()).toBe('');
    expect(err()).toContain('usage: metergram COMMAND');
  });

  it('prints the version of its package', async () => {
    const { io, out } = memoryIo();
    const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
    expect(await main(['--version'], io)).toBe(0);
    expect(out()).toBe(`metergram ${(JSON.parse(file) as { version: string }).version}\n`);
  });

  it('refuses a command that is none, names inherited from objects included', async () => {
    for (const word of ['nothing-like-it', 'constructor', '__proto__', 'toString']) {
      const { io, err } = memoryIo();
      expect(await main([word], io)).toBe(2);
      expect(err()).toContain(`no command "${word}"`);
    }
  });
});

describe('arguments', () => {
  const options = { format: { type: 'string' }, quiet: { type: 'boolean' } } as const;

  it('names the option that was probably meant', () => {
    expect(() => parseArguments(['--fromat', 'x'], options)).toThrowError(UsageError);
    try {
      parseArguments(['--fromat', 'x'], options);
    } catch (error) {
      expect(error).toMatchObject({
        message: 'unknown option --fromat',
        hint: 'did you mean --format?',
      });
    }
  });

  it('says when a value is missing, and when there is one too many', () => {
    expect(() => parseArguments(['--format'], options)).toThrowError('--format needs a value');
    expect(() => parseArguments(['--quiet=1'], options)).toThrowError('--quiet takes no value');
  });

  it('suggests near words only', () => {
    expect(nearest('decdoe', ['decode', 'aggregate'])).toBe('decode');
    expect(nearest('agg', ['decode', 'aggregate'])).toBe('aggregate');
    expect(nearest('weather', ['decode', 'aggregate'])).toBeUndefined();
  });

  it('keeps an option to its words', () => {
    expect(oneOf('--format', 'csv', ['csv', 'jsonl'])).toBe('csv');
    expect(() => oneOf('--format', 'xml', ['csv', 'jsonl'])).toThrowError(
      '--format is one of csv, jsonl',
    );
  });
});
