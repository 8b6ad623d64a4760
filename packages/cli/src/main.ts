import { readFileSync } from 'node:fs';
import { commands } from './commands.ts';
import { type Io, OutputClosed } from './io.ts';
import { nearest, UsageError } from './usage.ts';

/** Runs the command that the first word names. The value is the exit code. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const [word, ...rest] = argv;
  if (word === undefined) {
    await io.stderr.write(help());
    return 2;
  }
  if (word === '--help' || word === '-h') {
    await io.stdout.write(help());
    return 0;
  }
  if (word === '--version' || word === '-V' || word === 'version') {
    await io.stdout.write(`metergram ${version()}\n`);
    return 0;
  }
  if (word === 'help') return main(rest[0] === undefined ? ['--help'] : [rest[0], '--help'], io);
  return runCommand(word, rest, io);
}

async function runCommand(word: string, argv: readonly string[], io: Io): Promise<number> {
  const entry = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (entry === undefined) {
    const near = nearest(word, Object.keys(commands));
    await io.stderr.write(
      `metergram: no command ${JSON.stringify(word)}${near ? `; did you mean ${near}?` : ''}\n` +
        'metergram --help lists the commands.\n',
    );
    return 2;
  }
  try {
    return await (await entry.load()).run(argv, io);
  } catch (error) {
    if (error instanceof OutputClosed) return 0;
    if (!(error instanceof UsageError)) throw error;
    await io.stderr.write(
      `metergram ${word}: ${error.message}${error.hint ? `; ${error.hint}` : ''}\n` +
        `metergram ${word} --help says more.\n`,
    );
    return 2;
  }
}

function help(): string {
  const width = Math.max(0, ...Object.keys(commands).map((name) => name.length));
  const rows = Object.entries(commands).map(
    ([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}\n`,
  );
  return `Metergram: metering data on the command line.

usage: metergram COMMAND [ARGUMENT ...]

${rows.join('')}
metergram COMMAND --help explains a command, with examples.
metergram --version prints the version.
`;
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
