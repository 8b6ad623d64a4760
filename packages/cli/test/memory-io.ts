import type { Io } from '../src/io.ts';

interface Given {
  readonly stdin?: string | Iterable<string>;
  readonly env?: Readonly<Record<string, string>>;
  /** Makes both outputs a terminal of this width. */
  readonly columns?: number;
}

/** An {@link Io} in memory: what a test hands in, and what the command wrote. */
export function memoryIo(given: Given = {}): { io: Io; out: () => string; err: () => string } {
  const written = { out: '', err: '' };
  const chunks = typeof given.stdin === 'string' ? [given.stdin] : (given.stdin ?? []);
  const terminal = given.columns === undefined ? {} : { isTTY: true, columns: given.columns };
  const encoder = new TextEncoder();
  return {
    io: {
      stdin: {
        async *[Symbol.asyncIterator]() {
          for (const chunk of chunks) yield encoder.encode(chunk);
        },
      },
      stdout: { ...terminal, write: (text) => void (written.out += text) },
      stderr: { ...terminal, write: (text) => void (written.err += text) },
      env: given.env ?? {},
    },
    out: () => written.out,
    err: () => written.err,
  };
}
