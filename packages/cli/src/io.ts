/**
 * All that a command touches of the world: no command reads `process`. So a test runs a command as a function, and a
 * command runs inside another program.
 */
export interface Io {
  /** Bytes of standard input, read only by commands that are asked to (`-`). */
  readonly stdin: Input;
  /** Results. Await `write`: it waits while the reader is slower than we are, and so memory stays bounded. */
  readonly stdout: Output;
  /** Messages for people: errors, hints, progress. */
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Input extends AsyncIterable<Uint8Array> {
  readonly isTTY?: boolean;
}

export interface Output {
  write(text: string): void | Promise<void>;
  readonly isTTY?: boolean;
  /** Width of the terminal; absent where there is none. */
  readonly columns?: number;
}

/** What a command's module exports. The promise's value is the exit code: 0, 1 or 2 as the command's help says. */
export interface Command {
  run(argv: readonly string[], io: Io): Promise<number>;
}

/** The reader of our output has gone (`metergram … | head`): the command ends, in silence. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}
