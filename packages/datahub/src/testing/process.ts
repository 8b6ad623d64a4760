// The process of one test hub: takes its options as JSON on standard input, tells its address as one line on standard
// output, and ends when its standard input is closed, so that it never outlives who started it.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { TestHubData } from './data.ts';
import { readTestHubData } from './data-file.ts';
import { type ServeOptions, serveHub } from './server.ts';

const lines = createInterface({ input: process.stdin });
lines.once('line', (line) => {
  void (async (): Promise<void> => {
    try {
      const { file, ...options } = JSON.parse(line) as ServeOptions & { readonly file?: string };
      const data = file === undefined ? options.data : dataOf(file);
      const { close, ...address } = await serveHub({ ...options, data });
      process.stdout.write(`${JSON.stringify(address)}\n`);
      lines.once('close', () => {
        void close().then(() => process.exit(0));
      });
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
      process.exit(1);
    }
  })();
});

function dataOf(file: string): TestHubData {
  const reading = readTestHubData(readFileSync(file, 'utf8'));
  if (reading.ok) return reading.value;
  const faults = reading.issues.map(
    ({ code, pointer, message }) => `${code} at ${pointer}: ${message}`,
  );
  throw new Error(`${file} is no data of a test hub:\n${faults.join('\n')}`);
}
