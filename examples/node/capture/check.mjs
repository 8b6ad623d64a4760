// The capture is what its description gives: byte for byte, on this machine too.
import { readFileSync } from 'node:fs';
import { capture } from './generate.mjs';

for (const [name, text] of Object.entries(capture())) {
  const there = readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  if (there === text) continue;
  const line = text.split('\n').findIndex((expected, i) => expected !== there.split('\n')[i]);
  process.stderr.write(
    `${name} differs from line ${line + 1} on: run generate.mjs, or mend the simulator\n`,
  );
  process.exitCode = 1;
}
