import { main } from './main.ts';
import { type Io, type Output, OutputClosed } from './io.ts';

/** Runs the command line of this process and sets its exit code. */
export async function runProcess(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), processIo());
}

/** This process's own streams and environment. */
export function processIo(): Io {
  return {
    stdin: Object.assign(stdinChunks(), { isTTY: process.stdin.isTTY === true }),
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    env: process.env,
  };
}

function stdinChunks(): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() };
}

function output(stream: NodeJS.WriteStream): Output {
  let closed = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    closed = true;
    if (error.code === 'EPIPE') return;
    // A full disk: the answer is not whole, and no code of the commands may say that it is.
    process.stderr.write(`metergram: cannot write the output: ${error.code ?? error.message}\n`);
    process.exit(2);
  });
  return {
    get isTTY() {
      return stream.isTTY === true;
    },
    get columns() {
      return stream.columns;
    },
    write(text) {
      if (closed) throw new OutputClosed();
      if (stream.write(text)) return;
      return new Promise((resolve, reject) => {
        const settle = (): void => {
          stream.off('drain', settle);
          stream.off('close', settle);
          stream.off('error', settle);
          if (closed || stream.destroyed) reject(new OutputClosed());
          else resolve();
        };
        stream.once('drain', settle).once('close', settle).once('error', settle);
      });
    },
  };
}
