// From import to the first decoded telegram, in a process of its own each time: what a command line, a function in a cloud
// or a page pays before anything else. A unit is a start; so the figure is starts a second, and its inverse the time.
import { execFileSync } from 'node:child_process';
import { encoded } from '@metergram/decoder/encode';

/** The telegram that is decoded first. */
export const hex = Buffer.from(
  encoded({
    meter: { manufacturer: 'XMG', id: '12345678', version: 1, medium: 'water' },
    records: [{ quantity: 'volume', unit: 'm3', value: '123.456' }],
  }),
).toString('hex');

const program = (create) => `
const before = performance.now();
const { createDecoder, createDecoderSync } = await import('@metergram/decoder');
const imported = performance.now();
const decoder = ${create};
const { records } = decoder.decode(Uint8Array.from('${hex}'.match(/../g), (two) => parseInt(two, 16)));
const done = performance.now();
if (records[0]?.value !== '123.456') throw new Error('not decoded');
process.stdout.write(JSON.stringify([done - before, done - imported]));
`;

/** Milliseconds from import to the first decoded telegram, and from the imported package to it. */
export function startUp(create) {
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program(create)], {
    encoding: 'utf8',
    cwd: new URL('..', import.meta.url),
  });
  return JSON.parse(output);
}

export default function startBench() {
  const contenders = [
    ['createDecoder, import included', 'await createDecoder()', 0],
    ['createDecoder, after import', 'await createDecoder()', 1],
    ['createDecoderSync, after import', 'createDecoderSync()', 1],
  ];
  return [
    {
      title: 'start-up in Node: a new process each time',
      unit: 'starts',
      contenders: contenders.map(([name, create, which]) => ({
        name,
        once: () => 1000 / startUp(create)[which],
      })),
    },
  ];
}
