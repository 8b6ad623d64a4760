// Writes ../capture.txt and ../keys.csv: a day in an apartment building, from its description in building.json. The same
// description gives the same bytes on every machine; check.mjs sees to it that the files are what it gives.
//
//   node examples/node/capture/generate.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { simulate } from '@metergram/decoder/simulate';

const FAULT = { 'bit-error': 'one bit is wrong', 'cut-short': 'cut short' };

/** Both files as text. */
export function capture() {
  const fleet = JSON.parse(readFileSync(new URL('building.json', import.meta.url), 'utf8'));
  const result = simulate(fleet);
  if (!result.ok) throw new Error(JSON.stringify(result.issues, null, 2));
  const { simulation } = result;
  const telegrams = [...simulation.telegrams()];
  const lines = telegrams.map(({ time, bytes, receiver, damage }) => {
    const heard = receiver === null ? 'wired' : fleet.receivers[receiver].name;
    const fault = damage === null ? '' : `, ${FAULT[damage]}`;
    return `${Buffer.from(bytes).toString('hex')}  # ${new Date(time).toISOString()} ${heard}${fault}`;
  });
  const head = [
    '# An apartment building on a day in January: one telegram a line, and when it came in from where.',
    '# Made by capture/generate.mjs from capture/building.json; the meters are simulated, their keys are in keys.csv.',
  ];
  const keys = simulation.keys.map(({ manufacturer, id, key }) => `${manufacturer},${id},${key}`);
  return {
    'capture.txt': `${[...head, ...lines].join('\n')}\n`,
    'keys.csv': `${['manufacturer,id,key', ...keys].join('\n')}\n`,
  };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const [name, text] of Object.entries(capture())) {
    writeFileSync(new URL(`../${name}`, import.meta.url), text);
  }
}
